# SPDX-License-Identifier: EUPL-1.2
"""The night: silences broken rung by rung, what waited woken, ways in that stay shut ended; never twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from scharnier.apps import wall
from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people.access import OrganizationNotFound
from scharnier.apps.people.models import Account, Organization, Person
from scharnier.apps.referral import answering, by_link, models, night, telling
from scharnier.apps.referral.free_days import free_days
from scharnier.apps.referral.tasks import forget_counts, remind, remind_network
from scharnier.apps.tasks.models import Task
from scharnier.core import referral
from scharnier.core.kernel import NetworkId, OrganizationId, PersonId
from scharnier.core.referral import Reply, Step
from tests.factories import DAY, NOON
from tests.integration.apps import letters_scenes as letters
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.letters_scenes import PIET, a_turn, address_of, drain, mails
from tests.integration.apps.referral_scenes import BAS, KAREL, NOOR, a_person_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
HERE = NetworkId("kruisveld")
DESK_ID = OrganizationId("schuldhulp")
DESK = scenes.an_organization_of("schuldhulp")
AT = {"on": DAY, "at": NOON}
PIETS = "piet@example.org"
# Asked on Sunday 29 March; Good Friday is 3 April and Easter Monday 6 April.
THIRD, FIFTH, SEVENTH, NINTH, TENTH = (date(2026, 4, day) for day in (2, 8, 10, 14, 15))


@pytest.fixture(scope="module", autouse=True)
def _network(_ground):
    letters.settle()


def a_night(on: date) -> night.Done:
    with wall.in_network(HERE):
        return night.remind(HERE, on=on, at=moment(on))


def moment(on: date) -> datetime:
    return NOON + (on - DAY)


def every_night(until: date) -> dict[str, list[tuple[str, str]]]:
    """Return who was written to in which night, up to a day."""
    found = {}
    for n_days in range((until - DAY).days + 1):
        on = DAY + timedelta(days=n_days)
        a_night(on)
        if sent := mails():
            found[on.isoformat()] = sent
    return found


class TestSilence:
    def test_of_a_person_climbs_to_the_sender(self):
        turn_id = a_turn(a_person_of("bas"))
        drain()

        story = every_night(TENTH)

        assert story == {
            str(THIRD): [(address_of("bas"), "referral_reminder")],
            str(NINTH): [(address_of("ria"), "referral_coordinator")],
            str(TENTH): [(address_of("noor"), "referral_news")],
        }
        assert letters.row(turn_id).state == "unanswered"

    def test_of_an_organization_passes_its_stand_in_and_its_door(self):
        Organization.objects.filter(text_id="schuldhulp").update(email="info@schuldhulp.example")
        letters.give_successor("karel", "mo")
        a_turn(scenes.services.Ask(party=referral.Party(
            person_id=PersonId("karel"), organization_id=DESK_ID
        )))  # fmt: skip
        drain()

        story = every_night(TENTH)

        assert list(story) == [str(day) for day in (THIRD, FIFTH, SEVENTH, NINTH, TENTH)]
        assert story[str(FIFTH)] == [(address_of("mo"), "referral_stand_in")]
        assert story[str(SEVENTH)] == [("info@schuldhulp.example", "referral_front_door")]

    def test_ends_with_a_way_to_the_next_party(self):
        turn_id = a_turn(a_person_of("bas"))
        a_night(NINTH)
        drain()

        a_night(TENTH)

        (message,) = drain()
        assert f"/referrals/{letters.row(turn_id).referral_id}/next/" in message.text

    def test_reminds_who_has_no_account_with_a_new_link_beside_the_old(self):
        turn_id = a_turn(PIET)
        first = letters.token_to(PIETS)

        a_night(THIRD)

        second = letters.token_to(PIETS)
        assert first != second
        by_link.take_step(first, Step.ACCEPT, by_link.Said(), on=THIRD, at=moment(THIRD))
        assert letters.row(turn_id).state == "accepted"

    def test_answered_at_the_door_counts_for_the_organization(self):
        Organization.objects.filter(text_id="schuldhulp").update(email="info@schuldhulp.example")
        turn_id = a_turn(DESK)
        a_night(THIRD)
        drain()
        a_night(SEVENTH)

        token = letters.token_to("info@schuldhulp.example")
        by_link.take_step(token, Step.ACCEPT, by_link.Said(), on=SEVENTH, at=moment(SEVENTH))

        assert letters.row(turn_id).state == "accepted"

    def test_twice_on_a_day_writes_to_nobody_twice(self):
        a_turn(a_person_of("bas"))
        drain()

        first, second = a_night(THIRD), a_night(THIRD)

        assert (first.n_rungs, second.n_rungs) == (1, 0)
        assert mails() == [(address_of("bas"), "referral_reminder")]

    def test_never_looked_at_is_broken_all_at_once(self):
        a_turn(a_person_of("bas"))
        drain()

        done = a_night(TENTH + timedelta(days=30))

        assert (done.n_rungs, done.n_lapsed) == (2, 1)
        assert mails() == [
            (address_of("bas"), "referral_reminder"),
            (address_of("noor"), "referral_news"),
            (address_of("ria"), "referral_coordinator"),
        ]

    def test_ends_though_nobody_stands_on_any_rung(self):
        Person.objects.filter(text_id="piet").update(email="")
        Account.objects.filter(person__text_id="ria").delete()
        turn_id = a_turn(PIET)
        drain()

        assert list(every_night(TENTH)) == [str(TENTH)]
        assert letters.row(turn_id).state == "unanswered"

    @pytest.mark.parametrize(
        "act",
        [
            lambda turn_id: telling.accept(turn_id, actor=BAS, **AT),
            lambda turn_id: telling.cancel(turn_id, cause="Al opgelost.", actor=NOOR, **AT),
        ],
    )
    def test_is_none_once_it_was_answered_or_called_off(self, act):
        act(a_turn(a_person_of("bas")))
        drain()

        assert every_night(TENTH) == {}

    def test_is_put_on_record_rung_by_rung(self):
        a_turn(a_person_of("bas"))

        every_night(TENTH)

        events = AuditEvent.objects.filter(act="referral.reminded").order_by("number")
        assert [event.facts.partition('"rung":"')[2].partition('"')[0] for event in events] == [
            "candidate",
            "coordinator",
        ]

    def test_leaves_what_one_turn_did_when_the_next_breaks(self):
        first, _second = a_turn(a_person_of("bas")), a_turn(a_person_of("mo"), at=NOON + timedelta(hours=1))
        drain()
        models.Turn.objects.exclude(pk=first).update(climbed=["nowhere"])

        with pytest.raises(ValueError, match="nowhere"):
            a_night(THIRD)

        assert mails() == [(address_of("bas"), "referral_reminder")]
        assert letters.row(first).climbed == ["candidate"]


class TestWaking:
    @pytest.fixture
    def waiting(self):
        turn_id = a_turn(a_person_of("bas"))
        telling.accept(turn_id, actor=BAS, **AT)
        telling.pause(turn_id, until=FIFTH, actor=BAS, **AT)
        drain()
        return turn_id

    def test_happens_on_the_day_and_tells_both(self, waiting):
        story = every_night(FIFTH)

        assert story == {
            str(FIFTH): [(address_of("bas"), "referral_resumed"), (address_of("noor"), "referral_news")]
        }
        assert letters.row(waiting).state == "in-progress"

    def test_happens_once(self, waiting):
        assert (a_night(FIFTH).n_woken, a_night(FIFTH).n_woken) == (1, 0)
        assert models.Event.objects.filter(turn=waiting, step="resume").count() == 1

    def test_gives_who_has_no_account_a_new_link(self):
        turn_id = a_turn(PIET)
        by_link.take_step(letters.token_to(PIETS), Step.ACCEPT, by_link.Said(), **AT)
        telling.remark(turn_id, words="Fijn.", actor=NOOR, **AT)
        by_link.take_step(
            letters.token_in(next(row for row in drain() if row.to == PIETS)),
            Step.PAUSE,
            by_link.Said(until=FIFTH),
            **AT,
        )
        drain()

        a_night(FIFTH)

        token = letters.token_to(PIETS)
        said = by_link.Said(words="Gesproken.")
        by_link.take_step(token, Step.COMPLETE, said, on=FIFTH, at=moment(FIFTH))
        assert letters.row(turn_id).state == "completed"


class TestWayIn:
    @pytest.fixture
    def asked(self):
        (turn_id,) = scenes.turns_of(scenes.draft(a_person_of("joke")))
        pk = telling.ask_introduction(turn_id, (PersonId("bas"),), actor=NOOR, **AT)
        drain()
        return turn_id, pk

    @pytest.mark.parametrize("reply", [None, Reply.NO, Reply.LATER])
    def test_that_stays_shut_is_told_once_and_alike(self, asked, reply):
        if reply:
            telling.reply_to_introduction(asked[1], reply, actor=BAS, **AT)

        story = every_night(TENTH)

        assert story == {str(FIFTH): [(address_of("noor"), "introduction_other_way")]}
        assert letters.row(asked[0]).state == "draft"

    def test_says_neither_who_nor_why(self, asked):
        telling.reply_to_introduction(asked[1], Reply.NO, actor=BAS, **AT)

        a_night(FIFTH)

        (message,) = drain()
        assert "Bas" not in message.text
        assert "Joke" not in message.text

    def test_that_opened_is_not_told_of(self, asked):
        telling.reply_to_introduction(asked[1], Reply.YES, actor=BAS, **AT)
        telling.accept(asked[0], actor=scenes.JOKE, **AT)
        drain()

        assert every_night(TENTH) == {}

    def test_that_nobody_waits_for_any_more_is_not_told_of(self, asked):
        telling.void(asked[0], actor=NOOR, **AT)

        assert every_night(TENTH) == {}

    def test_opens_late_all_the_same(self, asked):
        a_night(FIFTH)
        drain()

        telling.reply_to_introduction(asked[1], Reply.YES, actor=BAS, on=NINTH, at=moment(NINTH))

        assert letters.row(asked[0]).state == "requested"


class TestAnswerTime:
    def test_stretches_the_ladder(self):
        answering.set_days(DESK_ID, 20, actor=KAREL, at=NOON)
        turn_id = a_turn(DESK)
        drain()

        a_night(THIRD)
        a_night(TENTH)

        assert letters.row(turn_id).climbed == ["candidate"]
        assert letters.row(turn_id).state == "requested"

    @pytest.mark.parametrize("n_days", [0, 4, 41, -1])
    def test_is_between_five_and_forty(self, n_days):
        with pytest.raises(referral.BadLadder):
            answering.set_days(DESK_ID, n_days, actor=KAREL, at=NOON)

        assert not models.AnswerTime.objects.exists()

    def test_cannot_be_stored_otherwise(self):
        answering.set_days(DESK_ID, 20, actor=KAREL, at=NOON)

        with pytest.raises(IntegrityError), transaction.atomic():
            models.AnswerTime.objects.update(n_days=3)

    @pytest.mark.parametrize("actor", [NOOR, BAS, scenes.VERA])
    def test_is_set_by_who_acts_for_it_only(self, actor):
        with pytest.raises(OrganizationNotFound):
            answering.set_days(DESK_ID, 20, actor=actor, at=NOON)

    def test_is_put_on_record(self):
        answering.set_days(DESK_ID, 20, actor=KAREL, at=NOON)

        event = AuditEvent.objects.get(act="organization.answer_time_set")
        assert (event.object_id, event.on_behalf_of, event.facts) == (DESK_ID, DESK_ID, '{"days":"20"}')
        assert str(models.AnswerTime.objects.get()).startswith("answer time")


class TestAnsweringOf:
    def asked(self, n, *, n_answered):
        for number in range(n):
            turn_id = a_turn(DESK)
            if number < n_answered:
                telling.accept(turn_id, actor=KAREL, on=THIRD, at=moment(THIRD))
            else:
                telling.lapse(turn_id, actor=scenes.CLOCK, on=TENTH, at=moment(TENTH))

    def test_counts_for_the_organization_itself(self):
        self.asked(6, n_answered=5)

        found = answering.answering_of(DESK_ID, actor=KAREL, on=TENTH)

        assert found.n_days == 10
        assert found.found == referral.Answering(n_asks=6, median_days=3.0, unanswered_share=1 / 6)
        assert found.percent_unanswered == 17

    def test_says_nothing_of_fewer_than_five(self):
        self.asked(4, n_answered=4)

        found = answering.answering_of(DESK_ID, actor=KAREL, on=TENTH)

        assert (found.found, found.percent_unanswered) == (None, 0)

    @pytest.mark.parametrize("actor", [NOOR, BAS, scenes.VERA])
    def test_is_for_nobody_else(self, actor):
        with pytest.raises(OrganizationNotFound):
            answering.answering_of(DESK_ID, actor=actor, on=DAY)

    def test_has_a_page_to_set_the_time_on(self, sign_in):
        client = sign_in("karel")
        page = reverse("referral_link:answering", args=["schuldhulp"])
        self.asked(6, n_answered=5)

        shown, wrong = client.get(page), client.post(page, {"n_days": "3"})
        saved = client.post(page, {"n_days": "15"})

        assert (shown.status_code, wrong.status_code, saved.status_code) == (200, 422, 302)
        assert "17 %" in shown.text
        assert models.AnswerTime.objects.get().n_days == 15
        assert sign_in("noor").get(page).status_code == 404


class TestTasks:
    def test_do_every_network_by_itself(self):
        remind.call()

        found = Task.objects.filter(task_path="scharnier.apps.referral.tasks.remind_network")
        assert found.count() == 2

    def test_do_one_network_on_the_day_of_the_installation(self, settings):
        a_turn(a_person_of("bas"))
        drain()
        settings.DAY = THIRD

        remind_network.call("kruisveld")
        remind_network.call("elders")

        assert mails() == [(address_of("bas"), "referral_reminder")]

    def test_forget_counts(self):
        models.LinkCount.objects.create(key="k", since=NOON - timedelta(days=9), n=3)

        forget_counts.call()

        assert not models.LinkCount.objects.exists()


class TestFreeDays:
    def test_are_those_of_the_country(self, settings):
        assert date(2026, 4, 27) in free_days(DAY, DAY)
        settings.COUNTRY = "BE"
        assert date(2026, 7, 21) in free_days(DAY, DAY)
        assert date(2026, 4, 27) not in free_days(DAY, DAY)

    def test_reach_into_the_next_year(self):
        assert date(2027, 1, 1) in free_days(DAY, DAY)

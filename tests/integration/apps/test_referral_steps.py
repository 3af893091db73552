# SPDX-License-Identifier: EUPL-1.2
"""Steps of one turn: what is kept, who may, what is refused, and that nothing is half done."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction

from scharnier.apps.people.access import OrganizationNotFound, PersonNotFound
from scharnier.apps.people.models import Outcome, Person
from scharnier.apps.referral import access, models, services
from scharnier.apps.referral.services import _acting as acting
from scharnier.core import referral
from scharnier.core.kernel import NetworkId, OrganizationId, PersonId, TurnId
from scharnier.core.referral import Party, Reason, State
from scharnier.core.text import EmptyText, PersonalDataFound, TextTooLong
from tests.factories import DAY, NOON
from tests.integration import neighbourhood as here
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import BAS, CLOCK, ELS, JOKE, KAREL, NOOR, RIA, VERA
from tests.integration.apps.referral_ways import FRIDAY, WAYS, a_turn_in, take

pytestmark = pytest.mark.django_db
ACTED = {
    "accept": "accepted",
    "decline": "declined",
    "start": "started",
    "pause": "paused",
    "resume": "resumed",
    "complete": "completed",
    "fail": "failed",
    "cancel": "cancelled",
    "void": "voided",
    "lapse": "lapsed",
}


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def everything():
    kinds = (models.Referral, models.Turn, models.Event, Outcome, models.Feedback, models.Remark)
    return [list(kind.objects.order_by("pk").values()) for kind in kinds], here.acts(), here.revision()


OF_WHOM = {
    referral.Part.CANDIDATE: KAREL,
    referral.Part.SENDER: NOOR,
    referral.Part.CLOCK: CLOCK,
}


class TestEveryStep:
    @pytest.mark.parametrize("state", WAYS)
    def test_is_open_exactly_when_the_core_says_so(self, state):
        turn_id = a_turn_in(state)
        before = everything()

        for (part, actor), (step, acted) in product(OF_WHOM.items(), ACTED.items()):
            opened = referral.TRANSITIONS[state].get(referral.Step(step))
            with transaction.atomic():
                if opened and part in opened.by:
                    take(turn_id, step, actor)
                    assert scenes.row(turn_id).state == opened.to
                    assert here.last_event().act == f"referral.{acted}"
                else:
                    with pytest.raises((referral.IllegalStep, referral.NotYourStep)):
                        take(turn_id, step, actor)
                    assert everything() == before
                transaction.set_rollback(True)

    @pytest.mark.parametrize("step", [step for step in ACTED if step not in {"lapse", "cancel", "void"}])
    def test_is_not_there_for_strangers_and_other_networks(self, step):
        turn_id = a_turn_in(State.ACCEPTED)
        before = everything()

        for actor in (BAS, ELS, VERA):
            with pytest.raises(referral.TurnNotFound):
                take(turn_id, step, actor)

        assert everything() == before

    @pytest.mark.parametrize("step", ["cancel", "fail", "void"])
    def test_is_not_the_coordinators_while_the_sender_is_there(self, step):
        turn_id = a_turn_in(State.ACCEPTED)

        with pytest.raises(referral.NotYourStep):
            take(turn_id, step, RIA)

    @pytest.mark.parametrize("step", ["cancel", "fail", "void"])
    @pytest.mark.parametrize("leaves", ["the card", "the account"])
    def test_is_the_coordinators_once_the_sender_has_gone(self, step, leaves):
        turn_id = a_turn_in(State.ACCEPTED)
        noor = scenes.person("noor")
        (noor if leaves == "the card" else noor.account).delete()

        take(turn_id, step, RIA)

        (event,) = models.Event.objects.filter(turn_id=turn_id, by__text_id="ria")
        assert event.part == "coordinator"

    @pytest.mark.parametrize("step", ["fail", "cancel", "complete"])
    def test_needs_its_words(self, step):
        turn_id = a_turn_in(State.ACCEPTED)
        name = "result" if step == "complete" else "cause"
        actor = NOOR if step == "cancel" else KAREL

        with pytest.raises(referral.NothingGiven):
            take(turn_id, step, actor, **{name: "  "})

    @pytest.mark.parametrize(
        ("words", "refusal"),
        [("Bel 06 12345678.", PersonalDataFound), ("x" * 2001, TextTooLong), ("...", EmptyText)],
    )
    def test_takes_no_words_about_one_person(self, words, refusal):
        turn_id = a_turn_in(State.ACCEPTED)
        before = everything()

        with pytest.raises(refusal):
            take(turn_id, "complete", KAREL, result=words)

        assert everything() == before

    @pytest.mark.parametrize("step", ["accept", "decline", "cancel"])
    def test_is_undone_as_a_whole_when_the_log_fails(self, step, monkeypatch):
        turn_id = a_turn_in(State.REQUESTED)
        before = everything()

        def fail(**_parts):
            raise IntegrityError

        monkeypatch.setattr(acting.log, "record", fail)
        with pytest.raises(IntegrityError), transaction.atomic():
            take(turn_id, step, NOOR if step == "cancel" else KAREL)

        assert everything() == before

    def test_has_words_of_identifiers_in_the_log(self):
        turn_id = a_turn_in(State.REQUESTED)

        take(turn_id, "decline", KAREL, said=services.Decline(reason=Reason.OTHER, words="Ik ken ze goed."))

        event = here.last_event()
        assert (event.act, event.kind, event.actor_id) == ("referral.declined", "referral", "karel")
        assert event.object_id == scenes.row(turn_id).referral_id
        assert turn_id in event.facts
        assert "Ik ken" not in event.facts

    def test_takes_as_many_queries_with_ten_turns_as_with_one(self, django_assert_max_num_queries):
        turn_id = a_turn_in(State.REQUESTED)
        for _ in range(10):
            scenes.sent(scenes.an_organization_of(), scenes.a_person_of("bas"))

        with django_assert_max_num_queries(22):
            take(turn_id, "accept", KAREL)


class TestSend:
    def test_shows_the_referral_to_who_is_asked(self):
        referral_id = scenes.draft()
        (turn_id,) = scenes.turns_of(referral_id)
        assert not access.referrals(KAREL).exists()

        services.send(turn_id, actor=NOOR, on=DAY, at=NOON)

        assert access.referrals(KAREL).get().id == referral_id
        assert scenes.row(turn_id).requested_at == NOON
        assert scenes.awaited(referral_id) == ["candidate answer"]

    def test_is_the_senders_only(self):
        (turn_id,) = scenes.turns_of(scenes.draft())

        for actor, refusal in ((KAREL, referral.TurnNotFound), (RIA, referral.NotYourStep)):
            with pytest.raises(refusal):
                services.send(turn_id, actor=actor, on=DAY, at=NOON)

    def test_of_all_goes_to_each_draft_once(self):
        referral_id = scenes.draft(scenes.BY_KAREL, scenes.a_person_of("bas"))

        first = services.send_all(referral_id, actor=NOOR, on=DAY, at=NOON)
        again = services.send_all(referral_id, actor=NOOR, on=DAY, at=NOON)

        assert (list(first), again) == (scenes.turns_of(referral_id), ())
        assert here.acts().count("referral.sent") == 2


class TestAccept:
    def test_is_open_to_a_colleague_for_the_organization(self):
        turn_id = scenes.a_turn(scenes.an_organization_of())

        services.accept(turn_id, actor=JOKE, on=DAY, at=scenes.later())

        assert scenes.row(turn_id).answered_at == scenes.later()
        assert here.last_event().on_behalf_of == "schuldhulp"

    def test_is_not_open_to_a_colleague_of_a_person(self):
        turn_id = scenes.a_turn()

        with pytest.raises(referral.TurnNotFound):
            services.accept(turn_id, actor=JOKE, on=DAY, at=NOON)

    def test_is_open_to_who_holds_a_link_to_that_turn(self):
        turn_id = scenes.a_turn(scenes.an_organization_of())
        link = access.TurnLink(network_id=NetworkId("kruisveld"), turn_id=turn_id)

        services.accept(turn_id, actor=link, on=DAY, at=NOON)

        assert scenes.row(turn_id).state == State.ACCEPTED
        event = here.last_event()
        assert (event.actor_id, event.on_behalf_of) == ("", "schuldhulp")

    def test_is_not_open_to_who_holds_a_link_to_another_turn(self):
        turn_id = scenes.a_turn(scenes.an_organization_of())
        link = access.TurnLink(network_id=NetworkId("kruisveld"), turn_id=TurnId("x"))

        with pytest.raises(referral.TurnNotFound):
            services.accept(turn_id, actor=link, on=DAY, at=NOON)

    def test_is_open_late(self):
        turn_id = a_turn_in(State.UNANSWERED)

        services.accept(turn_id, actor=KAREL, on=DAY, at=NOON)

        (learned,) = Outcome.objects.all()
        assert learned.response == "accepted"

    def test_is_refused_of_a_turn_that_nobody_knows(self):
        with pytest.raises(referral.TurnNotFound):
            services.accept(TurnId("x"), actor=KAREL, on=DAY, at=NOON)


class TestDecline:
    @pytest.mark.parametrize(
        ("rather", "names"),
        [
            (Party(person_id=PersonId("bas")), ("bas", None)),
            (Party(organization_id=OrganizationId("jongerenwerk")), (None, "jongerenwerk")),
        ],
    )
    def test_keeps_whom_to_go_to_rather(self, rather, names):
        turn_id = scenes.a_turn()

        said = services.Decline(reason=Reason.NOT_MY_AREA, rather=rather)
        services.decline(turn_id, said, actor=KAREL, on=DAY, at=NOON)

        whole = scenes.whole(scenes.row(turn_id).referral_id)
        (handling,) = whole.handlings
        assert (handling.rather.person_id, handling.rather.organization_id) == names
        assert handling.reason is Reason.NOT_MY_AREA

    @pytest.mark.parametrize(
        ("party", "refusal"),
        [
            (Party(person_id=PersonId("stil")), PersonNotFound),
            (Party(person_id=PersonId("vera")), PersonNotFound),
            (Party(organization_id=OrganizationId("elders")), OrganizationNotFound),
        ],
    )
    @pytest.mark.parametrize("by_link", [False, True])
    def test_names_nobody_who_may_not_be_found(self, party, refusal, by_link):
        turn_id = scenes.a_turn()
        link = access.TurnLink(network_id=NetworkId("kruisveld"), turn_id=turn_id)
        before = everything()

        said = services.Decline(reason=Reason.NOT_MY_AREA, rather=party)
        with pytest.raises(refusal):
            services.decline(turn_id, said, actor=link if by_link else KAREL, on=DAY, at=NOON)

        assert everything() == before

    def test_names_by_link_who_wants_to_be_found(self):
        turn_id = scenes.a_turn()
        link = access.TurnLink(network_id=NetworkId("kruisveld"), turn_id=turn_id)
        rather = Party(person_id=PersonId("bas"), organization_id=OrganizationId("jongerenwerk"))

        said = services.Decline(reason=Reason.NOT_MY_AREA, rather=rather)
        services.decline(turn_id, said, actor=link, on=DAY, at=NOON)

        assert scenes.row(turn_id).rather_person.text_id == "bas"
        assert scenes.row(turn_id).rather_organization.text_id == "jongerenwerk"

    def test_for_another_reason_needs_words(self):
        turn_id = scenes.a_turn()

        with pytest.raises(referral.NothingGiven):
            services.decline(turn_id, services.Decline(reason=Reason.OTHER), actor=KAREL, on=DAY, at=NOON)


class TestPause:
    @pytest.mark.parametrize("days", [0, -1])
    def test_waits_for_a_day_to_come(self, days):
        turn_id = a_turn_in(State.ACCEPTED)

        with pytest.raises(services.DayPassed):
            services.pause(turn_id, until=DAY + timedelta(days=days), actor=KAREL, on=DAY, at=NOON)

    def test_ends_by_the_clock_too_and_forgets_the_day(self):
        turn_id = a_turn_in(State.ON_HOLD)
        assert scenes.row(turn_id).until == FRIDAY

        services.resume(turn_id, actor=CLOCK, on=FRIDAY, at=NOON)

        assert (scenes.row(turn_id).state, scenes.row(turn_id).until) == (State.IN_PROGRESS, None)


class TestComplete:
    def test_keeps_the_hours_and_what_was_done(self):
        turn_id = a_turn_in(State.IN_PROGRESS)

        services.complete(turn_id, result="Gepraat.", hours=1.5, actor=KAREL, on=DAY, at=scenes.later(9))

        referral_id = scenes.row(turn_id).referral_id
        (handling,) = scenes.whole(referral_id).handlings
        assert (handling.result, handling.hours, handling.ended_at) == ("Gepraat.", 1.5, scenes.later(9))
        assert scenes.awaited(referral_id) == ["sender outcome"]

    @pytest.mark.parametrize("hours", [-1.0, float("inf"), float("nan")])
    def test_takes_no_impossible_hours(self, hours):
        turn_id = a_turn_in(State.ACCEPTED)

        with pytest.raises(referral.BadHandling):
            services.complete(turn_id, result="Gepraat.", hours=hours, actor=KAREL, on=DAY, at=NOON)


class TestClimb:
    def test_is_noted_once_a_rung(self):
        turn_id = scenes.a_turn()

        climbed = [
            services.climb(turn_id, rung, network_id=NetworkId("kruisveld"), at=NOON)
            for rung in (referral.Rung.CANDIDATE, referral.Rung.CANDIDATE, referral.Rung.STAND_IN)
        ]

        assert climbed == [True, False, True]
        assert scenes.row(turn_id).climbed == ["candidate", "stand_in"]
        assert here.acts().count("referral.reminded") == 2

    def test_is_over_once_there_is_an_answer(self):
        turn_id = a_turn_in(State.ACCEPTED)

        assert not services.climb(
            turn_id, referral.Rung.CANDIDATE, network_id=NetworkId("kruisveld"), at=NOON
        )


class TestLearning:
    @pytest.mark.parametrize(
        ("state", "learned"),
        [
            (State.REQUESTED, []),
            (State.UNANSWERED, [("unanswered", "")]),
            (State.ACCEPTED, [("accepted", "")]),
            (State.IN_PROGRESS, [("accepted", "")]),
            (State.COMPLETED, [("completed", "")]),
            (State.REJECTED, [("declined", "not_my_remit")]),
            (State.FAILED, [("accepted", "")]),
            (State.CANCELLED, []),
            (State.ENTERED_IN_ERROR, []),
        ],
    )
    def test_keeps_one_answer_a_turn(self, state, learned):
        a_turn_in(state)

        assert list(Outcome.objects.values_list("response", "reason")) == learned

    def test_forgets_what_was_entered_in_error(self):
        turn_id = a_turn_in(State.COMPLETED)

        take(turn_id, "void", NOOR)

        assert not Outcome.objects.exists()
        assert scenes.row(turn_id).learned is None

    def test_gives_the_network_a_new_revision_with_an_answer_only(self):
        turn_id, before = scenes.a_turn(), here.revision()
        take(turn_id, "accept", KAREL)
        answered = here.revision()
        take(turn_id, "start", KAREL)

        assert before != answered == here.revision()

    def test_holds_party_words_topics_and_whom_the_party_named(self):
        asked = scenes.an_organization_of()
        turn_id = scenes.a_turn(asked, topics=frozenset({"debt"}))
        rather = Party(person_id=PersonId("bas"))

        take(turn_id, "decline", JOKE, said=services.Decline(reason=Reason.CONFLICT, rather=rather))

        (learned,) = Outcome.objects.all()
        assert (learned.text, learned.topic_ids) == (scenes.WORDS, ["debt"])
        assert (learned.person, learned.organization.text_id) == (None, "schuldhulp")
        assert learned.rather_person.text_id == "bas"
        assert learned.happened_date == DAY

    def test_learns_nothing_of_who_is_gone(self):
        turn_id = scenes.a_turn()
        Person.objects.filter(text_id="karel").delete()

        services.lapse(turn_id, actor=CLOCK, on=DAY, at=NOON)

        assert not Outcome.objects.exists()


class TestClocks:
    def test_that_differ_put_no_answer_before_its_question(self):
        turn_id = scenes.a_turn()

        services.accept(turn_id, actor=KAREL, on=DAY, at=NOON - timedelta(seconds=3))

        assert scenes.row(turn_id).answered_at == scenes.row(turn_id).requested_at

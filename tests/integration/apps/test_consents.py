# SPDX-License-Identifier: EUPL-1.2
"""Three levels of being found, each until a day; and out of sight at once, everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse

from scharnier.apps.people import access, cards, models, selectors, services
from scharnier.core.kernel import PersonId
from scharnier.core.network import Purpose
from tests.factories import DAY, NOON, a_consent, a_network, a_person, a_tie, an_actor
from tests.integration import neighbourhood
from tests.integration.neighbourhood import KRUISVELD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
YEAR = DAY + timedelta(days=365)
LATER = {"on": YEAR + timedelta(days=1)}
AT = {"on": DAY, "at": NOON}
KAREL = an_actor("karel")


@pytest.fixture(scope="module", autouse=True)
def _network(_ground, load):
    load(neighbourhood.a_neighbourhood())


def wishes(level, *, until=YEAR, **others):
    """Return what somebody says who chooses a level; other purposes are a no unless named."""
    agreed = dict.fromkeys(cards.PURPOSES[level], until)
    agreed |= {Purpose(name): end for name, end in others.items()}
    return [cards.Wish(purpose=purpose, until=agreed.get(purpose)) for purpose in Purpose]


def choose(level, *, actor=None, until=YEAR, **others):
    services.choose_consents(wishes(level, until=until, **others), actor=actor or an_actor(), **AT)


def is_found(person_id="samira", *, on=DAY):
    return access.persons(KAREL, on=on).filter(text_id=person_id).exists()


def is_reached(person_id="samira", *, on=DAY):
    row = access.persons(KAREL, on=on).filter(text_id=person_id).first()
    return row is not None and row.may_contact


class TestChooseConsents:
    @pytest.mark.parametrize(
        ("level", "found", "reached"),
        [
            (cards.Level.HIDDEN, False, False),
            (cards.Level.INTERMEDIARY, True, False),
            (cards.Level.CONTACT, True, True),
        ],
    )
    def test_makes_the_level_what_others_can_do(self, level, found, reached):
        choose(level)

        assert (is_found(), is_reached()) == (found, reached)

    @pytest.mark.parametrize("level", cards.Level)
    def test_is_read_back_as_the_same_level(self, level):
        choose(level, introduction=DAY)

        person = selectors.own_values(an_actor(), on=DAY).person
        held = selectors.running(person, on=DAY)
        assert cards.level_of(frozenset(held)) is level
        assert held[Purpose.INTRODUCTION].end_date == DAY

    def test_ends_the_day_after_its_last(self):
        choose(cards.Level.CONTACT)

        assert is_reached(on=YEAR)
        assert not is_found(**LATER)
        assert selectors.preview_card(an_actor(), language="nl", **LATER) is None

    def test_shows_who_was_not_shown(self):
        choose(cards.Level.INTERMEDIARY, actor=an_actor("stil"))

        assert is_found("stil")

    def test_keeps_every_period_for_the_record(self):
        choose(cards.Level.CONTACT)

        periods = models.Consent.objects.filter(person__text_id="samira", purpose="listing").order_by("pk")
        assert [(each.given_date, each.end_date) for each in periods] == [
            (a_consent().given_date, DAY - timedelta(days=1)),
            (DAY, YEAR),
        ]

    def test_leaves_alone_what_is_said_again(self):
        choose(cards.Level.CONTACT)
        before = list(models.Consent.objects.order_by("pk").values())

        choose(cards.Level.CONTACT)

        assert list(models.Consent.objects.order_by("pk").values()) == before

    def test_has_one_consent_at_a_time(self):
        for days in (10, 20, 30):
            choose(cards.Level.CONTACT, until=DAY + timedelta(days=days))

        held = [
            consent
            for consent in selectors.own_values(an_actor(), on=DAY).person.consents
            if consent.holds_on(DAY)
        ]
        assert [(each.purpose, each.end_date) for each in held] == [
            (Purpose.LISTING, DAY + timedelta(days=30)),
            (Purpose.CONTACT, DAY + timedelta(days=30)),
        ]

    @pytest.mark.parametrize("days", [-1, 731])
    def test_refuses_an_end_in_the_past_or_too_far_away_and_changes_nothing(self, days):
        before = list(models.Consent.objects.order_by("pk").values())

        with pytest.raises(cards.InvalidEnd):
            choose(cards.Level.HIDDEN, research=DAY + timedelta(days=days))

        assert list(models.Consent.objects.order_by("pk").values()) == before

    def test_is_put_on_record_with_what_was_said(self):
        choose(cards.Level.INTERMEDIARY)

        event = neighbourhood.last_event()
        assert (event.act, event.object_id) == ("consent.chosen", "samira")
        assert f'"listing":"{YEAR.isoformat()}"' in event.facts
        assert '"contact":"no"' in event.facts

    def test_is_of_oneself_only(self):
        choose(cards.Level.HIDDEN)

        assert is_found("anneke")
        assert models.Consent.objects.filter(person__text_id="anneke", end_date__isnull=False).count() == 0

    def test_leaves_nothing_behind_when_it_fails(self, monkeypatch):
        before = list(models.Consent.objects.order_by("pk").values())

        def fail(**_event):
            raise IntegrityError

        monkeypatch.setattr("scharnier.apps.audit.services.record", fail)

        with pytest.raises(IntegrityError):
            choose(cards.Level.HIDDEN)

        assert list(models.Consent.objects.order_by("pk").values()) == before

    def test_takes_few_queries(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(24):  # card; four purposes of five; revision, log
            choose(cards.Level.CONTACT, introduction=YEAR, research=YEAR)

    def test_is_refused_when_the_card_is_gone(self):
        with pytest.raises(access.PersonNotFound):
            choose(cards.Level.CONTACT, actor=an_actor("niemand"))


class TestLeaveSight:
    def test_withdraws_everything_and_says_what_held(self):
        held = services.leave_sight(actor=an_actor(), **AT)

        assert {consent.purpose for consent in held} == set(Purpose)
        assert not is_found()
        assert selectors.running(selectors.own_values(an_actor(), on=DAY).person, on=DAY) == {}

    def test_says_nothing_held_the_second_time(self):
        services.leave_sight(actor=an_actor(), **AT)

        assert services.leave_sight(actor=an_actor(), **AT) == ()

    def test_keeps_the_card_and_its_identifier(self):
        services.leave_sight(actor=an_actor(), **AT)

        assert neighbourhood.person().summary == "Ik ken de jongeren."
        assert neighbourhood.last_event().object_id == "samira"

    def test_is_put_on_record(self):
        services.leave_sight(actor=an_actor(), **AT)

        assert neighbourhood.acts() == ["card.hidden"]

    def test_is_named_by_nobody_as_introducer_any_more(self, load, sign_in):
        load(
            a_network(
                persons=(
                    a_person(name="Samira"),
                    a_person("karel", name="Karel"),
                    a_person("noor", name="Noor", summary="Ik help bij schulden."),
                ),
                ties=(a_tie("karel", "samira"), a_tie("samira", "noor")),
            )
        )
        client = sign_in("karel")
        question = {"text": "Ik heb schulden"}

        before = client.post("/api/v1/ask", question, content_type="application/json").text
        services.leave_sight(actor=an_actor(), **AT)
        after = client.post("/api/v1/ask", question, content_type="application/json").text

        assert "Samira" in before
        assert "Noor" in after
        assert "Samira" not in after


class TestReturnToSight:
    def test_gives_back_what_held(self):
        choose(cards.Level.CONTACT, introduction=YEAR)
        held = services.leave_sight(actor=an_actor(), **AT)

        services.return_to_sight(held, actor=an_actor(), **AT)

        running = selectors.running(selectors.own_values(an_actor(), on=DAY).person, on=DAY)
        assert {purpose: consent.end_date for purpose, consent in running.items()} == {
            Purpose.LISTING: YEAR,
            Purpose.CONTACT: YEAR,
            Purpose.INTRODUCTION: YEAR,
        }
        assert neighbourhood.acts()[-1] == "card.shown"

    def test_gives_back_what_had_no_end(self):
        held = services.leave_sight(actor=an_actor(), **AT)

        services.return_to_sight(held, actor=an_actor(), **AT)

        assert is_reached(on=YEAR + timedelta(days=900))

    def test_leaves_out_what_ended_meanwhile(self):
        choose(cards.Level.INTERMEDIARY, until=DAY)
        held = services.leave_sight(actor=an_actor(), **AT)

        services.return_to_sight(held, actor=an_actor(), on=DAY + timedelta(days=1), at=NOON)

        assert not is_found(on=DAY + timedelta(days=1))

    def test_gives_back_to_oneself_only(self):
        held = services.leave_sight(actor=an_actor(), **AT)

        services.return_to_sight(held, actor=an_actor("stil"), **AT)

        assert is_found("stil")
        assert not is_found("samira")


ASK = {"text": "Wie luistert naar jongeren? Ik zoek iemand die kan zwaardvechten.", "limit": 50}


def everything_said(client):
    """Return all that a member can read, joined."""
    addresses = [
        "/",
        "/people/karel/",
        "/people/samira/",
        "/organizations/jongerenwerk/",
        "/organizations/schuldhulp/",
        *(f"/api/v1/{part}" for part in ("people", "people/samira", "organizations", "services")),
    ]
    said = [client.get(address).text for address in addresses]
    said.append(client.post("/", {"text": ASK["text"]}).text)
    said.append(client.post("/api/v1/ask", ASK, content_type="application/json").text)
    return "".join(said)


class TestOutOfSight:
    def test_is_out_of_page_list_api_and_answer_at_once(self, sign_in):
        karel, samira = sign_in("karel"), sign_in()
        assert "Samira Ouaddi" in everything_said(karel)

        samira.post(reverse("people:stop_listing"))

        assert "Samira" not in everything_said(karel)
        assert "samira@example.org" not in everything_said(karel)

    def test_is_undone_on_the_same_page_as_it_was(self, sign_in):
        karel, samira = sign_in("karel"), sign_in()
        before = everything_said(karel).count("Samira Ouaddi")
        page = samira.post(reverse("people:stop_listing"), follow=True)
        assert reverse("people:undo_stop_listing") in page.text

        page = samira.post(reverse("people:undo_stop_listing"), follow=True)

        assert everything_said(karel).count("Samira Ouaddi") == before
        assert reverse("people:undo_stop_listing") not in page.text

    def test_can_be_undone_as_long_as_the_session_lasts_and_no_longer(self, sign_in):
        samira = sign_in()
        samira.post(reverse("people:stop_listing"))

        again = sign_in()
        page = again.post(reverse("people:undo_stop_listing"), follow=True)

        assert reverse("people:undo_stop_listing") not in page.text
        assert not is_found()

    def test_pressed_twice_can_still_be_undone(self, sign_in):
        samira = sign_in()
        samira.post(reverse("people:stop_listing"))
        samira.post(reverse("people:stop_listing"))

        samira.post(reverse("people:undo_stop_listing"))

        assert is_found()

    def test_is_not_undone_over_a_later_choice(self, sign_in):
        samira = sign_in()
        samira.post(reverse("people:stop_listing"))
        samira.post(reverse("people:who"), {"level": "hidden", "introduction": "no", "research": "no"})

        samira.post(reverse("people:undo_stop_listing"))

        assert not is_found()

    @pytest.mark.parametrize("name", ["people:stop_listing", "people:undo_stop_listing"])
    def test_is_never_done_by_following_a_link(self, sign_in, name):
        assert sign_in().get(reverse(name)).status_code == 405

    def test_needs_somebody_signed_in(self, client):
        response = client.post(reverse("people:stop_listing"))

        assert response.status_code == 302
        assert is_found()

    def test_leaves_the_snapshot_whole(self):
        services.leave_sight(actor=an_actor(), **AT)

        whole = selectors.read_snapshot(KRUISVELD).network
        assert PersonId("samira") in {each.id for each in whole.persons}


class TestPreview:
    @pytest.mark.parametrize("level", [cards.Level.INTERMEDIARY, cards.Level.CONTACT])
    def test_is_the_card_as_another_member_sees_it(self, level):
        choose(level)

        row = access.person(PersonId("samira"), actor=KAREL, on=DAY)
        others = selectors.person_card(row, actor=KAREL, on=DAY, language="nl")

        assert selectors.preview_card(an_actor(), on=DAY, language="nl") == replace(others)

    def test_shows_nothing_of_who_is_not_shown(self, sign_in):
        choose(cards.Level.HIDDEN)

        page = sign_in().get(reverse("people:preview"))

        assert page.status_code == 200
        assert "Ik ken de jongeren." not in page.text

    def test_says_that_this_is_what_others_see(self, sign_in):
        page = sign_in().get(reverse("people:preview"))

        assert "Zo zien anderen" in page.text
        assert reverse("people:stop_listing") not in page.text


def test_are_read_in_the_order_in_which_they_were_given(load):
    given = list(Purpose)
    load(a_network(network_id="elders", persons=[a_person(purposes=given)]))
    first = models.Consent.objects.get(person__network_id="elders", purpose=given[0])
    models.Consent.objects.filter(pk=first.pk).delete()
    first.save(force_insert=True)  # now the last that PostgreSQL comes across

    (person,) = selectors.read_snapshot("elders").network.persons

    assert [each.purpose for each in person.consents] == given

# SPDX-License-Identifier: EUPL-1.2
"""Who is erased leaves identifiers in referrals and no words, and leaves nobody waiting for them."""

from __future__ import annotations

import pytest

from scharnier.apps.people.models import Outcome
from scharnier.apps.referral import access, models, selectors, services
from scharnier.apps.rights import selectors as rights
from scharnier.apps.rights import services as erasures
from scharnier.core import referral
from scharnier.core.kernel import PersonId
from scharnier.core.referral import Reason, State, Teller
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import BAS, JOKE, KAREL, NOOR, RIA
from tests.integration.apps.rights_scenes import whole_database

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
OTHER = services.Decline(reason=Reason.OTHER, words="Dat zei Karel.")


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def erase(actor):
    erasures.erase_self(actor=actor, on=DAY, at=scenes.later())


def copied(actor):
    return rights.copy_of(actor, on=DAY, at=NOON)


class TestErasedCandidate:
    @pytest.mark.parametrize(
        ("steps", "state"),
        [
            ((), State.UNANSWERED),
            (("accept",), State.FAILED),
            (("accept", "start"), State.FAILED),
        ],
    )
    def test_has_nothing_any_more(self, steps, state):
        made = scenes.sent()
        (turn_id,) = scenes.turns_of(made)
        for step in steps:
            getattr(services, step)(turn_id, actor=KAREL, on=DAY, at=NOON)

        erase(KAREL)

        assert scenes.row(turn_id).state == state
        assert scenes.awaited(made) == ["sender next_party"]
        assert models.Referral.objects.get().moved_at == scenes.later()

    def test_leaves_an_organization_its_turn(self):
        party = referral.Party(
            person_id=PersonId("karel"), organization_id=scenes.an_organization_of().party.organization_id
        )
        turn_id = scenes.a_turn(services.Ask(party=party))

        erase(KAREL)
        services.accept(turn_id, actor=JOKE, on=DAY, at=scenes.later(2))

        assert scenes.row(turn_id).state == State.ACCEPTED
        (learned,) = Outcome.objects.all()
        assert (learned.person, learned.organization.text_id) == (None, "schuldhulp")

    def test_leaves_identifiers_and_no_words(self):
        made = scenes.sent()
        (turn_id,) = scenes.turns_of(made)
        services.remark(turn_id, words="Wie is dit eigenlijk?", actor=KAREL, on=DAY, at=NOON)
        services.decline(turn_id, OTHER, actor=KAREL, on=DAY, at=NOON)

        erase(KAREL)

        left = whole_database()
        assert "Dat zei Karel." not in left
        assert "eigenlijk" not in left
        (handling,) = scenes.whole(made).handlings
        assert (handling.turn.candidate.person_id, handling.reason) == ("karel", Reason.OTHER)
        page = selectors.referral_page(made, actor=NOOR, on=DAY)
        assert page.turns[0].party == selectors.Named()

    def test_leaves_no_words_about_whether_it_helped(self):
        made = scenes.done()
        scenes.tell(made, by=Teller.RECEIVER, actor=KAREL, words="Volgens mij wel.")

        erase(KAREL)

        (said,) = scenes.whole(made).feedback
        assert (said.helped, said.words) == (referral.Helped.YES, "")
        assert scenes.whole(made).handlings[0].result == ""


class TestErasedSender:
    def test_takes_drafts_along(self):
        scenes.draft()

        erase(NOOR)

        assert not models.Referral.objects.exists()

    def test_takes_the_words_of_what_is_over_along(self):
        made = scenes.done()
        scenes.tell(made, words="Het hielp echt.")

        erase(NOOR)

        row = models.Referral.objects.get()
        assert (row.text, row.sender_text_id, row.sender_person) == ("", "noor", None)
        assert row.turns.get().learned is None
        assert "Het hielp echt." not in whole_database()

    def test_leaves_what_runs_to_who_has_it_and_to_the_coordinator(self):
        made = scenes.sent()
        (turn_id,) = scenes.turns_of(made)

        erase(NOOR)
        services.accept(turn_id, actor=KAREL, on=DAY, at=NOON)
        services.complete(turn_id, result="Gepraat.", actor=KAREL, on=DAY, at=NOON)

        assert models.Referral.objects.get().text == scenes.WORDS
        waiting = selectors.work_list(RIA, whose=selectors.Whose.NETWORK)
        assert [line.awaited for line in waiting.lines] == [referral.Awaited.OUTCOME]
        scenes.tell(made, actor=RIA)
        assert models.Referral.objects.get().text == ""

    def test_of_a_resident_leaves_no_purpose_and_a_value_that_holds(self):
        made = scenes.done(about=referral.About.RESIDENT, purpose="Hulp bij brieven.", consented_on=DAY)
        scenes.tell(made)

        erase(NOOR)

        assert models.Referral.objects.get().purpose == ""
        assert scenes.whole(made).about is referral.About.PROBLEM


class TestErasedIntroducer:
    def test_is_asked_no_more(self):
        turn_id = scenes.a_turn()
        services.ask_introduction(turn_id, (PersonId("bas"),), actor=NOOR, on=DAY, at=NOON)
        assert access.introductions(BAS).count() == 1

        erase(BAS)

        row = models.Introduction.objects.get()
        assert (row.first, row.first_text_id) == (None, "bas")
        assert not access.introductions(BAS).exists()


class TestCopy:
    def test_holds_what_one_asked_in_ones_own_words(self):
        made = scenes.sent()

        (copy,) = copied(NOOR).referrals

        assert (copy.id, copy.your_part, copy.text) == (made, "sender", scenes.WORDS)

    def test_holds_that_one_was_asked_without_the_words_of_others(self):
        (turn_id,) = scenes.turns_of(scenes.sent())
        services.remark(turn_id, words="Wie is dit?", actor=KAREL, on=DAY, at=NOON)
        services.decline(turn_id, OTHER, actor=KAREL, on=DAY, at=NOON)

        copy = copied(KAREL)

        assert [(each.your_part, each.state, each.reason, each.text) for each in copy.referrals] == [
            ("candidate", "rejected", "other", "")
        ]
        assert [(each.step, each.words) for each in copy.referral_words] == [
            ("decline", "Dat zei Karel."),
            ("remark", "Wie is dit?"),
        ]

    def test_holds_nothing_of_a_draft_for_who_would_be_asked(self):
        scenes.draft()

        assert copied(KAREL).referrals == []

    def test_holds_introductions_once_they_are_asked(self):
        introducers = (PersonId("bas"), PersonId("mo"))
        services.ask_introduction(scenes.a_turn(), introducers, actor=NOOR, on=DAY, at=NOON)

        assert [each.your_part for each in copied(BAS).referrals] == ["introducer"]
        assert copied(scenes.MO).referrals == []

    def test_holds_whether_one_thought_that_it_helped(self):
        scenes.tell(scenes.done(), words="Zeker.")

        said = [(each.step, each.words) for each in copied(NOOR).referral_words]

        assert said == [("make", ""), ("send", ""), ("tell_outcome", "Zeker.")]

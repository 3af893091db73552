# SPDX-License-Identifier: EUPL-1.2
"""Whoever is proposed to be asked next can be asked: never who was asked, who asks or who has left."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scharnier.apps.referral import access, models, need, proposals, selectors, services
from scharnier.core.kernel import OrganizationId, PersonId
from scharnier.core.referral import Party, Reason
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import NOOR, RIA, ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
OF_DEBTS = "Er zijn schulden in Noord, en niemand durft de post open te maken."
OTHERS = [name for name in ROLES if name != "noor"]
PARTIES = [*(f"person:{name}" for name in OTHERS), "organization:schuldhulp", "organization:jongerenwerk"]
QUICK = settings(
    max_examples=4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def as_(sign_in):
    return lambda name: sign_in(name, role=ROLES[name])


def party(choice):
    kind, _, text_id = choice.partition(":")
    if kind == "person":
        return Party(person_id=PersonId(text_id))
    return Party(organization_id=OrganizationId(text_id))


def ask_of(choice):
    return services.Ask(party=party(choice))


def decline(turn_id, *, rather=None):
    """Decline as whoever holds the link to a turn."""
    by = access.TurnLink(network_id=NOOR.network_id, turn_id=turn_id)
    said = services.Decline(reason=Reason.NO_CAPACITY, rather=rather)
    services.decline(turn_id, said, actor=by, on=DAY, at=NOON)


def declined_by(*choices, text=OF_DEBTS, rather=None, actor=NOOR):
    """Return a referral that each of those asked declined; the last one names another."""
    made = scenes.sent(*map(ask_of, choices), text=text, actor=actor)
    for turn_id in scenes.turns_of(made):
        decline(turn_id, rather=rather)
    return made


def proposed_next(made, *, actor=NOOR, language="nl"):
    page = selectors.referral_page(made, actor=actor, on=DAY)
    return need.next_best(page, actor=actor, on=DAY, language=language)


def party_of(best):
    return proposals.unseal(best.sealed).party if best.sealed else party(best.to)


def who(asked_party):
    """Return who it is, whatever else a suggestion knows of them."""
    return asked_party.person_id or asked_party.organization_id


def next_of(made):
    return reverse("referral:next", args=[made])


asked = st.lists(st.sampled_from(PARTIES), min_size=1, max_size=3, unique=True)


class TestNextBest:
    @QUICK
    @given(choices=asked, rather=st.sampled_from([None, *PARTIES]), place=st.integers(0, need.FEW))
    def test_is_whom_one_can_ask_and_first_whom_the_decliner_named(self, choices, rather, place):
        with transaction.atomic():
            made = declined_by(*choices, rather=party(rather) if rather else None)
            best = proposed_next(made)
            if place < len(best):
                ask = services.Ask(party=party_of(best[place]))
                services.ask_next(made, (ask,), actor=NOOR, on=DAY, at=NOON)
                assert models.Turn.objects.filter(referral_id=made, round=2).count() == 1
            transaction.set_rollback(True)

        found = [who(party_of(each)) for each in best]
        assert not {who(party(choice)) for choice in choices} & set(found)
        assert "noor" not in found
        assert len(set(found)) == len(found) <= need.FEW + 1
        assert rather is None or rather in choices or found[0] == who(party(rather))

    def test_is_not_the_sender_when_the_decliner_names_them(self, as_):
        made = declined_by("person:karel", rather=Party(person_id=PersonId("noor")))

        assert NOOR.person_id not in {party_of(each).person_id for each in proposed_next(made)}
        assert "Vraag Noor" not in as_("noor").get(next_of(made)).text

    def test_is_not_who_left_after_they_were_named(self, as_):
        made = declined_by("person:karel", rather=Party(person_id=PersonId("bas")))
        scenes.person("bas").delete()

        assert [each for each in proposed_next(made) if not (each.sealed or each.to)] == []
        assert "Vraag iemand die weg is" not in as_("noor").get(next_of(made)).text

    def test_is_not_who_withdrew_from_sight_after_they_were_named(self, as_):
        made = declined_by("person:karel", rather=Party(person_id=PersonId("bas")))
        scenes.person("bas").consents.all().delete()

        answer = as_("noor").post(next_of(made), {"rather": "person:bas"})

        assert answer.status_code == 422
        assert not models.Turn.objects.filter(round=2).exists()

    def test_is_neither_the_one_who_left_nor_who_stands_in_for_them(self):
        """The account of who asked has gone; the card stays, and would come up as anybody's."""
        made = declined_by("person:karel")
        scenes.person("noor").account.delete()

        found = {party_of(each).person_id for each in proposed_next(made, actor=RIA)}

        assert not {NOOR.person_id, RIA.person_id} & found

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_is_said_in_a_sentence(self, language):
        made = declined_by("person:karel", rather=Party(person_id=PersonId("bas")))

        best = proposed_next(made, language=language)

        assert best[0].name == "Bas"
        assert all(each.sentence.strip() and each.name.strip() for each in best)

    def test_is_nobody_once_the_words_are_gone(self):
        made = declined_by("person:karel")
        models.Referral.objects.filter(pk=made).update(text="", over_at=NOON, awaited="")

        assert proposed_next(made) == ()


class TestAskNextPage:
    @pytest.mark.parametrize("name", ["rather", "proposed", "introduced", "to"])
    def test_refuses_nonsense_in_a_sentence_and_asks_nobody(self, as_, name):
        made, noor = declined_by("person:karel"), as_("noor")

        for nonsense in ("x", "person:nobody", "organization:", "person:\x00", "😀" * 900):
            answer = noor.post(next_of(made), {name: nonsense})
            assert (nonsense, answer.status_code) == (nonsense, 422)
            assert 'class="utrecht-alert utrecht-alert--error' in answer.text
        assert not models.Turn.objects.filter(round=2).exists()

    def test_refuses_who_was_named_but_is_the_sender(self, as_):
        made = declined_by("person:karel", rather=Party(person_id=PersonId("noor")))

        answer = as_("noor").post(next_of(made), {"rather": "person:noor"})

        assert answer.status_code == 422
        assert not models.Turn.objects.filter(round=2).exists()

    def test_lets_the_coordinator_go_on_for_who_left(self, as_):
        made = declined_by("person:karel", rather=Party(person_id=PersonId("bas")))
        scenes.person("noor").account.delete()
        ria = as_("ria")

        shown = ria.get(next_of(made))
        answer = ria.post(next_of(made), {"rather": "person:bas"})

        assert "Karel zegt: ga liever naar Bas." in shown.text
        assert answer.status_code == 302
        assert models.Turn.objects.get(round=2).person_text_id == "bas"
        assert "Jij bent gevraagd" in as_("bas").get(reverse("referral:referral", args=[made])).text

    def test_lets_nobody_go_on_who_only_looks_on(self, as_):
        made = declined_by("person:karel")

        for method in ("get", "post"):
            assert getattr(as_("ria"), method)(next_of(made), {"rather": "person:bas"}).status_code == 403
        assert not models.Turn.objects.filter(round=2).exists()

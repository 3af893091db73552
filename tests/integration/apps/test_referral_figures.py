# SPDX-License-Identifier: EUPL-1.2
"""The pages that tell how well referrals go and how people are found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from scharnier.apps.referral import services, showing
from scharnier.core.kernel import AreaId, Role, TopicId
from scharnier.core.referral import Course, measure_adequacy
from scharnier.formats.model_card import load_model_card
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import KAREL, ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
ADEQUACY, CARD = reverse("referral:adequacy"), reverse("referral:how_we_match")
ABOUT_DEBTS = {"topics": frozenset({TopicId("debt")}), "area_id": AreaId("noord")}


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def went(n, **parts):
    """So many referrals that Karel did, two days after he was asked."""
    for _ in range(n):
        made = scenes.sent(at=NOON - timedelta(days=4), **parts)
        (turn_id,) = scenes.turns_of(made)
        services.accept(turn_id, actor=KAREL, on=DAY, at=NOON)
        services.complete(turn_id, result="Gesproken.", actor=KAREL, on=DAY, at=NOON)
        scenes.tell(made)


class TestAdequacy:
    def test_tells_nothing_of_fewer_than_five(self, sign_in):
        went(4)

        shown = sign_in("ria", role=Role.COORDINATOR).get(ADEQUACY).text

        assert "Er zijn nog geen vijf doorverwijzingen klaar." in shown
        assert "van de honderd" not in shown

    def test_tells_it_in_words_and_by_matter_and_neighbourhood(self, sign_in):
        went(5, **ABOUT_DEBTS)

        shown = sign_in("els", role=Role.BOARD).get(ADEQUACY).text

        assert "5 doorverwijzingen zijn klaar." in shown
        assert "Bij 100 van de honderd pakte de eerste die gevraagd werd het op." in shown
        assert '<th scope="row" class="utrecht-table__cell">Noord</th>' in shown
        assert '<th scope="row" class="utrecht-table__cell">schulden</th>' in shown

    def test_names_nobody(self, sign_in):
        went(5, **ABOUT_DEBTS)

        shown = sign_in("wim", role=Role.RESEARCHER).get(ADEQUACY).text

        assert [name for name in ("Karel", "Noor<", "Noor ") if name in shown.split("<main")[1]] == []

    def test_is_not_for_the_administrator(self, sign_in):
        assert sign_in("ad", role=Role.ADMINISTRATOR).get(ADEQUACY).status_code == 403

    @pytest.mark.parametrize("name", ["noor", "bas"])
    def test_is_for_members(self, sign_in, name):
        assert sign_in(name, role=ROLES[name]).get(ADEQUACY).status_code == 200


class TestSayAdequacies:
    def test_puts_the_most_first_and_leaves_out_what_has_no_name(self):
        few = measure_adequacy([Course(n_asks=2, days_to_accept=1)] * 5)
        many = measure_adequacy([Course(n_asks=1, days_to_accept=3)] * 6)
        assert few is not None
        assert many is not None

        lines = showing.say_adequacies(
            {"a": few, "b": many, "gone": few}, named=[("a", "afval"), ("b", "brand"), ("c", "?")]
        )

        assert [(line.name, line.n, line.right_at_once) for line in lines] == [
            ("brand", 6, 100),
            ("afval", 5, 0),
        ]


class TestHowWeMatch:
    @pytest.mark.parametrize("name", list(ROLES))
    def test_is_the_model_card_for_everybody(self, sign_in, name):
        shown = sign_in(name, role=ROLES[name]).get(CARD).text

        card = load_model_card("nl")
        assert card.title in shown
        assert [section.head for section in card.sections if section.head not in shown] == []

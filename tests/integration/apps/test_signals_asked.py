# SPDX-License-Identifier: EUPL-1.2
"""Who else meets this here, on the answer to a question: a number from live signals, and one next step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from scharnier.apps.overview import selectors as overview
from scharnier.apps.overview import services as asking
from scharnier.apps.overview.others import look_for_others
from scharnier.apps.signals import models, services
from scharnier.core.kernel import Role
from scharnier.core.signals import Happening, Others
from tests.factories import DAY, NOON
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.signals_scenes import (
    ANNEKE,
    BY_LIBRARY,
    SAMIRA,
    tell,
    tell_by_library,
    tell_by_resident,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kruisveld_of_signals")]
ASK, TELL = reverse("overview:ask"), reverse("signals:tell")
QUESTION = "Er ligt overal zwerfafval op straat"


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DAY = DAY
    with translation.override("nl"):
        yield


def look(text=QUESTION, *, area_id="noord", actor=ANNEKE, language="nl"):
    return look_for_others(text, topic_ids=(), area_id=area_id, actor=actor, at=NOON, language=language)


def ask(client, *, text=QUESTION, place="noord"):
    return client.post(ASK, {"text": text, "place": place}).text


class TestLookForOthers:
    def test_counts_partners_and_residents(self):
        here.receive_by("politie")
        tell(), tell_by_library()
        for number in range(5):
            tell_by_resident(at=NOON - timedelta(minutes=number))

        part = look()

        assert part.found == Others(n_partners=2, has_residents=True)
        assert "en bewoners ook" in part.said

    def test_leaves_out_what_the_asker_s_own_organization_told(self):
        tell(), tell_by_library()

        assert look(actor=SAMIRA).found.n_partners == 1

    def test_takes_matters_that_the_matcher_read_too(self):
        tell_by_library()

        part = look_for_others(
            "Hmm", topic_ids=("litter",), area_id="noord", actor=ANNEKE, at=NOON, language="nl"
        )

        assert part.found.n_partners == 1

    @pytest.mark.parametrize(
        "changes",
        [
            {"happened": Happening(on=DAY - timedelta(days=60))},
            {"topics": frozenset({"noise"})},
            {"place": here.Place(precision=here.Precision.AREA, area_id="zuid")},
        ],
        ids=str,
    )
    def test_leaves_out_what_is_elsewhere_long_ago_or_another_matter(self, changes):
        tell_by_library(**changes)

        assert look().found == Others(n_partners=0, has_residents=False)

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"area_id": ""}, "Zeg waar het is, dan kijken we wie het daar nog meer tegenkomt."),
            ({"text": "Hmm"}, "We herkennen niet waar het over gaat"),
        ],
        ids=str,
    )
    def test_says_what_is_lacking(self, changes, said):
        part = look(**changes)

        assert part.found is None
        assert said in part.said

    def test_says_that_it_was_asked_often_enough(self):
        look()
        models.Count.objects.update(n=services.MOST_LOOKS)

        part = look("Geluidsoverlast")

        assert part.found is None
        assert "Morgen kan het weer." in part.said


class TestAnswer:
    def test_holds_who_else_meets_it(self):
        tell_by_library()

        answer = asking.ask(
            overview.Question(text=QUESTION, place="noord"),
            actor=SAMIRA,
            on=DAY,
            at=NOON,
            limit=3,
            language="nl",
        )

        assert answer.area_id == "noord"
        assert answer.others.found == Others(n_partners=1, has_residents=False)

    def test_says_so_with_one_next_step(self, sign_in):
        tell_by_library()

        page = ask(sign_in("samira"))

        assert "Eén andere partner komt hier ook zoiets tegen." in page
        assert "Geef het ook door, dan telt het mee" in page
        assert "Wat hier meetelt" in page
        assert not any(words in page for words in (BY_LIBRARY, "leeszaal"))

    def test_offers_to_be_the_first(self, sign_in):
        page = ask(sign_in("samira"))

        assert "Niemand anders gaf hier de laatste tijd zoiets door." in page
        assert "Geef het door als signaal" in page

    def test_says_what_is_lacking_without_a_place(self, sign_in):
        page = ask(sign_in("samira"), place="")

        assert "Zeg waar het is, dan kijken we wie het daar nog meer tegenkomt." in page

    def test_takes_the_words_along_to_the_form(self, sign_in):
        samira = sign_in("samira")

        page = samira.post(TELL, {"begin": "1", "text": QUESTION, "place": "noord"}).text

        assert QUESTION in page
        assert 'value="litter"' in page

    @pytest.mark.parametrize("role", [Role.RESIDENT, Role.ENTREPRENEUR, Role.BOARD])
    def test_is_for_every_member(self, sign_in, role):
        tell_by_library()

        assert "Eén andere partner komt hier ook zoiets tegen." in ask(sign_in("anneke", role=role))

    def test_stands_in_the_api_too(self, sign_in):
        tell_by_library()
        samira = sign_in("samira")

        found, lacking = (
            samira.post(
                "/api/v1/ask",
                {"text": QUESTION, "place": place},
                content_type="application/json",
                headers={"Accept-Language": "en"},
            ).json()["others"]
            for place in ("noord", "")
        )

        assert (found["partners"], found["residents"]) == (1, False)
        assert found["sentence"] == "One other partner meets something like this here."
        assert (lacking["partners"], lacking["residents"]) == (None, None)
        assert lacking["sentence"].startswith("Say where it is")

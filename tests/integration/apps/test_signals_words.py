# SPDX-License-Identifier: EUPL-1.2
"""How signals are spoken of: a word for every value, in both languages, and numbers as people say them."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from scharnier.apps.signals import labels, letters, services, showing
from scharnier.core.kernel import AreaId
from scharnier.core.signals import (
    Grain,
    Happening,
    Naming,
    Others,
    Place,
    Precision,
    Seriousness,
    SignalState,
    SignalStep,
    Source,
)
from scharnier.formats import wording

WORDS = {
    Seriousness: labels.SERIOUSNESS,
    SignalState: labels.STATES,
    SignalStep: labels.STEPS,
    Source: labels.SOURCES,
    Naming: labels.NAMINGS,
}
ERRORS = (
    "signals.signal_not_found",
    "signals.may_not_tell",
    "signals.tells_none",
    "signals.acts_for_none",
    "signals.may_not_match",
    "signals.form_closed",
    "signals.place_unknown",
    "signals.reference_taken",
    "signals.too_many",
    "signals.too_many_looks",
    "signals.unknown_subject",
)


def others(n_partners, *, has_residents=False):
    return Others(n_partners=n_partners, has_residents=has_residents)


class TestLabels:
    @pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
    def test_are_there_for_every_value_in_both_languages(self, kind):
        said = {}
        for language in ("nl", "en"):
            with translation.override(language):
                said[language] = [str(WORDS[kind][value]) for value in kind]

        assert set(WORDS[kind]) == set(kind)
        assert len(set(said["nl"])) == len(set(said["en"])) == len(kind)
        assert said["nl"] != said["en"]

    def test_are_there_for_all_that_can_stand_in_a_story(self):
        assert set(labels.DONE) == {services.CHANGE, *(step.value for step in SignalStep)}

    @pytest.mark.parametrize("code", ERRORS)
    def test_are_there_for_what_can_go_wrong(self, code):
        assert set(wording.error_sentences()[code]) == {"nl", "en"}


class TestSayOthers:
    @pytest.mark.parametrize(
        ("found", "nl", "en"),
        [
            (others(0), "Niemand anders gaf", "Nobody else told"),
            (others(1), "Eén andere partner komt", "One other partner meets"),
            (others(2), "2 andere partners komen", "2 other partners meet"),
            (others(0, has_residents=True), "Bewoners komen", "Residents meet"),
            (others(1, has_residents=True), "Eén andere partner komt", "One other partner meets"),
            (others(3, has_residents=True), "3 andere partners komen", "3 other partners meet"),
        ],
        ids=str,
    )
    def test_says_how_many_and_never_who(self, found, nl, en):
        said = {}
        for language in ("nl", "en"):
            with translation.override(language):
                said[language] = labels.say_others(found)

        assert said["nl"].startswith(nl)
        assert said["en"].startswith(en)
        assert ("bewoners" in said["nl"].lower()) is found.has_residents

    def test_is_one_sentence(self):
        with translation.override("nl"):
            said = [
                labels.say_others(others(n, has_residents=is_so)) for n in range(4) for is_so in (True, False)
            ]

        assert all(sentence.count(".") == 1 and sentence.endswith(".") for sentence in said)


class TestSayHappened:
    @pytest.mark.parametrize(
        ("grain", "said"),
        [
            (Grain.DAY, "11 februari 2026"),
            (Grain.WEEK, "ergens van 9 februari 2026 tot en met 15 februari 2026"),
            (Grain.MONTH, "ergens van 1 februari 2026 tot en met 28 februari 2026"),
        ],
    )
    def test_is_as_exact_as_it_is_known(self, grain, said):
        with translation.override("nl"):
            assert labels.say_happened(Happening(on=date(2026, 2, 11), grain=grain), language="nl") == said


class TestSayPlace:
    @pytest.mark.parametrize(
        ("words", "area", "said"),
        [
            ("naast de glasbak", "Noord", "naast de glasbak, Noord"),
            ("Marsstraat", "Marsstraat", "Marsstraat"),
            ("", "Noord", "Noord"),
            ("", "", ""),
        ],
    )
    def test_says_nothing_twice(self, words, area, said):
        place = Place(precision=Precision.AREA, area_id=AreaId("noord"), words=words)

        assert showing.say_place(place, area=area) == said


class TestDecidingRoles:
    def test_are_those_that_the_policy_lets_decide(self):
        assert set(letters.deciding_roles()) == {
            "resident",
            "entrepreneur",
            "professional",
            "coordinator",
            "board",
        }

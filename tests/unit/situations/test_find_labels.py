# SPDX-License-Identifier: EUPL-1.2
"""How a find is said: in bands, in both languages, and never with more than was released."""

from __future__ import annotations

import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from scharnier.apps.situations import find_labels
from scharnier.apps.situations.selectors import PartnerBand
from scharnier.core import situations
from scharnier.core.detection import band_count

WEEKS = (8, 16, 32, 64, 128, 256, 512)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def a_partner(name: str = "", *, n: int = 7, is_residents: bool = False) -> PartnerBand:
    return PartnerBand(name=name, is_residents=is_residents, band=band_count(n))


def numbers_in(said: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", said)]


class TestSaySignals:
    @pytest.mark.parametrize(
        ("n", "said"),
        [
            (0, "fewer than 5 signals"),
            (4, "fewer than 5 signals"),
            (5, "5 to 9 signals"),
            (9, "5 to 9 signals"),
            (10, "10 to 19 signals"),
            (20, "20 to 49 signals"),
        ],
    )
    def test_says_a_band_and_no_count(self, n, said):
        assert find_labels.say_signals(band_count(n)) == said

    @given(n=st.integers(0, 100_000))
    def test_holds_for_what_was_counted(self, n):
        said = find_labels.say_signals(band_count(n))

        numbers = numbers_in(said)
        if said.startswith("fewer"):
            assert n < numbers[0]
        elif said.endswith("or more"):
            assert n >= numbers[0]
        else:
            assert numbers[0] <= n <= numbers[1]

    @given(one=st.integers(0, 4), other=st.integers(0, 4))
    def test_says_the_same_of_everything_under_five(self, one, other):
        assert find_labels.say_signals(band_count(one)) == find_labels.say_signals(band_count(other))

    @pytest.mark.parametrize("n", [0, 5, 50, 100_000])
    def test_says_the_same_figures_in_dutch(self, n):
        band = band_count(n)
        english = find_labels.say_signals(band)
        with translation.override("nl"):
            dutch = find_labels.say_signals(band)

        assert numbers_in(dutch) == numbers_in(english)
        assert dutch != english


class TestSayPartner:
    def test_names_who_may_be_known(self):
        assert find_labels.say_partner(a_partner("Politie")) == "Politie"

    def test_names_nobody_else(self):
        assert find_labels.say_partner(a_partner()) == "A partner"

    def test_takes_residents_together_whatever_they_are_called(self):
        assert find_labels.say_partner(a_partner("", is_residents=True)) == "Residents together"
        assert find_labels.say_partner(a_partner("Mo", is_residents=True)) == "Residents together"


class TestSayPartners:
    def test_takes_those_who_are_not_named_and_meet_as_much_together(self):
        partners = [a_partner(n=12), a_partner(n=10), *[a_partner(n=1)] * 5]

        assert find_labels.say_partners(partners) == (
            ("Two partners", "each 10 to 19 signals"),
            ("Five partners", "each fewer than 5 signals"),
        )

    def test_says_one_as_one(self):
        assert find_labels.say_partners([a_partner()]) == (("A partner", "5 to 9 signals"),)

    def test_says_who_is_named_apart(self):
        partners = [a_partner("Politie"), a_partner("School"), a_partner(), a_partner("", is_residents=True)]

        assert [who for who, _signals in find_labels.say_partners(partners)] == [
            "Politie", "School", "A partner", "Residents together",
        ]  # fmt: skip

    def test_says_many_in_figures(self):
        assert find_labels.say_partners([a_partner()] * 11) == (("11 partners", "each 5 to 9 signals"),)

    def test_says_it_in_dutch(self):
        with translation.override("nl"):
            said = find_labels.say_partners([a_partner(n=1)] * 5)

        assert said == (("Vijf partners", "elk minder dan 5 signalen"),)

    @given(counts=st.lists(st.integers(0, 60)))
    def test_leaves_nobody_out(self, counts):
        partners = sorted((a_partner(n=n) for n in counts), key=lambda each: -each.band.low)

        lines = find_labels.say_partners(partners)

        assert len(set(lines)) == len(lines) == len({each.band for each in partners})

    def test_says_none_of_nobody(self):
        assert find_labels.say_partners([]) == ()


class TestSayRarity:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_says_something_else_of_every_step(self, language):
        with translation.override(language):
            said = {find_labels.say_rarity(weeks) for weeks in WEEKS}

        assert len(said) == len(WEEKS)

    @given(weeks=st.floats(8, 1e9, allow_nan=False))
    def test_has_words_for_all_that_the_core_tells(self, weeks):
        told = situations.coarsen_weeks(weeks)

        assert told in WEEKS
        assert find_labels.say_rarity(told).endswith(".")

    @pytest.mark.parametrize(
        ("weeks", "years"), [(64, "a year"), (128, "two years"), (256, "four years"), (512, "nine years")]
    )
    def test_never_says_longer_than_it_is(self, weeks, years):
        n_years = {"a year": 1, "two years": 2, "four years": 4, "nine years": 9}[years]

        assert years in find_labels.say_rarity(weeks)
        assert n_years * 52 <= weeks

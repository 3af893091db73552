# SPDX-License-Identifier: EUPL-1.2
"""The word lists that the product brings along are read as they were written."""

from __future__ import annotations

import time
from importlib import resources

import pytest

from scharnier.formats import lexicon

FOLDER = resources.files("scharnier.formats").joinpath("data", "lexicon")


@pytest.fixture(scope="module")
def loaded():
    return lexicon.load_lexicon()


class TestLoadLexicon:
    def test_knows_the_words_that_people_use(self, loaded):
        assert len(loaded.dutch) > 40_000
        assert loaded.dutch["de"] > loaded.dutch["overlast"] > loaded.dutch["hangjongeren"]
        assert loaded.english["the"] > loaded.english["landlord"]

    def test_gives_frequencies_in_zipf(self, loaded):
        assert all(0 < zipf < 8.5 for zipf in (*loaded.dutch.values(), *loaded.english.values()))

    def test_cuts_by_hand_without_losing_a_letter(self, loaded):
        assert all("".join(parts) == word for word, parts in loaded.compounds.items())

    def test_makes_the_regular_forms_of_a_strong_verb(self, loaded):
        helpen = next(family for family in loaded.families if family.base == "helpen")

        assert {"helpt", "helpend", "helpende", "hielp", "geholpen", "hulp"} <= helpen.forms
        assert helpen.bound == {"helping", "helpingen"}

    def test_sets_homonyms_of_a_strong_verb_apart(self, loaded):
        wijken = next(family for family in loaded.families if family.base == "wijken")

        assert {"wijken", "wijk", "week", "weken"} <= wijken.bound
        assert wijken.forms.isdisjoint(wijken.bound)

    def test_has_no_word_in_two_families(self, loaded):
        forms = [form for family in loaded.families for form in family.forms]

        assert sorted(form for form in set(forms) if forms.count(form) > 1) == []

    def test_tells_other_languages_by_words_that_are_not_ours(self, loaded):
        assert set(loaded.small_words) == {"de", "fr", "es", "tr", "pl"}

    def test_costs_little(self):
        lexicon.load_lexicon.cache_clear()

        started = time.process_time()
        lexicon.load_lexicon()

        assert time.process_time() - started < 0.25  # 0.03 s on a quiet machine

    def test_says_where_the_words_come_from(self):
        lists = [file for file in FOLDER.iterdir() if file.name.endswith(".txt")]
        notice = FOLDER.joinpath("LICENSE.md").read_text(encoding="utf-8")

        assert [file.name for file in lists if f"`{file.name}`" not in notice] == []
        assert "CC BY-SA 4.0" in notice
        assert "OpenTaal" in notice

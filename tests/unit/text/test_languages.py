# SPDX-License-Identifier: EUPL-1.2
"""The language of a text is known from a few words, or said to be unknown."""

from __future__ import annotations

import pytest

from scharnier.core import text
from tests.unit.text.lists import read_lines


class TestDetectLanguage:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_knows_the_language_of_short_texts(self, full_lexicon, language):
        wrong = [
            s
            for s in read_lines("languages.txt", section=language)
            if text.detect_language(s, lexicon=full_lexicon) != language
        ]

        assert wrong == []

    def test_knows_that_a_text_is_in_neither(self, full_lexicon):
        taken = [
            s
            for s in read_lines("languages.txt", section="none")
            if text.detect_language(s, lexicon=full_lexicon) is not None
        ]

        assert taken == ["sokak lambas\u0131 bozuk"]

    @pytest.mark.parametrize("s", ["", "?!", "112", "Samira", "El Amrani", "drugs", "Y\u0131ld\u0131z"])
    def test_takes_the_default_when_nothing_tells(self, full_lexicon, s):
        assert text.detect_language(s, lexicon=full_lexicon) == "nl"
        assert text.detect_language(s, lexicon=full_lexicon, default="en") == "en"

    @pytest.mark.parametrize(
        "s",
        [
            "mijn buurvrouw Şahin Y\u0131lmaz is ziek",
            "de heer Müller wil een taalmaatje voor zijn Poolse buurman Paweł",
        ],
    )
    def test_is_not_misled_by_names(self, full_lexicon, s):
        assert text.detect_language(s, lexicon=full_lexicon) == "nl"

    def test_knows_compounds_that_no_list_holds(self, full_lexicon):
        s = "huisjesmelkersproblematiek portiekverloedering hangplekkenbeleid zwerfvuilacties"

        assert text.detect_language(s, lexicon=full_lexicon, default="en") == "nl"

    def test_refuses_what_four_words_do_not_explain(self, full_lexicon):
        assert text.detect_language("qwsx plokm zzxy wertq", lexicon=full_lexicon) is None

    def test_works_with_an_empty_lexicon(self):
        assert text.detect_language("een twee", lexicon=text.Lexicon(dutch={})) == "nl"

# SPDX-License-Identifier: EUPL-1.2
"""Words that mean the same meet; words that do not stay apart."""

from __future__ import annotations

import pytest

from scharnier.core import text
from tests.unit.text.lists import read_lines


def meet(analyzer: text.Analyzer, pair: str) -> bool:
    one, other = pair.split()
    return not set(analyzer.terms(one)).isdisjoint(analyzer.terms(other))


class TestTerms:
    @pytest.mark.parametrize("pair", read_lines("pairs.txt", section="together"))
    def test_brings_together(self, analyzer, pair):
        assert meet(analyzer, pair)

    @pytest.mark.parametrize(
        "pair",
        [*read_lines("pairs.txt", section="apart"), *read_lines("pairs.txt", section="apart, held out")],
    )
    def test_keeps_apart(self, analyzer, pair):
        assert not meet(analyzer, pair)

    def test_brings_most_pairs_together_that_nobody_tuned_on(self, analyzer):
        pairs = read_lines("pairs.txt", section="together, held out")

        assert sum(meet(analyzer, pair) for pair in pairs) >= 38

    @pytest.mark.parametrize(
        ("word", "inner"),
        [
            ("gemeente", "gemeent"),
            ("jongerenwerkers", "jongeren"),
            ("geweld", "geweld"),
            ("werkgever", "werkgev"),
        ],
    )
    def test_keeps_the_inner_ge_that_snowball_3_drops(self, analyzer, word, inner):
        assert analyzer.terms(word)[0].startswith(inner)

    def test_keeps_the_whole_before_its_parts_and_their_parts(self, analyzer):
        terms = analyzer.terms("buurtvaderproject")

        assert terms == ("buurtvaderproject", "buurtvader", "buurt", "vader", "project")

    def test_leaves_out_stop_words_and_single_letters(self, analyzer):
        assert analyzer.terms("Wat is er aan de hand? Auto's!") == ("hand", "auto")

    def test_reads_accents_as_people_leave_them_out(self, analyzer):
        assert analyzer.terms("coördinator patiënten één") == analyzer.terms("coordinator patienten een")

    def test_reads_composed_and_decomposed_letters_alike(self, analyzer):
        assert analyzer.terms("cliënt") == analyzer.terms("clie\u0308nt")

    @pytest.mark.parametrize("pair", ["werker werkers", "opgenomen opnemen", "geïnstalleerd installeren"])
    def test_keeps_what_the_dictionary_knows(self, analyzer, pair):
        assert meet(analyzer, pair)

    @pytest.mark.parametrize("pair", ["hengst merrie", "oefende uitoefenen", "beer varken"])
    def test_does_not_follow_the_dictionary_to_another_word(self, analyzer, pair):
        assert not meet(analyzer, pair)

    def test_reads_english_in_its_own_way(self, analyzer):
        terms = analyzer.terms("The neighbours' organisation was evicting us", language="en")

        assert terms == analyzer.terms("neighbor organization evict", language="en")

    def test_needs_no_lexicon_to_work(self):
        analyzer = text.Analyzer(text.Lexicon(dutch={}))

        assert analyzer.terms("de straten") == ("de", "strat")


class TestWords:
    def test_pairs_what_the_writer_wrote_with_its_terms(self, analyzer):
        words = analyzer.words("De Hangjongeren maken lawaai", language="nl")

        assert [word.surface for word in words] == ["Hangjongeren", "lawaai"]
        assert "jong" in words[0].terms

    def test_holds_the_same_terms_in_the_same_order(self, analyzer):
        s = "Mijn buurman veroorzaakt geluidsoverlast in het portiek."

        words = analyzer.words(s)

        assert tuple(term for word in words for term in word.terms) == analyzer.terms(s)


class TestWithCounts:
    def test_lets_a_word_of_our_own_be_a_part(self):
        lexicon = text.Lexicon(dutch={"project": 4.9}).with_counts({"stekkie": 4})

        assert text.Analyzer(lexicon).split("stekkieproject") == ("stekkie", "project")

    def test_never_makes_a_compound_of_our_own_too_frequent_to_split(self):
        lexicon = text.Lexicon(dutch={"buurt": 4.6, "huis": 5.4}).with_counts({"buurthuis": 50_000})

        assert text.Analyzer(lexicon).split("buurthuis") == ("buurt", "huis")

    def test_weighs_known_words_with_general_dutch(self):
        lexicon = text.Lexicon(dutch={"huis": 5.4, "boom": 4.8})

        enriched = lexicon.with_counts({"huis": 1_000})

        assert enriched.dutch["huis"] > lexicon.dutch["huis"]
        assert enriched.dutch["boom"] == lexicon.dutch["boom"]


class TestFamilies:
    @pytest.mark.parametrize(
        "word", ["doorverwezen", "doorverwees", "doorverwijst", "doorverwijzing", "doorverwijzingen"]
    )
    def test_brings_every_form_with_prefixes_to_one_term(self, analyzer, word):
        assert analyzer.terms(word)[0] == analyzer.terms("doorverwijzen")[0]

    @pytest.mark.parametrize("word", ["week", "school", "vroeg", "vocht", "steeg", "sloot"])
    def test_leaves_homonyms_alone(self, analyzer, word):
        verbs = analyzer.terms("wijken schuilen vragen vechten stijgen sluiten")

        assert analyzer.terms(word)[0] not in verbs[1:]

    def test_does_not_take_a_third_prefix_off(self):
        family = text.WordFamily(base="wijzen", forms=frozenset({"wezen"}))
        analyzer = text.Analyzer(text.Lexicon(dutch={}, families=(family,)))

        assert analyzer.terms("doorverwezen opdoorverwezen") == ("doorverwijz", "opdoorverwez")

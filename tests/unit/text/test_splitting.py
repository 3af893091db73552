# SPDX-License-Identifier: EUPL-1.2
"""Compounds are cut where a reader would cut them."""

from __future__ import annotations

import pytest

from scharnier.core import text
from tests.unit.text.lists import read_lines

SMALL = text.Lexicon(
    dutch={
        "geluid": 4.4,
        "overlast": 4.1,
        "last": 4.7,
        "over": 6.6,
        "wijk": 4.5,
        "agent": 4.7,
        "wijkagent": 2.9,
    },
    stop_words={"nl": frozenset({"over"})},
)


def right_answers(analyzer: text.Analyzer, section: str) -> dict[str, bool]:
    answers = {}
    for line in read_lines("compounds.txt", section=section):
        word, good = line.split(" ", 1)
        answers[word] = "/".join(analyzer.split(word)) in [answer.strip() for answer in good.split("|")]
    return answers


class TestSplit:
    def test_gets_the_tuning_list_right(self, analyzer):
        answers = right_answers(analyzer, "tuning")

        assert [word for word, is_right in answers.items() if not is_right] == []

    def test_gets_the_held_out_list_right_but_for_one(self, analyzer):
        answers = right_answers(analyzer, "held out")

        assert [word for word, is_right in answers.items() if not is_right] == ["tienermoeders"]

    @pytest.mark.parametrize(
        "word", ["overlast", "bestuur", "gemeente", "onderwijs", "eigenaar", "wethouder"]
    )
    def test_leaves_a_word_whole_that_only_looks_cut(self, analyzer, word):
        assert analyzer.split(word) == (word,)

    def test_takes_the_linking_sound_off(self):
        assert text.Analyzer(SMALL).split("geluidsoverlast") == ("geluid", "overlast")

    def test_cuts_a_rare_word_that_the_lexicon_knows(self):
        assert text.Analyzer(SMALL).split("wijkagent") == ("wijk", "agent")

    def test_does_not_cut_at_a_stop_word(self):
        assert text.Analyzer(SMALL).split("overlast") == ("overlast",)

    def test_leaves_a_word_with_an_unknown_part_whole(self):
        assert text.Analyzer(SMALL).split("wijkzzzz") == ("wijkzzzz",)

    def test_does_not_end_on_a_linking_sound(self):
        assert text.Analyzer(SMALL).split("wijkgeluiden") == ("wijkgeluiden",)

    def test_prefers_fewer_parts(self):
        lexicon = text.Lexicon(dutch={"hang": 4.0, "jongeren": 4.6, "hangjongeren": 2.5, "overlast": 4.1})

        assert text.Analyzer(lexicon).split("hangjongerenoverlast") == ("hangjongeren", "overlast")

    def test_prefers_the_cheaper_linking_sound(self):
        lexicon = text.Lexicon(dutch={"bewoner": 4.0, "bewoners": 4.6, "avond": 5.0, "savond": 2.0})

        assert text.Analyzer(lexicon).split("bewonersavond") == ("bewoners", "avond")

    def test_knows_the_words_of_the_field_however_rare(self):
        lexicon = text.Lexicon(dutch={"buurt": 4.6}, field_words=frozenset({"moestuin"}))

        assert text.Analyzer(lexicon).split("buurtmoestuin") == ("buurt", "moestuin")

    def test_follows_what_was_cut_by_hand(self):
        lexicon = text.Lexicon(dutch={"huisarts": 4.0}, compounds={"huisarts": ("huis", "arts")})

        assert text.Analyzer(lexicon).split("Huisarts") == ("huis", "arts")

    def test_gives_up_on_endless_words(self, analyzer):
        assert analyzer.split("wijk" * 40) == ("wijk" * 40,)

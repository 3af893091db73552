# SPDX-License-Identifier: EUPL-1.2
"""Input that cannot or must not be worked with is refused, with the reason as facts."""

from __future__ import annotations

import pytest

from scharnier.core import text
from scharnier.formats import wording


class TestCheckInput:
    @pytest.mark.parametrize("s", ["", "   ", "\n\t", "?!…", "\u200b"])
    def test_refuses_a_text_without_a_word(self, s):
        with pytest.raises(text.EmptyText):
            text.check_input(s)

    def test_takes_a_text_of_the_longest_length(self):
        text.check_input("a" * 20, max_characters=20)

    def test_refuses_a_text_that_is_too_long_and_says_both_lengths(self):
        with pytest.raises(text.TextTooLong) as refused:
            text.check_input("a" * 100_000)

        assert refused.value.facts == {"characters": 100_000, "max_characters": 5_000}

    def test_takes_a_question_longer_than_what_is_written_down_for_others(self):
        question = "Wat nu? " * (text.LONGEST_WORDS // 4)

        text.check_input(question)

        with pytest.raises(text.TextTooLong):
            text.check_input(question, max_characters=text.LONGEST_WORDS)

    def test_says_every_kind_once_and_each_place_masked(self):
        with pytest.raises(text.PersonalDataFound) as refused:
            text.check_input("06-12345678, 06-87654321, bsn 123456782")

        assert refused.value.facts["kinds"] == ("phone", "bsn")
        assert [data.masked for data in refused.value.facts["found"]] == ["06…", "12…"]

    def test_never_repeats_the_data_in_the_error(self):
        with pytest.raises(text.PersonalDataFound) as refused:
            text.check_input("mail sam@voorbeeld.nl of bel 06-12345678")

        assert "voorbeeld" not in str(refused.value)
        assert "12345678" not in str(refused.value)

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("nl", "Je tekst noemt een e-mailadres (sa…), een telefoonnummer (06…)."),
            ("en", "Your text mentions an e-mail address (sa…), a telephone number (06…)."),
        ],
    )
    def test_can_be_said_in_one_sentence(self, language, sentence):
        with pytest.raises(text.PersonalDataFound) as refused:
            text.check_input("sam@voorbeeld.nl 06-12345678")

        assert wording.say_error(refused.value, language=language).startswith(sentence)

    @pytest.mark.parametrize(
        "kind",
        [f"text.{kind}" for kind in text.PersonalDataKind]
        + ["text.empty", "text.too_long", "text.unknown_language"],
    )
    def test_has_words_for_every_kind_in_both_languages(self, kind):
        assert sorted(wording.error_sentences()[kind]) == ["en", "nl"]

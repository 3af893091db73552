# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pkgutil import walk_packages
from string import Formatter

import pytest

import scharnier.cli
import scharnier.core
import scharnier.formats
from scharnier.core import network, text
from scharnier.core.kernel import Conflict, Invalid, NotAllowed, NotFound, ScharnierError
from scharnier.formats import problems, wording

NL: wording.Language = "nl"
EN: wording.Language = "en"
KINDS = (NotFound, Invalid, NotAllowed, Conflict)


def kinds_of_error() -> list[type[ScharnierError]]:
    """Every kind of failure of the core, the formats and the command line."""
    for package in (scharnier.core, scharnier.formats, scharnier.cli):
        for found in walk_packages(package.__path__, prefix=f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                import_module(found.name)
    found_kinds = set(_below(ScharnierError))
    return sorted((kind for kind in found_kinds if kind.__module__.startswith("scharnier.")), key=repr)


def _below(kind: type[ScharnierError]) -> Iterator[type[ScharnierError]]:
    for below in kind.__subclasses__():
        yield below
        yield from _below(below)


def facts_named_in(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def quoted(value: str) -> str:
    return f"\u2018{value}\u2019"


class LateReply(Conflict):
    """A failure without a sentence of its own."""

    code = "test.late_reply"


class TestSentences:
    def test_are_there_in_both_languages(self) -> None:
        assert [code for code, said in wording.error_sentences().items() if set(said) != {NL, EN}] == []

    def test_name_the_same_facts_in_both_languages(self) -> None:
        unlike = [
            code
            for code, said in wording.error_sentences().items()
            if {name.removesuffix("_nl").removesuffix("_en") for name in facts_named_in(said[NL])}
            != {name.removesuffix("_nl").removesuffix("_en") for name in facts_named_in(said[EN])}
        ]

        assert unlike == []

    def test_begin_with_a_capital_or_a_fact_and_end_as_sentences_do(self) -> None:
        pieces = {
            f"text.{kind}" for kind in text.PersonalDataKind
        }  # go inside the sentence of text.personal_data
        odd = [
            said
            for code, by_language in wording.error_sentences().items()
            if code not in pieces
            for said in by_language.values()
            if not re.match(r"[A-Z{]", said) or not re.search(r"[.?}]$", said)
        ]

        assert odd == []

    def test_say_je_and_never_u(self) -> None:
        formal = re.compile(r"\b(u|uw)\b", re.IGNORECASE)

        assert [code for code, said in wording.error_sentences().items() if formal.search(said[NL])] == []

    def test_are_there_for_every_kind_of_failure(self) -> None:
        sentences = wording.error_sentences()

        assert [kind.code for kind in kinds_of_error() if kind.code not in sentences] == []

    @pytest.mark.parametrize("language", [NL, EN])
    def test_leave_no_brace_when_their_facts_are_given(self, language: wording.Language) -> None:
        left = []
        for kind in kinds_of_error():
            said = wording.error_sentences().get(kind.code, {language: ""})[language]
            error = ScharnierError.__new__(kind)
            error.facts = {name: f"<{name}>" for name in facts_named_in(said)}
            heard = wording.say_error(error, language=language)
            if re.search(r"[{}]", heard) or not all(f"<{name}>" in heard for name in facts_named_in(said)):
                left.append(kind.code)

        assert left == []


class TestSayError:
    @pytest.mark.parametrize(
        ("error", "dutch", "english"),
        [
            (
                network.UnknownPlace(place="Zuid", known=("Noord", "West")),
                "We kennen geen plek met de naam Zuid. Kies bijvoorbeeld uit: Noord, West.",
                "We know no place called Zuid. Choose one, such as: Noord, West.",
            ),
            (
                text.TextTooLong(characters=6000, max_characters=5000),
                "Je tekst heeft 6000 tekens; er passen er 5000. Laat alleen staan wat er aan de hand is.",
                "Your text has 6000 characters; there is room for 5000. Keep only what is going on.",
            ),
            (
                problems.RepeatedId(file="problems", line=3, value="K1"),
                f"problems, regel 3: het id {quoted('K1')} staat er al in. Geef elk probleem een eigen id.",
                (
                    f"problems, line 3: the id {quoted('K1')} is there already."
                    " Give each problem an id of its own."
                ),
            ),
        ],
    )
    def test_says_what_is_wrong_and_what_to_do(self, error: ScharnierError, dutch: str, english: str) -> None:
        assert wording.say_error(error, language=NL) == dutch
        assert wording.say_error(error, language=EN) == english

    @pytest.mark.parametrize("kind", KINDS)
    def test_falls_back_on_the_sentence_of_the_kind(self, kind: type[ScharnierError]) -> None:
        unheard = type("Unheard", (kind,), {"code": "test.unheard", "__module__": "tests"})

        assert wording.say_error(unheard(), language=EN) == wording.error_sentences()[kind.code][EN]

    def test_never_shows_a_fact_that_no_sentence_names(self) -> None:
        heard = wording.say_error(LateReply(person_id="samira", diagnosis="geheim"), language=NL)

        assert heard == "Dit kan nu niet meer. Kijk eerst hoe het er nu voor staat."

    def test_shows_the_name_of_a_fact_that_is_missing_rather_than_failing(self) -> None:
        heard = wording.say_error(text.TextTooLong(characters=6000), language=EN)

        assert heard.startswith("Your text has 6000 characters; there is room for max_characters.")

    def test_says_a_failure_within_a_failure_in_the_same_language(self) -> None:
        refused = problems.RefusedLine(line=4, reason=text.EmptyText())

        assert wording.say_error(refused, language=NL) == (
            "Regel 4: Er staat nog niets. Schrijf in een paar woorden wat er aan de hand is."
        )

    def test_puts_problems_with_a_sentence_of_their_own_on_a_line_each(self) -> None:
        faults = tuple(
            network.Problem(place=f"ties[{n}].source_id", fault=network.Fault.UNKNOWN_REFERENCE, value="wil")
            for n in range(2)
        )

        heard = wording.say_error(network.InvalidNetwork(problems=faults), language=EN)

        assert heard.splitlines() == [
            "The parts of the network do not hang together:",
            f"ties[0].source_id: {quoted('wil')} does not exist. Add it or correct the reference.",
            f"ties[1].source_id: {quoted('wil')} does not exist. Add it or correct the reference.",
        ]


class TestPersonalData:
    @pytest.mark.parametrize(
        ("words", "dutch", "english"),
        [
            ("Bel 06-12345678.", "een telefoonnummer (06…)", "a telephone number (06…)"),
            ("Mail sam@voorbeeld.nl.", "een e-mailadres (sa…)", "an e-mail address (sa…)"),
            ("BSN 123456782.", "een burgerservicenummer (12…)", "a citizen service number (12…)"),
            ("Rekening NL91 ABNA 0417 1643 00.", "een rekeningnummer (NL…)", "a bank account (NL…)"),
            ("Wit busje, 12-XBG-3.", "een kenteken (12…)", "a licence plate (12…)"),
            (
                "Op 3512 AB 5a boven.",
                "een postcode met huisnummer (35…)",
                "a postcode with a house number (35…)",
            ),
        ],
    )
    def test_is_named_without_being_said_again(self, words: str, dutch: str, english: str) -> None:
        with pytest.raises(text.PersonalDataFound) as raised:
            text.check_input(words)

        assert f"Je tekst noemt {dutch}." in wording.say_error(raised.value, language=NL)
        assert f"Your text mentions {english}." in wording.say_error(raised.value, language=EN)

    def test_of_several_kinds_is_named_in_one_sentence(self) -> None:
        with pytest.raises(text.PersonalDataFound) as raised:
            text.check_input("Bel 06-12345678 of mail sam@voorbeeld.nl.")

        heard = wording.say_error(raised.value, language=NL)

        assert "een telefoonnummer (06…), een e-mailadres (sa…)." in heard
        assert "12345678" not in heard
        assert "voorbeeld" not in heard

    def test_has_words_for_every_kind(self) -> None:
        codes = {f"text.{kind.value}" for kind in text.PersonalDataKind}

        assert codes <= set(wording.error_sentences())


class TestSayDay:
    @pytest.mark.parametrize("month", range(1, 13))
    def test_has_a_name_for_every_month(self, month: int) -> None:
        heard = {language: wording.say_day(date(2026, month, 9), language=language) for language in (NL, EN)}

        assert re.fullmatch(r"9 [a-z]+ 2026", heard[NL])
        assert re.fullmatch(r"9 [A-Z][a-z]+ 2026", heard[EN])

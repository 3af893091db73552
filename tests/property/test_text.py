# SPDX-License-Identifier: EUPL-1.2
"""Laws of the analysis of text, whatever people type."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import text
from scharnier.formats import lexicon

LEXICON = lexicon.load_lexicon()
ANALYZER = text.Analyzer(LEXICON)
LINKS = r"(?:s|en|e|n|er)?"

texts = st.text(max_size=200)
words = st.sampled_from(
    sorted(LEXICON.field_words | LEXICON.stop_words["nl"] | set(list(LEXICON.dutch)[::50]))
)
compounds = st.lists(words, min_size=1, max_size=3).map("".join)
languages = st.sampled_from(["nl", "en"])
digits = st.text("0123456789", min_size=8, max_size=8)
separators = st.sampled_from(["", " ", ".", "-"])
sentences = st.lists(words, max_size=8).map(" ".join)


def with_check_digit(eight: str) -> str | None:
    """Return nine digits that pass the eleven test, or None when no digit can make them pass."""
    rest = sum(weight * int(digit) for weight, digit in zip(range(9, 1, -1), eight, strict=True)) % 11
    return None if rest == 10 else f"{eight}{rest}"


bsns = digits.map(with_check_digit).filter(lambda bsn: bsn is not None and int(bsn) >= 10_000_000)


class TestAnalyzer:
    @given(s=texts, language=languages)
    def test_gives_terms_that_can_be_searched(self, s, language):
        terms = ANALYZER.terms(s, language=language)

        assert all(term and term == term.lower() and not re.search(r"\s", term) for term in terms)

    @given(one=sentences, other=sentences)
    def test_reads_two_texts_together_as_one_after_the_other(self, one, other):
        assert ANALYZER.terms(f"{one} {other}") == ANALYZER.terms(one) + ANALYZER.terms(other)

    @given(s=sentences)
    def test_does_not_care_for_capitals(self, s):
        assert ANALYZER.terms(s.upper()) == ANALYZER.terms(s)

    @given(s=texts, language=languages)
    def test_gives_words_and_terms_alike(self, s, language):
        pairs = ANALYZER.words(s, language=language)

        assert tuple(term for pair in pairs for term in pair.terms) == ANALYZER.terms(s, language=language)

    @given(word=compounds)
    def test_splits_without_inventing_letters(self, word):
        parts = ANALYZER.split(word)

        assert re.fullmatch(LINKS.join(map(re.escape, parts)), word)

    @given(word=compounds)
    def test_splits_into_parts_long_enough_to_mean_something(self, word):
        parts = ANALYZER.split(word)

        assert len(parts) == 1 or min(map(len, parts)) >= 4


class TestDetectLanguage:
    @given(s=texts)
    def test_answers_for_any_text(self, s):
        assert text.detect_language(s, lexicon=LEXICON) in {"nl", "en", None}

    @given(s=sentences)
    def test_does_not_care_for_capitals(self, s):
        assert text.detect_language(s.upper(), lexicon=LEXICON) == text.detect_language(s, lexicon=LEXICON)


class TestFindPersonalData:
    @given(s=texts)
    def test_gives_places_in_order_that_do_not_overlap(self, s):
        found = text.find_personal_data(s)

        edges = [edge for data in found for edge in (data.start, data.end)]
        assert edges == sorted(edges)
        assert all(0 <= data.start < data.end <= len(s) for data in found)

    @given(bsn=bsns, separator=separators, before=sentences, after=sentences)
    def test_finds_every_citizen_service_number(self, bsn, separator, before, after):
        s = f"{before} bsn {separator.join((bsn[:3], bsn[3:6], bsn[6:]))} {after}"

        assert [data.kind for data in text.find_personal_data(s)] == [text.PersonalDataKind.BSN]

    @given(bsn=bsns, wrong=st.integers(1, 9))
    def test_finds_none_whose_check_digit_is_wrong(self, bsn, wrong):
        altered = f"{bsn[:-1]}{(int(bsn[-1]) + wrong) % 10}"

        assert text.find_personal_data(f"nummer {altered} ") == ()

    @given(number=st.text("0123456789", min_size=8, max_size=8), between=separators)
    def test_finds_every_mobile_telephone(self, number, between):
        found = text.find_personal_data(f"bel 06{between}{number} vandaag")

        assert [data.kind for data in found] == [text.PersonalDataKind.PHONE]

    @given(
        year=st.integers(1900, 2099),
        month=st.integers(1, 12),
        day=st.integers(1, 28),
        between=st.sampled_from("-/. "),
    )
    def test_lets_days_without_a_name_pass(self, year, month, day, between):
        s = f"het was {day:02}{between}{month:02}{between}{year} in de wijk"

        assert text.find_personal_data(s) == ()

    @given(euros=st.integers(0, 999), thousands=st.integers(1, 999), cents=st.integers(0, 99))
    def test_lets_amounts_pass(self, euros, thousands, cents):
        assert text.find_personal_data(f"het kost € {thousands}.{euros:03},{cents:02} in de wijk") == ()

    @given(s=sentences)
    def test_lets_plain_words_pass(self, s):
        assert text.find_personal_data(s) == ()

# SPDX-License-Identifier: EUPL-1.2
"""Numbers that belong to one person: citizen service number, telephone, bank account, licence plate."""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

_BSN = re.compile(
    r"""(?<!\d)(?:
        \d{8,9}(?![.-]?\d|,\d)
        |(?<![+\d][ .-])(?:
            \d{3}([ .-])\d{3}\1\d{3}
            |\d{4}([ .-])\d{2}\2\d{3}
            |\d{2}([ .-])\d{2}\3\d{2}\3\d{3}
            |\d{2}([ .-])\d{3}\4\d{3}
        )(?![ .-]?\d|,\d)
    )""",
    re.VERBOSE,
)
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_SMALLEST_BSN = 10_000_000
_DAY_WITHOUT_SEPARATORS = re.compile(
    r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d"
)
_NOT_OF_A_PERSON = re.compile(
    r"(?:[€$£]|\b(?:eur|euro|kvk|kvk-nummer|bedrag|zaak|zaaknummer|melding|dossier))[ :.]{0,2}$",
    re.IGNORECASE,
)
_MONEY_AFTER = re.compile(r" ?(?:[€$£]|euro|eur\b|inwoners|mensen|people)", re.IGNORECASE)
_BEFORE = 16  # characters that may say what kind of number follows

_PHONE_DUTCH = re.compile(r"(?<![\w+])(?<!\d[.,-])0[1-9](?:[ ./()-]{0,2}\d){8}(?![./-]?\d)")
_PHONE_ABROAD = re.compile(r"(?<![\w+])(?<!\d[.,-])(?:\+|00) ?[1-9](?:[ ./()-]{0,2}\d){8,13}(?!\d)")
_PHONE_AMERICAN = re.compile(
    r"(?<!\d)(?<!\d[ .,-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[ .-])\d{3}[.-]\d{4}(?![.-]?\d)"
)
_FREE_FOR_ALL = re.compile(r"0[89]00")  # service numbers belong to organizations
_STARTS_WITH_DAY = re.compile(r"(?:[0-3]?\d[ ./-]{1,2}[01]?\d[ ./-]{1,2}(?:19|20)\d\d)(?!\d)")

_IBAN = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}", re.IGNORECASE)
_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CZ": 24, "DE": 22, "DK": 18, "ES": 24, "FR": 27, "GB": 22,
    "GR": 27, "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20, "MA": 28, "NL": 18, "PL": 28, "PT": 25,
    "RO": 24, "SE": 24, "TR": 26,
}  # fmt: skip

_LETTER = "[B-DF-HJ-NP-TV-XZ]"  # plates have no vowels, so that they spell nothing ("18-to-24")
_PLATE = re.compile(
    rf"""(?<![\w-])(?:
        {_LETTER}{{2}}-\d\d-(?:\d\d|{_LETTER}{{2}})|\d\d-{_LETTER}{{2}}-(?:\d\d|{_LETTER}{{2}})
        |\d\d-\d\d-{_LETTER}{{2}}|{_LETTER}{{2}}-{_LETTER}{{2}}-\d\d
        |\d\d-{_LETTER}{{3}}-\d|\d-{_LETTER}{{3}}-\d\d|{_LETTER}{{2}}-\d{{3}}-{_LETTER}|{_LETTER}-\d{{3}}-{_LETTER}{{2}}
        |{_LETTER}{{3}}-\d\d-{_LETTER}|{_LETTER}-\d\d-{_LETTER}{{3}}|\d-{_LETTER}{{2}}-\d{{3}}|\d{{3}}-{_LETTER}{{2}}-\d
    )(?![\w-])""",
    re.VERBOSE | re.IGNORECASE,
)


def find_bsn(s: str) -> Iterator[Span]:
    """Yield the spans of citizen service numbers: eight or nine digits that pass the eleven test."""
    for match in _BSN.finditer(s):
        digits = re.sub(r"\D", "", match[0])
        before = s[max(0, match.start() - _BEFORE) : match.start()]
        says_otherwise = _NOT_OF_A_PERSON.search(before) or _MONEY_AFTER.match(s, match.end())
        is_day = _DAY_WITHOUT_SEPARATORS.fullmatch(digits)
        if _passes_eleven_test(digits) and not says_otherwise and not is_day:
            yield match.span()


def _passes_eleven_test(digits: str) -> bool:
    weighed = zip(_BSN_WEIGHTS, map(int, digits.zfill(9)), strict=True)
    return int(digits) >= _SMALLEST_BSN and sum(weight * digit for weight, digit in weighed) % 11 == 0


def find_phone(s: str) -> Iterator[Span]:
    """Yield the spans of telephone numbers, Dutch, American or with a country code; no service numbers."""
    for pattern in (_PHONE_ABROAD, _PHONE_DUTCH, _PHONE_AMERICAN):
        for match in pattern.finditer(s):
            if not _FREE_FOR_ALL.match(match[0]) and not _STARTS_WITH_DAY.match(match[0]):
                yield match.span()


def find_iban(s: str) -> Iterator[Span]:
    """Yield the spans of bank accounts whose check digits are right (ISO 13616, modulo 97)."""
    for match in _IBAN.finditer(s):
        length = _IBAN_LENGTHS.get(match[0][:2].upper(), 0)
        positions = [place for place, mark in enumerate(match[0]) if mark.isalnum()][:length]
        account = "".join(match[0][place] for place in positions).upper()
        if length and len(account) == length and _passes_modulo_97(account):
            yield match.start(), match.start() + positions[-1] + 1


def _passes_modulo_97(account: str) -> bool:
    turned = account[4:] + account[:4]
    return int("".join(str(int(mark, 36)) for mark in turned)) % 97 == 1


def find_licence_plate(s: str) -> Iterator[Span]:
    """Yield the spans of Dutch licence plates, written with dashes."""
    for match in _PLATE.finditer(s):
        yield match.span()

# SPDX-License-Identifier: EUPL-1.2
"""Words that point at one person: e-mail, an address with its number, a name with a day of birth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scharnier.core.text._numbers import Span

_EMAIL = re.compile(
    r"""(?<![\w.+-])[\w.+-]{1,64}
    (?:@|[ ]?[\[(](?:at|apenstaartje)[\])][ ]?)
    [\w-]{1,63}(?:\.[\w-]{1,63}){1,5}""",
    re.VERBOSE | re.IGNORECASE,
)

# Capitals that follow a number in a sentence ("in 2024 OM 9 UUR") or that no postcode has (SA, SD, SS).
_NO_POSTCODE = "OM|IN|OP|EN|TE|DE|AF|IS|AT|TO|ON|OF|BY|SA|SD|SS"
_POSTCODE = rf"[1-9]\d{{3}}(?:[ ]?(?!{_NO_POSTCODE})[A-Z]{{2}}|[a-z]{{2}})"
_ADDRESS = re.compile(
    rf"""(?<!\w){_POSTCODE}
        (?:[ ,/-]{{1,3}}|,?[ ](?:huisnummer|nummer|nr\.?|number|no\.?)[ ]?)
        \d{{1,5}}(?![\d:%]|\.\d|[ ]?(?:uur|euro))
    |(?<=[a-zé.][ ])\d{{1,5}}[ -]?[a-zA-Z]{{0,2}}(?:,[ ]?|\n|[ ]){_POSTCODE}(?!\w)""",
    re.VERBOSE,
)

_MONTH = """(?:
    jan(?:uari|uary)?|feb(?:ruari|ruary)?|maart|mrt|mar(?:ch)?|apr(?:il)?|mei|may|june?|juni|july?|juli
    |aug(?:ustus|ust)?|sept?(?:ember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?
)[.]?"""
_YEAR = r"(?:19|20)\d\d"
_DAY = re.compile(
    rf"""(?<![\d.-])(?:
        [0-3]?\d(?:st|nd|rd|th)?[ ./-]{{1,2}}(?:[01]?\d|{_MONTH})[ ./-]{{1,2}}(?:{_YEAR}|'?\d\d)
        |{_MONTH}[ ][0-3]?\d(?:st|nd|rd|th)?,?[ ]{_YEAR}
        |{_YEAR}[./-][01]?\d[./-][0-3]?\d
    )(?!\d)""",
    re.VERBOSE | re.IGNORECASE,
)
_BORN = re.compile(
    r"\b(?:geboren|geboortedatum|geb|gebdatum|born|dob|d\.o\.b|date of birth|birth ?date)\b|\*", re.IGNORECASE
)

# Words that start a sentence with a capital where a name could stand.
_NO_NAME = """
    Man|Vrouw|Meisje|Jongen|Kind|Zoon|Dochter|Moeder|Vader|Bewoner|Cli[eë]nt|Buurman|Buurvrouw|Leerling|Baby
    |Ik|Hij|Zij|Is|De|Het|Een|Op|Geboren|Geb|Geboortedatum
    |Woman|Girl|Boy|Child|Son|Daughter|Mother|Father|Resident|Client|Neighbour|He|She|Was|The|On|In|Born|Date
"""
_CAPITALIZED = r"[A-ZÀ-ÖØ-ÞĞİŞŁŚŻ][a-zß-öø-ÿğışłśżćń'\u2019]+"
_GIVEN = rf"(?!(?:{_NO_NAME})\b){_CAPITALIZED}"
_PARTICLES = r"(?:(?:van|de|der|den|het|ten|ter|te|el|al|la|von|bin|ben|in|'t)\s){0,3}"
_FULL_NAME = rf"\b(?:{_GIVEN}|(?:[A-Z]\.\s?){{1,4}})\s?{_PARTICLES}{_CAPITALIZED}(?:-{_CAPITALIZED})?"
_TITLE = r"(?i:meneer|mevrouw|mevr\.?|dhr\.?|mw\.?|de[ ]heer|mr\.?|mrs\.?|ms\.?|miss)"
_TITLED_NAME = rf"\b{_TITLE}\s(?:[A-Z]\.\s?){{0,4}}{_PARTICLES}{_CAPITALIZED}"
_BETWEEN = r"[\s,(:;*\u2013-]"
_NAME = re.compile(rf"{_TITLED_NAME}|{_FULL_NAME}", re.VERBOSE)
_NAME_OR_GIVEN = re.compile(rf"(?:{_TITLED_NAME}|{_FULL_NAME}|\b{_GIVEN}){_BETWEEN}{{0,4}}$", re.VERBOSE)
_NAME_AFTER = re.compile(rf"[\s,:;)\u2013-]{{1,4}}(?:{_TITLED_NAME}|{_FULL_NAME})", re.VERBOSE)
_JOINED = re.compile(r"\s{0,2}[,(*:;\u2013-][\s,(*:;\u2013-]{0,3}$")
_NEAR = 60  # characters in which a name, a word of birth and a day belong together


def find_email(s: str) -> Iterator[Span]:
    """Yield the spans of e-mail addresses, also with (at) for @."""
    for match in _EMAIL.finditer(s):
        yield match.span()


def find_address(s: str) -> Iterator[Span]:
    """Yield the spans of Dutch postcodes with a house number: together they are one front door."""
    for match in _ADDRESS.finditer(s):
        yield match.span()


def find_name_with_birth_date(s: str) -> Iterator[Span]:
    """Yield the spans of a name and a day that is said, or by its punctuation meant, to be of birth."""
    for day in _DAY.finditer(s):
        start = max(0, day.start() - _NEAR)
        before = s[start : day.start()]
        births = tuple(_BORN.finditer(before))
        name = _name_of_birth(before, birth=births[-1]) if births else _name_joined(before, day=day[0])
        after = _NAME_AFTER.match(s[: day.end() + _NEAR], day.end()) if births else None
        if name is not None:
            yield start + name, day.end()
        elif after is not None:
            yield day.start(), after.end()


def _name_of_birth(before: str, *, birth: re.Match[str]) -> int | None:
    name = _NAME_OR_GIVEN.search(before[: birth.start()]) or _NAME.search(before)
    return None if name is None else name.start()


def _name_joined(before: str, *, day: str) -> int | None:
    # A month in words behind a name is mostly the day of a publication or a ruling.
    starts = [name.start() for name in _NAME.finditer(before) if _JOINED.match(before, name.end())]
    return starts[-1] if starts and not any(map(str.isalpha, day)) else None

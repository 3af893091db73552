# SPDX-License-Identifier: EUPL-1.2
"""One cell to one value, or a failure that names the cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scharnier.core import network, signals
from scharnier.formats.tables._faults import (
    ConsentWithoutDate,
    NumberForPhone,
    WrongChoice,
    WrongDate,
    WrongId,
    WrongLanguage,
    WrongNumber,
)
from scharnier.formats.tables._grids import CellValue

_YEAR_FIRST = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")  # as the Dutch write
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MARKS = ("=", "+", "-", "@", "#")  # a spreadsheet takes these for a formula; # makes a row a note

# what people write for a choice, Dutch first: that is how the template offers it
CHOICES: Mapping[str, Mapping[StrEnum, tuple[str, str]]] = {
    "accepting": {
        network.Accepting.YES: ("ja", "yes"),
        network.Accepting.LIMITED: ("beperkt", "limited"),
        network.Accepting.NO: ("nee", "no"),
        network.Accepting.UNKNOWN: ("onbekend", "unknown"),
    },
    "area_kind": {
        network.AreaKind.MUNICIPALITY: ("gemeente", "municipality"),
        network.AreaKind.DISTRICT: ("wijk", "district"),
        network.AreaKind.NEIGHBOURHOOD: ("buurt", "neighbourhood"),
        network.AreaKind.STREET: ("straat", "street"),
    },
    "tie_kind": {
        network.TieKind.KNOWS: ("kent", "knows"),
        network.TieKind.WORKS_WITH: ("werkt samen met", "works with"),
        network.TieKind.REFERS_TO: ("verwijst naar", "refers to"),
        network.TieKind.TRUSTS: ("vertrouwt", "trusts"),
    },
    "tie_origin": {
        network.TieOrigin.DECLARED: ("genoemd", "declared"),
        network.TieOrigin.DERIVED: ("afgeleid", "derived"),
    },
    "seriousness": {
        signals.Seriousness.ANNOYING: ("vervelend", "annoying"),
        signals.Seriousness.HARMFUL: ("schadelijk", "harmful"),
        signals.Seriousness.DANGEROUS: ("gevaarlijk", "dangerous"),
    },
}
# languages of Dutch neighbourhoods, as people name them; any other goes by its BCP 47 tag
LANGUAGES: Mapping[str, tuple[str, str]] = {
    "nl": ("Nederlands", "Dutch"),
    "en": ("Engels", "English"),
    "ar": ("Arabisch", "Arabic"),
    "tr": ("Turks", "Turkish"),
    "pl": ("Pools", "Polish"),
    "uk": ("Oekraïens", "Ukrainian"),
    "ru": ("Russisch", "Russian"),
    "bg": ("Bulgaars", "Bulgarian"),
    "ro": ("Roemeens", "Romanian"),
    "de": ("Duits", "German"),
    "fr": ("Frans", "French"),
    "es": ("Spaans", "Spanish"),
    "pt": ("Portugees", "Portuguese"),
    "pap": ("Papiaments", "Papiamento"),
    "srn": ("Sranantongo", "Sranan Tongo"),
    "fa": ("Farsi", "Persian"),
    "ps": ("Pasjtoe", "Pashto"),
    "so": ("Somalisch", "Somali"),
    "ti": ("Tigrinya", "Tigrinya"),
    "zgh": ("Berbers", "Berber"),
    "zh": ("Chinees", "Chinese"),
    "hi": ("Hindi", "Hindi"),
    "ur": ("Urdu", "Urdu"),
    "fy": ("Fries", "Frisian"),
    "dse": ("Nederlandse Gebarentaal", "Dutch Sign Language"),
}
_TAGS = {name.casefold(): tag for tag, names in LANGUAGES.items() for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPlace:
    """Where a cell is, as a failure tells it."""

    sheet: str
    row: int  # as in the spreadsheet, from 1
    column: str  # the heading as written

    def facts(self) -> dict[str, object]:
        """Return the place as facts of a failure."""
        return {"sheet": self.sheet, "row": self.row, "column": self.column}


def read_text(value: CellValue, _at: CellPlace) -> str:
    """Return a cell as text: trimmed, whole numbers without a point, without the guard of `guarded`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value == datetime.combine(value, datetime.min.time()):
        return value.date().isoformat()
    text = str(value).strip()
    return text[1:] if text.startswith("'") and _is_marked(text) else text


def guarded(text: str) -> str:
    """Return a text that neither a spreadsheet program nor we will take for more than text.

    Examples
    --------
    >>> guarded("+31 6"), guarded("Ria")
    ("'+31 6", 'Ria')
    """
    return f"'{text}" if _is_marked(text) else text


def _is_marked(text: str) -> bool:
    return text.lstrip("'").startswith(_MARKS)


def split_list(text: str) -> tuple[str, ...]:
    """Return the parts between semicolons or line breaks.

    Examples
    --------
    >>> split_list("bellen; brieven ;")
    ('bellen', 'brieven')
    """
    return tuple(part.strip() for part in re.split(r"[;\n]", text) if part.strip())


def _read_list(value: CellValue, at: CellPlace) -> tuple[str, ...]:
    return split_list(read_text(value, at))


def _read_id(value: CellValue, at: CellPlace) -> str:
    text = read_text(value, at)
    if len(text.split()) != 1:
        raise WrongId(**at.facts(), value=text)
    return text


def _read_phone(value: CellValue, at: CellPlace) -> str:
    if isinstance(value, int | float):
        raise NumberForPhone(**at.facts(), value=read_text(value, at))
    return read_text(value, at)


def _read_date(value: CellValue, at: CellPlace) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = read_text(value, at)
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        if day_first is not None:
            day, month, year = map(int, day_first.groups())
            return date(year, month, day)
        if _YEAR_FIRST.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # such as 31 February
    raise WrongDate(**at.facts(), value=text)


def _read_consent_date(value: CellValue, at: CellPlace) -> date:
    try:
        return _read_date(value, at)
    except WrongDate as error:
        raise ConsentWithoutDate(**error.facts) from error


def _read_count(value: CellValue, at: CellPlace) -> int:
    text = read_text(value, at)
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,9}", text):
        raise WrongNumber(**at.facts(), value=text)
    return int(text)


def _read_share(value: CellValue, at: CellPlace) -> float:
    text = read_text(value, at).replace(",", ".")
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]*\.?[0-9]+(e-[0-9]+)?", text):
        raise WrongNumber(**at.facts(), value=text)
    return float(text)


def _read_languages(value: CellValue, at: CellPlace) -> frozenset[str]:
    names = [name.strip() for name in re.split(r"[;,\n]", read_text(value, at)) if name.strip()]
    tags = [_TAGS.get(name.casefold(), name) for name in names]
    for tag in tags:
        if not _LANGUAGE_TAG.fullmatch(tag):
            raise WrongLanguage(**at.facts(), value=tag)
    return frozenset(tags)


def _read_choice(value: CellValue, at: CellPlace, *, choices: Mapping[StrEnum, tuple[str, str]]) -> StrEnum:
    text = read_text(value, at)
    wanted = {"true": "yes", "false": "no"}.get(text, text).casefold().replace("_", " ")
    for choice, names in choices.items():
        if wanted in {*names, choice.value.replace("_", " ")}:
            return choice
    raise WrongChoice(**at.facts(), value=text, choices=tuple(map(" / ".join, choices.values())))


def _choice_reader(holds: str) -> Callable[[CellValue, CellPlace], object]:
    return lambda value, at: _read_choice(value, at, choices=CHOICES[holds])


READERS: Mapping[str, Callable[[CellValue, CellPlace], object]] = {
    "text": read_text,
    "list": _read_list,
    "id": _read_id,
    "phone": _read_phone,
    "date": _read_date,
    "consent_date": _read_consent_date,
    "number": _read_count,
    "share": _read_share,
    "languages": _read_languages,
    **{holds: _choice_reader(holds) for holds in CHOICES},
}

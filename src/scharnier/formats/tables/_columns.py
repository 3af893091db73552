# SPDX-License-Identifier: EUPL-1.2
"""The sheets and columns there are, as told in columns.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from scharnier.formats.wording import Language

_BETWEEN_WORDS = re.compile(r"[\s_\-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text in both languages."""

    nl: str = ""
    en: str = ""

    def read_in(self, language: Language) -> str:
        """Return the text in a language."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: what it is called, what its cells hold and what it is for."""

    holds: str
    nl: str
    en: str
    note: Note
    also: tuple[str, ...] = ()
    is_required: bool = False
    example: Note = field(default_factory=Note)

    def title(self, language: Language) -> str:
        """Return the heading in a language."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetForm:
    """One sheet: what it is called and its columns by the field that they fill."""

    nl: str
    en: str
    columns: Mapping[str, Column]
    also: tuple[str, ...] = ()

    def title(self, language: Language) -> str:
        """Return the name of the sheet in a language."""
        return self.nl if language == "nl" else self.en


@cache
def sheet_forms() -> Mapping[str, SheetForm]:
    """Return the sheets by the part of the network that they fill."""
    text = resources.files("scharnier.formats.tables").joinpath("columns.toml").read_text(encoding="utf-8")
    told: dict[str, Any] = tomllib.loads(text)
    return msgspec.convert(told, dict[str, SheetForm])


def plain(name: str) -> str:
    """Return a heading without case, outer space, dashes or the star of a required column.

    Examples
    --------
    >>> plain(" E-mail * "), plain("last_active_date")
    ('e mail', 'last active date')
    """
    return _BETWEEN_WORDS.sub(" ", name.strip().rstrip("*")).strip().casefold()


@cache
def parts_by_name() -> Mapping[str, str]:
    """Return the part of the network by each plain name of its sheet."""
    return {
        plain(name): part
        for part, form in sheet_forms().items()
        for name in (part, form.nl, form.en, *form.also)
    }


def part_named(sheet: str) -> str | None:
    """Return the part of the network that a sheet of a name fills, or None.

    Examples
    --------
    >>> part_named("Mensen"), part_named("services")
    ('persons', None)
    """
    return parts_by_name().get(plain(sheet))


@cache
def fields_by_name(part: str) -> Mapping[str, str]:
    """Return the field of a part by each plain name of its column."""
    return fields_of(sheet_forms()[part])


def fields_of(form: SheetForm) -> Mapping[str, str]:
    """Return the field of a sheet by each plain name of its column."""
    return {
        plain(name): key
        for key, column in form.columns.items()
        for name in (key, column.nl, column.en, *column.also)
    }

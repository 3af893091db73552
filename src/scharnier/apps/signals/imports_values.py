# SPDX-License-Identifier: EUPL-1.2
"""What comes of a list of signals: what could be read, what is refused, and what becomes of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from scharnier.core.kernel import OrganizationId, SignalId
from scharnier.formats import wording
from scharnier.formats.signals_list import ListedSignal, RefusedRow
from scharnier.formats.wording import Language

LANGUAGES: Final[tuple[Language, ...]] = ("nl", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What could be read of a list, and whose it becomes."""

    owner_id: OrganizationId
    signals: tuple[ListedSignal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRow:
    """A row that is not taken, and what is wrong with it."""

    sheet: str
    row: int
    said: Mapping[Language, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What is not taken of a list."""

    n_rows: int
    lines: tuple[SaidRow, ...]  # the first of them
    unread: tuple[str, ...]  # headings of columns that were not read


@dataclass(frozen=True, slots=True, kw_only=True)
class Fates:
    """What becomes of the signals of a list."""

    new: tuple[tuple[SignalId, ListedSignal], ...]
    n_known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would come of the list that somebody keeps ready."""

    file_name: str
    digest: str
    owner_name: str
    new: tuple[ListedSignal, ...]
    n_known: int
    refused: Refused

    @property
    def n_without_topic(self) -> int:
        """How many of the new ones say not what they are about."""
        return sum(not signal.topics for signal in self.new)


def say_row(row: RefusedRow) -> SaidRow:
    """Return a refused row with what is wrong with it in words, and nothing else of it."""
    said = {
        language: tuple(wording.say_error(fault, language=language) for fault in row.faults)
        for language in LANGUAGES
    }
    return SaidRow(sheet=row.sheet, row=row.row, said=said)


def said_in(lines: Iterable[SaidRow], *, language: Language) -> tuple[str, ...]:
    """Return what is wrong with refused rows, in a language."""
    return tuple(said for line in lines for said in line.said[language])

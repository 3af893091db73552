# SPDX-License-Identifier: EUPL-1.2
"""What was not taken over from a package, counted by kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scharnier.formats.hsds._errors import Fault, Problem
from scharnier.formats.hsds._package import Record


class NoteKind(StrEnum):
    """What happened to part of a package."""

    NOT_TAKEN_OVER = "not_taken_over"  # the network has no place for these rows
    PERSONS_LEFT_OUT = "persons_left_out"  # contacts are persons; without their consent they are not listed
    FOUND_BY_WEBSITE = "found_by_website"  # an organization known by another number, found by its website
    STAND_IN = "stand_in"  # an organization known only by its number
    NOTHING_REFERRED = "nothing_referred"  # a row that belongs to nothing
    BLANK_SCHEDULE = "blank_schedule"  # a schedule without day or hour
    NOT_WEEKLY = "not_weekly"  # hours that do not return every week
    SIMPLIFIED_SCHEDULE = "simplified_schedule"  # exceptions within a weekly rule
    OVERNIGHT = "overnight"  # closes after midnight; the closing time is left out
    UNKNOWN_LANGUAGE = "unknown_language"  # a language by a name we cannot code
    UNREADABLE_OUTLINE = "unreadable_outline"  # an extent that is no GeoJSON polygon
    UNREADABLE_DESCRIPTOR = "unreadable_descriptor"  # datapackage.json is no JSON object
    UNKNOWN_TABLE = "unknown_table"  # a file that HSDS does not have


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What happened to a number of rows for one reason."""

    kind: NoteKind | Fault
    file: str
    column: str
    count: int  # rows, > 0
    first_row: int

    @property
    def code(self) -> str:
        """The code under which the note has a sentence."""
        return f"hsds.note.{self.kind}"

    @property
    def facts(self) -> Mapping[str, object]:
        """What the sentence names."""
        return {"file": self.file, "column": self.column, "count": self.count, "first_row": self.first_row}


class Notes:
    """A tally of notes while a package is converted."""

    def __init__(self) -> None:
        self._counts: dict[tuple[NoteKind | Fault, str, str], tuple[int, int]] = {}

    def add(self, kind: NoteKind | Fault, *, file: str, row: int = 1, column: str = "") -> None:
        """Count one row."""
        count, first = self._counts.get((kind, file, column), (0, row))
        self._counts[kind, file, column] = (count + 1, first)

    def add_record(self, kind: NoteKind, record: Record, *, column: str = "") -> None:
        """Count one record."""
        self.add(kind, file=record.table.file, row=record.row, column=record.table.heading(column))

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Count the problems that are no errors."""
        for problem in problems:
            self.add(problem.fault, file=problem.file, row=problem.row, column=problem.column)

    def collected(self) -> tuple[Note, ...]:
        """Return the notes in the order in which each first came up."""
        return tuple(
            Note(kind=kind, file=file, column=column, count=count, first_row=first)
            for (kind, file, column), (count, first) in self._counts.items()
        )

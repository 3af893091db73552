# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a package, each with the place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scharnier.core.kernel import Conflict, Invalid, NotFound

MOST_PROBLEMS = 100  # enough to mend a file by; a wrong column would give thousands


class Fault(StrEnum):
    """What is wrong at a place."""

    TOO_MANY_CELLS = "too_many_cells"
    SEMICOLONS = "semicolons"
    BROKEN_QUOTES = "broken_quotes"
    DUPLICATE_COLUMN = "duplicate_column"
    MISSING_VALUE = "missing_value"
    DUPLICATE_ID = "duplicate_id"
    CONFLICTING_VALUES = "conflicting_values"
    UNKNOWN_REFERENCE = "unknown_reference"
    FOREIGN_REFERENCES = "foreign_references"
    ZERO_REFERENCE = "zero_reference"
    CIRCLE = "circle"
    NOT_A_DATE = "not_a_date"
    NOT_A_TIME = "not_a_time"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    HALF_A_POINT = "half_a_point"
    ENDS_BEFORE_START = "ends_before_start"
    NOT_ALLOWED = "not_allowed"
    AGAINST_SCHEMA = "against_schema"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One place that is wrong."""

    file: str
    row: int  # as a spreadsheet counts: the header is row 1; in JSON the first object is 1
    column: str
    fault: Fault
    value: str
    is_error: bool = True  # False: not as the standard says, yet it can be taken over

    @property
    def code(self) -> str:
        """The code under which the fault has a sentence."""
        return f"hsds.{self.fault}"

    @property
    def facts(self) -> Mapping[str, object]:
        """What the sentence names."""
        return {"file": self.file, "row": self.row, "column": self.column, "value": self.value}


class SourceNotFound(NotFound):
    """There is no such file or folder."""

    code = "hsds.source_not_found"


class NotAPackage(Invalid):
    """The file is neither a zip nor JSON, or holds no HSDS table."""

    code = "hsds.not_a_package"


class BrokenZip(Invalid):
    """The zip is damaged, locked with a password, or packed in a way nobody else can read."""

    code = "hsds.broken_zip"


class UnsafeZip(Invalid):
    """The zip names a file outside itself."""

    code = "hsds.unsafe_zip"


class PackageTooLarge(Invalid):
    """The package is larger than any directory of services; perhaps it was made to exhaust memory."""

    code = "hsds.too_large"


class FileNotJson(Invalid):
    """The file is not JSON, or stops halfway."""

    code = "hsds.not_json"


class FileNotUtf8(Invalid):
    """A file is not UTF-8."""

    code = "hsds.not_utf8"


class FolderInUse(Conflict):
    """The folder to write to holds tables that are not of this package."""

    code = "hsds.folder_in_use"


class MissingFile(Invalid):
    """A table that every package has is not there."""

    code = "hsds.missing_file"


class InvalidPackage(Invalid):
    """Places are wrong; nothing was taken over. `problems` names the first hundred, `count` is all."""

    code = "hsds.invalid_package"

    def __init__(self, *, source: str, problems: tuple[Problem, ...], count: int) -> None:
        super().__init__(source=source, problems=problems, count=count)
        self.problems = problems


def refusal(source: str, problems: Sequence[Problem]) -> InvalidPackage:
    """Return the error for a package with problems, with no more of them than a person can mend."""
    return InvalidPackage(source=source, problems=tuple(problems[:MOST_PROBLEMS]), count=len(problems))

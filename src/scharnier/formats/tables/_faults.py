# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with tables; each failure names its sheet, and where it has one its row and column."""

from __future__ import annotations

from scharnier.core.kernel import Invalid, ScharnierError


class CsvNotUtf8(Invalid):
    """A CSV file is not UTF-8."""

    code = "tables.not_utf8"


class NotACsvFile(Invalid):
    """A CSV file cannot be taken apart."""

    code = "tables.not_csv"


class NotASpreadsheet(Invalid):
    """A file is no xlsx workbook or zip, or a damaged one."""

    code = "tables.not_a_spreadsheet"


class TooLarge(Invalid):
    """A packed file holds more than can be read."""

    code = "tables.too_large"


class TooManyCells(Invalid):
    """A sheet goes on for more rows and columns than anybody filled in."""

    code = "tables.too_many_cells"


class NoSheets(Invalid):
    """No sheet or file has a name that we know."""

    code = "tables.no_sheets"


class UnknownSheet(Invalid):
    """A sheet or file has a name that we do not know."""

    code = "tables.unknown_sheet"


class MergedCells(Invalid):
    """Cells of a sheet are merged, so that a row no longer stands on its own."""

    code = "tables.merged_cells"


class MissingColumn(Invalid):
    """A column that must be there is not."""

    code = "tables.missing_column"


class UnknownColumn(Invalid):
    """A column has a heading that we do not know."""

    code = "tables.unknown_column"


class DuplicateColumn(Invalid):
    """Two columns mean the same."""

    code = "tables.duplicate_column"


class CellFault(Invalid):
    """A cell holds what cannot be there: sheet, row as in the spreadsheet, and column."""

    code = "tables.cell"


class EmptyCell(CellFault):
    """A cell that must be filled in is empty."""

    code = "tables.empty_cell"


class StrayCell(CellFault):
    """A cell is filled in under no heading; `column` is its number from the left."""

    code = "tables.stray_cell"


class ErrorInCell(CellFault):
    """A cell holds an error of the spreadsheet program, such as #REF!."""

    code = "tables.error_in_cell"


class UnreadFormula(CellFault):
    """A formula was saved without its outcome."""

    code = "tables.unread_formula"


class WrongDate(CellFault):
    """A cell is not a date."""

    code = "tables.wrong_date"


class ConsentWithoutDate(WrongDate):
    """A consent is told without the day on which it was given."""

    code = "tables.consent_without_date"


class WrongNumber(CellFault):
    """A cell is not a number of the kind asked for."""

    code = "tables.wrong_number"


class WrongChoice(CellFault):
    """A cell is none of the choices."""

    code = "tables.wrong_choice"


class WrongId(CellFault):
    """An identifier holds white space."""

    code = "tables.wrong_id"


class WrongLanguage(CellFault):
    """A cell names a language that we do not know."""

    code = "tables.wrong_language"


class NumberForPhone(CellFault):
    """A telephone number is stored as a number and lost its first zero."""

    code = "tables.number_for_phone"


class UnknownName(CellFault):
    """A cell names somebody or something that is nowhere."""

    code = "tables.unknown_name"


class AmbiguousName(CellFault):
    """A cell names what several are called."""

    code = "tables.ambiguous_name"


class DuplicateId(CellFault):
    """Two rows have the same identifier, or the same name and no identifier."""

    code = "tables.duplicate_id"


class AlreadyThere(CellFault):
    """The network has something else by that identifier."""

    code = "tables.already_there"


class Circle(CellFault):
    """A row lies under itself by a detour."""

    code = "tables.circle"


class BrokenRow(CellFault):
    """The cells of a row do not go together."""

    code = "tables.broken_row"


class MalformedTables(Invalid):
    """The tables are wrong, and nothing was read; `faults` holds one failure a place, at most 100."""

    code = "tables.malformed"

    def __init__(self, *, faults: tuple[ScharnierError, ...]) -> None:
        super().__init__(faults=faults)
        self.faults = faults

# SPDX-License-Identifier: EUPL-1.2
"""An empty workbook to fill in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scharnier.formats.tables._cells import CHOICES, guarded
from scharnier.formats.tables._columns import Column, SheetForm, sheet_forms
from scharnier.formats.wording import Language

_LAST_ROW = 5_000  # choices are offered so far down
_FORMATS = {"date": "yyyy-mm-dd", "consent_date": "yyyy-mm-dd", "phone": "@", "id": "@"}
_HEADING, _NOTE = Font(bold=True), Font(italic=True, color="777777")
_FILL = PatternFill(fill_type="solid", start_color="E8EEF2")
_NOTES: dict[Language, tuple[str, tuple[str, str, str, str], str]] = {
    "nl": (
        "Uitleg",
        ("Blad", "Kolom", "Nodig", "Uitleg"),
        "Een rij die met # begint is een voorbeeld en wordt overgeslagen. * betekent: altijd invullen.",
    ),
    "en": (
        "Notes",
        ("Sheet", "Column", "Needed", "Explanation"),
        "A row that begins with # is an example and is skipped. * means: always fill in.",
    ),
}


def write_template(language: Language) -> bytes:
    """Return an xlsx workbook with a sheet for each kind of row, an example in each, and notes."""
    return write_forms(tuple(sheet_forms().values()), language=language)


def write_forms(
    forms: Sequence[SheetForm],
    *,
    language: Language,
    lists: Mapping[str, Sequence[Sequence[str]]] = MappingProxyType({}),
) -> bytes:
    """Return an xlsx workbook with forms to fill in and notes on them.

    Parameters
    ----------
    forms
        The sheets to fill in.
    language
        Of headings, examples and notes.
    lists
        Sheets to read besides, by name, with their headings in the first row. What is in them was written by
        people: nothing of it becomes a formula.
    """
    book = Workbook()
    first = book.active
    if isinstance(first, Worksheet):
        _write_notes(first, forms=forms, language=language)
    for form in forms:
        _write_form(book.create_sheet(form.title(language)), form=form, language=language)
    for name, rows in lists.items():
        _write_list(book.create_sheet(name), rows)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _write_list(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    for row in rows:
        sheet.append([guarded(cell) for cell in row])
    for number, cell in enumerate(sheet[1], start=1):
        cell.font, cell.fill = _HEADING, _FILL
        sheet.column_dimensions[get_column_letter(number)].width = 30
    sheet.freeze_panes = "A2"


def _write_notes(sheet: Worksheet, *, forms: Iterable[SheetForm], language: Language) -> None:
    sheet.title, headings, first_line = _NOTES[language]
    yes = "ja" if language == "nl" else "yes"
    sheet.append([first_line])
    sheet.append(headings)
    for form in forms:
        for column in form.columns.values():
            needed = yes if column.is_required else ""
            sheet.append(
                [form.title(language), column.title(language), needed, column.note.read_in(language)]
            )
    for cell in sheet[2]:
        cell.font = _HEADING
    for letter, width in zip("ABCD", (20, 26, 10, 90), strict=True):
        sheet.column_dimensions[letter].width = width


def _write_form(sheet: Worksheet, *, form: SheetForm, language: Language) -> None:
    for number, column in enumerate(form.columns.values(), start=1):
        heading = sheet.cell(1, number, column.title(language) + (" *" if column.is_required else ""))
        heading.font, heading.fill = _HEADING, _FILL
        example = sheet.cell(2, number, column.example.read_in(language) or None)
        example.font = _NOTE
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(14, len(column.title(language)) + 4)
        sheet.column_dimensions[letter].number_format = _FORMATS.get(column.holds, "General")
        if column.holds in CHOICES:
            sheet.add_data_validation(_choices(column, letter=letter, language=language))
    sheet.freeze_panes = "A2"


def _choices(column: Column, *, letter: str, language: Language) -> DataValidation:
    names = [nl if language == "nl" else en for nl, en in CHOICES[column.holds].values()]
    offered = DataValidation(type="list", formula1=f'"{",".join(names)}"', allow_blank=True)
    offered.add(f"{letter}2:{letter}{_LAST_ROW}")
    return offered

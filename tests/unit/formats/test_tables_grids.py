# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scharnier.formats import tables, wording
from tests.factories import a_full_network, a_network, a_person


def a_workbook(*rows: tuple[object, ...], title: str = "Mensen") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def packed(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def a_zip(files: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


class TestReadCsvFiles:
    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_sees_what_parts_the_cells(self, mark: str) -> None:
        data = f'naam{mark}rol\n"Ria{mark} de buurvrouw"{mark}x\n'.encode()

        assert tables.read_csv_files({"people.csv": data}) == (
            tables.Grid(name="people", rows=(("naam", "rol"), (f"Ria{mark} de buurvrouw", "x"))),
        )

    def test_passes_over_a_byte_order_mark(self) -> None:
        (grid,) = tables.read_csv_files({"people.csv": "\ufeffnaam\nZoë\n".encode()})

        assert grid.rows == (("naam",), ("Zoë",))

    def test_counts_a_cell_of_several_lines_as_one_row(self) -> None:
        (grid,) = tables.read_csv_files({"people.csv": b'naam,x\n"a\nb",1\n\nc,2\n'})

        assert grid.rows == (("naam", "x"), ("a\nb", "1"), (), ("c", "2"))

    def test_reads_an_empty_file_as_no_rows(self) -> None:
        assert tables.read_csv_files({"people.csv": b""}) == (tables.Grid(name="people", rows=()),)

    def test_names_the_line_that_is_not_utf_8_of_each_file(self) -> None:
        files = {"people.csv": "naam\nZoë".encode("latin-1"), "ties.csv": "van\n".encode("utf-16")}

        with pytest.raises(tables.MalformedTables) as raised:
            tables.read_csv_files(files)

        assert [fault.facts for fault in raised.value.faults] == [
            {"sheet": "people", "line": 2},
            {"sheet": "ties", "line": 1},
        ]

    def test_names_the_line_of_a_stray_quotation_mark(self) -> None:
        with pytest.raises(tables.MalformedTables) as raised:
            tables.read_csv_files({"people.csv": b'naam,x\n"Ria"tje,2\n'})

        assert [fault.facts for fault in raised.value.faults] == [{"sheet": "people", "line": 2}]


class TestReadZip:
    def test_takes_the_csv_files_wherever_they_lie(self) -> None:
        files = {
            "map/people.csv": b"naam\n",
            "__MACOSX/people.csv": b"?",
            "map/.ties.csv": b"?",
            "a.txt": b"?",
        }

        assert tables.read_zip(a_zip(files)) == {"map/people.csv": b"naam\n"}

    @pytest.mark.parametrize(
        "data",
        [b"", b"PK\x03\x04", a_zip({"a.csv": b"x" * 999})[:-30]],
        ids=["empty", "a beginning", "without its end"],
    )
    def test_refuses_what_is_no_zip(self, data: bytes) -> None:
        with pytest.raises(tables.NotASpreadsheet):
            tables.read_zip(data)

    def test_refuses_a_zip_that_unpacks_without_end(self) -> None:
        with pytest.raises(tables.TooLarge):
            tables.read_zip(a_zip({"people.csv": b"x" * 1_000_001}), most_bytes=1_000_000)


class TestReadWorkbook:
    def test_keeps_cells_as_the_workbook_has_them(self) -> None:
        day = datetime.fromisoformat("2026-03-01")
        book, _ = a_workbook(("naam", "tot", "capaciteit", "aan"), ("Ria", day, 3, True))

        (grid,) = tables.read_workbook(packed(book))

        assert grid == tables.Grid(
            name="Mensen", rows=(("naam", "tot", "capaciteit", "aan"), ("Ria", day, 3, True))
        )

    def test_reads_dates_of_either_kind(self) -> None:
        book, _ = a_workbook(("naam", "tot"), ("Ria", date(2026, 3, 1)), ("Bo", "1-3-2026"))

        grown = tables.read_tables(tables.read_workbook(packed(book)), onto=a_network())

        assert {person.availability.until for person in grown.persons} == {date(2026, 3, 1)}

    def test_names_the_merged_cells(self) -> None:
        book, sheet = a_workbook(("naam", "rol"), ("Ria", None), ("Bo", "x"))
        sheet.merge_cells("B2:B3")
        sheet.merge_cells("A4:B4")

        with pytest.raises(tables.MalformedTables) as raised:
            tables.read_workbook(packed(book))

        assert [fault.facts for fault in raised.value.faults] == [
            {"sheet": "Mensen", "ranges": ("A4:B4", "B2:B3")}
        ]

    def test_names_a_formula_that_has_no_outcome(self) -> None:
        book, _ = a_workbook(("naam", None), ("Ria", '="a"&"b"'))

        with pytest.raises(tables.MalformedTables) as raised:
            tables.read_workbook(packed(book))

        assert [fault.facts for fault in raised.value.faults] == [
            {"sheet": "Mensen", "row": 2, "column": "B", "value": '="a"&"b"'}
        ]

    def test_reads_the_outcome_of_a_formula(self) -> None:
        book, _ = a_workbook(("naam",), ('="Ria"&" Smit"',))
        saved = packed(book)
        with zipfile.ZipFile(io.BytesIO(saved)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        sheet = files["xl/worksheets/sheet1.xml"]
        assert sheet.count(b"<v") == 1
        files["xl/worksheets/sheet1.xml"] = sheet.replace(b"<v />", b"<v>Ria Smit</v>").replace(
            b'<c r="A2"', b'<c r="A2" t="str"'
        )

        (grid,) = tables.read_workbook(a_zip(files))

        assert grid.rows[1] == ("Ria Smit",)

    def test_names_an_error_of_the_spreadsheet(self) -> None:
        book, _ = a_workbook(("naam", "rol"), ("Ria", "#REF!"))

        with pytest.raises(tables.MalformedTables) as raised:
            tables.read_workbook(packed(book))

        assert [fault.facts for fault in raised.value.faults] == [
            {"sheet": "Mensen", "row": 2, "column": "rol", "value": "#REF!"}
        ]

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"naam;rol",
            packed(Workbook())[:500],
            a_zip({"a.txt": b""}),
            a_zip({"[Content_Types].xml": b"<"}),
        ],
        ids=["empty", "another format", "without its end", "another zip", "broken inside"],
    )
    def test_refuses_what_is_no_workbook(self, data: bytes) -> None:
        with pytest.raises(tables.NotASpreadsheet):
            tables.read_workbook(data)

    def test_refuses_a_workbook_that_says_it_is_something_else(self) -> None:
        with zipfile.ZipFile(io.BytesIO(packed(Workbook()))) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        types = files["[Content_Types].xml"]
        files["[Content_Types].xml"] = types.replace(b"spreadsheetml.sheet.main", b"picture")

        with pytest.raises(tables.NotASpreadsheet):
            tables.read_workbook(a_zip(files))


class TestWriteTemplate:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_reads_as_nothing_new(self, language: wording.Language) -> None:
        whole = a_full_network()

        grids = tables.read_workbook(tables.write_template(language))

        assert tables.read_tables(grids, onto=whole) == whole

    @pytest.mark.parametrize(
        ("language", "choices"), [("nl", "ja,beperkt,nee,onbekend"), ("en", "yes,limited,no,unknown")]
    )
    def test_offers_the_choices(self, language: wording.Language, choices: str) -> None:
        book = load_workbook(io.BytesIO(tables.write_template(language)))

        offered = [
            rule.formula1 for sheet in book.worksheets for rule in sheet.data_validations.dataValidation
        ]

        assert f'"{choices}"' in offered

    @pytest.mark.parametrize(("language", "sheet"), [("nl", "Mensen"), ("en", "People")])
    def test_has_an_example_that_would_read_well(self, language: wording.Language, sheet: str) -> None:
        book = load_workbook(io.BytesIO(tables.write_template(language)))
        headings, example = book[sheet].iter_rows(max_row=2, values_only=True)
        unmarked = tuple(str(cell).lstrip("#") if cell else None for cell in example)
        onto = a_full_network()

        rows = (tuple(headings), tuple("debt" if cell == "schulden" else cell for cell in unmarked))
        grown = tables.read_tables([tables.Grid(name=sheet, rows=rows)], onto=onto)  # type: ignore[arg-type]  # cells of any kind

        assert len(grown.persons) == len(onto.persons) + 1

    def test_explains_every_column(self) -> None:
        book = load_workbook(io.BytesIO(tables.write_template("en")))

        explained = {
            (row[0], row[1]) for row in book["Notes"].iter_rows(min_row=3, values_only=True) if row[3]
        }

        assert explained == {
            (sheet.title, str(cell.value).removesuffix(" *"))
            for sheet in book.worksheets[1:]
            for cell in sheet[1]
        }


class TestWriteTables:
    def test_guards_text_that_a_spreadsheet_would_calculate(self) -> None:
        whole = a_network(persons=[a_person(name="=1+1", summary="+31 6", languages="-x nl")])

        grids = {grid.name: grid.rows for grid in tables.write_tables(whole)}

        headings, row = grids["people"]
        written = dict(zip(headings, row, strict=True))
        assert [written[name] for name in ("Name", "What this person does", "Languages")] == [
            "'=1+1",
            "'+31 6",
            "'-x; nl",
        ]

    @pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "'t Hoekje", "#1", "'"])
    def test_guards_no_more_than_reading_takes_away(self, text: str) -> None:
        whole = a_network(persons=[a_person("#1", name="Ria", summary=text)])

        grown = tables.read_tables(tables.write_tables(whole), onto=a_network())

        assert grown.persons == whole.persons

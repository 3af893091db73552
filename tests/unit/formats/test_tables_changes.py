# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import Workbook

from scharnier.core import network
from scharnier.formats import intake, network_json, tables
from tests.factories import DAY, a_network, a_person, a_topic, an_area, an_organization

KAREL = replace(
    a_person("p-1", name="Karel Brug", email="karel@example.org", topics="debt"), checked_date=DAY
)
BASE = a_network(
    areas=[an_area("wijk"), an_area("noord", parent="wijk")],
    topics=[a_topic("debt", nl="schulden", en="debt")],
    organizations=[an_organization("schuldhulp", name="Schuldhulp")],
    persons=[KAREL, a_person("p-2", name="Jan"), a_person("p-3", name="Jan")],
)


def new_id(part: str, name: str) -> str:
    return f"{part}:{name}"


def a_grid(name: str, *rows: tuple[object, ...]) -> tables.Grid:
    return tables.Grid(name=name, rows=rows)  # type: ignore[arg-type]  # cells of any kind, as a workbook gives


def read(*grids: tables.Grid) -> dict[str, list[object]]:
    found = tables.read_changes(grids, onto=BASE, new_id=new_id)
    return {part: list(items) for part, items in found.items()}


def faults_of(*grids: tables.Grid) -> list[tuple[str, object, object]]:
    with pytest.raises(tables.MalformedTables) as raised:
        read(*grids)
    return [
        (type(fault).__name__, fault.facts.get("row"), fault.facts.get("column"))
        for fault in raised.value.faults
    ]


def packed(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def a_zip(name: str, content: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return data.getvalue()


class TestReadChanges:
    def test_means_who_has_the_name_and_changes_only_what_is_filled_in(self) -> None:
        found = read(a_grid("Mensen", ("Naam", "Telefoon", "E-mail"), ("karel  brug", "06 1", None)))

        assert found == {"persons": [replace(KAREL, name="karel  brug", phone="06 1")]}

    def test_means_who_has_the_identifier_whatever_the_name(self) -> None:
        (person,) = read(a_grid("Mensen", ("Id", "Naam"), ("p-1", "Karel van der Brug")))["persons"]

        assert person == replace(KAREL, name="Karel van der Brug")

    def test_gives_somebody_new_an_identifier(self) -> None:
        found = read(
            a_grid("Mensen", ("Naam",), ("Noor",)),
            a_grid("Rollen", ("Persoon", "Organisatie"), ("Noor", "Schuldhulp")),
        )

        assert [person.id for person in found["persons"]] == ["persons:Noor"]
        assert found["memberships"] == [
            network.Membership(person_id="persons:Noor", organization_id="schuldhulp")  # type: ignore[arg-type]
        ]

    def test_asks_for_the_id_of_one_of_two_with_the_name(self) -> None:
        assert faults_of(a_grid("Mensen", ("Naam", "Telefoon"), ("Jan", "06 1"))) == [
            ("AmbiguousName", 2, "Naam")
        ]

    def test_names_the_rows_that_would_make_a_circle(self) -> None:
        grid = a_grid("Gebieden", ("Naam", "Onderdeel van"), ("Oost", "Noord"), ("Wijk", "Oost"))

        assert ("Circle", 3, "Onderdeel van") in faults_of(grid)

    def test_names_every_place_at_once(self) -> None:
        assert faults_of(
            a_grid(
                "Mensen",
                ("Naam", "Onderwerpen", "Vindbaar sinds"),
                ("Noor", "tuin", "ja"),
                (None, "schulden"),
            ),
            a_grid("Rollen", ("Persoon", "Organisatie"), ("Piet", "Schuldhulp")),
        ) == [
            ("ConsentWithoutDate", 2, "Vindbaar sinds"),
            ("UnknownName", 2, "Onderwerpen"),
            ("EmptyCell", 3, "Naam"),
            ("UnknownName", 2, "Persoon"),
        ]


class TestReadChangesOfAFile:
    def read(self, data: bytes, file_name: str = "mensen.xlsx", most_bytes: int = 1_000_000) -> object:
        return intake.read_changes(data, file_name=file_name, onto=BASE, new_id=new_id, most_bytes=most_bytes)

    def test_takes_the_template_filled_in(self) -> None:
        assert self.read(tables.write_template("nl")) == {}

    @pytest.mark.parametrize(
        ("data", "file_name"),
        [
            (b"naam\nNoor\n", "mensen.csv"),
            (a_zip("mensen.csv", b"naam\nNoor\n"), "alles.zip"),
            (
                network_json.write_network(a_network(persons=[a_person("persons:Noor", name="Noor")])),
                "n.json",
            ),
        ],
    )
    def test_takes_other_formats(self, data: bytes, file_name: str) -> None:
        found = self.read(data, file_name)

        assert isinstance(found, dict)
        assert [(person.id, person.name) for person in found["persons"]] == [("persons:Noor", "Noor")]

    @pytest.mark.parametrize(
        ("data", "fault"),
        [
            (b"", intake.UnknownFile),
            (b"%PDF-1.7", intake.UnknownFile),
            (b"\xd0\xcf\x11\xe0", intake.OldWorkbook),
            (b"{}", network_json.NotANetwork),
            (b"PK\x03\x04 and no more", tables.NotASpreadsheet),
            (a_zip("services.csv", b"id\n"), intake.UnknownFile),
            (a_zip("mensen.csv", b"naam\n" + b"x" * 2_000_000), tables.TooLarge),
        ],
    )
    def test_refuses_what_it_cannot_read(self, data: bytes, fault: type[Exception]) -> None:
        with pytest.raises(fault):
            self.read(data)

    @pytest.mark.parametrize(
        ("reference", "fault"),
        [
            (b"A1:XFD1048576", tables.TooManyCells),
            (b"$a$1:$xfd$1048576", tables.TooManyCells),
            (b"A1:ZZZZZ9", tables.NotASpreadsheet),
            (b"A&#49;:B2", tables.NotASpreadsheet),
        ],
    )
    def test_refuses_cells_merged_over_a_whole_sheet_before_they_fill_the_memory(
        self, reference: bytes, fault: type[Exception]
    ) -> None:
        book = Workbook()
        book.worksheets[0]["A1"] = "naam"
        data, wide = io.BytesIO(packed(book)), io.BytesIO()
        with zipfile.ZipFile(data) as old, zipfile.ZipFile(wide, "w") as new:
            for name in old.namelist():
                merged = b'</sheetData><mergeCells><mergeCell ref="%s"/></mergeCells>' % reference
                new.writestr(name, old.read(name).replace(b"</sheetData>", merged))

        with pytest.raises(fault):
            self.read(wide.getvalue())

    def test_refuses_many_sheets_that_are_too_much_together(self) -> None:
        book = Workbook()
        for number in range(3):
            book.create_sheet(f"blad {number}").cell(100_000, 10, "x")

        with pytest.raises(tables.TooManyCells):
            self.read(packed(book))

    def test_refuses_a_sheet_with_one_cell_far_away(self) -> None:
        book = Workbook()
        book.worksheets[0].cell(1_000_000, 200, "x")

        with pytest.raises(tables.TooManyCells) as raised:
            self.read(packed(book))

        assert raised.value.facts == {"sheet": "Sheet", "rows": 1_000_000, "columns": 200}

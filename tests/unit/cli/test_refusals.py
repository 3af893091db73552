# SPDX-License-Identifier: EUPL-1.2
"""What `scharnier network import` does not take: one message each, with the place, and nothing written."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scharnier.formats import network_json
from tests.factories import a_network
from tests.unit.cli.conftest import Outcome, Scharnier

Files = Mapping[str, str | bytes]
ORGANIZATIONS = "id,name,description,parent_organization_id\n"
SERVICES = "id,organization_id,name,status\ns1,o1,Spreekuur,active\n"
RIGHT = {"organizations.csv": f"{ORGANIZATIONS}o1,Wijkteam,Hulp,\n", "services.csv": SERVICES}
SCHEDULES = "id,service_id,freq,valid_from,valid_to\n"
TABLES = "The tables are not right; nothing was read:"
PEOPLE = "id,naam\nria,Ria Smit\nbo,Bo\n"


def in_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def a_folder(at: Path, files: Files) -> Path:
    folder = at / "buurt"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(in_bytes(content))
    return folder


def a_zip(at: Path, files: Files) -> Path:
    path = at / "buurt.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, in_bytes(content))
    return path


def a_workbook(at: Path, *, merged: str) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Mensen"
    for row in (("naam", "kan wat"), ("Ria", "koken"), ("Bo", None)):
        sheet.append(row)
    sheet.merge_cells(merged)
    packed = io.BytesIO()
    book.save(packed)
    path = at / "buurt.xlsx"
    path.write_bytes(packed.getvalue())
    return path


def refuse(scharnier: Scharnier, source: Path, *more: object) -> Outcome:
    """Import over a file that is there, and see that it stays as it was and that nothing else comes."""
    output = source.parent / "mine.json"
    output.write_text("mine")
    before = {path.name for path in source.parent.iterdir()}

    outcome = scharnier("network", "import", source, "--output", output, "--force", *more)

    assert (outcome.code, outcome.said) == (1, "")
    assert outcome.complaint.startswith("scharnier: ")
    assert output.read_text() == "mine"
    assert {path.name for path in source.parent.iterdir()} == before
    return outcome


def complaints(outcome: Outcome) -> list[str]:
    return outcome.complaint.removeprefix("scharnier: ").splitlines()


def bare(complaint: str) -> str:
    """A complaint with plain quotation marks, for a test that is easy to read."""
    return complaint.replace("\N{LEFT SINGLE QUOTATION MARK}", "'").replace(
        "\N{RIGHT SINGLE QUOTATION MARK}", "'"
    )


class TestTables:
    @pytest.mark.parametrize(
        ("files", "complaint"),
        [
            (
                {"mensen.csv": "id,naam\na,Ria\na,Bo\n"},
                (
                    "mensen, row 3, column 'id': 'a' is in row 2 already."
                    " Remove one or give each an id of its own."
                ),
            ),
            (
                {"mensen.csv": PEOPLE, "rollen.csv": "persoon,organisatie\nria,Nergens\n"},
                "rollen, row 2, column 'organisatie': we do not know 'Nergens'. Add it or correct the name.",
            ),
            (
                {"mensen.csv": PEOPLE, "banden.csv": "van,naar,gezien op\nria,wil,1-1-2026\n"},
                "banden, row 2, column 'naar': we do not know 'wil'. Add it or correct the name.",
            ),
            (
                {"mensen.csv": "naam,vindbaar sinds\nRia,ja\n"},
                (
                    "mensen, row 2, column 'vindbaar sinds': 'ja' is not a date."
                    " Write the day on which the person said yes, or leave it empty."
                ),
            ),
            (
                {"mensen.csv": "Ria\nBo\n"},
                "mensen: the column 'Name' is missing. Put the headings in row 1.",
            ),
            (
                {"mensen.csv": b"naam\nRen\xe9\n"},
                "mensen: line 2 is not UTF-8. Save the file as 'CSV UTF-8'.",
            ),
            (
                {"mensen.csv": 'naam\n"Ria\n'},
                "mensen: a quotation mark is wrong near line 2.",
            ),
        ],
        ids=[
            "id twice",
            "unknown organization",
            "unknown person",
            "consent without a day",
            "no headings",
            "another encoding",
            "open quotes",
        ],
    )
    @pytest.mark.parametrize("pack", [a_folder, a_zip])
    def test_are_refused_by_sheet_row_and_column(
        self, scharnier: Scharnier, tmp_path: Path, files: Files, complaint: str, pack: type
    ) -> None:
        heading, *found = complaints(refuse(scharnier, pack(tmp_path, files)))

        assert heading == TABLES
        assert complaint in map(bare, found)

    def test_are_refused_for_a_circle_of_organizations(self, scharnier: Scharnier, tmp_path: Path) -> None:
        circle = "id,naam,onderdeel van\na,Wijkteam,b\nb,Buurtteam,a\n"

        _, *found = complaints(refuse(scharnier, a_folder(tmp_path, {"organisaties.csv": circle})))

        assert [bare(line).partition(":")[0] for line in found] == [
            "organisaties, row 2, column 'onderdeel van'",
            "organisaties, row 3, column 'onderdeel van'",
        ]

    def test_are_refused_for_what_ends_before_it_starts(self, scharnier: Scharnier, tmp_path: Path) -> None:
        files = {
            "mensen.csv": "naam,vindbaar sinds,vindbaar tot en met\nRia,1-2-2026,1-1-2026\nBo,,\n",
            "organisaties.csv": "naam\nWijkteam\n",
            "rollen.csv": "persoon,organisatie,van,tot en met\nBo,Wijkteam,1-2-2026,1-1-2026\n",
        }

        _, *found = complaints(refuse(scharnier, a_folder(tmp_path, files)))

        assert [line.partition(":")[0] for line in found] == ["mensen, row 2", "rollen, row 2"]

    def test_name_every_place_at_once_in_either_language(
        self, scharnier: Scharnier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = {"mensen.csv": "id,naam\na,Ria\na,Bo\nb,\n"}
        monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")

        heading, *found = complaints(refuse(scharnier, a_folder(tmp_path, files)))

        assert heading == "De tabellen kloppen niet; er is niets ingelezen:"
        assert [bare(line).partition(":")[0] for line in found] == [
            "mensen, rij 3, kolom 'id'",
            "mensen, rij 4, kolom 'naam'",
        ]

    @pytest.mark.parametrize("merged", ["B2:B3", "A1:B1"])
    def test_are_refused_with_merged_cells(self, scharnier: Scharnier, tmp_path: Path, merged: str) -> None:
        outcome = refuse(scharnier, a_workbook(tmp_path, merged=merged))

        assert complaints(outcome) == [
            TABLES,
            f"Mensen: the cells {merged} are merged. Split them and fill in each row.",
        ]


class TestPackages:
    @pytest.mark.parametrize("missing", sorted(RIGHT))
    @pytest.mark.parametrize("pack", [a_folder, a_zip])
    def test_are_refused_without_what_every_package_has(
        self, scharnier: Scharnier, tmp_path: Path, missing: str, pack: type
    ) -> None:
        files = {"contacts.csv": "id,name\nc1,Ria\n", **RIGHT}
        del files[missing]

        outcome = refuse(scharnier, pack(tmp_path, files))

        (complaint,) = complaints(outcome)
        assert complaint.endswith(f" lacks: {missing}. We cannot read the package without.")

    @pytest.mark.parametrize(
        ("file", "content", "place"),
        [
            (
                "organizations.csv",
                f"{ORGANIZATIONS}o1,A,,\no1,B,,\n",
                "organizations.csv, row 3, column id: 'o1' is there already.",
            ),
            (
                "organizations.csv",
                f"{ORGANIZATIONS}o1,A,,o2\no2,B,,o1\n",
                "organizations.csv, row 2, column parent_organization_id: by way of 'o2'",
            ),
            (
                "services.csv",
                SERVICES.replace("o1", "weg"),
                "services.csv, row 2, column organization_id: 'weg' does not exist.",
            ),
            (
                "schedules.csv",
                f"{SCHEDULES}a,s1,WEEKLY,2026-02-01,2026-01-31\n",
                "schedules.csv, row 2, column valid_to: 2026-01-31 is before the start.",
            ),
            (
                "schedules.csv",
                f"{SCHEDULES}a,s1,WEEKLY,31-01-2026,\n",
                "schedules.csv, row 2, column valid_from: '31-01-2026' is not a date.",
            ),
        ],
        ids=["id twice", "circle", "reference to nothing", "ends before it starts", "no date"],
    )
    def test_are_refused_by_file_row_and_column(
        self, scharnier: Scharnier, tmp_path: Path, file: str, content: str, place: str
    ) -> None:
        outcome = refuse(scharnier, a_folder(tmp_path, {**RIGHT, file: content}))

        heading, first, *_ = complaints(outcome)
        assert heading.startswith("We took nothing over from buurt, since this is not right (")
        assert bare(first).startswith(place)

    def test_are_refused_in_another_encoding(self, scharnier: Scharnier, tmp_path: Path) -> None:
        organizations = f"{ORGANIZATIONS}o1,Één loket,,\n".encode("latin-1")

        outcome = refuse(scharnier, a_zip(tmp_path, {**RIGHT, "organizations.csv": organizations}))

        assert "organizations.csv is not UTF-8: on line 2" in outcome.complaint
        assert "Save the file as UTF-8." in outcome.complaint

    def test_are_refused_when_the_zip_points_outside_itself(
        self, scharnier: Scharnier, tmp_path: Path
    ) -> None:
        outcome = refuse(scharnier, a_zip(tmp_path, {**RIGHT, "../services.csv": SERVICES}))

        (complaint,) = complaints(outcome)
        assert bare(complaint) == (
            "buurt.zip points with '../services.csv' to a file outside the zip. We unpacked nothing."
        )

    def test_are_refused_when_cut_short(self, scharnier: Scharnier, tmp_path: Path) -> None:
        path = a_zip(tmp_path, RIGHT)
        path.write_bytes(path.read_bytes()[:-40])

        (complaint,) = complaints(refuse(scharnier, path))

        assert complaint == "This file is damaged, locked with a password, or no xlsx or zip."

    def test_are_refused_against_a_folder_without_schemas(self, scharnier: Scharnier, tmp_path: Path) -> None:
        (tmp_path / "schemas").mkdir()

        outcome = refuse(scharnier, a_folder(tmp_path, RIGHT), "--schema", tmp_path / "schemas")

        assert "There is no schema of HSDS in" in outcome.complaint


class TestOtherSources:
    @pytest.mark.parametrize(
        ("name", "data", "complaint"),
        [
            ("buurt.pdf", b"%PDF-1.7", "buurt.pdf is nothing that we can read."),
            ("buurt.txt", b"", "buurt.txt is nothing that we can read."),
            ("buurt.xls", b"\xd0\xcf\x11\xe0\xa1", "buurt.xls is an old xls file. Save it as xlsx."),
            ("buurt.json", b"[", "buurt.json is not JSON, or not complete: it goes wrong at line 1."),
            (
                "buurt.json",
                b'{"format": "scharnier-network", "version": 9}',
                "This file has version 9; this program knows version 1.",
            ),
        ],
    )
    def test_are_refused_by_what_they_hold(
        self, scharnier: Scharnier, tmp_path: Path, name: str, data: bytes, complaint: str
    ) -> None:
        (tmp_path / name).write_bytes(data)

        assert refuse(scharnier, tmp_path / name).complaint.startswith(f"scharnier: {complaint}")

    def test_are_refused_when_they_are_not_there(self, scharnier: Scharnier, tmp_path: Path) -> None:
        outcome = refuse(scharnier, tmp_path / "weg.xlsx")

        assert outcome.complaint == f"scharnier: {tmp_path / 'weg.xlsx'} does not exist.\n"

    def test_are_refused_when_the_network_to_add_to_is_broken(
        self, scharnier: Scharnier, tmp_path: Path
    ) -> None:
        base = tmp_path / "base.json"
        whole = json.loads(network_json.write_network(a_network()))
        del whole["network"]["name"]
        base.write_text(json.dumps(whole), encoding="utf-8")

        outcome = refuse(scharnier, a_folder(tmp_path, {"mensen.csv": PEOPLE}), "--network", base)

        assert bare(complaints(outcome)[-1]).endswith("the field 'name' is missing.")


class TestDryRun:
    def test_refuses_what_an_import_would(self, scharnier: Scharnier, tmp_path: Path) -> None:
        source = a_folder(tmp_path, {"mensen.csv": "naam,tot\nRia,ooit\n"})

        outcome = scharnier("network", "import", source, "--dry-run")

        assert (outcome.code, outcome.said) == (1, "")
        assert [path.name for path in tmp_path.iterdir()] == ["buurt"]

    def test_writes_nothing_and_says_so_in_json_as_well(self, scharnier: Scharnier, tmp_path: Path) -> None:
        source = a_folder(tmp_path, {"mensen.csv": PEOPLE})
        output = tmp_path / "n.json"

        outcome = scharnier("network", "import", source, "--dry-run", "--output", output, "--json")

        assert outcome.lines()[-1] == {"kind": "written", "path": None}
        assert outcome.lines()[0]["parts"]["persons"] == 2
        assert not output.exists()

    def test_leaves_a_file_that_is_there_alone(self, scharnier: Scharnier, tmp_path: Path) -> None:
        output = tmp_path / "n.json"
        output.write_text("mine")
        source = a_folder(tmp_path, {"mensen.csv": PEOPLE})

        outcome = scharnier("network", "import", source, "--dry-run", "--output", output, "--force")

        assert (outcome.code, output.read_text()) == (0, "mine")


class TestOutput:
    def test_is_not_overwritten_without_being_told(self, scharnier: Scharnier, tmp_path: Path) -> None:
        output = tmp_path / "n.json"
        output.write_text("mine")
        source = a_folder(tmp_path, {"mensen.csv": PEOPLE})

        outcome = scharnier("network", "import", source, "--output", output)

        assert (outcome.code, output.read_text()) == (1, "mine")
        assert outcome.complaint == (
            f"scharnier: {output} exists already. Choose another name, or overwrite it with --force.\n"
        )

    def test_needs_a_folder(self, scharnier: Scharnier, tmp_path: Path) -> None:
        output = tmp_path / "weg" / "n.json"
        source = a_folder(tmp_path, {"mensen.csv": PEOPLE})

        outcome = scharnier("network", "import", source, "--output", output)

        assert outcome.code == 1
        assert outcome.complaint.startswith(f"scharnier: {output} cannot be written.")
        assert not output.parent.exists()

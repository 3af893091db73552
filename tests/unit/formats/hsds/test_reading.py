# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from scharnier.formats import hsds
from tests.unit.formats.hsds.packages import RIGHT, SMALL, a_folder, a_package, a_zip, places


def rows_of(package: hsds.Package, entity: str) -> list[dict[str, str]]:
    return [dict(record.values) for record in package.of(entity)]


class TestReadPackage:
    def test_reads_a_folder_cell_by_cell(self, tmp_path: Path) -> None:
        package = a_package(tmp_path)

        (table,) = (table for table in package.tables if table.entity == "service")
        assert (table.file, table.columns) == ("services.csv", ("id", "organization_id", "name", "status"))
        assert (table.rows, table.row_numbers) == ((("s1", "o1", "Spreekuur", "active"),), (2,))

    def test_reads_a_zip_as_the_folder_in_it(self, tmp_path: Path) -> None:
        loose = a_package(tmp_path / "folder")

        assert hsds.read_package(a_zip(tmp_path / "p.zip")).tables == loose.tables

    def test_reads_a_zip_whose_files_lie_in_one_folder(self, tmp_path: Path) -> None:
        archive = a_zip(tmp_path / "p.zip", {"__MACOSX/export/services.csv": "rommel"}, under="export/")

        assert len(rows_of(hsds.read_package(archive), "service")) == 1

    def test_takes_the_outermost_folder_of_a_zip_that_holds_two(self, tmp_path: Path) -> None:
        archive = a_zip(tmp_path / "p.zip", {"oud/services.csv": "id,organization_id,name\nx,y,z\n"})

        assert [row["id"] for row in rows_of(hsds.read_package(archive), "service")] == ["s1"]

    def test_accepts_a_byte_order_mark(self, tmp_path: Path) -> None:
        package = a_package(tmp_path, {"organizations.csv": "\ufeff" + RIGHT["organizations.csv"]})

        assert rows_of(package, "organization")[0]["id"] == "o1"

    def test_keeps_quotes_commas_and_line_breaks_in_a_cell(self, tmp_path: Path) -> None:
        text = 'id,name,description\no1,"Bakker, ""De Korst""","brood\r\nen koek"\n'

        package = a_package(tmp_path, {"organizations.csv": text})

        assert rows_of(package, "organization") == [
            {"id": "o1", "name": 'Bakker, "De Korst"', "description": "brood\r\nen koek"}
        ]

    def test_fills_up_rows_that_a_spreadsheet_cut_short(self, tmp_path: Path) -> None:
        package = a_package(tmp_path, {"organizations.csv": "id,name,description\no1,Wijkteam\n"})

        assert rows_of(package, "organization")[0]["description"] == ""

    def test_drops_empty_cells_beyond_the_header(self, tmp_path: Path) -> None:
        package = a_package(tmp_path, {"organizations.csv": "id,name\no1,Wijkteam,,\n"})

        assert rows_of(package, "organization") == [{"id": "o1", "name": "Wijkteam"}]

    def test_numbers_rows_as_a_spreadsheet_does_past_empty_lines(self, tmp_path: Path) -> None:
        text = 'id,name\no1,"twee\nregels"\n\no2,Taalhuis\n'

        package = a_package(tmp_path, {"organizations.csv": text})

        assert [record.row for record in package.of("organization")] == [2, 4]

    def test_keeps_tables_that_are_not_of_hsds(self, tmp_path: Path) -> None:
        package = a_package(tmp_path, {"opmerkingen.csv": "wat\nniets\n"})

        assert [table.rows for table in package.tables if table.entity == "opmerkingen"] == [(("niets",),)]

    def test_keeps_a_descriptor(self, tmp_path: Path) -> None:
        package = a_package(tmp_path, {"datapackage.json": '{"title": "Kruisveld"}'})

        assert (package.descriptor, package.has_unreadable_descriptor) == ({"title": "Kruisveld"}, False)

    @pytest.mark.parametrize("content", ["../../datapackage.json", "[]", "", b"\xff"])
    def test_passes_over_a_descriptor_that_is_none(self, tmp_path: Path, content: str | bytes) -> None:
        package = a_package(tmp_path, {"datapackage.json": content})

        assert (package.descriptor, package.has_unreadable_descriptor) == (None, True)

    def test_takes_an_empty_table_for_what_it_is(self, tmp_path: Path) -> None:
        package = a_package(tmp_path, {"phones.csv": ""})

        assert [table.columns for table in package.tables if table.entity == "phone"] == [()]


class TestReadPackageOfVersion2:
    def test_knows_it_by_its_names(self, tmp_path: Path) -> None:
        assert (hsds.read_package(SMALL / "version_2").version, a_package(tmp_path).version) == (2, 3)

    def test_knows_it_by_the_name_of_one_file(self, tmp_path: Path) -> None:
        package = a_package(tmp_path, {"services_at_location.csv": "id,service_id,location_id\n"})

        assert package.version == 2

    def test_knows_it_by_its_columns_too(self, tmp_path: Path) -> None:
        package = a_package(tmp_path, {"taxonomy_terms.csv": "id,term\n1,Zorg\n"})

        assert package.version == 2

    def test_answers_under_the_names_of_version_3(self) -> None:
        package = hsds.read_package(SMALL / "version_2")

        assert rows_of(package, "organization")[0]["website"] == "http://buurtbus.example"
        assert rows_of(package, "address")[0]["address_type"] == "physical"
        assert rows_of(package, "attribute") == [
            {"id": "1", "link_id": "1", "taxonomy_term_id": "5", "link_entity": "service"}
        ]

    def test_keeps_a_column_of_version_3_that_stands_beside_that_of_2(self, tmp_path: Path) -> None:
        text = "id,name,url,website\no1,Wijkteam,oud.example,nieuw.example\n"

        package = a_package(tmp_path, {"organizations.csv": text})

        assert rows_of(package, "organization")[0]["website"] == "nieuw.example"

    def test_names_places_as_the_file_does(self) -> None:
        (table,) = (t for t in hsds.read_package(SMALL / "version_2").tables if t.entity == "language")

        assert (table.heading("name"), table.heading("code")) == ("language", "code")


class TestReadPackageRefuses:
    def test_a_path_where_nothing_is(self, tmp_path: Path) -> None:
        with pytest.raises(hsds.SourceNotFound):
            hsds.read_package(tmp_path / "nergens.zip")

    @pytest.mark.parametrize("missing", ["organizations.csv", "services.csv"])
    def test_a_folder_without_what_every_package_has(self, tmp_path: Path, missing: str) -> None:
        folder = a_folder(tmp_path)
        (folder / missing).unlink()

        with pytest.raises(hsds.MissingFile) as raised:
            hsds.read_package(folder)

        assert raised.value.facts == {"source": tmp_path.name, "files": (missing,)}

    def test_a_folder_without_any_table(self, tmp_path: Path) -> None:
        (tmp_path / "notes.csv").write_text("x\n")

        with pytest.raises(hsds.NotAPackage):
            hsds.read_package(tmp_path)

    def test_another_encoding_with_file_line_and_byte(self, tmp_path: Path) -> None:
        latin = "id,name\no1,Café\n".encode("latin-1")

        with pytest.raises(hsds.FileNotUtf8) as raised:
            a_package(tmp_path, {"organizations.csv": latin})

        assert raised.value.facts == {"file": "organizations.csv", "line": 2, "byte": 14, "value": "0xe9"}

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("id,name\no1,Buurt,huis\n", (2, "name", hsds.Fault.TOO_MANY_CELLS)),
            ('id,name\no1,Wijkteam\no2,"Taal"huis\n', (3, "", hsds.Fault.BROKEN_QUOTES)),
            ('id,name\no1,"Wijkteam\n', (2, "", hsds.Fault.BROKEN_QUOTES)),
            ("id,name,name\no1,a,b\n", (1, "name", hsds.Fault.DUPLICATE_COLUMN)),
            ("id;name\no1;Wijkteam\n", (1, "", hsds.Fault.SEMICOLONS)),
        ],
    )
    def test_rows_that_do_not_fit_their_header(
        self, tmp_path: Path, text: str, place: tuple[int, str, hsds.Fault]
    ) -> None:
        with pytest.raises(hsds.InvalidPackage) as raised:
            a_package(tmp_path, {"organizations.csv": text})

        assert places(raised.value) == [("organizations.csv", *place)]

    def test_files_larger_than_any_directory(self, tmp_path: Path) -> None:
        folder = a_folder(tmp_path / "p")
        with (folder / "phones.csv").open("wb") as sparse:
            sparse.truncate(2**30)

        for path in (folder, folder / "phones.csv"):
            with pytest.raises(hsds.PackageTooLarge):
                hsds.read_package(path)

    def test_everything_wrong_at_once(self, tmp_path: Path) -> None:
        broken = {"organizations.csv": "id\no1,x\n", "services.csv": "id\ns1\ns2,x,y\n"}

        with pytest.raises(hsds.InvalidPackage) as raised:
            a_package(tmp_path, broken)

        assert [place[:2] for place in places(raised.value)] == [
            ("organizations.csv", 2),
            ("services.csv", 3),
        ]

    def test_no_more_places_than_anyone_mends_by_hand(self, tmp_path: Path) -> None:
        text = "id,name\n" + "o1,Buurt,huis\n" * 150

        with pytest.raises(hsds.InvalidPackage) as raised:
            a_package(tmp_path, {"organizations.csv": text})

        assert (len(raised.value.problems), raised.value.facts["count"]) == (100, 150)


class TestReadPackageRefusesAZip:
    def test_that_is_none(self, tmp_path: Path) -> None:
        path = tmp_path / "p.zip"
        path.write_text("Dit is een brief.")

        with pytest.raises(hsds.NotAPackage):
            hsds.read_package(path)

    def test_that_was_cut_short(self, tmp_path: Path) -> None:
        path = a_zip(tmp_path / "p.zip")
        path.write_bytes(path.read_bytes()[:-40])

        with pytest.raises(hsds.BrokenZip):
            hsds.read_package(path)

    def test_with_damaged_content(self, tmp_path: Path) -> None:
        path = a_zip(tmp_path / "p.zip", {"phones.csv": "id,number\n1,000\n" * 50})
        content = bytearray(path.read_bytes())
        start = content.index(b"phones.csv") + len("phones.csv")
        content[start : start + 8] = b"\xff" * 8
        path.write_bytes(content)

        with pytest.raises(hsds.BrokenZip):
            hsds.read_package(path)

    def test_with_a_password(self, tmp_path: Path) -> None:
        path = a_zip(tmp_path / "p.zip")
        content = bytearray(path.read_bytes())
        flags = content.index(b"PK\x01\x02") + 8  # of the first entry in the central directory
        content[flags] |= 1
        path.write_bytes(content)

        with pytest.raises(hsds.BrokenZip) as raised:
            hsds.read_package(path)

        assert raised.value.facts["reason"] == "organizations.csv"

    @pytest.mark.parametrize(
        "name", ["../services.csv", "a/../../b.csv", "/etc/services.csv", "..\\services.csv", "C:\\x.csv"]
    )
    def test_that_names_a_file_outside_itself(self, tmp_path: Path, name: str) -> None:
        path = a_zip(tmp_path / "p.zip", {name: "id\n"})

        with pytest.raises(hsds.UnsafeZip) as raised:
            hsds.read_package(path)

        assert raised.value.facts["file"] == name

    def test_that_would_unpack_to_more_than_any_directory(self, tmp_path: Path) -> None:
        path = a_zip(tmp_path / "p.zip", {"phones.csv": "x" * 1000})
        content = path.read_bytes()
        path.write_bytes(content.replace(struct.pack("<L", 1000), struct.pack("<L", 2**30)))

        with pytest.raises(hsds.PackageTooLarge):
            hsds.read_package(path)

    def test_of_more_files_than_any_directory(self, tmp_path: Path) -> None:
        path = a_zip(tmp_path / "p.zip", {f"{number}.txt": "" for number in range(1000)})

        with pytest.raises(hsds.PackageTooLarge):
            hsds.read_package(path)

    def test_of_something_else(self, tmp_path: Path) -> None:
        path = tmp_path / "p.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("brief.txt", "Hallo")

        with pytest.raises(hsds.NotAPackage):
            hsds.read_package(path)

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from scharnier.core import network
from scharnier.formats import hsds, intake, network_csv, network_json, skos, tables
from tests.factories import DAY, a_full_network, a_network, a_person, an_organization
from tests.shared import SHARED_DATA, needs_shared_data

PEOPLE = "naam;onderwerpen\nRia Smit;\nBo;\n"
SERVICES = {
    "organizations.csv": "id,name,description\no1,Wijkhulp,Wij helpen bewoners van de wijk\n",
    "services.csv": "id,organization_id,name,description,status\ns1,o1,Spreekuur,Kom met je brieven,active\n",
}


def a_folder(tmp_path: Path, files: dict[str, str]) -> Path:
    folder = tmp_path / "Onze buurt"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def a_zip(tmp_path: Path, files: dict[str, str]) -> Path:
    path = tmp_path / "buurt.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def a_file(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


class TestReadSource:
    @pytest.mark.parametrize("make", [a_folder, a_zip])
    def test_reads_csv_files_of_people(self, tmp_path: Path, make: type) -> None:
        found = intake.read_source(make(tmp_path, {"mensen.csv": PEOPLE, "leesmij.txt": "?"}))

        assert found.kind is intake.SourceKind.TABLES
        assert [person.name for person in found.network.persons] == ["Ria Smit", "Bo"]

    @pytest.mark.parametrize("make", [a_folder, a_zip])
    def test_reads_an_hsds_package(self, tmp_path: Path, make: type) -> None:
        found = intake.read_source(make(tmp_path, SERVICES))

        assert found.kind is intake.SourceKind.HSDS
        assert [service.name for service in found.network.services] == ["Spreekuur"]

    def test_reads_one_csv_file(self, tmp_path: Path) -> None:
        found = intake.read_source(a_file(tmp_path, "mensen.csv", PEOPLE.encode()))

        assert len(found.network.persons) == 2

    def test_reads_a_folder_of_organizations_only(self, tmp_path: Path) -> None:
        found = intake.read_source(a_folder(tmp_path, {"organizations.csv": "name\nWijkhulp\n"}))

        assert found.kind is intake.SourceKind.TABLES

    def test_reads_a_workbook_whatever_it_is_called(self, tmp_path: Path) -> None:
        found = intake.read_source(a_file(tmp_path, "buurt.zip", tables.write_template("nl")))

        assert found.kind is intake.SourceKind.TABLES

    def test_reads_a_network_file_whatever_it_is_called(self, tmp_path: Path) -> None:
        data = b"\xef\xbb\xbf" + network_json.write_network(a_full_network())

        assert intake.read_source(a_file(tmp_path, "buurt.txt", data)).network == a_full_network()

    def test_reads_hsds_in_json(self, tmp_path: Path) -> None:
        package = hsds.from_network(a_full_network())
        hsds.write_json(package, tmp_path / "hsds.json")

        found = intake.read_source(tmp_path / "hsds.json")

        assert (found.kind, found.network.services[0].name) == (intake.SourceKind.HSDS, "Spreekuur")

    def test_calls_the_network_as_asked_or_as_the_source(self, tmp_path: Path) -> None:
        folder = a_folder(tmp_path, {"mensen.csv": PEOPLE})

        names = [intake.read_source(folder, name=name).network.name for name in (None, "Kruisveld")]

        assert names == ["Onze buurt", "Kruisveld"]
        assert intake.read_source(folder).network.id == "onze-buurt"

    def test_tells_the_language_of_an_hsds_package(self, tmp_path: Path) -> None:
        english = {**SERVICES}
        english["services.csv"] = (
            "id,organization_id,name,description,status\n"
            "s1,o1,Help,We help people with debts and letters from the bank,active\n"
        )
        (tmp_path / "en").mkdir()

        languages = [
            intake.read_source(a_folder(folder, files)).network.language
            for folder, files in ((tmp_path, SERVICES), (tmp_path / "en", english))
        ]

        assert languages == ["nl", "en"]

    def test_gives_tables_the_words_of_the_thesaurus(self, tmp_path: Path) -> None:
        topic = skos.load_thesaurus()[0]
        people = f"naam;onderwerpen\nRia;{topic.name('nl')}\n"

        found = intake.read_source(a_folder(tmp_path, {"mensen.csv": people}))

        assert found.network.persons[0].topics == {topic.id}

    @needs_shared_data("referral/hsds_dc")
    def test_reads_the_directory_of_a_city(self) -> None:
        found = intake.read_source(SHARED_DATA / "referral" / "hsds_dc")

        assert (len(found.network.services), found.network.language) == (2184, "en")
        assert found.notes


class TestReadSourceOntoANetwork:
    def test_lets_people_belong_to_organizations_that_are_there(self, tmp_path: Path) -> None:
        roles = {"mensen.csv": PEOPLE, "rollen.csv": "persoon;organisatie\nRia Smit;Schuldhulp\n"}

        found = intake.read_source(a_folder(tmp_path, roles), onto=a_full_network())

        assert found.network.memberships[-1].organization_id == "schuldhulp"
        assert found.network.services == a_full_network().services

    def test_adds_services_to_what_is_there(self, tmp_path: Path) -> None:
        found = intake.read_source(a_folder(tmp_path, SERVICES), onto=a_full_network())

        assert [service.id for service in found.network.services] == ["spreekuur", "s1"]
        assert found.network.persons == a_full_network().persons

    def test_adds_a_network_to_what_is_there_once(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, "buurt.json", network_json.write_network(a_full_network()))

        assert intake.read_source(path, onto=a_full_network()).network == a_full_network()

    def test_refuses_something_else_by_an_id_that_is_there(self, tmp_path: Path) -> None:
        other = a_network(organizations=[an_organization("schuldhulp", name="Iets anders")])
        path = a_file(tmp_path, "buurt.json", network_json.write_network(other))

        with pytest.raises(network.InvalidNetwork) as raised:
            intake.read_source(path, onto=a_full_network())

        assert [problem.value for problem in raised.value.problems] == ["schuldhulp"]

    def test_takes_back_what_was_exported(self, tmp_path: Path) -> None:
        (tmp_path / "buurt.zip").write_bytes(network_csv.write_zip(a_full_network(), on=DAY))

        assert intake.read_source(tmp_path / "buurt.zip", onto=a_full_network()).network == a_full_network()


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "error"),
        [
            (b"%PDF-1.7", intake.UnknownSource),
            (b"", intake.UnknownSource),
            (b"naam;rol\n", intake.UnknownSource),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", intake.OldWorkbook),
            (b"PK\x03\x04xl/workbook.xml", tables.NotASpreadsheet),
            (b"PK\x03\x04", tables.NotASpreadsheet),
            (b'{"format": "scharnier-network", "version": 9}', network_json.NewerVersion),
        ],
    )
    def test_say_what_the_file_is_not(self, tmp_path: Path, data: bytes, error: type[Exception]) -> None:
        with pytest.raises(error):
            intake.read_source(a_file(tmp_path, "iets", data))

    def test_say_that_nothing_is_there(self, tmp_path: Path) -> None:
        with pytest.raises(intake.NothingThere):
            intake.read_source(tmp_path / "weg")

    def test_say_that_a_file_cannot_be_read(self, tmp_path: Path) -> None:
        (tmp_path / "mensen.csv").mkdir()

        with pytest.raises(intake.NotReadable):
            intake.read_source(tmp_path)

    def test_say_that_a_package_is_not_whole(self, tmp_path: Path) -> None:
        with pytest.raises(hsds.MissingFile):
            intake.read_source(a_folder(tmp_path, {"services.csv": SERVICES["services.csv"]}))

    @needs_shared_data("referral/hsds_schema")
    def test_hold_a_package_to_the_schemas(self, tmp_path: Path) -> None:
        schemas = hsds.read_schemas(
            next((SHARED_DATA / "referral" / "hsds_schema").rglob("service.json")).parent
        )
        folder = a_folder(
            tmp_path, {**SERVICES, "services.csv": SERVICES["services.csv"].replace("active", "open")}
        )

        with pytest.raises(hsds.InvalidPackage):
            intake.read_source(folder, schemas=schemas)

    def test_let_a_person_without_consent_stay_unlisted(self, tmp_path: Path) -> None:
        found = intake.read_source(a_folder(tmp_path, {"mensen.csv": PEOPLE}))

        assert not any(
            person.consents_to(network.Purpose.LISTING, on=DAY) for person in found.network.persons
        )


class TestParts:
    def test_are_the_parts_of_a_network_file(self) -> None:
        whole = json.loads(network_json.write_network(a_network(persons=[a_person()])))

        assert [name for name, value in whole["network"].items() if isinstance(value, list)] == list(
            intake.PARTS
        )

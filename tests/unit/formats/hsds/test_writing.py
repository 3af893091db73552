# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from pathlib import Path

import pytest

from scharnier.formats import hsds
from tests.unit.formats.hsds.packages import SMALL, a_folder, a_package, convert


def written(package: hsds.Package, path: Path) -> hsds.Package:
    hsds.write_csv(package, path)
    return hsds.read_package(path)


def descriptor_of(package: hsds.Package, path: Path) -> dict[str, object]:
    hsds.write_csv(package, path)
    found = json.loads((path / "datapackage.json").read_bytes())
    assert isinstance(found, dict)
    return found


def resource(descriptor: dict[str, object], name: str) -> dict[str, object]:
    resources = descriptor["resources"]
    assert isinstance(resources, list)
    (found,) = (item for item in resources if item["name"] == name)
    assert isinstance(found, dict)
    return found


class TestWriteCsv:
    @pytest.mark.parametrize("version", ["csv", "version_2"])
    @pytest.mark.parametrize("target", ["folder", "package.zip"])
    def test_loses_no_cell(self, tmp_path: Path, version: str, target: str) -> None:
        package = hsds.read_package(SMALL / version)

        assert written(package, tmp_path / target).tables == package.tables

    def test_keeps_what_is_not_of_hsds(self, tmp_path: Path) -> None:
        package = a_package(tmp_path / "in", {"eigen.csv": 'x,y\n"a\r\nb",\n,""\n', "leeg.csv": ""})

        assert written(package, tmp_path / "out").tables == package.tables

    def test_makes_the_same_zip_of_the_same_package(self, tmp_path: Path) -> None:
        package = hsds.read_package(SMALL / "csv")

        for name in ("a.zip", "b.zip"):
            hsds.write_csv(package, tmp_path / name)

        assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()

    def test_writes_nested_json_as_the_tables_of_version_3(self, tmp_path: Path) -> None:
        package = hsds.read_package(SMALL / "organizations.json")

        again = written(package, tmp_path / "out")

        assert {table.file for table in again.tables} >= {"organizations.csv", "service_at_location.csv"}
        assert convert(again).network == convert(package).network

    def test_writes_over_a_package_of_the_same_tables(self, tmp_path: Path) -> None:
        package = a_package(tmp_path)

        hsds.write_csv(package, tmp_path)

        assert hsds.read_package(tmp_path).tables == package.tables

    def test_never_mixes_with_another_package(self, tmp_path: Path) -> None:
        package = a_package(tmp_path / "in")
        other = a_folder(tmp_path / "out", {"phones.csv": "id\n"})
        (other / "services.csv").write_text("van een ander")

        with pytest.raises(hsds.FolderInUse):
            hsds.write_csv(package, other)

        assert (other / "services.csv").read_text() == "van een ander"


class TestDescriptor:
    def test_describes_every_table_with_its_keys_and_types(self, tmp_path: Path) -> None:
        descriptor = descriptor_of(hsds.read_package(SMALL / "csv"), tmp_path)

        locations = resource(descriptor, "locations")
        assert (locations["path"], locations["encoding"]) == ("locations.csv", "utf-8")
        schema = locations["schema"]
        assert isinstance(schema, dict)
        assert {"name": "latitude", "type": "number"} in schema["fields"]
        assert schema["primaryKey"] == "id"
        assert schema["foreignKeys"] == [
            {"fields": "organization_id", "reference": {"resource": "organizations", "fields": "id"}}
        ]

    def test_refers_to_a_table_itself_by_no_name(self, tmp_path: Path) -> None:
        schema = resource(descriptor_of(hsds.read_package(SMALL / "csv"), tmp_path), "organizations")[
            "schema"
        ]

        assert isinstance(schema, dict)
        assert schema["foreignKeys"][0]["reference"] == {"resource": "", "fields": "id"}

    def test_says_nothing_that_does_not_hold(self, tmp_path: Path) -> None:
        files = {
            "locations.csv": "id,organization_id,latitude\nl1,weg,hier\nl1,o1,\n",
            "schedules.csv": "id,valid_from\na,gisteren\n",
            "leeg.csv": "",
        }

        descriptor = descriptor_of(a_package(tmp_path / "in", files), tmp_path / "out")

        locations = resource(descriptor, "locations")["schema"]
        assert locations == {
            "fields": [{"name": name, "type": "string"} for name in ("id", "organization_id", "latitude")]
        }
        assert '"date"' not in json.dumps(descriptor)
        assert "leeg" not in json.dumps(descriptor)

    def test_keeps_what_a_descriptor_said_already(self, tmp_path: Path) -> None:
        known = {
            "name": "kruisveld",
            "title": "Diensten",
            "resources": [{"name": "diensten", "path": "services.csv"}, {"path": "weg.csv"}, "los"],
        }
        package = a_package(tmp_path / "in", {"datapackage.json": json.dumps(known)})

        descriptor = descriptor_of(package, tmp_path / "out")

        assert (descriptor["name"], descriptor["title"]) == ("kruisveld", "Diensten")
        assert resource(descriptor, "diensten") == {"name": "diensten", "path": "services.csv"}
        assert resource(descriptor, "organizations")["path"] == "organizations.csv"
        assert "weg.csv" not in json.dumps(descriptor)

    @pytest.mark.parametrize(("folder", "name"), [("Diensten & Zo", "diensten-zo"), ("…", "package")])
    def test_names_the_package_in_the_letters_allowed(self, tmp_path: Path, folder: str, name: str) -> None:
        descriptor = descriptor_of(a_package(tmp_path / folder), tmp_path / "out")

        assert descriptor["name"] == name

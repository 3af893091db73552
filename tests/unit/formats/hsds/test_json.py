# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from scharnier.formats import hsds
from tests.unit.formats.hsds.packages import SMALL, a_package, convert, notes_of, problems_of

ORGANIZATION = {"id": "o1", "name": "Wijkteam", "description": "Hulp dichtbij"}
SERVICE = {"id": "s1", "name": "Spreekuur", "status": "active"}
PHONE = {"id": "p1", "number": "000"}


def a_file(folder: Path, document: object) -> Path:
    path = folder / "diensten.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def read(folder: Path, document: object) -> hsds.Package:
    return hsds.read_package(a_file(folder, document))


def written(package: hsds.Package, folder: Path, *, root: str | None = None) -> object:
    path = folder / "geschreven.json"
    hsds.write_json(package, path, root=root)
    return json.loads(path.read_bytes())


def two_services(**parts: tuple[object, object]) -> list[object]:
    """Two services, each with its own of the parts."""
    first = {key: of_first for key, (of_first, _) in parts.items()}
    second = {key: of_second for key, (_, of_second) in parts.items()}
    return [{**SERVICE, **first}, {**SERVICE, "id": "s2", **second}]


def rows_of(package: hsds.Package, entity: str) -> list[Mapping[str, str]]:
    return [record.values for record in package.of(entity)]


class TestReadPackageOfJson:
    def test_takes_nested_objects_apart_into_rows_that_refer(self, tmp_path: Path) -> None:
        location = {"id": "l1", "location_type": "physical"}
        service = {**SERVICE, "service_at_locations": [{"id": "x", "location": location}]}

        package = read(tmp_path, {**ORGANIZATION, "services": [service]})

        assert rows_of(package, "service") == [{**SERVICE, "organization_id": "o1"}]
        assert rows_of(package, "service_at_location") == [
            {"id": "x", "service_id": "s1", "location_id": "l1"}
        ]

    def test_links_attributes_to_what_they_lie_under(self, tmp_path: Path) -> None:
        attribute = {"id": "a", "taxonomy_term": {"id": "t1", "name": "Zorg"}}

        package = read(tmp_path, {**ORGANIZATION, "attributes": [attribute], "services": [SERVICE]})

        (organization,) = convert(package).network.organizations
        assert organization.topics == frozenset({"t1"})

    def test_makes_one_row_of_an_object_met_twice(self, tmp_path: Path) -> None:
        contact = {"id": "c1", "name": "Noor Verzonnen", "phones": [PHONE]}

        package = read(tmp_path, {**ORGANIZATION, "phones": [PHONE], "contacts": [contact]})

        assert rows_of(package, "phone") == [{**PHONE, "organization_id": "o1", "contact_id": "c1"}]

    def test_adds_what_an_object_says_more_elsewhere(self, tmp_path: Path) -> None:
        fuller = {**ORGANIZATION, "email": "info@wijkteam.example"}

        package = read(tmp_path, two_services(organization=(ORGANIZATION, fuller)))

        assert rows_of(package, "organization") == [{**ORGANIZATION, "email": "info@wijkteam.example"}]

    def test_keeps_two_rows_where_one_object_says_two_things(self, tmp_path: Path) -> None:
        other = {**ORGANIZATION, "name": "Sociaal team"}

        package = read(tmp_path, {"contents": two_services(organization=(ORGANIZATION, other))})

        assert [row["name"] for row in rows_of(package, "organization")] == ["Wijkteam", "Sociaal team"]
        assert problems_of(package) == [
            ("diensten.json (organization)", 2, "id", hsds.Fault.DUPLICATE_ID),
        ]

    def test_keeps_the_first_of_two_that_an_object_lies_under(self, tmp_path: Path) -> None:
        spoken = [{"id": "t", "code": "nl"}]
        services = two_services(languages=(spoken, spoken))

        converted = convert(read(tmp_path, {**ORGANIZATION, "services": services}))

        assert [service.languages for service in converted.network.services] == [{"nl"}, set()]
        assert notes_of(converted)["conflicting_values", "diensten.json (language)", "service_id"] == 1

    def test_tells_true_from_one(self, tmp_path: Path) -> None:
        document = [{**ORGANIZATION, "actief": True}, {**ORGANIZATION, "actief": 1}]

        assert written(read(tmp_path, document), tmp_path) == document

    def test_takes_what_an_object_says_itself_over_where_it_lies(self, tmp_path: Path) -> None:
        service = {**SERVICE, "organization_id": "o2"}

        package = read(tmp_path, {**ORGANIZATION, "services": [service]})

        assert rows_of(package, "service")[0]["organization_id"] == "o2"

    def test_accepts_a_byte_order_mark(self, tmp_path: Path) -> None:
        path = a_file(tmp_path, [ORGANIZATION])
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

        assert rows_of(hsds.read_package(path), "organization") == [ORGANIZATION]

    def test_numbers_objects_of_a_kind_from_one(self, tmp_path: Path) -> None:
        services = [SERVICE, {**SERVICE, "id": "s2", "name": ""}]

        found = problems_of(read(tmp_path, {**ORGANIZATION, "services": services}))

        assert found == [("diensten.json (service)", 2, "name", hsds.Fault.MISSING_VALUE)]

    @pytest.mark.parametrize(
        ("item", "entity"),
        [
            (ORGANIZATION, "organization"),
            (SERVICE, "service"),
            ({"id": "s1", "name": "Uur", "organization": ORGANIZATION}, "service"),
            ({"id": "l1", "location_type": "virtual"}, "location"),
            ({"id": "x", "description": "Uur op het plein"}, "service_at_location"),
            ({"id": "x", "service": SERVICE, "name": "x"}, "service_at_location"),
            ({"id": "t", "name": "Zorg", "parent_id": "u"}, "taxonomy_term"),
            ({"id": "t", "name": "Zorg", "version": "1"}, "taxonomy"),
        ],
    )
    def test_tells_the_kind_by_the_keys(self, tmp_path: Path, item: object, entity: str) -> None:
        assert read(tmp_path, item).tables[0].entity == entity


class TestReadPackageOfJsonRefuses:
    @pytest.mark.parametrize(
        ("text", "line"), [("", 1), ('{"id": "o1",\n"name": }', 2), ('[{"id":\n"o1"', 2), ("niets", 1)]
    )
    def test_what_is_no_json_with_the_line(self, tmp_path: Path, text: str, line: int) -> None:
        path = tmp_path / "diensten.json"
        path.write_text(text)

        with pytest.raises(hsds.FileNotJson) as raised:
            hsds.read_package(path)

        assert raised.value.facts == {"source": "diensten.json", "line": line}

    @pytest.mark.parametrize(
        "document",
        [
            "tekst",
            3,
            None,
            {},
            {"version": "3.0", "profile": "https://profile.example"},
            {"contents": "alles"},
            [1, 2],
            {"../organizations.csv": [ORGANIZATION]},
            {"map\\organizations.csv": [ORGANIZATION]},
            {"organizations.csv": "leeg"},
        ],
    )
    def test_json_of_another_kind(self, tmp_path: Path, document: object) -> None:
        with pytest.raises(hsds.NotAPackage):
            read(tmp_path, document)

    def test_json_in_another_encoding(self, tmp_path: Path) -> None:
        path = tmp_path / "diensten.json"
        path.write_bytes('{"name": "Café"}'.encode("latin-1"))

        with pytest.raises(hsds.FileNotUtf8):
            hsds.read_package(path)

    def test_one_table_alone(self) -> None:
        with pytest.raises(hsds.NotAPackage):
            hsds.read_package(SMALL / "csv" / "services.csv")


class TestWriteJson:
    @pytest.mark.parametrize(
        "document",
        [
            {**ORGANIZATION, "phones": [], "services": [{**SERVICE, "phones": [PHONE], "alert": None}]},
            [{**ORGANIZATION, "eigen": {"a": [1, 2.5, True]}}, {**ORGANIZATION, "id": "o2"}],
            {"total_items": 0, "contents": []},
            {"page_number": 2, "contents": [{**SERVICE, "organization": ORGANIZATION, "program": None}]},
            {"organizations.csv": [ORGANIZATION], "phones.csv": [], "eigen.csv": [{"x": 1}, {"y": "z"}]},
            {**ORGANIZATION, "phones": "geen", "locations": ["l1"]},
            [{"name": "zonder id"}, {"name": "zonder id"}],
        ],
    )
    def test_gives_json_back_as_it_was(self, tmp_path: Path, document: object) -> None:
        assert written(read(tmp_path, document), tmp_path) == document

    def test_gives_csv_table_by_table_with_numbers_and_without_empty_cells(self, tmp_path: Path) -> None:
        files = {
            "locations.csv": "id,name,latitude,longitude\nl1,,52.0,-5\nl2,Huis,,\n",
            "phones.csv": "id,number,extension\np,000,x3\nq,001,inf\n",
        }

        document = written(a_package(tmp_path / "p", files), tmp_path)

        assert isinstance(document, dict)
        assert document["organizations.csv"] == [ORGANIZATION]
        assert document["locations.csv"] == [
            {"id": "l1", "latitude": 52.0, "longitude": -5},
            {"id": "l2", "name": "Huis"},
        ]
        assert [phone["extension"] for phone in document["phones.csv"]] == ["x3", "inf"]

    def test_nests_what_hangs_on_organizations(self, tmp_path: Path) -> None:
        package = hsds.read_package(SMALL / "csv")

        document = written(package, tmp_path, root="organization")

        assert document == json.loads((SMALL / "organizations.json").read_bytes())

    def test_nests_the_names_of_version_2_as_those_of_3(self, tmp_path: Path) -> None:
        document = written(hsds.read_package(SMALL / "version_2"), tmp_path, root="service")

        assert isinstance(document, dict)
        (service,) = document["contents"]
        assert service["organization"]["website"] == "http://buurtbus.example"
        assert service["attributes"][0]["taxonomy_term"]["name"] == "Vervoer"
        assert service["service_at_locations"][0]["location"]["addresses"][0]["address_type"] == "physical"

    def test_gives_an_empty_page_when_there_is_nothing_of_the_kind(self, tmp_path: Path) -> None:
        document = written(a_package(tmp_path / "p"), tmp_path, root="taxonomy")

        assert isinstance(document, dict)
        assert (document["empty"], document["contents"]) == (True, [])

    def test_leads_a_link_only_to_the_kind_it_names(self, tmp_path: Path) -> None:
        files = {
            "services.csv": "id,organization_id,name,status\no1,o1,Spreekuur,active\n",
            "attributes.csv": "id,link_id,link_entity,taxonomy_term_id\na,o1,service,t\nb,o1,link_entity,t\n",
            "taxonomy_terms.csv": "id,name\nt,Zorg\n",
        }
        package = a_package(tmp_path / "p", files)

        document = written(package, tmp_path, root="organization")

        assert isinstance(document, dict)
        (organization,) = document["contents"]
        assert [link["id"] for link in organization["attributes"]] == ["b"]
        assert [link["id"] for link in organization["services"][0]["attributes"]] == ["a", "b"]

    def test_shows_cells_that_were_changed_after_reading(self, tmp_path: Path) -> None:
        package = read(tmp_path, ORGANIZATION)
        (table,) = package.tables
        changed = replace(table, rows=(("o1", "Sociaal team", "Hulp dichtbij"),))

        document = written(replace(package, tables=(changed,)), tmp_path)

        assert document == {**ORGANIZATION, "name": "Sociaal team"}

# SPDX-License-Identifier: EUPL-1.2
"""HSDS against what others published: the specification's own examples and a public directory."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scharnier.formats import hsds
from tests.shared import SHARED_DATA, needs_shared_data

EXAMPLES = SHARED_DATA / "referral" / "hsds_spec_examples"
SCHEMAS = SHARED_DATA / "referral" / "hsds_schema"
WASHINGTON = SHARED_DATA / "referral" / "hsds_dc"

needs_examples = needs_shared_data("referral/hsds_spec_examples")
needs_schemas = needs_shared_data("referral/hsds_schema")
needs_washington = needs_shared_data("referral/hsds_dc")

FORMS = (
    "location",
    "organization_full",
    "organization_list",
    "service_at_location_full",
    "service_at_location_list",
    "service_full",
    "service_list",
    "tabular",
    "taxonomy",
    "taxonomy_list",
    "taxonomy_term",
    "taxonomy_term_list",
)
# places where the example package contradicts itself or the world: the same in each of its forms
LATITUDE_100 = ("location", "latitude", "out_of_range")
UNKNOWN_PARENT = ("organization", "parent_organization_id", "unknown_reference")
UNKNOWN_TERM = ("taxonomy_term", "parent_id", "unknown_reference")


def document(path: Path) -> object:
    return json.loads(path.read_bytes())


def as_written(package: hsds.Package, folder: Path, *, root: str | None = None) -> object:
    path = folder / "written.json"
    hsds.write_json(package, path, root=root)
    return document(path)


def wrong_places(package: hsds.Package) -> set[tuple[str, str, str]]:
    entities = {table.file: table.entity for table in package.tables}
    with pytest.raises(hsds.InvalidPackage) as raised:
        hsds.to_network(package, network_id="example", name="Example", language="en")
    return {(entities[found.file], found.column, str(found.fault)) for found in raised.value.problems}


def places_against(package: hsds.Package) -> set[tuple[str, str]]:
    found = hsds.validate(package, schemas=hsds.read_schemas(SCHEMAS))
    return {(item.file, item.column) for item in found if item.fault is hsds.Fault.AGAINST_SCHEMA}


@needs_examples
class TestExamplePackage:
    @pytest.mark.parametrize("target", ["folder", "package.zip"])
    def test_comes_back_cell_by_cell(self, tmp_path: Path, target: str) -> None:
        package = hsds.read_package(EXAMPLES / "csv")

        hsds.write_csv(package, tmp_path / target)

        assert hsds.read_package(tmp_path / target).tables == package.tables

    def test_holds_all_21_tables(self) -> None:
        package = hsds.read_package(EXAMPLES / "csv")

        assert len({table.entity for table in package.tables}) == 21
        assert package.version == 3

    def test_has_a_path_where_a_descriptor_should_be(self, tmp_path: Path) -> None:
        package = hsds.read_package(EXAMPLES / "csv")

        hsds.write_csv(package, tmp_path)

        assert package.has_unreadable_descriptor
        descriptor = document(tmp_path / "datapackage.json")
        assert isinstance(descriptor, dict)
        assert {item["path"] for item in descriptor["resources"]} == {table.file for table in package.tables}

    def test_is_the_tabular_json_but_for_two_numbers_that_should_be_text(self, tmp_path: Path) -> None:
        tabular = document(EXAMPLES / "tabular.json")
        assert isinstance(tabular, dict)
        tabular["locations.csv"][0]["external_identifier"] = "10092008082"
        tabular["organization_identifiers.csv"][0]["identifier"] = "1234567"

        assert as_written(hsds.read_package(EXAMPLES / "csv"), tmp_path) == tabular

    def test_is_refused_as_a_network_for_what_it_says_wrong(self) -> None:
        assert wrong_places(hsds.read_package(EXAMPLES / "csv")) == {
            LATITUDE_100,
            UNKNOWN_PARENT,
            UNKNOWN_TERM,
            ("location", "organization_id", "unknown_reference"),
            ("contact", "organization_id", "unknown_reference"),
            ("contact", "service_at_location_id", "unknown_reference"),
            ("taxonomy_term", "taxonomy_id", "unknown_reference"),
        }

    @needs_schemas
    def test_fits_the_schemas(self) -> None:
        assert places_against(hsds.read_package(EXAMPLES / "csv")) == set()


@needs_examples
class TestExampleJson:
    @pytest.mark.parametrize("form", FORMS)
    def test_comes_back_as_the_same_json(self, tmp_path: Path, form: str) -> None:
        path = EXAMPLES / f"{form}.json"

        assert as_written(hsds.read_package(path), tmp_path) == document(path)

    @pytest.mark.parametrize(
        ("form", "root"),
        [
            ("organization_full", "organization"),
            ("service_full", "service"),
            ("service_at_location_full", "service_at_location"),
            ("location", "location"),
            ("taxonomy_term", "taxonomy_term"),
        ],
    )
    def test_nests_again_from_the_tables_alone(self, tmp_path: Path, form: str, root: str) -> None:
        path = EXAMPLES / f"{form}.json"
        tables = replace(hsds.read_package(path), layout=None)

        page = as_written(tables, tmp_path, root=root)

        assert isinstance(page, dict)
        assert page["contents"] == [document(path)]

    @pytest.mark.parametrize("form", ["organization_full", "service_full", "service_at_location_full"])
    def test_survives_the_way_through_csv(self, tmp_path: Path, form: str) -> None:
        path = EXAMPLES / f"{form}.json"
        hsds.write_csv(hsds.read_package(path), tmp_path / "csv")

        page = as_written(hsds.read_package(tmp_path / "csv"), tmp_path, root=form.removesuffix("_full"))

        assert isinstance(page, dict)
        assert page["contents"] == [document(path)]

    @pytest.mark.parametrize("form", ["organization_full", "service_full", "service_at_location_full"])
    def test_is_refused_as_a_network_for_what_it_says_wrong(self, form: str) -> None:
        package = hsds.read_package(EXAMPLES / f"{form}.json")

        assert wrong_places(package) == {LATITUDE_100, UNKNOWN_PARENT, UNKNOWN_TERM}

    @needs_schemas
    @pytest.mark.parametrize("form", [form for form in FORMS if form != "tabular"])
    def test_fits_the_schemas(self, form: str) -> None:
        found = places_against(hsds.read_package(EXAMPLES / f"{form}.json"))

        # lists leave references out that the tabular form requires
        assert {column for _, column in found} <= {""}

    @needs_schemas
    def test_has_numbers_in_the_tabular_form_where_the_schemas_want_text(self) -> None:
        assert places_against(hsds.read_package(EXAMPLES / "tabular.json")) == {
            ("locations.csv", "external_identifier"),
            ("organization_identifiers.csv", "identifier"),
        }

    def test_of_the_api_itself_is_no_package(self) -> None:
        with pytest.raises(hsds.NotAPackage):
            hsds.read_package(EXAMPLES / "base.json")


@pytest.fixture(scope="module")
def converted() -> hsds.Converted:
    package = hsds.read_package(WASHINGTON)
    return hsds.to_network(package, network_id="dc", name="Washington", language="en")


@needs_washington
class TestWashington:
    """An HSDS 2 directory in which no reference answers: its links hold another system's numbers."""

    def test_gives_every_service(self, converted: hsds.Converted) -> None:
        assert len(converted.network.services) == 2184

    def test_gives_every_organization_and_a_stand_in_for_those_known_by_number(
        self, converted: hsds.Converted
    ) -> None:
        assert len(converted.network.organizations) == 452 + 43

    def test_counts_what_it_could_not_take_over(self, converted: hsds.Converted) -> None:
        counts = {(str(note.kind), note.file, note.column): note.count for note in converted.notes}

        assert counts["found_by_website", "services.csv", "organization_id"] == 1816
        assert counts["stand_in", "services.csv", "organization_id"] == 368
        assert counts["zero_reference", "locations.csv", "organization_id"] == 176
        assert counts["foreign_references", "services_at_location.csv", "location_id"] == 2963
        assert counts["blank_schedule", "schedules.csv", ""] == 784

    def test_shows_no_markup(self, converted: hsds.Converted) -> None:
        parties = (*converted.network.organizations, *converted.network.services)

        texts = [str(party) for party in parties]

        assert not [text for text in texts if "&rsquo;" in text or "<p>" in text]

    def test_survives_the_way_to_version_3_and_back(self, converted: hsds.Converted) -> None:
        package = hsds.from_network(converted.network)

        again = hsds.to_network(package, network_id="dc", name="Washington", language="en")

        assert again.network == converted.network

    def test_comes_back_cell_by_cell(self, tmp_path: Path) -> None:
        package = hsds.read_package(WASHINGTON)

        hsds.write_csv(package, tmp_path / "dc.zip")

        assert hsds.read_package(tmp_path / "dc.zip").tables == package.tables

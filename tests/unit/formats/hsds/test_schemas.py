# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from pathlib import Path

import pytest

from scharnier.formats import hsds
from tests.unit.formats.hsds.packages import a_package

SERVICE_SCHEMA = {
    "type": "object",
    "properties": {
        "id": {"type": "string"},
        "status": {"enum": ["active", "inactive"]},
        "minimum_age": {"type": "number"},
        "phones": {"type": "array", "items": {"$ref": "phone.json"}},
    },
    "required": ["id", "name"],
    "tabular_required": ["organization_id", "url"],
}
PHONE_SCHEMA = {"type": "object", "properties": {"number": {"type": "string"}}, "required": ["id", "number"]}
HEAD = "id,organization_id,name,status,url,minimum_age\n"


@pytest.fixture
def schemas(tmp_path: Path) -> hsds.Schemas:
    folder = tmp_path / "schemas"
    folder.mkdir()
    (folder / "service.json").write_text(json.dumps(SERVICE_SCHEMA))
    (folder / "phone.json").write_text(json.dumps(PHONE_SCHEMA))
    (folder / "openapi.json").write_text("{}")
    return hsds.read_schemas(folder)


def against(package: hsds.Package, schemas: hsds.Schemas) -> list[tuple[str, int, str, str]]:
    found = hsds.validate(package, schemas=schemas)
    return [
        (problem.file, problem.row, problem.column, problem.value)
        for problem in found
        if problem.fault is hsds.Fault.AGAINST_SCHEMA
    ]


class TestReadSchemas:
    def test_takes_the_schemas_of_tables(self, schemas: hsds.Schemas) -> None:
        assert set(schemas) == {"service", "phone"}

    def test_refuses_a_folder_without_any(self, tmp_path: Path) -> None:
        with pytest.raises(hsds.SchemasNotFound):
            hsds.read_schemas(tmp_path)


class TestValidate:
    def test_finds_nothing_in_rows_that_fit(self, tmp_path: Path, schemas: hsds.Schemas) -> None:
        text = HEAD + "s1,o1,Spreekuur,active,http://uur.example,12\n"

        assert against(a_package(tmp_path / "p", {"services.csv": text}), schemas) == []

    def test_names_the_cell_that_does_not_fit(self, tmp_path: Path, schemas: hsds.Schemas) -> None:
        text = HEAD + "s1,o1,Spreekuur,active,http://uur.example,twaalf\n"

        found = against(a_package(tmp_path / "p", {"services.csv": text}), schemas)

        assert found == [("services.csv", 2, "minimum_age", "'twaalf' is not of type 'number'")]

    def test_wants_what_only_tables_must_have(self, tmp_path: Path, schemas: hsds.Schemas) -> None:
        text = HEAD + "s1,o1,Spreekuur,active,,\n"

        found = against(a_package(tmp_path / "p", {"services.csv": text}), schemas)

        assert found == [("services.csv", 2, "", "'url' is a required property")]

    def test_checks_json_as_it_is(self, tmp_path: Path, schemas: hsds.Schemas) -> None:
        path = tmp_path / "diensten.json"
        service = {
            "id": "s1",
            "name": "Uur",
            "status": "active",
            "url": "x",
            "minimum_age": "12",
            "phones": 3,
        }
        path.write_text(json.dumps({"id": "o1", "name": "Wijkteam", "services": [service]}))

        found = against(hsds.read_package(path), schemas)

        assert {column for _, _, column, _ in found} == {"minimum_age", "phones"}

    def test_adds_the_rules_that_need_no_schema(self, tmp_path: Path, schemas: hsds.Schemas) -> None:
        text = HEAD + "s1,weg,Spreekuur,active,x,\n"

        found = hsds.validate(a_package(tmp_path / "p", {"services.csv": text}), schemas=schemas)

        assert [problem.fault for problem in found] == [hsds.Fault.UNKNOWN_REFERENCE]

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scharnier import example
from scharnier.cli import outputs
from scharnier.cli.network import EXPORTS, network
from scharnier.core import network as networks
from scharnier.formats import intake, network_json, tables
from tests.factories import (
    a_community,
    a_consent,
    a_full_network,
    a_membership,
    a_network,
    a_person,
    a_tie,
    an_area,
)
from tests.maps import a_collection, a_feature, a_square

PEOPLE = "naam,vindbaar sinds\nRia Smit,1-1-2020\nBo,\n"


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def run(*words: object) -> Result:
    return CliRunner().invoke(network, [str(word) for word in words])


def lines(*words: object) -> list[dict[str, object]]:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "mensen.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """The full network as a file, Karel without any consent."""
    samira, karel = a_full_network().persons
    whole = replace(a_full_network(), persons=(samira, replace(karel, consents=())))
    path = tmp_path / "full.json"
    path.write_bytes(network_json.write_network(whole))
    return path


class TestImport:
    def test_writes_a_network_file(self, tmp_path: Path, people: Path) -> None:
        result = run("import", people, "--output", tmp_path / "n.json", "--name", "Kruisveld")

        whole = network_json.read_network((tmp_path / "n.json").read_bytes())
        assert (result.exit_code, whole.name) == (0, "Kruisveld")
        assert [person.name for person in whole.persons] == ["Ria Smit", "Bo"]
        assert "2  people" in result.stdout

    def test_writes_nothing_on_a_dry_run(self, tmp_path: Path, people: Path) -> None:
        result = run("import", people, "--output", tmp_path / "n.json", "--dry-run")

        assert result.exit_code == 0
        assert "Nothing was written." in result.stdout
        assert list(tmp_path.iterdir()) == [people]

    def test_tells_json_lines(self, tmp_path: Path, people: Path) -> None:
        told = lines("import", people, "--output", tmp_path / "n.json")

        assert [line["kind"] for line in told] == ["network", "written"]
        assert told[0]["source"] == "tables"
        assert told[1]["path"] == str(tmp_path / "n.json")

    def test_tells_what_was_not_taken_over(self, tmp_path: Path) -> None:
        files = {
            "organizations.csv": "id,name,description\no1,Wijkhulp,Wij helpen\n",
            "services.csv": "id,organization_id,name,status\ns1,o1,Spreekuur,active\n",
            "contacts.csv": "id,organization_id,name\nc1,o1,Iemand\n",
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")

        notes = [line for line in lines("import", tmp_path, "--dry-run") if line["kind"] == "note"]

        assert [note["code"] for note in notes] == ["hsds.note.persons_left_out"]
        assert "1 contact persons not taken over" in str(notes[0]["said"])
        assert str(notes[0]["said"]) in run("import", tmp_path, "--dry-run").stdout

    def test_adds_to_a_network(self, tmp_path: Path, people: Path, full: Path) -> None:
        run("import", people, "--network", full, "--output", tmp_path / "n.json")

        whole = network_json.read_network((tmp_path / "n.json").read_bytes())
        assert [person.id for person in whole.persons] == ["samira", "karel", "ria-smit", "bo"]

    def test_asks_where_to_write(self, people: Path) -> None:
        result = run("import", people)

        assert result.exit_code == 2
        assert "--output" in result.stderr

    def test_overwrites_only_when_told(self, tmp_path: Path, people: Path) -> None:
        output = tmp_path / "n.json"
        output.write_text("mine")

        refused = run("import", people, "--output", output)
        kept = output.read_text()
        forced = run("import", people, "--output", output, "--force")

        assert isinstance(refused.exception, outputs.AlreadyExists)
        assert (kept, forced.exit_code) == ("mine", 0)
        assert network_json.read_network(output.read_bytes()).persons

    def test_leaves_what_is_there_when_anything_is_wrong(self, tmp_path: Path, people: Path) -> None:
        output = tmp_path / "n.json"
        output.write_text("mine")
        people.write_text("naam,tot\nRia,ooit\n", encoding="utf-8")

        result = run("import", people, "--output", output, "--force")

        assert isinstance(result.exception, tables.MalformedTables)
        assert output.read_text() == "mine"
        assert sorted(tmp_path.iterdir()) == [people, output]

    def test_refuses_a_folder_that_is_not_there(self, tmp_path: Path, people: Path) -> None:
        result = run("import", people, "--output", tmp_path / "weg" / "n.json")

        assert isinstance(result.exception, outputs.NotWritable)

    def test_says_what_is_not_there(self, tmp_path: Path) -> None:
        result = run("import", tmp_path / "weg", "--dry-run")

        assert isinstance(result.exception, intake.NothingThere)


class TestExport:
    @pytest.mark.parametrize("form", [*EXPORTS, "template"])
    def test_writes_each_format(self, tmp_path: Path, full: Path, form: str) -> None:
        result = run("export", full, "--format", form, "--output", tmp_path / "out")

        assert result.exit_code == 0, result.exception
        assert (tmp_path / "out").exists()
        assert f"Written to {tmp_path / 'out'}." in result.stdout

    @pytest.mark.parametrize("form", ["csv", "hsds-csv"])
    def test_packs_csv_when_the_name_says_so(self, tmp_path: Path, full: Path, form: str) -> None:
        run("export", full, "--format", form, "--output", tmp_path / "out.zip")

        assert zipfile.is_zipfile(tmp_path / "out.zip")

    @pytest.mark.parametrize(
        ("form", "left_out"), [("csv", 1), ("graphml", 1), ("json", 0), ("hsds-json", 0)]
    )
    def test_says_who_did_not_agree_to_be_in_it(
        self, tmp_path: Path, full: Path, form: str, left_out: int
    ) -> None:
        (told,) = lines("export", full, "--format", form, "--output", tmp_path / "out")

        assert told["persons_left_out"] == left_out

    @pytest.mark.parametrize("form", ["csv", "graphml"])
    def test_keeps_who_did_not_agree_out(self, tmp_path: Path, full: Path, form: str) -> None:
        result = run("export", full, "--format", form, "--output", tmp_path / "out")

        out = tmp_path / "out"
        written = b"".join(file.read_bytes() for file in (out.iterdir() if out.is_dir() else [out]))
        assert b"samira" in written
        assert b"karel" not in written
        assert "One person is not in it" in result.stdout

    def test_counts_those_who_did_not_agree(self, tmp_path: Path, full: Path) -> None:
        whole = network_json.read_network(full.read_bytes())
        full.write_bytes(
            network_json.write_network(
                replace(whole, persons=tuple(replace(person, consents=()) for person in whole.persons))
            )
        )

        result = run("export", full, "--format", "csv", "--output", tmp_path / "out")

        assert "2 people are not in it" in result.stdout

    def test_writes_the_full_copy_as_json(self, tmp_path: Path, full: Path) -> None:
        run("export", full, "--format", "json", "--output", tmp_path / "out.json")

        assert (tmp_path / "out.json").read_bytes() == full.read_bytes()

    def test_writes_the_template_in_the_language_of_the_terminal(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")

        run("export", "--format", "template", "--output", tmp_path / "sjabloon.xlsx")

        grids = tables.read_workbook((tmp_path / "sjabloon.xlsx").read_bytes())
        assert "Mensen" in [grid.name for grid in grids]

    def test_keeps_other_files_of_a_folder(self, tmp_path: Path, full: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("mine")

        refused = run("export", full, "--format", "csv", "--output", tmp_path / "out")
        forced = run("export", full, "--format", "csv", "--output", tmp_path / "out", "--force")

        assert isinstance(refused.exception, outputs.AlreadyExists)
        assert forced.exit_code == 0
        assert (tmp_path / "out" / "mine.txt").read_text() == "mine"
        assert (tmp_path / "out" / "people.csv").exists()

    def test_says_when_a_file_cannot_replace_a_folder(self, tmp_path: Path, full: Path) -> None:
        (tmp_path / "out").mkdir()

        result = run("export", full, "--format", "graphml", "--output", tmp_path / "out", "--force")

        assert isinstance(result.exception, outputs.NotWritable)


class TestCheck:
    def test_says_that_a_network_is_sound(self, full: Path) -> None:
        result = run("check", full)

        assert (result.exit_code, result.stdout) == (0, "Kruisveld is sound.\n")
        assert lines("check", full) == [{"kind": "sound", "name": "Kruisveld"}]

    def test_says_each_item_that_is_wrong_on_a_line(self, full: Path) -> None:
        text = full.read_text(encoding="utf-8")
        full.write_text(text.replace('"Samira"', "3").replace('"Koor"', '""'), encoding="utf-8")

        result = run("check", full)

        assert result.exit_code == 1
        assert [line.partition(":")[0].partition(" ")[0] for line in result.stdout.splitlines()] == [
            "communities[0]",
            "persons[0].name",
        ]

    def test_says_each_reference_to_nothing_on_a_line(self, full: Path) -> None:
        text = full.read_text(encoding="utf-8")
        full.write_text(text.replace('"source_id":"karel"', '"source_id":"carel"'), encoding="utf-8")

        result = run("check", full, "--json")

        (problem,) = map(json.loads, result.stdout.splitlines())
        assert result.exit_code == 1
        assert (problem["code"], problem["place"], problem["value"]) == (
            "network.unknown_reference",
            "ties[1].source_id",
            "carel",
        )

    def test_fails_on_what_is_no_network_at_all(self, people: Path) -> None:
        assert isinstance(run("check", people).exception, network_json.NotJson)


class TestShow:
    def test_counts_the_parts(self, full: Path) -> None:
        result = run("show", full)

        assert result.exit_code == 0
        assert "2  people" in result.stdout
        assert "The oldest tie is of 29 March 2025, the newest of 29 March 2026." in result.stdout

    def test_speaks_dutch_on_a_dutch_terminal(self, full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")

        assert "2  mensen" in run("show", full).stdout

    def test_tells_few_people_together_not_apart(self, tmp_path: Path) -> None:
        listed = [
            replace(a_person(f"p{number}", purposes=()), consents=(a_consent(),)) for number in range(5)
        ]
        asked = replace(a_person("q", purposes=()), consents=(a_consent(networks.Purpose.RESEARCH),))
        members = [a_membership(person.id, community="koor") for person in listed]
        path = tmp_path / "n.json"
        whole = a_network(
            persons=[*listed, asked],
            communities=[a_community("koor"), a_community("schaakclub")],
            memberships=[*members, a_membership("q", community="schaakclub")],
            ties=[a_tie("p1", "p2")],
        )
        path.write_bytes(network_json.write_network(whole))

        (told,) = lines("show", path)

        assert told["consents"] == {"listing": 5, "contact": 0, "introduction": 0, "research": None}
        assert told["communities"] == {"Koor": 5, "Schaakclub": None}
        assert "< 5  Schaakclub" in run("show", path).stdout

    def test_passes_over_people_and_ties_where_there_are_none(self, tmp_path: Path) -> None:
        path = tmp_path / "n.json"
        path.write_bytes(network_json.write_network(a_network()))

        result = run("show", path)

        assert "People who" not in result.stdout
        assert "oldest tie" not in result.stdout


class TestWithoutANetwork:
    """The commands look at the example neighbourhood."""

    def test_checks_it(self) -> None:
        assert run("check").stdout == "Kruisveld is sound.\n"

    def test_shows_it(self) -> None:
        (told,) = lines("show")

        assert (told["name"], told["on"]) == ("Kruisveld", example.KRUISVELD_DAY.isoformat())

    def test_exports_it_so_that_it_reads_back(self, tmp_path: Path) -> None:
        kruisveld = example.load_kruisveld().network
        topics = tmp_path / "topics.json"
        topics.write_bytes(network_json.write_network(a_network(topics=kruisveld.topics)))
        run("export", "--format", "csv", "--output", tmp_path / "out.zip")

        run("import", tmp_path / "out.zip", "--network", topics, "--output", tmp_path / "n.json")

        again = network_json.read_network((tmp_path / "n.json").read_bytes())
        assert again.organizations == kruisveld.organizations
        assert {person.id for person in again.persons} <= {person.id for person in kruisveld.persons}
        assert set(again.ties) <= set(kruisveld.ties)


class TestSchema:
    def test_prints_the_schema_of_a_network_file(self) -> None:
        assert json.loads(run("schema").stdout) == network_json.network_schema()


class TestAreas:
    FLOWERS = {"buurtcode": "BU99010401", "buurtnaam": "Bloemenbuurt"}
    BIRDS = {"buurtcode": "BU99010402", "buurtnaam": "Vogelbuurt"}

    @pytest.fixture
    def mapped(self, tmp_path: Path) -> Path:
        path = tmp_path / "buurten.geojson"
        path.write_bytes(a_collection(a_feature(self.FLOWERS), a_feature(self.BIRDS, a_square(5.252))))
        return path

    @pytest.fixture
    def base(self, tmp_path: Path) -> Path:
        path = tmp_path / "network.json"
        path.write_bytes(network_json.write_network(a_network(areas=(an_area("stad"),))))
        return path

    def test_are_taken_with_the_area_around_them(self, mapped: Path, base: Path, tmp_path: Path) -> None:
        output = tmp_path / "new.json"

        told = lines("areas", mapped, "--network", base, "--parent", "stad", "--output", output)

        areas = network_json.read_network(output.read_bytes()).areas
        assert [(area.id, area.parent_id) for area in areas] == [
            ("stad", None),
            ("bu99010401", "wk990104"),
            ("bu99010402", "wk990104"),
            ("wk990104", "stad"),
        ]
        assert [line.get("fate") for line in told] == ["added", "added", "added", None]

    def test_are_chosen_by_their_code(self, mapped: Path, base: Path) -> None:
        told = lines("areas", mapped, "--network", base, "--choose", "BU99010402", "--dry-run")

        assert [line["cbs_code"] for line in told if "cbs_code" in line] == ["BU99010402"]

    def test_are_only_told_in_a_dry_run(self, mapped: Path, base: Path) -> None:
        before = base.read_bytes()

        said = run("areas", mapped, "--network", base, "--dry-run")

        assert "BU99010401  Bloemenbuurt: new" in said.output
        assert "Nothing was written." in said.output
        assert base.read_bytes() == before

    def test_need_somewhere_to_go(self, mapped: Path, base: Path) -> None:
        assert run("areas", mapped, "--network", base).exit_code == 2

    @pytest.mark.parametrize("words", [("--choose", "BU00000000"), ("--parent", "elders")])
    def test_refuse_an_area_that_is_not_there(self, mapped: Path, base: Path, words: tuple[str, str]) -> None:
        refused = run("areas", mapped, "--network", base, "--dry-run", *words)

        assert isinstance(refused.exception, networks.AreaNotFound)

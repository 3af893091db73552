# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from scharnier.formats import hsds
from scharnier.formats.wording import Language, error_sentences, say_error, say_note
from tests.unit.formats.hsds.packages import a_package, convert, notes_of, problems_of

Fault = hsds.Fault
ORGANIZATION = "id,name,description,parent_organization_id\n"
SERVICE = "id,organization_id,name,status\n"
LOCATION = "id,location_type,name,latitude,longitude\n"
SCHEDULE = "id,service_id,freq,byday,opens_at,closes_at,valid_from,valid_to,dtstart,until\n"

WRONG = [
    ("organizations.csv", ORGANIZATION + ",Wijkteam,Hulp,\n", 2, "id", Fault.MISSING_VALUE),
    ("organizations.csv", "name\nWijkteam\nTaalhuis\n", 2, "id", Fault.MISSING_VALUE),
    ("organizations.csv", ORGANIZATION + "o1,,Hulp,\n", 2, "name", Fault.MISSING_VALUE),
    ("organizations.csv", ORGANIZATION + "o1,<br>&nbsp;,Hulp,\n", 2, "name", Fault.MISSING_VALUE),
    ("organizations.csv", ORGANIZATION + "o1,A,,\no1,B,,\n", 3, "id", Fault.DUPLICATE_ID),
    (
        "organizations.csv",
        ORGANIZATION + "o1,A,,weg\n",
        2,
        "parent_organization_id",
        Fault.UNKNOWN_REFERENCE,
    ),
    ("organizations.csv", ORGANIZATION + "o1,A,,o1\n", 2, "parent_organization_id", Fault.CIRCLE),
    ("services.csv", SERVICE + "s1,,Spreekuur,active\n", 2, "organization_id", Fault.MISSING_VALUE),
    ("services.csv", SERVICE + "s1,weg,Spreekuur,active\n", 2, "organization_id", Fault.UNKNOWN_REFERENCE),
    ("services.csv", SERVICE + "s1,0,Spreekuur,active\n", 2, "organization_id", Fault.UNKNOWN_REFERENCE),
    ("services.csv", SERVICE + "s1,o1,Spreekuur,open\n", 2, "status", Fault.NOT_ALLOWED),
    ("locations.csv", LOCATION + "l1,gebouw,Huis,,\n", 2, "location_type", Fault.NOT_ALLOWED),
    ("locations.csv", LOCATION + "l1,physical,Huis,91,5\n", 2, "latitude", Fault.OUT_OF_RANGE),
    ("locations.csv", LOCATION + "l1,physical,Huis,52,-180.5\n", 2, "longitude", Fault.OUT_OF_RANGE),
    ("locations.csv", LOCATION + "l1,physical,Huis,52,\n", 2, "latitude", Fault.HALF_A_POINT),
    ("locations.csv", LOCATION + 'l1,physical,Huis,"52,1",5\n', 2, "latitude", Fault.NOT_A_NUMBER),
    ("locations.csv", LOCATION + "l1,physical,Huis,nan,5\n", 2, "latitude", Fault.NOT_A_NUMBER),
    ("schedules.csv", SCHEDULE + "a,s1,,MO,,,31-01-2026,,,\n", 2, "valid_from", Fault.NOT_A_DATE),
    ("schedules.csv", SCHEDULE + "a,s1,,MO,,,2026-02-30,,,\n", 2, "valid_from", Fault.NOT_A_DATE),
    ("schedules.csv", SCHEDULE + "a,s1,,MO,9 uur,,,,,\n", 2, "opens_at", Fault.NOT_A_TIME),
    ("schedules.csv", SCHEDULE + "a,s1,,MO,25:00,,,,,\n", 2, "opens_at", Fault.NOT_A_TIME),
    (
        "schedules.csv",
        SCHEDULE + "a,s1,,MO,,,2026-02-01,2026-01-31,,\n",
        2,
        "valid_to",
        Fault.ENDS_BEFORE_START,
    ),
    ("schedules.csv", SCHEDULE + "a,s1,,MO,,,,,2026-02-01,2026-01-31\n", 2, "until", Fault.ENDS_BEFORE_START),
    ("schedules.csv", SCHEDULE + "a,weg,,MO,,,,,,\n", 2, "service_id", Fault.UNKNOWN_REFERENCE),
    (
        "cost_options.csv",
        "id,service_id,valid_from,valid_to\nc,s1,2026-02-01,2026-01-31\n",
        2,
        "valid_to",
        Fault.ENDS_BEFORE_START,
    ),
    (
        "services_at_location.csv",
        "id,service_id,location_id\nx,s1,weg\n",
        2,
        "location_id",
        Fault.UNKNOWN_REFERENCE,
    ),
    (
        "service_attributes.csv",
        "id,service_id,taxonomy_term_id\nx,s1,\n",
        2,
        "taxonomy_term_id",
        Fault.MISSING_VALUE,
    ),
    ("taxonomy_terms.csv", "id,term,parent_id\nt1,Zorg,t2\nt2,,t1\n", 3, "term", Fault.MISSING_VALUE),
    ("taxonomy_terms.csv", "id,term,parent_id\nt1,Zorg,t2\nt2,Hulp,t1\n", 2, "parent_id", Fault.CIRCLE),
    (
        "service_capacity.csv",
        "id,service_id,available,maximum\nc,s1,13,12\n",
        2,
        "available",
        Fault.OUT_OF_RANGE,
    ),
    ("service_capacity.csv", "id,service_id,available,updated\nc,s1,1,net\n", 2, "updated", Fault.NOT_A_DATE),
    (
        "schedules.csv",
        SCHEDULE + "a,s1,,MO,,,,2026-01-31,2026-02-01,\n",
        2,
        "valid_to",
        Fault.ENDS_BEFORE_START,
    ),
    ("service_capacity.csv", "id,service_id,available\nc,s1,-1\n", 2, "available", Fault.OUT_OF_RANGE),
    ("service_capacity.csv", "id,service_id,available\nc,s1,veel\n", 2, "available", Fault.NOT_A_NUMBER),
]


class TestToNetworkRefuses:
    @pytest.mark.parametrize(("file", "text", "row", "column", "fault"), WRONG)
    def test_a_place_that_is_wrong(
        self, tmp_path: Path, file: str, text: str, row: int, column: str, fault: Fault
    ) -> None:
        found = problems_of(a_package(tmp_path, {file: text}))

        assert (file, row, column, fault) in found

    def test_circles_of_organizations_at_every_place_in_and_under_them(self, tmp_path: Path) -> None:
        text = ORGANIZATION + "o1,A,,o2\no2,B,,o3\no3,C,,o2\no4,D,,\n"

        found = problems_of(a_package(tmp_path, {"organizations.csv": text}))

        assert [(row, fault) for _, row, _, fault in found] == [
            (2, Fault.CIRCLE),
            (3, Fault.CIRCLE),
            (4, Fault.CIRCLE),
        ]

    def test_json_without_organizations(self, tmp_path: Path) -> None:
        path = tmp_path / "places.json"
        path.write_text('{"id": "l1", "location_type": "physical"}')

        with pytest.raises(hsds.MissingFile):
            convert(hsds.read_package(path))

    def test_a_file_without_identifiers_with_one_word(self, tmp_path: Path) -> None:
        found = problems_of(a_package(tmp_path, {"phones.csv": "number\n1\n2\n3\n"}))

        assert found == [("phones.csv", 2, "id", Fault.MISSING_VALUE)]

    def test_wrong_places_in_either_language_by_file_row_and_column(self, tmp_path: Path) -> None:
        text = LOCATION + "l1,physical,Huis,91,5\n"

        with pytest.raises(hsds.InvalidPackage) as raised:
            convert(a_package(tmp_path, {"locations.csv": text}))

        for language in get_args(Language):
            said = say_error(raised.value, language=language)
            assert all(fact in said for fact in ("locations.csv", "2", "latitude", "91"))


class TestFindProblems:
    def test_finds_none_in_a_package_that_is_right(self, tmp_path: Path) -> None:
        assert hsds.find_problems(a_package(tmp_path)) == ()

    def test_tells_what_falls_short_of_the_standard_from_what_is_wrong(self, tmp_path: Path) -> None:
        text = "id,name,description\no1,,\n"

        problems = hsds.find_problems(a_package(tmp_path, {"organizations.csv": text}))

        assert [(problem.column, problem.is_error) for problem in problems] == [
            ("name", True),
            ("description", False),
        ]

    @pytest.mark.parametrize(
        ("file", "text"),
        [
            ("phones.csv", "id,number,extension\np,000,toestel 3\n"),
            ("metadata.csv", "id,last_action_date\nm,gisteren\n"),
        ],
    )
    def test_lets_values_pass_that_the_network_has_no_use_for(
        self, tmp_path: Path, file: str, text: str
    ) -> None:
        package = a_package(tmp_path, {file: text})

        assert {problem.is_error for problem in hsds.find_problems(package)} == {False}
        assert len(convert(package).network.services) == 1

    @pytest.mark.parametrize("day", ["2026-01-31", "2026-01-31T10:00:00Z", " 2026-01-31 ", ""])
    def test_reads_days_and_moments_as_dates(self, tmp_path: Path, day: str) -> None:
        text = SCHEDULE + f"a,s1,,MO,,,{day},,,\n"

        assert hsds.find_problems(a_package(tmp_path, {"schedules.csv": text})) == ()


class TestForeignReferences:
    def services(self, count: int, *, answered: bool = False) -> str:
        rows = [f"s{number},x{number},Dienst {number},active\n" for number in range(count)]
        return SERVICE + "".join(rows) + ("s,o1,Spreekuur,active\n" if answered else "")

    def test_are_no_errors_when_twenty_different_ones_have_no_answer(self, tmp_path: Path) -> None:
        converted = convert(a_package(tmp_path, {"services.csv": self.services(20)}))

        assert notes_of(converted)["foreign_references", "services.csv", "organization_id"] == 20

    def test_are_errors_when_there_are_fewer(self, tmp_path: Path) -> None:
        assert len(problems_of(a_package(tmp_path, {"services.csv": self.services(19)}))) == 19

    def test_are_errors_when_one_has_an_answer(self, tmp_path: Path) -> None:
        package = a_package(tmp_path, {"services.csv": self.services(20, answered=True)})

        assert len(problems_of(package)) == 20

    def test_are_errors_when_all_repeat_one_slip(self, tmp_path: Path) -> None:
        rows = "".join(f"s{number},o2,Dienst {number},active\n" for number in range(30))

        assert len(problems_of(a_package(tmp_path, {"services.csv": SERVICE + rows}))) == 30

    def test_to_one_kind_count_together_in_all_tables(self, tmp_path: Path) -> None:
        locations = "id,location_type,organization_id\n" + "".join(f"l{n},physical,y{n}\n" for n in range(10))
        files = {"services.csv": self.services(10), "locations.csv": locations}

        notes = notes_of(convert(a_package(tmp_path, files)))

        assert notes["foreign_references", "locations.csv", "organization_id"] == 10


class TestZero:
    def test_stands_for_no_reference_where_one_may_be_left_out(self, tmp_path: Path) -> None:
        text = "id,location_type,organization_id\nl1,physical,0\nl2,physical,o1\n"

        notes = notes_of(convert(a_package(tmp_path, {"locations.csv": text})))

        assert notes["zero_reference", "locations.csv", "organization_id"] == 1

    def test_is_an_identifier_where_something_has_it(self, tmp_path: Path) -> None:
        files = {"organizations.csv": "id,name\n0,Wijkteam\n", "services.csv": SERVICE + "s1,0,Uur,active\n"}

        (service,) = convert(a_package(tmp_path, files)).network.services

        assert service.organization_id == "0"


class TestSentences:
    def test_are_there_for_every_fault_and_note(self) -> None:
        codes = [f"hsds.{fault}" for fault in Fault] + [f"hsds.note.{kind}" for kind in hsds.NoteKind]

        assert [code for code in codes if set(error_sentences().get(code, ())) != {"nl", "en"}] == []

    def test_of_a_note_name_its_file_and_how_often(self, tmp_path: Path) -> None:
        files = {"contacts.csv": "id,name\nc1,Noor Verzonnen\nc2,Sam Bedacht\n"}

        (note,) = convert(a_package(tmp_path, files)).notes

        said = say_note(note, language="nl")
        assert said.startswith("contacts.csv: 2 contactpersonen niet overgenomen")

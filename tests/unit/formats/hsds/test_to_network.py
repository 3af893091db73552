# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from scharnier.core import network
from scharnier.formats import hsds
from tests.unit.formats.hsds.packages import SMALL, a_package, convert, notes_of, service_of

SCHEDULE = "id,service_id,freq,interval,byday,opens_at,closes_at,valid_from,until,description,notes\n"
MONDAY, SATURDAY, SUNDAY = network.Weekday.MONDAY, network.Weekday.SATURDAY, network.Weekday.SUNDAY


@pytest.fixture(scope="module")
def small() -> hsds.Converted:
    return convert(hsds.read_package(SMALL / "csv"))


@pytest.fixture(scope="module")
def version_2() -> hsds.Converted:
    return convert(hsds.read_package(SMALL / "version_2"))


class TestToNetwork:
    def test_gives_organizations_with_their_parent_telephone_and_topics(self, small: hsds.Converted) -> None:
        welfare, debt, _ = small.network.organizations

        assert (welfare.name, welfare.alternate_name) == ("Wijkwelzijn Kruisveld", "De Welzijn")
        assert (welfare.phone, welfare.topics) == ("000-1234567", frozenset({"geld"}))
        assert (debt.parent_id, debt.website) == ("wijkwelzijn", "https://wijkwelzijn.example/schuldhulp")

    def test_gives_services_with_all_that_hangs_on_them(self, small: hsds.Converted) -> None:
        consultation, cafe, _ = small.network.services

        assert consultation.how_to_apply == "Zonder afspraak"
        assert consultation.eligibility == "Iedereen uit Kruisveld"
        assert consultation.topics == frozenset({"schulden"})
        assert cafe.location_ids == frozenset({"bieb", "buurthuis"})
        assert cafe.area_ids == frozenset({"kruisveld-noord", "kruisveld-zuid"})
        assert cafe.languages == frozenset({"nl", "ti"})
        assert cafe.capacity == network.Capacity(
            available=4, maximum=12, unit="stoel", updated_date=date(2026, 3, 1)
        )

    def test_takes_hours_of_a_service_and_of_the_service_at_a_place(self, small: hsds.Converted) -> None:
        consultation, cafe, _ = small.network.services

        assert consultation.schedules == (
            network.Schedule(
                weekdays=frozenset({MONDAY, network.Weekday.THURSDAY}),
                opens_at=time(9),
                closes_at=time(12, 30),
                valid_from=date(2026, 1, 1),
                valid_to=date(2026, 12, 31),
                description="Niet in de vakantie",
            ),
        )
        assert [hours.opens_at for hours in cafe.schedules] == [time(14)]

    def test_keeps_the_status(self, small: hsds.Converted) -> None:
        assert small.network.services[2].status is network.ServiceStatus.TEMPORARILY_CLOSED

    def test_gives_places_the_address_to_visit(self, small: hsds.Converted) -> None:
        house, library = small.network.locations

        assert (house.address, house.latitude) == ("Kruisplein 1, 0000 AA Kruisveld", 52.0911)
        assert (library.address, library.latitude) == ("", None)

    def test_gives_topics_under_their_broader_one(self, small: hsds.Converted) -> None:
        debt = next(topic for topic in small.network.topics if topic.id == "schulden")

        assert debt.broader_ids == frozenset({"geld"})
        assert debt.labels == (network.Label(text="Schulden", language="nl", is_preferred=True),)

    def test_gives_one_area_a_name_with_its_outline(self, small: hsds.Converted) -> None:
        north, south = small.network.areas

        assert (north.name, len(north.outline[0][0]), south.outline) == ("Kruisveld Noord", 4, ())

    def test_never_lists_contacts(self, small: hsds.Converted) -> None:
        assert small.network.persons == ()
        assert notes_of(small)["persons_left_out", "contacts.csv", ""] == 1

    def test_leaves_the_telephones_of_contacts_out(self, small: hsds.Converted) -> None:
        language_house = small.network.organizations[2]

        assert (language_house.id, language_house.phone) == ("taalhuis", "")
        assert notes_of(small)["not_taken_over", "phones.csv", ""] == 1

    def test_counts_tables_and_columns_it_has_no_place_for(self, small: hsds.Converted) -> None:
        notes = notes_of(small)

        assert notes["not_taken_over", "programs.csv", ""] == 1
        assert notes["not_taken_over", "services.csv", "fees_description"] == 1
        assert notes["not_taken_over", "organizations.csv", "year_incorporated"] == 2

    def test_gives_the_same_for_the_nested_form(self, small: hsds.Converted) -> None:
        nested = convert(hsds.read_package(SMALL / "organizations.json")).network

        for part in ("organizations", "services", "locations", "topics", "areas"):
            assert set(getattr(nested, part)) == set(getattr(small.network, part))

    def test_notes_files_that_are_not_of_hsds(self, tmp_path: Path) -> None:
        files = {"opmerkingen.csv": "wat\nniets\n", "datapackage.json": "../../datapackage.json"}

        notes = notes_of(convert(a_package(tmp_path, files)))

        assert notes == {
            ("unknown_table", "opmerkingen.csv", ""): 1,
            ("unreadable_descriptor", "datapackage.json", ""): 1,
        }

    def test_takes_a_missing_status_for_active_and_a_missing_kind_for_physical(self, tmp_path: Path) -> None:
        files = {"services.csv": "id,organization_id,name\ns1,o1,Uur\n", "locations.csv": "id,name\nl,Huis\n"}

        converted = convert(a_package(tmp_path, files)).network

        assert converted.services[0].status is network.ServiceStatus.ACTIVE
        assert converted.locations[0].location_type is network.LocationType.PHYSICAL

    def test_reads_codes_in_any_case(self, tmp_path: Path) -> None:
        files = {"services.csv": "id,organization_id,name,status\ns1,o1,Uur,Inactive\n"}

        assert service_of(tmp_path, files).status is network.ServiceStatus.INACTIVE


class TestToNetworkOfVersion2:
    def test_gives_text_without_markup(self, version_2: hsds.Converted) -> None:
        (organization,), (service,) = version_2.network.organizations, version_2.network.services

        assert (organization.name, organization.description) == ("Buurtbus & co", "Rijdt je overal heen")
        assert service.description == "Halen én brengen"
        assert version_2.network.topics[0].definition == "Van deur tot deur"

    def test_follows_the_references_of_its_own_tables(self, version_2: hsds.Converted) -> None:
        (service,) = version_2.network.services

        assert (service.topics, service.location_ids) == (frozenset({"5"}), frozenset({"7"}))
        assert service.languages == frozenset({"nl"})
        assert version_2.network.locations[0].address == "Kruisplein 2, 0000 AA Kruisveld"

    def test_reads_days_by_number_and_by_name(self, version_2: hsds.Converted) -> None:
        (service,) = version_2.network.services

        assert [set(hours.weekdays) for hours in service.schedules] == [{MONDAY}, {SATURDAY}]

    def test_leaves_a_closing_time_after_midnight_out(self, version_2: hsds.Converted) -> None:
        saturday = version_2.network.services[0].schedules[1]

        assert (saturday.opens_at, saturday.closes_at) == (time(10), None)
        assert notes_of(version_2)["overnight", "regular_schedules.csv", "closes_at"] == 1

    def test_names_languages_it_does_not_know(self, version_2: hsds.Converted) -> None:
        (note,) = (note for note in version_2.notes if note.kind is hsds.NoteKind.UNKNOWN_LANGUAGE)

        assert (note.file, note.column, note.first_row) == ("languages.csv", "language", 3)


class TestSchedules:
    def hours(self, folder: Path, row: str) -> tuple[network.Schedule, ...]:
        return service_of(folder, {"schedules.csv": SCHEDULE + row}).schedules

    def notes(self, folder: Path, row: str) -> set[str]:
        converted = convert(a_package(folder, {"schedules.csv": SCHEDULE + row}))
        return {str(note.kind) for note in converted.notes}

    def test_read_days_however_they_are_parted(self, tmp_path: Path) -> None:
        (found,) = self.hours(tmp_path, 'a,s1,WEEKLY,,"Saturday, su;mon",,,,,,\n')

        assert found.weekdays == frozenset({MONDAY, SATURDAY, SUNDAY})

    def test_hold_notes_with_the_description(self, tmp_path: Path) -> None:
        (found,) = self.hours(tmp_path, "a,s1,WEEKLY,,MO,,,,,Inloop,Niet op feestdagen\n")

        assert found.description == "Inloop Niet op feestdagen"

    def test_of_no_days_mean_by_appointment(self, tmp_path: Path) -> None:
        assert self.hours(tmp_path, "a,s1,WEEKLY,,,,,,,,\n") == (network.Schedule(),)

    def test_end_on_the_last_day_of_the_rule(self, tmp_path: Path) -> None:
        (found,) = self.hours(tmp_path, "a,s1,WEEKLY,,MO,,,2026-01-01,2026-02-01,,\n")

        assert (found.valid_from, found.valid_to) == (date(2026, 1, 1), date(2026, 2, 1))

    @pytest.mark.parametrize(
        ("row", "kind"),
        [
            ("a,s1,,,,,,,,,\n", "blank_schedule"),
            ("a,s1,MONTHLY,,MO,,,,,,\n", "not_weekly"),
            ("a,s1,,,1MO,,,,,,\n", "not_weekly"),
            ("a,,WEEKLY,,MO,,,,,,\n", "nothing_referred"),
        ],
    )
    def test_are_left_out_with_a_note(self, tmp_path: Path, row: str, kind: str) -> None:
        assert self.hours(tmp_path / "a", row) == ()
        assert kind in self.notes(tmp_path / "b", row)

    @pytest.mark.parametrize(
        "row", ["a,s1,WEEKLY,2,MO,,,,,,\n", "a,s1,WEEKLY,,MO FEESTDAG,,,,,,\n"], ids=["interval", "word"]
    )
    def test_keep_their_week_when_they_say_more(self, tmp_path: Path, row: str) -> None:
        (found,) = self.hours(tmp_path / "a", row)

        assert found.weekdays == frozenset({MONDAY})
        assert "simplified_schedule" in self.notes(tmp_path / "b", row)

    @pytest.mark.parametrize("closes_at", ["24:00", "00:00", "09:00"])
    def test_without_an_end_on_the_same_day_lose_it(self, tmp_path: Path, closes_at: str) -> None:
        (found,) = self.hours(tmp_path, f"a,s1,WEEKLY,,MO,09:00,{closes_at},,,,\n")

        assert (found.opens_at, found.closes_at) == (time(9), None)

    def test_of_a_place_alone_have_no_place(self, tmp_path: Path) -> None:
        files = {
            "locations.csv": "id,location_type\nl1,physical\n",
            "schedules.csv": "id,location_id,freq,byday\na,l1,WEEKLY,MO\n",
        }

        notes = notes_of(convert(a_package(tmp_path, files)))

        assert notes["not_taken_over", "schedules.csv", ""] == 1


class TestAddresses:
    HEAD = "id,location_id,address_type,address_1,address_2,city,state_province,postal_code\n"

    def address(self, folder: Path, rows: str) -> str:
        files = {"locations.csv": "id,location_type\nl1,physical\n", "addresses.csv": self.HEAD + rows}
        (place,) = convert(a_package(folder, files)).network.locations
        return place.address

    def test_are_one_line_of_all_their_parts(self, tmp_path: Path) -> None:
        found = self.address(tmp_path, "a,l1,physical,Plein 1,2 hoog,Kruisveld,Utrecht,0000 AA\n")

        assert found == "Plein 1, 2 hoog, 0000 AA Kruisveld, Utrecht"

    def test_to_visit_go_before_those_to_write_to(self, tmp_path: Path) -> None:
        rows = "a,l1,postal,Postbus 1,,,,\nb,l1,physical,Plein 1,,,,\nc,l1,physical,Plein 2,,,,\n"

        assert self.address(tmp_path, rows) == "Plein 1"

    def test_to_write_to_are_better_than_none(self, tmp_path: Path) -> None:
        assert self.address(tmp_path, "a,l1,postal,Postbus 1,,,,\n") == "Postbus 1"


class TestAreas:
    HEAD = "id,service_id,name,extent,uri\n"

    def areas(self, folder: Path, rows: str) -> tuple[network.Area, ...]:
        return convert(a_package(folder, {"service_areas.csv": self.HEAD + rows})).network.areas

    def test_of_the_same_name_are_one_area(self, tmp_path: Path) -> None:
        found = self.areas(tmp_path, "a,s1,Kruisveld Noord,,\nb,s1,kruisveld  noord,,\n")

        assert [(area.id, area.name) for area in found] == [("kruisveld-noord", "Kruisveld Noord")]

    def test_without_a_name_are_none(self, tmp_path: Path) -> None:
        assert self.areas(tmp_path, "a,s1,,,\n") == ()

    def test_keep_their_holes_and_their_pieces_apart(self, tmp_path: Path) -> None:
        ring, hole = "[[5,52],[6,52],[6,53],[5,52]]", "[[5.6,52.2],[5.8,52.2],[5.8,52.4],[5.6,52.2]]"
        extent = f'"{{""type"":""MultiPolygon"",""coordinates"":[[{ring},{hole}],[{ring}]]}}"'

        (area,) = self.areas(tmp_path, f"a,s1,Kruisveld,{extent},\n")

        assert [len(polygon) for polygon in area.outline] == [2, 1]

    @pytest.mark.parametrize(
        "extent",
        [
            "extent",
            '"{""type"":""Point"",""coordinates"":[5,52]}"',
            '"{""type"":""Polygon"",""coordinates"":[]}"',
            '"{""type"":""Polygon"",""coordinates"":[[[5,52],[6,52],[6,53],[5,53]]]}"',
        ],
        ids=["no JSON", "no polygon", "no ring", "not closed"],
    )
    def test_with_an_extent_that_is_no_polygon_have_no_outline(self, tmp_path: Path, extent: str) -> None:
        rows = f"a,s1,Kruisveld,{extent},\n"

        assert [area.outline for area in self.areas(tmp_path / "a", rows)] == [()]
        converted = convert(a_package(tmp_path / "b", {"service_areas.csv": self.HEAD + rows}))
        assert notes_of(converted)["unreadable_outline", "service_areas.csv", "extent"] == 1


class TestCapacities:
    def test_are_one_a_service(self, tmp_path: Path) -> None:
        files = {
            "units.csv": "id,name\nu1,bed\n",
            "service_capacity.csv": "id,service_id,unit_id,available\na,s1,u1,3\nb,s1,u1,5\n",
        }

        converted = convert(a_package(tmp_path, files))

        assert converted.network.services[0].capacity == network.Capacity(available=3, unit="bed")
        assert notes_of(converted)["not_taken_over", "service_capacity.csv", ""] == 1


class TestProviders:
    SERVICES = 20

    def converted(self, folder: Path, organizations: str, *, url: str) -> hsds.Converted:
        rows = "".join(f"s{n},x{n},Dienst,active,{url}\n" for n in range(self.SERVICES))
        files = {
            "organizations.csv": "id,name,website\n" + organizations,
            "services.csv": "id,organization_id,name,status,url\n" + rows,
        }
        return convert(a_package(folder, files))

    def test_known_by_another_number_are_found_by_their_website(self, tmp_path: Path) -> None:
        found = self.converted(
            tmp_path, "o1,Bus,https://www.bus.example/over\no2,Trein,\n", url="http://bus.example/dienst"
        )

        assert {service.organization_id for service in found.network.services} == {"o1"}
        assert notes_of(found)["found_by_website", "services.csv", "organization_id"] == self.SERVICES

    def test_entered_twice_are_one(self, tmp_path: Path) -> None:
        found = self.converted(tmp_path, "o1,Bus,bus.example\no2,Bus,bus.example\n", url="bus.example/x")

        assert {service.organization_id for service in found.network.services} == {"o1"}

    def test_that_share_a_website_are_not_guessed_at(self, tmp_path: Path) -> None:
        found = self.converted(tmp_path, "o1,Bus,bus.example\no2,Trein,bus.example\n", url="bus.example")

        stand_ins = found.network.organizations[2:]
        assert {organization.name for organization in stand_ins} == {"bus.example"}
        assert notes_of(found)["stand_in", "services.csv", "organization_id"] == self.SERVICES

    @pytest.mark.parametrize("url", ["", "http://[kapot"])
    def test_without_a_website_carry_the_name_of_their_service(self, tmp_path: Path, url: str) -> None:
        found = self.converted(tmp_path, "o1,Bus,\n", url=url)

        assert found.network.organizations[1].name == "Dienst"

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from scharnier.core import network
from scharnier.formats import tables
from tests.factories import (
    a_community,
    a_full_network,
    a_network,
    a_person,
    a_resident_group,
    a_topic,
    an_area,
    an_organization,
)

Cells = tuple[object, ...]
BASE = a_network(
    areas=[an_area("noord", alternate_names=("Bloemenbuurt",))],
    topics=[a_topic("debt", nl="schulden", en="debt"), a_topic("noise", nl="lawaai, geluid", en="noise")],
    organizations=[an_organization("schuldhulp", name="Schuldhulp Kruisveld")],
    communities=[a_community("koor")],
    resident_groups=[a_resident_group("jongeren")],
    persons=[a_person("karel", name="Karel Brug")],
)


def a_grid(name: str, *rows: Cells) -> tables.Grid:
    return tables.Grid(name=name, rows=rows)  # type: ignore[arg-type]  # cells of any kind, as a workbook gives


def read(*grids: tables.Grid, onto: network.Network = BASE) -> network.Network:
    return tables.read_tables(grids, onto=onto)


def read_person(**cells: object) -> network.Person:
    """The person of one row with these cells, and a name."""
    headings = ("naam", *cells)
    return read(a_grid("mensen", headings, ("Ria", *cells.values()))).persons[-1]


def faults_of(*grids: tables.Grid, onto: network.Network = BASE) -> list[tuple[str, object, object]]:
    with pytest.raises(tables.MalformedTables) as raised:
        read(*grids, onto=onto)
    return [
        (type(fault).__name__, fault.facts.get("row"), fault.facts.get("column"))
        for fault in raised.value.faults
    ]


class TestReadTables:
    def test_adds_people_with_their_roles_and_ties_to_what_is_there(self) -> None:
        grown = read(
            a_grid("Mensen", ("Naam",), ("Ria Smit",)),
            a_grid("Rollen", ("Persoon", "Organisatie", "Rol"), ("Ria Smit", "schuldhulp", "adviseur")),
            a_grid("Banden", ("Van", "Naar", "Gezien op"), ("ria-smit", "karel brug", "1-3-2026")),
        )

        assert [person.id for person in grown.persons] == ["karel", "ria-smit"]
        assert [(member.person_id, member.organization_id) for member in grown.memberships] == [
            ("ria-smit", "schuldhulp")
        ]
        assert [(tie.source_id, tie.target_id, tie.observed_date) for tie in grown.ties] == [
            ("ria-smit", "karel", date(2026, 3, 1))
        ]

    def test_reads_headings_in_english_as_well(self) -> None:
        grown = read(
            a_grid("ties", ("from", "TO *", "Observed_on"), ("karel", "ria", "2026-03-01")),
            a_grid("people", ("name", "id"), ("Ria Smit", "ria")),
        )

        assert [tie.target_id for tie in grown.ties] == ["ria"]

    def test_gives_no_consent_unless_the_row_does(self) -> None:
        assert read_person(email="ria@voorbeeld.example").consents == ()

    def test_gives_the_consents_that_the_row_dates(self) -> None:
        person = read_person(**{"Vindbaar sinds": "1-2-2026", "Vindbaar tot en met": date(2026, 12, 31)})

        assert person.consents == (
            network.Consent(
                purpose=network.Purpose.LISTING, given_date=date(2026, 2, 1), end_date=date(2026, 12, 31)
            ),
        )

    def test_reads_every_part_that_a_network_writes(self) -> None:
        whole = a_full_network()
        bare = replace(a_network(topics=whole.topics, locations=()), id=whole.id)

        grown = tables.read_tables(tables.write_tables(whole), onto=bare)

        assert replace(whole, locations=(), services=()) == grown

    def test_adds_nothing_twice(self) -> None:
        whole = a_full_network()

        assert tables.read_tables(tables.write_tables(whole), onto=whole) == whole

    def test_skips_empty_rows_and_notes(self) -> None:
        grown = read(a_grid("mensen", ("id", "naam"), (None, "#Voorbeeld"), (None, " "), ("", "Ria")))

        assert [person.name for person in grown.persons] == ["Karel Brug", "Ria"]

    def test_passes_over_sheets_to_read_and_empty_ones(self) -> None:
        grown = read(
            a_grid("Uitleg", ("Vul dit in.",)), a_grid("Blad1"), a_grid("mensen", ("naam",), ("Ria",))
        )

        assert len(grown.persons) == 2

    def test_refers_within_the_same_tables(self) -> None:
        grown = read(
            a_grid(
                "gebieden",
                ("naam", "soort", "onderdeel van", "ook wel"),
                ("Plein", "straat", "Oost", "de Brink"),
                ("Oost", "buurt", None, None),
            ),
            a_grid("organisaties", ("naam", "ook wel"), ("Woningcorporatie Thuis", "WCT")),
            a_grid("mensen", ("naam", "gebieden"), ("Ria", "de brink")),
            a_grid("rollen", ("persoon", "organisatie"), ("Ria", "WCT")),
        )

        assert grown.persons[-1].area_ids == {"plein"}
        assert grown.memberships[-1].organization_id == "woningcorporatie-thuis"


class TestCells:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("2026-12-31", date(2026, 12, 31)),
            ("31-12-2026", date(2026, 12, 31)),
            ("1/2/2026", date(2026, 2, 1)),
            (" 01.02.2026 ", date(2026, 2, 1)),
            (date(2026, 2, 1), date(2026, 2, 1)),
            (datetime.combine(date(2026, 2, 1), time(13, 30)), date(2026, 2, 1)),
        ],
    )
    def test_read_a_date(self, written: object, meant: date) -> None:
        assert read_person(tot=written).availability.until == meant

    @pytest.mark.parametrize(
        "written", ["31-2-2026", "2026-13-01", "1-2-26", "morgen", 46000, "20260201", True]
    )
    def test_refuse_what_is_no_date(self, written: object) -> None:
        assert faults_of(a_grid("mensen", ("naam", "Tot"), ("Ria", written))) == [("WrongDate", 2, "Tot")]

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("ja", "yes"),
            ("Nee", "no"),
            ("beperkt", "limited"),
            ("unknown", "unknown"),
            (True, "yes"),
            (False, "no"),
        ],
    )
    def test_read_a_choice(self, written: object, meant: str) -> None:
        assert read_person(beschikbaar=written).availability.accepting.value == meant

    @pytest.mark.parametrize(
        ("written", "kind"),
        [
            ("werkt samen met", network.TieKind.WORKS_WITH),
            ("works_with", network.TieKind.WORKS_WITH),
            ("trusts", network.TieKind.TRUSTS),
        ],
    )
    def test_read_what_one_is_to_another(self, written: str, kind: network.TieKind) -> None:
        grown = read(
            a_grid("mensen", ("naam",), ("Ria",)),
            a_grid("banden", ("van", "naar", "soort", "datum"), ("Ria", "karel", written, "1-1-2026")),
        )

        assert grown.ties[0].kind is kind

    @pytest.mark.parametrize(("written", "meant"), [(3, 3), (3.0, 3), ("3", 3)])
    def test_read_a_number(self, written: object, meant: int) -> None:
        assert read_person(capaciteit=written).availability.capacity == meant

    @pytest.mark.parametrize("written", [-1, 2.5, "drie", True, "1e3"])
    def test_refuse_what_is_no_whole_number(self, written: object) -> None:
        assert faults_of(a_grid("mensen", ("naam", "capaciteit"), ("Ria", written))) == [
            ("WrongNumber", 2, "capaciteit")
        ]

    @pytest.mark.parametrize(("written", "meant"), [("0,5", 0.5), (0.25, 0.25), ("1", 1.0), (1, 1.0)])
    def test_read_a_strength(self, written: object, meant: float) -> None:
        grown = read(
            a_grid("mensen", ("naam",), ("Ria",)),
            a_grid("banden", ("van", "naar", "sterkte", "datum"), ("Ria", "karel", written, "1-1-2026")),
        )

        assert grown.ties[0].strength == meant

    @pytest.mark.parametrize("written", ["sterk", -0.5, True, "1,0,0"])
    def test_refuse_what_is_no_strength(self, written: object) -> None:
        ties = a_grid("banden", ("van", "naar", "sterkte", "datum"), ("karel", "karel", written, "1-1-2026"))

        assert faults_of(ties) == [("WrongNumber", 2, "sterkte")]

    @pytest.mark.parametrize("written", ["nl; ar", "Nederlands, Arabisch", "dutch\nArabic"])
    def test_read_languages_by_name_or_tag(self, written: str) -> None:
        assert read_person(talen=written).languages == {"nl", "ar"}

    def test_refuse_a_language_that_is_neither(self) -> None:
        assert faults_of(a_grid("mensen", ("naam", "talen"), ("Ria", "het Twents"))) == [
            ("WrongLanguage", 2, "talen")
        ]

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("schulden", {"debt"}),
            ("Debt; noise", {"debt", "noise"}),
            ("schulden, noise", {"debt", "noise"}),
            ("lawaai, geluid", {"noise"}),
        ],
    )
    def test_read_topics_by_name(self, written: str, meant: set[str]) -> None:
        assert read_person(onderwerpen=written).topics == meant

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            (" Ria  Smit ", "Ria  Smit"),
            (12, "12"),
            (12.0, "12"),
            (12.5, "12.5"),
            (True, "true"),
            (datetime.combine(date(2026, 1, 2), time()), "2026-01-02"),
        ],
    )
    def test_read_text(self, written: object, meant: str) -> None:
        assert read_person(samenvatting=written).summary == meant

    def test_read_text_that_was_guarded_against_formulas(self) -> None:
        assert read_person(telefoon="'+31 6 00 00 00 00").phone == "+31 6 00 00 00 00"

    def test_refuse_a_telephone_number_that_lost_its_zero(self) -> None:
        assert faults_of(a_grid("mensen", ("naam", "telefoon"), ("Ria", 600000000))) == [
            ("NumberForPhone", 2, "telefoon")
        ]

    def test_refuse_a_consent_without_a_day(self) -> None:
        assert faults_of(a_grid("mensen", ("naam", "Vindbaar sinds"), ("Ria", "ja"))) == [
            ("ConsentWithoutDate", 2, "Vindbaar sinds")
        ]

    def test_refuse_an_id_with_a_space(self) -> None:
        assert faults_of(a_grid("mensen", ("naam", "id"), ("Ria", "ria smit"))) == [("WrongId", 2, "id")]


class TestMalformedTables:
    def test_names_every_place_at_once_in_order(self) -> None:
        found = faults_of(
            a_grid(
                "mensen",
                ("naam", "neemt vragen aan", "tot"),
                ("Ria", "misschien", "ooit"),
                (None, "ja", None),
            ),
            a_grid(
                "banden",
                ("van", "naar", "gezien op"),
                ("Ria", "Niemand", "1-1-2026"),
                ("Ria", "Ria", "1-1-2026"),
            ),
        )

        assert found == [
            ("WrongChoice", 2, "neemt vragen aan"),
            ("WrongDate", 2, "tot"),
            ("EmptyCell", 3, "naam"),
            ("UnknownName", 2, "naar"),
            ("BrokenRow", 3, None),
        ]

    def test_stops_at_a_hundred(self) -> None:
        rows = [("Ria", "ooit")] + [(f"Ria {number}", "ooit") for number in range(150)]

        assert len(faults_of(a_grid("mensen", ("naam", "tot"), *rows))) == 100

    def test_counts_empty_rows_as_the_spreadsheet_does(self) -> None:
        assert faults_of(a_grid("mensen", ("naam", "tot"), (), (None, None), ("Ria", "ooit"))) == [
            ("WrongDate", 4, "tot")
        ]

    def test_names_a_missing_and_an_unknown_column(self) -> None:
        assert faults_of(a_grid("banden", ("van", "gezien op", "kleur"), ("karel", "1-1-2026", "rood"))) == [
            ("UnknownColumn", None, "kleur"),
            ("MissingColumn", None, None),
        ]

    def test_names_two_columns_that_mean_the_same(self) -> None:
        assert faults_of(a_grid("mensen", ("naam", "Name"), ("Ria", "Ria"))) == [
            ("DuplicateColumn", None, "Name")
        ]

    def test_names_a_cell_under_no_heading(self) -> None:
        assert faults_of(a_grid("mensen", ("naam", None), ("Ria", "x", "y"))) == [
            ("StrayCell", 2, "2"),
            ("StrayCell", 2, "3"),
        ]

    def test_names_a_sheet_that_is_none_of_ours(self) -> None:
        assert faults_of(a_grid("mensen", ("naam",), ("Ria",)), a_grid("Blad2", ("iets",))) == [
            ("UnknownSheet", None, None)
        ]

    def test_says_when_no_sheet_is_ours(self) -> None:
        assert faults_of(a_grid("Blad1", ("naam",), ("Ria",))) == [("NoSheets", None, None)]

    def test_names_the_second_of_two_with_one_name_and_no_id(self) -> None:
        assert faults_of(a_grid("mensen", ("naam",), ("Ria",), ("Bo",), ("ria",))) == [
            ("DuplicateId", 4, "naam")
        ]

    def test_names_the_second_of_two_with_one_id(self) -> None:
        assert faults_of(a_grid("mensen", ("id", "naam"), ("r", "Ria"), ("r", "Bo"))) == [
            ("DuplicateId", 3, "id")
        ]

    def test_names_a_row_whose_id_somebody_else_has(self) -> None:
        assert faults_of(a_grid("mensen", ("id", "naam"), ("karel", "Karel Anders"))) == [
            ("AlreadyThere", 2, "id")
        ]

    def test_asks_for_the_id_where_two_have_one_name(self) -> None:
        found = faults_of(
            a_grid("mensen", ("id", "naam"), ("r1", "Ria"), ("r2", "Ria")),
            a_grid("rollen", ("persoon", "gemeenschap"), ("Ria", "koor"), ("r2", "koor")),
        )

        assert found == [("AmbiguousName", 2, "persoon")]

    def test_names_a_role_in_nothing_or_in_two_parties(self) -> None:
        found = faults_of(
            a_grid(
                "rollen",
                ("persoon", "gemeenschap", "groep"),
                ("karel", None, None),
                ("karel", "koor", "jongeren"),
            )
        )

        assert found == [("BrokenRow", 2, None), ("BrokenRow", 3, None)]

    def test_names_a_consent_that_ends_without_a_beginning(self) -> None:
        assert faults_of(a_grid("mensen", ("naam", "Vindbaar tot en met"), ("Ria", "1-1-2027"))) == [
            ("BrokenRow", 2, None)
        ]

    def test_names_the_rows_of_a_circle(self) -> None:
        found = faults_of(
            a_grid("organisaties", ("naam", "onderdeel van"), ("A", "B"), ("B", "A"), ("C", "schuldhulp"))
        )

        assert found == [("Circle", 2, "onderdeel van"), ("Circle", 3, "onderdeel van")]

    def test_makes_an_id_of_a_name_without_latin_letters(self) -> None:
        assert read(a_grid("mensen", ("naam",), ("سميرة علي",))).persons[-1].id == "سميرة-علي"

# SPDX-License-Identifier: EUPL-1.2
"""A list of signals: the good rows are read, and each bad one says what is wrong with it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scharnier.core import network
from scharnier.core.kernel import Invalid, ScharnierError, TopicId
from scharnier.core.signals import Grain, Happening, Place, Precision, Seriousness, Spot
from scharnier.formats import intake, signals_list, tables, wording
from tests.factories import a_location, a_network, a_resident_group, a_topic, an_area

HERE = a_network(
    areas=[
        an_area("noord", alternate_names=("Bloemenbuurt",)),
        an_area("zuid"),
        an_area("marsstraat", kind=network.AreaKind.STREET, parent="noord"),
        an_area("ring-n", name="Ring", kind=network.AreaKind.STREET, parent="noord"),
        an_area("ring-z", name="Ring", kind=network.AreaKind.STREET, parent="zuid"),
    ],
    topics=[
        a_topic("litter", nl="zwerfafval", en="litter"),
        a_topic("noise", nl="lawaai, geluid", en="noise"),
    ],
    resident_groups=[a_resident_group("jongeren")],
    locations=[a_location("buurthuis", area="noord")],
)
HEADINGS = ("Wat", "Datum", "Gebied")
LAMP = ("Lamp stuk", "1-3-2026", "Noord")
PERSONAL = "Bel mevrouw op 06-12345678"


def a_csv(*rows: tuple[object, ...], mark: str = ";") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark).writerows(rows)
    return text.getvalue().encode()


def a_workbook(*rows: tuple[object, ...], title: str = "Blad1") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def packed(book: Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def read(*rows: tuple[object, ...]) -> signals_list.SignalsList:
    return signals_list.read_list(a_csv(*rows), file_name="lijst.csv", onto=HERE)


def read_book(book: Workbook) -> signals_list.SignalsList:
    return signals_list.read_list(packed(book), file_name="lijst.xlsx", onto=HERE)


def read_cells(**cells: object) -> signals_list.ListedSignal:
    """The signal of one row with these cells, in Noord on the first of March unless said otherwise."""
    told = {"wat": "Lamp stuk", "datum": "2026-03-01", "gebied": "Noord", **cells}
    found = read(tuple(told), tuple(told.values()))
    assert found.refused == ()
    return found.signals[0]


def said_of(*rows: tuple[object, ...]) -> list[str]:
    """What is said of the refused rows."""
    return said(read(*rows))


def said(found: signals_list.SignalsList) -> list[str]:
    return [in_words(fault) for row in found.refused for fault in row.faults]


def in_words(error: ScharnierError) -> str:
    """What a Dutch reader gets to see, with straight quotation marks."""
    return wording.say_error(error, language="nl").translate({0x2018: "'", 0x2019: "'"})


def refusal(data: bytes, *, file_name: str = "lijst.csv") -> ScharnierError:
    with pytest.raises(Invalid) as raised:
        signals_list.read_list(data, file_name=file_name, onto=HERE)
    return raised.value


class TestReadList:
    def test_reads_a_row_with_everything(self) -> None:
        found = read(
            ("Kenmerk", "Wat", "Datum", "Plaats", "Gebied", "Onderwerpen", "Groepen", "Ernst"),
            (
                "A-1",
                "Lamp stuk",
                "01-03-2026",
                "Saturnuslaan 12",
                "Zuid",
                "zwerfafval; noise",
                "Jongeren",
                "gevaarlijk",
            ),
        )

        assert found.signals == (
            signals_list.ListedSignal(
                sheet="lijst",
                row=2,
                text="Lamp stuk",
                place=Place(precision=Precision.ADDRESS, words="Saturnuslaan 12", area_id=HERE.areas[1].id),
                happened=Happening(on=date(2026, 3, 1)),
                topics=frozenset(topic.id for topic in HERE.topics),
                resident_group_ids=frozenset({HERE.resident_groups[0].id}),
                seriousness=Seriousness.DANGEROUS,
                reference="A-1",
            ),
        )

    def test_keeps_the_good_rows_and_names_every_bad_one_by_its_row(self) -> None:
        found = read(
            HEADINGS, LAMP, ("Bank kapot", "31-2-2026", "Noord"), (), LAMP, ("", "1-3-2026", "Atlantis")
        )

        assert [signal.row for signal in found.signals] == [2, 5]
        assert [(row.row, len(row.faults)) for row in found.refused] == [(3, 1), (6, 2)]
        assert said(found)[0] == (
            "lijst, rij 3, kolom 'Datum': '31-2-2026' is geen datum. Schrijf bijvoorbeeld 31-12-2026."
        )

    @pytest.mark.parametrize(
        "headings",
        [
            ("Omschrijving", "datum melding", "BUURT *"),
            ("description", "Date", "neighbourhood"),
            ("text", "when", "area_id"),
        ],
    )
    def test_understands_headings_as_people_write_them(self, headings: tuple[str, ...]) -> None:
        assert read(headings, LAMP).signals == read(HEADINGS, LAMP).signals

    @pytest.mark.parametrize("mark", [",", ";", "\t"])
    def test_sees_what_parts_the_cells(self, mark: str) -> None:
        data = a_csv(HEADINGS, LAMP, mark=mark)

        found = signals_list.read_list(data, file_name="LIJST.CSV", onto=HERE)

        assert [signal.text for signal in found.signals] == ["Lamp stuk"]

    def test_passes_over_what_stands_above_the_headings_and_rows_that_are_notes(self) -> None:
        found = read(("Meldingen 2026",), (), HEADINGS, ("#voorbeeld", "1-1-2026", "Noord"), LAMP)

        assert [signal.row for signal in found.signals] == [5]

    def test_names_the_columns_that_it_does_not_read_and_keeps_nothing_of_them(self) -> None:
        found = read((*HEADINGS, "Naam melder", "Telefoon"), (*LAMP, "Ria Smit", "06 12345678"))

        assert found.unread == ("Naam melder", "Telefoon")
        assert "Ria" not in repr(found)
        assert "06 1" not in repr(found)

    def test_reads_our_own_heading_where_another_means_the_same(self) -> None:
        found = read((*HEADINGS, "Soort", "Onderwerpen"), (*LAMP, "iets anders", "zwerfafval"))

        assert found.signals[0].topics == {TopicId("litter")}
        assert found.unread == ("Soort",)

    def test_does_not_show_words_and_places_by_accident(self) -> None:
        assert "Lamp" not in repr(read(HEADINGS, LAMP))

    def test_takes_the_zero_byte_out(self) -> None:
        data = a_csv(HEADINGS, LAMP).replace(b"Lamp", b"La\0mp")

        (signal,) = signals_list.read_list(data, file_name="lijst.csv", onto=HERE).signals

        assert signal.text == "Lamp stuk"


class TestPersonalData:
    def test_refuses_the_row_with_the_reason_and_does_not_repeat_it(self) -> None:
        found = read(HEADINGS, LAMP, (PERSONAL, "1-3-2026", "Noord"))

        assert [signal.row for signal in found.signals] == [2]
        assert said(found)[0].startswith("lijst, rij 3: Je tekst noemt ")
        assert "12345678" not in "".join(said(found)) + repr(found)

    def test_refuses_it_in_a_place_too(self) -> None:
        (row,) = said_of((*HEADINGS, "Plaats"), (*LAMP[:2], "", "bij de Wit, a.dewit@example.org"))

        assert row.startswith("lijst, rij 2: Je tekst noemt ")
        assert "a.dewit" not in row

    def test_lets_a_postcode_with_a_house_number_pass_as_an_address_only(self) -> None:
        signal = read_cells(plaats="Marsstraat 12, 3581 AB")

        assert signal.place.precision is Precision.ADDRESS
        assert said_of(HEADINGS, ("Bij 3581 AB 12 lekt het", "1-3-2026", "Noord"))

    @pytest.mark.parametrize("words", ["", "...", "x" * 2001])
    def test_refuses_words_that_say_nothing_or_too_much(self, words: str) -> None:
        assert len(said_of(HEADINGS, (words, "1-3-2026", "Noord"))) == 1


class TestHappened:
    @pytest.mark.parametrize(
        "written",
        [
            "2026-03-01",
            "1-3-2026",
            "01/03/2026",
            "1.3.2026",
            "2026-03-01 14:05",
            "1-3-2026 9:30:00",
            "2026-03-01T14:05:00Z",
        ],
    )
    def test_is_a_day_as_elsewhere_and_a_time_does_not_matter(self, written: str) -> None:
        assert read_cells(datum=written).happened == Happening(on=date(2026, 3, 1))

    @pytest.mark.parametrize("written", ["2026-03", "3-2026", "03/2026"])
    def test_can_be_a_month(self, written: str) -> None:
        assert read_cells(datum=written).happened == Happening(on=date(2026, 3, 1), grain=Grain.MONTH)

    @pytest.mark.parametrize("written", ["2026-W10", "2026w10", "week 10 2026", "Week 10, 2026"])
    def test_can_be_a_week(self, written: str) -> None:
        assert read_cells(datum=written).happened == Happening(on=date(2026, 3, 2), grain=Grain.WEEK)

    @pytest.mark.parametrize("written", ["gisteren", "2026-13", "2026-W60", "13-2026", "2026", "1-3-26"])
    def test_is_nothing_else(self, written: str) -> None:
        assert said_of(HEADINGS, ("Lamp", written, "Noord")) == [
            f"lijst, rij 2, kolom 'Datum': '{written}' is geen datum. Schrijf bijvoorbeeld 31-12-2026."
        ]

    @pytest.mark.parametrize("written", [date(2026, 3, 1), datetime(2026, 3, 1, 9, 30)])  # noqa: DTZ001
    def test_is_a_date_of_a_workbook(self, written: date) -> None:
        book, _ = a_workbook(HEADINGS, ("Lamp", written, "Noord"))

        assert read_book(book).signals[0].happened == Happening(on=date(2026, 3, 1))


class TestPlace:
    def test_is_a_point_with_words_about_it(self) -> None:
        place = read_cells(plaats="naast de glasbak", lon="5,1213", lat="52.0907").place

        assert place == Place(
            precision=Precision.POINT,
            words="naast de glasbak",
            spot=Spot(longitude=5.1213, latitude=52.0907),
            area_id=HERE.areas[0].id,
        )

    def test_is_a_point_alone(self) -> None:
        place = read_cells(gebied="", lengtegraad=5.1, breedtegraad=52.1).place

        assert place == Place(precision=Precision.POINT, spot=Spot(longitude=5.1, latitude=52.1))

    @pytest.mark.parametrize(
        ("cells", "expected"),
        [
            ({"gebied": "bloemenbuurt"}, ("area", "", "noord")),
            ({"gebied": "", "plaats": "ZUID"}, ("area", "", "zuid")),
            ({"gebied": "Zuid", "plaats": "Saturnuslaan"}, ("street", "Saturnuslaan", "zuid")),
            ({"gebied": "", "straat": "marsstraat"}, ("street", "Marsstraat", "marsstraat")),
            ({"gebied": "Marsstraat"}, ("street", "Marsstraat", "marsstraat")),
            ({"gebied": "", "adres": "Marsstraat 12a"}, ("address", "Marsstraat 12a", "marsstraat")),
            (
                {"gebied": "", "straat": "Marsstraat", "huisnummer": 12},
                ("address", "Marsstraat 12", "marsstraat"),
            ),
            (
                {"gebied": "", "adres": "Marsstraat 12, 3581 AB Stad"},
                ("address", "Marsstraat 12, 3581 AB Stad", "marsstraat"),
            ),
            ({"gebied": "", "plaats": "buurthuis"}, ("address", "Buurthuis", "noord")),
            ({"gebied": "Zuid", "straat": "Ring"}, ("street", "Ring", "zuid")),
            ({"gebied": "Zuid", "adres": "Ring 3"}, ("address", "Ring 3", "zuid")),
            ({"gebied": "Noord", "plaats": "Plein 1940"}, ("address", "Plein 1940", "noord")),
        ],
    )
    def test_is_an_area_a_street_or_an_address(
        self, cells: dict[str, object], expected: tuple[str, str, str]
    ) -> None:
        place = read_cells(**cells).place

        assert (place.precision.value, place.words, place.area_id) == expected

    def test_of_an_address_can_be_a_point_too(self) -> None:
        place = read_cells(adres="Marsstraat 12, 3581 AB", lon=5.1, lat=52.1).place

        assert (place.precision, place.words) == (Precision.ADDRESS, "Marsstraat 12, 3581 AB")
        assert place.spot == Spot(longitude=5.1, latitude=52.1)

    def test_must_lie_somewhere(self) -> None:
        rows = ((*HEADINGS, "Plaats"), ("Lamp", "1-3-2026", "", "Saturnuslaan 3"), ("Lamp", "1-3-2026", ""))

        assert said_of(*rows) == [
            (
                "lijst, rij 2, kolom 'Plaats': we weten niet waar 'Saturnuslaan 3' ligt. "
                "Zet het gebied erbij, of lengte- en breedtegraad."
            ),
            "lijst, rij 3: Zeg waar het was: een straat, een buurt, of een plek die iedereen kent.",
        ]

    @pytest.mark.parametrize("written", ["Ring", "Ring 3"])
    def test_asks_which_of_two_streets_of_a_name(self, written: str) -> None:
        (row,) = said_of(("wat", "datum", "straat"), ("Lamp", "1-3-2026", written))

        assert "meer dan één heet 'Ring'" in row

    @pytest.mark.parametrize(
        ("lon", "lat"), [("5,1", ""), ("", "52"), ("oost", "52"), ("200", "52"), (True, 52), ("5.1.2", "52")]
    )
    def test_refuses_half_a_point_and_what_is_none(self, lon: object, lat: object) -> None:
        assert len(said_of((*HEADINGS, "lon", "lat"), (*LAMP, lon, lat))) == 1


class TestTopics:
    def test_are_named_in_either_language_also_with_a_comma_in_the_name(self) -> None:
        assert read_cells(categorie="Litter; lawaai, geluid").topics == {TopicId("litter"), TopicId("noise")}

    def test_are_recognised_in_words_that_are_no_name(self) -> None:
        data = a_csv((*HEADINGS, "Categorie"), (*LAMP, "Rommel op straat"), (*LAMP, "Iets"))

        found = signals_list.read_list(
            data,
            file_name="lijst.csv",
            onto=HERE,
            find_topics=lambda words: (TopicId("litter"),) if "Rommel" in words else (),
        )

        assert [signal.topics for signal in found.signals] == [{TopicId("litter")}]
        assert said(found) == [
            (
                "lijst, rij 3, kolom 'Categorie': 'Iets' kennen we niet. "
                "De namen die we kennen staan in de lege lijst."
            )
        ]

    def test_and_groups_that_nobody_knows_are_refused(self) -> None:
        rows = said_of((*HEADINGS, "Onderwerp", "Groep"), (*LAMP, "vuurwerk", "reuzen"))

        assert len(rows) == 2


class TestSeriousness:
    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("Schadelijk", "harmful"),
            ("dangerous", "dangerous"),
            ("HOOG", "dangerous"),
            (2, "harmful"),
            ("laag", "annoying"),
            ("", "annoying"),
        ],
    )
    def test_is_told_in_our_words_or_in_grades(self, written: object, meant: str) -> None:
        assert read_cells(ernst=written).seriousness.value == meant

    def test_is_no_other_word(self) -> None:
        (row,) = said_of((*HEADINGS, "Ernst"), (*LAMP, "rampzalig"))

        assert "Kies uit: vervelend / annoying" in row


class TestReference:
    def test_stands_in_one_row_only(self) -> None:
        found = read(("kenmerk", *HEADINGS), (17, *LAMP), ("17", *LAMP), ("18", *LAMP))

        assert [signal.reference for signal in found.signals] == ["17", "18"]
        assert said(found) == [
            (
                "lijst, rij 3, kolom 'kenmerk': '17' staat al in rij 2. "
                "Haal er een weg of geef elk een eigen kenmerk."
            )
        ]

    def test_of_a_refused_row_can_stand_in_a_good_one(self) -> None:
        found = read(("kenmerk", *HEADINGS), ("17", "Lamp", "gisteren", "Noord"), ("17", *LAMP))

        assert [signal.row for signal in found.signals] == [3]

    def test_is_not_too_long(self) -> None:
        assert len(said_of(("kenmerk", *HEADINGS), ("x" * 101, *LAMP))) == 1


class TestWorkbook:
    def test_reads_the_sheet_that_lists_signals_among_others(self) -> None:
        book, _ = a_workbook(("Lees mij",), title="Uitleg")
        sheet = book.create_sheet("Maart")
        for row in (HEADINGS, LAMP):
            sheet.append(row)

        assert [(signal.sheet, signal.row) for signal in read_book(book).signals] == [("Maart", 2)]

    def test_refuses_a_row_with_an_error_or_a_formula_without_outcome_and_keeps_the_rest(self) -> None:
        book, _ = a_workbook((*HEADINGS, "Som"), LAMP, ("=A2", "1-3-2026", "Noord"), (*LAMP, "=1+1"))
        book.worksheets[0].append(["#N/A", "1-3-2026", "Noord"])

        found = read_book(book)

        assert [signal.row for signal in found.signals] == [2, 4]
        assert [(row.row, type(row.faults[0]).__name__) for row in found.refused] == [
            (3, "EmptyCell"),
            (5, "ErrorInCell"),
        ]
        assert [type(fault).__name__ for fault in found.refused[0].faults][-1] == "UnreadFormula"

    def test_refuses_merged_cells_save_above_the_headings(self) -> None:
        book, sheet = a_workbook(("Meldingen",), HEADINGS, LAMP)
        sheet.merge_cells("A1:C1")
        assert len(read_book(book).signals) == 1

        sheet.merge_cells("A3:A4")

        assert isinstance(refusal(packed(book), file_name="lijst.xlsx"), tables.MergedCells)


class TestRefusal:
    @pytest.mark.parametrize(
        ("data", "file_name", "kind"),
        [
            (b"", "leeg.csv", signals_list.NoRows),
            (a_csv(HEADINGS), "kop.csv", signals_list.NoRows),
            (b"%PDF-1.7", "brief.pdf", signals_list.NoList),
            (b"PK\x03\x04 kapot", "kapot.xlsx", tables.NotASpreadsheet),
            (b"\xd0\xcf\x11\xe0", "oud.xls", intake.OldWorkbook),
            ("wat;datum\nZoë".encode("latin-1"), "oud.csv", tables.CsvNotUtf8),
            (b'wat,datum\n"a"b,c\n', "stuk.csv", tables.NotACsvFile),
            (a_csv(("wat", "gebied"), ("Lamp", "Noord")), "zonder.csv", tables.MissingColumn),
            (a_csv(("wat", "datum", "lon"), ("Lamp", "1-3-2026", 5)), "p.csv", signals_list.NoPlaceColumn),
            (a_csv(HEADINGS, *[LAMP] * (signals_list.MOST_ROWS + 1)), "veel.csv", signals_list.TooManyRows),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_says_what_is_wrong_with_the_whole_file(
        self, data: bytes, file_name: str, kind: type[ScharnierError]
    ) -> None:
        error = refusal(data, file_name=file_name)

        assert type(error) is kind
        assert "{" not in wording.say_error(error, language="nl") + wording.say_error(error, language="en")

    def test_names_the_column_that_lacks(self) -> None:
        error = refusal(a_csv(("wat", "gebied"), ("Lamp", "Noord")))

        assert "de kolom 'Datum' ontbreekt" in in_words(error)

    def test_unpacks_no_more_than_is_asked(self) -> None:
        book, _ = a_workbook(HEADINGS, LAMP)

        with pytest.raises(tables.TooLarge):
            signals_list.read_list(packed(book), file_name="a.xlsx", onto=HERE, most_bytes=1_000)


class TestTemplate:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_can_be_filled_in_and_read(self, language: wording.Language) -> None:
        book = load_workbook(io.BytesIO(signals_list.write_list_template(HERE, language=language)))
        sheet = book[signals_list.list_form().title(language)]
        for column, value in ((2, "Lamp stuk"), (3, "2026-03-01"), (6, "Noord")):
            sheet.cell(3, column, value)

        found = read_book(book)

        assert [(signal.row, signal.text) for signal in found.signals] == [(3, "Lamp stuk")]
        assert found.refused == ()
        assert found.unread == ()

    def test_is_empty_until_then(self) -> None:
        data = signals_list.write_list_template(HERE, language="nl")

        assert isinstance(refusal(data, file_name="scharnier.xlsx"), signals_list.NoRows)

    def test_lists_the_names_that_cells_can_take(self) -> None:
        book = load_workbook(io.BytesIO(signals_list.write_list_template(HERE, language="nl")))

        rows = list(book["Namen"].iter_rows(values_only=True))

        assert rows[0] == ("Gebied of straat", "Onderwerp", "Groep")
        assert rows[1] == ("Marsstraat", "lawaai, geluid", "Jongeren")
        assert len(rows) == 6

    @pytest.mark.parametrize("name", ["=1+1", "+31", "-2", "@SUM(A1)"])
    def test_makes_a_formula_of_no_name_and_reads_it_back(self, name: str) -> None:
        here = replace(HERE, areas=(replace(HERE.areas[0], name=name),))

        book = load_workbook(io.BytesIO(signals_list.write_list_template(here, language="nl")))
        cells = [cell for row in book["Namen"].iter_rows(min_row=2) for cell in row if cell.value]
        listed = signals_list.read_list(
            a_csv(HEADINGS, ("Lamp", "1-3-2026", cells[0].value)), file_name="a.csv", onto=here
        )

        assert all(cell.data_type == "s" for cell in cells)
        assert str(cells[0].value) == f"'{name}"
        assert listed.signals[0].place.area_id == "noord"

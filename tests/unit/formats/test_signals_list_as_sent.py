# SPDX-License-Identifier: EUPL-1.2
"""Lists of signals as programs and people write them: each way of saving, each heading, each kind of cell."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from scharnier.core import network
from scharnier.core.kernel import Invalid, ScharnierError
from scharnier.core.signals import Grain, Precision
from scharnier.formats import signals_list, tables, wording
from tests.factories import a_location, a_network, a_resident_group, a_topic, an_area

HERE = a_network(
    areas=[
        an_area("noord", name="Noord"),
        an_area("zuid", name="Zuid"),
        an_area("venusstraat", name="Venusstraat", kind=network.AreaKind.STREET, parent="noord"),
    ],
    topics=[
        a_topic("litter", nl="zwerfafval", en="litter"),
        a_topic("noise", nl="lawaai", en="noise"),
    ],
    resident_groups=[a_resident_group("jongeren"), a_resident_group("ouderen")],
    locations=[a_location("buurthuis", area="noord")],
)
LINES = ("Wat{m}Datum{m}Gebied", "Café is lek{m}1-3-2026{m}Noord", "Bank kapot{m}2-3-2026{m}Zuid")
TEXTS = ["Café is lek", "Bank kapot"]


def as_text(*, mark: str = ";", end: str = "\r\n") -> str:
    return end.join(LINES).format(m=mark) + end


def read(data: bytes, *, file_name: str = "lijst.csv") -> signals_list.SignalsList:
    return signals_list.read_list(data, file_name=file_name, onto=HERE)


def read_text(*lines: str) -> signals_list.SignalsList:
    return read("\n".join(lines).encode())


def a_book(*sheets: Iterable[Iterable[object]]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Blad{number}")
        for row in rows:
            sheet.append(list(row))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def read_book(*sheets: Iterable[Iterable[object]]) -> signals_list.SignalsList:
    return read(a_book(*sheets), file_name="lijst.xlsx")


def texts(found: signals_list.SignalsList) -> list[str]:
    assert found.refused == ()
    return [signal.text for signal in found.signals]


def only(found: signals_list.SignalsList) -> signals_list.ListedSignal:
    assert found.refused == ()
    (signal,) = found.signals
    return signal


def codes(found: signals_list.SignalsList) -> list[tuple[int, list[str]]]:
    return [(row.row, [fault.code for fault in row.faults]) for row in found.refused]


def refusal(data: bytes, *, file_name: str = "lijst.csv") -> ScharnierError:
    with pytest.raises(Invalid) as raised:
        read(data, file_name=file_name)
    return raised.value


class TestWaysToSave:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "old Mac"])
    @pytest.mark.parametrize("mark", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"], ids=["plain", "with a mark in front"])
    def test_make_no_difference(self, end: str, mark: str, encoding: str) -> None:
        data = as_text(mark=mark, end=end).encode(encoding)

        assert texts(read(data)) == TEXTS

    @pytest.mark.parametrize(
        "name", ["lijst.csv", "LIJST.CSV", "lijst.txt", "lijst.tsv", "mijn.lijst.v2.Csv"]
    )
    def test_are_known_by_the_end_of_the_name(self, name: str) -> None:
        assert texts(read(as_text().encode(), file_name=name)) == TEXTS

    @pytest.mark.parametrize("name", ["lijst", "lijst.pdf", "lijst.csv.exe", "lijst.ods", ".csv", ""])
    def test_are_no_list_by_another_name(self, name: str) -> None:
        error = refusal(as_text().encode(), file_name=name)

        assert error.code == "signals_list.no_list"

    @pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16"])
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_that_lose_letters_are_refused_with_what_to_do(
        self, encoding: str, language: wording.Language
    ) -> None:
        error = refusal(as_text().encode(encoding))

        assert error.code == "tables.not_utf8"
        assert "UTF-8" in wording.say_error(error, language=language)

    def test_may_leave_out_the_last_end_of_a_line(self) -> None:
        assert texts(read(as_text().rstrip().encode())) == TEXTS

    def test_may_have_empty_lines_and_lines_of_marks_alone(self) -> None:
        found = read_text(
            "Wat;Datum;Gebied", "", "Lamp stuk;1-3-2026;Noord", ";;", "  ;;", "Bank;2-3-2026;Zuid"
        )

        assert [(signal.row, signal.text) for signal in found.signals] == [(3, "Lamp stuk"), (6, "Bank")]
        assert found.refused == ()

    def test_may_hold_a_mark_a_quote_and_an_end_of_line_in_quotes(self) -> None:
        signal = only(
            read_text("Wat;Datum;Gebied", '"Er stond ""stop""; toch\nreed het door";1-3-2026;"Noord"')
        )

        assert signal.text == 'Er stond "stop"; toch\nreed het door'

    def test_may_have_more_cells_than_headings_and_rows_that_stop_early(self) -> None:
        found = read_text(
            "Wat;Datum;Gebied;Ernst", "Lamp stuk;1-3-2026;Noord", "Bank;2-3-2026;Zuid;laag;zo;meer"
        )

        assert texts(found) == ["Lamp stuk", "Bank"]

    def test_of_a_workbook_go_by_what_it_is_and_not_by_its_name(self) -> None:
        data = a_book([("Wat", "Datum", "Gebied"), ("Lamp stuk", "1-3-2026", "Noord")])

        assert texts(read(data, file_name="export.csv")) == ["Lamp stuk"]

    def test_of_a_web_page_called_a_workbook_are_no_list(self) -> None:
        error = refusal(b"<html><table><tr><td>Wat</td></tr></table></html>", file_name="export.xlsx")

        assert error.code == "signals_list.no_list"
        assert wording.say_error(error, language="nl") != wording.say_error(error, language="en")


class TestHeadings:
    @pytest.mark.parametrize(
        "heading",
        [
            "Wat",
            "wat",
            " WAT ",
            "What",
            "omschrijving",
            "Beschrijving",
            "signaal",
            "melding",
            "tekst",
            "text",
        ],
    )
    def test_of_the_words(self, heading: str) -> None:
        assert only(read_text(f"{heading};Datum;Gebied", "Lamp stuk;1-3-2026;Noord")).text == "Lamp stuk"

    @pytest.mark.parametrize(
        "heading", ["Datum", "date", "dag", "wanneer", "Datum melding", "datum signaal", "day", "when"]
    )
    def test_of_the_day(self, heading: str) -> None:
        signal = only(read_text(f"Wat;{heading};Gebied", "Lamp stuk;1-3-2026;Noord"))

        assert signal.happened.on == date(2026, 3, 1)

    @pytest.mark.parametrize(
        "heading",
        ["Plaats", "place", "locatie", "waar", "adres", "straat", "straatnaam", "address", "street"],
    )
    def test_of_the_place(self, heading: str) -> None:
        signal = only(read_text(f"Wat;Datum;{heading}", "Lamp stuk;1-3-2026;Venusstraat"))

        assert (signal.place.precision, signal.place.area_id) == (Precision.STREET, "venusstraat")

    @pytest.mark.parametrize(
        "heading", ["Gebied", "area", "buurt", "wijk", "buurtnaam", "wijknaam", "neighborhood", "district"]
    )
    def test_of_the_area(self, heading: str) -> None:
        assert only(read_text(f"Wat;Datum;{heading}", "Lamp stuk;1-3-2026;Zuid")).place.area_id == "zuid"

    @pytest.mark.parametrize(
        "heading", ["Kenmerk", "reference", "nummer", "nr", "id", "zaaknummer", "meldnummer", "case number"]
    )
    def test_of_the_reference(self, heading: str) -> None:
        signal = only(read_text(f"{heading};Wat;Datum;Gebied", "A-17;Lamp stuk;1-3-2026;Zuid"))

        assert signal.reference == "A-17"

    @pytest.mark.parametrize(
        "heading",
        ["Onderwerpen", "onderwerp", "categorie", "rubriek", "soort", "category", "subject", "kind"],
    )
    def test_of_the_topics(self, heading: str) -> None:
        signal = only(read_text(f"Wat;Datum;Gebied;{heading}", "Lamp stuk;1-3-2026;Zuid;noise"))

        assert signal.topics == {"noise"}

    @pytest.mark.parametrize("heading", ["Groepen", "groep", "bewonersgroep", "doelgroep", "resident groups"])
    def test_of_the_groups(self, heading: str) -> None:
        signal = only(
            read(
                "\n".join((f"Wat;Datum;Gebied;{heading}", 'Lamp;1-3-2026;Zuid;"jongeren; ouderen"')).encode()
            )
        )

        assert signal.resident_group_ids == {"jongeren", "ouderen"}

    @pytest.mark.parametrize(
        "heading", ["Ernst", "hoe erg", "urgentie", "prioriteit", "severity", "priority"]
    )
    def test_of_how_serious_it_is(self, heading: str) -> None:
        signal = only(read_text(f"Wat;Datum;Gebied;{heading}", "Lamp stuk;1-3-2026;Zuid;hoog"))

        assert signal.seriousness.value == "dangerous"

    @pytest.mark.parametrize(
        ("lon", "lat"),
        [("Lengtegraad", "Breedtegraad"), ("longitude", "latitude"), ("lng", "lat"), ("lengte", "breedte")],
    )
    def test_of_a_point(self, lon: str, lat: str) -> None:
        spot = only(read_text(f"Wat;Datum;{lon};{lat}", "Lamp stuk;1-3-2026;5,12;52,09")).place.spot

        assert spot is not None
        assert (spot.longitude, spot.latitude) == (5.12, 52.09)

    def test_may_stand_in_any_order(self) -> None:
        assert texts(read_text("Ernst;Gebied;Wat;Datum", "laag;Noord;Lamp stuk;1-3-2026")) == ["Lamp stuk"]

    @pytest.mark.parametrize("n_above", [0, 1, 19])
    def test_may_stand_lower_down(self, n_above: int) -> None:
        above = [f"Regel {number}" for number in range(n_above)]

        found = read_text(*above, "Wat;Datum;Gebied", "Lamp stuk;1-3-2026;Noord")

        assert [signal.row for signal in found.signals] == [n_above + 2]

    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize(
        ("headings", "lacks"),
        [
            ("Datum;Gebied", {"nl": "Wat", "en": "What"}),
            ("Wat;Gebied", {"nl": "Datum", "en": "Date"}),
        ],
    )
    def test_that_lack_are_named(
        self, headings: str, lacks: dict[str, str], language: wording.Language
    ) -> None:
        error = refusal(f"{headings}\nLamp stuk;Noord\n".encode())

        assert error.code == "tables.missing_column"
        assert lacks[language] in wording.say_error(error, language=language)

    @pytest.mark.parametrize("headings", ["Wat;Datum", "Wat;Datum;lon", "Wat;Datum;lat", "Wat;Datum;huisnr"])
    def test_must_say_where_it_was(self, headings: str) -> None:
        error = refusal(f"{headings}\nLamp stuk;1-3-2026;5\n".encode())

        assert error.code == "signals_list.no_place_column"


class TestCellsOfAWorkbook:
    HEADINGS = ("Kenmerk", "Wat", "Datum", "Plaats", "Huisnummer", "Gebied")

    def one(self, **cells: object) -> signals_list.SignalsList:
        told: dict[str, object] = {
            "Wat": "Lamp stuk",
            "Datum": date(2026, 3, 1),
            "Gebied": "Noord",
            **cells,
        }
        return read_book([tuple(told), tuple(told.values())])

    @pytest.mark.parametrize("written", [17, 17.0, "17", " 17 "])
    def test_are_the_same_reference_as_a_number_or_as_text(self, written: object) -> None:
        assert only(self.one(Kenmerk=written)).reference == "17"

    @pytest.mark.parametrize(("written", "words"), [(12, "Venusstraat 12"), ("12a", "Venusstraat 12a")])
    def test_are_a_house_number(self, written: object, words: str) -> None:
        place = only(self.one(Plaats="Venusstraat", Huisnummer=written)).place

        assert (place.precision, place.words) == (Precision.ADDRESS, words)

    @pytest.mark.parametrize(
        "written",
        [date(2026, 3, 1), datetime(2026, 3, 1, 23, 59), "2026-03-01", "1-3-2026", "01/03/2026 23:59"],  # noqa: DTZ001
    )
    def test_are_a_day(self, written: object) -> None:
        happened = only(self.one(Datum=written)).happened

        assert (happened.on, happened.grain) == (date(2026, 3, 1), Grain.DAY)

    @pytest.mark.parametrize("written", [46082, 0, True, time(9, 30), "45-3-2026", "29-2-2026", "maart"])
    def test_are_no_day(self, written: object) -> None:
        assert codes(self.one(Datum=written)) == [(2, ["tables.wrong_date"])]

    @pytest.mark.parametrize(("lon", "lat"), [(5.12, 52.09), ("5.12", "52,09"), (5, 52)])
    def test_are_degrees(self, lon: object, lat: object) -> None:
        spot = only(self.one(Gebied=None, lon=lon, lat=lat)).place.spot

        assert spot is not None
        assert (round(spot.longitude), round(spot.latitude)) == (5, 52)

    @pytest.mark.parametrize(
        ("lon", "lat", "code"),
        [
            ("5°7'", 52, "tables.wrong_number"),
            (5, "N 52", "tables.wrong_number"),
            (135000, 52, "tables.wrong_number"),
            (None, 52, "tables.empty_cell"),
            (5, None, "tables.empty_cell"),
        ],
    )
    def test_are_no_point(self, lon: object, lat: object, code: str) -> None:
        assert codes(self.one(lon=lon, lat=lat)) == [(2, [code])]

    @pytest.mark.parametrize("written", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?"])
    def test_with_an_error_are_refused_and_said_by_their_column(self, written: str) -> None:
        found = self.one(Gebied=written)

        assert codes(found) == [(2, ["tables.error_in_cell"])]
        assert "Gebied" in wording.say_error(found.refused[0].faults[0], language="nl")

    def test_are_read_of_every_sheet_that_is_a_list(self) -> None:
        rows = [("Wat", "Datum", "Gebied"), ("Lamp stuk", "1-3-2026", "Noord")]

        found = read_book(rows, [("Uitleg",), ("Vul in",)], rows)

        assert [(signal.sheet, signal.row) for signal in found.signals] == [("Blad1", 2), ("Blad3", 2)]

    def test_may_name_one_reference_once_over_all_sheets(self) -> None:
        rows = [("Kenmerk", "Wat", "Datum", "Gebied"), ("17", "Lamp stuk", "1-3-2026", "Noord")]

        found = read_book(rows, rows)

        assert len(found.signals) == 1
        assert codes(found) == [(2, ["signals_list.signal_twice"])]

    def test_that_say_the_same_without_reference_are_two_signals(self) -> None:
        row = ("Lamp stuk", "1-3-2026", "Noord")

        assert texts(read_book([("Wat", "Datum", "Gebied"), row, row])) == ["Lamp stuk"] * 2

    def test_of_an_empty_book_are_no_rows(self) -> None:
        assert refusal(a_book([]), file_name="leeg.xlsx").code == "signals_list.no_rows"


class TestMostRows:
    def test_are_taken_and_one_more_is_refused_with_both_numbers(self) -> None:
        row = "Lamp stuk;1-3-2026;Noord"
        most = ["Wat;Datum;Gebied", *[row] * signals_list.MOST_ROWS]

        assert len(read_text(*most).signals) == signals_list.MOST_ROWS

        error = refusal("\n".join([*most, row]).encode())
        assert error.facts == {"rows": signals_list.MOST_ROWS + 1, "most": signals_list.MOST_ROWS}

    def test_do_not_count_notes_and_empty_rows(self) -> None:
        row = "Lamp stuk;1-3-2026;Noord"
        lines = ["Wat;Datum;Gebied", "#voorbeeld;;", ";;", *[row] * signals_list.MOST_ROWS, "# einde;;"]

        assert len(read_text(*lines).signals) == signals_list.MOST_ROWS


class TestSeveralFaults:
    def test_of_one_row_are_all_said_at_once(self) -> None:
        found = read_text("Wat;Datum;Gebied;Ernst;Onderwerp", "Lamp stuk;gisteren;Atlantis;rampzalig;draken")

        assert found.signals == ()
        ((row, said),) = codes(found)
        assert row == 2
        assert {"tables.wrong_date", "tables.wrong_choice"} <= set(said)

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_name_sheet_row_and_column_in_words(self, language: wording.Language) -> None:
        found = read_text("Wat;Datum;Gebied", "Lamp stuk;1-3-2026;Noord", "Bank;31-6-2026;Noord")
        (fault,) = found.refused[0].faults

        said = wording.say_error(fault, language=language)

        assert isinstance(fault, tables.CellFault)
        assert [word for word in ("lijst", "3", "Datum", "31-6-2026") if word not in said] == []

    def test_do_not_spoil_the_rows_beside_it(self) -> None:
        lines = [f"Signaal {number};{'1-3-2026' if number % 2 else 'ooit'};Noord" for number in range(20)]

        found = read_text("Wat;Datum;Gebied", *lines)

        assert [signal.text for signal in found.signals] == [f"Signaal {n}" for n in range(1, 20, 2)]
        assert [row.row for row in found.refused] == list(range(2, 22, 2))

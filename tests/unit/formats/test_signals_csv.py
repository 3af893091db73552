# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import gzip
from datetime import date
from math import hypot

import pytest

from scharnier.core.detection import Sighting
from scharnier.core.kernel import ScharnierError
from scharnier.formats import signals_csv, wording
from scharnier.formats.signals_csv import Columns

HEAD = "date,partner,x,y\n"
ROW = "2026-03-01,police,5.5,7\n"
SEEN = Sighting(partner="police", x_m=5.5, y_m=7.0, on=date(2026, 3, 1))


def read(text, columns=None):
    return signals_csv.read_signals(text.encode(), columns or Columns()).sightings


def complaint(data, columns=None):
    """What is said of a file that cannot be read."""
    with pytest.raises(ScharnierError) as error:
        signals_csv.read_signals(data if isinstance(data, bytes) else data.encode(), columns or Columns())
    said = {language: wording.say_error(error.value, language=language) for language in ("nl", "en")}
    assert said["nl"] != said["en"]
    return said["en"].translate({0x2018: "'", 0x2019: "'"})


class TestReadSignals:
    def test_reads_who_where_and_when(self):
        assert read(HEAD + ROW) == (SEEN,)

    def test_reads_what_is_packed(self):
        packed = gzip.compress((HEAD + ROW).encode())

        assert signals_csv.read_signals(packed).sightings == (SEEN,)

    @pytest.mark.parametrize(
        "text",
        [
            "\ufeff" + HEAD + ROW,
            HEAD.replace(",", ";") + ROW.replace(",", ";").replace("5.5", "5,5"),
            HEAD.replace(",", "\t") + ROW.replace(",", "\t"),
            (HEAD + ROW).replace("\n", "\r\n"),
            " date , partner ,x,y\n 2026-03-01 , police , 5.5 , 7 \n",
            'y,more,x,partner,date\n7,"a, b",5.5,police,2026-03-01\n',
            HEAD + "\n" + ROW + "\n,,,\n",
        ],
        ids=["mark", "semicolons", "tabs", "windows", "spaces", "other order", "empty lines"],
    )
    def test_reads_files_as_people_make_them(self, text):
        assert read(text) == (SEEN,)

    @pytest.mark.parametrize(
        "day", ["2026-03-01", "2026-03-01T23:59:00+01:00", "2026-03-01 08:00", "1-3-2026", "01/03/2026"]
    )
    def test_reads_days_as_people_write_them(self, day):
        assert read(f"{HEAD}{day},police,5.5,7\n")[0].on == date(2026, 3, 1)

    def test_reads_columns_by_other_names(self):
        columns = Columns(date="dag", partner="wie", x="oost", y="noord")

        assert read("dag,wie,oost,noord,x,y\n2026-03-01,police,5.5,7,1,1\n", columns) == (SEEN,)

    def test_needs_nobody_when_it_does_not_matter_who(self):
        (seen,) = read("date,x,y\n2026-03-01,5.5,7\n", Columns(partner=None))

        assert seen.partner == signals_csv.ALL

    def test_takes_metres_rather_than_degrees(self):
        assert read("date,partner,lon,lat,x,y\n2026-03-01,police,4,52,5.5,7\n") == (SEEN,)

    def test_takes_degrees_when_they_are_asked_for(self):
        file = signals_csv.read_signals(
            b"date,partner,lon,lat,x,y\n2026-03-01,police,4,52,5.5,7\n", Columns(lon="lon")
        )

        assert file.written((file.sightings[0].x_m, file.sightings[0].y_m)) == (4.0, 52.0)


class TestDegrees:
    FILE = "date,partner,lon,lat\n2026-03-01,a,4.88,52.36\n2026-03-01,a,4.92,52.38\n2026-03-01,a,4.90,52.37\n"

    def test_become_metres_that_are_true_to_a_thousandth(self):
        """Between the first two: 2,724 m east at 52.37 degrees north, and 2,224 m north."""
        one, other, _ = read(self.FILE)

        distance = hypot(other.x_m - one.x_m, other.y_m - one.y_m)
        assert distance == pytest.approx(hypot(0.04 * 67_905, 0.02 * 111_195), rel=1e-3)

    def test_are_written_as_they_were_read(self):
        file = signals_csv.read_signals(self.FILE.encode())

        written = [file.written((each.x_m, each.y_m)) for each in file.sightings]
        assert written == [(4.88, 52.36), (4.92, 52.38), (4.9, 52.37)]
        assert [file.placed(place) for place in written] == [
            pytest.approx((each.x_m, each.y_m), abs=0.1) for each in file.sightings
        ]

    @pytest.mark.parametrize(("place", "wrong"), [("181,52", "181"), ("4,91", "91"), ("52000,4", "52000")])
    def test_lie_on_earth(self, place, wrong):
        said = complaint(f"date,partner,lon,lat\n2026-03-01,a,4,52\n2026-03-01,a,{place}\n")

        assert said.startswith(f"Line 3: '{wrong}' in the column")


class TestRefusals:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (
                HEAD + ROW + "2026-02-30,police,1,2\n",
                "Line 3: '2026-02-30' in the column 'date' is not a day",
            ),
            (HEAD + "gisteren,police,1,2\n", "Line 2: 'gisteren' in the column 'date' is not a day"),
            (HEAD + "32-1-2026,police,1,2\n", "Line 2: '32-1-2026'"),
            (HEAD + "2026-03-01,police,hier,2\n", "Line 2: 'hier' in the column 'x' is not a place"),
            (HEAD + "2026-03-01,police,1,nan\n", "Line 2: 'nan' in the column 'y' is not a place"),
            (HEAD + "2026-03-01,police,1,inf\n", "Line 2: 'inf' in the column 'y' is not a place"),
            (HEAD + "2026-03-01,police,1e300,1\n", "Line 2: '1e+300' in the column 'x' is not a place"),
            (HEAD + ROW + "2026-03-01,,1,2\n", "Line 3: the column 'partner' is empty"),
            (HEAD + "2026-03-01,police,1\n", "Line 2: the column 'y' is empty"),
            (HEAD, "There are no signals under the line of headings"),
            ("", "Line 1 has no column 'date'"),
            ("date,x,y\n" + ROW, "Line 1 has no column 'partner'. Choose with an option such as"),
            ("date,partner,x\n" + ROW, "Line 1 has no columns x and y (metres) or lon and lat (degrees)"),
            (HEAD + '2026-03-01,"police,1,2\n', "Line 2 is not CSV"),
            (HEAD.encode() + b"2026-03-01,caf\xe9,1,2\n", "Line 2 is not UTF-8"),
        ],
    )
    def test_name_the_line_and_what_to_do(self, text, said):
        assert complaint(text).startswith(said)

    @pytest.mark.parametrize("part", [slice(0, 30), slice(0, -4)])
    def test_are_made_of_a_damaged_packed_file(self, part):
        assert "damaged or not complete" in complaint(gzip.compress(bytes(range(256)) * 9)[part])

    def test_are_made_of_a_file_that_unpacks_to_too_much(self, monkeypatch):
        monkeypatch.setattr(signals_csv, "MOST_BYTES", 2_000_000)

        assert "larger than 2 MB" in complaint(gzip.compress(b"x" * 2_000_001))

    @pytest.mark.parametrize("columns", [Columns(x="oost"), Columns(lat="breedte"), Columns(date="dag")])
    def test_name_the_columns_that_are_there(self, columns):
        assert complaint(HEAD + ROW, columns).endswith("from: date, partner, x, y.")

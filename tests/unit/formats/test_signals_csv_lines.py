# SPDX-License-Identifier: EUPL-1.2
"""A line that cannot be read is named as an editor counts it, however the file was saved."""

from __future__ import annotations

import gzip

import pytest

from scharnier.core.kernel import Invalid
from scharnier.formats import signals_csv
from scharnier.formats.signals_csv import Columns

HEADINGS = b"date,partner,x,y\n"
USUAL = Columns()
GOOD = b"2026-03-01,police,1,2\n"
MARK = b"\xef\xbb\xbf"  # as Excel begins a file
BAD_LINES = {
    b"2026-03-01,police,1,\xff\n": signals_csv.SignalsNotUtf8,
    b"2026-02-31,police,1,2\n": signals_csv.NoDay,
    b"yesterday,police,1,2\n": signals_csv.NoDay,
    b"31-13-2026,police,1,2\n": signals_csv.NoDay,
    b"2026-03-01,police,here,2\n": signals_csv.NoPlace,
    b"2026-03-01,police,1,inf\n": signals_csv.NoPlace,
    b"2026-03-01,police,1,nan\n": signals_csv.NoPlace,
    b"2026-03-01,police,1e9,2\n": signals_csv.NoPlace,
    b"2026-03-01,,1,2\n": signals_csv.EmptyField,
    b"2026-03-01,police,1\n": signals_csv.EmptyField,
    b" ,police,1,2\n": signals_csv.EmptyField,
    b'2026-03-01,"police"x,1,2\n': signals_csv.SignalsNotCsv,
}


def refusal_of(data: bytes, columns: Columns = USUAL) -> Invalid:
    with pytest.raises(Invalid) as refusal:
        signals_csv.read_signals(data, columns)
    return refusal.value


class TestReadSignals:
    @pytest.mark.parametrize("n_before", [0, 1, 7])
    @pytest.mark.parametrize("start", [b"", MARK])
    @pytest.mark.parametrize("bad", BAD_LINES)
    def test_names_the_line(self, bad, start, n_before):
        found = refusal_of(start + HEADINGS + GOOD * n_before + bad + GOOD)

        assert type(found) is BAD_LINES[bad]
        assert found.facts["line"] == n_before + 2

    @pytest.mark.parametrize("bad", BAD_LINES)
    def test_names_the_same_line_of_a_packed_file(self, bad):
        data = HEADINGS + GOOD + bad

        assert refusal_of(gzip.compress(data)).facts == refusal_of(data).facts

    @pytest.mark.parametrize("start", [b"", MARK])
    def test_counts_a_character_at_the_start_of_a_line_to_that_line(self, start):
        assert refusal_of(start + b"a\n\xff").facts == {"line": 2}

    def test_counts_empty_lines_too(self):
        assert refusal_of(HEADINGS + b"\n\n" + GOOD + b"\nlater,police,1,2\n").facts["line"] == 6

    def test_counts_lines_within_a_field(self):
        data = b'date,partner,x,y,words\n2026-03-01,police,1,2,"one\ntwo"\nlater,police,1,2,no\n'

        assert refusal_of(data).facts["line"] == 4

    @pytest.mark.parametrize("end", [b"\n", b"\r\n"])
    def test_reads_lines_however_they_end(self, end):
        data = (HEADINGS + GOOD * 2).replace(b"\n", end)

        assert len(signals_csv.read_signals(data).sightings) == 2

    @pytest.mark.parametrize(
        ("columns", "missing"),
        [
            (Columns(date="day"), "day"),
            (Columns(partner="who"), "who"),
            (Columns(x="east"), "east"),
            (Columns(y="up"), "up"),
            (Columns(lon="lon"), "lon"),
            (Columns(topics="about"), "about"),
        ],
    )
    def test_names_the_column_that_is_missing_and_those_that_are_there(self, columns, missing):
        found = refusal_of(HEADINGS + GOOD, columns)

        assert type(found) is signals_csv.NoSuchColumn
        assert found.facts == {"column": missing, "known": ("date", "partner", "x", "y")}

    @pytest.mark.parametrize("data", [HEADINGS, HEADINGS + b"\n\n", HEADINGS + b" , , ,\n", MARK + HEADINGS])
    def test_says_that_nothing_was_seen(self, data):
        assert type(refusal_of(data)) is signals_csv.NoSignals

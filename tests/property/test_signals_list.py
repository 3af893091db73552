# SPDX-License-Identifier: EUPL-1.2
"""Laws of a list of signals: every row that somebody filled in is read or refused, whatever is in it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.kernel import Invalid
from scharnier.formats import signals_list
from tests.factories import a_network, a_resident_group, a_topic, an_area

HERE = a_network(areas=[an_area("noord")], topics=[a_topic("litter")], resident_groups=[a_resident_group()])
HEADINGS = ("wat", "datum", *list(signals_list.list_form().columns)[3:], "reference")
cells = st.one_of(
    st.sampled_from(
        ["", "Noord", "2026-03-01", "2026-W10", "3-2026", "litter", "jongeren", "5,1", "52", "12"]
    ),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
)
tables = st.lists(st.lists(cells, min_size=len(HEADINGS), max_size=len(HEADINGS)), max_size=5)


def a_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADINGS, *rows])
    return text.getvalue().encode()


def is_filled(row: list[str]) -> bool:
    """Whether there is anything in a row, and it is no note."""
    first = next((cell.strip() for cell in row if cell.strip()), "")
    return bool(first) and (not first.startswith("#") or first in {"#N/A", "#NUM!", "#REF!"})


class TestReadList:
    @given(rows=tables)
    def test_reads_or_refuses_every_row(self, rows: list[list[str]]) -> None:
        filled = [number for number, row in enumerate(rows, start=2) if is_filled(row)]
        if not filled:
            return

        found = signals_list.read_list(a_csv(rows), file_name="a.csv", onto=HERE)

        assert sorted(one.row for one in (*found.signals, *found.refused)) == filled
        assert all(row.faults for row in found.refused)
        assert found.unread == ()

    @given(rows=tables)
    def test_reads_a_row_the_same_wherever_it_stands(self, rows: list[list[str]]) -> None:
        alone = [[*row[:-1], ""] for row in rows if is_filled([*row[:-1], ""])]
        if not alone:
            return

        forwards = signals_list.read_list(a_csv(alone), file_name="a.csv", onto=HERE)
        backwards = signals_list.read_list(a_csv(alone[::-1]), file_name="a.csv", onto=HERE)

        assert [one.text for one in forwards.signals] == [one.text for one in backwards.signals][::-1]

    @given(data=st.binary(max_size=200), end=st.sampled_from(["csv", "xlsx", "pdf"]))
    def test_of_any_file_says_what_is_wrong(self, data: bytes, end: str) -> None:
        with pytest.raises(Invalid) as raised:
            signals_list.read_list(data, file_name=f"lijst.{end}", onto=HERE)

        assert raised.value.code.partition(".")[0] in {"signals_list", "tables", "intake"}

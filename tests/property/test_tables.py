# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scharnier.core import network
from scharnier.core.kernel import ScharnierError
from scharnier.formats import tables
from tests.factories import a_full_network
from tests.strategies import CELL_TEXT, networks

cells = st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(max_size=8)
names = st.sampled_from(("mensen", "rollen", "banden", "organisaties", "gebieden", "Blad1"))
headings = st.sampled_from(("naam", "id", "van", "naar", "tot", "onderwerpen", "onderdeel van", "gezien op"))


def refusal_by(read: Callable[[], object]) -> ScharnierError | None:
    try:
        read()
    except ScharnierError as error:
        return error
    return None


class TestWriteTables:
    @settings(max_examples=25)
    @given(whole=networks(texts=CELL_TEXT))
    def test_is_undone_by_reading(self, whole: network.Network) -> None:
        told = dict.fromkeys(
            ("areas", "organizations", "communities", "resident_groups", "persons", "memberships", "ties"), ()
        )
        bare = replace(whole, services=(), locations=(), **told)  # type: ignore[arg-type]  # fields by name

        grown = tables.read_tables(tables.write_tables(whole), onto=bare)

        assert grown == replace(whole, services=(), locations=())

    @settings(max_examples=25)
    @given(whole=networks(texts=CELL_TEXT))
    def test_reads_as_nothing_new_onto_itself(self, whole: network.Network) -> None:
        assert tables.read_tables(tables.write_tables(whole), onto=whole) == whole


class TestReadTables:
    @given(
        name=names,
        rows=st.lists(st.lists(cells, max_size=4).map(tuple), max_size=4),
        titles=st.lists(headings),
    )
    def test_fails_in_one_of_our_ways_on_any_cells(
        self, name: str, rows: list[tuple[object, ...]], titles: list[str]
    ) -> None:
        grid = tables.Grid(name=name, rows=(tuple(titles), *rows))  # type: ignore[arg-type]  # any cells

        refused = refusal_by(lambda: tables.read_tables([grid], onto=a_full_network()))

        assert refused is None or refused.facts["faults"]

    @given(data=st.binary(max_size=60))
    def test_fails_in_one_of_our_ways_on_any_bytes(self, data: bytes) -> None:
        refused = (
            refusal_by(lambda: tables.read_workbook(data)),
            refusal_by(lambda: tables.read_zip(data)),
            refusal_by(lambda: tables.read_csv_files({"people.csv": data})),
        )

        assert all(error is None or error.code.startswith("tables.") for error in refused)
        assert None not in refused[:2]

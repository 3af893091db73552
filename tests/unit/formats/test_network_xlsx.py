# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

from scharnier.formats import listing, network_csv, network_xlsx, tables
from tests.factories import DAY, a_full_network, a_network, a_person


class TestWriteWorkbook:
    def test_is_read_back_as_it_was(self) -> None:
        whole = a_full_network()
        empty = replace(a_network(), topics=whole.topics)

        found = tables.read_tables(tables.read_workbook(network_xlsx.write_workbook(whole)), onto=empty)

        assert (found.persons, found.memberships, found.ties) == (
            whole.persons,
            whole.memberships,
            whole.ties,
        )

    def test_computes_nothing(self) -> None:
        sly = a_network(persons=[a_person("ria", name="=1+1")])

        (grid,) = [
            grid
            for grid in tables.read_workbook(network_xlsx.write_workbook(sly))
            if tables.part_named(grid.name) == "persons"
        ]

        assert "'=1+1" in grid.rows[1]


class TestWithoutConsents:
    def test_leaves_everything_but_consents(self) -> None:
        whole = a_full_network()

        bare = listing.without_consents(whole)

        assert not any(person.consents for person in bare.persons)
        assert replace(bare, persons=whole.persons) == whole


class TestPackTables:
    def test_holds_everybody_whom_the_caller_chose(self) -> None:
        whole = a_network(persons=[a_person("ria", name="Ria", purposes=())])

        packed = tables.read_csv_files(tables.read_zip(network_csv.pack_tables(whole)))
        listed = tables.read_csv_files(tables.read_zip(network_csv.write_zip(whole, on=DAY)))

        assert [len(grid.rows) for grid in packed if grid.name == "people"] == [2]
        assert [len(grid.rows) for grid in listed if grid.name == "people"] == [1]

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import csv
import io
from dataclasses import replace

from scharnier.formats import network_csv, tables
from tests.factories import DAY, a_full_network, a_network, a_person

NAMES = ["areas", "organizations", "communities", "groups", "people", "memberships", "ties"]


class TestWriteCsvFiles:
    def test_writes_a_file_for_each_part(self) -> None:
        files = network_csv.write_csv_files(a_full_network(), on=DAY)

        assert list(files) == [f"{name}.csv" for name in NAMES]

    def test_can_be_read_again(self) -> None:
        whole = a_full_network()

        grids = tables.read_csv_files(network_csv.write_csv_files(whole, on=DAY))

        assert tables.read_tables(grids, onto=a_network(topics=whole.topics)) == replace(
            whole, locations=(), services=()
        )

    def test_leaves_out_who_did_not_agree(self) -> None:
        whole = a_network(persons=[a_person("stille", purposes=()), a_person("ria")])

        text = network_csv.write_csv_files(whole, on=DAY)["people.csv"].decode("utf-8-sig")

        assert [row["Id"] for row in csv.DictReader(io.StringIO(text))] == ["ria"]

    def test_tells_spreadsheet_programs_that_it_is_utf_8(self) -> None:
        files = network_csv.write_csv_files(a_network(persons=[a_person(name="Zoë")]), on=DAY)

        assert files["people.csv"].startswith(b"\xef\xbb\xbf")


class TestWriteZip:
    def test_holds_the_files(self) -> None:
        whole = a_full_network()

        unpacked = tables.read_zip(network_csv.write_zip(whole, on=DAY))

        assert unpacked == network_csv.write_csv_files(whole, on=DAY)

    def test_is_the_same_for_the_same_network(self) -> None:
        assert network_csv.write_zip(a_full_network(), on=DAY) == network_csv.write_zip(
            a_full_network(), on=DAY
        )

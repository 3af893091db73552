# SPDX-License-Identifier: EUPL-1.2
import csv
import io

import pytest

from scharnier.core import audit
from scharnier.formats import audit_csv
from tests.unit.audit.events import a_chain, an_event


def _rows(entries):
    text = audit_csv.write_audit_csv(entries).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


class TestWriteAuditCsv:
    def test_gives_every_part_of_an_event_a_column(self):
        (entry,) = a_chain([an_event()])

        (row,) = _rows([entry])

        assert row == {
            "number": "1",
            "at": "2026-03-29T12:00:00+00:00",
            "actor_id": "samira",
            "on_behalf_of": "schuldhulp",
            "act": "card.read",
            "kind": "person",
            "object_id": "karel",
            "purpose": "contact",
            "basis": "consent",
            "outcome": "done",
            "facts": "format=page topic_1=debt",
            "digest": entry.digest,
        }

    def test_keeps_the_order_of_the_log(self):
        chain = a_chain([an_event(object_id=f"p{number}") for number in range(3)])

        assert [row["object_id"] for row in _rows(chain)] == ["p0", "p1", "p2"]

    def test_names_its_columns_when_there_is_nothing(self):
        text = audit_csv.write_audit_csv([]).decode("utf-8-sig")

        assert text.splitlines() == [",".join(audit_csv.COLUMNS)]

    def test_keeps_number_and_digest_of_what_is_no_event_any_more(self):
        (row,) = _rows([audit.Entry(number=7, event=None, digest="ab")])

        assert {name: value for name, value in row.items() if value} == {"number": "7", "digest": "ab"}

    def test_leaves_the_system_without_a_name(self):
        assert _rows(a_chain([an_event(actor_id=None)]))[0]["actor_id"] == ""

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_makes_a_cell_harmless_that_would_be_a_formula(self, start):
        (row,) = _rows(a_chain([an_event(object_id=f"{start}SUM(A1)", actor_id=f"{start}1")]))

        assert (row["object_id"], row["actor_id"]) == (f"'{start}SUM(A1)", f"'{start}1")

    @pytest.mark.parametrize("object_id", ["a,b", 'a"b', "a\nb", "é", "a=b", "'x"])
    def test_gives_any_other_identifier_back_as_it_was(self, object_id):
        assert _rows(a_chain([an_event(object_id=object_id)]))[0]["object_id"] == object_id

    def test_begins_with_the_mark_by_which_a_spreadsheet_knows_its_letters(self):
        assert audit_csv.write_audit_csv([]).startswith(b"\xef\xbb\xbf")

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from scharnier.core import network
from scharnier.core.kernel import ScharnierError
from scharnier.formats import network_json
from tests.factories import a_full_network, a_network, a_person, a_tie

SCHEMA = Path(__file__).parents[3] / "docs" / "reference" / "network.schema.json"


def a_file(*, instead_of: str = "", comes: str = "") -> bytes:
    """The file of the full network, with one text in it replaced."""
    text = network_json.write_network(a_full_network()).decode()
    assert instead_of in text
    return text.replace(instead_of, comes).encode()


def faults_in(data: bytes) -> list[tuple[type[ScharnierError], object]]:
    with pytest.raises(network_json.MalformedNetwork) as raised:
        network_json.read_network(data)
    return [(type(fault), fault.facts["place"]) for fault in raised.value.faults]


class TestWriteNetwork:
    def test_loses_nothing(self) -> None:
        whole = a_full_network()

        assert network_json.read_network(network_json.write_network(whole)) == whole

    def test_writes_one_item_a_line_so_that_versions_compare(self) -> None:
        lines = network_json.write_network(a_full_network()).decode().splitlines()

        written = json.loads(next(line for line in lines if '"source_id":"karel"' in line))
        assert (written["target_id"], written["observed_date"]) == ("samira", "2025-03-29")

    def test_writes_sets_in_order(self) -> None:
        languages = " ".join(f"x-{number}" for number in range(50))
        data = network_json.write_network(a_network(persons=[a_person(languages=languages)]))

        written = json.loads(data)["network"]["persons"][0]["languages"]
        assert written == sorted(written)

    def test_keeps_line_breaks_inside_texts(self) -> None:
        whole = a_network(persons=[a_person(summary="één\nof\r\ntwee\u2028 regels")])

        assert network_json.read_network(network_json.write_network(whole)) == whole

    def test_includes_those_who_are_not_listed(self) -> None:
        data = network_json.write_network(a_network(persons=[a_person("stille", purposes=())]))

        assert b'"id":"stille"' in data


class TestReadNetwork:
    def test_reads_a_file_without_the_fields_that_have_defaults(self) -> None:
        data = b'{"format": "scharnier-network", "version": 1, "network": {"id": "n", "name": "N"}}'

        assert network_json.read_network(data) == network.Network(id="n", name="N")  # type: ignore[arg-type]  # plain text

    def test_passes_over_a_byte_order_mark(self) -> None:
        assert network_json.read_network(b"\xef\xbb\xbf" + a_file()) == a_full_network()

    @pytest.mark.parametrize(
        ("data", "line"),
        [
            (b"", 1),
            (a_file()[:-300], 35),
            (a_file() + b"{", 42),
            (b'{"network":\n' + b"[" * 100_000, 2),
            (b"id,name\n", 1),
        ],
        ids=["empty", "truncated", "trailing", "deep", "csv"],
    )
    def test_refuses_what_is_not_json(self, data: bytes, line: int) -> None:
        with pytest.raises(network_json.NotJson) as raised:
            network_json.read_network(data)

        assert raised.value.facts == {"line": line}

    @pytest.mark.parametrize(
        ("data", "line"),
        [
            (a_file(instead_of='"Karel"', comes='"Andr@"').replace(b"@", b"\xe9"), 30),
            (a_file().decode().encode("utf-16"), 1),
            (b'{"format": "\xe9"}', 1),
        ],
        ids=["latin-1", "utf-16", "head"],
    )
    def test_refuses_what_is_not_utf_8(self, data: bytes, line: int) -> None:
        with pytest.raises(network_json.NotUtf8) as raised:
            network_json.read_network(data)

        assert raised.value.facts == {"line": line}

    @pytest.mark.parametrize(
        "data", [b"[]", b"{}", b'{"type": "FeatureCollection"}', b'{"format": 3}', b"null"]
    )
    def test_refuses_json_of_another_kind(self, data: bytes) -> None:
        with pytest.raises(network_json.NotANetwork):
            network_json.read_network(data)

    def test_refuses_a_file_of_a_later_release(self) -> None:
        with pytest.raises(network_json.NewerVersion) as raised:
            network_json.read_network(a_file(instead_of='"version": 1', comes='"version": 2'))

        assert raised.value.facts == {"version": 2, "known": 1}

    def test_refuses_a_reference_to_nothing(self) -> None:
        with pytest.raises(network.InvalidNetwork) as raised:
            network_json.read_network(a_file(instead_of='"source_id":"karel"', comes='"source_id":"carel"'))

        assert [problem.place for problem in raised.value.problems] == ["ties[1].source_id"]


class TestMalformedNetwork:
    @pytest.mark.parametrize(
        ("instead_of", "comes", "fault", "place"),
        [
            ('"name":"Karel"', '"name":3', network_json.WrongValue, "persons[1].name"),
            ('"name":"Karel",', "", network_json.MissingField, "persons[1]"),
            ('"name":"Karel"', '"name":""', network_json.BrokenRule, "persons[1]"),
            ('"name":"Karel"', '"name":"Karel","age":40', network_json.UnknownField, "persons[1]"),
            ('"id":"koor"', '"id":null', network_json.WrongValue, "communities[0].id"),
            ('"2025-03-29"', '"29-3-2025"', network_json.WrongValue, "ties[1].observed_date"),
            ('"strength":0.5', '"strength":5', network_json.BrokenRule, "ties[1]"),
            ('"district"', '"province"', network_json.WrongValue, "areas[0].kind"),
            ('["money"]', "[1]", network_json.WrongValue, "topics[1].broader_ids[0]"),
            ('"name": "Kruisveld"', '"nom": "Kruisveld"', network_json.UnknownField, "network"),
            ('"language": "nl"', '"language": {}', network_json.WrongValue, "language"),
            ('"version": 1', '"version": 0', network_json.WrongValue, "version"),
            ('"version": 1', '"version": 1, "by": "me"', network_json.UnknownField, "network"),
        ],
    )  # fmt: skip
    def test_names_the_place(
        self, instead_of: str, comes: str, fault: type[ScharnierError], place: str
    ) -> None:
        data = a_file(instead_of=instead_of, comes=comes)

        assert faults_in(data) == [(fault, place)]

    def test_names_the_innermost_item_that_breaks_a_rule(self) -> None:
        data = a_file(instead_of='"open_requests":0', comes='"open_requests":-1')

        assert faults_in(data) == [
            (network_json.BrokenRule, "persons[0].availability"),
            (network_json.BrokenRule, "persons[1].availability"),
        ]

    def test_names_an_item_of_a_list_inside_an_item(self) -> None:
        data = a_file(
            instead_of='"purpose":"research","given_date":"2026-01-01","end_date":null',
            comes='"purpose":"research","given_date":"2026-01-01","end_date":"2025-01-01"',
        )

        assert [place for _, place in faults_in(data)] == ["persons[0].consents[3]", "persons[1].consents[3]"]

    def test_passes_over_what_is_absent_beside_it(self) -> None:
        hours = '"schedules":[{"valid_from":"2026-02-01","valid_to":"2026-01-01"}],"capacity":null'
        data = a_file(instead_of='"schedules":[],"capacity":null', comes=hours)

        assert faults_in(data) == [(network_json.BrokenRule, "services[0].schedules[0]")]

    def test_names_places_of_several_parts_at_once(self) -> None:
        data = a_file(instead_of="samira", comes="karel")

        assert [place for _, place in faults_in(data)] == ["memberships[1]", "ties[0]", "ties[1]"]

    @pytest.mark.parametrize("part", ["null", "3", '"persons"', "{}"])
    def test_names_a_part_that_is_no_list(self, part: str) -> None:
        whole = {"id": "n", "name": "N", "ties": json.loads(part)}
        data = json.dumps({"format": "scharnier-network", "version": 1, "network": whole}).encode()

        assert faults_in(data) == [(network_json.WrongValue, "ties")]

    def test_says_when_the_network_itself_is_no_object(self) -> None:
        data = b'{"format": "scharnier-network", "version": 1, "network": []}'

        assert faults_in(data) == [(network_json.WrongValue, "network")]

    def test_stops_at_a_hundred_places(self) -> None:
        ties = [a_tie() for _ in range(150)]
        data = network_json.write_network(a_network(persons=[a_person(), a_person("karel")], ties=ties))

        assert len(faults_in(data.replace(b'"strength":1.0', b'"strength":2.0'))) == 100

    def test_repeats_no_more_of_a_value_than_helps(self) -> None:
        with pytest.raises(network_json.MalformedNetwork) as raised:
            network_json.read_network(a_file(instead_of='"Karel"', comes=str([1] * 1000)))

        assert len(str(raised.value.faults[0].facts["value"])) < 70


class TestNetworkSchema:
    def test_is_published_as_it_is(self) -> None:
        published = json.loads(SCHEMA.read_text(encoding="utf-8"))

        assert published == network_json.network_schema()

    def test_is_a_schema(self) -> None:
        jsonschema.Draft202012Validator.check_schema(network_json.network_schema())

    def test_accepts_what_we_write(self) -> None:
        whole = json.loads(network_json.write_network(a_full_network()))

        jsonschema.validate(whole, network_json.network_schema())

    def test_refuses_a_field_that_is_not_in_the_format(self) -> None:
        whole = json.loads(a_file(instead_of='"name":"Karel"', comes='"name":"Karel","age":40'))

        with pytest.raises(jsonschema.ValidationError, match="age"):
            jsonschema.validate(whole, network_json.network_schema())

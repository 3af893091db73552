# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json

import jsonschema
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scharnier.core import network
from scharnier.core.kernel import ScharnierError
from scharnier.formats import network_json
from tests.factories import a_full_network
from tests.strategies import networks

VALIDATOR = jsonschema.Draft202012Validator(network_json.network_schema())
FILE = network_json.write_network(a_full_network())
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def places(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Every place in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


def refusal_of(data: bytes) -> ScharnierError | None:
    try:
        network_json.read_network(data)
    except ScharnierError as error:
        return error
    return None


class TestNetworkFile:
    @settings(max_examples=30)
    @given(whole=networks())
    def test_loses_nothing(self, whole: network.Network) -> None:
        assert network_json.read_network(network_json.write_network(whole)) == whole

    @settings(max_examples=15)
    @given(whole=networks())
    def test_is_the_same_for_the_same_network(self, whole: network.Network) -> None:
        data = network_json.write_network(whole)

        assert network_json.write_network(network_json.read_network(data)) == data

    @settings(max_examples=30)
    @given(whole=networks())
    def test_keeps_to_the_schema(self, whole: network.Network) -> None:
        VALIDATOR.validate(json.loads(network_json.write_network(whole)))

    @given(data=st.binary(max_size=50))
    @example(data=b"\xef\xbb\xbf")
    def test_fails_in_one_of_our_ways_on_any_bytes(self, data: bytes) -> None:
        refused = refusal_of(data)

        assert refused is not None
        assert refused.code.startswith("network_json.")

    @given(data=st.data())
    def test_fails_in_one_of_our_ways_with_any_value_anywhere(self, data: st.DataObject) -> None:
        whole = json.loads(FILE)
        place = data.draw(st.sampled_from(places(whole["network"])[1:]))
        *way, last = ("network", *place)
        holder = whole
        for step in way:
            holder = holder[step]
        holder[last] = data.draw(json_values)

        refused = refusal_of(json.dumps(whole).encode())

        if refused is None:
            VALIDATOR.validate(whole)
        else:
            assert refused.facts.get("faults") or refused.facts.get("problems")

    @given(at=st.integers(0, len(FILE) - 3))
    def test_is_refused_when_cut_off(self, at: int) -> None:
        refused = refusal_of(FILE[:at])

        assert refused is not None
        assert refused.code in {"network_json.not_json", "network_json.not_utf8"}

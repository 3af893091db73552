# SPDX-License-Identifier: EUPL-1.2
"""The network as one JSON file: read it, write it, and the schema it keeps to."""

from scharnier.formats.network_json._faults import (
    BrokenRule,
    MalformedNetwork,
    MissingField,
    NewerVersion,
    NotANetwork,
    NotJson,
    NotUtf8,
    UnknownField,
    WrongValue,
)
from scharnier.formats.network_json._reading import read_network
from scharnier.formats.network_json._shapes import FORMAT, VERSION, network_schema
from scharnier.formats.network_json._writing import write_network

__all__ = [
    "FORMAT",
    "VERSION",
    "BrokenRule",
    "MalformedNetwork",
    "MissingField",
    "NewerVersion",
    "NotANetwork",
    "NotJson",
    "NotUtf8",
    "UnknownField",
    "WrongValue",
    "network_schema",
    "read_network",
    "write_network",
]

# SPDX-License-Identifier: EUPL-1.2
"""The strict shape of a network file, made from the network itself so that the two cannot differ."""

from __future__ import annotations

import dataclasses
import functools
import operator
import types
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from scharnier.core import network

FORMAT = "scharnier-network"
VERSION = 1
_SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def network_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a network file."""
    schema = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(file_shape())))  # plain JSON types
    definitions: dict[str, dict[str, Any]] = schema["$defs"]
    return {"$schema": _SCHEMA_DIALECT, **definitions.pop("NetworkFile"), "$defs": definitions}


@functools.cache
def file_shape() -> type[msgspec.Struct]:
    """Return the shape of the whole file."""
    return msgspec.defstruct(
        "NetworkFile",
        [
            ("format", Literal["scharnier-network"]),
            ("version", Literal[1]),
            ("network", strict(network.Network)),
        ],
        namespace={"__doc__": "A neighbourhood network as written by Scharnier."},
        forbid_unknown_fields=True,
    )


@functools.cache
def strict(kind: type[Any]) -> type[msgspec.Struct]:
    """Return a shape with the fields of a dataclass that knows no other fields, all the way down."""
    hints = get_type_hints(kind)
    fields = [_strict_field(field, hints[field.name]) for field in dataclasses.fields(kind)]
    first_line = (kind.__doc__ or "").partition("\n")[0]
    return msgspec.defstruct(
        kind.__name__,
        fields,
        namespace={"__doc__": first_line},
        forbid_unknown_fields=True,
        frozen=True,
        kw_only=True,
        gc=False,
    )


@functools.cache
def parts() -> dict[str, type[Any]]:
    """Return the fields of a network that hold items, with the kind of item."""
    hints = get_type_hints(network.Network)
    return {name: get_args(hint)[0] for name, hint in hints.items() if get_origin(hint) is tuple}


def _strict_field(field: dataclasses.Field[Any], hint: Any) -> tuple[str, Any] | tuple[str, Any, Any]:
    kind = _strict_type(hint)
    if field.default is dataclasses.MISSING:
        return field.name, kind
    return field.name, kind, msgspec.convert(field.default, kind, from_attributes=True)


def _strict_type(hint: Any) -> Any:
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return strict(hint)
    inner = tuple(_strict_type(part) for part in get_args(hint))
    if get_origin(hint) is types.UnionType:
        return functools.reduce(operator.or_, inner)
    return get_origin(hint)[inner] if inner else hint

# SPDX-License-Identifier: EUPL-1.2
"""Write a network as JSON: one item a line, so that versions of a file compare line by line."""

from __future__ import annotations

import msgspec

from scharnier.core import network
from scharnier.formats.network_json._shapes import FORMAT, VERSION, parts


def write_network(value: network.Network) -> bytes:
    """Return the whole network as UTF-8 JSON; the same network always gives the same bytes.

    Everything is in it, persons without consent to be listed too: it is the full copy, not a publication.
    """
    encoder = msgspec.json.Encoder(order="deterministic")
    scalars = ("id", "name", "language")
    fields = [f'"{name}": '.encode() + encoder.encode(getattr(value, name)) for name in scalars]
    fields += [f'"{name}": '.encode() + _write_items(getattr(value, name), encoder) for name in parts()]
    head = f'{{"format": "{FORMAT}", "version": {VERSION}, "network": {{\n'.encode()
    return head + b",\n".join(fields) + b"\n}}\n"


def _write_items(items: tuple[object, ...], encoder: msgspec.json.Encoder) -> bytes:
    # a line break inside a text is written as \n, so each line break here ends an item
    lines = encoder.encode_lines(items).rstrip(b"\n").replace(b"\n", b",\n")
    return b"[\n" + lines + b"\n]" if items else b"[]"

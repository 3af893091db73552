# SPDX-License-Identifier: EUPL-1.2
"""Lay out a large network in a process of its own: igraph holds the interpreter, and with it all requests."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable

import msgspec

from scharnier.core import picture

NICENESS = 10  # requests go first
MOST_KEPT = 8  # layouts, in one process
_Graph = tuple[list[str], list[tuple[str, str]]]
_kept: dict[bytes, dict[str, picture.Point]] = {}


def lay_out(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, picture.Point]:
    """Return the places that `scharnier.core.picture.lay_out` gives; the asker waits, others need not.

    The same graph is laid out once: most of what changes in a network moves nobody.
    """
    graph: _Graph = sorted(set(nodes)), sorted({(min(pair), max(pair)) for pair in edges})
    said = msgspec.json.encode(graph)
    digest = hashlib.sha256(said).digest()
    places = _kept.pop(digest, None) or _ask(said)
    while len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)  # the one not asked for longest
    _kept[digest] = places
    return places


def _ask(graph: bytes) -> dict[str, picture.Point]:
    said = subprocess.run(
        [sys.executable, "-m", "scharnier.apps.picture.aside"],
        input=graph,
        stdout=subprocess.PIPE,
        check=True,
    )
    return msgspec.json.decode(said.stdout, type=dict[str, picture.Point])


def main() -> None:
    """Read a graph, write its places."""
    os.nice(NICENESS)
    nodes, edges = msgspec.json.decode(sys.stdin.buffer.read(), type=_Graph)
    sys.stdout.buffer.write(msgspec.json.encode(picture.lay_out(nodes, edges)))


if __name__ == "__main__":
    main()

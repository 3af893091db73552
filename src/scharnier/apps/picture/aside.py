# SPDX-License-Identifier: EUPL-1.2
"""Lay out a large network in a process of its own: igraph holds the interpreter, and with it all requests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable

import msgspec

from scharnier.core import picture

NICENESS = 10  # requests go first
_Graph = tuple[list[str], list[tuple[str, str]]]


def lay_out(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, picture.Point]:
    """Return the places that `scharnier.core.picture.lay_out` gives; the asker waits, others need not."""
    graph: _Graph = [*nodes], [*edges]
    said = subprocess.run(
        [sys.executable, "-m", "scharnier.apps.picture.aside"],
        input=msgspec.json.encode(graph),
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

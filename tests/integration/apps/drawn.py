# SPDX-License-Identifier: EUPL-1.2
"""What the picture of a network is drawn from, as a reader of its data takes it apart."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

NODE, EDGE = ("id", "name", "kind", "x", "y"), ("source", "target", "kind")


def drawn(client: Client, **query: str) -> dict[str, list[dict[str, object]]]:
    """Return the nodes and edges, each with its parts by name and the ends of an edge by identifier."""
    found = client.get(reverse("picture:data"), query).json()
    nodes = [dict(zip(NODE, node, strict=True)) for node in found["nodes"]]
    ends = [node["id"] for node in nodes]
    edges = [
        dict(zip(EDGE, (ends[source], ends[target], kind), strict=True))
        for source, target, kind in found["edges"]
    ]
    return {"nodes": nodes, "edges": edges}

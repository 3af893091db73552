# SPDX-License-Identifier: EUPL-1.2
"""A network as GraphML: who and what as nodes, roles and ties as edges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal
from xml.etree import ElementTree

from scharnier.core import network
from scharnier.formats import listing

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_Domain = Literal["node", "edge"]
_KEYS: Mapping[_Domain, Mapping[str, str]] = {
    "node": {"kind": "string", "name": "string", "topics": "string", "areas": "string", "n_people": "int"},
    "edge": {
        "kind": "string",
        "role": "string",
        "start_date": "string",
        "end_date": "string",
        "strength": "double",
        "strength_now": "double",
        "observed_date": "string",
        "origin": "string",
    },
}
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_graphml(whole: network.Network, *, on: date) -> bytes:
    """Return a GraphML document with only the persons who agree on a day to be listed.

    Notes
    -----
    Identifiers of nodes begin with their kind, such as person:ria, since a person and an organization may
    have the same. Edges are directed: from a person to what it belongs to or whom it knows. The day also
    says how strong ties are now.

    References
    ----------
    .. [1] U. Brandes et al. (2002), GraphML progress report, Graph Drawing 2001, LNCS 2265, 501-512.
    """
    listed = listing.only_listed(whole, on=on)
    root = ElementTree.Element("graphml", xmlns=NAMESPACE)
    for domain, keys in _KEYS.items():
        for name, kind in keys.items():
            ElementTree.SubElement(
                root,
                "key",
                {"id": _key(domain, name), "for": domain, "attr.name": name, "attr.type": kind},
            )
    graph = ElementTree.SubElement(root, "graph", id=_clean(whole.id), edgedefault="directed")
    for identifier, told in _nodes(listed):
        _add(graph, domain="node", attributes={"id": identifier}, told=told)
    for number, (source, target, told) in enumerate(_edges(listed, on=on)):
        ends = {"id": f"edge-{number}", "source": source, "target": target}
        _add(graph, domain="edge", attributes=ends, told=told)
    ElementTree.indent(root)
    document: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return document


def _key(domain: _Domain, name: str) -> str:
    return f"{domain}-{name}"


def _add(
    graph: ElementTree.Element, *, domain: _Domain, attributes: dict[str, str], told: Mapping[str, object]
) -> None:
    element = ElementTree.SubElement(graph, domain, {name: _clean(text) for name, text in attributes.items()})
    for name, value in told.items():
        if value not in {None, ""}:
            ElementTree.SubElement(element, "data", key=_key(domain, name)).text = _clean(str(value))


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub(" ", text)


def _nodes(whole: network.Network) -> Iterator[tuple[str, Mapping[str, object]]]:
    named = (
        ("person", whole.persons),
        ("organization", whole.organizations),
        ("community", whole.communities),
    )
    for kind, items in named:
        for item in items:
            yield (
                f"{kind}:{item.id}",
                {
                    "kind": kind,
                    "name": item.name,
                    "topics": "; ".join(sorted(item.topics)),
                    "areas": "; ".join(sorted(item.area_ids)),
                },
            )
    for group in whole.resident_groups:
        told = {"kind": "resident_group", "name": group.name, "n_people": group.n_people}
        yield f"resident_group:{group.id}", told


def _edges(whole: network.Network, *, on: date) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    for member in whole.memberships:
        told: dict[str, object] = {"kind": "member_of", "role": member.role}
        told |= {"start_date": member.start_date, "end_date": member.end_date}
        yield f"person:{member.person_id}", _party(member), told
    for tie in whole.ties:
        told = {"kind": tie.kind.value, "strength": tie.strength, "strength_now": tie.strength_on(on)}
        told |= {"observed_date": tie.observed_date, "origin": tie.origin.value}
        yield f"person:{tie.source_id}", f"person:{tie.target_id}", told


def _party(member: network.Membership) -> str:
    if member.organization_id is not None:
        return f"organization:{member.organization_id}"
    if member.community_id is not None:
        return f"community:{member.community_id}"
    return f"resident_group:{member.resident_group_id}"

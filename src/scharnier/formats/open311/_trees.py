# SPDX-License-Identifier: EUPL-1.2
"""One tree for XML and JSON, as the Spark convention of Open311 maps the one on the other.

A list in JSON is an element in XML that holds one element for each item, by a name of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final
from xml.etree import ElementTree

from scharnier.formats.open311._faults import NotGeoReport
from scharnier.formats.open311._values import Format

Tree = None | bool | int | float | str | list["Tree"] | dict[str, "Tree"]
ITEMS: Final[Mapping[str, str]] = {  # name of a list -> name of each of its items
    "attributes": "attribute",
    "endpoints": "endpoint",
    "errors": "error",
    "formats": "format",
    "service_requests": "request",
    "services": "service",
    "values": "value",
}
MOST_BYTES: Final = 8_000_000  # a thousand requests of 4,000 characters, and some
_DEEPEST: Final = 12
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _NoDoctype(ElementTree.TreeBuilder):
    """Refuses a document type before its entities are read, which could grow without end or read files."""

    def doctype(self, *_told: str | None) -> None:
        raise NotGeoReport


def write_tree(tree: Tree, *, root: str, form: Format) -> bytes:
    """Return a tree as UTF-8; the name of the root shows in XML only."""
    if form is Format.JSON:
        return json.dumps(tree, ensure_ascii=False).encode()
    element = ElementTree.Element(root)
    _fill(element, tree)
    ElementTree.indent(element)
    document: bytes = ElementTree.tostring(element, encoding="utf-8", xml_declaration=True)
    return document


def read_tree(data: bytes, *, root: str, form: Format) -> Tree:
    """Return the tree in a document.

    Raises
    ------
    NotGeoReport
        When it is no such document, has another root, or is too large or too deep.
    """
    if len(data) > MOST_BYTES:
        raise NotGeoReport
    if form is Format.JSON:
        try:
            tree: Tree = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise NotGeoReport from error
        return tree
    element = _parse(data)
    if _name(element) != root:
        raise NotGeoReport
    return _tree(element, depth=0)


def _parse(data: bytes) -> ElementTree.Element:
    parser = ElementTree.XMLParser(target=_NoDoctype())  # noqa: S314  # it takes no document type
    try:
        parser.feed(data)
        element: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise NotGeoReport from error
    return element


def _fill(element: ElementTree.Element, tree: Tree) -> None:
    if isinstance(tree, dict):
        for name, inner in tree.items():
            _fill(ElementTree.SubElement(element, name), inner)
    elif isinstance(tree, list):
        for inner in tree:
            _fill(ElementTree.SubElement(element, ITEMS[element.tag]), inner)
    elif tree is not None:
        element.text = _text(tree)


def _text(value: bool | float | str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _NOT_XML.sub("\ufffd", str(value))


def _tree(element: ElementTree.Element, *, depth: int) -> Tree:
    if depth > _DEEPEST:
        raise NotGeoReport
    inner = list(element)  # without comments, which the parser leaves out
    if _name(element) in ITEMS:
        return [_tree(child, depth=depth + 1) for child in inner]
    if inner:
        return {_name(child): _tree(child, depth=depth + 1) for child in inner}
    return (element.text or "").strip() or None


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]  # some servers name the specification as the namespace

# SPDX-License-Identifier: EUPL-1.2
"""Take a network file apart to name every place that is wrong."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import msgspec

from scharnier.core import network
from scharnier.core.kernel import ScharnierError
from scharnier.formats.network_json._faults import BrokenRule, MissingField, UnknownField, WrongValue
from scharnier.formats.network_json._shapes import parts, strict

_LONGEST_VALUE = 60  # characters of an offending value worth repeating
_REPORT = re.compile(r"(?P<what>.*?)(?: - at `\$(?P<place>.*)`)?", re.DOTALL)
_NAMED_FIELD = re.compile(r"Object (missing required|contains unknown) field `(.*)`", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]")


def find_faults(raw: msgspec.Raw) -> Iterator[ScharnierError]:
    """Yield a failure for each item of a network that cannot be read, in order of the file."""
    try:
        fields = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError as error:
        yield name_fault(error, value=msgspec.json.decode(raw), place="network")
        return
    scalars = {name: field for name, field in fields.items() if name not in parts()}
    yield from _find_item_faults(msgspec.Raw(msgspec.json.encode(scalars)), kind=network.Network, place="")
    for name, kind in parts().items():
        yield from _find_part_faults(fields.get(name, msgspec.Raw(b"[]")), kind=kind, name=name)


def name_fault(error: msgspec.ValidationError, *, value: object, place: str) -> ScharnierError:
    """Return a report of msgspec on a value as one of our failures."""
    report = _REPORT.fullmatch(str(error))
    what, within = (report["what"], report["place"] or "") if report else (str(error), "")
    place = (place + within).removeprefix(".")
    named = _NAMED_FIELD.fullmatch(what)
    if named is None:
        return WrongValue(place=place, value=_shown(_value_at(value, within)))
    kind = MissingField if named[1] == "missing required" else UnknownField
    return kind(place=place or "network", field=named[2])


def _find_part_faults(raw: msgspec.Raw, *, kind: type[object], name: str) -> Iterator[ScharnierError]:
    try:
        items = msgspec.json.decode(raw, type=list[msgspec.Raw])
    except msgspec.ValidationError as error:
        yield name_fault(error, value=msgspec.json.decode(raw), place=name)
        return
    for position, item in enumerate(items):
        yield from _find_item_faults(item, kind=kind, place=f"{name}[{position}]")


def _find_item_faults(raw: msgspec.Raw, *, kind: Any, place: str) -> Iterator[ScharnierError]:
    try:
        msgspec.json.decode(raw, type=strict(kind))
    except msgspec.ValidationError as error:
        yield name_fault(error, value=msgspec.json.decode(raw), place=place)
        return
    try:
        msgspec.json.decode(raw, type=kind)
    except ScharnierError:
        yield from _find_broken_rules(msgspec.json.decode(raw), kind=kind, place=place)


def _find_broken_rules(value: dict[str, Any], *, kind: type[object], place: str) -> Iterator[ScharnierError]:
    """Yield the innermost items that break a rule."""
    inner = list(_find_inner_broken_rules(value, kind=kind, place=place))
    yield from inner
    if not inner:
        try:
            msgspec.convert(value, kind)
        except ScharnierError as error:
            told = (f"{name}: {fact}" for name, fact in error.facts.items() if fact is not None)
            yield BrokenRule(place=place, found=tuple(told), rule=error)


def _find_inner_broken_rules(
    value: dict[str, Any], *, kind: type[object], place: str
) -> Iterator[ScharnierError]:
    hints = get_type_hints(kind)
    for name, inner in value.items():
        for item_kind in _item_kinds(hints[name]):
            listed = inner if isinstance(inner, list) else [inner]
            for position, item in enumerate(listed):
                index = f"[{position}]" if isinstance(inner, list) else ""
                if item is not None:
                    yield from _find_broken_rules(item, kind=item_kind, place=f"{place}.{name}{index}")


def _item_kinds(hint: Any) -> Iterator[type[object]]:
    for kind in (hint, *get_args(hint)):
        if dataclasses.is_dataclass(kind) and isinstance(kind, type):
            yield kind


def _value_at(value: Any, place: str) -> object:
    for step in _STEP.finditer(place):
        value = value[step[1]] if step[1] is not None else value[int(step[2])]
    return value


def _shown(value: object) -> str:
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}…"

# SPDX-License-Identifier: EUPL-1.2
"""Read referrals from a FHIR R4 Bundle, of our own or of another system."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from scharnier.core import network
from scharnier.core.kernel import ScharnierError
from scharnier.core.referral import Party, Referral
from scharnier.formats.fhir_referral import _codes, _shapes
from scharnier.formats.fhir_referral._building import build_referral
from scharnier.formats.fhir_referral._faults import (
    BrokenResource,
    MalformedReferrals,
    MissingTask,
    NotABundle,
    OrphanTask,
    PersonInside,
    UnreadableResource,
    WrongElement,
)
from scharnier.formats.fhir_referral._finding import Finder
from scharnier.formats.fhir_referral._naming import names_in

MOST_FAULTS = 100  # enough to mend a file by
_WHERE = re.compile(r" - at `\$\.?(?P<place>.*)`$")
_FIELD = re.compile(r"missing required field `(?P<field>\w+)`")
_NOWHERE = ""  # the place of a request that is not in the file
_Resource = _shapes.ServiceRequest | _shapes.Task | _shapes.Body
_SHAPES: Mapping[str, type[_Resource]] = {"ServiceRequest": _shapes.ServiceRequest, "Task": _shapes.Task}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A resource with its place in the file and the ways to point at it."""

    resource: _Resource
    place: str
    names: frozenset[str]


def read_referrals(
    data: bytes, *, into: network.Network, unnamed: Party | None = None
) -> tuple[Referral, ...]:
    """Return the referrals of a Bundle, with every party found in a network.

    Parameters
    ----------
    data
        JSON of a Bundle of ServiceRequests and Tasks; organizations, services, places and groups may stand
        in it, to be pointed at.
    into
        The network they come into. What a file points at is found by our own identifier, else by its name.
    unnamed
        Who stands for persons whom a file does not name; without, such a file is refused.

    Returns
    -------
    tuple of Referral
        In the order of the file, with the identifiers of the file. Text that was not written is empty.

    Raises
    ------
    NotABundle
        When the file as a whole is not what it should be.
    MalformedReferrals
        When resources are wrong: a fault for each, with its place, at most 100.

    Notes
    -----
    Nothing about one person comes in: a Patient, a Practitioner or a text with such data is a fault.
    O(size of the file + size of the network).
    """
    bundle = _bundle(data)
    faults: list[ScharnierError] = []
    placed = list(_placed(bundle, faults=faults))
    names = names_in(into, language="nl").of
    bodies = {
        name: found.resource
        for found in placed
        if isinstance(found.resource, _shapes.Body)
        for name in found.names
    }
    finder = Finder(names=names, bodies=bodies, unnamed=unnamed)
    referrals = list(_referrals(placed, into=into, finder=finder, faults=faults))
    if faults:
        raise MalformedReferrals(faults=tuple(faults[:MOST_FAULTS]))
    return tuple(referrals)


def places_of_requests(data: bytes) -> tuple[str, ...]:
    """Return where each referral stands in a Bundle that was read, in the order of `read_referrals`.

    Parameters
    ----------
    data
        JSON of a Bundle.

    Raises
    ------
    NotABundle

    Notes
    -----
    For who finds afterwards that a referral of the file cannot be taken. O(size of the file).

    Examples
    --------
    >>> places_of_requests(b'{"resourceType":"Bundle","entry":[]}')
    ()
    """
    placed = _placed(_bundle(data), faults=[])
    return tuple(found.place for found in placed if isinstance(found.resource, _shapes.ServiceRequest))


def sources_of_requests(data: bytes) -> tuple[str, ...]:
    """Return by what to know each referral of a Bundle again, in the order of `read_referrals`.

    Parameters
    ----------
    data
        JSON of a Bundle that was read.

    Returns
    -------
    tuple of str
        A digest in hexadecimal of the system and the value of the identifier that names the referral: our
        own, else the first; of the place where a referral has none. An identifier may hold anything, so what
        stays of it says nothing.

    Raises
    ------
    NotABundle

    Notes
    -----
    O(size of the file).

    Examples
    --------
    >>> sources_of_requests(b'{"resourceType":"Bundle","entry":[]}')
    ()
    """
    placed = _placed(_bundle(data), faults=[])
    requests = (each for each in placed if isinstance(each.resource, _shapes.ServiceRequest))
    return tuple(_source(found) for found in requests)


def _source(found: _Placed) -> str:
    own = _codes.system("referral")
    named = sorted((one for one in found.resource.identifier if one.value), key=lambda one: one.system != own)
    told = f"{named[0].system}\n{named[0].value}" if named else found.place
    return hashlib.sha256(told.encode()).hexdigest()


def _bundle(data: bytes) -> _shapes.Bundle:
    try:
        bundle = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_shapes.Bundle)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotABundle from error
    if bundle.resource_type != "Bundle":
        raise NotABundle
    return bundle


def _placed(bundle: _shapes.Bundle, *, faults: list[ScharnierError]) -> Iterator[_Placed]:
    for number, entry in enumerate(bundle.entry):
        place = f"entry[{number}].resource"
        try:
            resource, kind, id_ = _resource(entry.resource, place=place)
        except ScharnierError as error:
            faults.append(error)
        else:
            names = {entry.full_url, f"{kind}/{id_}" if id_ else ""} - {""}
            yield _Placed(resource=resource, place=place, names=frozenset(names))


def _resource(raw: msgspec.Raw, *, place: str) -> tuple[_Resource, str, str]:
    try:
        head = msgspec.json.decode(raw, type=_shapes.Head)
        resource: _Resource = msgspec.json.decode(raw, type=_shape(head.resource_type, place=place))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise WrongElement(place=_place_of(error, within=place)) from error
    return resource, head.resource_type, head.id


def _shape(kind: str, *, place: str) -> type[_Resource]:
    if _codes.is_person(kind):
        raise PersonInside(place=place)
    if _codes.is_body(kind):
        return _shapes.Body
    if kind not in _SHAPES:
        raise UnreadableResource(place=place, kind=kind)
    return _SHAPES[kind]


def _place_of(error: Exception, *, within: str) -> str:
    where, field = _WHERE.search(str(error)), _FIELD.search(str(error))
    steps = [within, where["place"] if where else "", field["field"] if field else ""]
    return ".".join(step for step in steps if step)


def _referrals(
    placed: list[_Placed], *, into: network.Network, finder: Finder, faults: list[ScharnierError]
) -> Iterator[Referral]:
    is_whole = not faults  # else what seems missing may be there, unread
    requests = {
        found.place: (found.resource, found.names)
        for found in placed
        if isinstance(found.resource, _shapes.ServiceRequest)
    }
    tasks = _tasks_by_request(
        placed, {name: place for place, (_, names) in requests.items() for name in names}
    )
    if is_whole:
        faults += [OrphanTask(place=place) for _, place in tasks[_NOWHERE]]
    for place, (request, _) in requests.items():
        try:
            if place in tasks or is_whole:
                yield _referral(request, tasks[place], place=place, into=into, finder=finder)
        except ScharnierError as error:
            faults.append(error)


def _tasks_by_request(
    placed: list[_Placed], requests: Mapping[str, str]
) -> dict[str, list[tuple[_shapes.Task, str]]]:
    """Return the Tasks by the place of their request, each with its own place."""
    tasks: dict[str, list[tuple[_shapes.Task, str]]] = defaultdict(list)
    for found in placed:
        if isinstance(found.resource, _shapes.Task):
            task = found.resource
            pointed = [*task.based_on, *([task.focus] if task.focus else [])]
            places = [requests[one.reference] for one in pointed if one.reference in requests]
            tasks[next(iter(places), _NOWHERE)].append((task, found.place))
    return tasks


def _referral(
    request: _shapes.ServiceRequest,
    tasks: list[tuple[_shapes.Task, str]],
    *,
    place: str,
    into: network.Network,
    finder: Finder,
) -> Referral:
    if not tasks:
        raise MissingTask(place=place)
    try:
        return build_referral(request, tasks, place=place, into=into.id, finder=finder)
    except ScharnierError as error:
        if "place" in error.facts:
            raise
        raise BrokenResource(place=place, rule=error) from error

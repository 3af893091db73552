# SPDX-License-Identifier: EUPL-1.2
"""Areas of an official map into a network: what people call them here stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scharnier.core.kernel import AreaId, Invalid, NotFound
from scharnier.core.network._network import Network
from scharnier.core.network._places import Area


class AreaNotFound(NotFound):
    """There is no such area in the network, or in the file."""

    code = "network.area_not_found"


class NothingChosen(Invalid):
    """No area was chosen."""

    code = "network.nothing_chosen"


def adopt_areas(
    here: Network, found: Sequence[Area], *, chosen: Collection[AreaId], parent_id: AreaId | None = None
) -> tuple[Area, ...]:
    """Return the chosen areas of a map as they are to stand in a network.

    Parameters
    ----------
    here
        The network as it stands.
    found
        n areas of the map, each with a code, and with its parent among them or none.
    chosen
        Identifiers among those found; whatever lies within a chosen area comes with it.
    parent_id
        The area of the network in which new areas lie that lie in no other.

    Returns
    -------
    tuple of Area, shape (k,)
        1 <= k <= n, in the order found.

    Raises
    ------
    NothingChosen
    AreaNotFound
        When something chosen is not among those found, or the parent not in the network.

    Notes
    -----
    An area is here already when one has its code, or when the only one of its kind and name has none. That
    one keeps its identifier, its names and where it lies; it gets the code, the outline, and the name of the
    map beside its own. O(n + areas of the network).

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId
    >>> found = [Area(id=AreaId("bu99010401"), name="Bloemenbuurt", cbs_code="BU99010401")]
    >>> own = Area(id=AreaId("bloemen"), name="De Bloemen", cbs_code="BU99010401")
    >>> here = Network(id=NetworkId("n"), name="N", areas=(own,))
    >>> (area,) = adopt_areas(here, found, chosen={found[0].id})
    >>> area.id, area.name, area.alternate_names
    ('bloemen', 'De Bloemen', ('Bloemenbuurt',))
    """
    if not chosen:
        raise NothingChosen
    _check_known(chosen, among={area.id for area in found})
    _check_known({parent_id} - {None}, among={area.id for area in here.areas})
    taken = _with_parts(found, chosen=chosen)
    ground = _match(here.areas, found, taken=taken)
    return tuple(_adopted(area, ground=ground, parent_id=parent_id) for area in found if area.id in taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ground:
    found: Mapping[AreaId, Area]
    own: Mapping[AreaId, Area]  # by identifier of the map: the one that is here already
    ids: Mapping[AreaId, AreaId]  # by identifier of the map: what it is called here, once it is here


def _check_known(asked: Iterable[AreaId | None], *, among: Collection[AreaId]) -> None:
    unknown = sorted(str(area_id) for area_id in asked if area_id not in among)
    if unknown:
        raise AreaNotFound(area=unknown[0])


def _with_parts(found: Sequence[Area], *, chosen: Collection[AreaId]) -> frozenset[AreaId]:
    """Return what was chosen and all that lies within it."""
    within: dict[AreaId | None, list[AreaId]] = {}
    for area in found:
        within.setdefault(area.parent_id, []).append(area.id)
    taken: set[AreaId] = set()
    waiting = list(chosen)
    while waiting:
        area_id = waiting.pop()
        if area_id not in taken:
            taken.add(area_id)
            waiting += within.get(area_id, [])
    return frozenset(taken)


def _match(areas: Sequence[Area], found: Sequence[Area], *, taken: frozenset[AreaId]) -> _Ground:
    own = _own(areas, found)
    used = {area.id for area in areas}
    ids = {area.id: own[area.id].id if area.id in own else _free_id(area.id, used) for area in found}
    known = {map_id: area_id for map_id, area_id in ids.items() if map_id in own or map_id in taken}
    return _Ground(found={area.id: area for area in found}, own=own, ids=known)


def _own(areas: Sequence[Area], found: Sequence[Area]) -> Mapping[AreaId, Area]:
    """Return which areas of the map are here already: by code, else by a name that only one has."""
    by_code = {area.cbs_code.upper(): area for area in areas if area.cbs_code}
    uncoded = Counter(_name_key(area) for area in areas if not area.cbs_code)
    by_name = {_name_key(area): area for area in areas if not area.cbs_code}
    told = Counter(map(_name_key, found))
    own: dict[AreaId, Area] = {}
    for area in found:
        key = _name_key(area)
        namesake = by_name.get(key) if uncoded[key] == told[key] == 1 else None
        match = by_code.get((area.cbs_code or "").upper()) or namesake
        if match is not None:
            own[area.id] = match
    return own


def _name_key(area: Area) -> tuple[str, str]:
    return area.kind, area.name.strip().casefold()


def _free_id(area_id: AreaId, used: Collection[AreaId]) -> AreaId:
    while area_id in used:
        area_id = AreaId(f"{area_id}-cbs")
    return area_id


def _adopted(area: Area, *, ground: _Ground, parent_id: AreaId | None) -> Area:
    own, around = ground.own.get(area.id), _around(area, ground=ground)
    if own is None:
        return replace(area, id=ground.ids[area.id], parent_id=around or parent_id)
    names = {own.name.casefold(), *(name.casefold() for name in own.alternate_names)}
    extra = () if area.name.casefold() in names else (area.name,)
    return replace(
        own,
        alternate_names=(*own.alternate_names, *extra),
        parent_id=own.parent_id or around,
        cbs_code=area.cbs_code,
        outline=area.outline or own.outline,
    )


def _around(area: Area, *, ground: _Ground) -> AreaId | None:
    """Return the nearest area around one that is here, or will be."""
    outer = area.parent_id
    while outer is not None and outer not in ground.ids:
        outer = ground.found[outer].parent_id
    return None if outer is None else ground.ids[outer]

# SPDX-License-Identifier: EUPL-1.2
"""What areas are called: which of them a name fits, and a name for each that fits no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from scharnier.core.kernel import AreaId
from scharnier.core.network._places import Area, AreaKind

SEPARATOR = ","


class AreaNames:
    """The names of the areas of one network, to find areas by and to tell them apart.

    Parameters
    ----------
    areas
        n areas, each identifier once; what lies around them counts as far as it is among them.
    """

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas: Mapping[AreaId, Area] = {area.id: area for area in areas}
        self._called: defaultdict[str, list[Area]] = defaultdict(list)
        for area in self._areas.values():
            for name in {_plain(called) for called in (area.id, area.name, *area.alternate_names)}:
                self._called[name].append(area)

    def find(self, words: str) -> tuple[Area, ...]:
        """Return the areas that words fit equally well.

        Parameters
        ----------
        words
            An identifier, a name or an everyday name; also with the area around it behind a comma, or as
            `tell_apart` says it. Case and space do not matter.

        Returns
        -------
        tuple of Area, shape (k,)
            By name, then by identifier; no street where an area of another kind fits too. Without any, no
            area is called so.

        Notes
        -----
        O(1) for a name by itself, O(n) for a name with what lies around it.

        Examples
        --------
        >>> noord, zuid = (Area(id=AreaId(name), name=name.capitalize()) for name in ("noord", "zuid"))
        >>> streets = [Area(id=AreaId(f"plein-{area.id}"), name="Plein", parent_id=area.id)
        ...     for area in (noord, zuid)]
        >>> names = AreaNames([noord, zuid, *streets])
        >>> [area.id for area in names.find("plein")]
        ['plein-noord', 'plein-zuid']
        >>> [area.id for area in names.find("Plein, Zuid")]
        ['plein-zuid']
        """
        return self._plainly(words) or self.find_longer(words)

    def find_longer(self, words: str) -> tuple[Area, ...]:
        """Return the areas that words fit which say more than a name: what lies around it, or its identifier.

        Examples
        --------
        >>> noord = Area(id=AreaId("noord"), name="Noord")
        >>> plein = Area(id=AreaId("plein"), name="Plein", parent_id=noord.id)
        >>> names = AreaNames([noord, plein])
        >>> [len(names.find_longer(words)) for words in ("plein", "plein, noord", "Plein (Noord)")]
        [0, 1, 1]
        """
        wanted = _plain(words)
        found: Iterable[Area] = ()
        if wanted.endswith(")"):
            found = [each for each in self._areas.values() if wanted in map(_plain, self._longer(each))]
        elif SEPARATOR in wanted:
            found = self._within(wanted)
        return _alike(found)

    def _plainly(self, words: str) -> tuple[Area, ...]:
        return _alike(self._called.get(_plain(words), ()))

    def tell_apart(self, area: Area) -> str:
        """Return the shortest name that fits one area and no other: with what lies around it where it has to.

        Examples
        --------
        >>> noord = Area(id=AreaId("noord"), name="Noord")
        >>> plein = Area(id=AreaId("plein"), name="Plein", parent_id=noord.id)
        >>> AreaNames([noord, plein]).tell_apart(plein)
        'Plein'
        >>> other = Area(id=AreaId("plein-2"), name="Plein")
        >>> AreaNames([noord, plein, other]).tell_apart(plein)
        'Plein (Noord)'
        """
        names = (area.name, *self._longer(area))
        return next((name for name in names if self.find(name) == (area,)), names[-1])

    def _longer(self, area: Area) -> Iterator[str]:
        """Yield an area's name with its parent, with everything around it, and with its identifier."""
        around = [each.name for each in self._around(area)]
        if around:
            yield f"{area.name} ({around[0]})"
            yield f"{area.name} ({', '.join(around)})"
        yield f"{area.name} ({area.id})"

    def _within(self, wanted: str) -> list[Area]:
        name, _, around = wanted.rpartition(SEPARATOR)
        outer = {area.id for area in self._called.get(around.strip(), ())}
        inner = self._called.get(name.strip(), ())
        return [area for area in inner if outer & {each.id for each in self._around(area)}]

    def _around(self, area: Area) -> Iterator[Area]:
        """Yield the areas that an area lies in, the nearest first."""
        parent = self._areas.get(area.parent_id) if area.parent_id else None
        while parent is not None:
            yield parent
            parent = self._areas.get(parent.parent_id) if parent.parent_id else None


def _alike(found: Iterable[Area]) -> tuple[Area, ...]:
    """Return areas in order, without the streets where there is another kind too."""
    known = tuple(found)
    alike = [area for area in known if area.kind is not AreaKind.STREET] or known
    return tuple(sorted(alike, key=lambda area: (area.name, area.id)))


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()

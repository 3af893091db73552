# SPDX-License-Identifier: EUPL-1.2
"""Merge what a file tells into a network: add and change, never take away, and never speak for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import chain
from typing import Any

from scharnier.core.kernel import PersonId
from scharnier.core.network._network import Network
from scharnier.core.network._parties import Person
from scharnier.core.network._relations import Membership, Tie

PARTS = tuple(field.name for field in fields(Network) if field.name not in {"id", "name", "language"})
_OF_RESIDENTS = ("bewoner", "resident", "vrijwillig", "volunteer")  # roles that people have as neighbours


class Newcomers(StrEnum):
    """Whether consents that a file tells of new persons count."""

    HIDDEN = "hidden"  # of nobody
    VOUCHED = "vouched"  # of those who work for an organization; somebody answers for the dates
    AS_TOLD = "as_told"  # of everybody: the file is a full copy


class Fate(StrEnum):
    """What becomes of something that a file tells."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"  # it is for its person to change, and stays as it is
    REFUSED = "refused"  # its person was erased, and does not come back by a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """Whom a file cannot speak for, and how it may bring in others."""

    own: frozenset[PersonId] = frozenset()  # who keep their cards themselves
    erased: frozenset[PersonId] = frozenset()
    newcomers: Newcomers = Newcomers.HIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What becomes of one item of a file."""

    part: str
    fate: Fate
    item: Any  # as it stands afterwards; where it was kept or refused, as the file told it
    before: Any = None  # None: it was not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """A network with what a file told, and what became of each item of the file."""

    network: Network
    steps: tuple[Step, ...]

    def of(self, part: str, *fates: Fate) -> tuple[Step, ...]:
        """Return the steps of one part that went one of some ways.

        Examples
        --------
        >>> from scharnier.core.kernel import NetworkId
        >>> Merge(network=Network(id=NetworkId("n"), name="N"), steps=()).of("persons", Fate.ADDED)
        ()
        """
        return tuple(step for step in self.steps if step.part == part and step.fate in fates)


def merge_network(here: Network, told: Mapping[str, Sequence[Any]], *, guard: Guard) -> Merge:
    """Return a network with the items of a file, each added, changed or left as it is.

    Parameters
    ----------
    here
        The network as it stands.
    told
        Items by part of the network; they may refer to each other and to what is here.
    guard
        Whom the file cannot speak for.

    Raises
    ------
    InvalidNetwork
        When the parts would not hang together.

    Notes
    -----
    Items are the same by identifier; memberships by person, party, role and start, where a file that tells
    no start means the first; ties by both persons and kind. Nothing is taken away. A person who is here
    keeps consents and checks whatever the file says; a tie changes only to a later day. Merging twice is
    merging once. O(size of the network + items told).

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId
    >>> here, ria = Network(id=NetworkId("n"), name="N"), Person(id=PersonId("ria"), name="Ria")
    >>> [step.fate.value for step in merge_network(here, {"persons": (ria,)}, guard=Guard()).steps]
    ['added']
    """
    shown = _shown(here, told, guard=guard)
    steps = tuple(
        chain(
            *(_identified(part, getattr(here, part), told.get(part, ())) for part in PARTS[:-3]),
            (_person_step(step, guard=guard, shown=shown) for step in _told_persons(here, told)),
            _memberships(here.memberships, told.get("memberships", ()), guard=guard),
            _ties(here.ties, told.get("ties", ()), guard=guard),
        )
    )
    grown: dict[str, Any] = {part: _grown(getattr(here, part), part, steps) for part in PARTS}
    return Merge(network=replace(here, **grown), steps=steps)


def _step(part: str, *, item: object, before: object) -> Step:
    fate = Fate.ADDED if before is None else Fate.SAME if item == before else Fate.CHANGED
    return Step(part=part, fate=fate, item=item, before=before)


def _identified(part: str, here: Iterable[Any], told: Iterable[Any]) -> Iterator[Step]:
    known = {item.id: item for item in here}
    return (_step(part, item=item, before=known.get(item.id)) for item in told)


def _told_persons(here: Network, told: Mapping[str, Sequence[Any]]) -> Iterator[Step]:
    """Yield the persons of a file with whoever they are here, whose consents and checks they have."""
    known = {person.id: person for person in here.persons}
    for person in told.get("persons", ()):
        before = known.get(person.id)
        kept = {} if before is None else {"consents": before.consents, "checked_date": before.checked_date}
        yield _step("persons", item=replace(person, **kept), before=before)


def _person_step(step: Step, *, guard: Guard, shown: frozenset[PersonId]) -> Step:
    person: Person = step.item
    if person.id in guard.erased:
        return replace(step, fate=Fate.REFUSED)
    if step.fate is Fate.CHANGED and person.id in guard.own:
        return replace(step, fate=Fate.KEPT)
    if step.fate is Fate.ADDED and person.id not in shown:
        return replace(step, item=replace(person, consents=()))
    return step


def _shown(here: Network, told: Mapping[str, Sequence[Any]], *, guard: Guard) -> frozenset[PersonId]:
    """Return whose consents count when they are new."""
    persons = frozenset(person.id for person in told.get("persons", ()))
    if guard.newcomers is not Newcomers.VOUCHED:
        return persons if guard.newcomers is Newcomers.AS_TOLD else frozenset()
    members: list[Membership] = [*here.memberships, *told.get("memberships", ())]
    working = {member.person_id for member in members if member.organization_id and not _is_neighbour(member)}
    return persons & (working - {member.person_id for member in members if _is_neighbour(member)})


def _is_neighbour(member: Membership) -> bool:
    role = member.role.casefold()
    return member.resident_group_id is not None or any(word in role for word in _OF_RESIDENTS)


def _memberships(here: Iterable[Membership], told: Iterable[Membership], *, guard: Guard) -> Iterator[Step]:
    known: dict[object, list[Membership]] = {}
    for member in here:
        known.setdefault(_role_key(member), []).append(member)
    for member in dict.fromkeys(told):
        if member.person_id in guard.erased:
            yield Step(part="memberships", fate=Fate.REFUSED, item=member)
            continue
        candidates = known.get(_role_key(member), [])
        before = _same_role(candidates, member)
        if before is not None:
            candidates.remove(before)  # what one row told, another does not tell again
        yield _step("memberships", item=_completed(member, before, guard=guard), before=before)


def _role_key(member: Membership) -> object:
    parties = (member.organization_id, member.community_id, member.resident_group_id)
    return member.person_id, parties, member.role.casefold()


def _same_role(candidates: Iterable[Membership], member: Membership) -> Membership | None:
    """Return which of the roles of one person at one party is meant, one of the same start before others."""
    possible = [old for old in candidates if _is_same_time(old, member)]
    return min(possible, key=lambda old: old.start_date != member.start_date, default=None)


def _is_same_time(old: Membership, member: Membership) -> bool:
    start, end = member.start_date or old.start_date, member.end_date or old.end_date
    if start is not None and end is not None and end < start:
        return False
    return member.start_date is None or old.start_date in {None, member.start_date}


def _completed(member: Membership, before: Membership | None, *, guard: Guard) -> Membership:
    """Return a membership with what the file leaves open as it was."""
    successor = None if member.successor_id in guard.erased else member.successor_id
    if before is None:
        return replace(member, successor_id=successor)
    return replace(
        before,
        start_date=member.start_date or before.start_date,
        end_date=member.end_date or before.end_date,
        successor_id=successor or before.successor_id,
    )


def _ties(here: Iterable[Tie], told: Iterable[Tie], *, guard: Guard) -> Iterator[Step]:
    known, latest = {_tie_key(tie): tie for tie in here}, _latest(told)
    for key, tie in latest.items():
        before, ends = known.get(key), {tie.source_id, tie.target_id}
        if ends & guard.erased:
            yield Step(part="ties", fate=Fate.REFUSED, item=tie)
        elif before is not None and tie.observed_date <= before.observed_date:
            yield Step(part="ties", fate=Fate.SAME, item=before, before=before)
        elif ends & guard.own:
            yield Step(part="ties", fate=Fate.KEPT, item=tie, before=before)
        else:
            yield _step("ties", item=tie, before=before)


def _latest(told: Iterable[Tie]) -> Mapping[object, Tie]:
    found: dict[object, Tie] = {}
    for tie in told:
        key = _tie_key(tie)
        if key not in found or tie.observed_date > found[key].observed_date:
            found[key] = tie
    return found


def _tie_key(tie: Tie) -> object:
    return tie.source_id, tie.target_id, tie.kind


def _grown(here: tuple[Any, ...], part: str, steps: Iterable[Step]) -> tuple[Any, ...]:
    own = [step for step in steps if step.part == part]
    changed = {step.before: step.item for step in own if step.fate is Fate.CHANGED}
    added = (step.item for step in own if step.fate is Fate.ADDED)
    return (*(changed.get(item, item) for item in here), *added)

# SPDX-License-Identifier: EUPL-1.2
"""Judge whether a party may take a need at a place, and whether it has room now."""

from __future__ import annotations

from datetime import date

from scharnier.core.kernel import AreaId, OrganizationId
from scharnier.core.network import Accepting, NetworkIndex, Person
from scharnier.core.referral._directory import Directory
from scharnier.core.referral._model import Cover, Mandate, Party, Room

EVERYWHERE_SCORE = 0.9  # works in the whole network: a little less near than here
ROOM = {Accepting.YES: 1.0, Accepting.UNKNOWN: 0.9, Accepting.LIMITED: 0.7}  # NO is no room
NO_PLACE_FREE = 0.6  # every service of the organization that counts places has none free
ACTIVE_DAYS = 180  # after which someone who was not active any more counts for less
DORMANT = 0.8
CHECKED_DAYS = 365  # after which a card that nobody looked over any more counts for a little less
UNCHECKED = 0.9


def judge_mandate(
    index: NetworkIndex, directory: Directory, party: Party, *, area_id: AreaId | None
) -> Mandate | None:
    """Return in what capacity a party would take a need at a place; None where it does not work.

    Notes
    -----
    A party works where its person says, else where its organization says, else everywhere. Scores: 1 here
    or when no place is asked, 0.9 everywhere.
    """
    areas = _work_areas(index, party)
    role = directory.roles.get(party.person_id) if party.person_id is not None else None
    if area_id is None:
        cover, score = Cover.NOT_ASKED, 1.0
    elif not areas:
        cover, score = Cover.EVERYWHERE, EVERYWHERE_SCORE
    elif areas & index.areas_around(area_id):
        cover, score = Cover.HERE, 1.0
    else:
        return None
    return Mandate(
        score=score,
        organization_id=party.organization_id,
        role=role.role if role is not None else "",
        cover=cover,
        area_ids=tuple(sorted(areas)),
    )


def _work_areas(index: NetworkIndex, party: Party) -> frozenset[AreaId]:
    own = index.persons[party.person_id].area_ids if party.person_id is not None else frozenset()
    if own or party.organization_id is None:
        return own
    return index.organizations[party.organization_id].area_ids


def judge_room(index: NetworkIndex, directory: Directory, party: Party, *, on: date) -> Room | None:
    """Return whether a party can take a need on a day; None when it said no or is full.

    Notes
    -----
    A person: 1 when accepting, 0.9 unknown, 0.7 limited; times the free share of capacity from 0.5 to 1;
    times 0.8 when last active over 180 days ago; times 0.9 when the card was last looked over more than 365
    days ago. An organization: 0.9, or 0.6 with no place free.
    """
    if party.person_id is not None:
        return _room_of_person(index.persons[party.person_id], on=on)
    return _room_of_organization(directory, party.organization_id)


def weigh_age(n_days_since_checked: int | None) -> float:
    """Return what the age of a card leaves of its weight, in 0.9..1.

    Notes
    -----
    1 up to and including 365 days, 0.9 after that. A card of which nobody knows when it was looked over is
    not held against its person: 1.

    Examples
    --------
    >>> weigh_age(None), weigh_age(365), weigh_age(366)
    (1.0, 1.0, 0.9)
    """
    return UNCHECKED if n_days_since_checked is not None and n_days_since_checked > CHECKED_DAYS else 1.0


def _room_of_person(person: Person, *, on: date) -> Room | None:
    availability = person.availability
    accepting = availability.accepting_on(on)
    if accepting is Accepting.NO or availability.is_full():
        return None
    n_days_active = _days_since(availability.last_active_date, on=on)
    n_days_checked = _days_since(person.checked_date, on=on)
    load = availability.open_requests / availability.capacity if availability.capacity else 0.0
    is_dormant = n_days_active is not None and n_days_active > ACTIVE_DAYS
    return Room(
        score=ROOM[accepting] * (1 - load / 2) * (DORMANT if is_dormant else 1) * weigh_age(n_days_checked),
        accepting=accepting,
        until=availability.until if accepting is not Accepting.UNKNOWN else None,
        open_requests=availability.open_requests,
        capacity=availability.capacity,
        n_days_since_active=n_days_active,
        n_days_since_checked=n_days_checked,
    )


def _days_since(day: date | None, *, on: date) -> int | None:
    return (on - day).days if day is not None and day <= on else None


def _room_of_organization(directory: Directory, organization_id: OrganizationId | None) -> Room:
    services = directory.services.get(organization_id, ()) if organization_id is not None else ()
    places = [service.capacity.available for service in services if service.capacity is not None]
    if places and not any(places):
        return Room(score=NO_PLACE_FREE, accepting=Accepting.LIMITED)
    return Room(score=ROOM[Accepting.UNKNOWN])

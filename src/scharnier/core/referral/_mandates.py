# SPDX-License-Identifier: EUPL-1.2
"""Judge whether a party may take a need at a place, and whether it has room now."""

from __future__ import annotations

from datetime import date

from scharnier.core.kernel import AreaId, OrganizationId
from scharnier.core.network import Accepting, Availability, NetworkIndex
from scharnier.core.referral._directory import Directory
from scharnier.core.referral._model import Cover, Mandate, Party, Room

EVERYWHERE_SCORE = 0.9  # works in the whole network: a little less near than here
ROOM = {Accepting.YES: 1.0, Accepting.UNKNOWN: 0.9, Accepting.LIMITED: 0.7}  # NO is no room
NO_PLACE_FREE = 0.6  # every service of the organization that counts places has none free
ACTIVE_DAYS = 180  # after which someone who was not active any more counts for less
DORMANT = 0.8


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
    times 0.8 when last active over 180 days ago. An organization: 0.9, or 0.6 with no place free.
    """
    if party.person_id is not None:
        return _room_of_person(index.persons[party.person_id].availability, on=on)
    return _room_of_organization(directory, party.organization_id)


def _room_of_person(availability: Availability, *, on: date) -> Room | None:
    accepting = availability.accepting_on(on)
    if accepting is Accepting.NO or availability.is_full():
        return None
    active = availability.last_active_date
    n_days = (on - active).days if active is not None and active <= on else None
    load = availability.open_requests / availability.capacity if availability.capacity else 0.0
    score = ROOM[accepting] * (1 - load / 2) * (DORMANT if n_days is not None and n_days > ACTIVE_DAYS else 1)
    return Room(
        score=score,
        accepting=accepting,
        until=availability.until if accepting is not Accepting.UNKNOWN else None,
        open_requests=availability.open_requests,
        capacity=availability.capacity,
        n_days_since_active=n_days,
    )


def _room_of_organization(directory: Directory, organization_id: OrganizationId | None) -> Room:
    services = directory.services.get(organization_id, ()) if organization_id is not None else ()
    places = [service.capacity.available for service in services if service.capacity is not None]
    if places and not any(places):
        return Room(score=NO_PLACE_FREE, accepting=Accepting.LIMITED)
    return Room(score=ROOM[Accepting.UNKNOWN])

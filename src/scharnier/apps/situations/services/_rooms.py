# SPDX-License-Identifier: EUPL-1.2
"""Acts on what only some may read: private rooms, and how a partner stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.situations import access, models
from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _working as working
from scharnier.core import situations
from scharnier.core.kernel import Actor, NotFound, OrganizationId, PartId, SituationId
from scharnier.core.situations import Audience, Event, PartnerState


class RoomNotFound(NotFound):
    """No such room, or none of an organization that the actor acts for."""

    code = "situations.room_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class For:
    """For whom an organization brings something in."""

    audience: Audience = Audience.COALITION
    named_ids: frozenset[OrganizationId] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Furnishing:
    """What a room holds, for whom, and from when to when."""

    title: str
    text: str
    meant_for: For
    opens_on: date
    closes_on: date | None = None  # last day for others


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How an organization stands, for whom to know."""

    state: PartnerState
    words: str = ""
    meant_for: For = field(default_factory=For)


@transaction.atomic
def open_room(situation_id: SituationId, room: Furnishing, *, actor: Actor, at: datetime) -> PartId:
    """Bring something in that only some may read.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed
    ReadersUnclear
    EmptyText, TextTooLong, PersonalDataFound
    """
    acted = working.hold_work(situation_id, actor=actor, step="open_room")
    value = _part(acted, room, PartId(working.new_id()), source_id=acting.check_takes_part(acted))
    models.Room.objects.create(
        id=value.id, network_id=acted.row.network_id, situation=acted.row, **_stored(value)
    )
    acting.tell(acted, Event.PART_SHARED, at=at, subject_id=value.id, readers=value.readers)
    acting.record("situation.room_opened", acted, at=at, facts={"room": value.id})
    return value.id


@transaction.atomic
def change_room(
    situation_id: SituationId, room_id: PartId, room: Furnishing, *, actor: Actor, at: datetime
) -> None:
    """Change what stands in a room, or who may read it.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed
    RoomNotFound
        Also when another organization opened it.
    ReadersUnclear
    EmptyText, TextTooLong, PersonalDataFound
    """
    acted = working.hold_work(situation_id, actor=actor, step="change_room")
    row = _own_room(acted, room_id, actor=actor)
    value = _part(acted, room, room_id, source_id=OrganizationId(row.source_text_id))
    models.Room.objects.filter(pk=row.pk).update(**_stored(value))
    acting.record("situation.room_changed", acted, at=at, facts={"room": row.id})


@transaction.atomic
def remove_room(situation_id: SituationId, room_id: PartId, *, actor: Actor, at: datetime) -> None:
    """Take a room away with what stands in it.

    Raises
    ------
    SituationNotFound, RoomNotFound
    """
    acted = acting.hold(situation_id, by=actor)
    row = _own_room(acted, room_id, actor=actor)
    models.Room.objects.filter(pk=row.pk).delete()
    acting.record("situation.room_removed", acted, at=at, facts={"room": room_id})


@transaction.atomic
def tell_status(
    situation_id: SituationId, standing: Standing, *, actor: Actor, on: date, at: datetime
) -> None:
    """Say how the actor's organization stands; it replaces what was said before.

    Raises
    ------
    SituationNotFound, NotInCoalition, StepClosed
    ReadersUnclear
    TextTooLong, PersonalDataFound
    """
    acted = working.hold_work(situation_id, actor=actor, step="tell_status")
    source_id = acting.check_takes_part(acted)
    readers = _readers(acted, standing.meant_for, source_id=source_id)
    value = situations.PartnerStatus(
        readers=readers, state=standing.state, words=standing.words.strip(), told_on=on
    )
    models.Status.objects.update_or_create(
        network_id=acted.row.network_id,
        situation=acted.row,
        source_text_id=source_id,
        defaults={
            "audience": readers.audience.value,
            "named_ids": sorted(readers.named_ids),
            "state": value.state.value,
            "words": value.words,
            "told_on": value.told_on,
        },
    )
    acting.tell(acted, Event.STATUS, at=at, what=value.state.value, readers=readers)
    acting.record("situation.status_told", acted, at=at)


def _readers(acted: acting.Acted, meant_for: For, *, source_id: OrganizationId) -> situations.Readers:
    working.check_partners(acted, meant_for.named_ids)
    return situations.Readers(source_id=source_id, audience=meant_for.audience, named_ids=meant_for.named_ids)


def _part(
    acted: acting.Acted, room: Furnishing, room_id: PartId, *, source_id: OrganizationId
) -> situations.Part:
    return situations.Part(
        id=room_id,
        title=room.title.strip(),
        text=room.text.strip(),
        readers=_readers(acted, room.meant_for, source_id=source_id),
        opens_on=room.opens_on,
        closes_on=room.closes_on,
    )


def _stored(value: situations.Part) -> dict[str, object]:
    return {
        "title": value.title,
        "text": value.text,
        "source_text_id": value.readers.source_id,
        "audience": value.readers.audience.value,
        "named_ids": sorted(value.readers.named_ids),
        "opens_on": value.opens_on,
        "closes_on": value.closes_on,
    }


def _own_room(acted: acting.Acted, room_id: PartId, *, actor: Actor) -> models.Room:
    found = access.own_rooms(acted.row, actor=actor).filter(pk=room_id).first()
    if found is None:
        raise RoomNotFound(room_id=room_id)
    return found

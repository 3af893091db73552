# SPDX-License-Identifier: EUPL-1.2
"""Acts of people on their own card: one group of fields at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.people import access, cards, models
from scharnier.apps.people.services._checks import note_check
from scharnier.apps.people.services._revisions import finish_act
from scharnier.apps.people.services._topics import adopt_topics, check_areas
from scharnier.core import network, policy
from scharnier.core.kernel import Actor, AreaId, Invalid, TopicId


class UnknownPart(Invalid):
    """A card has no such field, or none that its person can show or hide."""

    code = "people.unknown_part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """What somebody can do, about what, where and in which languages."""

    summary: str
    competences: tuple[str, ...]
    topics: frozenset[TopicId]
    area_ids: frozenset[AreaId]
    languages: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How to reach somebody, in their own words too."""

    email: str
    phone: str
    reach: str


@transaction.atomic
def change_skills(value: Skills, *, actor: Actor, on: date, at: datetime) -> None:
    """Change what the actor's own card says they can do.

    Raises
    ------
    PersonNotFound
    UnknownTopic
    UnknownArea
    """
    row = access.own_person_for_update(actor)
    adopt_topics(value.topics, network_id=actor.network_id)
    check_areas(value.area_ids, network_id=actor.network_id)
    row.summary, row.competences = value.summary, list(value.competences)
    row.topic_ids, row.area_ids = sorted(value.topics), sorted(value.area_ids)
    row.languages = sorted(value.languages)
    fields = ("summary", "competences", "topic_ids", "area_ids", "languages")
    _save(row, cards.Group.SKILLS, fields=fields, actor=actor, on=on, at=at)


@transaction.atomic
def change_ways(value: Reach, *, actor: Actor, on: date, at: datetime) -> None:
    """Change how the actor is reached.

    Raises
    ------
    PersonNotFound
    """
    row = access.own_person_for_update(actor)
    row.email, row.phone, row.reach = value.email, value.phone, value.reach
    _save(row, cards.Group.WAYS, fields=cards.WAYS, actor=actor, on=on, at=at)


@transaction.atomic
def change_room(value: network.Availability, *, actor: Actor, on: date, at: datetime) -> None:
    """Change whether the actor takes requests, until when, and how many.

    Raises
    ------
    InvalidEnd
    PersonNotFound
    """
    if value.until is not None:
        cards.check_end(value.until, on=on, lasts_at_most=cards.ROOM_LASTS_AT_MOST)
    row = access.own_person_for_update(actor)
    row.accepting, row.accepting_until = value.accepting.value, value.until
    row.open_requests, row.capacity = value.open_requests, value.capacity
    fields = ("accepting", "accepting_until", "open_requests", "capacity")
    _save(row, cards.Group.ROOM, fields=fields, actor=actor, on=on, at=at)


@transaction.atomic
def change_visibility(wishes: Mapping[str, policy.Visibility], *, actor: Actor, at: datetime) -> None:
    """Change to whom the actor shows fields of their card, and leave other fields as they are.

    Raises
    ------
    PersonNotFound
    UnknownPart
    """
    for field in wishes:
        if field not in cards.FIELDS:
            raise UnknownPart(field=field)
    row = access.own_person_for_update(actor)
    row.visibility = {**row.visibility, **{field: wish.value for field, wish in wishes.items()}}
    row.save(update_fields=["visibility"])
    facts = {field: wish.value for field, wish in wishes.items()}
    _finish("card.shown_to", actor=actor, at=at, facts=facts)


@transaction.atomic
def confirm_group(group: cards.Group, *, actor: Actor, on: date, at: datetime) -> None:
    """Note that a group of fields on the actor's own card is still right.

    Raises
    ------
    PersonNotFound
    UnknownPart
    """
    if group not in cards.OF_PERSON:
        raise UnknownPart(field=group.value)
    row = access.own_person_for_update(actor)
    note_check(row, group, on=on)
    facts = {"group": group.value}
    _finish("card.checked", actor=actor, at=at, facts=facts)


def _save(
    row: models.Person,
    group: cards.Group,
    *,
    fields: Iterable[str],
    actor: Actor,
    on: date,
    at: datetime,
) -> None:
    row.save(update_fields=[*fields])
    note_check(row, group, on=on)
    facts = {"group": group.value}
    _finish("card.changed", actor=actor, at=at, facts=facts)


def _finish(act: str, *, actor: Actor, at: datetime, facts: Mapping[str, str]) -> None:
    """End an act on the actor's own card; who may be seen, and each tie, stays as it was."""
    finish_act(act, kind="person", object_id=actor.person_id, actor=actor, at=at, facts=facts, in_sight=False)

# SPDX-License-Identifier: EUPL-1.2
"""Acts on organizations, their services and communities, by who acts for them or the coordinator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar
from uuid import uuid4

from django.db import transaction
from django.utils.text import slugify

from scharnier.apps.people import access, cards, models, rows
from scharnier.apps.people.services._cards import UnknownPart
from scharnier.apps.people.services._checks import note_check
from scharnier.apps.people.services._revisions import finish_act
from scharnier.apps.people.services._topics import adopt_topics, check_areas
from scharnier.core import network, policy
from scharnier.core.kernel import Actor, Conflict, OrganizationId, PersonId, ServiceId

ABOUT = ("name", "alternate_name", "description", "remit", "topic_ids", "area_ids")
WAYS = ("email", "phone", "website")
OFFER = (
    "name",
    "description",
    "status",
    "eligibility",
    "how_to_apply",
    "topic_ids",
    "area_ids",
    "languages",
    "schedules",
    "capacity_available",
    "capacity_maximum",
    "capacity_unit",
    "capacity_updated_date",
    "website",
    "email",
)
LONGEST_SLUG = 40

_Row = TypeVar("_Row", models.Organization, models.Service)


class NameTaken(Conflict):
    """Something of this kind has that name already in the network."""

    code = "people.name_taken"


def new_id(name: str) -> str:
    """Return an identifier that nothing has yet, and that says what it is of."""
    return f"{slugify(name)[:LONGEST_SLUG] or 'x'}-{uuid4().hex[:8]}"


@transaction.atomic
def change_organization(
    value: network.Organization, group: cards.Group, *, actor: Actor, on: date, at: datetime
) -> None:
    """Change what an organization is and does, or how it is reached.

    Raises
    ------
    OrganizationNotFound
        Also when the actor does not act for it.
    NameTaken
    UnknownTopic
    UnknownArea
    """
    fields = ABOUT if group is cards.Group.ABOUT else WAYS
    row = access.changeable_organization(value.id, actor=actor, lock=True)
    if group is cards.Group.ABOUT:
        _check_name(models.Organization, value.name, actor=actor, except_id=value.id)
        adopt_topics(value.topics, network_id=actor.network_id)
        check_areas(value.area_ids, network_id=actor.network_id)
    _copy(rows.organization_row(value, network_id=actor.network_id), row, fields)
    note_check(row, group, on=on)
    _finish("organization.changed", row.text_id, actor=actor, at=at, facts={"group": group.value})


@transaction.atomic
def confirm_organization(
    organization_id: OrganizationId, group: cards.Group, *, actor: Actor, on: date, at: datetime
) -> None:
    """Note that a group of fields on an organization's card is still right.

    Raises
    ------
    OrganizationNotFound
    UnknownPart
    """
    if group not in cards.OF_ORGANIZATION:
        raise UnknownPart(field=group.value)
    row = access.changeable_organization(organization_id, actor=actor, lock=True)
    note_check(row, group, on=on)
    _finish("organization.checked", row.text_id, actor=actor, at=at, facts={"group": group.value})


@transaction.atomic
def save_service(value: network.Service, *, actor: Actor, on: date, at: datetime) -> None:
    """Change a service, or add it to its organization when it is new.

    Raises
    ------
    OrganizationNotFound
        Also when the actor does not act for it, or the service is of another one.
    UnknownTopic
    UnknownArea
    """
    organization = access.changeable_organization(value.organization_id, actor=actor, lock=True)
    adopt_topics(value.topics, network_id=actor.network_id)
    check_areas(value.area_ids, network_id=actor.network_id)
    keys: dict[str | None, int] = {organization.text_id: organization.pk}
    filled = rows.service_row(value, network_id=actor.network_id, organizations=keys)
    is_new = not models.Service.objects.filter(network_id=actor.network_id, text_id=value.id).exists()
    if is_new:
        filled.save(force_insert=True)
    else:
        _change_service(filled, of=organization, actor=actor)
    note_check(organization, cards.Group.SERVICES, on=on)
    act = "service.added" if is_new else "service.changed"
    _finish(act, organization.text_id, actor=actor, at=at, facts={"service": value.id})


def _change_service(filled: models.Service, *, of: models.Organization, actor: Actor) -> None:
    row = access.changeable_service(ServiceId(filled.text_id), actor=actor, lock=True)
    if row.organization_id != of.pk:
        raise access.ServiceNotFound(service_id=filled.text_id)
    _copy(filled, row, OFFER)


@transaction.atomic
def add_organization(value: network.Organization, *, actor: Actor, on: date, at: datetime) -> None:
    """Add an organization to the network.

    Raises
    ------
    MayNotAdd
    NameTaken
    UnknownTopic
    UnknownArea
    """
    access.check_may_add(actor, policy.Kind.ORGANIZATION, on=on)
    _check_name(models.Organization, value.name, actor=actor)
    adopt_topics(value.topics, network_id=actor.network_id)
    check_areas(value.area_ids, network_id=actor.network_id)
    row = rows.organization_row(value, network_id=actor.network_id)
    row.save(force_insert=True)
    note_check(row, cards.Group.ABOUT, on=on)
    _finish("organization.added", value.id, actor=actor, at=at)


@transaction.atomic
def add_community(value: network.Community, *, actor: Actor, on: date, at: datetime) -> None:
    """Add a community to the network.

    Raises
    ------
    MayNotAdd
    NameTaken
    UnknownTopic
    UnknownArea
    """
    access.check_may_add(actor, policy.Kind.COMMUNITY, on=on)
    _check_name(models.Community, value.name, actor=actor)
    adopt_topics(value.topics, network_id=actor.network_id)
    check_areas(value.area_ids, network_id=actor.network_id)
    rows.community_row(value, network_id=actor.network_id).save(force_insert=True)
    finish_act("community.added", kind="community", object_id=value.id, actor=actor, at=at)


@transaction.atomic
def add_person(value: network.Person, *, actor: Actor, on: date, at: datetime) -> None:
    """Add a card for somebody, shown to nobody until they say otherwise themselves.

    Raises
    ------
    MayNotAdd
    """
    access.check_may_add(actor, policy.Kind.PERSON, on=on)
    rows.person_row(value, network_id=actor.network_id).save(force_insert=True)  # without its consents
    finish_act("person.added", kind="person", object_id=value.id, actor=actor, at=at)


def new_person_id() -> PersonId:
    """Return an identifier that tells nothing of whose it is."""
    return PersonId(uuid4().hex)


def _check_name(
    kind: type[models.Organization] | type[models.Community],
    name: str,
    *,
    actor: Actor,
    except_id: str = "",
) -> None:
    found = kind.objects.filter(network_id=actor.network_id, name__iexact=name).exclude(text_id=except_id)
    if found.exists():
        raise NameTaken(name=name)


def _copy(filled: _Row, row: _Row, fields: Iterable[str]) -> None:
    for field in fields:
        setattr(row, field, getattr(filled, field))
    row.save(update_fields=[*fields])


def _finish(
    act: str, organization_id: str, *, actor: Actor, at: datetime, facts: Mapping[str, str] | None = None
) -> None:
    on_behalf_of = organization_id if organization_id in actor.acts_for else ""
    finish_act(
        act,
        kind="organization",
        object_id=organization_id,
        actor=actor,
        at=at,
        on_behalf_of=on_behalf_of,
        facts=facts or {},
    )

# SPDX-License-Identifier: EUPL-1.2
"""Write a whole network, and who may sign in to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import transaction

from scharnier.apps import wall
from scharnier.apps.audit import services as log
from scharnier.apps.people import models, rows
from scharnier.apps.people.services._revisions import bump_revision
from scharnier.core import audit, network, referral
from scharnier.core.kernel import Actor, NetworkId, PersonId, Role

BATCH_ROWS = 500  # keeps a statement under SQLite's limit of variables


class _Identified(Protocol):
    text_id: str

    @property
    def pk(self) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Someone who may sign in, and as whom."""

    name: str
    password: str
    person_id: PersonId
    role: Role


@transaction.atomic
def load_network(
    value: network.Network,
    *,
    at: datetime,
    actor: Actor | None = None,
    outcomes: Iterable[referral.Outcome] = (),
    source_digest: str = "",
) -> None:
    """Write a network with what was learned, in place of what stood under its identifier.

    Without an actor the installation itself does it.
    """
    with wall.in_network(value.id):
        _replace(value, outcomes=outcomes, source_digest=source_digest)
        log.record(
            actor=actor or audit.System(network_id=value.id),
            act="network.loaded",
            kind="network",
            object_id=value.id,
            at=at,
            facts={"source": source_digest} if source_digest else {},
        )


def _replace(value: network.Network, *, outcomes: Iterable[referral.Outcome], source_digest: str) -> None:
    row, is_new = models.Network.objects.get_or_create(id=value.id)
    said = dict(row.persons.exclude(visibility={}).values_list("text_id", "visibility"))
    if not is_new:
        _delete_parts(row)
    row.name, row.language, row.source_digest = value.name, value.language, source_digest
    row.save(update_fields=["name", "language", "source_digest"])
    _insert_places(value)
    keys = _insert_parties(value)
    _show_as_before(row, said)
    _insert_relations(value, keys=keys)
    _insert_outcomes(outcomes, network_id=value.id, keys=keys)
    bump_revision(value.id)


def _show_as_before(row: models.Network, said: Mapping[str, dict[str, str]]) -> None:
    """Keep to oneself what people kept to themselves: a network as a value says nothing of it."""
    persons = list(row.persons.filter(text_id__in=sorted(said))) if said else []
    for person in persons:
        person.visibility = said[person.text_id]
    models.Person.objects.bulk_update(persons, ["visibility"], batch_size=BATCH_ROWS)


def _delete_parts(row: models.Network) -> None:
    relations = (row.outcomes.all(), row.ties.all(), row.memberships.all())
    parties = (row.persons.all(), row.resident_groups.all(), row.communities.all(), row.services.all())
    others = (row.organizations.all(), row.topics.all(), row.locations.all(), row.areas.all())
    for part in (*relations, *parties, *others):  # nothing goes while something refers to it
        part.delete()


def _keyed(created: Iterable[_Identified]) -> dict[str | None, int]:
    return {row.text_id: row.pk for row in created}


def _insert_places(value: network.Network) -> None:
    created = models.Area.objects.bulk_create(
        rows.area_row(area, network_id=value.id) for area in value.areas
    )
    areas = _keyed(created)
    for row, area in zip(created, value.areas, strict=True):
        row.parent_id = areas.get(area.parent_id)
    models.Area.objects.bulk_update(
        [row for row in created if row.parent_id], ["parent"], batch_size=BATCH_ROWS
    )
    models.Location.objects.bulk_create(
        rows.location_row(location, network_id=value.id, areas=areas) for location in value.locations
    )
    models.Topic.objects.bulk_create(rows.topic_row(topic, network_id=value.id) for topic in value.topics)


def _insert_parties(value: network.Network) -> rows.PartyKeys:
    organizations = _insert_organizations(value)
    models.Service.objects.bulk_create(
        rows.service_row(service, network_id=value.id, organizations=organizations)
        for service in value.services
    )
    return rows.PartyKeys(
        organizations=organizations,
        communities=_keyed(
            models.Community.objects.bulk_create(
                rows.community_row(community, network_id=value.id) for community in value.communities
            )
        ),
        resident_groups=_keyed(
            models.ResidentGroup.objects.bulk_create(
                rows.resident_group_row(group, network_id=value.id) for group in value.resident_groups
            )
        ),
        persons=_keyed(
            models.Person.objects.bulk_create(
                rows.person_row(person, network_id=value.id) for person in value.persons
            )
        ),
    )


def _insert_organizations(value: network.Network) -> dict[str | None, int]:
    created = models.Organization.objects.bulk_create(
        rows.organization_row(organization, network_id=value.id) for organization in value.organizations
    )
    keys = _keyed(created)
    for row, organization in zip(created, value.organizations, strict=True):
        row.parent_id = keys.get(organization.parent_id)
    children = [row for row in created if row.parent_id]
    models.Organization.objects.bulk_update(children, ["parent"], batch_size=BATCH_ROWS)
    return keys


def _insert_relations(value: network.Network, *, keys: rows.PartyKeys) -> None:
    models.Consent.objects.bulk_create(
        consent for person in value.persons for consent in rows.consent_rows(person, keys=keys)
    )
    models.CardCheck.objects.bulk_create(
        check for person in value.persons for check in rows.check_rows(person, network_id=value.id, keys=keys)
    )
    models.Membership.objects.bulk_create(
        rows.membership_row(member, network_id=value.id, keys=keys) for member in value.memberships
    )
    models.Tie.objects.bulk_create(rows.tie_row(tie, network_id=value.id, keys=keys) for tie in value.ties)


def _insert_outcomes(
    outcomes: Iterable[referral.Outcome], *, network_id: NetworkId, keys: rows.PartyKeys
) -> None:
    models.Outcome.objects.bulk_create(
        rows.outcome_row(outcome, network_id=network_id, keys=keys) for outcome in outcomes
    )


@transaction.atomic
def load_logins(network_id: NetworkId, *, logins: Iterable[Login]) -> None:
    """Give the persons of a network accounts to sign in with; existing users keep their passwords."""
    with wall.in_network(network_id):
        persons = dict(models.Person.objects.filter(network_id=network_id).values_list("text_id", "pk"))
        for login in logins:
            models.Account.objects.update_or_create(
                user=_user(login),
                network_id=network_id,
                defaults={"person_id": persons[login.person_id], "role": login.role},
            )


def _user(login: Login) -> models.User:
    found = models.User.objects.filter(username=login.name).first()
    return found or models.User.objects.create_user(login.name, password=login.password)

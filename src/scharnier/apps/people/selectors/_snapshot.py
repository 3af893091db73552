# SPDX-License-Identifier: EUPL-1.2
"""Reads of a whole network as a value, and of the revision it is at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, transaction
from django.db.models import Max, Model, QuerySet

from scharnier.apps import wall
from scharnier.apps.people import cards, models, rows
from scharnier.core import network, referral
from scharnier.core.kernel import NetworkId, NotFound

_Row = TypeVar("_Row", bound=Model)
_Value = TypeVar("_Value")


class NetworkNotFound(NotFound):
    """No such network in this installation."""

    code = "people.network_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A network and what came of earlier questions, at one revision."""

    revision: str
    network: network.Network
    outcomes: tuple[referral.Outcome, ...]
    last_outcome_pk: int = 0  # what came later has a higher one


@wall.holding(wall.NETWORKS)
def network_ids() -> tuple[NetworkId, ...]:
    """Return the networks of this installation, for work that goes past all of them; not for pages."""
    found = models.Network.objects.order_by("id").values_list("id", flat=True)
    return tuple(map(NetworkId, found))


def each_network() -> Iterator[NetworkId]:
    """Return the networks of this installation one by one, and work in each until the next is asked for."""
    for network_id in network_ids():
        with wall.in_network(network_id):
            yield network_id


def revision(network_id: NetworkId) -> str:
    """Return the revision a network is at.

    Raises
    ------
    NetworkNotFound
    """
    found = models.Network.objects.filter(id=network_id).values_list("revision", flat=True).first()
    if found is None:
        raise NetworkNotFound(network_id=network_id)
    return found


def count_persons(network_id: NetworkId) -> int:
    """Return how many persons a network has; none when it is not there."""
    return models.Person.objects.filter(network_id=network_id).count()


def read_snapshot(network_id: NetworkId) -> Snapshot:
    """Return a whole network with what was learned, as they stood at one moment.

    Raises
    ------
    NetworkNotFound

    Notes
    -----
    Every change gives the network a new revision before it ends, and none comes back: what was read between
    two looks at the same revision stood there together. Where a change came between, a second reading is of
    one moment: in SQLite by a transaction that only reads, in PostgreSQL by holding the network's row.
    """
    return _read_between_changes(network_id) or _read_at_one_moment(network_id)


def _read_between_changes(network_id: NetworkId) -> Snapshot | None:
    """Return a network, or None when it changed while it was read."""
    try:
        found = _read(models.Network.objects.filter(id=network_id), network_id)
    except (network.InvalidNetwork, ObjectDoesNotExist):  # its parts are of different moments
        return None
    return found if revision(network_id) == found.revision else None


def _read_at_one_moment(network_id: NetworkId) -> Snapshot:
    with _reading_only(), transaction.atomic():
        found = models.Network.objects.select_for_update(no_key=True).filter(id=network_id)
        return _read(found, network_id)


@contextmanager
def _reading_only() -> Iterator[None]:
    """Let a transaction that begins here keep nobody from writing, where SQLite would take the only pen."""
    if connection.vendor != "sqlite":
        yield
        return
    sqlite: Any = connection
    usual, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
    try:
        yield
    finally:
        sqlite.transaction_mode = usual


def _read(found: QuerySet[models.Network], network_id: NetworkId) -> Snapshot:
    row = found.first()
    if row is None:
        raise NetworkNotFound(network_id=network_id)
    outcomes = tuple(_outcomes(network_id))
    return Snapshot(
        revision=row.revision,
        network=_network(row),
        outcomes=tuple(map(rows.outcome_value, outcomes)),
        last_outcome_pk=outcomes[-1].pk if outcomes else 0,
    )


def outcomes_after(last_pk: int, *, network_id: NetworkId) -> tuple[tuple[int, referral.Outcome], ...]:
    """Return what came of questions since a reading, each with its number, oldest first."""
    return tuple((row.pk, rows.outcome_value(row)) for row in _outcomes(network_id).filter(pk__gt=last_pk))


def _outcomes(network_id: NetworkId) -> QuerySet[models.Outcome]:
    related = ("person", "organization", "community", "rather_person", "rather_organization")
    found = models.Outcome.objects.filter(network_id=network_id).select_related(*related)
    return found.order_by("pk")


def _network(row: models.Network) -> network.Network:
    persons, organizations = _by_key(row.persons.all()), _by_key(row.organizations.all())
    communities, resident_groups = _by_key(row.communities.all()), _by_key(row.resident_groups.all())
    members = _pointing_at(
        row.memberships.filter(is_confirmed=True).order_by("pk"),
        person=persons,
        organization=organizations,
        community=communities,
        resident_group=resident_groups,
        successor=persons,
    )
    return network.Network(
        id=NetworkId(row.id),
        name=row.name,
        language=row.language,
        areas=_values(row.areas.select_related("parent"), rows.area_value),
        locations=_values(row.locations.select_related("area"), rows.location_value),
        topics=_values(row.topics.all(), rows.topic_value),
        organizations=tuple(
            map(rows.organization_value, _pointing_at(organizations.values(), parent=organizations))
        ),
        services=tuple(
            map(rows.service_value, _pointing_at(row.services.order_by("pk"), organization=organizations))
        ),
        communities=tuple(map(rows.community_value, communities.values())),
        resident_groups=tuple(map(rows.resident_group_value, resident_groups.values())),
        persons=tuple(_persons(row, persons)),
        memberships=tuple(map(rows.membership_value, members)),
        ties=tuple(
            map(rows.tie_value, _pointing_at(row.ties.order_by("pk"), source=persons, target=persons))
        ),
    )


def _persons(row: models.Network, persons: Mapping[int, models.Person]) -> Iterator[network.Person]:
    consents = defaultdict(list)
    for consent in models.Consent.objects.filter(person__network=row).order_by("pk"):
        consents[consent.person_id].append(consent)
    checks = models.CardCheck.objects.filter(network=row).order_by().values_list("person_id")
    checked = dict(checks.annotate(Max("checked_on")))
    for key, person in persons.items():
        whole = rows.whole_person(person, consents=consents[key], checked_date=checked.get(key))
        yield _show(whole, person)


def shown_person(row: models.Person) -> network.Person:
    """Return a person without what they keep to themselves: a network as a value has many readers."""
    return _show(rows.person_value(row), row)


def _show(value: network.Person, row: models.Person) -> network.Person:
    return rows.hide_fields(value, cards.private_fields(row.visibility))


def _by_key(found: QuerySet[_Row]) -> dict[int, _Row]:
    return {row.pk: row for row in found.order_by("pk")}


def _pointing_at(found: Iterable[_Row], **known: Mapping[int, Model]) -> Iterator[_Row]:
    """Yield rows that know what they point at; a join would make each person anew for each of their ties."""
    for row in found:
        for name, targets in known.items():
            target = targets.get(getattr(row, f"{name}_id"))
            if target is not None:  # else it came in meanwhile, or there is none
                setattr(row, name, target)
        yield row


def _values(found: QuerySet[_Row], value: Callable[[_Row], _Value]) -> tuple[_Value, ...]:
    return tuple(value(row) for row in found.order_by("pk"))

# SPDX-License-Identifier: EUPL-1.2
"""Write what became of a file into the rows of a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from scharnier.apps.people import models, rows
from scharnier.apps.people.services._topics import adopt_topics
from scharnier.core import network
from scharnier.core.kernel import NetworkId, TopicId

BATCH_ROWS: Final = 500  # keeps a statement under SQLite's limit of variables
ADDED, CHANGED = network.Fate.ADDED, network.Fate.CHANGED
NOT_TOLD: Final = frozenset(
    {"_state", "id", "network_id", "text_id", "parent_id", "visibility", "awaits_person"}
)  # columns that a changed item leaves as they are
KEPT: Final = frozenset({"_state", "id", "network_id", "text_id"})  # of a row that something refers to
WITH_TOPICS: Final = ("organizations", "services", "communities", "persons")

Keys = Mapping[str | None, int]
Make = Callable[[Any], Any]  # from a value to its row


def store_merge(merge: network.Merge, *, is_over: bool = False) -> rows.PartyKeys:
    """Write what a merge added and changed; call it inside the transaction of the act.

    Over what stood, what is added takes the row that has its identifier, so that who refers to it still does.
    """
    network_id = merge.network.id
    _store_places(merge, network_id=network_id, is_over=is_over)
    keys = _store_parties(merge, network_id=network_id, is_over=is_over)
    _store_new_cards(merge, network_id=network_id, keys=keys)
    _store_memberships(merge, network_id=network_id, keys=keys)
    _store_ties(merge, network_id=network_id, keys=keys)
    return keys


def _store(merge: network.Merge, part: str, *, model: Any, make: Make, is_over: bool) -> Keys:
    """Write the items of one part that have identifiers, and return the keys of all there are."""
    added = [make(step.item) for step in merge.of(part, ADDED)]
    if added and is_over:
        told = [column for column in vars(added[0]) if column not in KEPT]
        over = {"update_conflicts": True, "update_fields": told, "unique_fields": ["network", "text_id"]}
    else:
        over = {}
    model.objects.bulk_create(added, **over)
    keys: dict[str | None, int] = dict(
        model.objects.filter(network_id=merge.network.id).values_list("text_id", "pk")
    )
    changed = [make(step.item) for step in merge.of(part, CHANGED)]
    for row in changed:
        row.pk = keys[row.text_id]
    if changed:
        told = [column for column in vars(changed[0]) if column not in NOT_TOLD]
        model.objects.bulk_update(changed, told, batch_size=BATCH_ROWS)
    return keys


def _store_parents(merge: network.Merge, part: str, *, model: Any, keys: Keys) -> None:
    """Write under what items lie, once all of them are there."""
    below = [
        model(pk=keys[step.item.id], parent_id=keys.get(step.item.parent_id))
        for step in merge.of(part, ADDED, CHANGED)
        if step.item.parent_id or step.fate is CHANGED
    ]
    model.objects.bulk_update(below, ["parent"], batch_size=BATCH_ROWS)


def _store_places(merge: network.Merge, *, network_id: NetworkId, is_over: bool) -> None:
    areas = _store(
        merge,
        "areas",
        model=models.Area,
        make=lambda area: rows.area_row(area, network_id=network_id),
        is_over=is_over,
    )
    _store_parents(merge, "areas", model=models.Area, keys=areas)
    _store(
        merge,
        "locations",
        model=models.Location,
        make=lambda location: rows.location_row(location, network_id=network_id, areas=areas),
        is_over=is_over,
    )
    _store(
        merge,
        "topics",
        model=models.Topic,
        make=lambda topic: rows.topic_row(topic, network_id=network_id),
        is_over=is_over,
    )
    adopt_topics(_told_topics(merge), network_id=network_id)


def _told_topics(merge: network.Merge) -> frozenset[TopicId]:
    items = [step.item for part in WITH_TOPICS for step in merge.of(part, ADDED, CHANGED)]
    return frozenset(topic_id for item in items for topic_id in item.topics)


def _store_parties(merge: network.Merge, *, network_id: NetworkId, is_over: bool) -> rows.PartyKeys:
    organizations = _store(
        merge,
        "organizations",
        model=models.Organization,
        make=lambda value: rows.organization_row(value, network_id=network_id),
        is_over=is_over,
    )
    _store_parents(merge, "organizations", model=models.Organization, keys=organizations)
    _store(
        merge,
        "services",
        model=models.Service,
        make=lambda value: rows.service_row(value, network_id=network_id, organizations=organizations),
        is_over=is_over,
    )
    return rows.PartyKeys(
        organizations=organizations,
        communities=_store(
            merge,
            "communities",
            model=models.Community,
            make=lambda value: rows.community_row(value, network_id=network_id),
            is_over=is_over,
        ),
        resident_groups=_store(
            merge,
            "resident_groups",
            model=models.ResidentGroup,
            make=lambda value: rows.resident_group_row(value, network_id=network_id),
            is_over=is_over,
        ),
        persons=_store(
            merge,
            "persons",
            model=models.Person,
            make=lambda value: rows.person_row(value, network_id=network_id),
            is_over=is_over,
        ),
    )


def _store_new_cards(merge: network.Merge, *, network_id: NetworkId, keys: rows.PartyKeys) -> None:
    """Write consents and checks of who is new; those of others are theirs."""
    persons = [step.item for step in merge.of("persons", ADDED)]
    models.Consent.objects.bulk_create(
        consent for person in persons for consent in rows.consent_rows(person, keys=keys)
    )
    models.CardCheck.objects.bulk_create(
        check for person in persons for check in rows.check_rows(person, network_id=network_id, keys=keys)
    )


def _store_memberships(merge: network.Merge, *, network_id: NetworkId, keys: rows.PartyKeys) -> None:
    found = models.Membership.objects.filter(network_id=network_id)
    told = merge.of("memberships", CHANGED)
    parties = ("person", "organization", "community", "resident_group", "successor")
    there = found.filter(is_confirmed=True).select_related(*parties) if told else ()
    places = {rows.membership_value(row): row.pk for row in there}
    changed = [rows.membership_row(step.item, network_id=network_id, keys=keys) for step in told]
    for row, step in zip(changed, told, strict=True):
        row.pk = places[step.before]
    fields = ["start_date", "end_date", "successor"]
    models.Membership.objects.bulk_update(changed, fields, batch_size=BATCH_ROWS)
    _add_memberships(merge, network_id=network_id, keys=keys)


def _add_memberships(merge: network.Merge, *, network_id: NetworkId, keys: rows.PartyKeys) -> None:
    """Add what is new; where a person said so first, the file says so too."""
    steps = merge.of("memberships", ADDED)
    added = [rows.membership_row(step.item, network_id=network_id, keys=keys) for step in steps]
    claimed = models.Membership.objects.filter(network_id=network_id, is_confirmed=False) if added else ()
    claims = {_claimed(row): row.pk for row in claimed}
    known = [claims[_claimed(row)] for row in added if _claimed(row) in claims]
    models.Membership.objects.filter(pk__in=known).update(is_confirmed=True)
    models.Membership.objects.bulk_create(row for row in added if _claimed(row) not in claims)


def _claimed(row: models.Membership) -> tuple[object, ...]:
    return row.person_id, row.organization_id, row.community_id, row.resident_group_id, row.role.casefold()


def _store_ties(merge: network.Merge, *, network_id: NetworkId, keys: rows.PartyKeys) -> None:
    models.Tie.objects.bulk_create(
        rows.tie_row(step.item, network_id=network_id, keys=keys) for step in merge.of("ties", ADDED)
    )
    told = merge.of("ties", CHANGED)
    found = models.Tie.objects.filter(network_id=network_id).select_related("source", "target")
    places = {rows.tie_value(row): row.pk for row in found} if told else {}
    changed = [rows.tie_row(step.item, network_id=network_id, keys=keys) for step in told]
    for row, step in zip(changed, told, strict=True):
        row.pk = places[step.before]
    models.Tie.objects.bulk_update(changed, ["strength", "observed_date", "origin"], batch_size=BATCH_ROWS)

# SPDX-License-Identifier: EUPL-1.2
"""Reads of what may not wait until a network is read again: who may be seen, and who is tied to whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from scharnier.apps.people import access, models, rows
from scharnier.apps.people.selectors._snapshot import shown_person
from scharnier.core import network
from scharnier.core.kernel import NetworkId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Some persons of a network as they stand now, and all ties between two of them."""

    persons: tuple[network.Person, ...]
    ties: tuple[network.Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Who of a network may be seen on a day, and the ties that are there."""

    listed: frozenset[PersonId]
    ties: frozenset[tuple[str, str, str]]  # source, target and kind


def read_standing(network_id: NetworkId, *, among: Collection[PersonId]) -> Standing:
    """Return some persons as they stand now; who is gone is not among them."""
    wanted = sorted(among)
    persons = models.Person.objects.filter(network_id=network_id, text_id__in=wanted)
    ties = models.Tie.objects.filter(
        network_id=network_id, source__text_id__in=wanted, target__text_id__in=wanted
    )
    return Standing(
        persons=tuple(map(shown_person, persons.prefetch_related("consents", "checks").order_by("pk"))),
        ties=tuple(map(rows.tie_value, ties.select_related("source", "target").order_by("pk"))),
    )


def sight_revision(network_id: NetworkId) -> str:
    """Return what is another value when `read_sight` may give something else."""
    found = models.Network.objects.filter(id=network_id).values_list("sight", flat=True).first()
    return found or ""


def read_sight(network_id: NetworkId, *, on: date) -> Sight:
    """Return who may be seen of a whole network, and between whom there is a tie."""
    persons = models.Person.objects.filter(network_id=network_id)
    names = dict(persons.values_list("pk", "text_id"))
    listed = persons.filter(access.consented(network.Purpose.LISTING, on=on)).values_list("pk", flat=True)
    ties = models.Tie.objects.filter(network_id=network_id).values_list("source_id", "target_id", "kind")
    return Sight(
        listed=frozenset(PersonId(names[pk]) for pk in listed if pk in names),
        ties=frozenset(
            (names[source], names[target], kind)
            for source, target, kind in ties
            if source in names and target in names
        ),
    )

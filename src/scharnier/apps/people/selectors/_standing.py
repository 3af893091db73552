# SPDX-License-Identifier: EUPL-1.2
"""Reads of what may not wait until a network is read again: who may be seen, and who is tied to whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import msgspec
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, TextField
from django.db.models.functions import JSONArray
from django.db.models.sql.compiler import SQLCompiler

from scharnier.apps.people import access, models, rows
from scharnier.apps.people.selectors._snapshot import shown_person
from scharnier.core import network
from scharnier.core.kernel import NetworkId, PersonId

Sql = tuple[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Some persons of a network as they stand now, and all ties between two of them."""

    persons: tuple[network.Person, ...]
    ties: tuple[network.Tie, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Sight:
    """Who of a network may be seen on a day, and the ties that are there; as JSON lists in any order."""

    listed_json: str
    ties_json: str

    @cached_property
    def listed(self) -> frozenset[PersonId]:
        """The persons who may be seen."""
        return frozenset(map(PersonId, msgspec.json.decode(self.listed_json, type=list[str])))

    @cached_property
    def ties(self) -> frozenset[tuple[str, str, str]]:
        """Source, target and kind of each tie."""
        return frozenset(msgspec.json.decode(self.ties_json, type=list[tuple[str, str, str]]))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sight):
            return NotImplemented
        is_same_text = (self.listed_json, self.ties_json) == (other.listed_json, other.ties_json)
        return is_same_text or (self.listed, self.ties) == (other.listed, other.ties)

    def __hash__(self) -> int:
        return hash((self.listed, self.ties))


class JSONList(Aggregate):
    """All values as one JSON list, which the database writes while others have the interpreter."""

    output_field = TextField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: object) -> Sql:
        """Return it as SQLite has it."""
        return super().as_sql(compiler, connection, function="json_group_array")

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: object) -> Sql:
        """Return it as PostgreSQL has it, which gives nothing for no values."""
        template = "coalesce(%(function)s(%(expressions)s)::text, '[]')"
        return super().as_sql(compiler, connection, function="json_agg", template=template)


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
    listed = models.Person.objects.filter(
        access.consented(network.Purpose.LISTING, on=on), network_id=network_id
    )
    ties = models.Tie.objects.filter(network_id=network_id)
    ends = JSONArray("source__text_id", "target__text_id", "kind")
    return Sight(
        listed_json=listed.aggregate(each=JSONList("text_id"))["each"],
        ties_json=ties.aggregate(each=JSONList(ends))["each"],
    )

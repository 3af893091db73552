# SPDX-License-Identifier: EUPL-1.2
"""A copy of a network to hand on: what the actor may see, with whoever wants to be found, on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.people import access, selectors
from scharnier.apps.people.reading import CONSENT
from scharnier.core import network, policy
from scharnier.core.kernel import Actor, Invalid, NotAllowed
from scharnier.formats import graphml, hsds, listing, network_csv, network_json, network_xlsx

KEPT_AT_MOST: Final = timedelta(days=365)
KEPT_USUALLY: Final = timedelta(days=30)


class MayNotExport(NotAllowed):
    """Whoever sees nobody in the network takes no copy of it."""

    code = "people.may_not_export"


class InvalidKeeping(Invalid):
    """A copy is kept until a day in the past, or for more than a year."""

    code = "people.invalid_keeping"


class Aim(StrEnum):
    """What a copy is for."""

    CONTACT = "contact"  # to reach or invite people
    MEETING = "meeting"  # to prepare a meeting or a plan
    FIGURES = "figures"  # to count, draw or study
    DIRECTORY = "directory"  # to bring into another program


class Form(StrEnum):
    """In which form a copy is written."""

    XLSX = "xlsx"
    CSV = "csv"
    HSDS = "hsds"
    GRAPHML = "graphml"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants a copy for, and how long they keep it."""

    aim: Aim
    until: date  # last day
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A copy as bytes."""

    data: bytes
    file_name: str
    content_type: str


def export_network(wish: Wish, *, actor: Actor, on: date, at: datetime) -> Copy:
    """Return a copy of what the actor may see of the network; the purpose goes on record.

    Raises
    ------
    MayNotExport
    InvalidKeeping

    Notes
    -----
    Writing a large network takes seconds, in which nobody else would be able to write in SQLite: so it is
    done before the transaction, and once more inside it when anything changed meanwhile: somebody may
    have left sight.
    """
    check_may_export(actor)
    check_keeping(wish.until, on=on)
    revision = selectors.revision(actor.network_id)
    shared = shared_network(actor, on=on)
    copy = _write(shared, wish, on=on)
    with transaction.atomic():
        if selectors.revision(actor.network_id) != revision:
            shared = shared_network(actor, on=on)
            copy = _write(shared, wish, on=on)
        _put_on_record(shared, wish, actor=actor, at=at)
    return copy


def _write(shared: network.Network, wish: Wish, *, on: date) -> Copy:
    ending, content_type, write = _WRITERS[wish.form]
    name = f"{shared.id}-{on.isoformat()}{ending}"
    return Copy(data=write(shared, on), file_name=name, content_type=content_type)


def _put_on_record(shared: network.Network, wish: Wish, *, actor: Actor, at: datetime) -> None:
    log.record(
        actor=actor,
        act="network.exported",
        kind="network",
        object_id=actor.network_id,
        at=at,
        purpose=wish.aim.value,
        basis=CONSENT,
        facts={
            "form": wish.form.value,
            "persons": str(len(shared.persons)),
            "until": wish.until.isoformat(),
        },
    )


def may_export(actor: Actor) -> bool:
    """Tell whether the policy lets a role see those who want to be found."""
    seen = policy.conditions_for(actor.role, policy.Act.SEE, policy.Kind.PERSON)
    return policy.Condition.LISTED in seen


def check_may_export(actor: Actor) -> None:
    """Let those pass who may take a copy.

    Raises
    ------
    MayNotExport
    """
    if not may_export(actor):
        raise MayNotExport(role=actor.role.value)


def check_keeping(until: date, *, on: date) -> None:
    """Let a last day pass until which a copy may be kept.

    Raises
    ------
    InvalidKeeping
    """
    if not on <= until <= on + KEPT_AT_MOST:
        raise InvalidKeeping


def shared_network(actor: Actor, *, on: date) -> network.Network:
    """Return what the actor may see of the network and may hand on.

    Notes
    -----
    The own card is in it as others see it, or not at all. What a person keeps to themselves is not in it,
    whoever asks; consents are, for the writers to read.
    """
    whole = selectors.read_snapshot(actor.network_id).network  # without private fields
    seen = frozenset(access.persons(actor, on=on).values_list("text_id", flat=True))
    persons = tuple(person if person.id in seen else replace(person, consents=()) for person in whole.persons)
    return listing.only_listed(replace(whole, persons=persons), on=on)


_Write = Callable[[network.Network, date], bytes]
_WRITERS: Mapping[Form, tuple[str, str, _Write]] = {
    Form.XLSX: (
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda whole, _on: network_xlsx.write_workbook(listing.without_consents(whole)),
    ),
    Form.CSV: (
        ".zip",
        "application/zip",
        lambda whole, _on: network_csv.pack_tables(listing.without_consents(whole)),
    ),
    Form.HSDS: (
        "-hsds.json",
        "application/json",
        lambda whole, _on: hsds.json_bytes(hsds.from_network(whole)),
    ),
    Form.GRAPHML: (
        ".graphml",
        "application/xml",
        lambda whole, on: graphml.write_graphml(whole, on=on),
    ),
    Form.JSON: (
        ".json",
        "application/json",
        lambda whole, _on: network_json.write_network(listing.without_consents(whole)),
    ),
}

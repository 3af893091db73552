# SPDX-License-Identifier: EUPL-1.2
"""Acts on signals: tell one, by a member, a resident or another system; change, handle or withdraw it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from scharnier.apps.audit import services as log
from scharnier.apps.people.models import Network, Organization, Person
from scharnier.apps.signals import access, ground, models, rows
from scharnier.core import audit, policy, signals
from scharnier.core.kernel import (
    Actor,
    Conflict,
    NetworkId,
    OrganizationId,
    ResidentGroupId,
    SignalId,
    TopicId,
)
from scharnier.core.signals import Happening, Place, Seriousness, Signal, SignalState, SignalStep, Source

KEPT: Final = timedelta(days=730)  # that it was met, unless who tells it says sooner
MOST_AN_HOUR: Final = 30  # of residents of one network
HOUR: Final = timedelta(hours=1)
KEYS: Final = UUID("0d9a2a38-2f0d-4b8e-8a53-5a4f0f9b7c11")  # of what forms send, so that it is kept once
CHANGE: Final = "change"  # in the story of a signal, beside its steps
WITHOUT_WORDS: Final = {  # columns of a signal of which only the count stays
    "text": None,
    "precision": "",
    "place_words": "",
    "longitude": None,
    "latitude": None,
}


class ReferenceTaken(Conflict):
    """The organization told a signal under that reference before."""

    code = "signals.reference_taken"


class TooManySignals(Conflict):
    """Residents told as many signals in an hour as the form takes."""

    code = "signals.too_many"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody meets, before it is kept."""

    text: str
    place: Place
    happened: Happening
    topics: frozenset[TopicId] = frozenset()
    resident_group_ids: frozenset[ResidentGroupId] = frozenset()
    seriousness: Seriousness = Seriousness.ANNOYING
    owner_id: OrganizationId | None = None  # on whose behalf; None: for oneself
    reference: str = ""  # of the system or file that it comes from; once for an organization
    kept_until: date | None = None  # last day; None: `KEPT` from now


@dataclass(frozen=True, slots=True, kw_only=True)
class _Teller:
    """By which way a signal comes in, and for whom."""

    by: Actor | audit.System
    source: Source
    organization: Organization | None
    author: Person | None
    signal_id: SignalId


@transaction.atomic
def tell_signal(
    told: Told, *, actor: Actor, at: datetime, key: UUID | None = None, source: Source = Source.MEMBER
) -> SignalId:
    """Keep a signal of a member or of a file that a member brings; return its number.

    What comes in again from the same person under the same key is kept once, and its number returned.

    Raises
    ------
    TellsNone, MayNotTell
    EmptyText, TextTooLong, PersonalDataFound
    PlaceUnclear, HappeningUnclear, OwnerUnclear, UnknownSubject
    ReferenceTaken
        With the number of the signal that has it.
    PersonNotFound
        When the actor was erased meanwhile.
    """
    access.check_may_tell(actor, owner_id=told.owner_id, on=timezone.localdate(at))
    author = access.author(actor)
    _hold(actor.network_id)
    signal_id = _number(key, actor=actor)
    if key is not None and access.signals(actor).filter(pk=signal_id).exists():
        return signal_id
    teller = _Teller(
        by=actor,
        source=source,
        organization=access.owner(actor.network_id, told.owner_id) if told.owner_id else None,
        author=author,
        signal_id=signal_id,
    )
    return _keep(told, teller=teller, at=at)


@transaction.atomic
def tell_from_system(told: Told, *, source: Source, by: audit.System, at: datetime) -> SignalId:
    """Keep a signal that another system sends for an organization; return its number.

    The caller has seen to it that the system may speak for that organization.

    Raises
    ------
    OrganizationNotFound, OwnerUnclear
    EmptyText, TextTooLong, PersonalDataFound
    PlaceUnclear, HappeningUnclear, UnknownSubject
    ReferenceTaken
        With the number of the signal that has it.
    """
    if told.owner_id is None:
        raise signals.OwnerUnclear(source=source.value)
    _hold(by.network_id)
    organization = access.owner(by.network_id, told.owner_id)
    teller = _Teller(by=by, source=source, organization=organization, author=None, signal_id=_number())
    return _keep(told, teller=teller, at=at)


@transaction.atomic
def tell_as_resident(told: Told, *, network_id: NetworkId, at: datetime) -> SignalId:
    """Keep a signal that somebody tells by the open form; the organization of the network's choice reads it.

    Raises
    ------
    FormClosed, TooManySignals
    EmptyText, TextTooLong, PersonalDataFound
    PlaceUnclear, HappeningUnclear, UnknownSubject
    """
    _hold(network_id)
    organization = access.reception(network_id)
    lately = models.Signal.objects.filter(network_id=network_id, source=Source.RESIDENT.value)
    if lately.filter(told_at__gt=at - HOUR).count() >= MOST_AN_HOUR:
        raise TooManySignals(most=MOST_AN_HOUR)
    teller = _Teller(
        by=audit.System(network_id=network_id),
        source=Source.RESIDENT,
        organization=organization,
        author=None,
        signal_id=_number(),
    )
    return _keep(told, teller=teller, at=at)


@transaction.atomic
def change_signal(signal_id: SignalId, told: Told, *, actor: Actor, at: datetime) -> None:
    """Change what a signal says while it is open; whose it is and how long it is kept stay.

    Raises
    ------
    SignalNotFound
    SignalDone
        When it is not open, or its words went.
    EmptyText, TextTooLong, PersonalDataFound
    PlaceUnclear, HappeningUnclear, UnknownSubject
    """
    row = access.signal_for_update(signal_id, actor=actor, act=policy.Act.CHANGE)
    if row.state != SignalState.OPEN.value or row.text is None:
        raise signals.SignalDone(state=row.state, step=CHANGE)
    before = rows.signal_value(row)
    ground.check_subjects(told.topics, told.resident_group_ids, network_id=actor.network_id)
    value = Signal(
        id=before.id,
        network_id=before.network_id,
        owner_id=before.owner_id,
        text=told.text.strip(),
        place=ground.place_within(told.place, network_id=actor.network_id),
        happened=told.happened,
        told_on=before.told_on,
        kept_until=before.kept_until,
        source=before.source,
        author_id=before.author_id,
        topics=told.topics,
        resident_group_ids=told.resident_group_ids,
        seriousness=told.seriousness,
    )
    parts = rows.signal_parts(value)
    _save(row, parts, step=CHANGE, at=at)
    _record("signal.changed", row, by=actor, at=at)


@transaction.atomic
def step_signal(signal_id: SignalId, step: SignalStep, *, actor: Actor, at: datetime) -> None:
    """Handle a signal, open it again or take it back; of what is taken back the words go at once.

    Raises
    ------
    SignalNotFound
    SignalDone
    """
    stepped = {
        SignalStep.HANDLE: "signal.handled",
        SignalStep.REOPEN: "signal.reopened",
        SignalStep.WITHDRAW: "signal.withdrawn",
    }
    is_over = step is SignalStep.WITHDRAW
    act = policy.Act.REMOVE if is_over else policy.Act.CHANGE
    row = access.signal_for_update(signal_id, actor=actor, act=act)
    state = signals.step_signal(rows.signal_value(row), step).state
    _save(row, {"state": state.value, **(WITHOUT_WORDS if is_over else {})}, step=step.value, at=at)
    _record(stepped[step], row, by=actor, at=at)


def forget_person(person: Person) -> None:
    """Let a person go out of all signals; call it in the transaction in which the person goes.

    What they told for themselves goes with them; what they told for an organization stays with it.
    """
    models.Signal.objects.filter(author=person, organization__isnull=True).delete()
    models.Signal.objects.filter(author=person).update(author=None)


def _hold(network_id: NetworkId) -> None:
    """Let whoever tells the same twice at once wait."""
    Network.objects.select_for_update().get(id=network_id)


def _number(key: UUID | None = None, *, actor: Actor | None = None) -> SignalId:
    if key is None or actor is None:
        return SignalId(uuid4().hex)
    return SignalId(uuid5(KEYS, f"{actor.network_id}\n{actor.person_id}\n{key}").hex)


def _keep(told: Told, *, teller: _Teller, at: datetime) -> SignalId:
    network_id, organization, on = teller.by.network_id, teller.organization, timezone.localdate(at)
    ground.check_subjects(told.topics, told.resident_group_ids, network_id=network_id)
    is_residents = teller.source is Source.RESIDENT
    value = Signal(
        id=teller.signal_id,
        network_id=network_id,
        owner_id=OrganizationId(organization.text_id) if organization and not is_residents else None,
        text=told.text.strip(),
        place=ground.place_within(told.place, network_id=network_id),
        happened=told.happened,
        told_on=on,
        kept_until=told.kept_until or on + KEPT,
        source=teller.source,
        author_id=teller.by.person_id,
        topics=told.topics,
        resident_group_ids=told.resident_group_ids,
        seriousness=told.seriousness,
    )
    _check_reference(told.reference, organization=organization)
    row = models.Signal.objects.create(
        id=value.id,
        network_id=network_id,
        organization=organization,
        author=teller.author,
        source=teller.source.value,
        reference=told.reference if organization else "",
        told_at=at,
        **rows.signal_parts(value),
    )
    _record("signal.told", row, by=teller.by, at=at)
    return value.id


def _check_reference(reference: str, *, organization: Organization | None) -> None:
    if not reference or organization is None:
        return
    known = models.Signal.objects.filter(organization=organization, reference=reference).first()
    if known is not None:
        raise ReferenceTaken(reference=reference, signal_id=known.id)


def _save(row: models.Signal, parts: dict[str, object], *, step: str, at: datetime) -> None:
    for name, value in parts.items():
        setattr(row, name, value)
    row.story = [*row.story, [step, at.isoformat()]]
    row.save(update_fields=[*parts, "story"])


def _record(act: str, row: models.Signal, *, by: Actor | audit.System, at: datetime) -> None:
    log.record(
        actor=by,
        act=act,
        kind="signal",
        object_id=row.id,
        at=at,
        on_behalf_of=row.organization.text_id if row.organization else "",
        facts={"source": row.source},
    )

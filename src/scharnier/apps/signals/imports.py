# SPDX-License-Identifier: EUPL-1.2
"""Bring in a list of signals: keep what can be read of it, look at what would come of it, take it in.

Of a row that is refused nothing is kept but what is said of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Final

import msgspec
from django.db import transaction
from django.utils.crypto import salted_hmac

from scharnier.apps.audit import services as log
from scharnier.apps.people import access as people
from scharnier.apps.people import drafts, selectors
from scharnier.apps.people import rows as people_rows
from scharnier.apps.people import services as people_services
from scharnier.apps.people.models import (
    DraftKind,
    ImportDraft,
    Network,
    Organization,
    ResidentGroup,
    Topic,
)
from scharnier.apps.signals import access, ground, models, rows, services
from scharnier.apps.signals import selectors as own
from scharnier.apps.signals.imports_values import Fates, Kept, Preview, Refused, say_row
from scharnier.core import network
from scharnier.core.kernel import Actor, OrganizationId, ScharnierError, SignalId
from scharnier.core.signals import Precision, Signal, Source
from scharnier.formats import signals_list, skos, tables
from scharnier.formats.signals_list import ListedSignal, RefusedRow, SignalsList
from scharnier.formats.wording import Language

MOST_BYTES: Final = 5_000_000  # of a file
MOST_UNPACKED_BYTES: Final = 30_000_000
MOST_SAID: Final = 100  # refused rows of which a page says what is wrong
ID_SALT: Final = "signals.imports"
ID_LENGTH: Final = 32
BATCH: Final = 500  # rows written at once


def owners(actor: Actor, *, on: date) -> tuple[tuple[OrganizationId, str], ...]:
    """Return the organizations for which the actor may tell signals, by name.

    Raises
    ------
    TellsNone
    ActsForNone
    """
    access.check_may_begin(actor, on=on)
    found = people.organizations(actor).filter(text_id__in=sorted(actor.acts_for)).order_by("name", "pk")
    named = tuple((OrganizationId(row.text_id), row.name) for row in found)
    if not named:
        raise access.ActsForNone
    for owner_id, _ in named:
        access.check_may_tell(actor, owner_id=owner_id, on=on)
    return named


def write_template(actor: Actor, *, language: Language) -> bytes:
    """Return the empty workbook, with the names of areas, topics and groups of the actor's network."""
    return signals_list.write_list_template(_ground(actor), language=language)


@transaction.atomic
def keep_list(
    data: bytes, *, file_name: str, owner_id: OrganizationId, actor: Actor, on: date, at: datetime
) -> None:
    """Keep what can be read of a list ready for an hour, in place of the file before.

    Raises
    ------
    MayNotTell
    FileTooLarge
    scharnier.core.kernel.ScharnierError
        Of the format, when the file as a whole cannot be read.
    """
    access.check_may_tell(actor, owner_id=owner_id, on=on)
    if len(data) > MOST_BYTES:
        raise people_services.FileTooLarge(megabytes=MOST_BYTES // 1_000_000)
    listed = signals_list.read_list(
        data,
        file_name=file_name,
        onto=_ground(actor),
        find_topics=selectors.topics_in,
        most_bytes=MOST_UNPACKED_BYTES,
    )
    kept, refused = _placed(listed, owner_id=owner_id, actor=actor, on=on)
    ImportDraft.objects.update_or_create(
        network_id=actor.network_id,
        person=people.own_person_for_update(actor),
        defaults={
            "kind": DraftKind.SIGNALS.value,
            "file_name": file_name,
            "data": msgspec.json.encode(kept),
            "digest": hashlib.sha256(data).hexdigest(),
            "made_at": at,
            "preview": msgspec.to_builtins(refused),
            "previewed_revision": selectors.revision(actor.network_id),
        },
    )


def preview_list(actor: Actor, *, at: datetime) -> Preview:
    """Return what would come of the list that the actor keeps ready (raises DraftNotFound)."""
    draft = _own_draft(actor, at=at)
    kept = msgspec.json.decode(bytes(draft.data), type=Kept)
    organization = access.owner(actor.network_id, kept.owner_id)
    fates = _fates(kept, organization=organization)
    return Preview(
        file_name=draft.file_name,
        digest=draft.digest,
        owner_name=organization.name,
        new=tuple(signal for _, signal in fates.new),
        n_known=fates.n_known,
        refused=msgspec.convert(draft.preview, Refused),
    )


@transaction.atomic
def import_list(digest: str, *, actor: Actor, on: date, at: datetime) -> Fates:
    """Take the list in that the actor looked at, and put it away; what is here already stays as it is.

    Raises
    ------
    DraftNotFound, DraftReplaced
    MayNotTell, OrganizationNotFound
    UnknownSubject
        When a topic or group left the network meanwhile.
    PersonNotFound
        When the actor was erased meanwhile.
    """
    author = access.author(actor)
    draft = _own_draft(actor, at=at, lock=True)
    if draft.digest != digest:
        raise people_services.DraftReplaced
    kept = msgspec.json.decode(bytes(draft.data), type=Kept)
    access.check_may_tell(actor, owner_id=kept.owner_id, on=on)
    Network.objects.select_for_update().get(id=actor.network_id)  # who brings the same in at once waits
    organization = access.owner(actor.network_id, kept.owner_id)
    fates = _fates(kept, organization=organization)
    ground.check_subjects(
        {topic for _, signal in fates.new for topic in signal.topics},
        {group for _, signal in fates.new for group in signal.resident_group_ids},
        network_id=actor.network_id,
    )
    made = (
        models.Signal(
            id=signal_id,
            network_id=actor.network_id,
            organization=organization,
            author=author,
            source=Source.FILE.value,
            reference=listed.reference,
            told_at=at,
            **rows.signal_parts(_value(listed, signal_id, owner_id=kept.owner_id, actor=actor, on=on)),
        )
        for signal_id, listed in fates.new
    )
    models.Signal.objects.bulk_create(made, batch_size=BATCH)
    draft.delete()
    log.record(
        actor=actor,
        act="signal.imported",
        kind="organization",
        object_id=kept.owner_id,
        at=at,
        on_behalf_of=kept.owner_id,
        facts={"new": str(len(fates.new)), "known": str(fates.n_known), "source": digest},
    )
    return fates


def _own_draft(actor: Actor, *, at: datetime, lock: bool = False) -> ImportDraft:
    found = drafts.own_drafts(actor).filter(kind=DraftKind.SIGNALS.value, made_at__gt=at - drafts.LASTS)
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise drafts.DraftNotFound
    return row


def _ground(actor: Actor) -> network.Network:
    """Return what cells can name: areas, places of the map, topics and groups; nobody and no organization."""
    known = own.read_ground(actor)
    topics = {topic.id: topic for topic in skos.load_thesaurus()}
    own_topics = map(
        people_rows.topic_value, Topic.objects.filter(network_id=actor.network_id).order_by("pk")
    )
    groups = ResidentGroup.objects.filter(network_id=actor.network_id).order_by("pk")
    return network.Network(
        id=actor.network_id,
        name=actor.network_id,
        areas=known.areas,
        locations=known.locations,
        topics=tuple((topics | {topic.id: topic for topic in own_topics}).values()),
        resident_groups=tuple(map(people_rows.resident_group_value, groups)),
    )


def _placed(listed: SignalsList, *, owner_id: OrganizationId, actor: Actor, on: date) -> tuple[Kept, Refused]:
    """Return the signals with their place on the map, and all that are refused, by then also by the rules."""
    areas = ground.read_areas(actor.network_id)
    kept: list[ListedSignal] = []
    refused = list(listed.refused)
    for signal in listed.signals:
        try:
            placed = replace(signal, place=ground.place_among(signal.place, areas=areas))
            _value(placed, SignalId("new"), owner_id=owner_id, actor=actor, on=on)
        except ScharnierError as error:
            fault = tables.BrokenRow(sheet=signal.sheet, row=signal.row, rule=error)
            refused.append(RefusedRow(sheet=signal.sheet, row=signal.row, faults=(fault,)))
        else:
            kept.append(placed)
    order = {sheet: place for place, sheet in enumerate(dict.fromkeys(row.sheet for row in refused))}
    refused.sort(key=lambda row: (order[row.sheet], row.row))
    lines = tuple(map(say_row, refused[:MOST_SAID]))
    return (
        Kept(owner_id=owner_id, signals=tuple(kept)),
        Refused(n_rows=len(refused), lines=lines, unread=listed.unread),
    )


def _value(
    listed: ListedSignal, signal_id: SignalId, *, owner_id: OrganizationId, actor: Actor, on: date
) -> Signal:
    return Signal(
        id=signal_id,
        network_id=actor.network_id,
        owner_id=owner_id,
        text=listed.text.strip(),
        place=listed.place,
        happened=listed.happened,
        told_on=on,
        kept_until=on + services.KEPT,
        source=Source.FILE,
        author_id=actor.person_id,
        topics=listed.topics,
        resident_group_ids=listed.resident_group_ids,
        seriousness=listed.seriousness,
    )


def _fates(kept: Kept, *, organization: Organization) -> Fates:
    """Return what is new: by its own reference, and without one by all that the row says."""
    numbered = list(_numbered(kept, network_id=organization.network_id))
    own = models.Signal.objects.filter(organization=organization)
    references = set(own.exclude(reference="").values_list("reference", flat=True))
    loose = [signal_id for signal_id, signal in numbered if not signal.reference]
    there = set(own.only("pk").in_bulk(loose))
    new = tuple(
        (signal_id, signal)
        for signal_id, signal in numbered
        if (signal.reference not in references if signal.reference else signal_id not in there)
    )
    return Fates(new=new, n_known=len(numbered) - len(new))


def _numbered(kept: Kept, *, network_id: str) -> Iterator[tuple[SignalId, ListedSignal]]:
    """Yield each signal with its number: the same for the same row of an organization, and telling nothing.

    Two rows that say the same are two signals, the first and the second.
    """
    seen: Counter[bytes] = Counter()
    for signal in kept.signals:
        said = msgspec.json.encode([network_id, kept.owner_id, signal.reference or _content(signal)])
        seen[said] += 1
        told = said + str(seen[said]).encode()
        number = salted_hmac(ID_SALT, told, algorithm="sha256").hexdigest()[:ID_LENGTH]
        yield SignalId(number), signal


def _content(signal: ListedSignal) -> list[object]:
    place, is_point = signal.place, signal.place.precision is Precision.POINT
    where = [place.precision, place.words, place.spot if is_point else place.area_id]
    return [signal.text, signal.happened, where]

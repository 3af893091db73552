# SPDX-License-Identifier: EUPL-1.2
"""Reads of a file on its way in: what it would add and change, and whom it cannot speak for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any, Final

import msgspec
from django.utils.crypto import salted_hmac

from scharnier.apps.people import access, drafts, gone, models
from scharnier.apps.people.selectors._snapshot import read_snapshot, revision
from scharnier.apps.tombstones import selectors as tombstones
from scharnier.core import network
from scharnier.core.kernel import Actor, NetworkId, PersonId
from scharnier.formats import intake, skos, tables

MOST_BYTES: Final = 5_000_000  # of a file
MOST_UNPACKED_BYTES: Final = 30_000_000
MOST_NAMES: Final = 100  # of each kind, on a page
ID_SALT: Final = "people.import"
ID_LENGTH: Final = 32

Parts = Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPreview:
    """What a file would do to one part of a network."""

    part: str
    n_same: int
    added: tuple[str, ...]  # names, as the file tells them
    changed: tuple[str, ...]
    kept: tuple[str, ...]  # for their person to change
    n_refused: int

    @property
    def n_staying(self) -> int:
        """How many things of the file leave the network as it is."""
        return self.n_same + len(self.kept) + self.n_refused

    @property
    def named_added(self) -> tuple[str, ...]:
        """Those of the new ones that a page names."""
        return self.added[:MOST_NAMES]

    @property
    def named_changed(self) -> tuple[str, ...]:
        """Those that change and that a page names."""
        return self.changed[:MOST_NAMES]

    @property
    def named_kept(self) -> tuple[str, ...]:
        """Those for their person to change that a page names."""
        return self.kept[:MOST_NAMES]

    @property
    def more_added(self) -> int:
        """How many more are new than a page names."""
        return len(self.added) - len(self.named_added)

    @property
    def more_changed(self) -> int:
        """How many more change than a page names."""
        return len(self.changed) - len(self.named_changed)

    @property
    def more_kept(self) -> int:
        """How many more are for their person to change than a page names."""
        return len(self.kept) - len(self.named_kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPreview:
    """What would come of a file."""

    file_name: str
    digest: str
    parts: tuple[PartPreview, ...]
    n_with_consent: int  # new persons of whom the file tells that they want to be found
    n_vouchable: int  # of those, who would be shown when somebody answers for the dates
    older_since: datetime | None = None  # when it was made, where the network changed since

    @property
    def is_empty(self) -> bool:
        """Tell whether the file would change nothing."""
        return not any(part.added or part.changed for part in self.parts)


def read_told(data: bytes, *, file_name: str, network_id: NetworkId) -> tuple[network.Network, Parts]:
    """Return a network as it stands, with every topic there is, and what a file tells of it.

    Raises
    ------
    NetworkNotFound
    scharnier.core.kernel.ScharnierError
        Of the format, when the file cannot be read or anything in it is wrong.
    """
    here = _with_thesaurus(read_snapshot(network_id).network)
    told = intake.read_changes(
        data,
        file_name=file_name,
        onto=here,
        new_id=partial(_new_id, network_id=network_id),
        most_bytes=MOST_UNPACKED_BYTES,
    )
    return here, told


def merge_of(draft: models.ImportDraft, *, newcomers: network.Newcomers) -> network.Merge:
    """Return what would come of a file that was kept.

    Raises
    ------
    NetworkNotFound
    scharnier.core.kernel.ScharnierError
        When the file does not fit the network any more.
    """
    network_id = NetworkId(draft.network_id)
    here, told = read_told(bytes(draft.data), file_name=draft.file_name, network_id=network_id)
    return merge_told(here, told, newcomers=newcomers)


def merge_told(here: network.Network, told: Parts, *, newcomers: network.Newcomers) -> network.Merge:
    """Return a network with what a file tells of it, as far as the file can speak for people.

    Raises
    ------
    InvalidNetwork
        When the parts would not hang together.
    """
    heard = gone.without_objected(told, network_id=here.id)
    return network.merge_network(here, heard, guard=_guard(here.id, newcomers=newcomers))


def _guard(network_id: NetworkId, *, newcomers: network.Newcomers) -> network.Guard:
    """Return whom a file cannot speak for: who took up their own card, and who was erased."""
    own = models.Person.objects.filter(network_id=network_id, awaits_person=False)
    return network.Guard(
        own=frozenset(map(PersonId, own.values_list("text_id", flat=True))),
        erased=frozenset(map(PersonId, tombstones.gone(gone.PERSON, network_id=network_id))),
        newcomers=newcomers,
    )


def import_preview(actor: Actor, *, on: date, at: datetime) -> ImportPreview:
    """Return what would come of the file that the actor keeps ready, as it stood when it came in.

    Raises
    ------
    MayNotImport
    DraftNotFound
        When there is none, or it is over an hour old.

    Notes
    -----
    Weighing a file against a large network takes seconds: it is done when the file comes in, and again when
    it is brought in. The look between tells when the network changed since.
    """
    draft = drafts.own_draft(actor, on=on, at=at)
    preview = msgspec.convert(draft.preview, ImportPreview)
    is_older = draft.previewed_revision != revision(NetworkId(draft.network_id))
    return replace(preview, older_since=draft.made_at if is_older else None)


def preview_told(here: network.Network, told: Parts, *, file_name: str, digest: str) -> ImportPreview:
    """Return what would come of what a file tells.

    Raises
    ------
    InvalidNetwork
        When the parts would not hang together.
    """
    merge = merge_told(here, told, newcomers=network.Newcomers.VOUCHED)
    added = [step.item for step in merge.of("persons", network.Fate.ADDED)]
    new_ids = {person.id for person in added}
    return ImportPreview(
        file_name=file_name,
        digest=digest,
        parts=tuple(part for name in network.PARTS if (part := _part(merge, name))),
        n_with_consent=_n_listed(person for person in told.get("persons", ()) if person.id in new_ids),
        n_vouchable=_n_listed(added),
    )


def has_first_steps(actor: Actor, *, on: date) -> bool:
    """Tell whether the actor can bring people in, and nobody else can be found yet."""
    if not drafts.may_import(actor, on=on):
        return False
    return not access.persons(actor, on=on).exclude(text_id=actor.person_id).exists()


def _part(merge: network.Merge, part: str) -> PartPreview | None:
    if not any(step.part == part for step in merge.steps):
        return None
    names = _names_of(merge.network)

    def named(fate: network.Fate) -> tuple[str, ...]:
        return tuple(_said(step.item, names=names) for step in merge.of(part, fate))

    return PartPreview(
        part=part,
        n_same=len(merge.of(part, network.Fate.SAME)),
        added=named(network.Fate.ADDED),
        changed=named(network.Fate.CHANGED),
        kept=named(network.Fate.KEPT),
        n_refused=len(merge.of(part, network.Fate.REFUSED)),
    )


def _names_of(whole: network.Network) -> Mapping[str | None, str]:
    """Return what to call whom a membership or tie is about."""
    parties: Iterable[Any] = (
        *whole.organizations,
        *whole.communities,
        *whole.resident_groups,
        *whole.persons,
    )
    return {party.id: party.name for party in parties}


def _said(item: Any, *, names: Mapping[str | None, str]) -> str:
    if isinstance(item, network.Tie):
        return f"{names.get(item.source_id, '')} → {names.get(item.target_id, '')}"
    if isinstance(item, network.Membership):
        party = item.organization_id or item.community_id or item.resident_group_id
        said = f"{names.get(item.person_id, '')}, {names.get(party, '')}"
        return f"{said}: {item.role}" if item.role else said
    return item.id if isinstance(item, network.Topic) else str(item.name)


def _n_listed(persons: Iterable[network.Person]) -> int:
    """Return how many agreed to be found, on whatever day."""
    return sum(
        any(consent.purpose is network.Purpose.LISTING for consent in person.consents) for person in persons
    )


def _with_thesaurus(here: network.Network) -> network.Network:
    """Return a network in which every topic of the thesaurus can be named."""
    known = {topic.id for topic in here.topics}
    return replace(
        here, topics=(*here.topics, *(topic for topic in skos.load_thesaurus() if topic.id not in known))
    )


def _new_id(part: str, name: str, *, network_id: NetworkId) -> str:
    """Return an identifier: of a person one that tells nothing, yet is the same for the same name."""
    if part != "persons":
        return tables.make_id(name)
    said = f"{network_id}\n{' '.join(name.split()).casefold()}"
    return f"p-{salted_hmac(ID_SALT, said, algorithm='sha256').hexdigest()[:ID_LENGTH]}"

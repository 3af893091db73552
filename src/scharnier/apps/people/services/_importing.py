# SPDX-License-Identifier: EUPL-1.2
"""Acts on a file on its way in: keep it ready, merge it, put it away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime

import msgspec
from django.db import DataError, transaction

from scharnier.apps.people import access, drafts, models, selectors
from scharnier.apps.people.services._revisions import finish_act
from scharnier.apps.people.services._storing import store_merge
from scharnier.core import network
from scharnier.core.kernel import Actor, Conflict, Invalid

COUNTED = (network.Fate.ADDED, network.Fate.CHANGED, network.Fate.KEPT, network.Fate.REFUSED)


class FileTooLarge(Invalid):
    """The file is larger than can be imported on a page."""

    code = "people.file_too_large"


class NothingInFile(Invalid):
    """The file has sheets that we know, and no row in them."""

    code = "people.nothing_in_file"


class UnstorableFile(Invalid):
    """The database cannot take something in the file: a sign that is no text, or a number too large."""

    code = "people.unstorable_file"


class DraftReplaced(Conflict):
    """Another file was kept ready after this one was looked at."""

    code = "people.draft_replaced"


@transaction.atomic
def keep_draft(data: bytes, *, file_name: str, actor: Actor, on: date, at: datetime) -> None:
    """Keep a file ready for an hour, in place of the one before, once everything in it can be read.

    Raises
    ------
    MayNotImport
    FileTooLarge
    NothingInFile
    scharnier.core.kernel.ScharnierError
        Of the format, when the file cannot be read or anything in it is wrong.
    """
    drafts.check_may_import(actor, on=on)
    if len(data) > selectors.MOST_BYTES:
        raise FileTooLarge(megabytes=selectors.MOST_BYTES // 1_000_000)
    revision = selectors.revision(actor.network_id)
    here, told = selectors.read_told(data, file_name=file_name, network_id=actor.network_id)
    if not any(told.values()):
        raise NothingInFile(source=file_name)
    digest = hashlib.sha256(data).hexdigest()
    preview = selectors.preview_told(here, told, file_name=file_name, digest=digest)
    models.ImportDraft.objects.update_or_create(
        network_id=actor.network_id,
        person=access.own_person_for_update(actor),
        defaults={
            "kind": models.DraftKind.NETWORK.value,
            "file_name": file_name,
            "data": data,
            "digest": digest,
            "made_at": at,
            "preview": msgspec.to_builtins(preview),
            "previewed_revision": revision,
        },
    )


@transaction.atomic
def import_draft(digest: str, *, is_vouched: bool, actor: Actor, on: date, at: datetime) -> network.Merge:
    """Merge the file that the actor looked at into the network, and put it away.

    Raises
    ------
    MayNotImport
    DraftNotFound
    DraftReplaced
    UnstorableFile
    scharnier.core.kernel.ScharnierError
        When the file does not fit the network any more.
    """
    draft = drafts.own_draft(actor, on=on, at=at, lock=True)
    if draft.digest != digest:
        raise DraftReplaced
    newcomers = network.Newcomers.VOUCHED if is_vouched else network.Newcomers.HIDDEN
    merge = selectors.merge_of(draft, newcomers=newcomers)
    try:
        store_merge(merge)
    except (DataError, OverflowError) as error:
        raise UnstorableFile(source=draft.file_name) from error
    draft.delete()
    finish_act(
        "network.imported",
        kind="network",
        object_id=actor.network_id,
        actor=actor,
        at=at,
        facts={**dict(_counts(merge)), "vouched": "yes" if is_vouched else "no", "source": digest},
    )
    return merge


def drop_draft(*, actor: Actor) -> None:
    """Put the file away that the actor keeps ready, if there is one."""
    drafts.own_drafts(actor).delete()


def forget_drafts(*, at: datetime) -> int:
    """Delete the files that nobody imported within an hour; return how many."""
    n_deleted = 0
    for network_id in selectors.each_network():
        old = models.ImportDraft.objects.filter(network_id=network_id, made_at__lte=at - drafts.LASTS)
        n_deleted += old.delete()[0]
    return n_deleted


def _counts(merge: network.Merge) -> Iterator[tuple[str, str]]:
    for part in network.PARTS:
        for fate in COUNTED:
            found = merge.of(part, fate)
            if found:
                yield f"{part}_{fate.value}", str(len(found))

# SPDX-License-Identifier: EUPL-1.2
"""Acts on a map of areas on its way in: keep it ready, and take the chosen areas into the network."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime

import msgspec
from django.db import transaction

from scharnier.apps.people import access, drafts, models, selectors
from scharnier.apps.people.services._importing import DraftReplaced
from scharnier.apps.people.services._revisions import finish_act
from scharnier.apps.people.services._storing import store_merge
from scharnier.core import network
from scharnier.core.kernel import Actor, AreaId, NetworkId
from scharnier.formats import areas_geojson


@transaction.atomic
def keep_areas(data: bytes, *, file_name: str, actor: Actor, on: date, at: datetime) -> None:
    """Keep the areas of a map ready for an hour, in place of the file before.

    Raises
    ------
    MayNotImport
    scharnier.core.kernel.ScharnierError
        Of the format, when the file cannot be read or an area in it is wrong.
    """
    drafts.check_may_import(actor, on=on)
    found = areas_geojson.read_areas(data)
    models.ImportDraft.objects.update_or_create(
        network_id=actor.network_id,
        person=access.own_person_for_update(actor),
        defaults={
            "kind": models.DraftKind.AREAS.value,
            "file_name": file_name,
            "data": msgspec.json.encode(found),
            "digest": hashlib.sha256(data).hexdigest(),
            "made_at": at,
            "preview": {},
            "previewed_revision": selectors.revision(actor.network_id),
        },
    )


@transaction.atomic
def import_areas(
    digest: str,
    *,
    chosen: Collection[AreaId],
    parent_id: AreaId | None,
    actor: Actor,
    on: date,
    at: datetime,
) -> network.Merge:
    """Take chosen areas of the map that the actor looked at into the network, and put the map away.

    Raises
    ------
    MayNotImport
    DraftNotFound
    DraftReplaced
    NothingChosen
    AreaNotFound
    """
    draft = drafts.own_draft(actor, on=on, at=at, kind=models.DraftKind.AREAS, lock=True)
    if draft.digest != digest:
        raise DraftReplaced
    here = selectors.read_snapshot(NetworkId(actor.network_id)).network
    told = network.adopt_areas(
        here, selectors.found_areas(draft), chosen=frozenset(chosen), parent_id=parent_id
    )
    merge = network.merge_network(here, {"areas": told}, guard=network.Guard())
    store_merge(merge)
    draft.delete()
    counts = {
        f"areas_{fate.value}": str(len(merge.of("areas", fate)))
        for fate in (network.Fate.ADDED, network.Fate.CHANGED)
    }
    finish_act(
        "network.areas_imported",
        kind="network",
        object_id=actor.network_id,
        actor=actor,
        at=at,
        facts={**counts, "source": digest},
    )
    return merge

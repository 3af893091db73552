# SPDX-License-Identifier: EUPL-1.2
"""Acts on tombstones, inside the transaction of whatever removes or lets back."""

from __future__ import annotations

from datetime import date

from scharnier.apps.tombstones import models
from scharnier.core.kernel import NetworkId


def mark_gone(kind: str, object_id: str, *, network_id: NetworkId, by: str, on: date) -> None:
    """Note that something is gone, by a rule or a right; the first note stands."""
    models.Tombstone.objects.get_or_create(
        network_id=network_id,
        kind=kind,
        object_id=object_id,
        defaults={"removed_date": on, "by": by},
    )


def let_back(kind: str, object_id: str, *, network_id: NetworkId) -> bool:
    """Let something come back; tell whether it was gone."""
    found = models.Tombstone.objects.filter(network_id=network_id, kind=kind, object_id=object_id)
    return found.delete()[0] > 0

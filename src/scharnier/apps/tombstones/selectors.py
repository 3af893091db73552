# SPDX-License-Identifier: EUPL-1.2
"""Reads of what is gone."""

from __future__ import annotations

from scharnier.apps.tombstones import models
from scharnier.core.kernel import NetworkId


def is_gone(kind: str, object_id: str, *, network_id: NetworkId) -> bool:
    """Tell whether something was erased or objected to, and so may not come back."""
    found = models.Tombstone.objects.filter(network_id=network_id, kind=kind, object_id=object_id)
    return found.exists()


def gone(kind: str, *, network_id: NetworkId) -> frozenset[str]:
    """Return the identifiers of a kind that may not come back to a network."""
    found = models.Tombstone.objects.filter(network_id=network_id, kind=kind)
    return frozenset(found.values_list("object_id", flat=True))

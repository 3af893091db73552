# SPDX-License-Identifier: EUPL-1.2
"""Who was erased: no file brings them back."""

from __future__ import annotations

from collections.abc import Iterable

from scharnier.core.kernel import NetworkId, PersonId


def erased_persons(person_ids: Iterable[PersonId], *, network_id: NetworkId) -> frozenset[PersonId]:  # noqa: ARG001  asked before anything keeps the answer
    """Return which of some persons were erased from a network.

    Notes
    -----
    Everything that makes a card out of a file asks here, by identifier. Nothing erases yet, so that the
    answer is nobody; whatever keeps the identifiers of who was erased answers here.
    """
    return frozenset()

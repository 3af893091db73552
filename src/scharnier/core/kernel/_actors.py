# SPDX-License-Identifier: EUPL-1.2
"""Who acts, and on whose behalf."""

from __future__ import annotations

from dataclasses import dataclass

from scharnier.core.kernel._ids import NetworkId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A signed-in person of one network.

    Examples
    --------
    >>> Actor(network_id=NetworkId("kruisveld"), person_id=PersonId("samira")).person_id
    'samira'
    """

    network_id: NetworkId
    person_id: PersonId

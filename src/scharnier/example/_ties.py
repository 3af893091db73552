# SPDX-License-Identifier: EUPL-1.2
"""Who can reach whom in Kruisveld."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scharnier.core.kernel import PersonId
from scharnier.core.network import Tie, TieKind, TieOrigin
from scharnier.example._records import read_rows


def read_ties() -> tuple[Tie, ...]:
    """Return the ties written by hand, those of the people everybody knows."""
    return tuple(map(_tie, read_rows("ties.csv")))


def _tie(row: Mapping[str, str]) -> Tie:
    return Tie(
        source_id=PersonId(row["source"]),
        target_id=PersonId(row["target"]),
        kind=TieKind(row["kind"]),
        strength=float(row["strength"]),
        observed_date=date.fromisoformat(row["date"]),
        origin=TieOrigin(row["origin"]),
    )

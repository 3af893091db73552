# SPDX-License-Identifier: EUPL-1.2
"""Answers of the scan as the values of the core."""

from __future__ import annotations

import msgspec

from scharnier.apps.situations import models
from scharnier.core.detection import Release, Width, Window, band_count
from scharnier.core.situations import Following


def release_value(row: models.ScanAnswer) -> Release:
    """Return what was shown; of every number the low end of its band is kept, and that tells the band."""
    return Release(
        width=Width(row.width),
        name=row.name,
        window=window_of(row),
        n_addresses=band_count(row.n_addresses_low),
        partners={name: band_count(low) for name, low in row.partners.items()},
    )


def window_of(row: models.ScanAnswer) -> Window:
    """Return the days of an answer."""
    return Window(first_day=row.first_day, last_day=row.last_day)


def following_of(row: models.ScanRun) -> tuple[Following, ...]:
    """Return for how long after a signal more follow nearby, as a run of the scan tells it."""
    return tuple(msgspec.convert(row.following, list[Following]))

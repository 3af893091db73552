# SPDX-License-Identifier: EUPL-1.2
"""The day, as the command line takes it: the core is told, it never looks."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """Return the day at Greenwich."""
    return datetime.now(UTC).date()  # noqa: TID251  the interface's clock

# SPDX-License-Identifier: EUPL-1.2
"""The day, as the command line takes it: the core is told, it never looks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

import click

FIRST_YEAR, LAST_YEAR = 1900, 2200  # of days that anybody can mean


class _Day(click.DateTime):
    """A day from which a year can be counted back or on."""

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        found: datetime = super().convert(value, param, ctx)
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            self.fail(f"{value} does not lie between {FIRST_YEAR} and {LAST_YEAR}.", param, ctx)
        return found


DAY: Final = _Day(["%Y-%m-%d"])


def today() -> date:
    """Return the day at Greenwich."""
    return datetime.now(UTC).date()  # noqa: TID251  the interface's clock


def said_day(said: datetime | None) -> date | None:
    """Return the day of an option that takes one; None where none was said."""
    return said.date() if said else None

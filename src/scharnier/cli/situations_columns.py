# SPDX-License-Identifier: EUPL-1.2
"""Options that the commands on signals have in common."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import click

from scharnier.formats import signals_csv

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


def with_columns(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that name columns, as one argument."""

    @click.option("--date-column", default="date", show_default=True, help="Column of the day.")
    @click.option("--x-column", help="Column of metres east; x by default.")
    @click.option("--y-column", help="Column of metres north; y by default.")
    @click.option("--lon-column", help="Column of degrees east, instead of metres; lon by default.")
    @click.option("--lat-column", help="Column of degrees north; lat by default.")
    @wraps(command)
    def inner(
        *,
        date_column: str,
        x_column: str | None,
        y_column: str | None,
        lon_column: str | None,
        lat_column: str | None,
        **others: object,
    ) -> None:
        columns = signals_csv.Columns(
            date=date_column, x=x_column, y=y_column, lon=lon_column, lat=lat_column, partner=None
        )
        command(columns=columns, **others)

    return inner

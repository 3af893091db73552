# SPDX-License-Identifier: EUPL-1.2
"""Options that the commands on signals have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from math import isfinite
from typing import Final

import click

from scharnier.formats import signals_csv

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")


class _Finite(click.FloatRange):
    """A number above nought that JSON can hold."""

    def convert(self, value: float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        found: float = super().convert(value, param, ctx)
        if not isfinite(found):
            self.fail(f"{value} is not a number that can be counted with.", param, ctx)
        return found


ABOVE_NOUGHT: Final = _Finite(min=0, min_open=True)


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


def with_streams(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command that has columns those of who met what."""

    @click.option("--stream-column", default="partner", show_default=True, help="Column of who met it.")
    @click.option(
        "--topic-column", help="Column of what it is about, for a stream of each topic of a partner."
    )
    @wraps(command)
    def inner(
        *, stream_column: str, topic_column: str | None, columns: signals_csv.Columns, **others: object
    ) -> None:
        command(columns=replace(columns, partner=stream_column, topics=topic_column), **others)

    return inner

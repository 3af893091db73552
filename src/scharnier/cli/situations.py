# SPDX-License-Identifier: EUPL-1.2
"""The commands `scharnier situations`: `scan` and `knox` here, `evaluate` beside it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import IO

import click
from rich.console import Console
from rich.table import Table

from scharnier.cli import clock, failures
from scharnier.cli.situations_columns import ABOVE_NOUGHT, JSON, with_columns, with_streams
from scharnier.cli.situations_evaluating import evaluate
from scharnier.core import detection as core
from scharnier.formats import signals_csv, wording

SEED = click.option("--seed", default=0, show_default=True, help="Of chance.")
EVEN = 0.5  # a find that chance gives more often than not
USUAL, USUAL_BANDS = core.ScanPlan(), core.BandPlan()
_WORDS: dict[wording.Language, dict[str, str]] = {
    "nl": {
        "pooled": "alles bij elkaar",
        "joint": "per partner",
        "shared": "gedeeld",
        "none": "Er is nergens meer gezien dan plek en tijd verklaren.",
        "scan": "wat|sinds|straal|gezien|verwacht|kans|zo bij toeval",
        "weeks": "eens in {n:.0f} weken",
        "less": "elke week",
        "knox": "afstand (m)|dagen|paren|verwacht|verhouding|kans",
    },
    "en": {
        "pooled": "all together",
        "joint": "by partner",
        "shared": "shared",
        "none": "Nowhere was more seen than place and time explain.",
        "scan": "what|since|radius|seen|expected|chance|so by chance",
        "weeks": "once in {n:.0f} weeks",
        "less": "every week",
        "knox": "distance (m)|days|pairs|expected|ratio|chance",
    },
}


@click.group()
def situations() -> None:
    """Find what several partners meet, and what came of it."""


situations.add_command(evaluate)


def with_plan(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a scan, as one argument."""

    @click.option(
        "--max-radius-m",
        default=USUAL.max_radius_m,
        show_default=True,
        type=ABOVE_NOUGHT,
        help="Largest radius.",
    )
    @click.option(
        "--max-days",
        default=USUAL.max_days,
        show_default=True,
        type=click.IntRange(1, 366),
        help="Longest window.",
    )
    @click.option(
        "--replicates",
        default=USUAL.n_replicates,
        show_default=True,
        type=click.IntRange(1, 99_999),
        help="Dealings by chance at most.",
    )
    @click.option(
        "--stop-after",
        default=USUAL.stop_after,
        show_default=True,
        type=click.IntRange(min=0),
        help="Dealings that do as well are enough; 0: never stop.",
    )
    @SEED
    @click.option(
        "--every-days",
        default=USUAL.every_days,
        show_default=True,
        type=ABOVE_NOUGHT,
        help="Days between scans.",
    )
    @wraps(command)
    def inner(
        *,
        max_radius_m: float,
        max_days: int,
        replicates: int,
        stop_after: int,
        seed: int,
        every_days: float,
        **others: object,
    ) -> None:
        plan = core.ScanPlan(
            max_radius_m=max_radius_m,
            max_days=max_days,
            n_replicates=replicates,
            stop_after=stop_after or None,
            seed=seed,
            every_days=every_days,
        )
        command(plan=plan, **others)

    return inner


@situations.command()
@click.argument("signals", type=click.File("rb"))
@click.option("--today", type=clock.DAY, help="Last day of every window; today by default.")
@with_columns
@with_streams
@with_plan
@JSON
def scan(
    *,
    signals: IO[bytes],
    today: datetime | None,
    columns: signals_csv.Columns,
    plan: core.ScanPlan,
    as_json: bool,
) -> None:
    """Find where partners lately meet more than usual in SIGNALS (CSV, also .gz, or - for stdin)."""
    started = time.process_time()
    file = signals_csv.read_signals(signals.read(), columns)
    day = clock.said_day(today) or clock.today()
    found = core.scan_signals(_with_topics(file), today=day, plan=plan)
    if as_json:
        seconds = time.process_time() - started
        click.echo(json.dumps(_scan_facts(found, file.written, cpu_seconds=seconds), ensure_ascii=False))
    else:
        _print_scan(found)


def _with_topics(file: signals_csv.SignalsFile) -> tuple[core.Sighting, ...]:
    if not file.topics:
        return file.sightings
    named = zip(file.sightings, file.topics, strict=True)
    return tuple(replace(each, topic=topic.strip().casefold()) for each, topic in named)


def _scan_facts(
    found: core.Scan, written: Callable[[tuple[float, float]], tuple[float, float]], *, cpu_seconds: float
) -> dict[str, object]:
    return {
        "clusters": [
            {
                "statistic": cluster.statistic.value,
                "llr": cluster.llr,
                "p": cluster.p,
                "recurrence_weeks": cluster.recurrence_weeks,
                "center": written(cluster.center),
                "radius_m": cluster.radius_m,
                "from": cluster.first_day.isoformat(),
                "to": cluster.last_day.isoformat(),
                "observed": cluster.observed,
                "expected": cluster.expected,
                "locations": [written(place) for place in cluster.locations],
            }
            for cluster in found.clusters
        ],
        "null_maxima_quantiles": {
            statistic.value: {str(share): value for share, value in quantiles.items()}
            for statistic, quantiles in found.null_quantiles().items()
        },
        "cpu_seconds": round(cpu_seconds, 3),
    }


def _print_scan(found: core.Scan) -> None:
    """Print the likeliest find of each statistic, and others that chance gives less than half the time."""
    words = _WORDS[failures.spoken_language()]
    firsts = {cluster.statistic: cluster for cluster in reversed(found.clusters)}
    rows = [
        _cluster_row(cluster, words)
        for cluster in found.clusters
        if cluster.p < EVEN or cluster == firsts[cluster.statistic]
    ]
    if rows:
        _print(words["scan"], rows)
    else:
        click.echo(words["none"])


def _cluster_row(cluster: core.Cluster, words: Mapping[str, str]) -> tuple[str, ...]:
    weeks = cluster.recurrence_weeks
    return (
        words[cluster.statistic.value],
        cluster.first_day.isoformat(),
        f"{cluster.radius_m:.0f} m",
        str(sum(cluster.observed.values())),
        f"{sum(cluster.expected.values()):.1f}",
        f"{cluster.p:.3f}",
        words["weeks" if weeks >= 1 else "less"].format(n=weeks),
    )


@situations.command()
@click.argument("signals", type=click.File("rb"))
@with_columns
@click.option(
    "--distance-m",
    "distances",
    multiple=True,
    type=float,
    default=USUAL_BANDS.distances_m,
    show_default=True,
    help="End of a band of distance, 0 for the same place; repeatable, rising.",
)
@click.option(
    "--days",
    multiple=True,
    type=int,
    default=USUAL_BANDS.days,
    show_default=True,
    help="End of a band of days; repeatable, rising.",
)
@click.option(
    "--replicates",
    default=USUAL_BANDS.n_replicates,
    show_default=True,
    type=click.IntRange(1, 99_999),
    help="Dealings by chance.",
)
@SEED
@JSON
def knox(  # noqa: PLR0913  each option is one question to the file
    *,
    signals: IO[bytes],
    columns: signals_csv.Columns,
    distances: tuple[float, ...],
    days: tuple[int, ...],
    replicates: int,
    seed: int,
    as_json: bool,
) -> None:
    """Tell whether events of SIGNALS (CSV, also .gz, or - for stdin) follow each other nearby and soon."""
    started = time.process_time()
    plan = core.BandPlan(distances_m=distances, days=days, n_replicates=replicates, seed=seed)
    sightings = signals_csv.read_signals(signals.read(), columns).sightings
    bands = core.find_near_repeats(sightings, plan)
    if as_json:
        facts = {
            "bands": [_band_facts(band) for band in bands],
            "n_events": len(sightings),
            "cpu_seconds": round(time.process_time() - started, 3),
        }
        click.echo(json.dumps(facts))
    else:
        _print(_WORDS[failures.spoken_language()]["knox"], [_band_row(band) for band in bands])


def _band_facts(band: core.NearRepeat) -> dict[str, object]:
    return {
        "from_m": band.from_m,
        "to_m": band.to_m,
        "from_days": band.from_days,
        "to_days": band.to_days,
        "observed": band.observed,
        "expected": band.expected,
        "ratio": band.ratio,
        "p": band.p,
    }


def _band_row(band: core.NearRepeat) -> tuple[str, ...]:
    return (
        f"{band.from_m:g}-{band.to_m:g}",
        f"{band.from_days}-{band.to_days}",
        str(band.observed),
        f"{band.expected:.1f}",
        "" if band.ratio is None else f"{band.ratio:.2f}",
        f"{band.p:.3f}",
    )


def _print(headings: str, rows: Sequence[Sequence[str]]) -> None:
    table = Table(*headings.split("|"), box=None)
    for row in rows:
        table.add_row(*row)
    Console().print(table)

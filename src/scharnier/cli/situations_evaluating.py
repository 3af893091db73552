# SPDX-License-Identifier: EUPL-1.2
"""The command `scharnier situations evaluate`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import wraps
from math import hypot
from typing import IO, Final

import click

from scharnier.cli import failures
from scharnier.cli.clock import DAY
from scharnier.cli.situations_columns import ABOVE_NOUGHT, JSON, with_columns
from scharnier.core import detection as core
from scharnier.core.kernel import Invalid
from scharnier.formats import signals_csv, wording, zone_geojson

YEAR = timedelta(weeks=52)
UNSEEN: Final = 0.005  # what rounding makes nought
AREAS = ("zone", "ring", "control")
_WORDS: dict[wording.Language, dict[str, str]] = {
    "nl": {
        "zone": "In het gebied: {before} signalen ({first} t/m {last}), nu {after} ({from_} t/m {to}).",
        "ring": "Eromheen, tot {metres:.0f} m: eerst {before}, nu {after}.",
        "control": "In de rest van de buurt: eerst {before}, nu {after}.",
        "ratio": "Naast de rest is het er {ratio:.2f} keer zoveel (95 %: {low:.2f} tot {high:.2f}).",
        "less": "Dat is minder dan toeval verklaart.",
        "more": "Dat is meer dan toeval verklaart.",
        "chance": "Dat kan toeval zijn.",
        "uneven": "De weken verschillen {spread:.1f} keer zo veel als bij toeval; daarom is de marge wijder.",
        "gained": "Het werd eromheen ook minder: winst voor de omgeving ({quotient:.2f}).",
        "part": "Een deel verschoof naar eromheen, minder dan de winst ({quotient:.2f}).",
        "moved": "Wat naar eromheen verschoof is meer dan de winst ({quotient:.2f}).",
        "still": "Eromheen veranderde niets.",
        "untold": "Of er iets verschoof is niet te zeggen: het gebied daalde niet.",
        "why": "Vergeleken is met dagen voor {found}: een plek die om haar drukte gekozen is, daalt vanzelf.",
    },
    "en": {
        "zone": "In the zone: {before} signals from {first} to {last}, {after} from {from_} to {to}.",
        "ring": "Around it, up to {metres:.0f} m: {before} before, {after} now.",
        "control": "In the rest of the neighbourhood: {before} before, {after} now.",
        "ratio": "Beside the rest it has {ratio:.2f} times as many (95 %: {low:.2f} to {high:.2f}).",
        "less": "That is fewer than chance explains.",
        "more": "That is more than chance explains.",
        "chance": "That can be chance.",
        "uneven": "Weeks differ {spread:.1f} times as much as by chance, so the margin is wider.",
        "gained": "Around it there was less as well: the surroundings gained ({quotient:.2f}).",
        "part": "Part moved to around it, less than was gained ({quotient:.2f}).",
        "moved": "What moved to around it is more than was gained ({quotient:.2f}).",
        "still": "Around it nothing changed.",
        "untold": "Whether anything moved cannot be told: the zone did not fall.",
        "why": "Compared with days before {found}: a place picked for being busy falls by itself.",
    },
}


class NothingInZone(Invalid):
    """No signal lies in the zone."""

    code = "cli.nothing_in_zone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """The days to judge, those to compare with, and since when the place was found."""

    after: core.Window
    found_from: date
    baseline_from: date | None

    def baseline(self, sightings: Sequence[core.Sighting]) -> core.Window:
        """Return the days to compare with, as many as those to judge."""
        if self.baseline_from is not None:
            length = self.after.last_day - self.after.first_day
            return core.Window(first_day=self.baseline_from, last_day=self.baseline_from + length)
        has_last_year = min(each.on for each in sightings) <= self.after.first_day - YEAR
        return core.choose_baseline(self.after, found_from=self.found_from, has_last_year=has_last_year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A change with all that it was made from."""

    change: core.Change
    weeks: tuple[core.Weeks, ...]  # of the zone, the ring and the rest
    baseline: core.Window
    periods: Periods
    ring_m: float


def with_periods(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that name days, as one argument."""

    @click.option("--from", "first", type=DAY, required=True, help="First day to judge.")
    @click.option("--to", "last", type=DAY, required=True, help="Last day to judge; whole weeks together.")
    @click.option("--found-from", type=DAY, required=True, help="First day for which the zone was picked.")
    @click.option(
        "--baseline-from",
        type=DAY,
        help="First of as many days to compare with; by default a year before, else just before the find.",
    )
    @wraps(command)
    def inner(
        *,
        first: datetime,
        last: datetime,
        found_from: datetime,
        baseline_from: datetime | None,
        **others: object,
    ) -> None:
        periods = Periods(
            after=core.Window(first_day=first.date(), last_day=last.date()),
            found_from=found_from.date(),
            baseline_from=baseline_from.date() if baseline_from else None,
        )
        command(periods=periods, **others)

    return inner


@click.command()
@click.argument("signals", type=click.File("rb"))
@click.option(
    "--center", nargs=2, type=float, metavar="X Y", help="Middle of the zone, in the coordinates of SIGNALS."
)
@click.option("--radius-m", type=ABOVE_NOUGHT, help="Radius of the zone, with --center.")
@click.option("--zone", type=click.File("rb"), help="Zone instead: GeoJSON, in the coordinates of SIGNALS.")
@click.option("--ring-m", type=ABOVE_NOUGHT, help="How wide the ring around it is; the radius by default.")
@with_periods
@with_columns
@JSON
def evaluate(  # noqa: PLR0913  each option is one question to the file
    *,
    signals: IO[bytes],
    center: tuple[float, float] | None,
    radius_m: float | None,
    zone: IO[bytes] | None,
    ring_m: float | None,
    periods: Periods,
    columns: signals_csv.Columns,
    as_json: bool,
) -> None:
    """Tell how a zone went on beside the rest, from SIGNALS (CSV, also .gz, or - for stdin)."""
    started = time.process_time()
    if (zone is None) is (center is None) or (center is None) is not (radius_m is None):
        message = "Give --center with --radius-m, or --zone."
        raise click.UsageError(message)
    file = signals_csv.read_signals(signals.read(), columns)
    distances, usual_m = _lay(file, center=center, radius_m=radius_m, zone=zone)
    judged = _judge(file.sightings, distances, ring_m=ring_m or usual_m, periods=periods)
    if as_json:
        click.echo(json.dumps({**_facts(judged), "cpu_seconds": round(time.process_time() - started, 3)}))
    else:
        words = _WORDS[failures.spoken_language()]
        click.echo("\n".join(_sentences(judged, words)))


def _lay(
    file: signals_csv.SignalsFile,
    *,
    center: tuple[float, float] | None,
    radius_m: float | None,
    zone: IO[bytes] | None,
) -> tuple[list[float], float]:
    """Return how far each signal lies from the zone, and how wide a ring is by default."""
    places = [(each.x_m, each.y_m) for each in file.sightings]
    if zone is not None:
        found = zone_geojson.read_zone(zone.read(), placed=file.placed)
        return found.distances_m(places), found.radius_m
    (east, north), radius = file.placed(center or (0.0, 0.0)), radius_m or 0.0
    return [hypot(x - east, y - north) - radius for x, y in places], radius


def _judge(
    sightings: Sequence[core.Sighting], distances: Sequence[float], *, ring_m: float, periods: Periods
) -> Judged:
    if not any(distance <= 0 for distance in distances):
        raise NothingInZone
    baseline = periods.baseline(sightings)
    weeks = core.count_weeks(sightings, distances, ring_m=ring_m, before=baseline, after=periods.after)
    change = core.measure_change(*weeks, baseline=baseline, found_from=periods.found_from)
    return Judged(change=change, weeks=weeks, baseline=baseline, periods=periods, ring_m=ring_m)


def _facts(judged: Judged) -> dict[str, object]:
    change = judged.change
    return {
        "rate_ratio": change.rate_ratio,
        "low": change.low,
        "high": change.high,
        "overdispersion": change.overdispersion,
        "displacement": change.displacement,
        **{
            name: {"before": list(weeks.before), "after": list(weeks.after)}
            for name, weeks in zip(AREAS, judged.weeks, strict=True)
        },
        "ring_m": judged.ring_m,
        "baseline": _days(judged.baseline),
        "after": _days(judged.periods.after),
        "found_from": judged.periods.found_from.isoformat(),
    }


def _days(window: core.Window) -> dict[str, str]:
    return {"from": window.first_day.isoformat(), "to": window.last_day.isoformat()}


def _sentences(judged: Judged, words: dict[str, str]) -> Iterator[str]:
    change, after, baseline = judged.change, judged.periods.after, judged.baseline
    days = {
        "first": baseline.first_day,
        "last": baseline.last_day,
        "from_": after.first_day,
        "to": after.last_day,
    }
    for name, weeks in zip(AREAS, judged.weeks, strict=True):
        metres = judged.ring_m
        yield words[name].format(before=sum(weeks.before), after=sum(weeks.after), metres=metres, **days)
    verdict = "less" if change.high < 1 else "more" if change.low > 1 else "chance"
    yield words["ratio"].format(ratio=change.rate_ratio, low=change.low, high=change.high)
    yield words[verdict]
    if change.overdispersion > 1:
        yield words["uneven"].format(spread=change.overdispersion)
    yield words[_moved(change.displacement)].format(quotient=change.displacement or 0.0)
    yield words["why"].format(found=judged.periods.found_from)


def _moved(quotient: float | None) -> str:
    if quotient is None:
        return "untold"
    if abs(quotient) < UNSEEN:
        return "still"
    return "moved" if quotient < -1 else "part" if quotient < 0 else "gained"

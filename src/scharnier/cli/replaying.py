# SPDX-License-Identifier: EUPL-1.2
"""The command `scharnier referral replay`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

import click
from rich.console import Console
from rich.table import Table

from scharnier.cli import sources
from scharnier.core import referral as core
from scharnier.formats import problems

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
PARTS = ("learning", "availability")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to play a history."""

    name: str
    network: Path | None
    half_life_days: float
    without: frozenset[str] = frozenset()


@click.command()
@click.argument("history", type=click.File("rb"))
@click.option("--network", type=FILE, help="Network file; without it the example neighbourhood.")
@click.option("--half-life", type=click.FloatRange(min=1), help="Change: days until recency counts half.")
@click.option(
    "--without", type=click.Choice(PARTS), multiple=True, help="Change: leave this out; repeatable."
)
@click.option("--against", type=FILE, help="Change: another network file.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object a way.")
def replay(
    *,
    history: IO[bytes],
    network: Path | None,
    half_life: float | None,
    without: tuple[str, ...],
    against: Path | None,
    as_json: bool,
) -> None:
    """Play HISTORY (a file, or - for stdin) again, as it is and with a change.

    A line is a JSON object with `text` and `asked`: who was asked, with what they said.
    """
    usual = Way(name="as it is", network=network, half_life_days=core.HALF_LIFE_DAYS)
    changed = Way(
        name="changed",
        network=against or network,
        half_life_days=half_life or usual.half_life_days,
        without=frozenset(without),
    )
    ways = [usual] if replace(changed, name=usual.name) == usual else [usual, changed]
    reports = _play_all(ways, problems.read_history(history.read()))
    if as_json:
        for report in reports:
            click.echo(json.dumps(report))
    else:
        _print(reports)


def _play_all(ways: Sequence[Way], episodes: Sequence[problems.Episode]) -> list[dict[str, object]]:
    """Return the effort of each way over the problems that a candidate of every way took."""
    matchers = [_fit(way) for way in ways]
    known = frozenset[str].intersection(*(frozenset(matcher.ranker.candidates) for matcher in matchers))
    counted = [each for each in episodes if known & _takers(each)]
    return [
        {
            "way": way.name,
            **asdict(_play(way, matcher, counted)),
            "n_left_out": len(episodes) - len(counted),
        }
        for way, matcher in zip(ways, matchers, strict=True)
    ]


def _fit(way: Way) -> core.Matcher:
    source = sources.open_network(way.network)
    return sources.fit_matcher(replace(source, outcomes=()))  # the history itself is what is learned


def _takers(episode: problems.Episode) -> frozenset[str]:
    return frozenset(each.party for each in episode.answers if core.Lesson.TAKES in _lessons(each))


def _lessons(answer: problems.Answer) -> frozenset[core.Lesson]:
    return core.lessons_from(answer.response, answer.reason)


def _play(way: Way, matcher: core.Matcher, episodes: Sequence[problems.Episode]) -> core.Effort:
    learner = core.Learner(
        matcher.ranker,
        half_life_days=way.half_life_days,
        minds_availability="availability" not in way.without,
    )
    history = [_recall(matcher, each) for each in episodes]
    scores = core.replay(learner, history, learns="learning" not in way.without)
    columns = {name: column for column, name in enumerate(matcher.ranker.candidates)}
    return core.measure_effort(
        scores, [frozenset(columns[name] for name in past.document.supports) for past in history]
    )


def _recall(matcher: core.Matcher, episode: problems.Episode) -> core.Past:
    return core.recall(
        matcher,
        episode.text,
        takers=_takers(episode),
        on=max(answer.on for answer in episode.answers),
        refusals=_refusals(episode),
    )


def _refusals(episode: problems.Episode) -> Iterator[core.Refusal]:
    for answer in episode.answers:
        lessons = _lessons(answer)
        if core.Lesson.TAKES not in lessons:
            yield core.Refusal(candidate=answer.party, on=answer.on, lessons=lessons, rather=answer.rather)


def _print(reports: Sequence[dict[str, object]]) -> None:
    table = Table("way", "problems", "asks", "mrr", "first ask", "left out", box=None)
    for report in reports:
        asks, mrr, first = (report[name] for name in ("mean_asks", "mrr", "first_ask_share"))
        figures = (f"{asks:.2f}", f"{mrr:.3f}", f"{first:.3f}")
        table.add_row(str(report["way"]), str(report["n"]), *figures, str(report["n_left_out"]))
    Console().print(table)

# SPDX-License-Identifier: EUPL-1.2
"""The commands `scharnier referral match` and `scharnier referral evaluate`."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

import click
import numpy as np
from rich.console import Console
from rich.table import Table

from scharnier.cli import clock, sources
from scharnier.cli.replaying import replay
from scharnier.core import referral as core
from scharnier.core import text as words
from scharnier.core.kernel import ScharnierError
from scharnier.formats import lexicon, problems

VARIANTS = (  # of the closed loop: name, whether answers are learned, whether availability is minded
    ("static", False, False),
    ("learned", True, False),
    ("learned_with_availability", True, True),
)
OF_A_WAY = ("mean_asks", "mrr", "first_ask_share", "ms")
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def referral() -> None:
    """Match problems to people, and measure the matching."""


referral.add_command(replay)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Problems to learn from, problems to answer, and who can answer."""

    candidates: tuple[str, ...]
    train: tuple[problems.Problem, ...]
    test: tuple[problems.Problem, ...]  # those taken by a candidate
    n_left_out: int  # test problems that none of the candidates took

    def columns(self, problem: problems.Problem) -> frozenset[int]:
        """Return the columns of who took a problem."""
        return frozenset(n for n, each in enumerate(self.candidates) if each in problem.takers)


@referral.command()
@click.option("--people", required=True, type=FILE, help="CSV with a column id.")
@click.option(
    "--problems", "problem_file", required=True, type=FILE, help="JSON lines with train and test rows."
)
@click.option("--gold", required=True, help="Field of a problem that lists who took it.")
@click.option("--text", "part", type=click.Choice(["title", "full"]), default="full", show_default=True)
@click.option(
    "--at-least", default=5, show_default=True, help="Train problems that make someone a candidate."
)
@click.option(
    "--loop",
    is_flag=True,
    help="Also learn each outcome before the next problem, and compare how many are asked.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def evaluate(  # noqa: PLR0913  each option is one question to the file
    *,
    people: Path,
    problem_file: Path,
    gold: str,
    part: Literal["title", "full"],
    at_least: int,
    loop: bool,
    as_json: bool,
) -> None:
    """Fit on the rows with split=train, report on the rows with split=test."""
    known = problems.read_people(people.read_bytes())
    trial = _trial(problems.read_problems(problem_file.read_bytes(), gold=gold), known, at_least=at_least)
    with Console(stderr=True).status("Learning …"):
        report = _evaluate(trial, part=part, loop=loop)
    if as_json:
        click.echo(json.dumps(report))
    else:
        _print(report)


def _trial(rows: Sequence[problems.Problem], known: frozenset[str], *, at_least: int) -> Trial:
    train = tuple(sorted((row for row in rows if row.split == "train"), key=lambda row: (row.on, row.id)))
    test = tuple(sorted((row for row in rows if row.split == "test"), key=lambda row: (row.on, row.id)))
    n_taken = Counter(taker for row in train for taker in row.takers & known)
    candidates = tuple(sorted(taker for taker, n in n_taken.items() if n >= at_least))
    answerable = tuple(row for row in test if row.takers & set(candidates))
    if not answerable:
        raise core.NothingToMeasure(n_problems=len(test))
    return Trial(candidates=candidates, train=train, test=answerable, n_left_out=len(test) - len(answerable))


class _Reader:
    """Reads problems in their language: as the file says it, else as the words show."""

    def __init__(self) -> None:
        self.lexicon = lexicon.load_lexicon()
        self.analyzer = words.Analyzer(self.lexicon)

    def language(self, row: problems.Problem) -> words.Language:
        """Return the language of a problem; Dutch when nothing tells."""
        said = _said(row, "full")
        return row.language or words.detect_language(said, lexicon=self.lexicon, default="nl") or "nl"

    def document(self, row: problems.Problem) -> core.Document:
        """Return a problem with who took it."""
        return core.Document(
            text=row.text,
            title=row.title,
            language=self.language(row),
            supports=dict.fromkeys(row.takers, 1.0),
            taken_on=row.on,
        )


def _evaluate(trial: Trial, *, part: Literal["title", "full"], loop: bool) -> dict[str, object]:
    reader = _Reader()
    started = time.process_time()
    ranker = core.fit_ranker(
        [reader.document(row) for row in trial.train],
        trial.candidates,
        analyzer=reader.analyzer,
        on=trial.train[-1].on,
    )
    fit_seconds = time.process_time() - started
    scores, query_ms = [], []
    for row in trial.test:
        language = reader.language(row)
        started = time.thread_time()
        scores.append(ranker.scores(_said(row, part), language=language))
        query_ms.append((time.thread_time() - started) * 1000)
    report = {
        **asdict(core.measure_quality(scores, [trial.columns(row) for row in trial.test])),
        "fit_seconds": round(fit_seconds, 3),
        "query_ms_p50": round(float(np.percentile(query_ms, 50)), 4),
        "query_ms_p95": round(float(np.percentile(query_ms, 95)), 4),
        "n_candidates": len(trial.candidates),
        "n_left_out": trial.n_left_out,
    }
    return report | _loop(trial, ranker, reader, part=part) if loop else report


def _loop(
    trial: Trial, ranker: core.Ranker, reader: _Reader, *, part: Literal["title", "full"]
) -> dict[str, object]:
    """Return the effort when nothing is learned, when the texts are, and when availability is too."""
    history = [core.Past(asked=_said(row, part), document=reader.document(row)) for row in trial.test]
    relevant = [trial.columns(row) for row in trial.test]
    report: dict[str, object] = {}
    for variant, learns, minds_availability in VARIANTS:
        learner = core.Learner(ranker, minds_availability=minds_availability)
        started = time.thread_time()
        scores = core.replay(learner, history, learns=learns)
        spent_ms = (time.thread_time() - started) * 1000
        effort = core.measure_effort(scores, relevant)
        report |= {
            f"{variant}_mean_asks": round(effort.mean_asks, 4),
            f"{variant}_mrr": round(effort.mrr, 4),
            f"{variant}_first_ask_share": round(effort.first_ask_share, 4),
            f"{variant}_ms": round(spent_ms / effort.n, 4),
        }
    return report


def _said(problem: problems.Problem, part: Literal["title", "full"]) -> str:
    return problem.title if part == "title" else f"{problem.title} {problem.text}"


def _print(report: dict[str, object]) -> None:
    table = Table("measure", "value", box=None)
    ways = tuple(name for name, _, _ in VARIANTS)
    for name, value in report.items():
        if not name.startswith(ways):
            table.add_row(name, str(value))
    Console().print(table)
    if f"{ways[0]}_mrr" in report:
        _print_loop(report)


def _print_loop(report: dict[str, object]) -> None:
    table = Table("way", "asks", "mrr", "first ask", "ms", box=None)
    for name, _, _ in VARIANTS:
        asks, mrr, first, ms = (report[f"{name}_{what}"] for what in OF_A_WAY)
        table.add_row(name, f"{asks:.2f}", f"{mrr:.3f}", f"{first:.3f}", f"{ms:.2f}")
    Console().print(table)


@referral.command()
@click.argument("needs", type=click.File("rb"))
@click.option("--network", "path", type=FILE, help="Network file; without it the example neighbourhood.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 50), help="Most suggestions.")
@click.option("--today", type=clock.DAY, help="Day to answer for; today by default, for the example its own.")
def match(*, needs: IO[bytes], path: Path | None, limit: int, today: datetime | None) -> None:
    """Match each line of NEEDS (a file, or - for stdin); one JSON object a line and party.

    A line is a text, or a JSON object with `text` and perhaps `place` and `from`.
    """
    source = sources.open_network(path, on=clock.said_day(today))
    matcher = sources.fit_matcher(source)
    for number, line in enumerate(needs, start=1):
        try:
            suggestions = _suggest(matcher, line, number=number, limit=limit)
        except problems.MalformedProblems:
            raise
        except ScharnierError as reason:
            raise problems.RefusedLine(line=number, reason=reason) from reason
        for place, suggestion in enumerate(suggestions, start=1):
            found = {"line": number, "rank": place, **asdict(suggestion)}
            click.echo(json.dumps(found, ensure_ascii=False, default=str))


def _suggest(matcher: core.Matcher, line: bytes, *, number: int, limit: int) -> tuple[core.Suggestion, ...]:
    need = problems.read_need(line, matcher.index, number=number)
    if need is None:
        return ()
    return core.suggest_parties(matcher, need, limit=limit, seed=number).suggestions

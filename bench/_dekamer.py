# SPDX-License-Identifier: EUPL-1.2
"""Real problems with who took them: Dutch written questions, in a folder outside the project."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scharnier.core import referral
from scharnier.formats import problems

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "referral"
PEOPLE, PROBLEMS = "dekamer_people.csv", "dekamer_problems.jsonl"
AT_LEAST = 5  # train problems that make someone a candidate

Part = Literal["title", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What the command line says."""

    data: Path
    is_quick: bool

    @property
    def has_data(self) -> bool:
        """Tell whether both files are there."""
        return (self.data / PEOPLE).exists() and (self.data / PROBLEMS).exists()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """Problems to learn from, later problems to answer, and who can answer."""

    gold: str
    candidates: tuple[str, ...]
    train: tuple[problems.Problem, ...]
    test: tuple[problems.Problem, ...]  # those taken by a candidate

    def relevant(self) -> list[frozenset[int]]:
        """Return the columns of who took each test problem."""
        column = {candidate: place for place, candidate in enumerate(self.candidates)}
        return [frozenset(column[taker] for taker in row.takers & set(column)) for row in self.test]


def read_arguments(claim: str | None) -> Arguments:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=claim)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with the two dekamer files")
    parser.add_argument("--quick", action="store_true", help="a small run, to see that it runs")
    said = parser.parse_args()
    return Arguments(data=said.data, is_quick=said.quick)


def read_trial(data: Path, *, gold: str, n_most: int | None = None) -> Trial:
    """Return train and test as `scharnier referral evaluate` takes them, or only so many rows of each."""
    known = problems.read_people((data / PEOPLE).read_bytes())
    rows = problems.read_problems((data / PROBLEMS).read_bytes(), gold=gold)
    by_day = sorted(rows, key=lambda row: (row.on, row.id))
    train = tuple(row for row in by_day if row.split == "train")[-(n_most or len(by_day)) :]
    n_taken = Counter(taker for row in train for taker in row.takers & known)
    candidates = tuple(sorted(taker for taker, n in n_taken.items() if n >= AT_LEAST))
    test = tuple(row for row in by_day if row.split == "test" and row.takers & set(candidates))
    return Trial(gold=gold, candidates=candidates, train=train, test=test[:n_most])


def read_names(data: Path) -> dict[str, str]:
    """Return the name of each candidate."""
    with (data / PEOPLE).open(encoding="utf-8", newline="") as lines:
        return {row["id"]: row["name"] for row in csv.DictReader(lines)}


def say(problem: problems.Problem, part: Part) -> str:
    """Return what is asked: the title, or the title and the text."""
    return problem.title if part == "title" else f"{problem.title} {problem.text}"


def as_document(problem: problems.Problem) -> referral.Document:
    """Return a problem taken up, as the ranker reads it."""
    return referral.Document(
        text=problem.text,
        title=problem.title,
        language="nl",
        supports=dict.fromkeys(problem.takers, 1.0),
        taken_on=problem.on,
    )


def tell(**figures: object) -> None:
    """Print one JSON line."""
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()

# SPDX-License-Identifier: EUPL-1.2
"""The end of a situation as its page shows it; scores only once every partner has answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scharnier.apps.situations.selectors._seen import Seen
from scharnier.core import situations
from scharnier.core.situations import Evaluation, Kept, Recheck, State


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreLine:
    """How far one partner thinks the goal was reached."""

    organization: str
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """What is said of the end, and what the reader can still say."""

    evaluation: Evaluation | None
    earlier: tuple[Evaluation, ...]
    kept: Kept  # agreements, as they stand now
    scores: tuple[ScoreLine, ...]  # empty as long as one is missing
    n_missing: int
    own_score: int | None  # of the reader's organization, which only that one sees until all have answered
    may_score: bool
    may_evaluate: bool
    may_recheck: bool
    rechecks: tuple[Recheck, ...]
    is_open: bool  # it is being evaluated


def read_closing(seen: Seen, *, on: date) -> Closing:
    """Return the end of a situation as one reader may know it."""
    value = seen.value
    shown = situations.shown_goals(value.scores, coalition=value.coalition)
    is_open = value.state is State.EVALUATING
    is_owner = situations.Capacity.OWNER in seen.capacities
    own = next(iter(seen.own_ids), None)
    due = any(each.done_on is None and each.due <= on for each in value.rechecks)
    return Closing(
        evaluation=value.evaluation,
        earlier=value.earlier_evaluations,
        kept=situations.count_kept(value.agreements),
        scores=tuple(
            ScoreLine(organization=seen.names.get(each.organization_id, ""), score=each.score)
            for each in shown.scores
        ),
        n_missing=shown.n_missing,
        own_score=next((each.score for each in value.scores if each.organization_id == own), None),
        may_score=is_open and own in value.coalition and bool(shown.n_missing),
        may_evaluate=is_open and is_owner,
        may_recheck=value.state is State.CLOSED and is_owner and due,
        rechecks=value.rechecks,
        is_open=is_open,
    )

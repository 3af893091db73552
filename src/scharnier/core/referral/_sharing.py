# SPDX-License-Identifier: EUPL-1.2
"""Share the load among equally good parties, and propose parties together when a need asks for several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scharnier.core.kernel import TopicId
from scharnier.core.referral._lessons import Lesson, lessons_of
from scharnier.core.referral._model import Outcome, Party, Suggestion

EQUAL = 0.95  # share of the leader's score from which a party counts as equally good
CLOSE = 0.75  # share of the best score from which a party can join a set
MOST_TOGETHER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """How often a party was asked for its work and took it; what teaches nothing of that does not count."""

    n_asked: int = 0
    n_taken: int = 0

    def upper_bound(self) -> float:
        """Return the optimistic chance that the party takes it, in 0..1.

        Notes
        -----
        Mean + t x s / sqrt(n) of interval estimation [1]_, with t = 1.96 and one imagined refusal and
        acceptance, so that a party never asked has the full benefit of the doubt.

        References
        ----------
        .. [1] L. P. Kaelbling (1993), Learning in Embedded Systems, MIT Press, section 4.4; used for referral
           by A. KhudaBukhsh, J. Carbonell, P. Jansen (2018), JIIS 51, 207-234.

        Examples
        --------
        >>> Record().upper_bound(), round(Record(n_asked=8, n_taken=2).upper_bound(), 2)
        (1.0, 0.58)
        """
        n = self.n_asked + 2
        mean = (self.n_taken + 1) / n
        return float(min(1.0, mean + 1.96 * np.sqrt(mean * (1 - mean) / n)))


def track_records(outcomes: Sequence[Outcome]) -> Mapping[str, Record]:
    """Return the record of each person and organization asked before, by identifier."""
    asked: dict[str, list[bool]] = {}
    for outcome in outcomes:
        taught = lessons_of(outcome)
        if taught & {Lesson.TAKES, Lesson.NO_MANDATE}:
            asked.setdefault(_name(outcome.party), []).append(Lesson.TAKES in taught)
    return {name: Record(n_asked=len(taken), n_taken=sum(taken)) for name, taken in asked.items()}


def _name(party: Party) -> str:
    return str(party.person_id or party.organization_id)


def share_load(
    suggestions: Sequence[Suggestion], records: Mapping[str, Record], *, seed: int
) -> tuple[Suggestion, ...]:
    """Return suggestions with equally good neighbours in a drawn order, each with its propensity.

    Parameters
    ----------
    suggestions
        n suggestions, best first.
    records
        How parties answered before.
    seed
        Of the draw.

    Returns
    -------
    tuple of Suggestion, shape (n,)
        Within each group of equally good parties (at least 95 % of the first of the group), drawn one after
        the other with chances proportional to upper bound x room; the propensity is the chance with which a
        party was drawn at its place, 1 when it stood alone.

    Notes
    -----
    Plackett-Luce sampling; O(n).
    """
    chance = np.random.default_rng(seed)
    shared: list[Suggestion] = []
    waiting = list(suggestions)
    while waiting:
        equals = [each for each in waiting if each.score >= EQUAL * waiting[0].score]
        waiting = waiting[len(equals) :]
        while equals:
            weights = np.array([_pull(each, records) for each in equals])
            drawn = int(chance.choice(len(equals), p=weights / weights.sum()))
            shared.append(replace(equals.pop(drawn), propensity=float(weights[drawn] / weights.sum())))
    return tuple(shared)


def _pull(suggestion: Suggestion, records: Mapping[str, Record]) -> float:
    return records.get(_name(suggestion.party), Record()).upper_bound() * suggestion.room.score


def propose_set(suggestions: Sequence[Suggestion], topics: Sequence[TopicId]) -> tuple[Party, ...]:
    """Return two or three parties whose scores are close and that cover more of the need together.

    Notes
    -----
    Greedy cover from the best down: a party joins when it scores at least 75 % of the best and brings a
    recognised topic that those before it do not. Empty when one party covers it all. O(n topics).
    """
    if not suggestions:
        return ()
    best = max(each.score for each in suggestions)
    chosen: list[Party] = []
    covered: set[TopicId] = set()
    for each in suggestions:
        brings = set(each.expertise.topics) & set(topics) - covered
        if brings and each.score >= CLOSE * best and len(chosen) < MOST_TOGETHER:
            chosen.append(each.party)
            covered |= brings
    return tuple(chosen) if len(chosen) > 1 else ()

# SPDX-License-Identifier: EUPL-1.2
"""What is in a network, counted; few people together are not told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from scharnier.core import network
from scharnier.formats import intake

FEWEST_SHOWN = 5  # people; fewer might be recognised


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Counts of a network on one day; None stands for one to four people."""

    name: str
    on: date
    parts: Mapping[str, int]
    consents: Mapping[str, int | None]  # people by purpose that they agree to
    accepting: Mapping[str, int | None]  # people by whether they take requests
    communities: Mapping[str, int | None]  # people by name of the community that they belong to now
    oldest_tie: date | None
    newest_tie: date | None


def summarize(whole: network.Network, *, on: date) -> Summary:
    """Return the counts of a network on a day."""
    observed = [tie.observed_date for tie in whole.ties]
    return Summary(
        name=whole.name,
        on=on,
        parts={part: len(getattr(whole, part)) for part in intake.PARTS},
        consents={
            purpose.value: shown(sum(person.consents_to(purpose, on=on) for person in whole.persons))
            for purpose in network.Purpose
        },
        accepting=_shown_counts(
            (answer.value for answer in network.Accepting),
            (person.availability.accepting_on(on).value for person in whole.persons),
        ),
        communities=_communities(whole, on=on),
        oldest_tie=min(observed, default=None),
        newest_tie=max(observed, default=None),
    )


def shown(n_people: int) -> int | None:
    """Return a number of people, or None for a few.

    Examples
    --------
    >>> shown(5), shown(4), shown(0)
    (5, None, 0)
    """
    return n_people if n_people == 0 or n_people >= FEWEST_SHOWN else None


def _shown_counts(names: Iterable[str], found: Iterable[str]) -> Mapping[str, int | None]:
    counts = Counter(found)
    return {name: shown(counts[name]) for name in names}


def _communities(whole: network.Network, *, on: date) -> Mapping[str, int | None]:
    members = {(member.community_id, member.person_id) for member in whole.memberships if member.holds_on(on)}
    counts = Counter(community for community, _ in members)
    return {community.name: shown(counts[community.id]) for community in whole.communities}

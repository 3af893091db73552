# SPDX-License-Identifier: EUPL-1.2
"""Who else meets this here: how many other partners, never which, never how often."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from scharnier.core.kernel import OrganizationId, TopicId
from scharnier.core.signals._traces import NEAR, Nearness, Trace, is_alike

LEAST_RESIDENT_SIGNALS: Final = 5  # below it, a few people could be meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """The answer to "who else?", as everybody may hear it."""

    n_partners: int  # other organizations, >= 0
    has_residents: bool  # residents told it too, five times or more


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """From where and when somebody asks who else meets something."""

    trace: Trace  # of the signal asked about
    on: date  # the day of asking; what is kept no longer, or is yet to come, does not count
    own_ids: frozenset[OrganizationId] = frozenset()  # organizations the asker acts for, beside the owner
    nearness: Nearness = NEAR


def find_others(
    looking: Looking,
    traces: Iterable[Trace],
    *,
    broader: Mapping[TopicId, frozenset[TopicId]] | None = None,
) -> Others:
    """Return how many other partners meet something like this here.

    Parameters
    ----------
    looking
        What is asked about, by whom, on what day.
    traces
        n traces of the network, the asker's own among them or not.
    broader
        As `index_broader` gives it.

    Returns
    -------
    Others
        No partner when all that is alike is the asker's own.

    Notes
    -----
    A partner counts once, however often it met it. Residents are no partner: they are told of together,
    from `LEAST_RESIDENT_SIGNALS` signals. O(n).

    Examples
    --------
    >>> from scharnier.core.signals._examples import BY_LIBRARY, BY_SCHOOL
    >>> find_others(Looking(trace=BY_SCHOOL, on=date(2026, 3, 9)), [BY_SCHOOL, BY_LIBRARY, BY_LIBRARY])
    Others(n_partners=1, has_residents=False)
    """
    alike = list(_alike(looking, traces, broader))
    n_by_residents = sum(trace.partner_id is None for trace in alike)
    return Others(
        n_partners=len(_organizations(alike)),
        has_residents=n_by_residents >= LEAST_RESIDENT_SIGNALS,
    )


def partners_to_notify(
    looking: Looking,
    traces: Iterable[Trace],
    *,
    broader: Mapping[TopicId, frozenset[TopicId]] | None = None,
) -> tuple[OrganizationId, ...]:
    """Return the partners that `find_others` counts, to open a match with each: for sending, never to show.

    Parameters
    ----------
    looking, traces, broader
        As for `find_others`.

    Returns
    -------
    tuple of OrganizationId, shape (k,)
        k = `n_partners`, by identifier.

    Examples
    --------
    >>> from scharnier.core.signals._examples import BY_LIBRARY, BY_SCHOOL
    >>> partners_to_notify(Looking(trace=BY_SCHOOL, on=date(2026, 3, 9)), [BY_SCHOOL, BY_LIBRARY])
    ('library',)
    """
    return tuple(sorted(_organizations(_alike(looking, traces, broader))))


def _alike(
    looking: Looking, traces: Iterable[Trace], broader: Mapping[TopicId, frozenset[TopicId]] | None
) -> Iterator[Trace]:
    asked = looking.trace
    for trace in traces:
        is_own = trace.partner_id == asked.partner_id or trace.partner_id in looking.own_ids
        if is_own or not trace.first_day <= looking.on <= trace.kept_until:
            continue
        if is_alike(asked, trace, broader=broader, nearness=looking.nearness):
            yield trace


def _organizations(traces: Iterable[Trace]) -> Collection[OrganizationId]:
    return {trace.partner_id for trace in traces if trace.partner_id is not None}

# SPDX-License-Identifier: EUPL-1.2
"""What a link may do that somebody without an account holds, and how long it works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from scharnier.core.referral._life import State, Step

LINK_LASTS = timedelta(days=14)
RENEWED_EVERY = timedelta(days=1)  # a new link to the same address, at most so often


class LinkPurpose(StrEnum):
    """The one thing that a link is for."""

    ANSWER = "answer"  # say yes or no
    FINISH = "finish"  # say what came of it
    OUTCOME = "outcome"  # say whether it helped, by the one it was for
    INTRODUCE = "introduce"  # say yes, no or later to bringing two people together


class Standing(StrEnum):
    """Whether a link still works, and if not, why."""

    OPEN = "open"
    DONE = "done"  # what it was for was said
    EXPIRED = "expired"
    REVOKED = "revoked"
    CALLED_OFF = "called_off"
    HAS_ACCOUNT = "has_account"  # who held it can sign in now


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A secret address that somebody was given."""

    purpose: LinkPurpose
    expires_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None


_ANSWERING = frozenset({State.REQUESTED, State.UNANSWERED})
_FINISHING = frozenset({State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD})
_WORKS_IN: Mapping[LinkPurpose, frozenset[State]] = {
    LinkPurpose.ANSWER: _ANSWERING,
    LinkPurpose.FINISH: _FINISHING,
}
_STEPS: Mapping[LinkPurpose, tuple[Step, ...]] = {
    LinkPurpose.ANSWER: (Step.ACCEPT, Step.DECLINE),
    LinkPurpose.FINISH: (Step.COMPLETE, Step.PAUSE, Step.FAIL),
    LinkPurpose.OUTCOME: (),
    LinkPurpose.INTRODUCE: (),
}


def steps_of_link(purpose: LinkPurpose) -> tuple[Step, ...]:
    """Return the steps that a link opens; each of them is open to who is asked.

    Examples
    --------
    >>> [step.value for step in steps_of_link(LinkPurpose.ANSWER)]
    ['accept', 'decline']
    """
    return _STEPS[purpose]


def standing_of(  # how it stands with what it is for, and with who holds it
    link: Link,
    *,
    state: State | None,
    is_asked: bool = True,
    has_account: bool = False,
    at: datetime,
) -> Standing:
    """Return whether a link works at a moment.

    Parameters
    ----------
    link
        What was given.
    state
        Where its turn stands; None for a link of a whole referral.
    is_asked
        Whether who holds a link to introduce is still to answer; others go by the state.
    has_account
        Whether who it was given to can sign in by now.
    at
        Now, aware.

    Notes
    -----
    What is over comes before what ran out: who answered is not told to ask for a new link.

    Examples
    --------
    >>> from datetime import UTC
    >>> noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    >>> link = Link(purpose=LinkPurpose.ANSWER, expires_at=noon + LINK_LASTS)
    >>> standing_of(link, state=State.REQUESTED, at=noon)
    <Standing.OPEN: 'open'>
    >>> standing_of(link, state=State.ACCEPTED, at=noon)
    <Standing.DONE: 'done'>
    """
    if state in (State.CANCELLED, State.ENTERED_IN_ERROR):
        return Standing.CALLED_OFF
    works_in = _WORKS_IN.get(link.purpose)
    if link.used_at is not None or not is_asked or (works_in is not None and state not in works_in):
        return Standing.DONE
    if link.revoked_at is not None:
        return Standing.REVOKED
    if has_account:
        return Standing.HAS_ACCOUNT
    return Standing.OPEN if at < link.expires_at else Standing.EXPIRED

# SPDX-License-Identifier: EUPL-1.2
"""A warm introduction: somebody in between is asked, and may say no without the asker ever hearing a no."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from scharnier.core.kernel import Conflict, Invalid, PersonId
from scharnier.core.referral._life import NotYourStep
from scharnier.core.referral._silence import add_working_days

MOST_INTRODUCERS = 2
WAIT_DAYS = 5  # working days; after these the asker is shown another way in


class BadIntroduction(Invalid):
    """One or two people introduce, each once; neither the asker nor the party is one of them."""

    code = "referral.bad_introduction"


class IntroductionOver(Conflict):
    """The introduction was made or declined before."""

    code = "referral.introduction_over"


class Reply(StrEnum):
    """What somebody in between says."""

    YES = "yes"
    NO = "no"
    LATER = "later"


class Progress(StrEnum):
    """How an introduction goes, as the asker is told."""

    WAITING = "waiting"
    MADE = "made"
    OTHER_WAY = "other_way"  # this way in did not open; not who or why


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """One way in, carried out: who introduces, in order, and what was said last.

    Raises
    ------
    BadIntroduction
    """

    asker_id: PersonId
    party_id: PersonId
    introducer_ids: tuple[PersonId, ...]  # one or two, the asker's own contact first
    asked_on: date
    n_yes: int = 0  # of the first introducers
    is_declined: bool = False

    def __post_init__(self) -> None:
        people = {self.asker_id, self.party_id, *self.introducer_ids}
        n_introducers = len(self.introducer_ids)
        is_fit = 1 <= n_introducers <= MOST_INTRODUCERS and len(people) == n_introducers + 2
        if not is_fit or not 0 <= self.n_yes <= n_introducers:
            raise BadIntroduction(n_introducers=n_introducers, n_yes=self.n_yes)


def asked_now(introduction: Introduction) -> PersonId | None:
    """Return who is asked to introduce now; None once it was made or declined.

    Examples
    --------
    >>> karel, noor, bas = map(PersonId, ("karel", "noor", "bas"))
    >>> on = date(2026, 3, 2)
    >>> asked_now(Introduction(asker_id=karel, party_id=bas, introducer_ids=(noor,), asked_on=on))
    'noor'
    """
    if introduction.is_declined or introduction.n_yes == len(introduction.introducer_ids):
        return None
    return introduction.introducer_ids[introduction.n_yes]


def reply_to_introduction(introduction: Introduction, reply: Reply, *, by: PersonId) -> Introduction:
    """Return the introduction after what somebody in between said; *later* leaves it open.

    Raises
    ------
    IntroductionOver
    NotYourStep
        When somebody else is asked now.

    Examples
    --------
    >>> karel, noor, bas = map(PersonId, ("karel", "noor", "bas"))
    >>> asked = Introduction(asker_id=karel, party_id=bas, introducer_ids=(noor,), asked_on=date(2026, 3, 2))
    >>> reply_to_introduction(asked, Reply.YES, by=noor).n_yes
    1
    """
    expected = asked_now(introduction)
    if expected is None:
        raise IntroductionOver
    if by != expected:
        raise NotYourStep(state=Progress.WAITING.value, step=reply.value, part="introducer")
    if reply is Reply.YES:
        return replace(introduction, n_yes=introduction.n_yes + 1)
    return replace(introduction, is_declined=reply is Reply.NO)


def progress_for_asker(introduction: Introduction, *, on: date, free_days: Collection[date] = ()) -> Progress:
    """Return what the asker is told on a day.

    Notes
    -----
    A no, a *later* and silence look the same at every moment: the asker waits for five working days and is
    then shown another way in.

    Examples
    --------
    >>> karel, noor, bas = map(PersonId, ("karel", "noor", "bas"))
    >>> asked = Introduction(asker_id=karel, party_id=bas, introducer_ids=(noor,), asked_on=date(2026, 3, 2))
    >>> refused = reply_to_introduction(asked, Reply.NO, by=noor)
    >>> [progress_for_asker(refused, on=date(2026, 3, day)).value for day in (3, 9)]
    ['waiting', 'other_way']
    """
    if introduction.n_yes == len(introduction.introducer_ids):
        return Progress.MADE
    last = add_working_days(introduction.asked_on, WAIT_DAYS, free_days=free_days)
    return Progress.WAITING if on < last else Progress.OTHER_WAY

# SPDX-License-Identifier: EUPL-1.2
"""A whole referral: what is asked for whom, who was asked in turn, and what everybody said of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scharnier.core.kernel import (
    AreaId,
    Invalid,
    NetworkId,
    ReferralId,
    ResidentGroupId,
    ServiceId,
    TopicId,
    TurnId,
)
from scharnier.core.referral._adequacy import Course
from scharnier.core.referral._chain import Chain, Turn, TurnNotFound
from scharnier.core.referral._life import State
from scharnier.core.referral._model import Party, Reason
from scharnier.core.referral._silence import count_working_days


class BadReferral(Invalid):
    """A referral about a group names it; one about a resident says what for, and since when they agree."""

    code = "referral.bad_referral"


class BadHandling(Invalid):
    """Moments come in order, hours are not below nought, and a place and a chance go with a suggestion."""

    code = "referral.bad_handling"


class BadParties(Invalid):
    """Each party is asked once at a time, and nobody asks themselves."""

    code = "referral.bad_parties"


class About(StrEnum):
    """What a referral is about."""

    PROBLEM = "problem"
    SITUATION = "situation"
    GROUP = "group"
    RESIDENT = "resident"  # reached by a link only; no name stands anywhere


class ProposedBy(StrEnum):
    """How a party came to be asked."""

    SUGGESTION = "suggestion"  # the answer to a need named it
    RATHER = "rather"  # who declined named it
    HAND = "hand"  # the sender chose it


class Deed(StrEnum):
    """What is done to a whole referral, beside the steps of its turns."""

    MAKE = "make"
    ASK_NEXT = "ask_next"  # the next party, as nobody has it
    REOPEN = "reopen"  # it was over, and is not
    GIVE_UP = "give_up"
    TELL_OUTCOME = "tell_outcome"


class Teller(StrEnum):
    """Who says whether it helped."""

    CONCERNED = "concerned"  # the one it was for
    SENDER = "sender"
    RECEIVER = "receiver"  # who did it


class Helped(StrEnum):
    """Whether it helped."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """How a party came to be asked, for fair evaluation afterwards.

    Raises
    ------
    BadHandling
        When a place or a chance stands with something else than a suggestion, or is none.
    """

    by: ProposedBy = ProposedBy.HAND
    place: int | None = None  # among the suggestions, from 1
    propensity: float | None = None  # chance in 0..1 that it stood at that place

    def __post_init__(self) -> None:
        is_suggested = self.by is ProposedBy.SUGGESTION
        if not is_suggested and (self.place, self.propensity) != (None, None):
            raise BadHandling(by=self.by.value)
        if self.place is not None and self.place < 1:
            raise BadHandling(by=self.by.value)
        if self.propensity is not None and not 0 < self.propensity <= 1:
            raise BadHandling(by=self.by.value)


_BY_HAND = Proposal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """One turn with everything asked, said and done in it.

    Raises
    ------
    BadHandling
        When it was answered or ended before it was asked, or took less than no time.
    """

    turn: Turn
    service_id: ServiceId | None = None  # what of the party it is about
    proposal: Proposal = _BY_HAND
    requested_at: datetime | None = None  # this and the following: aware; their date counts as the day
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    reason: Reason | None = None  # why the party declined
    words: str = ""  # said with a decline, or as the cause of another end
    rather: Party | None = None  # whom who declined named instead
    until: date | None = None  # the day it waits for
    result: str = ""  # what was done
    hours: float | None = None  # that it took, >= 0

    def __post_init__(self) -> None:
        moments = [at for at in (self.requested_at, self.answered_at, self.ended_at) if at is not None]
        if moments != sorted(moments) or (self.answered_at and not self.requested_at):
            raise BadHandling(by=self.proposal.by.value)
        if self.hours is not None and self.hours < 0:
            raise BadHandling(by=self.proposal.by.value)

    @property
    def is_accepted(self) -> bool:
        """Tell whether the party said yes, whatever came of it."""
        return self.answered_at is not None and self.reason is None

    @property
    def is_asked(self) -> bool:
        """Tell whether the party was asked, and rightly so."""
        return self.requested_at is not None and self.turn.state is not State.ENTERED_IN_ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """What somebody says of whether it helped."""

    by: Teller
    helped: Helped
    words: str = ""
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A need brought to one party after another until it is done, given up or called off.

    Raises
    ------
    BadReferral
    BadChain
        When the turns of the handlings make no chain.
    """

    id: ReferralId
    network_id: NetworkId
    text: str  # empty once who wrote it had it erased
    language: str  # nl or en
    sender: Party
    made_at: datetime
    handlings: tuple[Handling, ...]  # oldest first, at least one
    about: About = About.PROBLEM
    area_id: AreaId | None = None
    topics: frozenset[TopicId] = frozenset()
    resident_group_id: ResidentGroupId | None = None
    purpose: str = ""  # what somebody is referred for
    consented_on: date | None = None  # since when that person agrees
    open_since: int = 1  # round
    outcome_told_at: datetime | None = None
    given_up_at: datetime | None = None
    cause: str = ""  # why it was given up
    feedback: tuple[Feedback, ...] = ()  # first things first

    def __post_init__(self) -> None:
        check_about(
            self.about,
            resident_group_id=self.resident_group_id,
            purpose=self.purpose,
            consented_on=self.consented_on,
        )
        _ = self.chain

    @property
    def chain(self) -> Chain:
        """The turns, and whether it is over."""
        return Chain(
            turns=tuple(handling.turn for handling in self.handlings),
            open_since=self.open_since,
            is_outcome_told=self.outcome_told_at is not None,
            is_given_up=self.given_up_at is not None,
        )


def check_about(
    about: About, *, resident_group_id: ResidentGroupId | None, purpose: str, consented_on: date | None
) -> None:
    """Refuse what a referral cannot be about.

    Parameters
    ----------
    about
        What it is about.
    resident_group_id
        Which group; only ever named by a referral about a group.
    purpose, consented_on
        What a resident is referred for and since when they agree; only ever said of a resident.

    Raises
    ------
    BadReferral

    Examples
    --------
    >>> check_about(About.PROBLEM, resident_group_id=None, purpose="", consented_on=None)
    """
    names_group = resident_group_id is not None
    says_what_for = bool(purpose.strip()), consented_on is not None
    is_resident = about is About.RESIDENT
    if names_group is not (about is About.GROUP) or says_what_for != (is_resident, is_resident):
        raise BadReferral(about=about.value)


def check_parties(parties: Iterable[Party], *, sender: Party) -> None:
    """Refuse parties that cannot be asked together by somebody.

    Parameters
    ----------
    parties
        Who is asked.
    sender
        Who asks; may ask the own organization.

    Raises
    ------
    BadParties

    Notes
    -----
    A person is the same whatever organization stands behind them. O(n).

    Examples
    --------
    >>> from scharnier.core.kernel import PersonId
    >>> karel, noor = (Party(person_id=PersonId(name)) for name in ("karel", "noor"))
    >>> check_parties([karel], sender=noor)
    """
    named = [_name(party) for party in parties]
    if not named or len(set(named)) < len(named) or _name(sender) in named:
        raise BadParties(n_parties=len(named))


def handling_of(referral: Referral, turn_id: TurnId) -> Handling:
    """Return one turn of a referral with everything in it.

    Raises
    ------
    TurnNotFound

    Examples
    --------
    >>> from datetime import UTC
    >>> from scharnier.core.kernel import PersonId
    >>> karel, noor = (Party(person_id=PersonId(name)) for name in ("karel", "noor"))
    >>> asked = Handling(turn=Turn(id=TurnId("1"), candidate=karel, round=1))
    >>> brought = Referral(id=ReferralId("r"), network_id=NetworkId("n"), text="lawaai", language="nl",
    ...     sender=noor, made_at=datetime(2026, 3, 2, tzinfo=UTC), handlings=(asked,))
    >>> handling_of(brought, TurnId("1")).turn.round
    1
    """
    for handling in referral.handlings:
        if handling.turn.id == turn_id:
            return handling
    raise TurnNotFound(turn_id=turn_id)


def course_of(referral: Referral, *, free_days: Collection[date] = ()) -> Course | None:
    """Return what came of a referral, as far as counting goes; None when nobody was asked.

    Parameters
    ----------
    referral
        That is over; of one that is not, the course so far.
    free_days
        Holidays; Saturdays and Sundays are free anyway.

    Notes
    -----
    Whether it helped is what the one it was for says, else the sender, else who did it; partly counts as
    helped. What was entered in error counts nowhere.

    Examples
    --------
    >>> from datetime import UTC
    >>> from scharnier.core.kernel import PersonId
    >>> karel, noor = (Party(person_id=PersonId(name)) for name in ("karel", "noor"))
    >>> done = Handling(turn=Turn(id=TurnId("1"), candidate=karel, round=1, state=State.COMPLETED),
    ...     requested_at=datetime(2026, 3, 6, tzinfo=UTC), answered_at=datetime(2026, 3, 9, tzinfo=UTC))
    >>> brought = Referral(id=ReferralId("r"), network_id=NetworkId("n"), text="lawaai", language="nl",
    ...     sender=noor, made_at=datetime(2026, 3, 2, tzinfo=UTC), handlings=(done,))
    >>> course_of(brought).days_to_accept
    1
    """
    asked = [handling for handling in referral.handlings if handling.is_asked]
    if not asked:
        return None
    return Course(
        n_asks=len(asked),
        n_unanswered=sum(handling.turn.state is State.UNANSWERED for handling in asked),
        days_to_accept=_days_to_accept(asked, free_days=free_days),
        has_helped=_has_helped(referral.feedback),
        topics=referral.topics,
        area_id=referral.area_id,
    )


def _days_to_accept(asked: Iterable[Handling], *, free_days: Collection[date]) -> int | None:
    found = list(asked)
    requested = [handling.requested_at for handling in found if handling.requested_at]
    accepted = [handling.answered_at for handling in found if handling.is_accepted and handling.answered_at]
    if not accepted:
        return None
    return count_working_days(min(requested).date(), min(accepted).date(), free_days=free_days)


def _has_helped(feedback: Iterable[Feedback]) -> bool | None:
    said = {told.by: told.helped for told in feedback}  # the last word of each
    for teller in Teller:
        if teller in said:
            return said[teller] is not Helped.NO
    return None


def _name(party: Party) -> str:
    return f"person {party.person_id}" if party.person_id else f"organization {party.organization_id}"

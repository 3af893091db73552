# SPDX-License-Identifier: EUPL-1.2
"""What only some may read: parts, how a partner stands, and the story so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scharnier.core.kernel import Invalid, OrganizationId, PartId
from scharnier.core.situations._words import check_words


class ReadersUnclear(Invalid):
    """Named readers are named, others are not; a part is open for no less than a day."""

    code = "situations.readers_unclear"


class Audience(StrEnum):
    """For whom something in a situation is."""

    COALITION = "coalition"
    OWN = "own"  # the organization it comes from
    NAMED = "named"  # that one, and partners by name


class PartnerState(StrEnum):
    """How a partner stands in a situation, as it says itself."""

    LOOKING = "looking"
    BUSY = "busy"
    WAITING = "waiting"  # for somebody else
    READY = "ready"


class Event(StrEnum):
    """What can stand in the story of a situation."""

    STEP = "step"
    INVITED = "invited"
    ANSWERED = "answered"
    LEFT = "left"
    AGREED = "agreed"
    AGREEMENT_JUDGED = "agreement_judged"
    ACTION_MADE = "action_made"
    ACTION_ENDED = "action_ended"
    MET = "met"
    FIGURE = "figure"
    STATUS = "status"
    PART_SHARED = "part_shared"
    EVALUATED = "evaluated"
    RECHECKED = "rechecked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who may read what one organization brings in; in the coalition only, and no longer than they are in it.

    Raises
    ------
    ReadersUnclear
        When partners are named for another audience, or none are for this one.
    """

    source_id: OrganizationId
    audience: Audience = Audience.COALITION
    named_ids: frozenset[OrganizationId] = frozenset()

    def __post_init__(self) -> None:
        if bool(self.named_ids) is not (self.audience is Audience.NAMED):
            raise ReadersUnclear(audience=self.audience.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A private room in a situation: what one organization brings in, for whom, and from when to when.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
    ReadersUnclear
        When it closes before it opens.
    """

    id: PartId
    title: str
    text: str
    readers: Readers
    opens_on: date
    closes_on: date | None = None  # last day for others; None: as long as they take part

    def __post_init__(self) -> None:
        check_words(self.title, self.text)
        if self.closes_on is not None and self.closes_on < self.opens_on:
            raise ReadersUnclear(audience=self.readers.audience.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerStatus:
    """How one partner stands, in a word and in its own words.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        Of words that are there.
    """

    readers: Readers
    state: PartnerState
    words: str = ""
    told_on: date

    def __post_init__(self) -> None:
        check_words(self.words, may_be_empty=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One line of the story: what happened, by whom, to what; the words stand with that itself."""

    at: datetime  # aware
    event: Event
    subject_id: str
    readers: Readers


def is_reader(
    readers: Readers, organization_id: OrganizationId, *, coalition: Collection[OrganizationId]
) -> bool:
    """Tell whether an organization is among the readers of something.

    Parameters
    ----------
    readers
        Of what an organization brought in.
    organization_id
        Who wants to read.
    coalition
        Who takes part now.

    Notes
    -----
    The source always is, also once it left. Others are only as long as they take part.

    Examples
    --------
    >>> school, police = OrganizationId("school"), OrganizationId("politie")
    >>> own = Readers(source_id=school, audience=Audience.OWN)
    >>> [is_reader(own, each, coalition=[school, police]) for each in (school, police)]
    [True, False]
    """
    if organization_id == readers.source_id:
        return True
    is_meant = readers.audience is Audience.COALITION or organization_id in readers.named_ids
    return is_meant and organization_id in coalition


def may_read(
    part: Part, organization_id: OrganizationId, *, coalition: Collection[OrganizationId], on: date
) -> bool:
    """Tell whether an organization may read a part on a day.

    Parameters
    ----------
    part
        Of a situation.
    organization_id
        Who wants to read.
    coalition
        Who takes part now.
    on
        The day.

    Notes
    -----
    The source reads its own on every day.

    Examples
    --------
    >>> school, police = OrganizationId("school"), OrganizationId("politie")
    >>> part = Part(id=PartId("1"), title="Rooster", text="Pauze om tien uur", opens_on=date(2026, 3, 2),
    ...     closes_on=date(2026, 3, 31), readers=Readers(source_id=school))
    >>> [may_read(part, police, coalition=[school, police], on=date(2026, month, 1)) for month in (3, 4)]
    [False, False]
    """
    is_open = part.opens_on <= on and (part.closes_on is None or on <= part.closes_on)
    is_source = organization_id == part.readers.source_id
    return is_source or (is_open and is_reader(part.readers, organization_id, coalition=coalition))


def order_story(
    entries: Iterable[StoryLine], organization_id: OrganizationId, *, coalition: Collection[OrganizationId]
) -> tuple[StoryLine, ...]:
    """Return the story of a situation as one organization may read it, oldest first.

    Parameters
    ----------
    entries
        n entries in any order.
    organization_id
        Who reads.
    coalition
        Who takes part now.

    Returns
    -------
    tuple of StoryLine, shape (k,)
        k <= n, by moment, kind and subject.

    Notes
    -----
    O(n log n).

    Examples
    --------
    >>> order_story([], OrganizationId("school"), coalition=[])
    ()
    """
    seen = [each for each in entries if is_reader(each.readers, organization_id, coalition=coalition)]
    order = list(Event)
    return tuple(sorted(seen, key=lambda each: (each.at, order.index(each.event), each.subject_id)))

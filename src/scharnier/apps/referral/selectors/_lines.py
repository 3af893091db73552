# SPDX-License-Identifier: EUPL-1.2
"""What pages are made of: each a line of a referral, with names where there still is somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from scharnier.apps.people.models import Organization, Person
from scharnier.apps.people.selectors import Link
from scharnier.apps.referral import models
from scharnier.core import referral
from scharnier.core.kernel import TurnId

GONE: Final = "gone"  # kind of a link that leads nowhere any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A party with its names; with neither, somebody who has gone, the clock or who holds a link."""

    person: Link | None = None
    organization: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine:
    """Whose turn it is, to do what, and since when."""

    part: referral.Part
    awaited: referral.Awaited
    who: Named
    since: datetime
    turn_id: TurnId | None = None  # None: the whole referral waits
    until: date | None = None  # the day that who has it waits for


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """One thing that was done."""

    at: datetime
    who: Named
    part: referral.Part
    step: referral.Step | referral.Deed
    words: str
    turn_id: TurnId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine:
    """A question of who is asked, or an answer of who sent it."""

    at: datetime
    who: Named
    part: referral.Part
    words: str  # empty: who said it was erased


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackLine:
    """What somebody says of whether it helped."""

    at: datetime
    by: referral.Teller
    who: Named
    helped: referral.Helped
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IntroductionLine:
    """How an introduction goes, as the sender is told; a no looks like silence."""

    introducers: tuple[Named, ...]
    asked_at: datetime
    progress: referral.Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLine:
    """One party asked, with what was said and what the actor can do."""

    handling: referral.Handling
    party: Named
    service: str  # a name; empty: none in particular
    rather: Named | None
    steps: tuple[referral.Step, ...]  # open to the actor now
    can_remark: bool
    has_link: bool  # a link of a mail still works
    remarks: tuple[RemarkLine, ...] = ()
    introductions: tuple[IntroductionLine, ...] = ()


def name_of(person: Person | None, organization: Organization | None = None) -> Named:
    """Return who somebody is; who takes part in a referral knows who else does."""
    return Named(
        person=Link(name=person.name, kind="person", id=person.text_id) if person else None,
        organization=(
            Link(name=organization.name, kind="organization", id=organization.text_id)
            if organization
            else None
        ),
    )


def candidate_of(turn: models.Turn) -> Named:
    """Return who is asked in a turn; an organization that left the network is a name without a page."""
    named = name_of(turn.person, turn.organization)
    if turn.organization is None and turn.organization_text_id:
        gone = Link(name=turn.organization_name, kind=GONE, id=turn.organization_text_id)
        return replace(named, organization=gone)
    return named


def sender_of(row: models.Referral) -> Named:
    """Return who sent a referral."""
    return name_of(row.sender_person, row.sender_organization)


def rather_of(turn: models.Turn) -> Named | None:
    """Return whom who declined named instead."""
    if turn.rather_person is None and turn.rather_organization is None:
        return None
    return name_of(turn.rather_person, turn.rather_organization)

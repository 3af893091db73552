# SPDX-License-Identifier: EUPL-1.2
"""What a sharing is, how long it may last, for whom it is, and until when breaking the glass is judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from scharnier.core.kernel import Actor, Invalid, PersonId

LASTS_AT_MOST: Final = timedelta(days=366)  # a year, also one with a leap day
EMERGENCY_LASTS: Final = timedelta(hours=3)
_REVIEW_DAYS: Final = 5  # working days
_SATURDAY: Final = 5  # as date.weekday() counts


class InvalidEnd(Invalid):
    """A sharing ends before it begins, or too far away."""

    code = "sharing.invalid_end"


class InvalidEmergency(Invalid):
    """An emergency is for one person, on vital interests, for three hours; nothing else is."""

    code = "sharing.invalid_emergency"


class LegalBasis(StrEnum):
    """Why showing something about a person is lawful (GDPR art. 6(1), a to f)."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTERESTS = "legitimate_interests"


class Purpose(StrEnum):
    """What a card is shared for."""

    HELP = "help"  # somebody helps the person
    TOGETHER = "together"  # they do something together
    COVER = "cover"  # somebody stands in for the person
    EMERGENCY = "emergency"  # somebody broke the glass


class AudienceKind(StrEnum):
    """What an audience is made of."""

    PERSON = "person"
    ORGANIZATION = "organization"
    ROLE = "role"


class Verdict(StrEnum):
    """What a review comes to."""

    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who may see what is shared: one person, who acts for an organization, or who has a role.

    Examples
    --------
    >>> Audience(kind=AudienceKind.ROLE, id="coordinator").id
    'coordinator'
    """

    kind: AudienceKind
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Somebody's card shown to an audience from one moment to another.

    Raises
    ------
    InvalidEnd
        With an end that is not later than the start, or more than `LASTS_AT_MOST` after it.
    InvalidEmergency
        With only some of: emergency as purpose, vital interests as basis, one person, three hours.

    Examples
    --------
    >>> noon = datetime(2026, 3, 29, 12)
    >>> shared = Sharing(
    ...     person_id=PersonId("karel"),
    ...     audience=Audience(kind=AudienceKind.ORGANIZATION, id="debt-desk"),
    ...     purpose=Purpose.HELP,
    ...     basis=LegalBasis.CONSENT,
    ...     starts_at=noon,
    ...     ends_at=noon + timedelta(days=30),
    ... )
    >>> shared.runs_at(noon), shared.runs_at(shared.ends_at)
    (True, False)
    """

    person_id: PersonId  # whose card
    audience: Audience
    purpose: Purpose
    basis: LegalBasis
    starts_at: datetime  # UTC, as the next: hours do not add up where the clock is put forward
    ends_at: datetime

    def __post_init__(self) -> None:
        if not self.starts_at < self.ends_at <= self.starts_at + LASTS_AT_MOST:
            raise InvalidEnd(days=LASTS_AT_MOST.days)
        is_emergency = self.purpose is Purpose.EMERGENCY
        if is_emergency is not (self.basis is LegalBasis.VITAL_INTERESTS):
            raise InvalidEmergency
        if is_emergency and not self._is_short_and_for_one():
            raise InvalidEmergency

    def runs_at(self, at: datetime) -> bool:
        """Tell whether it runs at a moment: from its start, up to and without its end."""
        return self.starts_at <= at < self.ends_at

    def _is_short_and_for_one(self) -> bool:
        is_short = self.ends_at - self.starts_at == EMERGENCY_LASTS
        return is_short and self.audience.kind is AudienceKind.PERSON


def is_for(audience: Audience, actor: Actor) -> bool:
    """Tell whether somebody belongs to an audience.

    Parameters
    ----------
    audience
        Of a sharing in the actor's network.
    actor
        Who wants to see.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId, OrganizationId, Role
    >>> samira = Actor(
    ...     network_id=NetworkId("n"),
    ...     person_id=PersonId("samira"),
    ...     role=Role.PROFESSIONAL,
    ...     acts_for=frozenset({OrganizationId("youth-work")}),
    ... )
    >>> is_for(Audience(kind=AudienceKind.ORGANIZATION, id="youth-work"), samira)
    True
    >>> is_for(Audience(kind=AudienceKind.ROLE, id="board"), samira)
    False
    """
    members = {
        AudienceKind.PERSON: {actor.person_id},
        AudienceKind.ORGANIZATION: actor.acts_for,
        AudienceKind.ROLE: {actor.role.value},
    }
    return audience.id in members[audience.kind]


def review_due(on: date) -> date:
    """Return the last day for judging what was opened on a day.

    Parameters
    ----------
    on
        The day on which somebody broke the glass.

    Returns
    -------
    date
        Five working days later; Saturdays and Sundays do not count, feasts do.

    Examples
    --------
    >>> review_due(date(2026, 3, 27))  # a Friday
    datetime.date(2026, 4, 3)
    """
    day, left = on, _REVIEW_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day

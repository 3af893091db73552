# SPDX-License-Identifier: EUPL-1.2
"""How they hang together: memberships in time and dated ties that fade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scharnier.core.kernel import CommunityId, Invalid, OrganizationId, PersonId, ResidentGroupId

HALF_LIFE_DAYS = 365  # a tie not renewed for a year counts for half


class InvalidRelation(Invalid):
    """A membership or tie breaks a rule."""

    code = "network.invalid_relation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A person's role in exactly one organization, community or resident group, for a time.

    Raises
    ------
    InvalidRelation
        With none or several of the three, ending before it starts, or succeeded by the person itself.
    """

    person_id: PersonId
    organization_id: OrganizationId | None = None
    community_id: CommunityId | None = None
    resident_group_id: ResidentGroupId | None = None
    role: str = ""
    start_date: date | None = None
    end_date: date | None = None  # last day
    successor_id: PersonId | None = None

    def __post_init__(self) -> None:
        parties = (self.organization_id, self.community_id, self.resident_group_id)
        if sum(party is not None for party in parties) != 1 or self.successor_id == self.person_id:
            raise InvalidRelation(person_id=self.person_id, parties=parties, successor_id=self.successor_id)
        if self.start_date and self.end_date and self.end_date < self.start_date:
            raise InvalidRelation(
                person_id=self.person_id, start_date=self.start_date, end_date=self.end_date
            )

    def holds_on(self, day: date) -> bool:
        """Tell whether the role is held on a day.

        Examples
        --------
        >>> role = Membership(
        ...     person_id=PersonId("ria"), community_id=CommunityId("choir"), end_date=date(2026, 1, 31)
        ... )
        >>> role.holds_on(date(2026, 1, 31)), role.holds_on(date(2026, 2, 1))
        (True, False)
        """
        started = self.start_date is None or self.start_date <= day
        return started and (self.end_date is None or day <= self.end_date)


class TieKind(StrEnum):
    """What one person is to another."""

    KNOWS = "knows"
    WORKS_WITH = "works_with"
    REFERS_TO = "refers_to"
    TRUSTS = "trusts"


class TieOrigin(StrEnum):
    """How a tie came to be known."""

    DECLARED = "declared"
    DERIVED = "derived"  # from working together


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A dated observation that one person can reach another.

    Raises
    ------
    InvalidRelation
        From a person to itself, or with a strength outside 0..1.
    """

    source_id: PersonId
    target_id: PersonId
    kind: TieKind = TieKind.KNOWS
    strength: float = 1.0  # on the day of observation, 0 < strength <= 1
    observed_date: date
    origin: TieOrigin = TieOrigin.DECLARED

    def __post_init__(self) -> None:
        if self.source_id == self.target_id or not 0 < self.strength <= 1:
            raise InvalidRelation(source_id=self.source_id, target_id=self.target_id, strength=self.strength)

    def strength_on(self, day: date) -> float:
        """Return the strength left on a day.

        Notes
        -----
        strength x 0.5 ** (days since observation / 365); a tie observed after the day has strength 0. O(1).

        Examples
        --------
        >>> tie = Tie(source_id=PersonId("a"), target_id=PersonId("b"), observed_date=date(2025, 1, 1))
        >>> tie.strength_on(date(2026, 1, 1)), tie.strength_on(date(2024, 1, 1))
        (0.5, 0.0)
        """
        days = (day - self.observed_date).days
        return self.strength * 0.5 ** (days / HALF_LIFE_DAYS) if days >= 0 else 0.0

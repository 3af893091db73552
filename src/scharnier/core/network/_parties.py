# SPDX-License-Identifier: EUPL-1.2
"""Who: organizations with their services, communities, resident groups, and persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scharnier.core.kernel import (
    AreaId,
    CommunityId,
    Invalid,
    LocationId,
    OrganizationId,
    PersonId,
    ResidentGroupId,
    ServiceId,
    TopicId,
)
from scharnier.core.network._places import Capacity, Schedule


class InvalidParty(Invalid):
    """An organization, service, community, resident group or person breaks a rule."""

    code = "network.invalid_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization:
    """A body that offers services or carries a mandate (HSDS: organization).

    Raises
    ------
    InvalidParty
        Without a name, or as its own parent.
    """

    id: OrganizationId
    name: str
    description: str = ""
    alternate_name: str = ""
    remit: str = ""  # what it may and must do, in plain words
    topics: frozenset[TopicId] = frozenset()
    area_ids: frozenset[AreaId] = frozenset()  # empty: everywhere in the network
    parent_id: OrganizationId | None = None
    email: str = ""
    phone: str = ""
    website: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip() or self.parent_id == self.id:
            raise InvalidParty(organization_id=self.id, name=self.name, parent_id=self.parent_id)


class ServiceStatus(StrEnum):
    """Whether a service can be used (HSDS 3.0 `service.status`)."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What one organization offers (HSDS: service).

    Raises
    ------
    InvalidParty
        Without a name.
    """

    id: ServiceId
    organization_id: OrganizationId
    name: str
    description: str = ""
    alternate_name: str = ""
    status: ServiceStatus = ServiceStatus.ACTIVE
    eligibility: str = ""  # for whom, in plain words
    how_to_apply: str = ""
    topics: frozenset[TopicId] = frozenset()
    area_ids: frozenset[AreaId] = frozenset()  # empty: where its organization works
    location_ids: frozenset[LocationId] = frozenset()
    languages: frozenset[str] = frozenset()  # BCP 47 tags
    schedules: tuple[Schedule, ...] = ()
    capacity: Capacity | None = None
    website: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidParty(service_id=self.id, name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """A declared network people belong to: shopkeepers' association, sports club, mosque, school, team.

    Raises
    ------
    InvalidParty
        Without a name.
    """

    id: CommunityId
    name: str
    description: str = ""
    topics: frozenset[TopicId] = frozenset()
    area_ids: frozenset[AreaId] = frozenset()

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidParty(community_id=self.id, name=self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentGroup:
    """Residents with matters in common, such as young people; groups overlap and are never lists of persons.

    Raises
    ------
    InvalidParty
        Without a name, or with a negative number of people.
    """

    id: ResidentGroupId
    name: str
    n_people: int | None = None  # estimate, >= 0
    source: str = ""  # where the estimate comes from

    def __post_init__(self) -> None:
        if not self.name.strip() or (self.n_people is not None and self.n_people < 0):
            raise InvalidParty(resident_group_id=self.id, name=self.name, n_people=self.n_people)


class Accepting(StrEnum):
    """Whether a person takes new requests."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """What a person last said about taking requests, and how many are open.

    Raises
    ------
    InvalidParty
        When a number of requests is negative.
    """

    accepting: Accepting = Accepting.UNKNOWN
    until: date | None = None  # last day the statement holds; then it expires to unknown
    open_requests: int = 0  # >= 0
    capacity: int | None = None  # most open requests at a time, >= 0; None: not told
    last_active_date: date | None = None

    def __post_init__(self) -> None:
        if self.open_requests < 0 or (self.capacity is not None and self.capacity < 0):
            raise InvalidParty(open_requests=self.open_requests, capacity=self.capacity)

    def accepting_on(self, day: date) -> Accepting:
        """Return what holds on a day: the statement until its date, unknown after it.

        Examples
        --------
        >>> away = Availability(accepting=Accepting.NO, until=date(2026, 1, 31))
        >>> away.accepting_on(date(2026, 1, 31)).value, away.accepting_on(date(2026, 2, 1)).value
        ('no', 'unknown')
        """
        return Accepting.UNKNOWN if self.until is not None and day > self.until else self.accepting

    def is_full(self) -> bool:
        """Tell whether the open requests reach the capacity.

        Examples
        --------
        >>> Availability(open_requests=3, capacity=3).is_full()
        True
        """
        return self.capacity is not None and self.open_requests >= self.capacity


class Purpose(StrEnum):
    """What a person's data may be used for."""

    LISTING = "listing"  # to be found and suggested by members of the network
    CONTACT = "contact"  # to have the ways to reach shown to members of the network
    INTRODUCTION = "introduction"  # to be named as the one who can introduce
    RESEARCH = "research"  # pseudonymised, for research


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A person's dated yes to one purpose.

    Raises
    ------
    InvalidParty
        When it ends before it was given.
    """

    purpose: Purpose
    given_date: date
    end_date: date | None = None  # last day; None: until withdrawn

    def __post_init__(self) -> None:
        if self.end_date is not None and self.end_date < self.given_date:
            raise InvalidParty(purpose=self.purpose, given_date=self.given_date, end_date=self.end_date)

    def holds_on(self, day: date) -> bool:
        """Tell whether the consent holds on a day.

        Examples
        --------
        >>> Consent(purpose=Purpose.LISTING, given_date=date(2026, 1, 1)).holds_on(date(2025, 12, 31))
        False
        """
        return self.given_date <= day and (self.end_date is None or day <= self.end_date)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone people can be brought to: a card, not a file.

    Raises
    ------
    InvalidParty
        Without a name.
    """

    id: PersonId
    name: str
    summary: str = ""  # what this person does for the neighbourhood, in their own words
    competences: tuple[str, ...] = ()
    topics: frozenset[TopicId] = frozenset()
    area_ids: frozenset[AreaId] = frozenset()  # empty: where the person's organizations work
    languages: frozenset[str] = frozenset()  # BCP 47 tags
    email: str = ""
    phone: str = ""
    reach: str = ""  # best way and hours, in plain words
    availability: Availability = Availability()
    consents: tuple[Consent, ...] = ()
    checked_date: date | None = None  # last day on which the person said that the card is right

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise InvalidParty(person_id=self.id, name=self.name)

    def consents_to(self, purpose: Purpose, *, on: date) -> bool:
        """Tell whether a consent to a purpose holds on a day; without one the answer is no.

        Examples
        --------
        >>> Person(id=PersonId("ria"), name="Ria").consents_to(Purpose.LISTING, on=date(2026, 1, 1))
        False
        """
        return any(consent.purpose is purpose and consent.holds_on(on) for consent in self.consents)

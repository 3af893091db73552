# SPDX-License-Identifier: EUPL-1.2
"""Values of the referral function: a need, what came of earlier ones, and who can take it, as facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from scharnier.core.kernel import (
    AreaId,
    CommunityId,
    Invalid,
    OrganizationId,
    PersonId,
    ServiceId,
    TopicId,
)
from scharnier.core.network import Accepting


class InvalidNeed(Invalid):
    """A need, outcome or request for suggestions breaks a rule."""

    code = "referral.invalid_need"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who is asked: a person on behalf of an organization or community, or an organization itself.

    Raises
    ------
    InvalidNeed
        When neither a person nor an organization is named.
    """

    person_id: PersonId | None = None
    organization_id: OrganizationId | None = None
    community_id: CommunityId | None = None

    def __post_init__(self) -> None:
        if self.person_id is None and self.organization_id is None:
            raise InvalidNeed(person_id=self.person_id, organization_id=self.organization_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is going on, in someone's own words."""

    text: str
    area_id: AreaId | None = None
    asker_id: PersonId | None = None  # who asks; the way in starts there


class Response(StrEnum):
    """What came of asking a party."""

    ACCEPTED = "accepted"
    COMPLETED = "completed"
    DECLINED = "declined"
    UNANSWERED = "unanswered"


class Reason(StrEnum):
    """Why a party declined."""

    NOT_MY_REMIT = "not_my_remit"
    NOT_MY_AREA = "not_my_area"
    NO_CAPACITY = "no_capacity"
    CONFLICT = "conflict"  # of interests
    ALREADY_KNOWN = "already_known"  # it has this one already
    NOT_ELIGIBLE = "not_eligible"  # the one it is for falls outside its conditions
    OTHER = "other"  # with words


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of bringing one problem to one party."""

    text: str
    party: Party
    response: Response
    on: date
    reason: Reason | None = None  # with DECLINED
    rather: Party | None = None  # with DECLINED: whom the party named in its place
    topics: frozenset[TopicId] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Expertise:
    """Why this party knows about it."""

    score: float  # 0..1, how far the evidence stands out among the parties
    topics: tuple[TopicId, ...] = ()  # of the need and of the party, strongest first
    words: tuple[str, ...] = ()  # of the need, as written, found with the party
    service_ids: tuple[ServiceId, ...] = ()  # that fit, best first
    n_similar: int = 0  # earlier problems like this one that the party took


class Cover(StrEnum):
    """How a party's work area relates to the place of the need."""

    HERE = "here"  # the place is named in its area
    EVERYWHERE = "everywhere"  # it works in the whole network
    NOT_ASKED = "not_asked"  # the need names no place


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """In what capacity the party would take it, and where it works."""

    score: float  # 0..1
    organization_id: OrganizationId | None = None
    role: str = ""
    cover: Cover = Cover.NOT_ASKED
    area_ids: tuple[AreaId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Whether the party can take it now."""

    score: float  # 0..1
    accepting: Accepting = Accepting.UNKNOWN
    until: date | None = None
    open_requests: int = 0
    capacity: int | None = None
    n_days_since_active: int | None = None
    n_days_since_checked: int | None = None  # since the person last said that the card is right


class Entry(StrEnum):
    """How the asker reaches the party."""

    SELF = "self"  # the asker is the party
    KNOWN = "known"  # the asker has a tie
    INTRODUCED = "introduced"  # one or two people introduce
    CONTACT = "contact"  # the party's contact details are open
    FRONT_DOOR = "front_door"  # through the organization


@dataclass(frozen=True, slots=True, kw_only=True)
class WayIn:
    """The best way to the party."""

    score: float  # 0..1
    entry: Entry
    introducers: tuple[PersonId, ...] = ()  # in order, at most two, each consenting
    since: date | None = None  # the oldest observation on the way


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A party that can take the need, with the four parts of its score as facts."""

    party: Party
    score: float  # product of the four parts, 0..1
    expertise: Expertise
    mandate: Mandate
    room: Room
    way_in: WayIn
    propensity: float  # chance in 0..1 that this party stood at this place, for fair evaluation


class Confidence(StrEnum):
    """How much the answer rests on."""

    CLEAR = "clear"  # one party, or one set, stands out
    PLAUSIBLE = "plausible"  # several fit about as well
    THIN = "thin"  # few words in common: more words would help
    NONE = "none"  # nothing fits


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Who can take a need."""

    language: str  # of the text: nl or en
    topics: tuple[TopicId, ...]  # recognised in the text, strongest first
    confidence: Confidence
    suggestions: tuple[Suggestion, ...]  # best first
    together: tuple[Party, ...] = field(
        default=()
    )  # proposed as a set: their scores are close, their fields differ

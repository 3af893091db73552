# SPDX-License-Identifier: EUPL-1.2
"""The values a copy of somebody's data is made of; programs get them under these names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCopy:
    """What stands on the card."""

    id: str
    name: str
    summary: str
    competences: list[str]
    topics: list[str]
    areas: list[str]
    languages: list[str]
    email: str
    phone: str
    reach: str
    accepting: str
    accepting_until: date | None
    open_requests: int
    capacity: int | None
    last_active_date: date | None
    visibility: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCopy:
    """What was agreed to, from when until when."""

    purpose: str
    given_date: date
    end_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckCopy:
    """When a part of the card was last looked over."""

    group: str
    checked_on: date
    verify_by: date
    asked_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleCopy:
    """A role, ended ones too."""

    where: str
    role: str
    start_date: date | None
    end_date: date | None
    successor: str  # empty: nobody, or somebody who does not want to be found
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TieCopy:
    """A contact; who named it is the person or the other one."""

    other: str  # empty: somebody who does not want to be found
    said_by: str  # you or other
    kind: str
    observed_date: date
    origin: str
    strength: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCopy:
    """How the person signs in."""

    username: str
    email: str
    full_name: str
    role: str
    joined_at: datetime
    last_login_at: datetime | None
    second_steps: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionCopy:
    """Where the person is signed in."""

    device: str
    address: str
    since: datetime
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedLoginCopy:
    """An attempt to sign in under the person's name that failed."""

    at: datetime
    address: str | None
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationCopy:
    """An invitation of the person."""

    email: str
    role: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOverCopy:
    """Roles that went from or to the person."""

    is_from_you: bool
    on_date: date
    undone_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCopy:
    """What came of bringing a question to the person; the question itself is somebody else's."""

    happened_date: date
    response: str  # "named": somebody else was asked, and named the person in their place
    reason: str
    rather: str  # whom the person named in their place; empty: nobody, or who does not want to be found
    topics: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralCopy:
    """A referral that the person sent, was asked in, or was asked to introduce somebody for."""

    id: str
    your_part: str  # sender, candidate or introducer
    text: str  # of the person; what somebody else asked is theirs
    made_at: datetime
    state: str  # of the turn; empty: no turn of the person
    reason: str  # why the person declined


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWordsCopy:
    """What the person did or said in a referral."""

    referral_id: str
    at: datetime
    step: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailCopy:
    """A mail to the person."""

    subject: str
    queued_at: datetime
    sent_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCopy:
    """One time that somebody opened the card, or wanted to."""

    at: datetime
    who: str  # empty: somebody who does not want to be found, or has left
    purpose: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActCopy:
    """Something the person did."""

    at: datetime
    act: str
    kind: str
    object_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionCopy:
    """Something that others said and the person objected to."""

    kind: str
    object_id: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestCopy:
    """A request that was made for the person about their data."""

    what: str
    received_date: date
    done_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingCopy:
    """A card shared with an audience, ended ones too."""

    card: str  # whose; empty: somebody who does not want to be found
    audience_kind: str
    made_by: str
    purpose: str
    reason: str
    basis: str
    starts_at: datetime
    ends_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCopy:
    """Something the person wrote down for themselves; without words a day after it was thrown away."""

    made_at: datetime
    text: str
    place: str
    about: str
    candidate: str
    remind_date: date | None
    thrown_away_at: datetime | None
    referral_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationCopy:
    """A shared situation that the person leads, or in which they have something to do."""

    id: str
    your_part: str  # lead or action
    text: str  # of the action; the words of the whole belong to all who take part
    due: date | None
    state: str  # of the action: action_open, action_done and so on
    reason: str  # why the action was not done


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationActCopy:
    """What the person did in a shared situation."""

    situation_id: str
    at: datetime
    event: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailTermsCopy:
    """When the person wants to be told by mail what waits."""

    often: str
    weekday: int  # 1..5, from Monday
    hour: int
    language: str  # empty: that of the network
    chosen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFeedCopy:
    """That the person has a calendar address; the address itself is a key, and stands on its page."""

    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDigestCopy:
    """A look at what waited for the person; with nothing, no mail went."""

    day: date
    n_things: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalCopy:
    """A signal that the person told; without words once those went."""

    told_at: datetime
    on_behalf_of: str  # empty: for themselves
    text: str
    place: str
    happened_on: date
    topics: list[str]
    groups: list[str]
    seriousness: str
    state: str
    kept_until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCopy:
    """Everything a network holds about a person."""

    network: str
    network_id: str
    made_at: datetime
    card: CardCopy
    consents: list[ConsentCopy]
    checks: list[CheckCopy]
    roles: list[RoleCopy]
    ties: list[TieCopy]
    account: AccountCopy | None
    sessions: list[SessionCopy]
    failed_logins: list[FailedLoginCopy]
    invitations: list[InvitationCopy]
    hand_overs: list[HandOverCopy]
    outcomes: list[OutcomeCopy]
    referrals: list[ReferralCopy]
    referral_words: list[ReferralWordsCopy]
    mails: list[MailCopy]
    card_reads: list[ReadCopy]
    acts: list[ActCopy]
    objections: list[ObjectionCopy]
    requests: list[RequestCopy]
    sharings: list[SharingCopy]
    notes: list[NoteCopy]
    mail_terms: list[MailTermsCopy]  # one, or none chosen
    calendar_feeds: list[CalendarFeedCopy]  # one, or none
    mail_digests: list[MailDigestCopy]
    signals: list[SignalCopy]
    situations: list[SituationCopy]
    situation_acts: list[SituationActCopy]

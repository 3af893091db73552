# SPDX-License-Identifier: EUPL-1.2
"""What the policy speaks of: kinds of things, acts on them, and conditions under which an act is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scharnier.core.kernel import NetworkId, OrganizationId, PersonId
from scharnier.core.network import Consent


class Kind(StrEnum):
    """What can be acted on."""

    NETWORK = "network"  # its name, settings, import and export
    PERSON = "person"  # that somebody is there, with name, roles and what they can be asked
    CARD_FIELD = "card_field"  # one field of a card that its person shows or hides
    WAYS = "ways"  # how to reach a person
    CONSENT = "consent"
    MEMBERSHIP = "membership"
    TIE = "tie"
    ORGANIZATION = "organization"
    SERVICE = "service"
    COMMUNITY = "community"
    RESIDENT_GROUP = "resident_group"
    PLACE = "place"  # areas and locations
    TOPIC = "topic"
    ACCOUNT = "account"  # who can sign in, and in which role
    INVITATION = "invitation"
    JOIN_REQUEST = "join_request"
    AUDIT_EVENT = "audit_event"
    SHARING = "sharing"  # a card shown to an audience, for a purpose, until a moment
    EMERGENCY = "emergency"  # breaking the glass before a card that its person does not show
    REVIEW = "review"  # whether breaking the glass was justified
    DATA_REQUEST = "data_request"  # of somebody without an account, about their own data
    QUESTION = "question"  # asking the network what to do
    REFERRAL = "referral"  # a need brought to others, and what came of it
    TURN = "turn"  # one party asked, and what it said and did
    ADEQUACY = "adequacy"  # how well referrals go, in numbers
    INTRODUCTION = "introduction"  # bringing two people together
    REPORTING = "reporting"  # what other systems may report, by which keys, and what they reported
    WEBHOOK = "webhook"  # another system that is told of events, by identifiers
    NOTE = "note"  # what somebody wrote down for themselves
    DIGEST = "digest"  # what waits for somebody, by mail and in a calendar, on their own terms
    SIGNAL = "signal"  # that somebody met something, where and when
    SIGNAL_TEXT = "signal_text"  # its words
    SIGNAL_BANDS = "signal_bands"  # how many there are at least in a square and a month; whose is not told
    MATCH = "match"  # two partners who meet something alike
    SITUATION = "situation"  # what several partners share, with all that its coalition does
    SITUATION_FIGURES = "situation_figures"  # that it is there, in which phase, and counts in bands; no words
    SITUATION_INVITATION = "situation_invitation"  # an organization asked to take part
    SITUATION_PART = "situation_part"  # a private room in it
    EXCLUDED_PLACE = "excluded_place"  # where nothing counts in what stands out


class Act(StrEnum):
    """What can be done."""

    SEE = "see"
    CREATE = "create"
    CHANGE = "change"
    REMOVE = "remove"
    FOLLOW = "follow"  # what a sender does: send, call off, ask the next, say whether it helped
    HANDLE = "handle"  # what a candidate does: answer, begin, wait, finish
    MEND = "mend"  # do in the place of a sender who has gone what would otherwise stay undone


class Condition(StrEnum):
    """What must hold of a thing before an act on it is allowed."""

    ALWAYS = "always"
    OWN = "own"  # the actor is one of those it is about
    LISTED = "listed"  # everyone it is about wants to be found
    REACHABLE = "reachable"  # they also want to be reached without an introduction
    SHOWN = "shown"  # they want to be found, and do not keep this to themselves
    SHARED = "shared"  # it is shared with the actor, and they do not keep it to themselves
    ON_BEHALF = "on_behalf"  # the actor has a role in the organization it belongs to
    SENT = "sent"  # the actor sent it
    ASKED = "asked"  # the actor is asked
    FOR_ASKED = "for_asked"  # the actor has a role in an organization that is asked
    ORPHANED = "orphaned"  # who sent it has gone
    IN_COALITION = "in_coalition"  # the actor has a role in an organization that takes part
    READER = "reader"  # the actor has a role in an organization that may read it


class Visibility(StrEnum):
    """To whom a person shows a field of the card."""

    PUBLIC = "public"
    NETWORK = "network"
    PRIVATE = "private"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something to act on, as far as the policy needs to know it."""

    kind: Kind
    network_id: NetworkId
    about: frozenset[PersonId] = frozenset()  # the persons it is about
    consents: tuple[tuple[Consent, ...], ...] = ()  # of each of those persons
    organization_id: OrganizationId | None = None  # the organization it belongs to
    visibility: Visibility = Visibility.NETWORK
    sender_id: PersonId | None = None  # who sent it
    is_orphaned: bool = False  # who sent it has gone
    asked_ids: frozenset[PersonId] = frozenset()  # the persons who are asked
    asked_organization_ids: frozenset[OrganizationId] = frozenset()
    coalition_ids: frozenset[OrganizationId] = frozenset()  # organizations that take part
    reader_ids: frozenset[OrganizationId] = frozenset()  # organizations that may read it now

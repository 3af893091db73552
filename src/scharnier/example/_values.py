# SPDX-License-Identifier: EUPL-1.2
"""What the example neighbourhood holds beside its network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scharnier.core import network, referral
from scharnier.core.kernel import AreaId, OrganizationId, PersonId, Role, TopicId

KRUISVELD_DAY = date(2026, 11, 1)  # what the demonstration and the tests call today


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who can log in to the demonstration; the site sets the password."""

    login: str
    person_id: PersonId
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One party that was asked to take a signal, and what came of it."""

    organization_id: OrganizationId
    person_id: PersonId | None = None  # None: the organization as such
    response: referral.Response
    reason: referral.Reason | None = None  # with declined
    date: date  # of the answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """What somebody met in the neighbourhood, in their own words, and who was asked to take it."""

    id: str
    text: str
    language: str  # BCP 47 tag: nl or en
    date: date
    area_id: AreaId
    topic_ids: tuple[TopicId, ...]
    reporter_id: PersonId
    asked: tuple[Asked, ...] = ()  # in order of time


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Kruisveld: a network, two years of signals with what came of them, and who can log in."""

    network: network.Network
    signals: tuple[Signal, ...]  # by date
    outcomes: tuple[referral.Outcome, ...]  # every answer to a signal, by date
    accounts: tuple[Account, ...]
    day: date = KRUISVELD_DAY

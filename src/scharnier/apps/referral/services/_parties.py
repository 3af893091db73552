# SPDX-License-Identifier: EUPL-1.2
"""Whom somebody names: found as they may find them, and written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import uuid4

from django.db.models import QuerySet

from scharnier.apps.people import access as people
from scharnier.apps.people.models import Community, Organization, Person, Service
from scharnier.apps.referral import access, models, rows
from scharnier.core import referral
from scharnier.core.kernel import Actor, CommunityId, NotFound, OrganizationId, PersonId, ServiceId, TurnId
from scharnier.core.network import Purpose
from scharnier.core.referral import Party, Proposal

BY_HAND = Proposal()


class CommunityNotFound(NotFound):
    """No such community in the actor's network."""

    code = "referral.community_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One party to ask: a person, an organization, or what an organization offers."""

    party: Party | None = None  # None: the organization of the service
    service_id: ServiceId | None = None
    proposal: Proposal = BY_HAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The rows of a party that was named."""

    person: Person | None = None
    organization: Organization | None = None
    community: Community | None = None
    service: Service | None = None


def add_round(
    held: access.Held, asks: Sequence[Ask], *, actor: Actor, on: date, at: datetime
) -> tuple[models.Turn, ...]:
    """Write the turns of a new round, as drafts; the first round of a referral that has none.

    Raises
    ------
    StillRunning
    BadParties, BadChain
    PersonNotFound, OrganizationNotFound, ServiceNotFound, CommunityNotFound
        Also when the actor may not know of them.
    """
    found = [_find_asked(ask, actor=actor, on=on) for ask in asks]
    parties = [_party(each) for each in found]
    referral.check_parties(parties, sender=rows.sender_value(held.row))
    named = {TurnId(uuid4().hex): party for party in parties}
    number = 1
    if held.turns:
        chain = referral.begin_round(rows.chain_value(held.row, held.turns), named)
        number = chain.turns[-1].round
        held.row.open_since = chain.open_since
        held.row.outcome_told_at = held.row.given_up_at = None
    return tuple(
        _turn_row(held.row, turn_id, ask, each, number=number, place_in_round=place, at=at)
        for place, (turn_id, ask, each) in enumerate(zip(named, asks, found, strict=True), start=1)
    )


def find_named(party: Party, *, by: access.By, on: date) -> Found:
    """Return the rows of whom somebody names, when they may know of them.

    Raises
    ------
    PersonNotFound, OrganizationNotFound
    """
    person = _person(party.person_id, by=by, on=on) if party.person_id else None
    organization = _organization(party.organization_id, by=by) if party.organization_id else None
    return Found(person=person, organization=organization)


def _find_asked(ask: Ask, *, actor: Actor, on: date) -> Found:
    service = people.service(ask.service_id, actor=actor) if ask.service_id else None
    if ask.party is None:
        return Found(organization=service.organization if service else None, service=service)
    found = find_named(ask.party, by=actor, on=on)
    if service is not None and found.organization not in (None, service.organization):
        raise referral.BadParties(n_parties=1)
    if found.person and found.organization and not _belongs(found, actor=actor, on=on):
        raise referral.BadParties(n_parties=1)
    community = _community(ask.party.community_id, actor=actor) if ask.party.community_id else None
    return replace(found, community=community, service=service)


def _belongs(found: Found, *, actor: Actor, on: date) -> bool:
    """Tell whether a person has a role in an organization, as far as the actor may know."""
    roles = people.memberships(actor, on=on)
    return roles.filter(person=found.person, organization=found.organization).exists()


def _party(found: Found) -> Party:
    return rows.party_value(
        person_text_id=found.person.text_id if found.person else "",
        organization_text_id=found.organization.text_id if found.organization else "",
        community=found.community,
    )


def _turn_row(  # noqa: PLR0913  # who is asked, where and how
    row: models.Referral,
    turn_id: TurnId,
    ask: Ask,
    found: Found,
    *,
    number: int,
    place_in_round: int,
    at: datetime,
) -> models.Turn:
    return models.Turn.objects.create(
        id=turn_id,
        network_id=row.network_id,
        referral=row,
        round=number,
        place_in_round=place_in_round,
        person=found.person,
        person_text_id=found.person.text_id if found.person else "",
        organization=found.organization,
        organization_text_id=found.organization.text_id if found.organization else "",
        organization_name=found.organization.name if found.organization else "",
        community=found.community,
        service=found.service,
        proposed_by=ask.proposal.by.value,
        place=ask.proposal.place,
        propensity=ask.proposal.propensity,
        moved_at=at,
    )


def _person(person_id: PersonId, *, by: access.By, on: date) -> Person:
    """Return a person who may be named, locked: who is being erased is not named."""
    found: QuerySet[Person]
    if isinstance(by, Actor):
        found = people.persons(by, on=on)
    else:
        listed = people.consented(Purpose.LISTING, on=on)
        found = Person.objects.filter(listed, network_id=by.network_id)
    row = found.select_for_update(of=("self",), no_key=True).filter(text_id=person_id).first()
    if row is None:
        raise people.PersonNotFound(person_id=person_id)
    return row


def _organization(organization_id: OrganizationId, *, by: access.By) -> Organization:
    if isinstance(by, Actor):
        return people.organization(organization_id, actor=by)
    row = Organization.objects.filter(network_id=by.network_id, text_id=organization_id).first()
    if row is None:
        raise people.OrganizationNotFound(organization_id=organization_id)
    return row


def _community(community_id: CommunityId, *, actor: Actor) -> Community:
    row = people.communities(actor).filter(text_id=community_id).first()
    if row is None:
        raise CommunityNotFound(community_id=community_id)
    return row

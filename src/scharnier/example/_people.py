# SPDX-License-Identifier: EUPL-1.2
"""The people of Kruisveld who are written by hand, and their roles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from scharnier.core.kernel import CommunityId, OrganizationId, PersonId, ResidentGroupId
from scharnier.core.network import Accepting, Availability, Consent, Membership, Person, Purpose
from scharnier.example._bodies import HOST, area_ids, topic_ids
from scharnier.example._records import Card, Kind, read_folder

CONSENTED = date(2026, 1, 12)  # when the network asked everybody again
USUAL_CONSENTS: Mapping[Kind, str] = {
    "professional": "listing contact introduction research",
    "volunteer": "listing contact introduction",
    "entrepreneur": "listing contact introduction",
    "resident": "introduction",
}


def read_cards() -> tuple[Card, ...]:
    """Return the people written by hand."""
    return tuple(card for source in read_folder("people") for card in source.person)


def to_person(card: Card) -> Person:
    """Return the person on a card written by hand."""
    consents = (card.consents or USUAL_CONSENTS[card.kind]).split()
    return Person(
        id=PersonId(card.id),
        name=card.name,
        summary=card.summary,
        competences=card.competences,
        topics=topic_ids(card.topics),
        area_ids=area_ids(card.areas),
        languages=frozenset(card.languages.split()),
        email=email_of(card.id, card.organization),
        reach=card.reach,
        availability=Availability(
            accepting=Accepting(card.accepting),
            until=card.until,
            open_requests=card.open,
            capacity=card.capacity,
            last_active_date=card.active,
        ),
        consents=tuple(
            Consent(purpose=Purpose(purpose), given_date=max(CONSENTED, card.since)) for purpose in consents
        ),
    )


def email_of(person_id: str, organization: str | None) -> str:
    """Return an address that cannot exist."""
    return f"{person_id}@{organization}.{HOST}" if organization else f"{person_id}@{HOST}"


def to_memberships(cards: Sequence[Card]) -> Iterator[Membership]:
    """Yield the roles on cards: in an organization, a community and a resident group."""
    for card in cards:
        person_id = PersonId(card.id)
        if card.organization:
            yield Membership(
                person_id=person_id,
                organization_id=OrganizationId(card.organization),
                role=card.role,
                start_date=card.since,
                end_date=card.ended,
                successor_id=PersonId(card.successor) if card.successor else None,
            )
        if card.community:
            yield Membership(
                person_id=person_id,
                community_id=CommunityId(card.community),
                role=card.community_role,
                start_date=None if card.organization else card.since,
            )
        if card.group:
            yield Membership(
                person_id=person_id,
                resident_group_id=ResidentGroupId(card.group),
                role="praat mee namens de groep",
                start_date=CONSENTED,
            )

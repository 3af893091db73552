# SPDX-License-Identifier: EUPL-1.2
"""Networks of any shape that hang together, for laws."""

from __future__ import annotations

from datetime import date, time

from hypothesis import strategies as st

from scharnier.core import network
from scharnier.core.kernel import (
    AreaId,
    CommunityId,
    LocationId,
    NetworkId,
    OrganizationId,
    PersonId,
    ResidentGroupId,
    ServiceId,
    TopicId,
)

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2050, 12, 31)
IDS = ("a", "b", "c", "d")
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
# what fits one cell: no line breaks, outer space, or marks that part or guard a list
CELL_TEXT = st.from_regex(r"[A-Za-zéü][A-Za-z éü=+,.-]{0,10}[A-Za-z]", fullmatch=True)
days = st.dates(FIRST_DAY, LAST_DAY)
tags = st.frozensets(st.sampled_from(("nl", "en", "ar", "zh-Hant")))


@st.composite
def consents(draw: st.DrawFn) -> network.Consent:
    first, last = sorted((draw(days), draw(days)))
    return network.Consent(
        purpose=draw(st.sampled_from(network.Purpose)),
        given_date=first,
        end_date=draw(st.sampled_from((None, last))),
    )


availabilities = st.builds(
    network.Availability,
    accepting=st.sampled_from(network.Accepting),
    until=st.none() | days,
    open_requests=st.integers(0, 99),
    capacity=st.none() | st.integers(0, 99),
    last_active_date=st.none() | days,
)


@st.composite
def schedules(draw: st.DrawFn) -> network.Schedule:
    first, last = sorted((draw(days), draw(days)))
    has_hours = draw(st.booleans())
    return network.Schedule(
        weekdays=draw(st.frozensets(st.sampled_from(network.Weekday))),
        opens_at=time(9) if has_hours else None,
        closes_at=time(17, 30) if has_hours else None,
        valid_from=first,
        valid_to=last,
        description=draw(ANY_TEXT),
    )


@st.composite
def memberships(draw: st.DrawFn, *, n_persons: int) -> network.Membership:
    person = draw(st.sampled_from(IDS[:n_persons]))
    others = [identifier for identifier in IDS[:n_persons] if identifier != person]
    successor = draw(st.sampled_from((None, *others)))
    party = draw(st.sampled_from(("organization_id", "community_id", "resident_group_id")))
    first, last = sorted((draw(days), draw(days)))
    return network.Membership(
        person_id=PersonId(person),
        organization_id=OrganizationId("a") if party == "organization_id" else None,
        community_id=CommunityId("a") if party == "community_id" else None,
        resident_group_id=ResidentGroupId("a") if party == "resident_group_id" else None,
        role=draw(CELL_TEXT | st.just("")),
        start_date=draw(st.sampled_from((None, first))),
        end_date=draw(st.sampled_from((None, last))),
        successor_id=None if successor is None else PersonId(successor),
    )


@st.composite
def ties(draw: st.DrawFn, *, n_persons: int) -> network.Tie:
    source, target = draw(st.permutations(IDS[:n_persons]))[:2]
    return network.Tie(
        source_id=PersonId(source),
        target_id=PersonId(target),
        kind=draw(st.sampled_from(network.TieKind)),
        strength=draw(st.floats(0, 1, exclude_min=True)),
        observed_date=draw(days),
        origin=draw(st.sampled_from(network.TieOrigin)),
    )


def _topics(texts: st.SearchStrategy[str]) -> st.SearchStrategy[network.Topic]:
    return st.builds(
        network.Topic,
        id=st.just(TopicId("b")),
        labels=st.tuples(
            st.builds(network.Label, text=texts, language=st.just("nl"), is_preferred=st.booleans())
        ),
        definition=texts,
        broader_ids=st.frozensets(st.just(TopicId("a"))),
        fields=st.frozensets(st.sampled_from(network.Field)),
    )


@st.composite
def persons(draw: st.DrawFn, identifier: str, *, texts: st.SearchStrategy[str]) -> network.Person:
    given_consents = draw(st.lists(consents(), max_size=3, unique_by=lambda consent: consent.purpose))
    return network.Person(
        id=PersonId(identifier),
        name=draw(CELL_TEXT),
        summary=draw(texts),
        competences=tuple(draw(st.lists(CELL_TEXT, max_size=2))),
        topics=draw(st.frozensets(st.sampled_from((TopicId("a"), TopicId("b"))))),
        area_ids=draw(st.frozensets(st.just(AreaId("a")))),
        languages=draw(tags),
        email=draw(texts),
        availability=draw(availabilities),
        consents=tuple(
            sorted(given_consents, key=lambda consent: list(network.Purpose).index(consent.purpose))
        ),
        checked_date=draw(st.none() | days),
    )


@st.composite
def networks(draw: st.DrawFn, *, texts: st.SearchStrategy[str] = ANY_TEXT) -> network.Network:
    """A network with one or two of everything and up to four persons; `texts` fill the free texts."""
    n_persons = draw(st.integers(0, len(IDS)))
    many = 4 if n_persons > 1 else 0
    return network.Network(
        id=NetworkId("n"),
        name=draw(CELL_TEXT),
        areas=(
            network.Area(id=AreaId("a"), name=draw(CELL_TEXT), kind=draw(st.sampled_from(network.AreaKind))),
            network.Area(id=AreaId("b"), name="B", parent_id=draw(st.sampled_from((None, AreaId("a"))))),
        ),
        locations=(
            network.Location(
                id=LocationId("a"), latitude=draw(st.floats(-90, 90)), longitude=draw(st.floats(-180, 180))
            ),
        ),
        topics=(
            network.Topic(id=TopicId("a"), labels=(network.Label(text="iets", language="nl"),)),
            draw(_topics(texts)),
        ),
        organizations=(
            network.Organization(id=OrganizationId("a"), name=draw(CELL_TEXT), remit=draw(texts)),
            network.Organization(id=OrganizationId("b"), name="B", parent_id=OrganizationId("a")),
        ),
        services=(
            network.Service(
                id=ServiceId("a"),
                organization_id=OrganizationId("b"),
                name=draw(CELL_TEXT),
                schedules=(draw(schedules()),),
                capacity=draw(st.none() | st.builds(network.Capacity, available=st.integers(0, 9))),
                languages=draw(tags),
            ),
        ),
        communities=(network.Community(id=CommunityId("a"), name=draw(CELL_TEXT), description=draw(texts)),),
        resident_groups=(
            network.ResidentGroup(
                id=ResidentGroupId("a"), name=draw(CELL_TEXT), n_people=draw(st.none() | st.integers(0, 9999))
            ),
        ),
        persons=tuple(draw(persons(identifier, texts=texts)) for identifier in IDS[:n_persons]),
        memberships=tuple(
            draw(st.lists(memberships(n_persons=n_persons), max_size=many if n_persons else 0, unique=True))
        ),
        ties=tuple(draw(st.lists(ties(n_persons=n_persons), max_size=many, unique=True))),
    )

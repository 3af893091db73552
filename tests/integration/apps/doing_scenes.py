# SPDX-License-Identifier: EUPL-1.2
"""A school, the police and a municipality who share a situation, and short words for what they do in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.urls import reverse

from scharnier.apps.people import services as people
from scharnier.apps.people.models import Organization, Person, User
from scharnier.apps.situations import models, rows, services
from scharnier.core import audit, network, situations
from scharnier.core.kernel import (
    ActionId,
    AgreementId,
    MeetingId,
    NetworkId,
    OrganizationId,
    PersonId,
    Role,
    SituationId,
)
from scharnier.core.situations import InvitationState, State
from tests.factories import DAY, NOON, a_membership, a_network, a_person, an_actor, an_area, an_organization
from tests.integration.apps.members_scenes import let_in

ROLES = {
    "noor": Role.PROFESSIONAL,
    "karel": Role.PROFESSIONAL,
    "joke": Role.PROFESSIONAL,
    "bas": Role.PROFESSIONAL,
    "mo": Role.PROFESSIONAL,
    "ria": Role.COORDINATOR,
    "wim": Role.RESEARCHER,
}
AT_WORK = {"noor": "school", "karel": "politie", "joke": "politie", "bas": "gemeente", "mo": "zorg"}
NOOR, KAREL, JOKE, BAS, MO = (an_actor(name, acts_for=AT_WORK[name]) for name in AT_WORK)
RIA, WIM = an_actor("ria", role=Role.COORDINATOR), an_actor("wim", role=Role.RESEARCHER)
VERA = an_actor("vera", network_id="elders", role=Role.COORDINATOR, acts_for="school")
CLOCK = audit.System(network_id=NetworkId("kruisveld"))
SCHOOL, POLICE, MUNICIPALITY, CARE = map(OrganizationId, ("school", "politie", "gemeente", "zorg"))
HANGING = SituationId("plein")
QUESTION = "Wat maakt het plein onrustig na schooltijd?"
PERSONAL = "Bel Jan de Vries, geboren 12-03-2009, op 06-12345678."
SOON, LATER = DAY + timedelta(days=7), DAY + timedelta(days=30)


def kruisveld() -> network.Network:
    return a_network(
        areas=(an_area("noord"),),
        organizations=tuple(an_organization(name) for name in sorted(set(AT_WORK.values()))),
        persons=tuple(a_person(name) for name in ROLES),
        memberships=tuple(a_membership(name, organization=place) for name, place in AT_WORK.items()),
    )


def settle() -> None:
    people.load_network(kruisveld(), at=NOON)
    let_in("kruisveld", ROLES)
    elders = a_network(
        network_id="elders", persons=(a_person("vera"),), organizations=(an_organization("school"),)
    )
    people.load_network(elders, at=NOON)
    let_in("elders", {"vera": Role.COORDINATOR})
    for user in User.objects.filter(username__endswith="@kruisveld"):
        user.email = f"{user.username}.example.org"
        user.save()


def organization(name: str) -> Organization:
    return Organization.objects.get(network_id="kruisveld", text_id=name)


def person(name: str) -> Person:
    return Person.objects.get(network_id="kruisveld", text_id=name)


def begin(
    state: State = State.RUNNING, *, situation_id: SituationId = HANGING, partners: str = "politie gemeente"
) -> SituationId:
    """Write a situation that the school leads, in which partners take part."""
    ended = state in situations.ENDED
    row = models.Situation.objects.create(
        id=situation_id,
        network_id="kruisveld",
        question=QUESTION,
        made_on=DAY,
        origin="hand",
        state=state.value,
        since=DAY,
        owner=organization("school"),
        owner_text_id="school",
        owner_name="School",
        lead=person("noor"),
        lead_text_id="noor",
        topic_ids=["street-hangout"],
        area_ids=["noord"],
        reason="Het hoeft niet meer." if state is State.DISMISSED else "",
        handed_to="De wijkagent" if state is State.HANDED_OVER else "",
        ended_on=DAY if ended else None,
    )
    for place, name in enumerate(partners.split()):
        ask(row, name, place=place)
    if state is State.CLOSED:
        close(row)
    return situation_id


def ask(
    row: models.Situation, name: str, *, place: int, state: InvitationState = InvitationState.ACCEPTED
) -> None:
    models.Invitation.objects.create(
        id=f"{row.id}-{name}",
        network_id="kruisveld",
        situation=row,
        organization=organization(name),
        organization_text_id=name,
        organization_name=name.capitalize(),
        invited_on=DAY,
        state=state.value,
        place=place,
    )


def close(row: models.Situation, *, on: date = DAY) -> None:
    models.Evaluation.objects.create(
        network_id="kruisveld", situation=row, lesson="Eerder bellen helpt.", made_on=on
    )
    for recheck in situations.plan_rechecks(on):
        models.Recheck.objects.create(network_id="kruisveld", situation=row, due=recheck.due)


def whole(situation_id: SituationId = HANGING) -> situations.Situation:
    found = models.Situation.objects.filter(pk=situation_id)
    return rows.situation_value(rows.with_all(found).get())


def agree(
    text: str = "We bellen elkaar voordat iemand optreedt",
    *,
    parties: str = "school politie",
    review_on: date = SOON,
    actor: object = NOOR,
    on: date = DAY,
) -> AgreementId:
    promise = services.Promise(
        text=text, party_ids=frozenset(map(OrganizationId, parties.split())), review_on=review_on
    )
    return services.agree(HANGING, promise, actor=actor, on=on, at=NOON)


def make_action(
    text: str = "Met bewoners langs het plein lopen",
    *,
    organization_id: OrganizationId = POLICE,
    person_id: str | None = "karel",
    due: date = SOON,
    actor: object = NOOR,
) -> ActionId:
    task = services.Task(
        text=text,
        organization_id=organization_id,
        person_id=None if person_id is None else PersonId(person_id),
        due=due,
    )
    return services.make_action(HANGING, task, actor=actor, on=DAY, at=NOON)


def meet(
    starts_at: datetime = NOON + timedelta(days=2), *, place: str = "Buurthuis, zaal 2", actor: object = NOOR
) -> MeetingId:
    appointment = services.Appointment(
        starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), place=place
    )
    return services.plan_meeting(HANGING, appointment, actor=actor, on=DAY, at=NOON)


def story() -> list[tuple[str, str]]:
    found = models.StoryLine.objects.filter(situation_id=HANGING).order_by("pk")
    return list(found.values_list("event", "what"))


def draw_month(first_day: date, *, network_id: str = "kruisveld", **lows: list[int] | None) -> None:
    """Store a map of squares side by side, one an area: the low ends of its bands; None: it was left out."""
    models.MapMonth.objects.create(
        network_id=network_id,
        first_day=first_day,
        drawn_on=first_day + timedelta(days=60),
        squares=[
            {"size_m": 1000, "column": column, "row": 0, "area_ids": [area], "lows": ends}
            for column, (area, ends) in enumerate(lows.items())
        ],
    )


def address(part: str, *more: str) -> str:
    """Return the address of a part of the situation that hangs in these scenes."""
    return reverse(f"situations:{part}", args=[HANGING, *more])

# SPDX-License-Identifier: EUPL-1.2
"""Noor who refers, Karel of the debt desk and others who are asked, and short words for what happens."""

from __future__ import annotations

from datetime import datetime, timedelta

from scharnier.apps.people import services as people
from scharnier.apps.people.models import Network, Person
from scharnier.apps.referral import models, rows, services
from scharnier.core import audit, network, referral
from scharnier.core.kernel import (
    Actor,
    NetworkId,
    OrganizationId,
    PersonId,
    ReferralId,
    Role,
    ServiceId,
    TurnId,
)
from scharnier.core.referral import Party
from tests.factories import (
    DAY,
    NOON,
    a_community,
    a_membership,
    a_network,
    a_person,
    a_resident_group,
    a_service,
    a_topic,
    an_actor,
    an_area,
    an_organization,
)
from tests.integration.apps.members_scenes import let_in

ROLES = {
    "noor": Role.PROFESSIONAL,
    "karel": Role.PROFESSIONAL,
    "joke": Role.PROFESSIONAL,
    "bas": Role.RESIDENT,
    "mo": Role.RESIDENT,
    "ria": Role.COORDINATOR,
    "els": Role.BOARD,
    "wim": Role.RESEARCHER,
    "ad": Role.ADMINISTRATOR,
}
NOOR, BAS, MO = an_actor("noor"), an_actor("bas", role=Role.RESIDENT), an_actor("mo", role=Role.RESIDENT)
KAREL = an_actor("karel", acts_for="schuldhulp")
JOKE = an_actor("joke", acts_for="schuldhulp")  # a colleague of Karel
RIA, ELS = an_actor("ria", role=Role.COORDINATOR), an_actor("els", role=Role.BOARD)
WIM, AD = an_actor("wim", role=Role.RESEARCHER), an_actor("ad", role=Role.ADMINISTRATOR)
VERA = an_actor("vera", network_id="elders", role=Role.COORDINATOR)
CLOCK = audit.System(network_id=NetworkId("kruisveld"))
WORDS = "Twee jongens maken ruzie over geld op het plein."


def kruisveld() -> network.Network:
    return a_network(
        areas=(an_area("noord"),),
        topics=(a_topic("debt", nl="schulden", en="debts"),),
        organizations=(an_organization(), an_organization("jongerenwerk")),
        services=(a_service(),),
        communities=(a_community(),),
        resident_groups=(a_resident_group(),),
        persons=(
            *(a_person(name) for name in ROLES),
            a_person("stil", purposes=()),
        ),
        memberships=(
            a_membership("karel", organization="schuldhulp"),
            a_membership("joke", organization="schuldhulp"),
        ),
    )


def settle() -> None:
    people.load_network(kruisveld(), at=NOON)
    let_in("kruisveld", ROLES)
    elders = a_network(network_id="elders", persons=(a_person("vera"), a_person("karel", name="Karel daar")))
    people.load_network(elders, at=NOON)
    let_in("elders", {"vera": Role.COORDINATOR})


def a_person_of(name: str) -> services.Ask:
    return services.Ask(party=Party(person_id=PersonId(name)))


def an_organization_of(name: str = "schuldhulp") -> services.Ask:
    return services.Ask(party=Party(organization_id=OrganizationId(name)))


def a_service_of(name: str = "spreekuur") -> services.Ask:
    return services.Ask(service_id=ServiceId(name))


BY_KAREL = a_person_of("karel")


def a_wish(*asks: services.Ask, **parts: object) -> services.ReferralWish:
    return services.ReferralWish(**{"text": WORDS, "asks": asks or (BY_KAREL,), **parts})


def draft(*asks: services.Ask, actor: Actor = NOOR, at: datetime = NOON, **parts: object) -> ReferralId:
    return services.make_referral(a_wish(*asks, **parts), actor=actor, on=DAY, at=at)


def sent(*asks: services.Ask, actor: Actor = NOOR, at: datetime = NOON, **parts: object) -> ReferralId:
    """Make a referral and ask everybody in it."""
    referral_id = draft(*asks, actor=actor, at=at, **parts)
    services.send_all(referral_id, actor=actor, on=DAY, at=at)
    return referral_id


def turns_of(referral_id: ReferralId) -> list[TurnId]:
    found = models.Turn.objects.filter(referral_id=referral_id).order_by("round", "place_in_round")
    return [TurnId(turn.id) for turn in found]


def a_turn(*asks: services.Ask, **parts: object) -> TurnId:
    """Return the first turn of a new referral that was sent."""
    return turns_of(sent(*asks, **parts))[0]


def row(turn_id: TurnId) -> models.Turn:
    return models.Turn.objects.select_related("referral", "learned").get(pk=turn_id)


def whole(referral_id: ReferralId) -> referral.Referral:
    """Return a referral as it stands, as the core sees it."""
    found = models.Referral.objects.get(pk=referral_id)
    turns = models.Turn.objects.filter(referral=found).order_by("round", "place_in_round")
    return rows.referral_value(found, list(turns))


def awaited(referral_id: ReferralId) -> list[str]:
    return [f"{wait.part} {wait.awaited}" for wait in referral.waits(whole(referral_id).chain)]


def done(*asks: services.Ask, by: Actor = KAREL, at: datetime = NOON, **parts: object) -> ReferralId:
    """Make a referral that was taken on and done, of which nobody told yet whether it helped."""
    referral_id = sent(*asks, at=at, **parts)
    (turn_id,) = turns_of(referral_id)
    services.accept(turn_id, actor=by, on=DAY, at=at)
    services.complete(turn_id, result="We spraken met beiden.", actor=by, on=DAY, at=at)
    return referral_id


def tell(
    referral_id: ReferralId,
    helped: referral.Helped = referral.Helped.YES,
    *,
    by: referral.Teller = referral.Teller.SENDER,
    actor: object = NOOR,
    at: datetime = NOON,
    words: str = "",
) -> None:
    telling = services.Telling(by=by, helped=helped, words=words)
    services.tell_outcome(referral_id, telling, actor=actor, on=DAY, at=at)


def later(hours: int = 1) -> datetime:
    return NOON + timedelta(hours=hours)


def person(name: str) -> Person:
    return Person.objects.get(network_id="kruisveld", text_id=name)


def store_turns(whole: Network) -> None:
    """Write a referral to every organization of a network, by no act of anybody."""
    row = models.Referral.objects.create(
        id="oud",
        network=whole,
        text=WORDS,
        language="nl",
        about="problem",
        sender_person=Person.objects.filter(network=whole, text_id="noor").first(),
        sender_text_id="noor",
        made_at=NOON,
        moved_at=NOON,
    )
    for place, organization in enumerate(whole.organizations.order_by("text_id"), start=1):
        turn = models.Turn.objects.create(
            id=f"oud-{organization.text_id}",
            network=whole,
            referral=row,
            round=1,
            place_in_round=place,
            state=referral.State.REQUESTED.value,
            organization=organization,
            organization_text_id=organization.text_id,
            organization_name=organization.name,
            moved_at=NOON,
            requested_at=NOON,
        )
        models.Event.objects.create(
            network=whole, referral=row, turn=turn, at=NOON, part="sender", step="send", by_text_id="noor"
        )

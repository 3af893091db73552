# SPDX-License-Identifier: EUPL-1.2
"""A neighbourhood with partners who meet something, and what they tell of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people.models import Organization
from scharnier.apps.signals import models, services
from scharnier.core import network
from scharnier.core.kernel import AreaId, MatchId, NetworkId, OrganizationId, SignalId, TopicId
from scharnier.core.signals import Happening, Place, Precision, Spot
from tests.factories import (
    DAY,
    NOON,
    a_membership,
    a_network,
    a_person,
    a_resident_group,
    a_topic,
    an_actor,
    an_area,
    an_organization,
)

KRUISVELD = NetworkId("kruisveld")
SCHOOL, LIBRARY, POLICE = map(OrganizationId, ("school", "bibliotheek", "politie"))
SAMIRA = an_actor("samira", acts_for="school")
BRAM = an_actor("bram", acts_for="school")
LIES = an_actor("lies", acts_for="bibliotheek")
PIET = an_actor("piet", acts_for="politie")
ANNEKE = an_actor("anneke")
SQUARE = Spot(longitude=5.1213, latitude=52.0907)
PARIS = Spot(longitude=2.3522, latitude=48.8566)
WORDS = "De container achter de gymzaal staat elke vrijdag open"
BY_LIBRARY = "Zwerfvuil bij de ingang van de leeszaal"
NORTH = Place(precision=Precision.AREA, area_id=AreaId("noord"))
MARS = Place(precision=Precision.STREET, words="Marsstraat", area_id=AreaId("marsstraat"))
AT_SQUARE = Place(precision=Precision.POINT, spot=SQUARE, words="naast de glasbak")
HOUSE = Place(precision=Precision.ADDRESS, words="Marsstraat 12", spot=SQUARE, area_id=AreaId("noord"))
LITTER, NOISE = TopicId("litter"), TopicId("noise")


def _box(west: float, south: float, east: float, north: float) -> network.Outline:
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return ((ring,),)


def a_neighbourhood() -> network.Network:
    """A school, a library and the police in two areas, of which one has an outline."""
    return a_network(
        areas=(
            replace(an_area("noord"), outline=_box(5.10, 52.08, 5.14, 52.10)),
            an_area("zuid"),
            replace(
                an_area("marsstraat", kind=network.AreaKind.STREET, parent="noord"),
                outline=_box(5.110, 52.085, 5.112, 52.086),
            ),
        ),
        topics=(
            a_topic("waste", nl="afval", en="waste"),
            a_topic("litter", nl="zwerfafval", en="litter", broader="waste"),
            a_topic("noise", nl="geluidsoverlast", en="noise"),
        ),
        organizations=(
            an_organization("school", name="De Regenboog"),
            an_organization("bibliotheek", name="Bibliotheek"),
            an_organization("politie", name="Politie"),
        ),
        resident_groups=(a_resident_group(),),
        persons=(
            a_person("samira", name="Samira Ouaddi", email="samira@example.org"),
            a_person("bram", name="Bram Vos", email="bram@example.org"),
            a_person("lies", name="Lies de Wit", email="lies@example.org"),
            a_person("piet", name="Piet Smit", email="piet@example.org"),
            a_person("anneke", name="Anneke Vos", email="anneke@example.org"),
        ),
        memberships=(
            a_membership("samira", organization="school"),
            a_membership("bram", organization="school"),
            a_membership("lies", organization="bibliotheek"),
            a_membership("piet", organization="politie"),
        ),
    )


def told(**changes: Any) -> services.Told:
    """What Samira tells for her school, unless said otherwise."""
    values: dict[str, Any] = {
        "text": WORDS,
        "place": NORTH,
        "happened": Happening(on=DAY),
        "topics": frozenset({LITTER}),
        "owner_id": SCHOOL,
    }
    return services.Told(**values | changes)


def tell(actor=SAMIRA, *, at=NOON, key=None, **changes: Any) -> models.Signal:
    signal_id = services.tell_signal(told(**changes), actor=actor, at=at, key=key)
    return models.Signal.objects.get(pk=signal_id)


def tell_by_library(**changes: Any) -> models.Signal:
    return tell(LIES, **{"owner_id": LIBRARY, "text": BY_LIBRARY, **changes})


def tell_by_resident(*, at=NOON, **changes: Any) -> models.Signal:
    return models.Signal.objects.get(
        pk=services.tell_as_resident(told(owner_id=None, **changes), network_id=KRUISVELD, at=at)
    )


def filled(**changes: object) -> dict[str, object]:
    """What a browser sends of the form, filled in by Samira."""
    values: dict[str, object] = {
        "text": WORDS,
        "place": "noord",
        "area_id": "",
        "longitude": "",
        "latitude": "",
        "when": "today",
        "on": "",
        "topics": ["litter"],
        "has_suggested": "on",
        "seriousness": "annoying",
        "owner_id": "school",
        "key": str(uuid4()),
    }
    return values | changes


def open_match() -> MatchId:
    """The library meets what the school does, and both hear that there is somebody."""
    tell_by_library()
    services.open_matches(SignalId(tell().pk), actor=SAMIRA, at=NOON)
    return MatchId(models.Match.objects.get().pk)


def receive_by(organization_id: str = "school") -> None:
    organization = Organization.objects.get(network_id=KRUISVELD, text_id=organization_id)
    models.Reception.objects.create(network_id=KRUISVELD, organization=organization)


def acts() -> list[str]:
    found = AuditEvent.objects.filter(network_id=KRUISVELD, act__startswith="signal.").order_by("number")
    return [event.act for event in found]

# SPDX-License-Identifier: EUPL-1.2
"""A neighbourhood where enough is told in a month to show it on the map."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from scharnier.apps.signals import services as signals
from scharnier.apps.situations import models, services
from scharnier.core import network
from scharnier.core.kernel import NetworkId, OrganizationId, Role
from scharnier.core.signals import Happening, Place, Precision, Spot
from tests.factories import a_membership, a_network, a_person, an_actor, an_area, an_organization

KRUISVELD = NetworkId("kruisveld")
MIDDLE = Spot(longitude=5.25, latitude=52.55)
MARCH, APRIL, MAY = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
DRAWN_ON = date(2026, 4, 29)  # the first day on which March can be drawn
PARTNERS = ("school", "bibliotheek", "politie")
WORDS = "De container achter de gymzaal, zei de conciërge"


def an_outline(*, half: float = 0.007) -> network.Outline:
    west, east = MIDDLE.longitude - half, MIDDLE.longitude + half
    south, north = MIDDLE.latitude - half / 2, MIDDLE.latitude + half / 2
    ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return ((ring,),)


def a_neighbourhood(network_id: str = "kruisveld", *, is_drawn: bool = True) -> network.Network:
    """Three partners with somebody who tells, in one area of a kilometre wide."""
    people = [(f"van-{name}", name) for name in PARTNERS]
    return a_network(
        network_id=NetworkId(network_id),
        areas=(replace(an_area("noord"), outline=an_outline() if is_drawn else ()),),
        organizations=tuple(map(an_organization, PARTNERS)),
        persons=tuple(a_person(person) for person, _ in people),
        memberships=tuple(a_membership(person, organization=name) for person, name in people),
    )


def tell(partner: str, on: date, *, spot: Spot = MIDDLE, n: int = 1, network_id: str = "kruisveld") -> None:
    """Let a partner tell the same so many times."""
    told = signals.Told(
        text=WORDS,
        place=Place(precision=Precision.POINT, spot=spot),
        happened=Happening(on=on),
        owner_id=OrganizationId(partner),
    )
    actor = an_actor(f"van-{partner}", network_id=network_id, acts_for=partner)
    for _ in range(n):
        signals.tell_signal(told, actor=actor, at=datetime.combine(on, time(12, tzinfo=UTC)))


def tell_enough(month: date, *, n: int = 6) -> None:
    """Let two partners tell so much in a month that it can be shown."""
    for partner in ("school", "politie"):
        tell(partner, month + timedelta(days=8), n=n)


def draw(on: date = DRAWN_ON) -> tuple[date, ...]:
    return services.draw_months(KRUISVELD, on=on)


def a_reader(role: Role = Role.PROFESSIONAL, *, network_id: str = "kruisveld"):
    return an_actor("iemand", role=role, network_id=network_id)


def show_by_hand(month: date = MARCH, *, shown: Mapping[tuple[int, int], Sequence[int]], left_out=()) -> None:
    """Let a month have been drawn with the low ends of bands by column and row, and what was left out."""
    models.ScanGround.objects.get_or_create(
        network_id=KRUISVELD, defaults={"longitude": MIDDLE.longitude, "latitude": MIDDLE.latitude}
    )
    models.MapMonth.objects.create(
        network_id=KRUISVELD,
        first_day=month,
        drawn_on=month + timedelta(days=60),
        squares=[
            {"size_m": 500, "column": column, "row": row, "area_ids": ["noord"], "lows": lows}
            for (column, row), lows in [*shown.items(), *((place, None) for place in left_out)]
        ],
    )

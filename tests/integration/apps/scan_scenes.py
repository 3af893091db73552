# SPDX-License-Identifier: EUPL-1.2
"""A square where three partners meet more than usual, amid a year of what they always meet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from scharnier.apps.people import services as people
from scharnier.apps.people.models import Account, Organization
from scharnier.apps.signals import models as signal_models
from scharnier.apps.signals import rows as signal_rows
from scharnier.apps.situations import services
from scharnier.core import network, signals
from scharnier.core.kernel import NetworkId, OrganizationId, SignalId, TopicId
from scharnier.core.signals import Happening, Place, Precision, Signal, Source, Spot
from tests.factories import DAY, NOON, an_area
from tests.integration.apps import situations_scenes
from tests.integration.apps.members_scenes import let_in

KRUISVELD = NetworkId("kruisveld")
PARTNERS = ("jongerenwerk", "politie", "school")
MARK = "zonnebloem"  # in the words of every signal, and so in no answer
SQUARE = Spot(longitude=5.1213, latitude=52.0907)
STEP = 0.0016  # degrees: a good hundred metres and more
NOISE, LITTER = TopicId("noise"), TopicId("litter")


def _box(west: float, south: float, east: float, north: float) -> network.Outline:
    return ((((west, south), (east, south), (east, north), (west, north), (west, south)),),)


NORTH = _box(5.11, 52.084, 5.135, 52.1)


def settle(*, noord: network.Outline = NORTH) -> None:
    value = situations_scenes.kruisveld()
    areas = (replace(an_area("noord"), name="Noord", outline=noord), an_area("zuid"))
    people.load_network(replace(value, areas=areas), at=NOON)
    let_in("kruisveld", situations_scenes.ROLES)
    for account in Account.objects.select_related("user", "person"):
        account.user.email = f"{account.person.text_id}@example.org"
        account.user.save()


def tell(
    partner: str | None,
    spot: Spot,
    on: date,
    *,
    n: int = 1,
    topics: Iterable[TopicId] = (NOISE,),
    network_id: NetworkId = KRUISVELD,
) -> list[signal_models.Signal]:
    """Let a partner have met something n times; no partner: residents, whose words the school reads."""
    reader = Organization.objects.get(network_id=network_id, text_id=partner or "school")
    before = signal_models.Signal.objects.count()
    value = Signal(
        id=SignalId("one"),
        network_id=network_id,
        owner_id=OrganizationId(partner) if partner else None,
        text=f"Lawaai bij de {MARK}",
        place=Place(precision=Precision.POINT, spot=spot),
        happened=Happening(on=on),
        told_on=on,
        kept_until=on + timedelta(days=700),
        topics=frozenset(topics),
        source=Source.MEMBER if partner else Source.RESIDENT,
    )
    return signal_models.Signal.objects.bulk_create(
        signal_models.Signal(
            id=f"s{before + number}",
            network_id=network_id,
            organization=reader,
            source=value.source.value,
            told_at=NOON,
            **signal_rows.signal_parts(value),
        )
        for number in range(n)
    )


def live_a_year(*, until: date = DAY, partners: Iterable[str | None] = PARTNERS, seed: int = 7) -> None:
    """Let each partner meet something about once a week, anywhere in the neighbourhood."""
    chance = Random(seed)  # noqa: S311  # a story, no secret
    for partner in partners:
        for ago in range(1, 360, 6):
            spot = Spot(
                longitude=SQUARE.longitude + STEP * chance.randint(-4, 4),
                latitude=SQUARE.latitude + STEP / 2 * chance.randint(-5, 5),
            )
            tell(partner, spot, until - timedelta(days=ago), topics=())


def burst(*, until: date = DAY, spot: Spot = SQUARE, **n_each: int) -> list[signal_models.Signal]:
    """Let partners meet noise on one spot in the last days."""
    told = []
    for partner, n in n_each.items():
        for number in range(n):
            told += tell(
                partner if partner != "residents" else None, spot, until - timedelta(days=number % 6)
            )
    return told


def scan(*, on: date = DAY, network_id: NetworkId = KRUISVELD) -> services.Scanned | None:
    return services.scan(network_id, on=on, at=NOON + (on - DAY))


def withdraw(*told: signal_models.Signal) -> None:
    state = signals.SignalState.WITHDRAWN.value
    signal_models.Signal.objects.filter(pk__in=[row.pk for row in told]).update(state=state)

# SPDX-License-Identifier: EUPL-1.2
"""Let the people of the example tell what they meet, by the same act as everybody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Final

from django.db import transaction

from scharnier import example
from scharnier.apps import wall
from scharnier.apps.signals import models, services
from scharnier.core.kernel import Actor, NetworkId, OrganizationId, Role
from scharnier.core.signals import Happening, Place, Precision, Spot

RECEPTION: Final = OrganizationId("wijkteam")  # reads what residents tell without an account
MORNING: Final = time(9, tzinfo=UTC)


def play(told: Iterable[example.Told], *, network_id: NetworkId) -> int:
    """Let the people of a network tell what they met, each on its day, once; return how many it were.

    From the first day on its form is open to residents without an account.
    """
    with wall.in_network(network_id), transaction.atomic():
        if models.Signal.objects.filter(network_id=network_id).exists():
            return 0
        signals = tuple(told)
        first = datetime.combine(min(each.date for each in signals), MORNING)
        services.choose_reception(RECEPTION, actor=_coordinator(network_id), at=first)
        for each in signals:
            at = datetime.combine(each.date, MORNING)
            services.tell_signal(_words(each), actor=_teller(each, network_id=network_id), at=at)
        return len(signals)


def _coordinator(network_id: NetworkId) -> Actor:
    accounts = example.load_kruisveld().accounts
    person_id = next(account.person_id for account in accounts if account.role is Role.COORDINATOR)
    return Actor(network_id=network_id, person_id=person_id, role=Role.COORDINATOR)


def _words(told: example.Told) -> services.Told:
    spot = Spot(longitude=told.spot[0], latitude=told.spot[1]) if told.spot else None
    return services.Told(
        text=told.text,
        place=Place(precision=Precision.POINT if spot else Precision.AREA, spot=spot, area_id=told.area_id),
        happened=Happening(on=told.date),
        topics=frozenset(told.topic_ids),
        owner_id=told.organization_id,
        reference=told.id if told.organization_id else "",
    )


def _teller(told: example.Told, *, network_id: NetworkId) -> Actor:
    organization_id = told.organization_id
    return Actor(
        network_id=network_id,
        person_id=told.person_id,
        role=Role.PROFESSIONAL if organization_id else Role.RESIDENT,
        acts_for=frozenset({organization_id}) if organization_id else frozenset(),
    )

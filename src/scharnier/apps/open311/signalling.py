# SPDX-License-Identifier: EUPL-1.2
"""What the system of an organization reports, as a signal of that organization: nothing is published."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import uuid4

from django.utils import timezone

from scharnier.apps.open311 import access, models
from scharnier.apps.people import rows as people_rows
from scharnier.apps.people.models import Organization
from scharnier.apps.signals import selectors, services
from scharnier.apps.signals.models import Signal
from scharnier.core import audit, signals
from scharnier.core.kernel import Invalid, NetworkId, OrganizationId, TopicId
from scharnier.core.signals import Happening, Place, Source, Spot
from scharnier.formats import open311

DECIMALS: Final = 5  # of a place: about a metre


class NoSuchPlace(Invalid):
    """The network does not know the place that was reported."""

    code = "open311.no_such_place"


def tell(said: open311.Report, *, key: models.Key, owner: Organization, at: datetime) -> models.Report:
    """Keep a report as a signal, and of the report itself its number only; call it in the act's transaction.

    Raises
    ------
    NoSuchPlace
    TextTooLong, PersonalDataFound
    """
    network_id, topic_id = NetworkId(key.network_id), TopicId(said.service_code)
    told = services.Told(
        text=said.description or _name_of(topic_id, network_id=network_id),
        place=_place(said, network_id=network_id),
        happened=Happening(on=timezone.localdate(at)),
        topics=frozenset({topic_id}),
        owner_id=OrganizationId(owner.text_id),
    )
    system = audit.System(network_id=network_id)
    signal_id = services.tell_from_system(told, source=Source.OPEN311, by=system, at=at)
    return models.Report.objects.create(
        id=uuid4().hex,
        network_id=network_id,
        key=key,
        topic_id=topic_id,
        received_at=at,
        signal=Signal.objects.get(pk=signal_id),
    )


def _place(said: open311.Report, *, network_id: NetworkId) -> Place:
    words, areas = said.address or said.address_id, selectors.areas_of(network_id)
    try:
        return signals.find_place(words, areas=areas, spot=_spot(said.point) if said.point else None)
    except (signals.PlaceUnknown, signals.PlaceAmbiguous, signals.PlaceUnclear) as error:
        raise NoSuchPlace from error


def _spot(point: open311.Point) -> Spot:
    return Spot(longitude=round(point.longitude, DECIMALS), latitude=round(point.latitude, DECIMALS))


def _name_of(topic_id: TopicId, *, network_id: NetworkId) -> str:
    row = access.topics_of_public_space(network_id).filter(text_id=topic_id).first()
    return people_rows.topic_value(row).name("nl") if row else topic_id

# SPDX-License-Identifier: EUPL-1.2
"""Values of GeoReport v2 with every field, and with as few as there can be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from scharnier.formats import open311
from scharnier.formats.open311 import Attribute, DataType, Kind, Point, Status

BOTH = tuple(open311.Format)
MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
SQUARE = Point(latitude=52.1, longitude=5.25)


def a_service(code="litter", **parts):
    return open311.Service(code=code, **{"name": "zwerfafval", **parts})


def a_request(**parts):
    return open311.ServiceRequest(
        **{
            "id": "r-1",
            "service_code": "litter",
            "status": Status.OPEN,
            "requested_at": MORNING,
            **parts,
        }
    )


FULL_SERVICE = a_service(
    description="Afval op straat & in het groen",
    group="straat, groen en afval",
    keywords=("rommel", "vuil"),
    kind=Kind.BATCH,
    has_attributes=True,
)
FULL_REQUEST = a_request(
    status=Status.CLOSED,
    updated_at=MORNING + timedelta(days=1),
    expected_at=datetime(2026, 3, 9, 12, tzinfo=timezone(timedelta(hours=1))),
    status_notes="Gedaan.",
    service_name="zwerfafval",
    description="Blikjes <overal>\n& glas",
    agency="Gemeente",
    service_notice="Binnen een week",
    address="Plein, Noord",
    address_id="545483",
    zipcode="1234 AB",
    point=SQUARE,
    media_url="https://foto.example/1.jpg",
)
DEFINITION = open311.Definition(
    service_code="litter",
    attributes=(
        Attribute(
            code="soort",
            datatype=DataType.ONE_OF,
            description="Wat ligt er?",
            datatype_description="Kies er een",
            is_required=True,
            values=(("1", "blik"), ("2", "glas")),
        ),
        Attribute(code="uitleg", datatype=DataType.TEXT, order=2, is_asked=False),
    ),
)
DISCOVERY = open311.Discovery(
    changeset="2026-03-02T09:00:00Z",
    contact="Vraag het de coördinator",
    key_service="Vraag een sleutel aan de coördinator",
    endpoints=(
        open311.Endpoint(
            url="https://scharnier.example/open311/v2",
            specification=open311.SPECIFICATION,
            changeset="2026-03-02T09:00:00Z",
        ),
    ),
)

# SPDX-License-Identifier: EUPL-1.2
"""The book of answers of a network: every release and every refusal as a row, and the ledger made of them.

One book a network, for finds and for maps alike: two would tell together what neither tells alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from scharnier.apps.situations import models, scan_rows
from scharnier.core.detection import (
    Ledger,
    Projection,
    Refused,
    Release,
    Released,
)
from scharnier.core.kernel import AreaId, NetworkId, TopicId
from scharnier.core.signals import Spot

KEPT_DAYS: Final = 120  # a map of a month is drawn 28 days after its end, and reaches so far back


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """What of a released area can be drawn and said: a circle, or an area of the network, and topics."""

    area_id: AreaId | None = None
    middle: Spot | None = None
    radius_m: float | None = None
    topics: tuple[TopicId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """The answers of a network as they stand, locked until the transaction ends."""

    ground: models.ScanGround
    ledger: Ledger
    rows: tuple[models.ScanAnswer, ...]  # of what was released, in the order of the ledger

    def row_of(self, release: Release) -> models.ScanAnswer | None:
        """Return the row of a release that was made before; None: it is new."""
        pairs = zip(self.ledger.made, self.rows, strict=True)
        return next((row for made, row in pairs if made.release is release), None)


def open_ground(network_id: NetworkId, middle: Spot) -> Projection:
    """Return the flat map of a network, the same for ever; the first time it is laid around a spot."""
    row, _ = models.ScanGround.objects.get_or_create(
        network_id=network_id, defaults={"longitude": middle.longitude, "latitude": middle.latitude}
    )
    return Projection(longitude=row.longitude, latitude=row.latitude)


def open_book(network_id: NetworkId) -> Book:
    """Return the answers of a network that has a flat map; first of all locks of a scan or a map."""
    ground = models.ScanGround.objects.select_for_update().get(network_id=network_id)
    found = models.ScanAnswer.objects.filter(network_id=network_id).order_by("pk")
    if ground.closed_before is not None:
        found = found.filter(last_day__gte=ground.closed_before)
    answers = list(found)
    made = [row for row in answers if row.is_release]
    ledger = Ledger(
        made=tuple(
            Released(release=scan_rows.release_value(row), addresses=frozenset(row.squares)) for row in made
        ),
        refused=tuple(
            Refused(addresses=frozenset(row.squares), window=scan_rows.window_of(row))
            for row in answers
            if not row.is_release
        ),
        excluded=frozenset(ground.excluded),
        closed_before=ground.closed_before,
    )
    return Book(ground=ground, ledger=ledger, rows=tuple(made))


def write_answers(
    book: Book, after: Ledger, *, on: date, wheres: Mapping[frozenset[str], Where] | None = None
) -> Book:
    """Store what a ledger has more than the book, and return the book with it."""
    network_id = book.ground.network_id
    for refused in after.refused[len(book.ledger.refused) :]:
        models.ScanAnswer.objects.create(
            network_id=network_id,
            made_on=on,
            is_release=False,
            squares=sorted(refused.addresses),
            first_day=refused.window.first_day,
            last_day=refused.window.last_day,
        )
    rows = [
        _store(made, where=(wheres or {}).get(made.addresses, Where()), network_id=network_id, on=on)
        for made in after.made[len(book.ledger.made) :]
    ]
    return Book(ground=book.ground, ledger=after, rows=(*book.rows, *rows))


def forget_answers(book: Book, *, on: date) -> Book:
    """Let go of what no question can reach any more; the days it was about stay shut for ever."""
    before = on - timedelta(days=KEPT_DAYS)
    network_id = book.ground.network_id
    after = book.ledger.forget(before=before)
    book.ground.closed_before = after.closed_before
    book.ground.save(update_fields=["closed_before"])
    old = Q(network_id=network_id, last_day__lt=after.closed_before, found__isnull=True)
    models.ScanAnswer.objects.filter(old).delete()
    pairs = zip(book.ledger.made, book.rows, strict=True)
    return Book(
        ground=book.ground, ledger=after, rows=tuple(row for made, row in pairs if made in after.made)
    )


def _store(made: Released, *, where: Where, network_id: str, on: date) -> models.ScanAnswer:
    release = made.release
    return models.ScanAnswer.objects.create(
        network_id=network_id,
        made_on=on,
        is_release=True,
        squares=sorted(made.addresses),
        first_day=release.window.first_day,
        last_day=release.window.last_day,
        width=release.width.value,
        name=release.name,
        n_addresses_low=release.n_addresses.low,
        partners={name: band.low for name, band in release.partners.items()},
        topic_ids=list(where.topics),
        area_text_id=where.area_id or "",
        longitude=where.middle.longitude if where.middle else None,
        latitude=where.middle.latitude if where.middle else None,
        radius_m=where.radius_m,
    )

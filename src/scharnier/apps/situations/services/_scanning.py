# SPDX-License-Identifier: EUPL-1.2
"""The nightly scan of a network: count, look for what several meet, and tell what may be told.

The counting holds no lock. What was found is told in one transaction, under the lock of the book of answers:
of two scans of a day the second finds that it is done, and what dies in between is made again from the start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Final

from django.db import transaction

from scharnier.apps.people.models import Network
from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import find_mail, models, rows
from scharnier.apps.situations.services import _bundling as bundling
from scharnier.apps.situations.services import _excluding as excluding
from scharnier.apps.situations.services import _following as following
from scharnier.apps.situations.services import _releasing as releasing
from scharnier.apps.situations.services import _scan_areas as scan_areas
from scharnier.core import detection, situations
from scharnier.core.detection import Cluster, Located, ScanPlan, Statistic, Window
from scharnier.core.kernel import NetworkId, SituationId, TopicId
from scharnier.core.signals import Spot

STUDIED_DAYS: Final = 365  # that say what is usual
MOST_SIGNALS: Final = 20_000  # the latest: so many a scan can hold
KEPT_RUNS_DAYS: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What a night brought."""

    n_signals: int
    begun: tuple[SituationId, ...]
    seen_again: tuple[SituationId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What was counted, and where it lies."""

    found: signals.Sightings
    located: tuple[Located, ...]  # of each sighting, in the same order
    clusters: tuple[Cluster, ...]
    ground: scan_areas.Ground | None  # None: nothing was seen that counts
    follows: tuple[date, object]  # what is told of the half year that begins then


def scan(network_id: NetworkId, *, on: date, at: datetime) -> Scanned | None:
    """Scan a network on a day, once; None: it was scanned already. Call it where the network is.

    Notes
    -----
    Chance begins at a seed of network and day, so that the same signals always give the same.
    """
    seed = situations.choose_seed(network_id, on)
    run, _ = models.ScanRun.objects.get_or_create(
        network_id=network_id, day=on, defaults={"seed": seed, "began_at": at}
    )
    if run.done_at is not None:
        return None
    find_mail.load_addresses()
    began = monotonic()
    counted = _count(network_id, on=on, seed=seed)
    return _conclude(run, counted, on=on, at=at, began=began)


def _count(network_id: NetworkId, *, on: date, seed: int) -> _Counted:
    since = on - timedelta(days=STUDIED_DAYS - 1)
    follows = following.follow(network_id, on=on)
    seen = signals.read_sightings(network_id, today=on, since=since)
    if seen.projection is None:
        return _Counted(found=seen, located=(), clusters=(), ground=None, follows=follows)
    areas = scan_areas.read_areas(network_id)
    around = Spot(longitude=seen.projection.longitude, latitude=seen.projection.latitude)
    flat = releasing.open_ground(network_id, scan_areas.middle_of(areas, other=around))
    name = Network.objects.values_list("name", flat=True).get(pk=network_id)
    ground = scan_areas.Ground(areas=areas, flat=flat, name=name)
    seen = signals.read_sightings(network_id, today=on, since=since, flat=flat)
    found = _latest(_without(seen, excluding.excluded_squares(network_id), ground=ground))
    if not found.sightings:
        return _Counted(found=found, located=(), clusters=(), ground=None, follows=follows)
    plan = ScanPlan(seed=seed)
    return _Counted(
        found=found,
        located=tuple(_locate(found, ground)),
        clusters=detection.scan_signals(found.sightings, today=on, plan=plan).clusters,
        ground=ground,
        follows=follows,
    )


def _without(
    found: signals.Sightings, excluded: frozenset[str], *, ground: scan_areas.Ground
) -> signals.Sightings:
    """Return what counts; else an institution would hide what is met around it."""
    if not excluded:
        return found
    pairs = [
        (seen, trace)
        for seen, trace in zip(found.sightings, found.traces, strict=True)
        if ground.square((seen.x_m, seen.y_m)) not in excluded
    ]
    return replace(
        found, sightings=tuple(seen for seen, _ in pairs), traces=tuple(trace for _, trace in pairs)
    )


def _latest(found: signals.Sightings) -> signals.Sightings:
    if len(found.sightings) <= MOST_SIGNALS:
        return found
    pairs = sorted(zip(found.sightings, found.traces, strict=True), key=lambda pair: pair[0].on)
    sightings, traces = zip(*pairs[-MOST_SIGNALS:], strict=True)
    return replace(found, sightings=sightings, traces=traces)


def _locate(found: signals.Sightings, ground: scan_areas.Ground) -> Iterator[Located]:
    for sighting in found.sightings:
        square = ground.square((sighting.x_m, sighting.y_m))
        yield Located(partner=sighting.partner, address=square, on=sighting.on)


@transaction.atomic
def _conclude(
    run: models.ScanRun, counted: _Counted, *, on: date, at: datetime, began: float
) -> Scanned | None:
    run = models.ScanRun.objects.select_for_update().get(pk=run.pk)
    if run.done_at is not None:  # somebody was first
        return None
    teller = None
    if counted.ground is not None:
        teller = _teller(counted, counted.ground, network_id=NetworkId(run.network_id), on=on, at=at)
        teller.tell()
    n_signals = len(counted.found.sightings)
    run.done_at = at
    run.n_signals_low = detection.band_count(n_signals).low
    run.took_ms = round((monotonic() - began) * 1000)
    run.followed_from, run.following = counted.follows
    run.save(update_fields=["done_at", "n_signals_low", "took_ms", "followed_from", "following"])
    old = on - timedelta(days=KEPT_RUNS_DAYS)
    models.ScanRun.objects.filter(network_id=run.network_id, day__lt=old).delete()
    return Scanned(
        n_signals=n_signals,
        begun=tuple(teller.begun) if teller else (),
        seen_again=tuple(sorted(teller.again)) if teller else (),
    )


def _teller(
    counted: _Counted, ground: scan_areas.Ground, *, network_id: NetworkId, on: date, at: datetime
) -> _Teller:
    return _Teller(
        counted=counted,
        ground=ground,
        network_id=network_id,
        on=on,
        at=at,
        book=releasing.forget_answers(releasing.open_book(network_id), on=on),
        running=_running(network_id),
    )


@dataclass(slots=True, kw_only=True)
class _Teller:
    """Who tells what was counted, as far as it may be told."""

    counted: _Counted
    ground: scan_areas.Ground
    network_id: NetworkId
    on: date
    at: datetime
    book: releasing.Book
    running: dict[SituationId, situations.Find]  # what goes on and came from a scan
    begun: list[SituationId] = field(default_factory=list)
    again: set[SituationId] = field(default_factory=set)

    def tell(self) -> None:
        """Begin a situation for each find that may be told of, or note that one was seen again."""
        silences = _silences(self.network_id)
        for find in self._finds():
            same = next((key for key, other in self.running.items() if other.zone.meets(find.zone)), None)
            if same is not None:
                self.again.add(same)
            elif not situations.is_silenced(find, silences, on=self.on):
                self._offer(find)
        again = models.Found.objects.filter(network_id=self.network_id, situation_id__in=self.again)
        again.update(seen_again_on=self.on)

    def _finds(self) -> Iterator[situations.Find]:
        """Yield what several meet and chance seldom gives, in circles and weeks that are fixed."""
        for cluster in self.counted.clusters:
            weeks = situations.coarsen_weeks(cluster.recurrence_weeks)
            if cluster.statistic is not Statistic.SHARED or not weeks:
                continue
            window = detection.fix_days(Window(first_day=cluster.first_day, last_day=cluster.last_day))
            partners = (signals.partner_of(name) for name, n in cluster.observed.items() if n)
            yield situations.Find(
                zone=self.ground.fix(cluster.center, cluster.radius_m),
                first_day=window.first_day,
                last_day=window.last_day,
                llr=float(int(cluster.llr)),
                recurrence_weeks=weeks,
                partner_ids=frozenset(partner for partner in partners if partner is not None),
            )

    def _offer(self, find: situations.Find) -> None:
        """Let the book of answers say what of a find may be told, if anything, and tell that."""
        around = self.ground.around(find.zone, excluded=self.book.ledger.excluded)
        window = Window(first_day=find.first_day, last_day=find.last_day)
        after, release = self.book.ledger.offer([each.area for each in around], window, self.counted.located)
        wheres = {
            each.area.addresses: replace(each.where, topics=self._topics(each.area.addresses, window))
            for each in around
        }
        self.book = releasing.write_answers(self.book, after, on=self.on, wheres=wheres)
        answer = None if release is None else self.book.row_of(release)
        if answer is None:
            return
        same = self._running_of(answer)
        if same is not None:
            self.again.add(same)
            return
        bundle = bundling.Bundle(answer=answer, find=find)
        begun = bundling.begin_of_find(bundle, network_id=self.network_id, on=self.on, at=self.at)
        if begun is not None:
            self.begun.append(begun)
            self.running[begun] = find

    def _running_of(self, answer: models.ScanAnswer) -> SituationId | None:
        """Return what goes on about what was released before, and is told of again."""
        found = models.Found.objects.filter(answer=answer, situation_id__in=self.running)
        pk = found.values_list("situation_id", flat=True).first()
        return None if pk is None else SituationId(pk)

    def _topics(self, addresses: frozenset[str], window: Window) -> tuple[TopicId, ...]:
        """Return what signals of an area are about, as far as that can be told."""
        squares = addresses - self.book.ledger.excluded
        pairs = zip(self.counted.located, self.counted.found.traces, strict=True)
        return situations.choose_topics(
            (seen.partner, trace.topics)
            for seen, trace in pairs
            if seen.address in squares and window.holds(seen.on)
        )


def _running(network_id: NetworkId) -> dict[SituationId, situations.Find]:
    found = models.Situation.objects.filter(network_id=network_id, find__isnull=False)
    found = found.exclude(state__in=[state.value for state in situations.ENDED]).order_by("pk")
    finds = {SituationId(row.pk): rows.find_value(row.find) for row in found}
    return {key: find for key, find in finds.items() if find is not None}


def _silences(network_id: NetworkId) -> list[situations.Silence]:
    dismissed = models.Situation.objects.filter(
        network_id=network_id, find__isnull=False, state=situations.State.DISMISSED.value
    )
    values = map(rows.situation_value, rows.with_all(dismissed))
    return [silence for value in values if (silence := situations.silence_of(value)) is not None]

# SPDX-License-Identifier: EUPL-1.2
"""What the night does: end what nobody has any more, wake what waited, break silences, end ways in.

Each turn has a transaction of its own, which writes the letters as well: whoever dies in between leaves what
is done, and the next night, or the same once more, does the rest and nothing twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from scharnier.apps.referral import answering, letters, models, rows, services, telling
from scharnier.apps.referral.free_days import free_days
from scharnier.core import audit, referral
from scharnier.core.kernel import Conflict, NetworkId, NotFound, TurnId
from scharnier.core.referral import Progress, Rung, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How much was done in a network in a night."""

    n_unheld: int  # of who has left the network
    n_woken: int
    n_rungs: int
    n_lapsed: int
    n_other_ways: int


def remind(network_id: NetworkId, *, on: date, at: datetime) -> Done:
    """Do what is due in a network on a day; call it where the connection works in that network."""
    letters.load_addresses()
    clock = audit.System(network_id=network_id)
    n_unheld = _end_unheld(clock, on=on, at=at)
    n_woken = _wake(clock, on=on, at=at)
    climbed = _break_silences(clock, on=on, at=at)
    return Done(
        n_unheld=n_unheld,
        n_woken=n_woken,
        n_rungs=sum(rung is not Rung.LAPSE for rung in climbed),
        n_lapsed=climbed.count(Rung.LAPSE),
        n_other_ways=_end_ways_in(network_id, on=on, at=at),
    )


def _end_unheld(clock: audit.System, *, on: date, at: datetime) -> int:
    n_ended = 0
    for turn_id in list(services.unheld(clock.network_id).values_list("pk", flat=True)):
        try:
            telling.end_unheld(TurnId(turn_id), actor=clock, on=on, at=at)
        except (Conflict, NotFound):  # called off meanwhile
            continue
        n_ended += 1
    return n_ended


def _wake(clock: audit.System, *, on: date, at: datetime) -> int:
    due = models.Turn.objects.filter(network_id=clock.network_id, state=State.ON_HOLD.value, until__lte=on)
    n_woken = 0
    for turn_id in due.order_by("until", "pk").values_list("pk", flat=True):
        try:
            telling.resume(TurnId(turn_id), actor=clock, on=on, at=at)
        except (Conflict, NotFound):  # somebody was first
            continue
        n_woken += 1
    return n_woken


def _break_silences(clock: audit.System, *, on: date, at: datetime) -> list[Rung]:
    waiting = models.Turn.objects.filter(network_id=clock.network_id, state=State.REQUESTED.value)
    waiting = waiting.select_related("organization__answer_time").order_by("requested_at", "pk")
    climbed: list[Rung] = []
    for turn in waiting:
        if turn.requested_at is None:  # never so: the database sees to that
            continue
        asked_on = timezone.localdate(turn.requested_at)
        due = referral.rungs_due(
            asked_on,
            on=on,
            ladder=answering.ladder_of(turn.organization),
            climbed=map(Rung, turn.climbed),
            is_held=referral.is_held(turn.elsewhere_at, at=at),
            free_days=free_days(asked_on, on),
        )
        climbed += [rung for rung in due if _climb(TurnId(turn.pk), rung, clock=clock, on=on, at=at)]
    return climbed


def _climb(turn_id: TurnId, rung: Rung, *, clock: audit.System, on: date, at: datetime) -> bool:
    try:
        if rung is not Rung.LAPSE:
            return telling.climb(turn_id, rung, network_id=clock.network_id, on=on, at=at)
        telling.lapse(turn_id, actor=clock, on=on, at=at)
    except (Conflict, NotFound):  # answered, called off or gone meanwhile
        return False
    return True


def _end_ways_in(network_id: NetworkId, *, on: date, at: datetime) -> int:
    waiting = models.Introduction.objects.filter(network_id=network_id, other_way_told_at__isnull=True)
    n_told = 0
    for row in waiting.select_related("turn__referral").order_by("asked_at", "pk"):
        value = rows.introduction_value(row)
        free = free_days(value.asked_on, on)
        if referral.progress_for_asker(value, on=on, free_days=free) is Progress.OTHER_WAY:
            n_told += telling.tell_other_way(row.pk, network_id=network_id, on=on, at=at)
    return n_told

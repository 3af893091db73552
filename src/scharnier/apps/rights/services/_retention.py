# SPDX-License-Identifier: EUPL-1.2
"""One night of clearing up: what is over by which rule, what was done, in one report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from scharnier.apps import wall
from scharnier.apps.audit import services as log
from scharnier.apps.people import selectors as people
from scharnier.apps.people.services import bump_revision
from scharnier.apps.rights.models import RetentionReport
from scharnier.apps.rights.services import _idle as idle
from scharnier.apps.rights.sweeps import SWEEPS, Limit
from scharnier.apps.tasks import leases
from scharnier.core import audit, retention
from scharnier.core.kernel import NetworkId
from scharnier.core.retention import Fate
from scharnier.formats import retention as rules


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one rule found in one network."""

    rule: str
    network_id: str  # empty: the installation
    n_over: int
    n_done: int
    n_warned: int = 0


def run_retention(*, on: date, at: datetime, is_dry: bool = False) -> tuple[Line, ...]:
    """Delete, empty or erase what is over on a day, keep the report, and return it; dry: change nothing.

    Raises
    ------
    LeaseLost
        As a task that went to another worker.
    """
    if is_dry:
        return tuple(_lines(on=on))
    return _clear_up(on=on, at=at)


@transaction.atomic
def _clear_up(*, on: date, at: datetime) -> tuple[Line, ...]:
    leases.hold()
    lines = tuple(_lines(on=on, at=at))
    RetentionReport.objects.create(made_at=at, lines=[asdict(line) for line in lines])
    return lines


def _lines(*, on: date, at: datetime | None = None) -> Iterator[Line]:
    """Yield what is over network by network, then what is of none; with a moment it is done as well."""
    of_networks, others = _rules()
    for network_id in people.each_network():
        lines = [line for rule in of_networks for line in _apply(rule, network_id, on=on, at=at)]
        if lines and at is not None:
            _put_on_record(network_id, lines, at=at)
        yield from lines
    with wall.holding(wall.MAIL):
        for rule in others:
            yield from _apply(rule, "", on=on, at=at)


def _rules() -> tuple[list[retention.RetentionRule], list[retention.RetentionRule]]:
    """Return the rules that speak of things in a network, and the others."""
    found = [rule for rule in rules.load_rules(settings.RETENTION) if rule.fate is not Fate.KEEP]
    of_networks = [rule for rule in found if rule.fate is Fate.ERASE or SWEEPS[rule.id].network]
    return of_networks, [rule for rule in found if rule not in of_networks]


def _apply(
    rule: retention.RetentionRule, network_id: str, *, on: date, at: datetime | None
) -> Iterator[Line]:
    look = _erase if rule.fate is Fate.ERASE else _sweep
    n_over, n_warned = look(rule, network_id, on=on, at=at)
    if n_over or n_warned:
        yield Line(
            rule=rule.id,
            network_id=network_id,
            n_over=n_over,
            n_done=0 if at is None else n_over,
            n_warned=n_warned,
        )


def _erase(
    rule: retention.RetentionRule, network_id: str, *, on: date, at: datetime | None
) -> tuple[int, int]:
    planned = idle.plan(rule, network_id=network_id, on=on)
    if at is not None:
        idle.carry_out(planned, rule=rule, on=on, at=at)
    return len(planned.to_erase), len(planned.to_warn)


def _sweep(
    rule: retention.RetentionRule, network_id: str, *, on: date, at: datetime | None
) -> tuple[int, int]:
    sweep, limit = SWEEPS[rule.id], Limit(day=retention.limit(rule, on=on))
    n_over = sweep.count(limit, network_id=network_id)
    if at is not None:
        sweep.carry_out(limit, network_id=network_id, at=at)
    return n_over, 0


def _put_on_record(network_id: NetworkId, lines: Iterable[Line], *, at: datetime) -> None:
    """Tell the log of a network what went, and have it read anew."""
    done = {line.rule: str(line.n_done) for line in lines if line.n_done}
    if done:
        bump_revision(network_id)
        log.record(
            actor=audit.System(network_id=network_id),
            act="retention.carried_out",
            kind="network",
            object_id=network_id,
            at=at,
            facts=done,
        )

# SPDX-License-Identifier: EUPL-1.2
"""One night of clearing up: what is over by which rule, what was done, in one report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.people import services as people
from scharnier.apps.people.models import Network
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
        return tuple(_look(on=on))
    return _clear_up(on=on, at=at)


@transaction.atomic
def _clear_up(*, on: date, at: datetime) -> tuple[Line, ...]:
    leases.hold()
    lines = []
    for rule in _rules():
        found = _lines(rule, on=on, is_dry=False)
        _carry_out(rule, on=on, at=at)
        lines += found
    RetentionReport.objects.create(made_at=at, lines=[asdict(line) for line in lines])
    _put_on_record(lines, at=at)
    return tuple(lines)


def _look(*, on: date) -> Iterator[Line]:
    for rule in _rules():
        yield from _lines(rule, on=on, is_dry=True)


def _rules() -> Iterator[retention.RetentionRule]:
    return (rule for rule in rules.load_rules(settings.RETENTION) if rule.fate is not Fate.KEEP)


def _lines(rule: retention.RetentionRule, *, on: date, is_dry: bool) -> list[Line]:
    over: Mapping[str, int]
    warned: Mapping[str, int] = {}
    if rule.fate is Fate.ERASE:
        planned = idle.plan(rule, on=on)
        over, warned = planned.count_erased(), planned.count_warned()
    else:
        over = SWEEPS[rule.id].count(_limit(rule, on=on))
    return [
        Line(
            rule=rule.id,
            network_id=network_id,
            n_over=over.get(network_id, 0),
            n_done=0 if is_dry else over.get(network_id, 0),
            n_warned=warned.get(network_id, 0),
        )
        for network_id in sorted({*over, *warned})
    ]


def _carry_out(rule: retention.RetentionRule, *, on: date, at: datetime) -> None:
    if rule.fate is Fate.ERASE:
        idle.carry_out(idle.plan(rule, on=on), rule=rule, on=on)
    else:
        SWEEPS[rule.id].carry_out(_limit(rule, on=on), at=at)


def _limit(rule: retention.RetentionRule, *, on: date) -> Limit:
    return Limit(day=retention.limit(rule, on=on))


def _put_on_record(lines: Iterable[Line], *, at: datetime) -> None:
    """Tell the log of each network what went, and have it read anew."""
    by_network: dict[str, dict[str, str]] = {}
    for line in lines:
        if line.n_done:
            by_network.setdefault(line.network_id, {})[line.rule] = str(line.n_done)
    named = Network.objects.filter(id__in=sorted(by_network)).order_by("id")
    for network_id in map(NetworkId, named.values_list("id", flat=True)):
        people.bump_revision(network_id)
        log.record(
            actor=audit.System(network_id=network_id),
            act="retention.carried_out",
            kind="network",
            object_id=network_id,
            at=at,
            facts=by_network[network_id],
        )

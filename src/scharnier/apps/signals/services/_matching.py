# SPDX-License-Identifier: EUPL-1.2
"""Let two partners know that they meet something alike; each decides whether it is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from scharnier.apps.audit import services as log
from scharnier.apps.people.models import Network
from scharnier.apps.signals import access, ground, letters, models, rows, selectors
from scharnier.apps.signals.services._looking import NOBODY_ELSE, Near, ask, read_near
from scharnier.core import audit, signals
from scharnier.core.kernel import Actor, MatchId, NetworkId, OrganizationId, SignalId
from scharnier.core.signals import RUNS_DAYS, Match, Naming, NamingStep, Others, Side, Signal, Trace


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who else meets a signal, and who of them know already that somebody does."""

    others: Others
    running: frozenset[MatchId]  # of the owner, on the same matter, whoever opened them
    n_left: int  # other partners that do not know yet


def look_and_match(value: Signal, *, actor: Actor, at: datetime) -> Standing:
    """Return how many others meet something like a signal that the actor read, and how many know of it.

    Raises
    ------
    TooManyLooks
    """
    trace = signals.leave_trace(value)
    if trace is None:
        return Standing(others=NOBODY_ELSE, running=frozenset(), n_left=0)
    near = ask(trace, actor=actor, at=at)
    if value.owner_id not in actor.acts_for:
        return Standing(others=near.others, running=frozenset(), n_left=0)
    on = near.looking.on
    running = [
        match
        for match in _recent(actor.network_id, on=on)
        if signals.runs_on(match, trace, on=on, broader=near.broader)
    ]
    knowing = frozenset[OrganizationId | None]().union(*(match.pair for match in running))
    return Standing(
        others=near.others,
        running=frozenset(match.id for match in running),
        n_left=len(set(near.partners) - knowing),
    )


@transaction.atomic
def open_matches(signal_id: SignalId, *, actor: Actor, at: datetime) -> int:
    """Let every partner that meets something like a signal know, and the owner; return how many partners.

    Raises
    ------
    SignalNotFound
    MayNotMatch
        Unless the actor acts for the organization that told it.
    NoPair
        When nobody else meets it.
    MatchRuns
        When all who meet it know already.
    """
    own = selectors.read_signal(signal_id, actor=actor)
    access.check_may_match(actor, owner_id=own.value.owner_id, on=timezone.localdate(at))
    Network.objects.select_for_update().get(id=actor.network_id)
    trace = signals.leave_trace(own.value)
    found = _pairs(trace, actor=actor, at=at) if trace else ()
    if not found:
        raise signals.NoPair(n_partners=1)
    opened = [each for each in found if _open(each, signal_id=signal_id, actor=actor, at=at)]
    if not opened:
        raise signals.MatchRuns
    return len(opened)


@transaction.atomic
def name_side(
    match_id: MatchId, organization_id: OrganizationId, step: NamingStep, *, actor: Actor, at: datetime
) -> None:
    """Let an organization be named to the other of the two, or not (raises MatchNotFound, NamingClosed)."""
    done = {NamingStep.NAME: "match.named", NamingStep.KEEP_UNNAMED: "match.kept_unnamed"}
    row = access.match_for_update(match_id, organization_id=organization_id, actor=actor)
    match = rows.match_value(row)
    if match is None or step not in done:
        raise signals.MatchNotFound(match_id=match_id)
    on = timezone.localdate(at)
    _save(row, signals.step_match(match, step, by=organization_id, on=on), by=organization_id)
    log.record(
        actor=actor,
        act=done[step],
        kind="match",
        object_id=match_id,
        at=at,
        on_behalf_of=organization_id,
    )
    if step is NamingStep.NAME:
        sides = {side.organization.text_id: side.organization for side in row.sides.all()}
        named = sides.pop(organization_id)
        (other,) = sides.values()
        letters.tell_named(named, to=other, match_id=match_id, on=on)


def lapse_matches(network_id: NetworkId, *, on: date, at: datetime) -> int:
    """Let pass what nobody answered in time; return of how many sides."""
    late = models.Side.objects.filter(
        match__network_id=network_id,
        naming=Naming.ASKED.value,
        match__asked_on__lte=on - timedelta(days=signals.ANSWER_DAYS + 1),
    )
    found = list(late.order_by("pk").values_list("match_id", "organization__text_id"))
    return sum(
        _lapse(MatchId(match_id), OrganizationId(by), network_id=network_id, on=on, at=at)
        for match_id, by in found
    )


@transaction.atomic
def _lapse(match_id: MatchId, by: OrganizationId, *, network_id: NetworkId, on: date, at: datetime) -> bool:
    row = access.held_match(match_id, network_id=network_id)
    match = rows.match_value(row) if row else None
    if row is None or match is None:
        return False  # one of the two left the network: nothing is left to lapse
    _save(row, signals.step_match(match, NamingStep.LAPSE, by=by, on=on), by=by)
    system = audit.System(network_id=network_id)
    log.record(actor=system, act="match.lapsed", kind="match", object_id=match_id, at=at, on_behalf_of=by)
    return True


def _pairs(trace: Trace, *, actor: Actor, at: datetime) -> tuple[Match, ...]:
    """Return a match with each partner that meets something alike, of its latest signal that does."""
    near = read_near(trace, actor=actor, at=at)
    return tuple(
        Match(
            id=MatchId(uuid4().hex),
            sides=(Side(trace=trace), Side(trace=_latest(partner_id, near))),
            asked_on=near.looking.on,
        )
        for partner_id in near.partners
    )


def _latest(partner_id: OrganizationId, near: Near) -> Trace:
    asked = near.looking
    alike = (
        trace
        for trace in near.traces
        if trace.partner_id == partner_id
        and trace.first_day <= asked.on <= trace.kept_until
        and signals.is_alike(asked.trace, trace, broader=near.broader, nearness=asked.nearness)
    )
    return max(alike, key=lambda trace: trace.last_day)


def _recent(network_id: NetworkId, *, on: date) -> tuple[Match, ...]:
    """Return the matches of a network that can still run on a day."""
    lately = models.Match.objects.filter(network_id=network_id, asked_on__gt=on - timedelta(days=RUNS_DAYS))
    sides = Prefetch("sides", models.Side.objects.select_related("organization"))
    return rows.match_values(lately.prefetch_related(sides).order_by("pk"))


def _open(match: Match, *, signal_id: SignalId, actor: Actor, at: datetime) -> bool:
    """Keep a match and write to both; false when it runs already."""
    earlier = _recent(actor.network_id, on=match.asked_on)
    try:
        notices = signals.open_match(match, earlier, broader=ground.broader_topics(actor.network_id))
    except signals.MatchRuns:
        return False
    row = models.Match.objects.create(id=match.id, network_id=actor.network_id, asked_on=match.asked_on)
    for side, notice in zip(match.sides, notices, strict=True):
        organization = access.owner(actor.network_id, notice.to_id)
        is_own = side is match.sides[0]
        rows.side_row(
            side.trace, match=row, organization_pk=organization.pk, signal_pk=signal_id if is_own else None
        ).save()
        letters.tell_match(organization, match=match)
    owner_id = notices[0].to_id
    log.record(
        actor=actor, act="match.opened", kind="match", object_id=match.id, at=at, on_behalf_of=owner_id
    )
    return True


def _save(row: models.Match, match: Match, *, by: OrganizationId) -> None:
    side = next(each for each in match.sides if each.partner_id == by)
    row.sides.filter(organization__text_id=by).update(naming=side.naming.value, decided_on=side.decided_on)

# SPDX-License-Identifier: EUPL-1.2
"""Let two partners know that they meet something alike; each decides whether it is named."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from scharnier.apps.audit import services as log
from scharnier.apps.people.models import Network
from scharnier.apps.signals import access, ground, letters, models, rows, selectors
from scharnier.apps.signals.services._looking import looking_of, traces_near
from scharnier.core import audit, signals
from scharnier.core.kernel import Actor, MatchId, NetworkId, OrganizationId, SignalId
from scharnier.core.signals import RUNS_DAYS, Match, Naming, NamingStep, Side, Trace


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
    broader = ground.broader_topics(actor.network_id)
    near = traces_near(trace, actor=actor)
    looking = looking_of(trace, actor=actor, at=at)
    asked_on = timezone.localdate(at)
    partners = signals.partners_to_notify(looking, near, broader=broader)
    return tuple(
        Match(
            id=MatchId(uuid4().hex),
            sides=(Side(trace=trace), Side(trace=_latest(partner_id, near, of=looking, broader=broader))),
            asked_on=asked_on,
        )
        for partner_id in partners
    )


def _latest(
    partner_id: OrganizationId, near: Iterable[Trace], *, of: signals.Looking, broader: ground.Broader
) -> Trace:
    alike = (
        trace
        for trace in near
        if trace.partner_id == partner_id
        and trace.first_day <= of.on <= trace.kept_until
        and signals.is_alike(of.trace, trace, broader=broader, nearness=of.nearness)
    )
    return max(alike, key=lambda trace: trace.last_day)


def _open(match: Match, *, signal_id: SignalId, actor: Actor, at: datetime) -> bool:
    """Keep a match and write to both; false when it runs already."""
    lately = models.Match.objects.filter(
        network_id=actor.network_id, asked_on__gt=match.asked_on - timedelta(days=RUNS_DAYS)
    )
    earlier = rows.match_values(lately.prefetch_related("sides__organization").order_by("pk"))
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

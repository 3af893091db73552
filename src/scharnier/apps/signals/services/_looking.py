# SPDX-License-Identifier: EUPL-1.2
"""Look who else meets something: how many, never who, and not at every place one after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from scharnier.apps.signals import ground, models, selectors
from scharnier.core import signals
from scharnier.core.kernel import Actor, AreaId, NotAllowed, OrganizationId, SignalId, TopicId
from scharnier.core.signals import Looking, Others, Trace

MOST_LOOKS: Final = 50  # different questions of one person a day
SALT: Final = "signals.look"
NOBODY: Final = OrganizationId("")  # whoever asks without a signal of their own is no partner
NOBODY_ELSE: Final = Others(n_partners=0, has_residents=False)


class TooManyLooks(NotAllowed):
    """The actor asked who else meets something as often in a day as one may."""

    code = "signals.too_many_looks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What is asked about without a signal: matters, and where."""

    area_id: AreaId
    topics: frozenset[TopicId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """What is asked about, and what the network told that can be near it."""

    looking: Looking
    traces: tuple[Trace, ...]
    broader: ground.Broader

    @property
    def others(self) -> Others:
        """How many others meet something like it."""
        return signals.find_others(self.looking, self.traces, broader=self.broader)

    @property
    def partners(self) -> tuple[OrganizationId, ...]:
        """The same partners by name: for sending, never to show."""
        return signals.partners_to_notify(self.looking, self.traces, broader=self.broader)


def look(signal_id: SignalId, *, actor: Actor, at: datetime) -> Others:
    """Return how many others meet something like a signal of the actor's own.

    Raises
    ------
    SignalNotFound
    TooManyLooks
    """
    own = selectors.read_signal(signal_id, actor=actor)
    trace = signals.leave_trace(own.value)
    return ask(trace, actor=actor, at=at).others if trace else NOBODY_ELSE


def look_around(around: Around, *, actor: Actor, at: datetime) -> Others:
    """Return how many others lately met something on these matters in an area.

    Raises
    ------
    TooManyLooks
    """
    on = timezone.localdate(at)
    spot = ground.middles(actor.network_id).get(around.area_id)
    trace = Trace(
        partner_id=NOBODY,
        spot=signals.coarsen(spot) if spot else None,
        spread_m=signals.SPREAD_M[signals.Precision.AREA],
        area_id=around.area_id,
        first_day=on,
        last_day=on,
        kept_until=on,
        topics=around.topics,
    )
    return ask(trace, actor=actor, at=at).others


def read_near(trace: Trace, *, actor: Actor, at: datetime) -> Near:
    """Return what is asked, by the actor, on that day, and what can be near it in time."""
    since = trace.first_day - timedelta(days=signals.Nearness().within_days)
    return Near(
        looking=Looking(trace=trace, on=timezone.localdate(at), own_ids=actor.acts_for),
        traces=selectors.read_traces(actor.network_id, since=since),
        broader=ground.broader_topics(actor.network_id),
    )


def ask(trace: Trace, *, actor: Actor, at: datetime) -> Near:
    """Count a question, and return what is near it.

    Raises
    ------
    TooManyLooks
    """
    _count(trace, actor=actor, at=at)
    return read_near(trace, actor=actor, at=at)


@transaction.atomic
def _count(trace: Trace, *, actor: Actor, at: datetime) -> None:
    """Count a question that the actor did not ask before today (raises TooManyLooks)."""
    person = f"{actor.network_id}\n{actor.person_id}"
    asked = (trace.spot, trace.area_id, trace.first_day, trace.last_day, sorted(trace.topics))
    of_day = models.Count.objects.filter(network_id=actor.network_id, day=timezone.localdate(at))
    key, whole = _key(f"{person}\n{asked}"), _key(person)
    if of_day.filter(key=key).exists():
        return
    parts = {"network_id": actor.network_id, "day": timezone.localdate(at)}
    row, _ = models.Count.objects.get_or_create(key=whole, defaults={"n": 0}, **parts)
    if not of_day.filter(pk=row.pk, n__lt=MOST_LOOKS).update(n=F("n") + 1):
        raise TooManyLooks(most=MOST_LOOKS)
    models.Count.objects.get_or_create(key=key, defaults={"n": 1}, **parts)


def _key(said: str) -> str:
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest()

# SPDX-License-Identifier: EUPL-1.2
"""Reads of webhooks: where they go, how they do, and what did not arrive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypedDict

from django.db.models import Count, Q, QuerySet

from scharnier.apps.people.selectors import Part, take_part
from scharnier.apps.webhooks import access, labels, models
from scharnier.core.kernel import Actor
from scharnier.core.webhooks import MOST_WEBHOOKS, Event

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Counted(TypedDict):
        n_dead: int

    CountedWebhook = WithAnnotations[models.Webhook, _Counted]

REDIRECTS: Final = range(300, 400)
LATEST: Final = 20  # deliveries of one webhook on its page


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookLine:
    """One webhook: where it goes and how it does."""

    pk: int
    address: str
    off_because: str  # empty: it is on
    off_at: datetime | None
    failing_since: datetime | None
    n_dead: int

    @property
    def is_on(self) -> bool:
        """Tell whether anything is sent to it."""
        return not self.off_because


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """One event sent to one webhook, or on its way."""

    id: str
    webhook: int
    address: str
    event: labels.Text
    object_id: str
    happened_at: datetime
    state: str
    attempts: int
    status: int | None
    error: labels.Text | str  # in words
    is_redirect: bool
    may_go_again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksPage:
    """All webhooks of a network."""

    lines: tuple[WebhookLine, ...]
    n_dead: int
    has_room: bool  # for another


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookPage:
    """One webhook with what it hears and what it was sent last."""

    line: WebhookLine
    events: tuple[labels.Text, ...]
    chosen: tuple[str, ...]
    old_secret_until: datetime | None  # while it counts
    deliveries: tuple[DeliveryLine, ...]


def webhooks_page(actor: Actor) -> WebhooksPage:
    """Return the webhooks of the actor's network (raises NotForThisRole)."""
    access.demand(actor)
    lines = tuple(map(_line, _counted(actor)))
    return WebhooksPage(
        lines=lines, n_dead=sum(line.n_dead for line in lines), has_room=len(lines) < MOST_WEBHOOKS
    )


def webhook_page(webhook_pk: int, *, actor: Actor, at: datetime) -> WebhookPage:
    """Return one webhook (raises WebhookNotFound)."""
    row = _counted(actor).filter(pk=webhook_pk).first()
    if row is None:
        raise access.WebhookNotFound(webhook_id=webhook_pk)
    known = [event for event in Event if event.value in row.events]
    until = row.old_secret_until
    found = access.deliveries(row).select_related("webhook")[:LATEST]
    return WebhookPage(
        line=_line(row),
        events=tuple(labels.EVENTS[event] for event in known),
        chosen=tuple(event.value for event in known),
        old_secret_until=until if until and at < until else None,
        deliveries=tuple(map(_delivery, found)),
    )


def dead_part(actor: Actor, *, number: str) -> Part[DeliveryLine]:
    """Return a part of what was given up, latest first (raises NotForThisRole)."""
    access.demand(actor)
    return take_part(access.dead(actor), number, line=_delivery)


def _counted(actor: Actor) -> QuerySet[CountedWebhook]:
    dead = Q(deliveries__state=models.State.DEAD) & ~Q(deliveries__event=Event.TEST)
    return access.webhooks(actor).annotate(n_dead=Count("deliveries", filter=dead))


def _line(row: CountedWebhook) -> WebhookLine:
    return WebhookLine(
        pk=row.pk,
        address=row.address,
        off_because=row.off_because,
        off_at=row.off_at,
        failing_since=row.failing_since,
        n_dead=row.n_dead,
    )


def _delivery(row: models.Delivery) -> DeliveryLine:
    return DeliveryLine(
        id=row.id,
        webhook=row.webhook.pk,
        address=row.webhook.address,
        event=labels.EVENTS[Event(row.event)],
        object_id=row.object_id,
        happened_at=row.happened_at,
        state=row.state,
        attempts=row.attempts,
        status=row.status,
        error=labels.ERRORS.get(row.error, row.error),
        is_redirect=row.status in REDIRECTS,
        may_go_again=row.webhook.off_at is None,
    )

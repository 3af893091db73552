# SPDX-License-Identifier: EUPL-1.2
"""What the rules of retention mean in rows: which are over, and what becomes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.utils import timezone

from scharnier.apps.digest.models import Sending
from scharnier.apps.mail.models import Message, State
from scharnier.apps.members.models import HandOver, Invitation, JoinRequest
from scharnier.apps.notes.models import Note
from scharnier.apps.open311.models import Passage, Report, Step
from scharnier.apps.people.models import CardCheck, Consent, Membership, Outcome, Tie
from scharnier.apps.referral.models import Link, Referral
from scharnier.apps.rights.models import DataRequest, RetentionReport
from scharnier.apps.sharing.models import Sharing
from scharnier.apps.signals.models import Count, Match, Signal
from scharnier.apps.signals.services import WITHOUT_WORDS
from scharnier.apps.situations.models import MapMonth, Result, Situation
from scharnier.apps.tasks.decisions import GIVEN_UP, Status
from scharnier.apps.tasks.models import Task
from scharnier.apps.webhooks.models import Delivery

GOODBYE = "erased"  # the mail to who had themselves erased
UNDERWAY = [State.QUEUED.value, State.SENDING.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The first day, and its first moment, of which things are still kept."""

    day: date

    @property
    def moment(self) -> datetime:
        """Return the moment at which that day begins where the network is."""
        return timezone.make_aware(datetime.combine(self.day, time.min))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Which rows a rule speaks of, and what is left of them."""

    over: Callable[[Limit], QuerySet[Any]]
    network: str = ""  # the column of their network; empty: they belong to the installation
    emptied: Mapping[str, object] = field(default_factory=dict)  # columns; without any the row goes
    emptied_at: str = ""  # the column that says when

    def count(self, limit: Limit, *, network_id: str) -> int:
        """Return how many are over in a network, or of the installation."""
        return self._found(limit, network_id=network_id).count()

    def carry_out(self, limit: Limit, *, network_id: str, at: datetime) -> None:
        """Delete or empty what is over."""
        found = self._found(limit, network_id=network_id)
        if self.emptied:
            found.update(**self.emptied, **({self.emptied_at: at} if self.emptied_at else {}))
        else:
            found.delete()

    def _found(self, limit: Limit, *, network_id: str) -> QuerySet[Any]:
        found = self.over(limit).order_by()
        return found.filter(**{self.network: network_id}) if self.network else found


def _mail(limit: Limit) -> Q:
    sent = Q(state=State.SENT.value, sent_at__lt=limit.moment)
    return Q(erased_at__isnull=True) & (sent | (~Q(state=State.SENT.value) & Q(queued_at__lt=limit.moment)))


def _invitations(limit: Limit) -> Q:
    ended = Q(used_at__lt=limit.moment) | Q(withdrawn_at__lt=limit.moment)
    is_open = Q(used_at__isnull=True, withdrawn_at__isnull=True)
    return ended | (is_open & Q(expires_at__lt=limit.moment))


def _join_requests(limit: Limit) -> Q:
    return Q(decided_at__lt=limit.moment) | Q(decided_at__isnull=True, made_at__lt=limit.moment)


def _ended(limit: Limit) -> Q:
    return Q(ends_at__lt=limit.moment) | Q(revoked_at__lt=limit.moment)


def _judged() -> Q:
    """Return the condition that nobody has to judge any more whether it was justified."""
    return Q(review__isnull=True) | Q(review__judged_at__isnull=False)


def _links(limit: Limit) -> Q:
    ended = Q(used_at__lt=limit.moment) | Q(revoked_at__lt=limit.moment)
    return ended | Q(expires_at__lt=limit.moment)


def _passages(limit: Limit) -> QuerySet[Passage]:
    """Return what another system has that nobody asks for any more."""
    found = Passage.objects.filter(step__in=[Step.OVER, Step.UNKNOWN, Step.FAILED])
    return found.filter(Q(asked_at__lt=limit.moment) | Q(asked_at__isnull=True, made_at__lt=limit.moment))


def _drafts(limit: Limit) -> QuerySet[Referral]:
    """Return the referrals that nobody was asked."""
    found = Referral.objects.filter(over_at__isnull=True, moved_at__lt=limit.moment)
    return found.exclude(turns__requested_at__isnull=False)


def _places(limit: Limit) -> QuerySet[UserSession]:
    lasting = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gte=limit.moment)
    found: QuerySet[UserSession] = UserSession.objects.filter(~Exists(lasting))
    return found


EMPTY_MAIL: Mapping[str, object] = {
    "to": "",
    "subject": "",
    "text": "",
    "stop_address": "",
    "calendar": "",
    # what still waits after so long must not go without its words
    "state": Case(
        When(state__in=UNDERWAY, then=Value(State.UNKNOWN.value)),
        default=F("state"),
        output_field=TextField(),
    ),
}
SWEEPS: Mapping[str, Sweep] = {
    "consent": Sweep(
        over=lambda limit: Consent.objects.filter(end_date__lt=limit.day), network="person__network_id"
    ),
    "membership": Sweep(
        over=lambda limit: Membership.objects.filter(end_date__lt=limit.day), network="network_id"
    ),
    "tie": Sweep(over=lambda limit: Tie.objects.filter(observed_date__lt=limit.day), network="network_id"),
    "outcome": Sweep(
        over=lambda limit: Outcome.objects.filter(happened_date__lt=limit.day), network="network_id"
    ),
    "hand_over": Sweep(
        over=lambda limit: HandOver.objects.filter(made_date__lt=limit.day), network="network_id"
    ),
    "card_link": Sweep(
        over=lambda limit: CardCheck.objects.filter(asked_on__lt=limit.day),
        network="network_id",
        emptied={"version": "", "asked_on": None},
    ),
    "invitation": Sweep(
        over=lambda limit: Invitation.objects.filter(_invitations(limit)), network="network_id"
    ),
    "join_request": Sweep(
        over=lambda limit: JoinRequest.objects.filter(_join_requests(limit)), network="network_id"
    ),
    "sharing": Sweep(
        over=lambda limit: Sharing.objects.filter(_ended(limit), _judged()), network="network_id"
    ),
    "data_request": Sweep(
        over=lambda limit: DataRequest.objects.filter(done_at__lt=limit.moment), network="network_id"
    ),
    "mail": Sweep(
        over=lambda limit: Message.objects.filter(_mail(limit)).exclude(template=GOODBYE),
        emptied=EMPTY_MAIL,
        emptied_at="erased_at",
    ),
    "goodbye_mail": Sweep(
        over=lambda limit: Message.objects.filter(_mail(limit), template=GOODBYE),
        emptied=EMPTY_MAIL,
        emptied_at="erased_at",
    ),
    "mail_record": Sweep(over=lambda limit: Message.objects.filter(erased_at__lt=limit.moment)),
    "webhook_delivery": Sweep(
        over=lambda limit: Delivery.objects.filter(done_at__lt=limit.moment), network="network_id"
    ),
    "note": Sweep(over=lambda limit: Note.objects.filter(made_at__lt=limit.moment), network="network_id"),
    "note_thrown_away": Sweep(
        over=lambda limit: Note.objects.filter(thrown_away_at__lt=limit.moment).exclude(text=""),
        network="network_id",
        emptied={"text": "", "place": "", "about": "", "candidate": "", "remind_date": None},
    ),
    "session": Sweep(over=lambda limit: Session.objects.filter(expire_date__lt=limit.moment)),
    "signed_in": Sweep(over=_places),
    "failed_login": Sweep(over=lambda limit: AccessAttempt.objects.filter(attempt_time__lt=limit.moment)),
    "task": Sweep(
        over=lambda limit: Task.objects.filter(status=Status.SUCCEEDED.value, finished_at__lt=limit.moment)
    ),
    "task_given_up": Sweep(
        over=lambda limit: Task.objects.filter(status__in=GIVEN_UP, finished_at__lt=limit.moment)
    ),
    "referral": Sweep(
        over=lambda limit: Referral.objects.filter(over_at__lt=limit.moment), network="network_id"
    ),
    "referral_draft": Sweep(over=_drafts, network="network_id"),
    "referral_link": Sweep(over=lambda limit: Link.objects.filter(_links(limit)), network="network_id"),
    "digest": Sweep(over=lambda limit: Sending.objects.filter(day__lt=limit.day), network="network_id"),
    "situation": Sweep(
        over=lambda limit: Situation.objects.filter(ended_on__lt=limit.day), network="network_id"
    ),
    "situation_result": Sweep(
        over=lambda limit: Result.objects.filter(ended_on__lt=limit.day), network="network_id"
    ),
    "map_month": Sweep(
        over=lambda limit: MapMonth.objects.filter(first_day__lt=limit.day), network="network_id"
    ),
    "open311_report": Sweep(
        over=lambda limit: Report.objects.filter(received_at__lt=limit.moment, referral__isnull=True),
        network="network_id",
    ),
    "open311_passage": Sweep(over=_passages, network="network_id"),
    "signal": Sweep(over=lambda limit: Signal.objects.filter(kept_until__lt=limit.day), network="network_id"),
    "signal_text": Sweep(
        over=lambda limit: Signal.objects.filter(told_at__lt=limit.moment, text__isnull=False),
        network="network_id",
        emptied=WITHOUT_WORDS,
    ),
    "signal_match": Sweep(
        over=lambda limit: Match.objects.filter(asked_on__lt=limit.day), network="network_id"
    ),
    "signal_count": Sweep(over=lambda limit: Count.objects.filter(day__lt=limit.day), network="network_id"),
    "report": Sweep(over=lambda limit: RetentionReport.objects.filter(made_at__lt=limit.moment)),
}

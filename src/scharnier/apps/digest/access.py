# SPDX-License-Identifier: EUPL-1.2
"""The only way to who is told what waits, and to what may be told: as the policy allows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache, partial

from django.db.models import Q, QuerySet

from scharnier.apps.digest import links, models
from scharnier.apps.members.access import AccountNotFound
from scharnier.apps.notes.models import Note
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account, Membership
from scharnier.apps.referral import access as referrals
from scharnier.apps.referral.free_days import free_days
from scharnier.apps.referral.models import Introduction, Referral, Turn
from scharnier.apps.signals.models import Side
from scharnier.apps.situations import access as situations
from scharnier.core import policy
from scharnier.core.digest import LATEST, MailTerms, Often, digest_due
from scharnier.core.kernel import Actor, NetworkId, Role
from scharnier.core.referral import State
from scharnier.core.signals import Naming

OPEN = [
    state.value for state in (State.DRAFT, State.REQUESTED, State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD)
]
WITH_TERMS = ("user", "network", "mail_terms", "calendar_feed")


def own_account(actor: Actor, *, act: policy.Act = policy.Act.SEE, lock: bool = False) -> Account:
    """Return the account that the actor gets digests for, with what was chosen.

    Raises
    ------
    AccountNotFound
    """
    meaning: people.Meaning = {policy.Condition.OWN: Q(person__text_id=actor.person_id)}
    allowed = people.allowed(actor, act, policy.Kind.DIGEST, meaning=meaning)
    found = Account.objects.filter(allowed, network_id=actor.network_id)
    row = _with_terms(found, lock=lock).first()
    if row is None:
        raise AccountNotFound(account_id=actor.person_id)
    return row


def account_for_update(account_pk: int, *, network_id: NetworkId) -> Account | None:
    """Return an account with what was chosen, locked until the transaction ends; None when it is gone."""
    return _with_terms(Account.objects.filter(pk=account_pk, network_id=network_id), lock=True).first()


def account_of_feed(account_pk: int, *, network_id: NetworkId, version: str) -> Account:
    """Return the account whose calendar address holds that version.

    Raises
    ------
    CalendarNotFound
    """
    found = Account.objects.filter(pk=account_pk, network_id=network_id, calendar_feed__version=version)
    row = _with_terms(found).first()
    if row is None:
        raise links.CalendarNotFound
    return row


def chosen_terms(account: Account) -> models.Terms | None:
    """Return what somebody chose; None: nothing yet."""
    return getattr(account, "mail_terms", None)


def terms_of(account: Account) -> MailTerms:
    """Return on which terms somebody gets the digest."""
    row = chosen_terms(account)
    return (
        MailTerms() if row is None else MailTerms(often=Often(row.often), weekday=row.weekday, hour=row.hour)
    )


def feed_of(account: Account) -> models.Feed | None:
    """Return the calendar address of somebody, if there is one."""
    return getattr(account, "calendar_feed", None)


def due_day(account: Account, *, at: datetime) -> date | None:
    """Return the day whose digest is due for somebody; `at` by the clock where the network is."""
    row = chosen_terms(account)
    return _due_day(terms_of(account), at=at, since=row.chosen_at if row else None)


def _due_day(terms: MailTerms, *, at: datetime, since: datetime | None) -> date | None:
    free = free_days(at.date() - timedelta(days=21), at.date())
    return digest_due(terms, at=at, since=since, free_days=free)


def due_accounts(network_id: NetworkId, *, at: datetime) -> dict[int, date]:
    """Return whose digest is due and was not looked at, each with its day, in two queries."""
    chosen = ("mail_terms__often", "mail_terms__weekday", "mail_terms__hour", "mail_terms__chosen_at")
    rows = Account.objects.filter(network_id=network_id).exclude(user__email="").order_by("pk")
    due_of = lru_cache(maxsize=None)(partial(_due_day, at=at))
    due: dict[int, date] = {}
    for pk, often, weekday, hour, since in rows.values_list("pk", *chosen):
        terms = MailTerms() if often is None else MailTerms(often=Often(often), weekday=weekday, hour=hour)
        day = due_of(terms, since=None) and due_of(terms, since=since)
        if day:
            due[pk] = day
    first = at.date() - LATEST
    seen = models.Sending.objects.filter(network_id=network_id, day__gte=first) if due else ()
    looked = {(row.account_id, row.day) for row in seen}
    return {pk: day for pk, day in due.items() if (pk, day) not in looked}


def concerned(network_id: NetworkId) -> set[int]:
    """Return the accounts for whom something may wait: nothing waits for any other. One query."""
    turns = Turn.objects.filter(network_id=network_id, state__in=OPEN)
    wholes = Referral.objects.filter(network_id=network_id).exclude(awaited="")
    asked = Introduction.objects.filter(network_id=network_id, is_declined=False)
    sharing = situations.partners_of(network_id)
    acting = Membership.objects.filter(network_id=network_id, is_confirmed=True).filter(
        Q(organization__in=turns.values("organization")) | Q(organization__text_id__in=sharing)
    )
    named = (
        turns.values("person_text_id"),
        turns.values("referral__sender_text_id"),
        wholes.values("sender_text_id"),
        asked.values("first_text_id"),
        asked.values("second_text_id"),
    )
    written = Note.objects.filter(network_id=network_id, thrown_away_at__isnull=True, referral_id="")
    met = Side.objects.filter(match__network_id=network_id, naming=Naming.ASKED.value)
    meeting = Membership.objects.filter(
        network_id=network_id, is_confirmed=True, organization__in=met.values("organization")
    )
    theirs = (
        Q(role=Role.COORDINATOR.value)
        | Q(person__in=meeting.values("person"))
        | Q(person__in=acting.values("person"))
    )
    theirs |= Q(person__in=written.values("writer"))
    for texts in named:
        theirs |= Q(person__text_id__in=texts)
    return set(Account.objects.filter(theirs, network_id=network_id).values_list("pk", flat=True))


def turns_to_handle(actor: Actor) -> QuerySet[Turn]:
    """Return what the actor has to answer or go on with: asked in person, or of an organization as such."""
    nobody_else = Q(person_text_id=actor.person_id) | Q(person_text_id="")
    found = referrals.turns(actor, act=policy.Act.HANDLE).filter(nobody_else, requested_at__isnull=False)
    waiting = found.filter(state__in=[State.REQUESTED.value, State.ON_HOLD.value])
    related = (*referrals.PARTIES, "organization__answer_time", "referral__sender_organization")
    return waiting.select_related(*related)


def introductions_to_make(actor: Actor) -> QuerySet[Introduction]:
    """Return the introductions that wait for the actor."""
    return referrals.introductions(actor).select_related("turn__referral__sender_organization")


def _with_terms(found: QuerySet[Account], *, lock: bool = False) -> QuerySet[Account]:
    related = found.select_related(*WITH_TERMS)
    return related.select_for_update(of=("self",)) if lock else related

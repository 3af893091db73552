# SPDX-License-Identifier: EUPL-1.2
"""Acts on hearing what waits: choose when, stop by a link, open and close a calendar; and the sending."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from scharnier.apps import wall
from scharnier.apps.audit import services as log
from scharnier.apps.digest import access, letters, links, models
from scharnier.apps.mail.services import is_address
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account
from scharnier.core import audit, policy
from scharnier.core.digest import MailTerms, Often
from scharnier.core.kernel import Actor, NetworkId


@transaction.atomic
def choose_terms(terms: MailTerms, *, language: str, actor: Actor, at: datetime) -> None:
    """Choose when to be told by mail what waits; an empty language is that of the network.

    Raises
    ------
    AccountNotFound
    """
    account = access.own_account(actor, act=policy.Act.CHANGE, lock=True)
    _keep_terms(account, terms=terms, language=language, at=at)
    facts = {"often": terms.often.value}
    log.record(
        actor=actor, act="digest.chosen", kind="account", object_id=actor.person_id, at=at, facts=facts
    )


@transaction.atomic
def stop_by_link(token: str, *, at: datetime) -> None:
    """Stop the mail digest of whoever a link is about; once stopped, it stays so and says nothing.

    Raises
    ------
    LinkInvalid
    """
    network_id, account_pk = links.read_stop(token)
    with wall.in_network(network_id):
        account = access.account_for_update(account_pk, network_id=network_id)
        if account is None:
            raise links.LinkInvalid
        terms, row = access.terms_of(account), access.chosen_terms(account)
        if terms.often is Often.NEVER:
            return
        stopped = MailTerms(often=Often.NEVER, weekday=terms.weekday, hour=terms.hour)
        _keep_terms(account, terms=stopped, language=row.language if row else "", at=at)
        log.record(
            actor=audit.System(network_id=network_id),  # whoever has the mail: nobody signed in
            act="digest.stopped",
            kind="account",
            object_id=account.person.text_id,
            at=at,
            facts={"by": "link"},
        )


@transaction.atomic
def open_calendar(*, actor: Actor, at: datetime) -> None:
    """Make a calendar address; one that was there leads nowhere from now on (raises AccountNotFound)."""
    account = access.own_account(actor, act=policy.Act.CHANGE, lock=True)
    models.Feed.objects.update_or_create(
        account=account,
        defaults={"network_id": account.network_id, "version": links.new_version(), "made_at": at},
    )
    log.record(actor=actor, act="calendar.opened", kind="account", object_id=actor.person_id, at=at)


@transaction.atomic
def close_calendar(*, actor: Actor, at: datetime) -> None:
    """Take the calendar address back; without one nothing happens (raises AccountNotFound)."""
    account = access.own_account(actor, act=policy.Act.CHANGE, lock=True)
    feed = access.feed_of(account)
    if feed is None:
        return
    feed.delete()
    log.record(actor=actor, act="calendar.closed", kind="account", object_id=actor.person_id, at=at)


def is_anybody_due(network_id: NetworkId, *, at: datetime) -> bool:
    """Tell whether anybody of a network is to be told now."""
    return bool(access.due_accounts(network_id, at=timezone.localtime(at)))


def send_due(network_id: NetworkId, *, at: datetime) -> int:
    """Send the digests that are due in a network; return how many mails. Call it where the network is.

    Notes
    -----
    Each in a transaction of its own, with the note that it was sent: whoever dies in between leaves what is
    done, and the next does the rest and nothing twice. For whom nothing can wait that is noted at once, so
    that the queries grow with those who have something to do, not with the members.
    """
    due = access.due_accounts(network_id, at=timezone.localtime(at))
    if not due:
        return 0
    letters.load_addresses()
    concerned = access.concerned(network_id)
    models.Sending.objects.bulk_create(
        (
            models.Sending(network_id=network_id, account_id=pk, day=day, n_things=0, made_at=at)
            for pk, day in due.items()
            if pk not in concerned
        ),
        ignore_conflicts=True,  # somebody was first
    )
    return sum(
        send_digest(pk, day=day, network_id=network_id, at=at) for pk, day in due.items() if pk in concerned
    )


@transaction.atomic
def send_digest(account_pk: int, *, day: date, network_id: NetworkId, at: datetime) -> bool:
    """Send somebody the digest of a day, unless it was or is not wanted; tell whether a mail went."""
    account = access.account_for_update(account_pk, network_id=network_id)
    here = timezone.localtime(at)
    if account is None or not is_address(account.user.email) or access.due_day(account, at=here) != day:
        return False
    actor = people.actor_of_account(account, on=here.date())
    if actor is None or models.Sending.objects.filter(account=account, day=day).exists():
        return False
    n_things = letters.send(account, actor=actor, on=here.date())
    models.Sending.objects.create(
        network_id=network_id, account=account, day=day, n_things=n_things, made_at=at
    )
    return n_things > 0


def _keep_terms(account: Account, *, terms: MailTerms, language: str, at: datetime) -> None:
    chosen = {
        "network_id": account.network_id,
        "often": terms.often.value,
        "weekday": terms.weekday,
        "hour": terms.hour,
        "language": language,
        "chosen_at": at,
    }
    models.Terms.objects.update_or_create(account=account, defaults=chosen)

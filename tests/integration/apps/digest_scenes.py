# SPDX-License-Identifier: EUPL-1.2
"""Noor, Karel and the others of the referrals, each with a mail address, on days around summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scharnier.apps import wall
from scharnier.apps.digest import models, services
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Account, User
from scharnier.core.digest import MailTerms, Often
from scharnier.core.kernel import Actor, NetworkId
from tests.integration.apps import referral_scenes
from tests.integration.apps.members_scenes import account_of

KRUISVELD = NetworkId("kruisveld")
MONDAY = datetime(2026, 3, 30, 6, tzinfo=UTC)  # eight o'clock; summer time began the day before
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
DAILY = MailTerms(often=Often.WORKING_DAYS)
NEVER = MailTerms(often=Often.NEVER)


def settle() -> None:
    referral_scenes.settle()
    users = list(User.objects.all())
    for user in users:
        user.email = address_of(user.username)
    User.objects.bulk_update(users, ["email"])


def address_of(name: str) -> str:
    return f"{name.replace('@', '.')}@example.org"


def choose(actor: Actor, terms: MailTerms, *, language: str = "", at: datetime = MONDAY - DAY) -> None:
    services.choose_terms(terms, language=language, actor=actor, at=at)


def send(at: datetime = MONDAY, *, network_id: NetworkId = KRUISVELD) -> int:
    """Send what is due in a network; return how many mails."""
    with wall.in_network(network_id):
        return services.send_due(network_id, at=at)


def told() -> dict[str, Message]:
    """Return the digests by who gets them."""
    return {row.to.partition(".")[0]: row for row in Message.objects.filter(template="digest")}


def days_of(name: str) -> list[tuple[str, int]]:
    found = models.Sending.objects.filter(account=account(name)).order_by("day")
    return [(row.day.isoformat(), row.n_things) for row in found]


def account(name: str) -> Account:
    return account_of(name)

# SPDX-License-Identifier: EUPL-1.2
"""Mails about a match: that there is one, and by whom one is named; no word of what is met."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from scharnier.apps.mail import services as mail
from scharnier.apps.people.models import Account, Membership, Organization
from scharnier.core import policy, signals
from scharnier.core.kernel import MatchId, Role
from scharnier.formats import wording

OPENED, NAMED = "signals_match", "signals_named"


def tell_match(organization: Organization, *, match: signals.Match) -> None:
    """Write to who acts for an organization that somebody else meets the same."""
    language = _language(organization)
    until = signals.lapses_on(match) - timedelta(days=1)
    facts = {
        "organization": organization.name,
        "until": wording.say_day(until, language=language),
        "link": _page(match.id),
    }
    _send(OPENED, facts, to=organization, on=match.asked_on)


def tell_named(named: Organization, *, to: Organization, match_id: MatchId, on: date) -> None:
    """Write to who acts for an organization who the other of the two is."""
    facts = {"organization": to.name, "named": named.name, "link": _page(match_id)}
    _send(NAMED, facts, to=to, on=on)


def _page(match_id: MatchId) -> str:
    return f"{settings.ADDRESS}{reverse('signals:match', args=[match_id])}"


def _send(template: str, facts: Mapping[str, str], *, to: Organization, on: date) -> None:
    for address in _addresses(to, on=on):
        mail.queue_message(to=address, template=template, facts=facts, language=_language(to))


def _addresses(organization: Organization, *, on: date) -> list[str]:
    current = Q(start_date__isnull=True) | Q(start_date__lte=on)
    current &= Q(end_date__isnull=True) | Q(end_date__gte=on)
    roles = Membership.objects.filter(current, organization=organization, is_confirmed=True)
    found = Account.objects.filter(network_id=organization.network_id, person__in=roles.values("person"))
    found = found.filter(role__in=deciding_roles()).select_related("user").order_by("pk")
    return [account.user.email for account in found if mail.is_address(account.user.email)]


def deciding_roles() -> list[str]:
    """Return the roles that may decide for an organization whether it is named."""
    handling = ((role, policy.conditions_for(role, policy.Act.HANDLE, policy.Kind.MATCH)) for role in Role)
    return [role.value for role, found in handling if policy.Condition.FOR_ASKED in found]


def _language(organization: Organization) -> wording.Language:
    return "en" if organization.network.language == "en" else "nl"

# SPDX-License-Identifier: EUPL-1.2
"""Who needs a second step to sign in, and who has one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from scharnier.apps.members.signed_in import signed_in_user
from scharnier.apps.people.models import Account
from scharnier.core.kernel import Actor, Role

ROLES: Final = frozenset({Role.COORDINATOR, Role.BOARD, Role.ADMINISTRATOR})
TYPES: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
FRESH: Final = timedelta(minutes=5)
SESSION_KEY: Final = "second_factor"  # set once this session's user is known to have one


def is_needed(actor: Actor) -> bool:
    """Tell whether the actor's role asks for a second step; a demonstration lets everyone in."""
    return actor.role in ROLES and not settings.DEMO


def would_be_needed(actor: Actor) -> bool:
    """Tell whether this is a demonstration that lets in somebody whose role asks for more."""
    return actor.role in ROLES and bool(settings.DEMO)


def has_one(user_pk: int) -> bool:
    """Tell whether a user set up an app or a key; codes on paper alone do not count."""
    return bool(Authenticator.objects.filter(user_id=user_pk, type__in=TYPES).exists())


def was_just_used(request: HttpRequest, *, at: datetime) -> bool:
    """Tell whether the user showed an app or a key in this session a moment ago; a spare code does not do.

    In a demonstration nobody has one, and nothing is at stake.
    """
    since = (at - FRESH).timestamp()
    shown = get_authentication_records(request, signed_in_user(request))
    return bool(settings.DEMO) or any(each.get("type") in TYPES and each["at"] >= since for each in shown)


def page_to_show_one(user_pk: int) -> str:
    """Return the name of the page where a user shows an app or a key, or sets one up."""
    types = set(Authenticator.objects.filter(user_id=user_pk, type__in=TYPES).values_list("type", flat=True))
    if not types:
        return "mfa_index"
    return "mfa_reauthenticate" if Authenticator.Type.TOTP in types else "mfa_reauthenticate_webauthn"


def may_lose(authenticator: Authenticator) -> bool:
    """Tell whether a user can do without one: not the last of who needs it in any network."""
    others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=TYPES)
    if authenticator.type not in TYPES or others.exclude(pk=authenticator.pk).exists():
        return True
    roles = [role.value for role in ROLES]
    return not Account.objects.filter(user_id=authenticator.user_id, role__in=roles).exists()

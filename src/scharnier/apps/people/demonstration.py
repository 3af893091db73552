# SPDX-License-Identifier: EUPL-1.2
"""Who can sign in to a demonstration, for its login page: everybody in it is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scharnier.apps import wall
from scharnier.apps.people import models
from scharnier.core.kernel import Role

NETWORK: Final = "kruisveld"
PASSWORD: Final = "kruisveld"  # noqa: S105  everyone may know it: all people in it are invented

ROLES: Mapping[str, Promise] = {
    Role.RESIDENT: _("resident"),
    Role.ENTREPRENEUR: _("entrepreneur"),
    Role.PROFESSIONAL: _("professional"),
    Role.COORDINATOR: _("coordinator"),
    Role.BOARD: _("board member"),
    Role.RESEARCHER: _("researcher"),
    Role.ADMINISTRATOR: _("administrator"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAccount:
    """An account anyone may try."""

    username: str
    name: str
    role: str


@wall.in_network(NETWORK)
def demo_accounts() -> tuple[DemoAccount, ...]:
    """Return the accounts of the example neighbourhood, and of no other network."""
    found = models.Account.objects.filter(network_id=NETWORK).select_related("user", "person")
    return tuple(
        DemoAccount(username=account.user.username, name=account.person.name, role=str(ROLES[account.role]))
        for account in found.order_by("pk")
    )

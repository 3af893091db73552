# SPDX-License-Identifier: EUPL-1.2
"""Mail that the scan found something: to who acts for the partners in it, and to the coordinators.

A mail is an open postcard: it says neither where nor what, nor who else.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Final

from django.conf import settings
from django.urls import reverse

from scharnier.apps.mail import services as mail
from scharnier.apps.people.models import Account
from scharnier.apps.situations import doers
from scharnier.core.kernel import NetworkId, OrganizationId, Role
from scharnier.formats import wording

FOUND: Final = "find_made"


def load_addresses() -> None:
    """Read the addresses of the site; call it before a transaction outside a request, not in it."""
    reverse("situations:found")


def tell(network_id: NetworkId, partners: Collection[OrganizationId], *, on: date) -> int:
    """Write to who can do something with a find, each once; return how many."""
    coordinators = Account.objects.filter(network_id=network_id, role=Role.COORDINATOR.value)
    found = [
        *doers.accounts_for(partners, network_id=network_id, on=on),
        *coordinators.select_related("user", "person", "network").order_by("pk"),
    ]
    receivers = {account.pk: account for account in found if mail.is_address(account.user.email)}
    for account in receivers.values():
        language: wording.Language = "en" if account.network.language == "en" else "nl"
        facts = {"network": account.network.name, "link": f"{settings.ADDRESS}{reverse('situations:found')}"}
        mail.queue_message(to=account.user.email, template=FOUND, facts=facts, language=language)
    return len(receivers)

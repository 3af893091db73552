# SPDX-License-Identifier: EUPL-1.2
"""Choose which organization reads what residents tell without an account; without one the form is closed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.members import access as members
from scharnier.apps.signals import access, models
from scharnier.core import policy
from scharnier.core.kernel import Actor, OrganizationId


@transaction.atomic
def choose_reception(organization_id: OrganizationId | None, *, actor: Actor, at: datetime) -> None:
    """Let an organization read what residents tell from now on, or close the form.

    What was told before stays with who read it then.

    Raises
    ------
    NotForThisRole
    OrganizationNotFound
    """
    members.demand(actor, policy.Act.CHANGE, policy.Kind.NETWORK)
    members.network_for_update(actor)
    if organization_id is None:
        models.Reception.objects.filter(network_id=actor.network_id).delete()
        act = "network.signals_closed"
    else:
        organization = access.owner(actor.network_id, organization_id)
        models.Reception.objects.update_or_create(
            network_id=actor.network_id, defaults={"organization": organization}
        )
        act = "network.signals_opened"
    log.record(actor=actor, act=act, kind="network", object_id=actor.network_id, at=at)

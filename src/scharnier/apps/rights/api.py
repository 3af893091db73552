# SPDX-License-Identifier: EUPL-1.2
"""The API of rights: everything that the network holds about oneself."""

from __future__ import annotations

from django.utils import timezone
from ninja import Router

from scharnier.apps.http import ActorRequest, today
from scharnier.apps.rights import services
from scharnier.apps.rights.selectors import DataCopy

router = Router(tags=["me"])


@router.get("/me/data", response=DataCopy, summary="Everything about yourself")
def my_data(request: ActorRequest) -> DataCopy:
    """Return everything the network holds about you; each time is put on record."""
    return services.copy_own_data(form="json", actor=request.actor, on=today(), at=timezone.now())

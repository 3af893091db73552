# SPDX-License-Identifier: EUPL-1.2
"""Who acts and when, as every act on a referral asks for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from django.http import QueryDict

from scharnier.apps.http import ActorRequest, now, today
from scharnier.core.kernel import Actor


class Doing(TypedDict):
    """Who acts, on which day and at which moment."""

    actor: Actor
    on: date
    at: datetime


def doing(request: ActorRequest) -> Doing:
    """Return who acts now."""
    return Doing(actor=request.actor, on=today(), at=now())


def posted(request: ActorRequest) -> QueryDict | None:
    """Return what was filled in, were it nothing; None when the form is only asked for."""
    return request.POST if request.method == "POST" else None

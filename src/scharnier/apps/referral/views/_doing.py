# SPDX-License-Identifier: EUPL-1.2
"""What every page of a referral does: act, and tell how that went."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse

from scharnier.apps.http import ActorRequest
from scharnier.apps.people import attempting
from scharnier.apps.people.forms import CardForm, Said


def attempt(
    request: ActorRequest, referral_id: str, act: Callable[[], object], *, form: CardForm, done: Said
) -> HttpResponse | None:
    """Do something to a referral; return the way on, or nothing when the form is to be shown.

    Who was not the first to act is told so on the page of the referral.
    """
    to = reverse("referral:referral", args=[referral_id])
    return attempting.attempt(request, act, form=form, done=done, to=to)

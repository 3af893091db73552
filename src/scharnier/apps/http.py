# SPDX-License-Identifier: EUPL-1.2
"""What the views may expect of a request."""

from __future__ import annotations

from datetime import date
from typing import Literal

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django_htmx.middleware import HtmxDetails

from scharnier.core.kernel import Actor


class ActorRequest(HttpRequest):
    """A request of a signed-in member (set by ActorMiddleware)."""

    actor: Actor
    htmx: HtmxDetails


def request_language() -> Literal["nl", "en"]:
    """Return the language the asker reads, of the two we speak."""
    return "en" if (get_language() or "").startswith("en") else "nl"


def today() -> date:
    """Return today where the network is, or the day that the installation takes for it."""
    day: date | None = settings.DAY
    return day or timezone.localdate()

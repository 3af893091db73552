# SPDX-License-Identifier: EUPL-1.2
"""What events, and what came of sending them, are called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from django.utils.translation import gettext_lazy as _

from scharnier.core.webhooks import Event

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "_StrPromise"

EVENTS: Final[Mapping[Event, Text]] = MappingProxyType(
    {
        Event.REFERRAL_REQUESTED: _("Somebody was asked to take a referral"),
        Event.REFERRAL_ACCEPTED: _("A referral was accepted"),
        Event.REFERRAL_REJECTED: _("A referral was declined"),
        Event.REFERRAL_UNANSWERED: _("A referral got no answer in time"),
        Event.REFERRAL_IN_PROGRESS: _("Work on a referral began"),
        Event.REFERRAL_ON_HOLD: _("A referral stands still for a while"),
        Event.REFERRAL_COMPLETED: _("A referral was completed"),
        Event.REFERRAL_FAILED: _("A referral did not work out"),
        Event.REFERRAL_CANCELLED: _("A referral was called off"),
        Event.REFERRAL_OUTCOME_TOLD: _("It was told what came of a referral"),
        Event.TEST: _("A test"),
    }
)
ERRORS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "no_name": _("the name of the address is not known"),
        "forbidden": _("the address leads to a machine that is not on the internet"),
        "no_connection": _("nobody answers at the address"),
        "not_trusted": _("the certificate of the address is not right"),
        "too_slow": _("no answer in time"),
        "broken_off": _("the connection broke off"),
        "too_big": _("the answer was far too long"),
        "no_sense": _("the answer could not be read"),
        "switched_off": _("the webhook was off"),
        "lost": _("sending stopped halfway"),
    }
)

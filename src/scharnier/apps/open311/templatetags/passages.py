# SPDX-License-Identifier: EUPL-1.2
"""What the page of a referral says of the systems of who is asked in it."""

from __future__ import annotations

from django import template

from scharnier.apps.open311 import system_pages
from scharnier.core.kernel import Actor, ReferralId

register = template.Library()


@register.inclusion_tag("open311/_ways.html")
def passages(referral_id: ReferralId, actor: Actor) -> dict[str, object]:
    """Return what becomes of a referral elsewhere; for who sees all of it."""
    return {"ways": system_pages.ways_of(referral_id, network_id=actor.network_id)}


@register.inclusion_tag("open311/_told.html")
def told_systems(actor: Actor) -> dict[str, object]:
    """Return which organizations have a system that is told too, before anything is sent."""
    return {"told": system_pages.told_systems(actor)}

# SPDX-License-Identifier: EUPL-1.2
"""What templates ask about the way through the site."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from scharnier.core import policy
from scharnier.site import menu

register = template.Library()


@register.filter
def menu_groups(request: HttpRequest | None) -> object:
    """Return the groups of the menu for who asks; nothing for who belongs to no network."""
    actor = getattr(request, "actor", None)
    return () if request is None or actor is None else menu.menu_for(actor, path=request.path)


@register.filter
def may_create(request: HttpRequest | None, kind: str) -> bool:
    """Tell whether the policy lets who asks make something of a kind."""
    actor = getattr(request, "actor", None)
    return actor is not None and bool(policy.conditions_for(actor.role, policy.Act.CREATE, policy.Kind(kind)))

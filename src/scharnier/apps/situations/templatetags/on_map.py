# SPDX-License-Identifier: EUPL-1.2
"""What the page of the map shows of signals and finds."""

from __future__ import annotations

from django import template

from scharnier.apps.http import ActorRequest
from scharnier.apps.situations import selectors

register = template.Library()


@register.simple_tag
def signals_on_map(request: ActorRequest) -> selectors.OnMap:
    """Return the month that the address asks for, or the latest, with what the scan found."""
    return selectors.read_on_map(request.actor, request.GET.get("month", ""))

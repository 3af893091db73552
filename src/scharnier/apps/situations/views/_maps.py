# SPDX-License-Identifier: EUPL-1.2
"""What the map of the network draws of signals."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scharnier.apps.http import ActorRequest
from scharnier.apps.situations import selectors


@never_cache
@require_safe
def on_map(request: ActorRequest) -> HttpResponse:
    """Answer the squares of a month and what several meet now; the page says the same in its list."""
    found = selectors.on_map_data(request.actor, request.GET.get("month", ""))
    return HttpResponse(found, content_type="application/json")

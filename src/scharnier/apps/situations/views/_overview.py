# SPDX-License-Identifier: EUPL-1.2
"""One situation at a glance."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scharnier.apps.http import ActorRequest
from scharnier.apps.situations.views._frame import frame


@never_cache
@require_safe
def overview(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Show what it is and where it stands."""
    return render(
        request, "situations/overview.html", {"frame": frame(request, situation_id, here="overview")}
    )

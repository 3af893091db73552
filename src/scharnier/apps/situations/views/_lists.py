# SPDX-License-Identifier: EUPL-1.2
"""The shared situations of the reader."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scharnier.apps.http import ActorRequest
from scharnier.apps.situations import labels, selectors


@never_cache
@require_safe
def own(request: ActorRequest) -> HttpResponse:
    """Show the situations that the reader takes part in."""
    lines = [
        {"id": line.id, "question": line.question, "state": labels.STATES[line.state]}
        for line in selectors.own_situations(request.actor)
    ]
    return render(request, "situations/list.html", {"lines": lines})

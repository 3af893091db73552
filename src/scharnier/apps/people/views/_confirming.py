# SPDX-License-Identifier: EUPL-1.2
"""The page behind a link in a mail: look a group over and say that it is right."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from scharnier.apps.http import request_language, today
from scharnier.apps.people import selectors, services
from scharnier.core.kernel import Actor


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show one group of one card; a POST says that it is still right."""
    actor: Actor | None = getattr(request, "actor", None)
    group = selectors.linked_group(token, actor=actor, language=request_language())
    is_done = request.method == "POST"
    if is_done:
        services.confirm_by_link(token, actor=actor, on=today(), at=timezone.now())
    return render(request, "people/confirm.html", {"group": group, "is_done": is_done})

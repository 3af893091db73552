# SPDX-License-Identifier: EUPL-1.2
"""What lets a browser install the site as an app."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

ICONS: Final = {"icon-192.png": ("192x192", "any"), "icon-512.png": ("512x512", "any")}
MASKABLE: Final = {"icon-maskable-512.png": ("512x512", "maskable")}  # the mark within what every shape shows
PAPER, ACCENT = "#fbf8f2", "#0b5f59"  # of tokens.css


@login_not_required
@require_safe
def manifest(_request: HttpRequest) -> HttpResponse:
    """Say how the site is installed as an app: its name, its icons, and the form of a note as the way in."""
    note = reverse("notes:write")
    body = {
        "id": "/",
        "name": gettext("Scharnier: the network of your neighbourhood"),
        "short_name": "Scharnier",
        "description": gettext("Note in half a minute what somebody needs, also without a connection."),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": note,
        "scope": "/",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": [_icon(name, sizes, use) for name, (sizes, use) in (ICONS | MASKABLE).items()],
        "shortcuts": [
            {"name": gettext("Note something"), "url": note, "icons": [_icon("icon-192.png", "192x192")]},
            {"name": gettext("Ask"), "url": reverse("overview:ask")},
            {"name": gettext("My notes"), "url": reverse("notes:own_notes")},
        ],
    }
    return JsonResponse(body, content_type="application/manifest+json")


def _icon(name: str, sizes: str, use: str = "any") -> dict[str, str]:
    return {"src": static(f"scharnier/{name}"), "sizes": sizes, "type": "image/png", "purpose": use}

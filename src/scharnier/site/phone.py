# SPDX-License-Identifier: EUPL-1.2
"""The service worker: on a phone it opens the form of a note without a connection, and sends later."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

STATIC: Final = Path(__file__).parent / "static"
WORKER, OUTBOX = "scharnier/worker.js", "scharnier/outbox.js"
LETTERS: Final = "vendor/atkinson-hyperlegible/atkinson-hyperlegible-latin-{}-normal.woff2"
FILES: Final = (  # what the form needs to look like itself
    "scharnier/tokens.css",
    "vendor/utrecht/components.css",
    "scharnier/scharnier.css",
    "scharnier/chevron.svg",
    "scharnier/mark.svg",
    OUTBOX,
    "scharnier/note.js",
    LETTERS.format(400),
    LETTERS.format(700),
)


@login_not_required
@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """Return the service worker; served at the root, so that it may look after the whole site."""
    told = {
        "version": version_of(STATIC),
        "outbox": static(OUTBOX),
        "note": reverse("notes:write"),
        "account": reverse("notes:account"),
        "shell": reverse("notes:shell"),
        "logout": reverse("logout"),
        "login": reverse("login"),
        "own": reverse("members:own_account"),
        "leaving": reverse("notes:leaving"),
        "files": [static(name) for name in FILES],
    }
    body = f"const KEPT = {json.dumps(told)}\n{(STATIC / WORKER).read_text(encoding='utf-8')}"
    response = HttpResponse(body, content_type="text/javascript; charset=utf-8")
    patch_cache_control(response, no_cache=True)
    return response


@cache
def version_of(folder: Path) -> str:
    """Return another word as soon as anything in a folder differs that a phone keeps."""
    digest = hashlib.sha256()
    for name in (WORKER, *FILES):
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:12]

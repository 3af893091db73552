# SPDX-License-Identifier: EUPL-1.2
"""Who is signed in, as the user it is."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from scharnier.apps.people.models import User


def signed_in_user(request: HttpRequest) -> User:
    """Return the user of a request behind the login page."""
    return cast("User", request.user)  # LoginMiddleware sees to it

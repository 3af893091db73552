# SPDX-License-Identifier: EUPL-1.2
"""What the views may expect of a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Final, Literal, TypeVar

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from scharnier.core.kernel import Actor, ScharnierError

NETWORK_SESSION_KEY: Final = "network"  # in which of several networks the user acts
INVITED_SESSION_KEY: Final = "invited"  # the token of the invitation that was opened last
show_and_take = require_http_methods(["GET", "HEAD", "POST"])  # a page with a form
_View = TypeVar("_View", bound=Callable[..., object])


class ActorRequest(HttpRequest):
    """A request of a signed-in member (set by ActorMiddleware)."""

    actor: Actor
    htmx: HtmxDetails


def request_language() -> Literal["nl", "en"]:
    """Return the language the asker reads, of the two we speak."""
    return "en" if (get_language() or "").startswith("en") else "nl"


def today() -> date:
    """Return today where the network is, or the day that the installation takes for it."""
    day: date | None = settings.DAY
    return day or timezone.localdate()


def now() -> datetime:
    """Return the moment: the clock's, on the day that the installation takes for today."""
    at = timezone.now()
    day: date | None = settings.DAY
    if day is None:
        return at
    return datetime.combine(day, timezone.localtime(at).timetz()).astimezone(UTC)  # hours add up in UTC


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was filled in, were it nothing; None when the form is only asked for."""
    return request.POST if request.method == "POST" else None


def status_of(form: BaseForm) -> HTTPStatus:
    """Return the status of a page with a form: whether something in it is to be mended."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


def without_network(view: _View) -> _View:
    """Let a user see a page who belongs to no network, or still lacks a second step to enter it."""
    view.network_required = False  # type: ignore[attr-defined]  # read by the middleware, as Django does
    return view


def client_address(request: HttpRequest) -> str:
    """Return the address a request comes from; behind a proxy of ours, the one that the proxy saw."""
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return seen.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Something that may be meant, by identifier and name."""

    id: str
    name: str


def candidates_of(error: ScharnierError) -> tuple[Candidate, ...]:
    """Return what may be meant where nothing or too much answers to a name, for a program to choose from."""
    found = error.facts.get("candidates", ())
    return tuple(Candidate(id=id_, name=name) for id_, name in found) if isinstance(found, tuple) else ()

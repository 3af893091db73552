# SPDX-License-Identifier: EUPL-1.2
"""Pages of mail and calendar, the page that stops mails, and the calendar itself."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scharnier.apps import wall
from scharnier.apps.digest import access, forms, limits, links, selectors, services
from scharnier.apps.http import ActorRequest, client_address, now, today
from scharnier.formats import calendar_feed

CACHING: Final = "private, no-cache"  # a calendar keeps it, and asks each time whether it still holds


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: ActorRequest) -> HttpResponse:
    """Choose when to be told by mail what waits; the calendar address stands below."""
    page = selectors.mail_page(request.actor)
    chosen = {
        "often": page.terms.often.value,
        "weekday": page.terms.weekday,
        "hour": page.terms.hour,
        "language": page.language,
    }
    form = forms.TermsForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_valid():
        services.choose_terms(
            form.terms(), language=form.cleaned_data["language"], actor=request.actor, at=now()
        )
        messages.success(request, gettext("Saved."))
        return redirect("digest:mail")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "digest/mail.html", {"form": form, "page": page}, status=status)


@require_POST
def open_calendar(request: ActorRequest) -> HttpResponse:
    """Make a calendar address, or another one."""
    services.open_calendar(actor=request.actor, at=now())
    messages.success(request, gettext("Your calendar address is below."))
    return redirect("digest:mail")


@require_POST
def close_calendar(request: ActorRequest) -> HttpResponse:
    """Take the calendar address back."""
    services.close_calendar(actor=request.actor, at=now())
    messages.success(request, gettext("The calendar address does not work any more."))
    return redirect("digest:mail")


@csrf_exempt  # a mail program presses the button without ever having seen the page (RFC 8058)
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the mails may stop; a POST stops them. Looking does not: programs look at links too."""
    links.read_stop(token)
    is_done = request.method == "POST"
    if is_done:
        services.stop_by_link(token, at=now())
    return render(request, "digest/stop.html", {"is_done": is_done})


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar with somebody's days to keep."""
    asker = client_address(request)
    if limits.was_too_often("wrong", asker, most=limits.MOST_WRONG):
        return _later()
    try:
        written = _written(token)
    except links.CalendarNotFound:
        limits.is_too_often("wrong", asker, most=limits.MOST_WRONG)
        raise
    if written is None:
        return _later()
    answer = HttpResponse(written, content_type=calendar_feed.MEDIA_TYPE)
    answer["Cache-Control"] = CACHING
    answer["ETag"] = f'"{hashlib.sha256(written).hexdigest()}"'
    answer["Content-Disposition"] = 'inline; filename="scharnier.ics"'
    found = get_conditional_response(request, etag=answer["ETag"], response=answer)
    return found if isinstance(found, HttpResponse) else answer


def _written(token: str) -> bytes | None:
    """Return the calendar that a token opens; None: it was read too often."""
    network_id, account_pk, version = links.read_calendar(token)
    with wall.in_network(network_id):
        account = access.account_of_feed(account_pk, network_id=network_id, version=version)
        if limits.is_too_often("reads", version, most=limits.MOST_READS):
            return None
        language = selectors.language_of(account)
        with translation.override(language):
            return calendar_feed.write_calendar(
                selectors.days_to_keep(account, on=today()),
                name=gettext("What waits, %(network)s") % {"network": account.network.name},
                host=links.host(),
                language=language,
            )


def _later() -> HttpResponse:
    return HttpResponse(
        status=HTTPStatus.TOO_MANY_REQUESTS, headers={"Retry-After": str(limits.WITHIN_SECONDS)}
    )

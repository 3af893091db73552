# SPDX-License-Identifier: EUPL-1.2
"""Pages of webhooks: all of them, one, and what did not arrive."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scharnier.apps.http import ActorRequest
from scharnier.apps.people.attempting import RefusalIn
from scharnier.apps.webhooks import access, forms, selectors, services
from scharnier.core import policy
from scharnier.core.kernel import Conflict, Invalid

SHOWN_ONCE: Final = "webhooks.secret"  # in the session, between making a secret and showing it


@never_cache
@require_safe
def webhooks(request: ActorRequest) -> HttpResponse:
    """Show the webhooks of the network."""
    return render(request, "webhooks/webhooks.html", {"page": selectors.webhooks_page(request.actor)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: ActorRequest) -> HttpResponse:
    """Add a webhook; its page then shows the secret, once."""
    access.demand(request.actor, policy.Act.CREATE)
    form = forms.AddForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        with RefusalIn(form, Invalid, Conflict):
            row = services.add_webhook(
                address=said["address"], events=said["events"], actor=request.actor, at=timezone.now()
            )
            return _show_secret(request, row.pk, secret=row.secret)
    return _form_page(request, "webhooks/add.html", {"form": form})


@never_cache
@require_safe
def webhook(request: ActorRequest, webhook_pk: int) -> HttpResponse:
    """Show one webhook and what it was sent last."""
    page = selectors.webhook_page(webhook_pk, actor=request.actor, at=timezone.now())
    kept = request.session.get(SHOWN_ONCE)
    secret = ""
    if request.method == "GET" and kept and kept[0] == webhook_pk:
        secret = request.session.pop(SHOWN_ONCE)[1]
    return render(request, "webhooks/webhook.html", {"page": page, "secret": secret})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def events(request: ActorRequest, webhook_pk: int) -> HttpResponse:
    """Choose what a webhook hears."""
    page = selectors.webhook_page(webhook_pk, actor=request.actor, at=timezone.now())
    form = forms.EventsForm(
        request.POST if request.method == "POST" else None, initial={"events": page.chosen}
    )
    if form.is_valid():
        services.choose_events(
            webhook_pk, events=form.cleaned_data["events"], actor=request.actor, at=timezone.now()
        )
        messages.success(request, gettext("Saved. From now on it hears this."))
        return redirect("webhooks:webhook", webhook_pk)
    return _form_page(request, "webhooks/events.html", {"form": form, "line": page.line})


@never_cache
@require_safe
def dead(request: ActorRequest) -> HttpResponse:
    """Show what did not arrive and was given up."""
    part = selectors.dead_part(request.actor, number=request.GET.get("page", ""))
    return render(request, "webhooks/dead.html", {"part": part})


@require_POST
def send_test(request: ActorRequest, webhook_pk: int) -> HttpResponse:
    """Send a test."""
    services.send_test(webhook_pk, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("The test is on its way. Look at this page again in a moment."))
    return redirect("webhooks:webhook", webhook_pk)


@require_POST
def renew_secret(request: ActorRequest, webhook_pk: int) -> HttpResponse:
    """Make a new secret; the page then shows it, once."""
    secret = services.renew_secret(webhook_pk, actor=request.actor, at=timezone.now())
    return _show_secret(request, webhook_pk, secret=secret)


@require_POST
def switch_off(request: ActorRequest, webhook_pk: int) -> HttpResponse:
    """Send nothing more for now."""
    services.switch_off(webhook_pk, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("Switched off. What still waited is on the list of missed messages."))
    return redirect("webhooks:webhook", webhook_pk)


@require_POST
def switch_on(request: ActorRequest, webhook_pk: int) -> HttpResponse:
    """Send again from now on."""
    services.switch_on(webhook_pk, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("Switched on. What happened meanwhile is not sent afterwards."))
    return redirect("webhooks:webhook", webhook_pk)


@require_POST
def remove(request: ActorRequest, webhook_pk: int) -> HttpResponse:
    """Remove a webhook that is off."""
    services.remove_webhook(webhook_pk, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("The webhook is gone, with all it was sent."))
    return redirect("webhooks:webhooks")


@require_POST
def send_all_again(request: ActorRequest, webhook_pk: int) -> HttpResponse:
    """Send everything again that a webhook missed."""
    n = services.send_all_again(webhook_pk, actor=request.actor, at=timezone.now())
    said = ngettext("%(n)s message goes again.", "%(n)s messages go again.", n) % {"n": n}
    messages.success(request, said)
    return redirect("webhooks:webhook", webhook_pk)


@require_POST
def send_again(request: ActorRequest, delivery_id: str) -> HttpResponse:
    """Send one thing again."""
    services.send_again(delivery_id, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("The message goes again, under the same number."))
    return redirect("webhooks:dead_deliveries")


@require_POST
def throw_away(request: ActorRequest, delivery_id: str) -> HttpResponse:
    """Throw one thing away."""
    services.throw_away(delivery_id, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("Thrown away."))
    return redirect("webhooks:dead_deliveries")


def _show_secret(request: ActorRequest, webhook_pk: int, *, secret: str) -> HttpResponse:
    request.session[SHOWN_ONCE] = [webhook_pk, secret]
    return redirect("webhooks:webhook", webhook_pk)


def _form_page(request: ActorRequest, template: str, context: dict[str, object]) -> HttpResponse:
    is_wrong = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, template, context, status=status)

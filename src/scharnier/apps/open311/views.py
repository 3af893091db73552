# SPDX-License-Identifier: EUPL-1.2
"""Pages for coordinators: what other systems may report, their keys, and what they reported."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scharnier.apps.http import ActorRequest, now, request_language, status_of, today
from scharnier.apps.open311 import access, forms, selectors, services, system_pages
from scharnier.apps.people import access as people
from scharnier.apps.people.attempting import RefusalIn
from scharnier.apps.people.forms import CardForm
from scharnier.core import policy
from scharnier.core.kernel import Actor, OrganizationId, ScharnierError, TopicId

SHOWN_ONCE: Final = "open311.key"  # in the session, between making a key and showing it


@never_cache
@require_safe
def reporting(request: ActorRequest) -> HttpResponse:
    """Show everything that coordinators keep of reports; a new key once."""
    found = selectors.page(request.actor, language=request_language())
    key = request.session.pop(SHOWN_ONCE, "") if request.method == "GET" else ""
    systems = system_pages.page(request.actor)
    context = {"page": found, "systems": systems, "key": key, "jurisdiction_id": request.actor.network_id}
    return render(request, "open311/reporting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_offer(request: ActorRequest) -> HttpResponse:
    """Choose a topic that may be reported, and who is asked."""
    access.demand(request.actor, policy.Act.CREATE)
    form = forms.OfferForm(
        request.POST or None,
        topics=selectors.topic_choices(request.actor, language=request_language()),
        organizations=_organizations(request.actor),
    )
    if form.is_valid():
        said = form.cleaned_data
        with RefusalIn(form, ScharnierError):
            services.offer(
                TopicId(said["topic"]),
                organization_id=OrganizationId(said["organization"]) if said["organization"] else None,
                actor=request.actor,
                at=timezone.now(),
            )
            messages.success(request, gettext("Saved. Other systems can report this now."))
            return redirect("open311:reporting")
    return _form_page(request, "open311/add_offer.html", form=form)


@require_POST
def withdraw(request: ActorRequest, topic_id: str) -> HttpResponse:
    """Take no more reports on a topic."""
    services.withdraw(TopicId(topic_id), actor=request.actor, at=timezone.now())
    messages.success(request, gettext("This can be reported no more, and is not published."))
    return redirect("open311:reporting")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_key(request: ActorRequest) -> HttpResponse:
    """Make a key for another system; the page then shows it, once."""
    access.demand(request.actor, policy.Act.CREATE)
    form = forms.KeyForm(request.POST or None, organizations=_organizations(request.actor))
    if form.is_valid():
        said = form.cleaned_data
        with RefusalIn(form, ScharnierError):
            key = services.make_key(
                said["name"],
                organization_id=OrganizationId(said["organization"]) if said["organization"] else None,
                actor=request.actor,
                at=timezone.now(),
            )
            request.session[SHOWN_ONCE] = key
            return redirect("open311:reporting")
    return _form_page(request, "open311/add_key.html", form=form)


@require_POST
def revoke_key(request: ActorRequest, key_pk: int) -> HttpResponse:
    """Let nobody report by a key any more."""
    services.revoke_key(key_pk, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("The key works no more. What was reported by it stays."))
    return redirect("open311:reporting")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ActorRequest, report_id: str) -> HttpResponse:
    """Show a report that waits, and ask an organization about it."""
    row = access.waiting_report(report_id, actor=request.actor)
    form = forms.BringForm(
        request.POST or None,
        organizations=_organizations(request.actor),
        initial={"text": services.words_of(row)},
    )
    if form.is_valid():
        with RefusalIn(form, ScharnierError):
            services.bring(
                report_id,
                text=form.cleaned_data["text"],
                organization_id=OrganizationId(form.cleaned_data["organization"]),
                actor=request.actor,
                on=today(),
                at=now(),
            )
            messages.success(request, gettext("Asked. You hear what comes of it."))
            return redirect("open311:reporting")
    line = selectors.report_line(row, names={})
    return _form_page(request, "open311/report.html", form=form, line=line)


@require_POST
def lay_aside(request: ActorRequest, report_id: str) -> HttpResponse:
    """Close a report that is nothing for this network."""
    services.lay_aside(report_id, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("Closed. Who asks for its number sees that."))
    return redirect("open311:reporting")


def _organizations(actor: Actor) -> list[tuple[str, str]]:
    return list(people.organizations(actor).order_by("name").values_list("text_id", "name"))


def _form_page(request: ActorRequest, template: str, *, form: CardForm, **more: object) -> HttpResponse:
    status = status_of(form)
    return render(request, template, {"form": form, **more}, status=status)

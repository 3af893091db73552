# SPDX-License-Identifier: EUPL-1.2
"""Pages for coordinators: the systems of organizations, and what is stuck on its way there."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from scharnier.apps.http import ActorRequest, request_language, status_of
from scharnier.apps.open311 import access, forms, system_pages, systems
from scharnier.apps.people import access as people
from scharnier.apps.people.attempting import RefusalIn
from scharnier.apps.people.forms import CardForm
from scharnier.core import policy
from scharnier.core.kernel import OrganizationId, ScharnierError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_system(request: ActorRequest) -> HttpResponse:
    """Register the system of an organization; it is asked at once what it offers."""
    access.demand(request.actor, policy.Act.CREATE)
    organizations = people.organizations(request.actor).order_by("name").values_list("text_id", "name")
    form = forms.SystemForm(request.POST or None, organizations=list(organizations))
    if form.is_valid():
        said = form.cleaned_data
        wish = systems.SystemWish(
            organization_id=OrganizationId(said["organization"]),
            address=said["address"],
            jurisdiction_id=said["jurisdiction_id"],
            api_key=said["api_key"],
            takes_words=said["takes_words"],
        )
        with RefusalIn(form, ScharnierError):
            made = systems.add_system(wish, actor=request.actor, at=timezone.now())
            messages.success(request, gettext("It answers. Now choose what goes there."))
            return redirect("open311:system", made)
    return _form_page(request, "open311/add_system.html", form=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def system(request: ActorRequest, system_pk: int) -> HttpResponse:
    """Choose which topics go to a system, and what they are called there."""
    row = access.system_row(system_pk, actor=request.actor)
    chosen = system_pages.topic_codes(row, actor=request.actor, language=request_language())
    form = forms.CodesForm(
        request.POST if request.method == "POST" else None,
        topics=[(topic_id, name) for topic_id, name, _ in chosen],
        services=[(code, name) for code, name in row.services],
        initial={f"topic{number}": code for number, (*_, code) in enumerate(chosen)},
    )
    if form.is_valid():
        systems.choose_codes(system_pk, form.codes, actor=request.actor, at=timezone.now())
        messages.success(request, gettext("Saved. What is asked from now on goes there."))
        return redirect("open311:reporting")
    return _form_page(request, "open311/system.html", form=form, row=row)


@require_POST
def remove_system(request: ActorRequest, system_pk: int) -> HttpResponse:
    """Pass nothing more on to a system."""
    systems.remove_system(system_pk, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("Nothing goes to that system any more. Its key is forgotten."))
    return redirect("open311:reporting")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passage(request: ActorRequest, passage_id: str) -> HttpResponse:
    """Show something that is stuck, and say under what number the other system has it."""
    line = system_pages.stuck_passage(passage_id, actor=request.actor)
    form = forms.NumberForm(request.POST or None)
    if form.is_valid():
        with RefusalIn(form, ScharnierError):
            systems.say_arrived(
                passage_id, number=form.cleaned_data["number"], actor=request.actor, at=timezone.now()
            )
            messages.success(request, gettext("Noted. From now on the other system is asked how it goes."))
            return redirect("open311:reporting")
    return _form_page(request, "open311/passage.html", form=form, line=line)


@require_POST
def send_again(request: ActorRequest, passage_id: str) -> HttpResponse:
    """Send what is stuck again."""
    systems.send_again(passage_id, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("It goes again."))
    return redirect("open311:reporting")


@require_POST
def let_go(request: ActorRequest, passage_id: str) -> HttpResponse:
    """Try no more."""
    systems.let_go(passage_id, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("It is not tried any more. Call the organization if need be."))
    return redirect("open311:reporting")


def _form_page(request: ActorRequest, template: str, *, form: CardForm, **more: object) -> HttpResponse:
    status = status_of(form)
    return render(request, template, {"form": form, **more}, status=status)

# SPDX-License-Identifier: EUPL-1.2
"""Pages of roles in time."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from scharnier.apps.http import ActorRequest, today
from scharnier.apps.people import forms, selectors, services
from scharnier.apps.people.views._editing import EditPage, edit
from scharnier.core.kernel import OrganizationId, PersonId


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start_role(request: ActorRequest) -> HttpResponse:
    """Add a role of the actor's own."""
    form = forms.StartRoleForm(request.POST or None, actor=request.actor)
    page = EditPage(
        title=_("Add where I belong"),
        lead=_("An organization is shown on your card once it says that you belong to it."),
        back=reverse("people:own_card"),
        save=_("Add this"),
        saved=_("Added."),
    )
    return edit(
        request,
        form,
        page=page,
        act=lambda: services.start_role(
            form.value(person_id=PersonId(request.actor.person_id)),
            actor=request.actor,
            at=timezone.now(),
        ),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end_role(request: ActorRequest, membership_pk: int) -> HttpResponse:
    """End a role of the actor's own."""
    line = selectors.role_line(membership_pk, actor=request.actor, on=today())
    form = forms.EndRoleForm(request.POST or None, actor=request.actor, on=today())
    page = EditPage(
        title=_("Stop at %(name)s") % {"name": line.where.name},
        lead=_("Your role stays in the story, with the day you stopped."),
        back=reverse("people:own_card"),
        save=_("End this role"),
        saved=_("Your role ends. Thank you for all you did."),
    )
    return edit(
        request,
        form,
        page=page,
        act=lambda: services.end_role(
            membership_pk,
            last_day=form.cleaned_data["last_day"],
            successor_id=form.successor_id(),
            actor=request.actor,
            on=today(),
            at=timezone.now(),
        ),
    )


@require_POST
def answer_claim(request: ActorRequest, membership_pk: int, organization_id: str) -> HttpResponse:
    """Say for an organization whether somebody belongs to it."""
    is_right = request.POST.get("answer") == "yes"
    services.answer_claim(
        membership_pk,
        organization_id=OrganizationId(organization_id),
        is_right=is_right,
        actor=request.actor,
        at=timezone.now(),
    )
    said = gettext("Confirmed.") if is_right else gettext("Removed.")
    messages.success(request, said)
    return redirect("people:organization", organization_id)

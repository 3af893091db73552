# SPDX-License-Identifier: EUPL-1.2
"""Who asks to join, and what the coordinator says."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest
from scharnier.apps.members import forms, selectors, services
from scharnier.apps.members.views._invitations import link_maker
from scharnier.core.kernel import Role


@never_cache
@require_safe
def requests(request: ActorRequest) -> HttpResponse:
    """Show who waits for an answer, and whether anyone may ask."""
    door = selectors.door(request.actor)
    context = {
        "part": selectors.request_lines(request.actor, number=request.GET.get("page", "1")),
        "door": door,
        "may_open": selectors.may_open_the_door(request.actor),
        "address": request.build_absolute_uri(reverse("members:join", args=[door.network_id])),
        "form": forms.RoleForm(initial={"role": Role.RESIDENT.value}),
    }
    return render(request, "members/requests.html", context)


@require_POST
def open_or_close(request: ActorRequest) -> HttpResponse:
    """Switch the page on or off where anyone may ask."""
    services.open_or_close_requests(
        is_open=request.POST.get("is_open") == "yes", actor=request.actor, at=timezone.now()
    )
    return redirect("members:requests")


@require_POST
def accept_request(request: ActorRequest, request_pk: int) -> HttpResponse:
    """Say yes: an invitation goes out."""
    form = forms.RoleForm(request.POST)
    role = Role(form.cleaned_data["role"]) if form.is_valid() else Role.RESIDENT
    services.accept_request(
        request_pk, role=role, actor=request.actor, at=timezone.now(), link_to=link_maker(request)
    )
    messages.success(request, _("An invitation is on its way."))
    return redirect("members:requests")


@require_POST
def decline_request(request: ActorRequest, request_pk: int) -> HttpResponse:
    """Say no."""
    services.decline_request(request_pk, actor=request.actor, at=timezone.now())
    messages.success(request, _("Declined. What was written has been erased; no mail goes out."))
    return redirect("members:requests")

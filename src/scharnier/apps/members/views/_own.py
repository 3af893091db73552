# SPDX-License-Identifier: EUPL-1.2
"""One's own account: networks, second step, where one is signed in, leaving."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scharnier.apps.http import (
    NETWORK_SESSION_KEY,
    ActorRequest,
    now,
    today,
    without_network,
)
from scharnier.apps.members import forms, second_factor, selectors, services
from scharnier.apps.members.signed_in import signed_in_user


@without_network
@never_cache
@require_safe
def own_account(request: HttpRequest) -> HttpResponse:
    """Show the user's own account."""
    user, actor = signed_in_user(request), getattr(request, "actor", None)
    context = {
        "networks": selectors.networks_of(user, actor=actor),
        "sessions": selectors.session_lines(user, current_key=request.session.session_key, at=timezone.now()),
        "has_second_factor": second_factor.has_one(user.pk),
        "has_password": user.has_usable_password(),
        "may_start_network": services.may_start_network(user),
    }
    return render(request, "members/own_account.html", context)


@without_network
@require_POST
def switch_network(request: HttpRequest) -> HttpResponse:
    """Act in another network from now on."""
    wanted = request.POST.get("network", "")
    if wanted in {line.id for line in selectors.networks_of(signed_in_user(request), actor=None)}:
        request.session[NETWORK_SESSION_KEY] = wanted
    return redirect("overview:ask")


@require_POST
def leave(request: ActorRequest) -> HttpResponse:
    """Leave the network one acts in."""
    hide_card = request.POST.get("hide_card") == "yes"
    services.leave_network(hide_card=hide_card, actor=request.actor, on=today(), at=now())
    request.session.pop(NETWORK_SESSION_KEY, None)
    messages.success(request, _("You have left the network."))
    return redirect("members:own_account")


@without_network
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out elsewhere: one place, or everywhere but here."""
    wanted = request.POST.get("session", "others")
    for row in selectors.sessions_of(signed_in_user(request), at=timezone.now()):
        is_here = row.session_key == request.session.session_key
        if not is_here and wanted in {str(row.pk), "others"}:
            row.end()
    messages.success(request, _("Signed out there."))
    return redirect("members:own_account")


@without_network
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start_network(request: HttpRequest) -> HttpResponse:
    """Start a network."""
    user = signed_in_user(request)
    if not services.may_start_network(user):
        raise services.MayNotStart
    form = forms.NetworkForm(request.POST or None, initial={"own_name": user.get_full_name()})
    if request.method == "POST" and form.is_valid():
        network_id = services.start_network(
            name=form.cleaned_data["name"],
            language=form.cleaned_data["language"],
            own_name=form.cleaned_data["own_name"],
            user=user,
            at=timezone.now(),
        )
        request.session[NETWORK_SESSION_KEY] = network_id
        messages.success(request, _("The network is there. Invite the first people."))
        return redirect("members:invite")
    return render(request, "members/start_network.html", {"form": form})

# SPDX-License-Identifier: EUPL-1.2
"""How people come in: the page of an invitation, and asking to join."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from scharnier.apps.http import INVITED_SESSION_KEY, NETWORK_SESSION_KEY, client_address
from scharnier.apps.members import forms, limits, selectors, services
from scharnier.apps.members.models import Invitation
from scharnier.apps.members.signed_in import signed_in_user
from scharnier.core.kernel import NetworkId


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Say who invites to what, and let the invited in."""
    row = services.check_invitation(token, at=timezone.now())
    request.session[INVITED_SESSION_KEY] = token
    if request.user.is_authenticated:
        return _accept(request, row, token=token)
    return _accept_as_new(request, row, token=token)


def _accept(request: HttpRequest, row: Invitation, *, token: str) -> HttpResponse:
    user = signed_in_user(request)
    if request.method == "POST":
        network_id = services.accept_invitation(
            token, user=user, name=user.get_full_name() or user.username, at=timezone.now()
        )
        del request.session[INVITED_SESSION_KEY]
        return _enter(request, network_id)
    return render(request, "members/invitation.html", {"welcome": selectors.welcome(row)})


def _accept_as_new(request: HttpRequest, row: Invitation, *, token: str) -> HttpResponse:
    form = forms.NewUserForm(request.POST or None)
    form.email = row.email
    if request.method == "POST" and form.is_valid():
        new_user = services.NewUser(name=form.cleaned_data["name"], password=form.cleaned_data["password"])
        try:
            user = services.accept_with_new_user(token, new_user=new_user, at=timezone.now())
        except services.NameTaken:
            form.add_error(None, _("There is an account of this address already. Sign in with it first."))
        else:
            messages.success(request, _("Welcome! You are in."))
            del request.session[INVITED_SESSION_KEY]
            answer: HttpResponse = perform_login(request, user, redirect_url=reverse("overview:ask"))
            request.session[NETWORK_SESSION_KEY] = row.network_id
            return answer
    context = {"welcome": selectors.welcome(row), "form": form}
    return render(request, "members/invitation.html", context)


def _enter(request: HttpRequest, network_id: NetworkId) -> HttpResponse:
    request.session[NETWORK_SESSION_KEY] = network_id
    messages.success(request, _("Welcome! You are in."))
    return redirect("overview:ask")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, network_id: str) -> HttpResponse:
    """Let anyone ask to join, where the coordinator opened that door."""
    door = selectors.open_door(NetworkId(network_id))
    at = timezone.now()
    form = forms.JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            is_machine = form.looks_like_a_machine(at=at)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if not is_machine:
                _ask(request, NetworkId(door.network_id), form=form)
            return render(request, "members/join_asked.html", {"door": door})
    return render(request, "members/join.html", {"door": door, "form": form, "stamp": forms.stamp(at)})


def _ask(request: HttpRequest, network_id: NetworkId, *, form: forms.JoinForm) -> None:
    limits.count_request(client_address(request))
    answers = form.cleaned_data
    services.ask_to_join(
        network_id,
        wish=services.Wish(name=answers["name"], email=answers["email"], why=answers["why"]),
        at=timezone.now(),
        link=request.build_absolute_uri(reverse("members:requests")),
    )

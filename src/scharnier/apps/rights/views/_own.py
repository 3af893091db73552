# SPDX-License-Identifier: EUPL-1.2
"""My data: look, correct, object, stop a use, be erased."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scharnier.apps.http import NETWORK_SESSION_KEY, ActorRequest, request_language, today
from scharnier.apps.members.signed_in import signed_in_user
from scharnier.apps.people import services as people
from scharnier.apps.people.models import User
from scharnier.apps.rights import selectors, services
from scharnier.apps.rights.views._downloads import Form, as_file
from scharnier.core.network import Purpose


@never_cache
@require_safe
def own_data(request: ActorRequest) -> HttpResponse:
    """Show what the actor can do about their own data."""
    data = selectors.own_data(request.actor, on=today())
    return render(request, "rights/own_data.html", {"data": data})


def _copy(request: ActorRequest, form: Form) -> HttpResponse:
    copy = services.copy_own_data(form=form, actor=request.actor, on=today(), at=timezone.now())
    return as_file(copy, form=form, language=request_language())


@never_cache
@require_safe
def own_copy(request: ActorRequest) -> HttpResponse:
    """Give everything about the actor as a file for programs."""
    return _copy(request, "json")


@never_cache
@require_safe
def own_document(request: ActorRequest) -> HttpResponse:
    """Give everything about the actor as a document to read."""
    return _copy(request, "pdf")


@require_POST
def object_to_tie(request: ActorRequest, tie_pk: int) -> HttpResponse:
    """Object to being named by somebody."""
    services.object_to_tie(tie_pk, actor=request.actor, on=today(), at=timezone.now())
    messages.success(request, _("It is gone, and they cannot name you like that again."))
    return redirect("rights:own_data")


@require_POST
def object_to_role(request: ActorRequest, membership_pk: int) -> HttpResponse:
    """Object to a role that is said to be the actor's."""
    services.object_to_role(membership_pk, actor=request.actor, on=today(), at=timezone.now())
    messages.success(request, _("It is gone, and only you can bring it back."))
    return redirect("rights:own_data")


@require_POST
def withdraw_objection(request: ActorRequest, objection_pk: int) -> HttpResponse:
    """Let back what the actor objected to."""
    services.withdraw_objection(objection_pk, actor=request.actor, at=timezone.now())
    messages.success(request, _("Your objection is off. Others can say it again."))
    return redirect("rights:own_data")


@require_POST
def stop_use(request: ActorRequest, purpose: str) -> HttpResponse:
    """Stop one use of the actor's data, at once."""
    if purpose not in set(Purpose):
        raise Http404
    people.withdraw_consent(Purpose(purpose), actor=request.actor, on=today(), at=timezone.now())
    messages.success(request, _("Stopped. It holds from now on."))
    return redirect("rights:own_data")


@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth brings no types
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: ActorRequest) -> HttpResponse:
    """Ask once more, then erase the actor."""
    if request.method != "POST":
        is_last = selectors.is_last_coordinator(request.actor)
        return render(request, "rights/erase.html", {"is_last": is_last})
    user_pk = signed_in_user(request).pk
    services.erase_self(actor=request.actor, on=today(), at=timezone.now())
    request.session.pop(NETWORK_SESSION_KEY, None)
    if not User.objects.filter(pk=user_pk).exists():
        logout(request)
    answer = redirect("rights:erased")
    answer["Clear-Site-Data"] = '"storage"'  # what the browser kept for this person
    return answer


@never_cache
@login_not_required
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say that somebody was erased."""
    return render(request, "rights/erased.html")

# SPDX-License-Identifier: EUPL-1.2
"""Whom the coordinator invited."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scharnier.apps.http import ActorRequest, today
from scharnier.apps.members import forms, selectors, services
from scharnier.core.kernel import PersonId, Role


def link_maker(request: HttpRequest) -> services.LinkTo:
    """Return what makes the address of an invitation's page, on the site as the asker knows it."""
    return lambda token: request.build_absolute_uri(reverse("members:invitation", args=[token]))


@never_cache
@require_safe
def invitations(request: ActorRequest) -> HttpResponse:
    """Show who was invited, and how that stands."""
    part = selectors.invitation_lines(request.actor, at=timezone.now(), number=request.GET.get("page", "1"))
    return render(request, "members/invitations.html", {"part": part})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: ActorRequest) -> HttpResponse:
    """Invite somebody."""
    selectors.demand_inviting(request.actor)
    cards = selectors.cards_without_account(request.actor, on=today())
    chosen = {"role": Role.RESIDENT.value, "person_id": request.GET.get("card", "")}
    form = forms.InviteForm(request.POST or None, initial=chosen)
    forms.offer(form, "person_id", cards, empty=_("A new card"))
    if request.method == "POST" and form.is_valid():
        email: str = form.cleaned_data["email"]
        services.invite(
            email=email,
            role=Role(form.cleaned_data["role"]),
            person_id=PersonId(form.cleaned_data["person_id"]) or None,
            actor=request.actor,
            at=timezone.now(),
            link_to=link_maker(request),
        )
        messages.success(request, _("The invitation goes to %(email)s.") % {"email": email})
        return redirect("members:invitations")
    context = {"form": form, "may_import": selectors.may_open_the_door(request.actor)}
    return render(request, "members/invite.html", context)


@require_POST
def send_again(request: ActorRequest, invitation_pk: int) -> HttpResponse:
    """Send an invitation once more."""
    services.send_invitation_again(
        invitation_pk, actor=request.actor, at=timezone.now(), link_to=link_maker(request)
    )
    messages.success(request, _("A new link is on its way. The old one does not work any more."))
    return redirect("members:invitations")


@require_POST
def withdraw(request: ActorRequest, invitation_pk: int) -> HttpResponse:
    """Take an invitation back."""
    services.withdraw_invitation(invitation_pk, actor=request.actor, at=timezone.now())
    messages.success(request, _("The invitation has been withdrawn. Its link does not work any more."))
    return redirect("members:invitations")

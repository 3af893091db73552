# SPDX-License-Identifier: EUPL-1.2
"""Pages about links and answers for who has an account: hand over, take back, set a time to answer."""

from __future__ import annotations

import io

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from scharnier.apps.http import ActorRequest, now, status_of, today
from scharnier.apps.people.attempting import RefusalIn
from scharnier.apps.referral import answering as answers
from scharnier.apps.referral import forms, links, selectors
from scharnier.core.kernel import Invalid, OrganizationId, ReferralId, TurnId


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: ActorRequest, referral_id: str) -> HttpResponse:
    """Offer a link for the one it was for; a POST makes it, and shows it this once."""
    page = selectors.referral_page(ReferralId(referral_id), actor=request.actor, on=today())
    address = ""
    if request.method == "POST":
        token = links.make_outcome_link(page.id, actor=request.actor, on=today(), at=now())
        address = links.address_of(token)
    context = {"page": page, "address": address, "square": draw(address) if address else ""}
    response = render(request, "referral/hand_over.html", context)
    response["Referrer-Policy"] = "same-origin"
    return response


@require_POST
def revoke(request: ActorRequest, referral_id: str, turn_id: str) -> HttpResponse:
    """Let no link to a turn work any more."""
    if links.revoke_links(TurnId(turn_id), actor=request.actor, on=today(), at=now()):
        messages.success(request, gettext("The link does not work any more."))
    else:
        messages.success(request, gettext("There was no link that worked."))
    return redirect("referral:referral", referral_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answering(request: ActorRequest, organization_id: str) -> HttpResponse:
    """Show an organization how it answers, and let it set how long it has."""
    organization = OrganizationId(organization_id)
    shown = answers.answering_of(organization, actor=request.actor, on=today())
    form = forms.AnswerTimeForm(request.POST or None, initial={"n_days": shown.n_days})
    if request.method == "POST" and form.is_valid():
        with RefusalIn(form, Invalid):
            answers.set_days(organization, form.cleaned_data["n_days"], actor=request.actor, at=now())
            messages.success(request, gettext("Saved."))
            return redirect("referral_link:answering", organization_id)
    status = status_of(form)
    context = {"form": form, "shown": shown, "organization_id": organization_id}
    return render(request, "referral/answering.html", context, status=status)


def draw(address: str) -> SafeString:
    """Return an address as a square that a phone reads: SVG without styles, dark on light."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn,
        kind="svg",
        xmldecl=False,
        svgns=False,
        nl=False,
        omitsize=True,
        border=4,
        dark="#000",
        light="#fff",
        svgclass="square",
        lineclass=None,
    )
    return mark_safe(drawn.getvalue().decode())  # noqa: S308  # drawn here, of an address of ours

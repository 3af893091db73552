# SPDX-License-Identifier: EUPL-1.2
"""Pages of breaking the glass: open a card, and judge what others opened."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from scharnier.apps.emergency import access, forms, selectors, services
from scharnier.apps.http import ActorRequest, now, today
from scharnier.apps.members import second_factor
from scharnier.apps.members.signed_in import signed_in_user
from scharnier.apps.people.attempting import RefusalIn
from scharnier.core.kernel import Invalid, NotAllowed, NotFound
from scharnier.core.sharing import Verdict

DRAFT: Final = "emergency.draft"  # in the session: what was filled in before the second step was shown again


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_card(request: ActorRequest) -> HttpResponse:
    """Open a card that is not shown, for three hours."""
    access.check_may_open(request.actor)
    if not second_factor.was_just_used(request, at=timezone.now()):
        return _ask_for_second_step(request)
    draft = request.session.pop(DRAFT, None)
    form = forms.OpenForm(request.POST or None, initial=draft)
    if form.is_valid():
        with RefusalIn(form, Invalid, NotFound, NotAllowed):
            person_id = services.open_card(**form.cleaned_data, actor=request.actor, on=today(), at=now())
            return redirect("people:person", person_id)
    judged_by = selectors.judged_by(request.actor)
    page = {"form": form, "is_demonstration": settings.DEMO, "judged_by": judged_by}
    return _page(request, "emergency/open.html", page)


def _ask_for_second_step(request: ActorRequest) -> HttpResponse:
    """Send on to show an app or a key, and keep what was filled in."""
    if request.method == "POST":
        form = forms.OpenForm(request.POST)
        request.session[DRAFT] = {name: form[name].value() or "" for name in form.fields}
    page = second_factor.page_to_show_one(signed_in_user(request).pk)
    if page == "mfa_index":
        said = gettext("For an emergency you need a second step. Set up an app or a key first.")
    else:
        said = gettext("First show that it is you: with the code of your app, or with your key.")
    messages.info(request, said)
    return redirect(f"{reverse(page)}?{urlencode({'next': request.path})}")


@never_cache
@require_safe
def reviews(request: ActorRequest) -> HttpResponse:
    """Show what others opened and nobody judged yet."""
    lines = selectors.review_lines(request.actor, on=today())
    page = {"lines": lines, "judged_by": selectors.judged_by(request.actor)}
    return render(request, "emergency/reviews.html", page)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: ActorRequest, review_pk: int) -> HttpResponse:
    """Judge what somebody else opened."""
    form = forms.JudgeForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        with RefusalIn(form, Invalid):
            services.judge(
                review_pk,
                verdict=Verdict(said["verdict"]),
                words=said["words"],
                actor=request.actor,
                at=now(),
            )
            messages.success(request, gettext("Judged. Who opened the card hears it by mail."))
            return redirect("emergency:reviews")
    line = selectors.review_line(review_pk, actor=request.actor, on=today())
    return _page(request, "emergency/review.html", {"form": form, "line": line})


def _page(request: ActorRequest, template: str, context: dict[str, object]) -> HttpResponse:
    is_wrong = request.method == "POST"
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, template, context, status=status)

# SPDX-License-Identifier: EUPL-1.2
"""Ask somebody else: whom a decliner named, the next best, or whom the sender knows."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from scharnier.apps.http import ActorRequest, posted, request_language, status_of, today
from scharnier.apps.people.attempting import doing_on
from scharnier.apps.referral import forms, need, selectors, services, telling
from scharnier.apps.referral.views._doing import attempt
from scharnier.apps.referral.views._referral import shown_to
from scharnier.core.referral import Deed, NotYourStep


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_next(request: ActorRequest, referral_id: str) -> HttpResponse:
    """Choose who is asked next; of a referral that was over also why it is opened again."""
    shown = shown_to(request, referral_id)
    if not (shown.may_ask_next or shown.may_reopen):
        raise NotYourStep(state="", step=Deed.ASK_NEXT.value, part="")
    form = forms.NextForm(
        posted(request), actor=request.actor, on=today(), page=shown.page, is_reopened=shown.may_reopen
    )
    act = partial(_ask, request, form, shown.page)
    done = gettext("Asked. You see here what comes of it.")
    if answer := attempt(request, referral_id, act, form=form, done=done):
        return answer
    best = need.next_best(shown.page, actor=request.actor, on=today(), language=request_language())
    context = {"form": form, "shown": shown, "best": best}
    return render(request, "referral/next.html", context, status=status_of(form))


def _ask(request: ActorRequest, form: forms.NextForm, page: selectors.ReferralPage) -> None:
    moment = doing_on(request)
    asks = (form.ask(),)
    if form.is_reopened:
        services.reopen(page.id, asks, reason=form.cleaned_data["reason"], **moment)
    else:
        services.ask_next(page.id, asks, **moment)
    if form.is_introduced and form.introducers:
        *_, turn = selectors.referral_page(page.id, actor=request.actor, on=today()).turns
        telling.ask_introduction(turn.handling.turn.id, form.introducers, **moment)
    else:
        telling.send_all(page.id, **moment)

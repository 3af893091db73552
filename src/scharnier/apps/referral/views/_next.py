# SPDX-License-Identifier: EUPL-1.2
"""Ask somebody else: whom a decliner named, the next best, or whom the sender knows."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from scharnier.apps.http import ActorRequest, request_language, today
from scharnier.apps.referral import forms, need, selectors, services
from scharnier.apps.referral.views._doing import doing, posted
from scharnier.apps.referral.views._referral import shown_to
from scharnier.core.kernel import Conflict, Invalid, NotFound
from scharnier.core.referral import Deed, NotYourStep
from scharnier.formats import wording


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
    if request.method == "POST" and form.is_valid():
        try:
            _ask(request, form, shown.page)
        except Conflict as error:
            messages.error(request, wording.say_error(error, language=request_language()))
            return redirect("referral:referral", referral_id)
        except (Invalid, NotFound) as error:
            form.add_refusal(error, language=request_language())
        else:
            messages.success(request, gettext("Sent. You see here what comes of it."))
            return redirect("referral:referral", referral_id)
    best = need.next_best(shown.page, actor=request.actor, on=today(), language=request_language())
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "shown": shown, "best": best}
    return render(request, "referral/next.html", context, status=status)


def _ask(request: ActorRequest, form: forms.NextForm, page: selectors.ReferralPage) -> None:
    moment = doing(request)
    asks = (form.ask(),)
    if form.is_reopened:
        services.reopen(page.id, asks, reason=form.cleaned_data["reason"], **moment)
    else:
        services.ask_next(page.id, asks, **moment)
    services.send_all(page.id, **moment)

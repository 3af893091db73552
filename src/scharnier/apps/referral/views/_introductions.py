# SPDX-License-Identifier: EUPL-1.2
"""Introduce two people to each other, or rather not."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from scharnier.apps.http import ActorRequest, posted, request_language, status_of
from scharnier.apps.people.attempting import doing_on
from scharnier.apps.referral import access, forms, selectors, showing, telling
from scharnier.core.kernel import Conflict
from scharnier.core.referral import Reply
from scharnier.formats import wording

DONE = {
    Reply.YES: _("Thank you. We tell who comes next."),
    Reply.LATER: _("That is fine. It stays here until you answer."),
    Reply.NO: _("That is fine. Nobody hears a “no” from us."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def introduce(request: ActorRequest, introduction_pk: int) -> HttpResponse:
    """Ask whether somebody introduces two people, and take the answer."""
    waiting = {each.pk: each for each in selectors.introductions_to_make(request.actor)}
    form = forms.ReplyForm(posted(request))
    if request.method == "POST" and form.is_valid():
        reply = Reply(form.cleaned_data["reply"])
        try:
            telling.reply_to_introduction(introduction_pk, reply, **doing_on(request))
        except Conflict as error:
            messages.error(request, wording.say_error(error, language=request_language()))
        else:
            messages.success(request, DONE[reply])
        return redirect("referral:work")
    asked = waiting.get(introduction_pk)
    if asked is None:
        raise access.IntroductionNotFound(introduction_id=introduction_pk)
    context = {
        "asked": asked,
        "asker": showing.name_of(asked.asker),
        "party": showing.name_of(asked.party),
        "form": form,
    }
    status = status_of(form)
    return render(request, "referral/introduce.html", context, status=status)

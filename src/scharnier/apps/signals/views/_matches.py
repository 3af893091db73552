# SPDX-License-Identifier: EUPL-1.2
"""Let others know, and decide whether one's organization is named."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from scharnier.apps.http import ActorRequest, now, request_language, show_and_take
from scharnier.apps.signals import selectors, services, showing
from scharnier.core import signals
from scharnier.core.kernel import Conflict, Invalid, MatchId, OrganizationId, SignalId
from scharnier.core.signals import NamingStep
from scharnier.formats import wording


@require_POST
def let_know(request: ActorRequest, signal_id: str) -> HttpResponse:
    """Let every partner that meets something alike know that it is so."""
    try:
        n = services.open_matches(SignalId(signal_id), actor=request.actor, at=now())
    except (Invalid, Conflict) as error:
        messages.error(request, wording.say_error(error, language=request_language()))
    else:
        said = ngettext(
            "One partner gets a mail that somebody meets the same. So do you.",
            "%(n)d partners get a mail that somebody meets the same. So do you.",
            n,
        )
        messages.success(request, said % {"n": n})
    return redirect("signals:signal", signal_id)


@never_cache
@show_and_take
def match(request: ActorRequest, match_id: str) -> HttpResponse:
    """Show a match to one of the two, who decides here whether they are named."""
    found = selectors.read_match(MatchId(match_id), actor=request.actor)
    if request.method == "POST":
        _decide(request, MatchId(match_id))
        return redirect("signals:match", match_id)
    lines = showing.matches(found, actor=request.actor, language=request_language())
    return render(request, "signals/match.html", {"lines": lines})


def _decide(request: ActorRequest, match_id: MatchId) -> None:
    try:
        step = NamingStep(request.POST.get("step", ""))
    except ValueError:
        raise signals.MatchNotFound(match_id=match_id) from None
    organization_id = OrganizationId(request.POST.get("organization_id", ""))
    try:
        services.name_side(match_id, organization_id, step, actor=request.actor, at=now())
    except Conflict as error:
        messages.error(request, wording.say_error(error, language=request_language()))
        return
    is_named = step is NamingStep.NAME
    said = gettext("The other hears that it is you.") if is_named else gettext("You are not named.")
    messages.success(request, said)

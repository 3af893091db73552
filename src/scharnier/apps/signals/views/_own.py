# SPDX-License-Identifier: EUPL-1.2
"""One's own signals: the list, and each with who else meets it."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest, now, request_language, today
from scharnier.apps.signals import access, forms, labels, selectors, services, showing
from scharnier.core.kernel import SignalId
from scharnier.core.signals import SignalStep
from scharnier.formats import wording

RULE, KEPT_DAYS = "signal_text", 365  # of retention, unless the installation says otherwise
A_PART = 20  # signals on a page


@never_cache
@require_safe
def own_signals(request: ActorRequest) -> HttpResponse:
    """Show the signals of the actor and of their organizations; who only counts, the ways to counts."""
    try:
        access.check_may_begin(request.actor, on=today())
    except access.TellsNone:
        if not access.may_see_counts(request.actor):
            raise
        return render(request, "signals/counts.html")
    language = request_language()
    form = forms.SelectionForm(request.GET, topics=selectors.used_topics(request.actor, language=language))
    total = selectors.read_signals(request.actor, form.asked, most=0).n_signals
    part = Paginator(range(total), A_PART).get_page(request.GET.get("page"))
    read = selectors.read_signals(
        request.actor, form.asked, first=max(part.start_index() - 1, 0), most=A_PART
    )
    context = {
        "form": form,
        "part": part,
        "lines": showing.lines(read.signals, actor=request.actor, language=language),
        "matches": showing.matches(
            selectors.read_matches(request.actor), actor=request.actor, language=language
        ),
    }
    return render(request, "signals/signals.html", context)


@never_cache
@require_safe
def signal(request: ActorRequest, signal_id: str) -> HttpResponse:
    """Show a signal of the actor's own, and how many others meet something like it."""
    language = request_language()
    own = selectors.read_signal(SignalId(signal_id), actor=request.actor)
    words_days = settings.RETENTION.get(RULE, KEPT_DAYS)
    shown = showing.show(own, words_days=words_days, on=today(), actor=request.actor, language=language)
    context: dict[str, object] = {"shown": shown, "line": shown.line}
    try:
        standing = services.look_and_match(own.value, actor=request.actor, at=now())
    except services.TooManyLooks as error:
        context["refusal"] = wording.say_error(error, language=language)
    else:
        running = selectors.matches_of(own.value, running=standing.running, actor=request.actor)
        context["others"] = standing.others
        context["others_said"] = labels.say_others(standing.others)
        context["running"] = showing.match_states(running, language=language)
        context["n_left"] = standing.n_left
    return render(request, "signals/signal.html", context)


@require_POST
def step(request: ActorRequest, signal_id: str, signal_step: str) -> HttpResponse:
    """Handle a signal, open it again or take it back."""
    if signal_step not in set(SignalStep):
        raise Http404
    taken = SignalStep(signal_step)
    services.step_signal(SignalId(signal_id), taken, actor=request.actor, at=now())
    said = {
        SignalStep.HANDLE: gettext("Handled. It goes on counting, because it was met."),
        SignalStep.REOPEN: gettext("Open again."),
        SignalStep.WITHDRAW: gettext("Taken back. It counts no more, and its words are gone."),
    }
    messages.success(request, said[taken])
    return redirect("signals:signal", signal_id)

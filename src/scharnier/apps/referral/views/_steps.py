# SPDX-License-Identifier: EUPL-1.2
"""One step of one turn: at once where nothing has to be said, else a short form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from scharnier.apps.http import ActorRequest, posted, status_of, today
from scharnier.apps.people.attempting import doing_on
from scharnier.apps.people.forms import CardForm
from scharnier.apps.referral import forms, services, telling
from scharnier.apps.referral.views._doing import attempt
from scharnier.apps.referral.views._referral import shown_to
from scharnier.core.kernel import TurnId
from scharnier.core.referral import TRANSITIONS, Given, Reason, State, Step, TurnNotFound, what_to_give

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Act = Callable[..., None]  # given a turn and actor, on and at


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPage:
    """A step as a page offers it."""

    title: _StrPromise
    button: _StrPromise
    done: _StrPromise
    form: Callable[[ActorRequest, State], CardForm]  # of a turn that stands so
    act: Callable[[Mapping[str, Any]], Act]  # what was said -> what to do
    lead: _StrPromise | str = ""


def _plain(form: type[CardForm]) -> Callable[[ActorRequest, State], CardForm]:
    return lambda request, _state: form(posted(request))


def _void_form(request: ActorRequest, state: State) -> CardForm:
    """Return a form that asks why, where the core does; nobody has seen a draft."""
    is_open = Step.VOID in TRANSITIONS[state]
    asks_why = is_open and what_to_give(state, Step.VOID) is not Given.NOTHING
    return (forms.CauseForm if asks_why else CardForm)(posted(request))


def _decline_form(request: ActorRequest, _state: State) -> CardForm:
    return forms.DeclineForm(posted(request), actor=request.actor, on=today())


def _decline(said: Mapping[str, Any]) -> Act:
    decline = services.Decline(
        reason=Reason(said["reason"]), words=said["words"], rather=forms.party_of(said["rather"])
    )

    def act(turn_id: TurnId, **more: Any) -> None:
        telling.decline(turn_id, decline, **more)

    return act


STEPS: Mapping[str, StepPage] = {
    "accept": StepPage(
        title=_("Take this on"),
        button=_("Yes, I take this on"),
        done=_("You took this on. Whoever asked you sees it at once."),
        form=_plain(CardForm),
        act=lambda _said: telling.accept,
    ),
    "decline": StepPage(
        title=_("I cannot take this on"),
        button=_("Send this answer"),
        done=_("You declined. Whoever asked you sees it, with your reason."),
        lead=_("That is fine. Your answer brings the question on, and the network learns from your reason."),
        form=_decline_form,
        act=_decline,
    ),
    "start": StepPage(
        title=_("Begin"),
        button=_("I have begun"),
        done=_("Whoever asked you sees that you have begun."),
        form=_plain(CardForm),
        act=lambda _said: telling.start,
    ),
    "pause": StepPage(
        title=_("Let it wait"),
        button=_("Let it wait"),
        done=_("It waits. On that day it is back on your list."),
        form=lambda request, _state: forms.PauseForm(posted(request), initial=forms.usual_pause(on=today())),
        act=lambda said: partial(telling.pause, until=said["until"], words=said["words"]),
    ),
    "resume": StepPage(
        title=_("Go on"),
        button=_("I go on"),
        done=_("Whoever asked you sees that you go on."),
        form=_plain(CardForm),
        act=lambda _said: telling.resume,
    ),
    "complete": StepPage(
        title=_("Done"),
        button=_("It is done"),
        done=_("Done. Whoever asked you hears it, and says whether it helped."),
        form=_plain(forms.CompleteForm),
        act=lambda said: partial(telling.complete, result=said["result"], hours=said["hours"]),
    ),
    "fail": StepPage(
        title=_("It did not work out"),
        button=_("It did not work out"),
        done=_("Noted. Now somebody else can be asked."),
        lead=_("Then somebody else can be asked."),
        form=_plain(forms.CauseForm),
        act=lambda said: partial(telling.fail, cause=said["cause"]),
    ),
    "cancel": StepPage(
        title=_("Call it off"),
        button=_("Call it off"),
        done=_("Called off. Whoever you asked sees it, with your reason."),
        lead=_("Whoever you asked need not do anything any more."),
        form=_plain(forms.CauseForm),
        act=lambda said: partial(telling.cancel, cause=said["cause"]),
    ),
    "void": StepPage(
        title=_("This was a mistake"),
        button=_("Take it back"),
        done=_("Taken back. It counts nowhere."),
        lead=_("Then it is as if you never asked. It stays in the story."),
        form=_void_form,
        act=lambda said: partial(telling.void, cause=said.get("cause", "")),
    ),
    "remark": StepPage(
        title=_("Ask or say something"),
        button=_("Send"),
        done=_("Sent."),
        form=_plain(forms.RemarkForm),
        act=lambda said: partial(telling.remark, words=said["words"]),
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: ActorRequest, referral_id: str, turn_id: str, step: str) -> HttpResponse:
    """Take a step, or show the form of one."""
    page = STEPS.get(step)
    if page is None:
        raise Http404
    shown = shown_to(request, referral_id)
    states = {turn.id: turn.state for turn in (line.handling.turn for line in shown.page.turns)}
    if turn_id not in states:
        raise TurnNotFound(turn_id=turn_id)
    form = page.form(request, states[TurnId(turn_id)])

    def act() -> None:
        page.act(form.cleaned_data)(TurnId(turn_id), **doing_on(request))

    if answer := attempt(request, referral_id, act, form=form, done=page.done):
        return answer
    context = {"form": form, "page": page, "shown": shown}
    return render(request, "referral/step.html", context, status=status_of(form))

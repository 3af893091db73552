# SPDX-License-Identifier: EUPL-1.2
"""Agreements and actions: the page of all, and the forms of each."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest, posted, request_language, show_and_take, today
from scharnier.apps.people.attempting import doing, doing_on
from scharnier.apps.people.forms import CardForm
from scharnier.apps.situations import forms, labels, selectors, services
from scharnier.apps.situations.views._deeds import Deed, carry_out
from scharnier.apps.situations.views._frame import Frame, frame
from scharnier.core.kernel import ActionId, AgreementId, PersonId, SituationId
from scharnier.core.situations import ENDED, ActionState, AgreementState

HERE = "work"
BACK = _("Back to agreements and actions")
USE = "use"  # which suggestion


@never_cache
@require_safe
def work(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Show what partners do together, what is overdue first."""
    shown = frame(request, situation_id, here=HERE)
    found = selectors.read_work(shown.seen, on=today())
    context = {
        "frame": shown,
        "work": found,
        "plan": shown.seen.value.plan,
        "may_act": may_act(shown),
        "action_states": labels.ACTION_STATES,
    }
    return render(request, "situations/work.html", context)


@never_cache
@show_and_take
def agree(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Write down what partners agree on."""
    shown = frame(request, situation_id, here=HERE)
    form = forms.AgreementForm(
        posted(request),
        names=selectors.partners_of(shown.seen),
        initial={"text": request.GET.get(USE, ""), "parties": sorted(shown.seen.value.coalition)},
    )
    template = selectors.template_of(shown.seen, language=request_language())
    taken = (each.text for each in shown.seen.value.agreements)
    deed = Deed(
        title=_("Write down an agreement"),
        button=_("Write it down"),
        done=_("Written down. Everyone who takes part sees it."),
        back=address(shown),
        back_title=BACK,
        suggestions=_suggested("situations:agree", shown, template.agreements if template else (), taken),
    )

    def act() -> None:
        services.agree(SituationId(situation_id), form.promise(), **doing_on(request))

    return carry_out(request, deed, act, form=form, frame=shown)


@never_cache
@show_and_take
def agreement(request: ActorRequest, situation_id: str, agreement_id: str) -> HttpResponse:
    """Say what became of an agreement."""
    shown = frame(request, situation_id, here=HERE)
    line = selectors.read_agreement(shown.seen, agreement_id, on=today())
    if line is None:
        raise services.PieceNotFound(piece_id=agreement_id)
    form = forms.JudgeForm(posted(request))
    deed = Deed(
        title=_("Look back on an agreement"),
        button=_("Save"),
        done=_("Saved."),
        back=address(shown),
        back_title=BACK,
        lead=_("Between %(names)s.") % {"names": ", ".join(line.parties)},
        quoted=line.value.text,
    )

    def act() -> None:
        of_it = SituationId(situation_id), AgreementId(agreement_id)
        if form.cleaned_data["state"] == forms.LATER:
            services.review_later(*of_it, review_on=form.cleaned_data["review_on"], **doing(request))
        else:
            said = form.cleaned_data
            services.judge_agreement(
                *of_it, AgreementState(said["state"]), reason=said["reason"], **doing(request)
            )

    return carry_out(request, deed, act, form=form, frame=shown)


@never_cache
@show_and_take
def act(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Write down who does something."""
    shown = frame(request, situation_id, here=HERE)
    someone = gettext("somebody they still name")
    form = forms.ActionForm(
        posted(request),
        doers=selectors.doers_of(shown.seen, on=today(), someone=someone),
        initial={"text": request.GET.get(USE, "")},
    )
    template = selectors.template_of(shown.seen, language=request_language())
    taken = (each.text for each in shown.seen.value.actions)
    deed = Deed(
        title=_("Write down an action"),
        button=_("Write it down"),
        done=_("Written down. Everyone who takes part sees who does it."),
        back=address(shown),
        back_title=BACK,
        suggestions=_suggested("situations:act", shown, template.actions if template else (), taken),
    )

    def make() -> None:
        services.make_action(SituationId(situation_id), form.task(), **doing_on(request))

    return carry_out(request, deed, make, form=form, frame=shown)


@never_cache
@show_and_take
def action(request: ActorRequest, situation_id: str, action_id: str) -> HttpResponse:
    """Say how an action went."""
    shown = frame(request, situation_id, here=HERE)
    line = _line(shown, action_id)
    form = forms.EndForm(posted(request))
    deed = _of_action(shown, line, title=_("How did it go?"), button=_("Save"), done=_("Saved."))

    def end() -> None:
        services.end_action(
            SituationId(situation_id),
            ActionId(action_id),
            ActionState(form.cleaned_data["state"]),
            reason=form.cleaned_data["reason"],
            **doing_on(request),
        )

    return carry_out(request, deed, end, form=form, frame=shown)


@never_cache
@show_and_take
def give(request: ActorRequest, situation_id: str, action_id: str) -> HttpResponse:
    """Have somebody else do an action."""
    shown = frame(request, situation_id, here=HERE)
    line = _line(shown, action_id)
    people = selectors.people_of(shown.seen, line.value.organization_id, on=today())
    form = forms.GiveForm(posted(request), people=people, due=line.value.due)
    deed = _of_action(
        shown,
        line,
        title=_("Who does it?"),
        button=_("Save"),
        done=_("Saved. Everyone who takes part sees who does it."),
    )

    def hand_on() -> None:
        services.give_action(
            SituationId(situation_id),
            ActionId(action_id),
            person_id=PersonId(form.cleaned_data["person"]),
            due=form.cleaned_data["due"],
            **doing_on(request),
        )

    return carry_out(request, deed, hand_on, form=form, frame=shown)


@require_POST
def reopen(request: ActorRequest, situation_id: str, action_id: str) -> HttpResponse:
    """Take an action up again."""
    shown = frame(request, situation_id, here=HERE)
    line = _line(shown, action_id)
    deed = _of_action(
        shown, line, title=_("Take it up again"), button=_("Take it up again"), done=_("It is open again.")
    )

    def again() -> None:
        of_it = SituationId(situation_id), ActionId(action_id)
        services.end_action(*of_it, ActionState.OPEN, **doing_on(request))

    return carry_out(request, deed, again, form=CardForm(request.POST), frame=shown)


def may_act(shown: Frame) -> bool:
    """Tell whether the reader can do something: takes part, in what goes on."""
    return bool(shown.seen.own_ids) and shown.seen.value.state not in ENDED


def address(shown: Frame, part: str = HERE) -> str:
    """Return the address of a part of a situation."""
    return reverse(f"situations:{part}", args=[shown.id])


def _line(shown: Frame, action_id: str) -> selectors.ActionLine:
    line = selectors.read_action(shown.seen, action_id, on=today())
    if line is None:
        raise services.PieceNotFound(piece_id=action_id)
    return line


def _of_action(
    shown: Frame, line: selectors.ActionLine, *, title: labels.Said, button: labels.Said, done: labels.Said
) -> Deed:
    who = f"{line.who} ({line.organization})" if line.who else line.organization
    return Deed(
        title=title,
        button=button,
        done=done,
        back=address(shown),
        back_title=BACK,
        lead=_("By %(who)s.") % {"who": who},
        quoted=line.value.text,
    )


def _suggested(
    name: str, shown: Frame, texts: tuple[str, ...], taken: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{reverse(name, args=[shown.id])}?{urlencode({USE: each})}", each)
        for each in selectors.unused(texts, taken)
    )

# SPDX-License-Identifier: EUPL-1.2
"""The shared situations of the reader: what waits first, then by phase; and beginning one."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scharnier.apps.http import ActorRequest, posted, request_language, show_and_take, status_of, today
from scharnier.apps.people.attempting import RefusalIn, doing_on
from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import (
    access,
    forms,
    labels,
    selectors,
    services,
    showing,
    taking_up,
    templates_of,
)
from scharnier.core.kernel import Invalid, MatchId, NotAllowed, NotFound
from scharnier.core.signals import NotBothNamed


@never_cache
@require_safe
def own(request: ActorRequest) -> HttpResponse:
    """Show what waits for the reader, what they take part in, and, for who keeps watch, what else goes on."""
    found = selectors.own_situations(request.actor)
    context = {
        "waiting": showing.show_waiting(selectors.waiting_lines(request.actor, on=today()), on=today()),
        "phases": [
            {"title": labels.PHASES[phase], "name": phase.value, "lines": _say(lines)}
            for phase, lines in found.items()
            if lines
        ],
        "ended": _say(selectors.ended_situations(request.actor)),
        "counts": _say(selectors.counts(request.actor)),
        "may_begin": access.may_begin(request.actor, on=today()),
    }
    return render(request, "situations/list.html", context)


@never_cache
@show_and_take
def begin(request: ActorRequest) -> HttpResponse:
    """Begin a situation."""
    access.check_may_begin_any(request.actor, on=today())
    language = request_language()
    form = forms.BeginSituationForm(
        posted(request),
        actor=request.actor,
        language=language,
        templates=templates_of.offered_templates(request.actor.network_id, language=language),
        initial={"organization": min(request.actor.acts_for, default=""), "question": ""},
    )
    if request.method == "POST" and form.is_valid():
        with RefusalIn(form, Invalid, NotFound, NotAllowed):
            situation_id = services.begin_situation(form.wish(), **doing_on(request))
            messages.success(request, gettext("Begun. Now invite who else runs into this."))
            return redirect("situations:partners", situation_id)
    return render(request, "situations/begin.html", {"form": form}, status=status_of(form))


@never_cache
@show_and_take
def begin_of_match(request: ActorRequest, match_id: str) -> HttpResponse:
    """Begin something together with the other of a match, once both are named."""
    access.check_may_begin_any(request.actor, on=today())
    line = _named(MatchId(match_id), request=request)
    begun = services.id_of_match(line.view.match_id)
    if selectors.is_there(begun, network_id=request.actor.network_id):
        return redirect("situations:overview", begun)
    form = forms.BeginTogetherForm(
        posted(request),
        actor=request.actor,
        language=request_language(),
        topics=line.topics,
        area_ids=[line.area_id] if line.area_id else [],
    )
    if request.method == "POST" and form.is_valid():
        with RefusalIn(form, Invalid, NotFound, NotAllowed):
            situation_id, is_new = taking_up.begin_together(
                line.view.match_id, form.wish(), **doing_on(request)
            )
            if is_new:
                said = gettext("Begun. %(other)s is asked to take part.") % {"other": line.other_name}
                messages.success(request, said)
            return redirect("situations:overview", situation_id)
    context = {"form": form, "other": line.other_name, "match_id": match_id}
    return render(request, "situations/begin_of_match.html", context, status=status_of(form))


def _named(match_id: MatchId, *, request: ActorRequest) -> signals.MatchLine:
    """Return a match of the reader's in which both are named (raises MatchNotFound, NotBothNamed)."""
    for line in signals.read_match(match_id, actor=request.actor):
        if line.are_both_named:
            return line
    raise NotBothNamed


def _say(lines: Iterable[selectors.Line]) -> list[dict[str, object]]:
    return [
        {
            "id": line.id,
            "question": line.question or line.about or gettext("A shared situation"),
            "state": labels.STATES[line.state],
            "tone": labels.TONES.get(line.state, ""),
            "since": line.since,
        }
        for line in lines
    ]

# SPDX-License-Identifier: EUPL-1.2
"""Figures that show whether the plan works: each as a picture and a table, and the forms."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scharnier.apps.http import ActorRequest, posted, show_and_take, today
from scharnier.apps.people.attempting import doing
from scharnier.apps.situations import charts, forms, labels, services
from scharnier.apps.situations.views._deeds import Deed, carry_out
from scharnier.apps.situations.views._frame import Frame, frame
from scharnier.apps.situations.views._work import address, may_act
from scharnier.core.kernel import IndicatorId, SituationId
from scharnier.core.situations import FigureSource, Indicator, Progress, judge_progress

HERE = "figures"
BACK = _("Back to figures")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An indicator as it is drawn and told."""

    value: Indicator
    chart: charts.Chart | None
    progress: Progress
    is_entered: bool


@never_cache
@require_safe
def figures(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Show every figure that partners follow."""
    shown = frame(request, situation_id, here=HERE)
    found = [
        Shown(
            value=each,
            chart=charts.draw_chart(each),
            progress=judge_progress(each),
            is_entered=each.source is FigureSource.ENTERED,
        )
        for each in shown.seen.value.indicators
    ]
    context = {
        "frame": shown,
        "figures": found,
        "has_areas": bool(shown.seen.value.area_ids),
        "may_act": may_act(shown),
    }
    return render(request, "situations/figures.html", context)


@never_cache
@show_and_take
def add_indicator(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Name a figure to follow."""
    shown = frame(request, situation_id, here=HERE)
    form = forms.IndicatorForm(posted(request), initial={"source": FigureSource.ENTERED.value})
    deed = _deed(shown, title=_("Follow a figure"), done=_("Saved. Now you can fill in figures."))

    def add() -> None:
        services.add_indicator(SituationId(situation_id), form.aim(), **doing(request))

    return carry_out(request, deed, add, form=form, frame=shown)


@never_cache
@show_and_take
def indicator(request: ActorRequest, situation_id: str, indicator_id: str) -> HttpResponse:
    """Change what a figure is called, where it began or where it should go."""
    shown = frame(request, situation_id, here=HERE)
    value = _value(shown, indicator_id)
    form = forms.IndicatorForm(posted(request), initial=forms.IndicatorForm.filled(value))
    deed = _deed(shown, title=_("Change this figure"), done=_("Saved."), quoted=value.name)

    def change() -> None:
        of_it = SituationId(situation_id), IndicatorId(indicator_id)
        services.change_indicator(*of_it, form.aim(), **doing(request))

    return carry_out(request, deed, change, form=form, frame=shown)


@never_cache
@show_and_take
def enter_figure(request: ActorRequest, situation_id: str, indicator_id: str) -> HttpResponse:
    """Enter a figure."""
    shown = frame(request, situation_id, here=HERE)
    value = _value(shown, indicator_id)
    form = forms.FigureForm(posted(request), initial={"on": today()})
    unit = f"{value.name}, {value.unit}" if value.unit else value.name
    deed = _deed(
        shown,
        title=_("Fill in a figure"),
        done=_("Saved."),
        quoted=unit,
        lead=_("Was there a figure of that day already? Then this one takes its place."),
    )

    def enter() -> None:
        of_it = SituationId(situation_id), IndicatorId(indicator_id)
        said = form.cleaned_data
        services.enter_figure(*of_it, on=said["on"], figure=said["figure"], **doing(request))

    return carry_out(request, deed, enter, form=form, frame=shown)


def _value(shown: Frame, indicator_id: str) -> Indicator:
    found = next((each for each in shown.seen.value.indicators if each.id == indicator_id), None)
    if found is None:
        raise services.PieceNotFound(piece_id=indicator_id)
    return found


def _deed(
    shown: Frame, *, title: labels.Said, done: labels.Said, quoted: str = "", lead: labels.Said = ""
) -> Deed:
    return Deed(
        title=title,
        button=_("Save"),
        done=done,
        back=address(shown, HERE),
        back_title=BACK,
        quoted=quoted,
        lead=lead,
    )

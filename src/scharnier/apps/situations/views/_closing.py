# SPDX-License-Identifier: EUPL-1.2
"""Looking back: the evaluation, the score of each partner, and looking again after closing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scharnier.apps.http import ActorRequest, posted, show_and_take, today
from scharnier.apps.people.attempting import doing, doing_on
from scharnier.apps.situations import counting, forms, labels, measuring, selectors, services
from scharnier.apps.situations.views._deeds import Deed, carry_out
from scharnier.apps.situations.views._frame import Frame, frame
from scharnier.apps.situations.views._work import address
from scharnier.core.kernel import SituationId
from scharnier.core.situations import FigureSource, Measured

HERE = "closing"
BACK = _("Back to looking back")
SAME = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was measured, in words and as figures of a hundred."""

    words: labels.Said
    around: labels.Said
    of_hundred: int  # where a hundred would have been
    low: int
    high: int
    is_from_signals: bool


@never_cache
@require_safe
def closing(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Show what came of it, and what can still be said."""
    shown = frame(request, situation_id, here=HERE)
    found = selectors.read_closing(shown.seen, on=today())
    measured = found.evaluation.measured if found.evaluation else None
    context = {
        "frame": shown,
        "closing": found,
        "told": tell(measured) if measured else None,
        "scores": [(line.organization, labels.SCORES[line.score]) for line in found.scores],
        "own_score": labels.SCORES[found.own_score] if found.own_score else "",
        "found_from": measuring.found_from(shown.seen.value),
        "today": today(),
    }
    return render(request, "situations/closing.html", context)


@never_cache
@show_and_take
def evaluation(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Write what came of it."""
    shown = frame(request, situation_id, here=HERE)
    value = shown.seen.value
    form = forms.EvaluationForm(posted(request), initial=forms.EvaluationForm.filled(value.evaluation))
    before = value.evaluation.measured if value.evaluation else None
    latest = _latest(before, _from_signals(shown))
    deed = Deed(
        title=_("Write what came of it"),
        button=_("Save"),
        done=_("Saved. You can change it until you close."),
        back=address(shown, HERE),
        back_title=BACK,
        lead=_("What you write here stays with all who take part."),
        extra={
            "kept": selectors.read_closing(shown.seen, on=today()).kept,
            "found_from": measuring.found_from(value),
            "told": tell(latest) if latest else None,
            "said": [form[name] for name in ("lesson", "residents_noticed", "hours")],
            "measured": [form[name] for name in forms.MEASURED],
            "has_counted": any(form[name].value() or form[name].errors for name in forms.MEASURED),
        },
    )

    def evaluate() -> None:
        counted = form.counted()
        measured = measuring.measure_counts(value, counted) if counted else latest
        services.evaluate(SituationId(situation_id), form.findings(measured), **doing_on(request))

    return carry_out(request, deed, evaluate, form=form, frame=shown, template="situations/evaluation.html")


@never_cache
@show_and_take
def score(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Say for one partner how far the goal was reached."""
    shown = frame(request, situation_id, here=HERE)
    form = forms.ScoreForm(posted(request))
    deed = Deed(
        title=_("How far did you reach the goal?"),
        button=_("Give this score"),
        done=_("Saved. The scores can be seen once all have answered."),
        back=address(shown, HERE),
        back_title=BACK,
        lead=_(
            "You answer for your organization. Nobody sees it until all have answered. "
            "Until then you can change it."
        ),
        quoted=shown.seen.value.plan.goal,
    )

    def give() -> None:
        services.give_score(SituationId(situation_id), int(form.cleaned_data["score"]), **doing(request))

    return carry_out(request, deed, give, form=form, frame=shown)


@never_cache
@show_and_take
def recheck(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Say whether it held."""
    shown = frame(request, situation_id, here=HERE)
    form = forms.LastingForm(posted(request))
    deed = Deed(
        title=_("Does it hold?"),
        button=_("Save"),
        done=_("Saved. Thank you for looking again."),
        back=address(shown, HERE),
        back_title=BACK,
        lead=_("Ask whoever is there often. Does it come back? Then you can open it again on the overview."),
        quoted=shown.seen.value.plan.goal,
    )

    def look_again() -> None:
        services.recheck(SituationId(situation_id), form.lasting(), **doing_on(request))

    return carry_out(request, deed, look_again, form=form, frame=shown)


def tell(measured: Measured) -> Told:
    """Return what was measured in words that promise no more than the figures do."""
    if measured.high < SAME:
        words = _("In this place it fell more than in the rest of the neighbourhood.")
    elif measured.low > SAME:
        words = _("In this place it rose more than in the rest of the neighbourhood.")
    else:
        words = _("No difference with the rest of the neighbourhood can be told: it may be chance.")
    return Told(
        words=words,
        around=_around(measured.displacement),
        of_hundred=round(100 * measured.rate_ratio),
        low=round(100 * measured.low),
        high=round(100 * measured.high),
        is_from_signals=measured.source is FigureSource.SIGNALS,
    )


def _around(displacement: float | None) -> labels.Said:
    if displacement is None:
        return ""
    if displacement > 0:
        return _("Just around the place it fell too.")
    if displacement < -1:
        return _("More moved to just around the place than was won in it.")
    return _("Some of it moved to just around the place, less than was won in it.")


def _from_signals(shown: Frame) -> Measured | None:
    value = shown.seen.value
    return measuring.measure_months(
        value,
        counting.read_months(value.network_id),
        area_ids=counting.areas_within(value.area_ids, network_id=value.network_id),
        circle=counting.circle_of(value.id),
    )


def _latest(before: Measured | None, from_signals: Measured | None) -> Measured | None:
    """Return what stands when nothing is filled in: what partners counted, else what the maps say now."""
    if before is not None and before.source is FigureSource.ENTERED:
        return before
    return from_signals or before

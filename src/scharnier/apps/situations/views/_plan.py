# SPDX-License-Identifier: EUPL-1.2
"""The plan of a situation, and the template that it begins from."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from scharnier.apps.http import ActorRequest, posted, request_language, show_and_take
from scharnier.apps.people.attempting import doing, doing_on
from scharnier.apps.situations import forms, services, templates_of
from scharnier.apps.situations.views._deeds import Deed, carry_out
from scharnier.apps.situations.views._frame import frame
from scharnier.apps.situations.views._work import BACK, HERE, address
from scharnier.core.kernel import SituationId


@never_cache
@show_and_take
def plan(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Write goal, baseline and deadline."""
    shown = frame(request, situation_id, here=HERE)
    now = shown.seen.value.plan
    filled = {"goal": now.goal, "baseline": now.baseline, "deadline": now.deadline}
    row, language = shown.seen.row, request_language()
    advice = templates_of.advice_of(row.network_id, row.template_id, language=language)
    form = forms.PlanForm(posted(request), initial=filled, advice=advice)
    deed = Deed(
        title=_("The plan"),
        button=_("Save the plan"),
        done=_("Saved."),
        back=address(shown),
        back_title=BACK,
        lead=_("You can fill in what you know now, and the rest later."),
    )

    def write() -> None:
        services.write_plan(SituationId(situation_id), form.plan(), **doing(request))

    return carry_out(request, deed, write, form=form, frame=shown)


@never_cache
@show_and_take
def begin_plan(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Begin the plan from a template."""
    shown = frame(request, situation_id, here=HERE)
    network_id, language = shown.seen.value.network_id, request_language()
    offered = templates_of.offered_templates(network_id, language=language)
    form = forms.BeginForm(posted(request), templates=offered)
    deed = Deed(
        title=_("Begin from an example"),
        button=_("Begin with this"),
        done=_("There is a plan to begin with. Say yourselves how it is now, and change what does not fit."),
        back=address(shown),
        back_title=BACK,
        lead=_(
            "It brings a goal, figures to follow, and agreements and actions to choose from. "
            "What you wrote yourselves stays as it is."
        ),
    )

    def begin() -> None:
        chosen = next(each for each in offered if each.id == form.cleaned_data["template"])
        services.begin_plan(SituationId(situation_id), chosen, **doing_on(request))

    return carry_out(request, deed, begin, form=form, frame=shown)

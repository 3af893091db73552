# SPDX-License-Identifier: EUPL-1.2
"""One situation at a glance, whole or from outside, and each step in its life."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scharnier.apps.http import ActorRequest, posted, request_language, show_and_take, status_of, today
from scharnier.apps.people.attempting import doing_on
from scharnier.apps.situations import access, forms, labels, selectors, services, showing, taking_up
from scharnier.apps.situations.views._acting import act_or_say
from scharnier.apps.situations.views._frame import frame_of, mark_phases
from scharnier.core.kernel import OrganizationId, PersonId, SituationId
from scharnier.core.situations import Step

MOST_UNFOLDED, LATEST = 12, 8  # lines of the story; of a longer one the latest stand open


@never_cache
@require_safe
def overview(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Show what it is, how it stands, who is in it and the story; who takes no part sees no word of it."""
    try:
        seen = selectors.look(SituationId(situation_id), actor=request.actor)
    except access.SituationNotFound:
        return _from_outside(request, selectors.glimpse(SituationId(situation_id), actor=request.actor))
    page = selectors.overview_page(seen, on=today(), language=request_language())
    story = showing.show_story(page.story)
    n_folded = len(story) - LATEST if len(story) > MOST_UNFOLDED else 0
    promised: dict[str, str] = {each.id: each.text for each in seen.value.actions}
    promised |= {each.id: each.text for each in seen.value.agreements}
    mine = [selectors.WaitLine(awaiting=each, text=promised.get(each.subject_id, "")) for each in page.waits]
    context = {
        "frame": frame_of(seen, here="overview"),
        "page": page,
        "waiting": showing.show_waiting(mine, on=today()),
        "others": list(showing.show_others(page.waits_for_others)),
        "steps": showing.show_steps(situation_id, page.steps),
        "partners": showing.show_partners(situation_id, page.partners),
        "earlier": story[:n_folded],
        "story": story[n_folded:],
    }
    return render(request, "situations/overview.html", context)


def _from_outside(request: ActorRequest, seen: selectors.Seen) -> HttpResponse:
    page = selectors.outside_page(seen, on=today(), language=request_language())
    context = {
        "page": page,
        "state": labels.STATES[page.state],
        "tone": labels.TONES.get(page.state, ""),
        "phases": list(mark_phases(page.phase)),
        "steps": showing.show_steps(page.id, page.steps),
        "invited": [
            {
                "id": line.id,
                "name": line.name,
                "can_withdraw": line.can_withdraw,
                "state": labels.INVITATION_STATES[line.state],
            }
            for line in page.invited
        ],
    }
    return render(request, "situations/outside.html", context)


@never_cache
@show_and_take
def step(request: ActorRequest, situation_id: str, move: str) -> HttpResponse:
    """Take a step, or show what it does and what has to be there first."""
    if move not in set(Step):
        raise Http404
    wanted = Step(move)
    seen = selectors.glimpse(SituationId(situation_id), actor=request.actor)
    line = next((each for each in selectors.steps_of(seen) if each.step is wanted), None)
    if line is None:
        raise access.SituationNotFound(situation_id=situation_id)
    form = forms.step_form(line.said, posted(request))

    def act() -> None:
        said = form.cleaned_data.get("said", "")
        taking_up.take_step(SituationId(situation_id), wanted, said=said, **doing_on(request))

    done = _("Done. Everybody who takes part sees it.")
    to = showing.page_of("overview", situation_id)
    if answer := act_or_say(request, act, form=form, done=done, to=to):
        return answer
    context = {
        "form": form,
        "id": situation_id,
        "title": labels.STEPS[wanted],
        "lead": labels.STEP_LEADS[wanted],
        "missing": list(showing.show_lacks(situation_id, line.lacks)),
        "n_unscored": selectors.read_closing(seen, on=today()).n_missing if wanted is Step.CLOSE else 0,
        "question": seen.value.question if access.reads(seen.value, request.actor, on=today()) else "",
    }
    return render(request, "situations/step.html", context, status=status_of(form))


@never_cache
@show_and_take
def lead(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Choose who leads from now on."""
    seen = selectors.glimpse(SituationId(situation_id), actor=request.actor)
    if not selectors.may_pass_lead(seen):
        raise access.SituationNotFound(situation_id=situation_id)
    found = selectors.leaders(seen, on=today())
    form = forms.LeadForm(posted(request), leaders=found)

    def act() -> None:
        organization_id, _colon, person_id = form.cleaned_data["lead"].partition(":")
        to_whom = OrganizationId(organization_id)
        services.pass_lead(
            SituationId(situation_id), to_whom, person_id=PersonId(person_id), **doing_on(request)
        )

    done, to = _("Done. Everybody who takes part sees it."), showing.page_of("overview", situation_id)
    if answer := act_or_say(request, act, form=form, done=done, to=to):
        return answer
    context = {
        "form": form,
        "id": situation_id,
        "has_leaders": bool(found),
        "is_led": seen.value.owner_id is not None,
    }
    return render(request, "situations/lead.html", context, status=status_of(form))

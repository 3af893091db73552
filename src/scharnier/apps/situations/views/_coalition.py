# SPDX-License-Identifier: EUPL-1.2
"""Who takes part: whom to invite and why, the answer of who is invited, leaving, and taking back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from scharnier.apps.http import ActorRequest, posted, request_language, show_and_take, status_of, today
from scharnier.apps.people.attempting import doing_on
from scharnier.apps.situations import access, forms, labels, selectors, services, showing, telling
from scharnier.apps.situations.views._acting import act_or_say
from scharnier.core.kernel import Conflict, InvitationId, SituationId
from scharnier.core.situations import InvitationState, InvitationStep
from scharnier.formats import wording


@never_cache
@show_and_take
def partners(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Show whom to invite, each with the reasons, and invite who was ticked."""
    seen = selectors.glimpse(SituationId(situation_id), actor=request.actor)
    if not selectors.may_invite(seen):
        raise access.SituationNotFound(situation_id=situation_id)
    reads = access.reads(seen.value, request.actor, on=today())
    proposal = selectors.propose_partners(seen, on=today(), language=request_language())
    form = forms.InviteForm(
        posted(request),
        proposed=[(line.id, _with_reasons(line)) for line in proposal.proposed],
        others=proposal.others,
        words=seen.value.question if reads else "",
    )

    def act() -> None:
        words = form.cleaned_data["words"]
        telling.invite(SituationId(situation_id), form.chosen(), words=words, **doing_on(request))

    done = _("Invited. They have two weeks to answer.")
    to = showing.page_of("overview", situation_id)
    if answer := act_or_say(request, act, form=form, done=done, to=to):
        return answer
    context = {
        "form": form,
        "id": situation_id,
        "question": seen.value.question if reads else "",
        "proposal": proposal,
    }
    return render(request, "situations/partners.html", context, status=status_of(form))


def _with_reasons(line: selectors.ProposedLine) -> str:
    said = [str(labels.WEIGHTS[line.weight])] if line.weight else []
    if line.topics:
        said.append(gettext("deals with %(topics)s") % {"topics": ", ".join(line.topics)})
    if line.works_here:
        said.append(gettext("works here"))
    if line.hinges:
        said.append(gettext("known well by %(names)s") % {"names": ", ".join(line.hinges)})
    return f"{line.name}: {'; '.join(said)}" if said else line.name


@never_cache
@show_and_take
def invitation(request: ActorRequest, situation_id: str, invitation_id: str) -> HttpResponse:
    """Answer an invitation, or leave, for one's own organization."""
    seen = selectors.glimpse(SituationId(situation_id), actor=request.actor)
    found = selectors.own_invitation(seen, InvitationId(invitation_id))
    if found is None:
        raise access.SituationNotFound(situation_id=situation_id)
    leaves = found.state is InvitationState.ACCEPTED
    form = (forms.LeaveForm if leaves else forms.AnswerForm)(posted(request))
    step = _answer_step(request, leaves=leaves)

    def act() -> None:
        of_it = SituationId(situation_id), InvitationId(invitation_id)
        reply = services.Reply(step=step, reason=form.cleaned_data["reason"])
        telling.answer(*of_it, reply, **doing_on(request))

    joins = step is InvitationStep.ACCEPT
    to = showing.page_of("overview", situation_id) if joins else showing.page_of("list")
    done = _("Welcome. You see here what is going on.") if joins else _("Noted. Thank you for saying so.")
    if answer := act_or_say(request, act, form=form, done=done, to=to):
        return answer
    asked = next((each for each in selectors.asked_in(seen, on=today()) if each.id == found.id), None)
    context = {
        "form": form,
        "asked": asked,
        "leaves": leaves,
        "id": situation_id,
        "name": seen.names.get(found.organization_id, ""),
        "about": selectors.about_of(seen, language=request_language()),
    }
    return render(request, "situations/invitation.html", context, status=status_of(form))


def _answer_step(request: ActorRequest, *, leaves: bool) -> InvitationStep:
    if leaves:
        return InvitationStep.LEAVE
    return InvitationStep.ACCEPT if "accept" in request.POST else InvitationStep.DECLINE


@require_POST
def withdraw(request: ActorRequest, situation_id: str, invitation_id: str) -> HttpResponse:
    """Take an invitation back."""
    try:
        services.withdraw(SituationId(situation_id), InvitationId(invitation_id), **doing_on(request))
    except Conflict as error:
        messages.error(request, wording.say_error(error, language=request_language()))
    else:
        messages.success(request, gettext("The invitation was taken back."))
    return redirect("situations:overview", situation_id)

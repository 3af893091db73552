# SPDX-License-Identifier: EUPL-1.2
"""Handing roles over."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from scharnier.apps.http import ActorRequest, today
from scharnier.apps.members import forms, selectors, services
from scharnier.core.kernel import PersonId


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: ActorRequest) -> HttpResponse:
    """Show what would go over, and after that hand it over."""
    form = _form(request)
    is_filled = form.is_bound and form.is_valid()
    if request.method == "POST" and is_filled:
        from_person, to_person, on = _answers(form)
        services.hand_over(
            from_person=from_person,
            to_person=to_person,
            on=on,
            actor=request.actor,
            today=today(),
            at=timezone.now(),
        )
        messages.success(request, _("The roles have been handed over. Today you can still undo this."))
        return redirect("members:hand_over")
    context: dict[str, object] = {
        "form": form,
        "moves": selectors.moves_of_today(request.actor, on=today()),
        "is_shown": is_filled,
    }
    if is_filled:
        from_person, _to_person, on = _answers(form)
        context["roles"] = selectors.roles_to_move(from_person, actor=request.actor, on=on)
    return render(request, "members/hand_over.html", context)


@require_POST
def undo_hand_over(request: ActorRequest, hand_over_pk: int) -> HttpResponse:
    """Put everything back."""
    services.undo_hand_over(hand_over_pk, actor=request.actor, today=today(), at=timezone.now())
    messages.success(request, _("Undone. All roles are as they were."))
    return redirect("members:hand_over")


def _form(request: ActorRequest) -> forms.HandOverForm:
    """Return the form: of the answers in the address to show first, of those posted to do it."""
    given = request.POST if request.method == "POST" else request.GET
    asked = given if "to_person" in given else None
    chosen = given.get("from_person", request.actor.person_id)
    form = forms.HandOverForm(asked, initial={"from_person": chosen, "on": today()})
    empty = _("Choose a name")
    holders = selectors.holders(request.actor, on=today(), name=form.searched, chosen=chosen)
    successors = selectors.successors(
        request.actor, on=today(), name=form.searched, chosen=given.get("to_person", "")
    )
    forms.offer(form, "from_person", holders.choices, empty=empty)
    forms.offer(form, "to_person", successors.choices, empty=empty)
    form.look_in(holders, successors)
    return form


def _answers(form: forms.HandOverForm) -> tuple[PersonId, PersonId, date]:
    given = form.cleaned_data
    return PersonId(given["from_person"]), PersonId(given["to_person"]), given["on"]

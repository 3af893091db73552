# SPDX-License-Identifier: EUPL-1.2
"""Bring a need to somebody: filled in by the answer, looked over, sent."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from scharnier.apps.http import ActorRequest, request_language, show_and_take, status_of, today
from scharnier.apps.people import selectors as people
from scharnier.apps.people.attempting import RefusalIn, doing_on
from scharnier.apps.referral import access, forms, need, selectors, services, telling
from scharnier.apps.referral.proposals import BadProposal, Proposed, unseal
from scharnier.core.kernel import Conflict, Invalid, NotFound, ReferralId
from scharnier.formats import wording


@never_cache
@show_and_take
def refer(request: ActorRequest, note_key: UUID | None = None) -> HttpResponse:
    """Bring a need to somebody, perhaps of a note; the text never stands in an address."""
    access.check_may_refer(request.actor, on=today())
    proposed = _proposed(request)
    named = need.name_proposed(proposed, actor=request.actor, on=today())
    is_filled_in = request.method == "POST" and "send" not in request.POST and "keep" not in request.POST
    introducers = named[0].introducers if len(named) == 1 else ()
    form = forms.ReferForm(
        None if is_filled_in or request.method != "POST" else request.POST,
        actor=request.actor,
        on=today(),
        proposed=proposed if named else (),
        introducers=introducers,
        initial=_initial(request),
    )
    if form.is_bound and form.is_valid():
        with RefusalIn(form, Conflict, Invalid, NotFound):
            referral_id = _bring(request, form, proposed=proposed)
            return redirect("referral:referral", referral_id)
    context = {
        "form": form,
        "named": named,
        "proposed": request.POST.getlist("proposed") if named else [],
        "places": people.area_names(request.actor),
        "note": note_key or _note_key(request) or "",
    }
    status = status_of(form)
    return render(request, "referral/refer.html", context, status=status)


def _initial(request: ActorRequest) -> dict[str, str]:
    """Return what the answer filled in, or a note, or a card."""
    said = {name: request.POST[name] for name in ("text", "place", "about") if request.POST.get(name)}
    to = request.GET.get("to", "")
    return {**said, **({"to": to} if to else {})}


def _note_key(request: ActorRequest) -> UUID | None:
    """Return the key of the note that this is made of, if it is made of one."""
    try:
        return UUID(request.POST.get("note", ""))
    except ValueError:
        return None


def _proposed(request: ActorRequest) -> tuple[Proposed, ...]:
    try:
        return tuple(map(unseal, request.POST.getlist("proposed")))
    except BadProposal as error:
        messages.warning(request, wording.say_error(error, language=request_language()))
        return ()


def _bring(request: ActorRequest, form: forms.ReferForm, *, proposed: Sequence[Proposed]) -> ReferralId:
    said = form.cleaned_data
    found = need.read_need(said["text"], place=said["place"], actor=request.actor, on=today())
    wish = form.wish(area_id=found.area_id, topics=found.topics)
    moment = doing_on(request)
    note_key = _note_key(request)
    if note_key is None:
        referral_id = services.make_referral(wish, **moment)
    else:
        referral_id = services.make_referral_of_note(wish, note_key, **moment)
    if "keep" in request.POST:
        messages.success(request, gettext("Kept as a draft. Nobody sees it but you."))
    elif form.is_introduced:
        (turn,) = selectors.referral_page(referral_id, actor=request.actor, on=today()).turns
        with suppress(services.IntroductionRunning):  # what is sent again asks once
            telling.ask_introduction(turn.handling.turn.id, proposed[0].introducers, **moment)
        messages.success(
            request, gettext("Asked for an introduction. You hear from us within five working days.")
        )
    else:
        telling.send_all(referral_id, **moment)
        messages.success(request, gettext("Sent. You see here what comes of it."))
    return referral_id

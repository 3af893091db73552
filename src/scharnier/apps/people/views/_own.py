# SPDX-License-Identifier: EUPL-1.2
"""Pages of somebody's own card: look it over, change a group, choose who sees it, leave sight."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest, now, request_language, show_and_take, today
from scharnier.apps.people import cards, forms, labels, selectors, services
from scharnier.apps.people.views._editing import EditPage, edit
from scharnier.core import network

HELD: Final = "people.held_consents"  # in the session: what leaving sight can be undone with


@never_cache
@require_safe
def own_card(request: ActorRequest) -> HttpResponse:
    """Show everything on the own card, with a way to change each group."""
    card = selectors.own_card(request.actor, on=today(), language=request_language())
    return render(request, "people/own_card.html", {"card": card, "can_undo": HELD in request.session})


@never_cache
@show_and_take
def skills(request: ActorRequest) -> HttpResponse:
    """Change what the actor can do, and about what."""
    form = forms.SkillsForm(
        request.POST or None,
        person=selectors.own_values(request.actor, on=today()).person,
        actor=request.actor,
        language=request_language(),
    )
    page = _page(
        cards.Group.SKILLS, lead=_("This is how people find you. Write it the way you would say it.")
    )
    return edit(
        request,
        form,
        page=page,
        act=lambda: services.change_skills(form.value(), actor=request.actor, on=today(), at=timezone.now()),
    )


@never_cache
@show_and_take
def ways(request: ActorRequest) -> HttpResponse:
    """Change how the actor is reached."""
    form = forms.WaysForm(request.POST or None, person=selectors.own_values(request.actor, on=today()).person)
    page = _page(cards.Group.WAYS, lead=_("Who can see this, you choose under “Who can see me”."))
    return edit(
        request,
        form,
        page=page,
        act=lambda: services.change_ways(form.value(), actor=request.actor, on=today(), at=timezone.now()),
    )


@never_cache
@show_and_take
def room(request: ActorRequest) -> HttpResponse:
    """Change whether the actor has room for requests."""
    person = selectors.own_values(request.actor, on=today()).person
    form = forms.RoomForm(request.POST or None, person=person, on=today())
    page = _page(
        cards.Group.ROOM, lead=_("Then nobody comes in vain, and you get no more than you can carry.")
    )
    return edit(
        request,
        form,
        page=page,
        act=lambda: services.change_room(form.value(), actor=request.actor, on=today(), at=timezone.now()),
    )


@never_cache
@show_and_take
def who(request: ActorRequest) -> HttpResponse:
    """Choose who can find and reach the actor."""
    person = selectors.own_values(request.actor, on=today()).person
    form = forms.WhoForm(request.POST or None, person=person, on=today())
    page = EditPage(
        title=_("Who can see me"),
        lead=_("You decide, and you can change your mind at any time. It works at once."),
        back=reverse("people:own_card"),
        saved=_("Saved. It holds from now on."),
    )
    return edit(request, form, page=page, act=partial(_choose, request, form))


def _choose(request: ActorRequest, form: forms.WhoForm) -> None:
    services.choose_consents(form.wishes(), actor=request.actor, on=today(), at=timezone.now())
    request.session.pop(HELD, None)  # what was said last, counts


@never_cache
@show_and_take
def visibility(request: ActorRequest) -> HttpResponse:
    """Choose to whom each field of the own card is shown."""
    values = selectors.own_values(request.actor, on=today())
    form = forms.VisibilityForm(request.POST or None, visibility=values.visibility)
    page = EditPage(
        title=_("What others see of my card"),
        lead=_("What you keep to yourself is shown to nobody else, and nobody is sent to you because of it."),
        back=reverse("people:own_card"),
    )
    return edit(
        request,
        form,
        page=page,
        act=lambda: services.change_visibility(form.wishes(), actor=request.actor, at=timezone.now()),
    )


@never_cache
@require_safe
def preview(request: ActorRequest) -> HttpResponse:
    """Show the own card as others see it."""
    card = selectors.preview_card(request.actor, on=today(), language=request_language())
    template = "people/preview.html" if card else "people/not_shown.html"
    return render(request, template, {"card": card})


@require_POST
def stop_listing(request: ActorRequest) -> HttpResponse:
    """Take the actor out of sight of everyone else, at once; the session remembers how to undo it."""
    held = services.leave_sight(actor=request.actor, on=today(), at=now())
    if held:
        request.session[HELD] = [
            [consent.purpose.value, consent.given_date.isoformat(), _iso(consent.end_date)]
            for consent in held
        ]
    messages.success(request, gettext("You are out of sight. Nobody can find you any more."))
    return redirect("people:own_card")


@require_POST
def undo_stop_listing(request: ActorRequest) -> HttpResponse:
    """Put back what `stop_listing` took away in this session."""
    held = [
        network.Consent(
            purpose=network.Purpose(purpose),
            given_date=date.fromisoformat(given),
            end_date=date.fromisoformat(end) if end else None,
        )
        for purpose, given, end in request.session.pop(HELD, ())
    ]
    if held:
        services.return_to_sight(held, actor=request.actor, on=today(), at=timezone.now())
        messages.success(
            request, gettext("You are back. What you shared with some stays stopped; you can share it again.")
        )
    return redirect("people:own_card")


@require_POST
def check_group(request: ActorRequest, group: str) -> HttpResponse:
    """Note that a group of the own card is still right."""
    if group not in set(cards.Group):
        raise Http404
    services.confirm_group(cards.Group(group), actor=request.actor, on=today(), at=timezone.now())
    messages.success(request, gettext("Thank you. People see that this was looked over today."))
    return redirect("people:own_card")


def _page(group: cards.Group, *, lead: object) -> EditPage:
    return EditPage(title=labels.GROUPS[group], lead=str(lead), back=reverse("people:own_card"))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""

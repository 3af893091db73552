# SPDX-License-Identifier: EUPL-1.2
"""Tell a signal and change it: one form, and a second look only where topics are lacking."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from scharnier.apps.http import ActorRequest, now, request_language, show_and_take, status_of, today
from scharnier.apps.people.attempting import RefusalIn
from scharnier.apps.signals import access, forms, selectors, services
from scharnier.apps.signals.forms import said_before
from scharnier.core.kernel import Conflict, Invalid, NotAllowed, SignalId

BEGIN = "begin"  # in a form of another page that leads here with words in it


@never_cache
@show_and_take
def tell(request: ActorRequest) -> HttpResponse:
    """Tell a signal; words of another page come by a form, never in an address."""
    access.check_may_begin(request.actor, on=today())
    if request.method != "POST":
        return _page(request, _form(request), template="signals/new.html")
    if BEGIN in request.POST:
        first = {"text": request.POST.get("text", ""), "place": request.POST.get("place", "")}
        return _page(request, _form(request, initial=first), template="signals/new.html")
    form = _form(request, data=request.POST)
    again = _second_look(request, form)
    if again is not None:
        return _page(request, again, template="signals/new.html")
    if form.is_valid():
        with RefusalIn(form, Invalid, Conflict, NotAllowed):
            told = form.told()
            signal_id = services.tell_signal(told, actor=request.actor, at=now(), key=form.written_key())
            said = (
                gettext("Told. Only you read the words.")
                if told.owner_id is None
                else gettext("Told. Only your organization reads the words.")
            )
            messages.success(request, said)
            return redirect("signals:signal", signal_id)
    return _page(request, form, template="signals/new.html")


@never_cache
@show_and_take
def change(request: ActorRequest, signal_id: str) -> HttpResponse:
    """Change what a signal says while it is open."""
    own = selectors.read_signal(SignalId(signal_id), actor=request.actor)
    area = selectors.name_area(own.value.place.area_id, network_id=request.actor.network_id)
    first = said_before(own.value, area_name=area)
    form = _form(request, data=request.POST if request.method == "POST" else None, initial=first)
    form.fields.pop("owner_id", None)  # whose it is stays
    if request.method == "POST" and form.is_valid():
        with RefusalIn(form, Invalid, Conflict):
            services.change_signal(own.value.id, form.told(), actor=request.actor, at=now())
            messages.success(request, gettext("Changed."))
            return redirect("signals:signal", signal_id)
    return _page(request, form, template="signals/change.html", signal_id=signal_id)


@never_cache
@require_POST
def topics(request: ActorRequest) -> HttpResponse:
    """Answer what a text is about, for the program of the page."""
    access.check_may_begin(request.actor, on=today())
    said = request.POST.get("text", "")
    found = selectors.suggest_topics(said, actor=request.actor, language=request_language())
    return JsonResponse({"topics": [{"id": topic_id, "name": name} for topic_id, name in found]})


def _form(
    request: ActorRequest, *, data: QueryDict | None = None, initial: dict[str, Any] | None = None
) -> forms.SignalForm:
    ground = selectors.read_ground(request.actor)
    ticked = data.getlist("topics") if data is not None else (initial or {}).get("topics", ())
    chosen = selectors.name_topics(ticked, actor=request.actor, language=request_language())
    found = forms.Offer(
        areas=ground.areas,
        locations=ground.locations,
        topics=chosen or _suggested(request, initial),
        groups=ground.groups,
        owners=ground.owners,
    )
    return forms.SignalForm(data, found=found, today=today(), initial=initial)


def _suggested(request: ActorRequest, initial: dict[str, Any] | None) -> selectors.Choices:
    said = (initial or {}).get("text", "")
    return selectors.suggest_topics(said, actor=request.actor, language=request_language()) if said else ()


def _second_look(request: ActorRequest, form: forms.SignalForm) -> forms.SignalForm | None:
    """Return the form with topics to choose from, where it could be kept but for those; None to go on."""
    if not form.is_valid() or not form.wants_topics:
        return None
    said = form.cleaned_data["text"]
    found = selectors.suggest_topics(said, actor=request.actor, language=request_language())
    if not found:
        return None
    data = request.POST.copy()
    data.setlist("topics", [topic_id for topic_id, _ in found])
    data["has_suggested"] = "on"
    again = _form(request, data=data)
    again.is_second_look = True
    return again


def _page(request: ActorRequest, form: forms.SignalForm, *, template: str, **more: str) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=status_of(form))

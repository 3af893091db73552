# SPDX-License-Identifier: EUPL-1.2
"""The form for residents, which asks for no account and follows nobody; and who reads what comes in."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from scharnier.apps import wall
from scharnier.apps.http import ActorRequest, now, posted, request_language, show_and_take, status_of, today
from scharnier.apps.members.forms import stamp
from scharnier.apps.people.attempting import RefusalIn
from scharnier.apps.signals import forms, selectors, services
from scharnier.core.kernel import Conflict, Invalid, NetworkId, NotFound, OrganizationId


@login_not_required
@never_cache
@show_and_take
def open_form(request: HttpRequest, network_id: str) -> HttpResponse:
    """Let anybody tell what they meet, where the coordinator chose who reads it."""
    door = selectors.open_door(NetworkId(network_id))
    at = now()
    form = forms.OpenForm(posted(request), found=forms.Offer(areas=door.areas), at=at, today=today())
    if request.method == "POST" and form.is_valid():
        is_machine = form.check_for_machine()
        if is_machine or _keep(form, network_id=door.network_id):
            return render(request, "signals/open_told.html", {"door": door})
    context = {"door": door, "form": form, "stamp": stamp(at)}
    return render(request, "signals/open.html", context, status=status_of(form))


def _keep(form: forms.OpenForm, *, network_id: NetworkId) -> bool:
    """Keep what was told, or say in the form why not."""
    if form.errors:
        return False
    told = form.told()
    with wall.in_network(network_id), RefusalIn(form, Invalid, Conflict):
        topics = selectors.recognise_topics(told.text, network_id=network_id, language=request_language())
        services.tell_as_resident(replace(told, topics=topics), network_id=network_id, at=form.at)
    return not form.errors


@never_cache
@show_and_take
def reception(request: ActorRequest) -> HttpResponse:
    """Choose who reads what residents tell, and see the address of the form."""
    found = selectors.read_reception(request.actor)
    form = forms.ReceptionForm(
        posted(request), organizations=found.organizations, chosen=found.organization_id
    )
    if request.method == "POST" and form.is_valid():
        chosen = OrganizationId(form.cleaned_data["organization_id"]) or None
        with RefusalIn(form, NotFound):
            services.choose_reception(chosen, actor=request.actor, at=now())
            said = gettext("Saved. The form is open.") if chosen else gettext("Saved. The form is closed.")
            messages.success(request, said)
            return redirect("signals:reception")
    address = request.build_absolute_uri(reverse("signals:open_form", args=[request.actor.network_id]))
    context = {"form": form, "is_open": bool(found.organization_id), "address": address}
    return render(request, "signals/reception.html", context, status=status_of(form))

# SPDX-License-Identifier: EUPL-1.2
"""The map of a network with the same as a list, and what it draws."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scharnier.apps.http import ActorRequest, request_language, today
from scharnier.apps.mapping import forms, selectors
from scharnier.apps.people import drafts
from scharnier.core import mapping


def _narrowed(request: ActorRequest) -> tuple[forms.SelectionForm, mapping.Ground]:
    ground = selectors.read_ground(request.actor)
    choices = selectors.choices(request.actor, ground=ground, language=request_language())
    return forms.SelectionForm(request.GET, choices=choices), ground


@never_cache
@require_safe
def show_map(request: ActorRequest) -> HttpResponse:
    """Show where organizations give their services, on a map and as a list."""
    form, ground = _narrowed(request)
    context = {
        "form": form,
        "page": selectors.map_page(form.selection, ground=ground),
        "may_import": drafts.may_import(request.actor, on=today()),
    }
    return render(request, "mapping/map.html", context)


@never_cache
@require_safe
def data(request: ActorRequest) -> HttpResponse:
    """Answer the areas and places of the same map."""
    form, ground = _narrowed(request)
    found = selectors.map_data(form.selection, ground=ground)
    return HttpResponse(found, content_type="application/json")

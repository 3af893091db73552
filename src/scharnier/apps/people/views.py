# SPDX-License-Identifier: EUPL-1.2
"""Pages of people: parse, one call, render."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest, request_language, today
from scharnier.apps.people import selectors, services
from scharnier.core.kernel import OrganizationId, PersonId
from scharnier.core.network import Purpose


@never_cache
@require_safe
def person(request: ActorRequest, person_id: str) -> HttpResponse:
    """Show a person's card."""
    card = selectors.person_card(
        PersonId(person_id), actor=request.actor, on=today(), language=request_language()
    )
    return render(request, "people/person.html", {"card": card})


@never_cache
@require_safe
def organization(request: ActorRequest, organization_id: str) -> HttpResponse:
    """Show an organization's card."""
    card = selectors.organization_card(
        OrganizationId(organization_id),
        actor=request.actor,
        on=today(),
        language=request_language(),
    )
    return render(request, "people/organization.html", {"card": card})


@require_POST
def stop_listing(request: ActorRequest) -> HttpResponse:
    """Take the actor's own card out of sight of everyone else, at once."""
    services.withdraw_consent(Purpose.LISTING, actor=request.actor, on=today())
    return redirect("people:person", request.actor.person_id)

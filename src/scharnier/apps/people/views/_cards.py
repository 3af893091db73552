# SPDX-License-Identifier: EUPL-1.2
"""Cards to read: of people and of organizations."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scharnier.apps.http import ActorRequest, now, request_language, today
from scharnier.apps.people import reading, selectors
from scharnier.core.kernel import OrganizationId, PersonId


@never_cache
@require_safe
def person(request: ActorRequest, person_id: str) -> HttpResponse:
    """Show a person's card."""
    opened = reading.open_card(PersonId(person_id), actor=request.actor, on=today(), at=now())
    card = selectors.person_card(opened.row, actor=request.actor, on=today(), language=request_language())
    shared = opened.shared and selectors.sharing_line(opened.shared, actor=request.actor, on=today())
    return render(request, "people/person.html", {"card": card, "shared": shared})


@never_cache
@require_safe
def organization(request: ActorRequest, organization_id: str) -> HttpResponse:
    """Show an organization's card."""
    card = selectors.organization_card(
        OrganizationId(organization_id),
        actor=request.actor,
        on=today(),
        language=request_language(),
        number=request.GET.get("page", "1"),
    )
    return render(request, "people/organization.html", {"card": card})

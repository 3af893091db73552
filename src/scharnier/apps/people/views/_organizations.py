# SPDX-License-Identifier: EUPL-1.2
"""Pages to change an organization and its services, and to add what is not there yet."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest, request_language, show_and_take, today
from scharnier.apps.people import access, cards, forms, labels, selectors, services
from scharnier.apps.people.views._editing import EditPage, edit
from scharnier.core import network, policy
from scharnier.core.kernel import CommunityId, OrganizationId, ServiceId


@never_cache
@require_safe
def edit_organization(request: ActorRequest, organization_id: str) -> HttpResponse:
    """Show everything on an organization's card, with a way to change each group."""
    key = OrganizationId(organization_id)
    card = {
        "id": organization_id,
        "name": selectors.organization_value(key, actor=request.actor).name,
        "groups": selectors.organization_groups(
            key, actor=request.actor, on=today(), language=request_language()
        ),
        "services": selectors.service_names(key, actor=request.actor),
    }
    return render(request, "people/edit_organization.html", {"card": card})


@never_cache
@show_and_take
def edit_about(request: ActorRequest, organization_id: str) -> HttpResponse:
    """Change what an organization is and does."""
    key = OrganizationId(organization_id)
    form = forms.AboutForm(
        request.POST or None,
        actor=request.actor,
        language=request_language(),
        organization=selectors.organization_value(key, actor=request.actor),
    )
    return _edit_group(request, form, cards.Group.ABOUT, organization_id)


@never_cache
@show_and_take
def edit_organization_ways(request: ActorRequest, organization_id: str) -> HttpResponse:
    """Change how an organization is reached."""
    value = selectors.organization_value(OrganizationId(organization_id), actor=request.actor)
    form = forms.OrganizationWaysForm(request.POST or None, organization=value)
    return _edit_group(request, form, cards.Group.WAYS, organization_id)


def _edit_group(
    request: ActorRequest,
    form: forms.AboutForm | forms.OrganizationWaysForm,
    group: cards.Group,
    organization_id: str,
) -> HttpResponse:
    def act() -> None:
        value = (
            form.value(organization_id=OrganizationId(organization_id))
            if isinstance(form, forms.AboutForm)
            else form.value()
        )
        services.change_organization(value, group, actor=request.actor, on=today(), at=timezone.now())

    page = EditPage(
        title=labels.GROUPS_OF_ORGANIZATION[group],
        back=reverse("people:edit_organization", args=[organization_id]),
    )
    return edit(request, form, page=page, act=act)


@require_POST
def check_organization(request: ActorRequest, group: str, organization_id: str) -> HttpResponse:
    """Note that a group of an organization's card is still right."""
    if group not in set(cards.Group):
        raise Http404
    services.confirm_organization(
        OrganizationId(organization_id),
        cards.Group(group),
        actor=request.actor,
        on=today(),
        at=timezone.now(),
    )
    messages.success(request, gettext("Thank you. People see that this was looked over today."))
    return redirect("people:edit_organization", organization_id)


@never_cache
@show_and_take
def edit_service(request: ActorRequest, service_id: str) -> HttpResponse:
    """Change a service."""
    value = selectors.service_value(ServiceId(service_id), actor=request.actor)
    return _service_page(request, service=value, service_id=value.id, organization_id=value.organization_id)


@never_cache
@show_and_take
def add_service(request: ActorRequest, organization_id: str) -> HttpResponse:
    """Add a service to an organization."""
    key = selectors.organization_value(OrganizationId(organization_id), actor=request.actor).id
    return _service_page(request, service=None, service_id=None, organization_id=key)


def _service_page(
    request: ActorRequest,
    *,
    service: network.Service | None,
    service_id: ServiceId | None,
    organization_id: OrganizationId,
) -> HttpResponse:
    data = request.POST or None
    hours = forms.schedule_forms(data, schedules=service.schedules if service else ())
    form = forms.ServiceForm(data, actor=request.actor, language=request_language(), service=service)

    def act() -> None:
        value = form.value(
            service_id=service_id or ServiceId(services.new_id(form.cleaned_data["name"])),
            organization_id=organization_id,
            schedules=forms.schedules_of(hours),
            on=today(),
        )
        services.save_service(value, actor=request.actor, on=today(), at=timezone.now())

    page = EditPage(
        title=service.name if service else _("Add something people can come for"),
        back=reverse("people:edit_organization", args=[organization_id]),
        hours=hours,
    )
    return edit(request, form, page=page, act=act)


@never_cache
@show_and_take
def add_organization(request: ActorRequest) -> HttpResponse:
    """Add an organization to the network."""
    access.check_may_add(request.actor, policy.Kind.ORGANIZATION, on=today())
    form = forms.AboutForm(request.POST or None, actor=request.actor, language=request_language())
    key = OrganizationId(services.new_id(form.data.get("name", "")))
    page = EditPage(
        title=_("Add an organization"), back=reverse("people:organization", args=[key]), saved=_("Added.")
    )
    return edit(
        request,
        form,
        page=page,
        act=lambda: services.add_organization(
            form.value(organization_id=key), actor=request.actor, on=today(), at=timezone.now()
        ),
    )


@never_cache
@show_and_take
def add_community(request: ActorRequest) -> HttpResponse:
    """Add a community to the network."""
    access.check_may_add(request.actor, policy.Kind.COMMUNITY, on=today())
    form = forms.CommunityForm(request.POST or None, actor=request.actor, language=request_language())
    key = CommunityId(services.new_id(form.data.get("name", "")))
    page = EditPage(
        title=_("Add a community"),
        lead=_("People who belong together: a choir, a mosque, a sports club, the shopkeepers."),
        back=reverse("people:own_card"),
        saved=_("Added. People can now say that they belong to it."),
    )
    return edit(
        request,
        form,
        page=page,
        act=lambda: services.add_community(
            form.value(community_id=key), actor=request.actor, on=today(), at=timezone.now()
        ),
    )


@never_cache
@show_and_take
def add_person(request: ActorRequest) -> HttpResponse:
    """Make a card ready for somebody."""
    access.check_may_add(request.actor, policy.Kind.PERSON, on=today())
    form = forms.PersonForm(request.POST or None)
    page = EditPage(
        title=_("Make a card ready for somebody"),
        lead=_("Nobody sees the card until they say so themselves. Only they can change it."),
        back=reverse("people:own_card"),
        saved=_("The card is ready. Invite them, so that they can fill it in."),
    )
    return edit(
        request,
        form,
        page=page,
        act=lambda: services.add_person(
            form.value(person_id=services.new_person_id()),
            actor=request.actor,
            on=today(),
            at=timezone.now(),
        ),
    )

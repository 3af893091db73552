# SPDX-License-Identifier: EUPL-1.2
"""Forms of organizations, communities, and persons whom a coordinator adds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms._fields import (
    CardForm,
    email_address,
    line,
    phone_number,
    web_address,
    words,
)
from scharnier.apps.people.forms._topics import TopicsForm
from scharnier.core import network
from scharnier.core.kernel import Actor, AreaId, CommunityId, OrganizationId, PersonId

NAME_NEEDED = _("Fill in a name.")


class AboutForm(TopicsForm):
    """What an organization is and does."""

    field_of_error = {**TopicsForm.field_of_error, "people.name_taken": "name"}

    name = line(_("Name"), required=NAME_NEEDED, autocomplete="organization")
    alternate_name = line(_("What else do people call you?"), hint=_("You may leave this empty."))
    description = words(_("What are you, in one or two sentences?"))
    remit = words(
        _("What may and must you do?"),
        hint=_("In plain words, such as: we lend out rooms, and we may close the street for a party."),
    )
    field_order = ("name", "alternate_name", "description", "remit", "topics", "search", "area_ids")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        actor: Actor,
        language: str,
        organization: network.Organization | None = None,
    ) -> None:
        initial: dict[str, object] = {}
        if organization is not None:
            initial = {
                "name": organization.name,
                "alternate_name": organization.alternate_name,
                "description": organization.description,
                "remit": organization.remit,
                "topics": sorted(organization.topics),
                "area_ids": sorted(organization.area_ids),
            }
        chosen = organization.topics if organization else ()
        super().__init__(data, actor=actor, language=language, chosen=chosen, initial=initial)

    def value(self, *, organization_id: OrganizationId) -> network.Organization:
        """Return what was filled in."""
        said = self.cleaned_data
        return network.Organization(
            id=organization_id,
            name=said["name"],
            alternate_name=said["alternate_name"],
            description=said["description"],
            remit=said["remit"],
            topics=self.topic_ids(),
            area_ids=frozenset(map(AreaId, said["area_ids"])),
        )


class OrganizationWaysForm(CardForm):
    """How an organization is reached."""

    phone = phone_number(_("Phone"))
    email = email_address(_("E-mail"))
    website = web_address(_("Website"))

    def __init__(self, data: QueryDict | None = None, *, organization: network.Organization) -> None:
        self._organization = organization
        fields = ("phone", "email", "website")
        super().__init__(data, initial={field: getattr(organization, field) for field in fields})

    def value(self) -> network.Organization:
        """Return the organization with what was filled in."""
        return replace(self._organization, **self.cleaned_data)


class CommunityForm(TopicsForm):
    """A community that a coordinator adds."""

    field_of_error = {**TopicsForm.field_of_error, "people.name_taken": "name"}

    name = line(_("Name"), required=NAME_NEEDED)
    description = words(_("What brings these people together?"))
    field_order = ("name", "description", "topics", "search", "area_ids")

    def value(self, *, community_id: CommunityId) -> network.Community:
        """Return what was filled in."""
        said: dict[str, Any] = self.cleaned_data
        return network.Community(
            id=community_id,
            name=said["name"],
            description=said["description"],
            topics=self.topic_ids(),
            area_ids=frozenset(map(AreaId, said["area_ids"])),
        )


class PersonForm(CardForm):
    """A card that a coordinator makes ready for somebody."""

    name = line(_("Name"), required=NAME_NEEDED)
    email = email_address(_("E-mail"), hint=_("To invite them with. They decide whether others see it."))

    def value(self, *, person_id: PersonId) -> network.Person:
        """Return what was filled in."""
        return network.Person(id=person_id, name=self.cleaned_data["name"], email=self.cleaned_data["email"])

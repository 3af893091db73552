# SPDX-License-Identifier: EUPL-1.2
"""Forms of roles in time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people import selectors
from scharnier.apps.people.forms._fields import CardForm, day, iso, line, offer, one
from scharnier.apps.people.forms._looking import NamesForm
from scharnier.core import network
from scharnier.core.kernel import Actor, CommunityId, OrganizationId, PersonId, ResidentGroupId

KINDS = {
    "organization": _("Organizations"),
    "community": _("Communities"),
    "resident_group": _("Groups of residents"),
}


class StartRoleForm(CardForm):
    """A role that somebody has somewhere, from a day on."""

    field_of_error = {"people.unknown_party": "where"}

    where = one(
        _("Where?"),
        hint=_("Not in the list? Ask the coordinator of your network to add it."),
        required=_("Choose where you have this role."),
        in_a_list=True,
    )
    role = line(
        _("What are you there?"),
        hint=_("In a few words, such as: chair, volunteer, community worker."),
        required=_("Say in a few words what you are there."),
    )
    start_date = day(_("Since when?"), hint=_("You may leave this empty."))
    end_date = day(_("Until when?"), hint=_("Only if you know already. You may leave this empty."))

    def __init__(self, data: QueryDict | None = None, *, actor: Actor) -> None:
        super().__init__(data)
        found = selectors.party_choices(actor)
        groups: list[Any] = [("", _("Choose"))]
        for kind, parties in found.items():
            if parties:
                groups.append((KINDS[kind], [(f"{kind}:{value}", name) for value, name in parties]))
        offer(self, "where", groups)

    def clean(self) -> dict[str, Any]:
        """Say so when the role would end before it starts."""
        start, end = self.cleaned_data.get("start_date"), self.cleaned_data.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("This day is before the first. Choose a later one."))
        return self.cleaned_data

    def value(self, *, person_id: PersonId) -> network.Membership:
        """Return the role that was filled in."""
        kind, _colon, party_id = self.cleaned_data["where"].partition(":")
        return network.Membership(
            person_id=person_id,
            organization_id=OrganizationId(party_id) if kind == "organization" else None,
            community_id=CommunityId(party_id) if kind == "community" else None,
            resident_group_id=ResidentGroupId(party_id) if kind == "resident_group" else None,
            role=self.cleaned_data["role"],
            start_date=self.cleaned_data["start_date"],
            end_date=self.cleaned_data["end_date"],
        )


class EndRoleForm(NamesForm):
    """The last day of a role, and who takes it over."""

    field_of_error = {"people.unknown_party": "successor", "network.invalid_relation": "last_day"}
    field_order = ("last_day", "successor", "search")

    last_day = day(_("What is your last day?"), required=_("Choose your last day."))
    successor = one(
        _("Who takes it over?"),
        hint=_("If you know. Others then see who takes over."),
        in_a_list=True,
    )

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, on: date) -> None:
        super().__init__(data, initial={"last_day": iso(on)})
        chosen = self.data.get("successor", "")
        persons = selectors.other_persons(actor, on=on, name=self.searched, chosen=chosen)
        offer(self, "successor", [("", _("I do not know yet")), *persons.choices])
        self.look_in(persons)

    def successor_id(self) -> PersonId | None:
        """Return who takes the role over, if anyone."""
        chosen = self.cleaned_data["successor"]
        return PersonId(chosen) if chosen else None

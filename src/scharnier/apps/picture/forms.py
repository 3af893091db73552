# SPDX-License-Identifier: EUPL-1.2
"""What to see of the network, whom to look for, and what somebody is to you."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scharnier.apps.picture import words
from scharnier.apps.picture.selectors import Choices, Found
from scharnier.core import picture
from scharnier.core.kernel import AreaId, CommunityId, Invalid, OrganizationId, TopicId
from scharnier.core.network import TieKind


class UnknownChoice(Invalid):
    """Something was asked for that is not, or no longer, among the choices."""

    code = "picture.unknown_choice"


class SelectionForm(forms.Form):
    """Which part of the network to see; a plain address holds the answer."""

    show = forms.ChoiceField(
        label=_("What do you want to see?"),
        choices=[("people", _("People")), ("groups", _("People, organizations and groups"))],
        required=False,
    )
    community = forms.ChoiceField(label=_("Group"), required=False)
    organization = forms.ChoiceField(label=_("Organization"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    area = forms.ChoiceField(label=_("Neighbourhood"), required=False)
    age = forms.ChoiceField(label=_("Contact confirmed"), choices=list(words.AGES.items()), required=False)

    def __init__(self, data: object, *, choices: Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the parameters of an address
        offered: dict[str, Iterable[tuple[str, str]]] = {
            "community": choices.communities,
            "organization": choices.organizations,
            "topic": choices.topics,
            "area": choices.areas,
        }
        for name, pairs in offered.items():
            anything: tuple[str, str | Promise] = ("", _("All"))
            self.fields[name].choices = [anything, *pairs]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def selection(self) -> picture.Selection:
        """Return what was asked for.

        Raises
        ------
        UnknownChoice
        """
        if not self.is_valid():
            raise UnknownChoice(fields=sorted(self.errors))
        asked = self.cleaned_data
        return picture.Selection(
            community_id=CommunityId(asked["community"]) if asked["community"] else None,
            organization_id=OrganizationId(asked["organization"]) if asked["organization"] else None,
            topic_id=TopicId(asked["topic"]) if asked["topic"] else None,
            area_id=AreaId(asked["area"]) if asked["area"] else None,
            age=picture.Age(asked["age"] or picture.Age.ALL),
            with_groups=asked["show"] == "groups",
        )

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything else than everybody is asked for."""
        return any(self.data.get(name) for name in self.fields if name != "show")


class SearchForm(forms.Form):
    """Whom to look for."""

    name = forms.CharField(
        label=_("Whom do you know?"),
        help_text=_("A first name or a last name, or a part of it."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    @property
    def text(self) -> str:
        """Return the name looked for; empty when none was."""
        return str(self.cleaned_data["name"]) if self.is_valid() else ""


class KindForm(forms.Form):
    """What somebody is to you."""

    kind = forms.ChoiceField(label=_("How do you know each other?"), choices=list(words.TO_CHOOSE.items()))

    @property
    def chosen(self) -> TieKind:
        """Return the kind.

        Raises
        ------
        UnknownChoice
        """
        if not self.is_valid():
            raise UnknownChoice(fields=sorted(self.errors))
        return TieKind(self.cleaned_data["kind"])


class DeclareForm(KindForm):
    """Who of the persons found it is, and what they are to you."""

    person = forms.ChoiceField(label=_("Whom do you mean?"), widget=forms.RadioSelect)
    field_order = ["person", "kind"]

    def __init__(self, *, found: Found) -> None:
        pairs = [(link.id, link.name) for link in found.persons]
        super().__init__(initial={"person": pairs[0][0] if pairs else ""})
        self.fields["person"].choices = pairs  # type: ignore[attr-defined]  # a ChoiceField

# SPDX-License-Identifier: EUPL-1.2
"""Which part of the network to see on the map."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.apps.mapping.selectors import Choices
from scharnier.core.kernel import AreaId, Invalid, TopicId
from scharnier.core.mapping import MapSelection


class UnknownChoice(Invalid):
    """Something was asked for that is not, or no longer, among the choices."""

    code = "mapping.unknown_choice"


class SelectionForm(forms.Form):
    """Which part of the network to see; a plain address holds the answer."""

    area = forms.ChoiceField(label=_("Neighbourhood"), required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False)

    def __init__(self, data: object, *, choices: Choices) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # the parameters of an address
        for name, pairs in (("area", choices.areas), ("topic", choices.topics)):
            self.fields[name].choices = [("", _("All")), *pairs]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def selection(self) -> MapSelection:
        """Return what was asked for.

        Raises
        ------
        UnknownChoice
        """
        if not self.is_valid():
            raise UnknownChoice(fields=sorted(self.errors))
        asked = self.cleaned_data
        return MapSelection(
            area_id=AreaId(asked["area"]) if asked["area"] else None,
            topic_id=TopicId(asked["topic"]) if asked["topic"] else None,
        )

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything else than everything is asked for."""
        return any(self.data.get(name) for name in self.fields)

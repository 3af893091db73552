# SPDX-License-Identifier: EUPL-1.2
"""Forms to take areas from a map: which file, and which of its areas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms._fields import CardForm, Choices, many, offer, one
from scharnier.core.kernel import AreaId


class MapForm(CardForm):
    """Which file with areas to read."""

    field_of_error: ClassVar[Mapping[str, str]] = {
        f"areas_geojson.{name}": "file"
        for name in (
            "not_geojson",
            "no_areas",
            "too_large",
            "unknown_coordinates",
            "unreadable_shape",
            "self_crossing",
        )
    }
    file = forms.FileField(
        label=_("Your file with areas"),
        help_text=_("GeoJSON, at most 20 MB."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another one."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
        },
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )


class AreasForm(CardForm):
    """Which areas of a map belong to the network, and in which area they lie."""

    field_of_error: ClassVar[Mapping[str, str]] = {
        "network.nothing_chosen": "chosen",
        "network.area_not_found": "parent",
    }
    digest = forms.CharField(widget=forms.HiddenInput, required=False)
    chosen = many(_("Which areas belong to your network?"))
    parent = one(
        _("In which area do they lie?"),
        hint=_("Only for areas that lie in no other area of this list. You may leave this."),
        in_a_list=True,
    )

    def __init__(
        self, data: object = None, *, found: Choices, areas: Choices, initial: Mapping[str, object]
    ) -> None:
        super().__init__(data, initial=dict(initial))  # type: ignore[arg-type]  # the fields of a request
        offer(self, "chosen", found)
        offer(self, "parent", [("", _("In none")), *areas])

    @property
    def chosen_ids(self) -> tuple[AreaId, ...]:
        """Return what was ticked."""
        return tuple(map(AreaId, self.cleaned_data["chosen"]))

    @property
    def parent_id(self) -> AreaId | None:
        """Return the area around what was chosen."""
        return AreaId(self.cleaned_data["parent"]) if self.cleaned_data["parent"] else None

    @property
    def ticked(self) -> frozenset[str]:
        """Return what stands ticked: what was sent, else what is here already."""
        return frozenset(map(str, self["chosen"].value() or ()))

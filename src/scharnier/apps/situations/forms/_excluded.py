# SPDX-License-Identifier: EUPL-1.2
"""The form that leaves a place out: typed by its name, pointed out on the map, or as coordinates."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.http import request_language
from scharnier.apps.people.forms import CardForm, line
from scharnier.apps.signals.selectors import Ground
from scharnier.core import signals, situations
from scharnier.core.kernel import Invalid
from scharnier.core.signals import Place, Spot

OF_PLACE: Final = (
    "signals.place_unclear",
    "situations.place_not_exact",
    "text.too_long",
    "text.personal_data",
)

SAY_WHERE: Final = _("Say which place it is.")


class ExcludeForm(CardForm):
    """Where nothing counts."""

    field_of_error = dict.fromkeys(OF_PLACE, "place")

    place = line(
        _("Which place?"),
        hint=_("A place or address that we know, or coordinates, such as 52.0907, 5.1213."),
    )
    longitude = forms.FloatField(widget=forms.HiddenInput, required=False)
    latitude = forms.FloatField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: QueryDict | None = None, *, ground: Ground) -> None:
        super().__init__(data)
        self._ground = ground
        self.fields["place"].widget.attrs["list"] = "places"

    @property
    def place_names(self) -> tuple[str, ...]:
        """Return what can be typed: places of which the point is known."""
        known = [each for each in self._ground.locations if each.longitude is not None]
        names = {each.name for each in known} | {each.address for each in known}
        return tuple(sorted(names - {""}, key=str.casefold))

    def clean(self) -> dict[str, Any]:
        """Say at the box what cannot be so."""
        if {"longitude", "latitude"} & self.errors.keys():  # no number, from no map of ours
            self.add_error("place", SAY_WHERE)
        elif not self.errors:
            try:
                self.cleaned_data["found"] = self._found()
            except signals.PlaceUnclear:
                self.add_error("place", SAY_WHERE)
            except Invalid as error:
                self.add_refusal(error, language=request_language())
        return self.cleaned_data

    def excluded(self) -> Place:
        """Return the place that was said."""
        found: Place = self.cleaned_data["found"]
        return found

    def _found(self) -> Place:
        said = self.cleaned_data["place"]
        typed = signals.read_spot(said)
        words = "" if typed is not None else said
        spot = self._pointed() or typed
        if not words and spot is None:
            raise signals.PlaceUnclear(lacks="spot")
        try:
            found = signals.find_place(
                words, areas=self._ground.areas, locations=self._ground.locations, spot=spot
            )
        except (signals.PlaceUnknown, signals.PlaceAmbiguous):
            raise situations.PlaceNotExact(words=said) from None
        if found.spot is None:
            raise situations.PlaceNotExact(words=said)
        is_by_name = bool(words) and words.casefold() != found.words.casefold()
        return replace(found, words=f"{words}, {found.words}") if is_by_name else found

    def _pointed(self) -> Spot | None:
        longitude, latitude = (self.cleaned_data.get(name) for name in ("longitude", "latitude"))
        if longitude is None or latitude is None:
            return None
        return Spot(longitude=longitude, latitude=latitude)

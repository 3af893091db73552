# SPDX-License-Identifier: EUPL-1.2
"""The form of a signal: what, where and when in sight, the rest folded; nothing that was typed gets lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scharnier.apps.http import request_language
from scharnier.apps.people.forms import OF_WORDS, CardForm, day, line, offer, one, words
from scharnier.apps.people.forms._fields import iso, many
from scharnier.apps.signals import labels
from scharnier.apps.signals.services import Told
from scharnier.core import network, signals, text
from scharnier.core.kernel import AreaId, Invalid, OrganizationId, ResidentGroupId, TopicId
from scharnier.core.signals import Grain, Happening, Place, Seriousness, Spot
from scharnier.formats import wording

Choices = tuple[tuple[str, str], ...]
MYSELF: Final = "-"  # on whose behalf, when on nobody's
TODAY, YESTERDAY, DAY, WEEK, MONTH = "today", "yesterday", "day", "week", "month"
WHEN: Final = (
    (TODAY, _("Today")),
    (YESTERDAY, _("Yesterday")),
    (DAY, _("Another day")),
    (WEEK, _("Some day in a certain week")),
    (MONTH, _("Some day in a certain month")),
)
GRAINS: Final = {WEEK: Grain.WEEK, MONTH: Grain.MONTH}
BESIDE: Final = ("area_id", "topics", "group_ids", "seriousness", "owner_id")

OF_AREA: Final = ("signals.place_unknown", "signals.place_ambiguous")  # to be mended by choosing an area


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What there is to choose from on the form, and the places it knows."""

    areas: Sequence[network.Area]
    locations: Sequence[network.Location] = ()
    topics: Choices = ()  # that were ticked or are suggested
    groups: Choices = ()
    owners: Choices = ()  # organizations that the teller acts for

    @property
    def area_choices(self) -> Choices:
        """Return the areas but streets, after a first line that chooses none."""
        found: list[tuple[str, str]] = [
            (area.id, area.name) for area in self.areas if area.kind is not network.AreaKind.STREET
        ]
        found.sort(key=lambda pair: (pair[1].casefold(), pair[0]))
        return (("", gettext("Choose a neighbourhood …")), *found)

    @property
    def place_names(self) -> tuple[str, ...]:
        """Return what can be typed for a place: areas, streets, and places where organizations are."""
        known = network.AreaNames(self.areas)
        names = {known.tell_apart(area) for area in self.areas}
        names |= {location.name for location in self.locations}
        names |= {location.address for location in self.locations}
        return tuple(sorted(names - {""}, key=str.casefold))


class SignalForm(CardForm):
    """What somebody meets, where and when; what it is about is suggested, the rest may be left out."""

    field_of_error = {
        **dict.fromkeys(OF_WORDS, "text"),
        **dict.fromkeys(
            ("signals.place_unclear", "signals.place_unknown", "signals.place_ambiguous"), "place"
        ),
        "signals.happening_unclear": "on",
        "signals.unknown_subject": "topics",
        "signals.may_not_tell": "owner_id",
    }

    is_second_look = False  # topics are suggested, and everything else could be kept

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = words(
        _("What do you meet?"),
        hint=_("One or two sentences. No names, phone numbers or addresses of others."),
        required=_("Write in a few words what you meet."),
    )
    place = line(_("Where?"), hint=_("A neighbourhood, a street, or a place everybody knows."))
    area_id = one(
        _("In which neighbourhood?"),
        hint=_("Only needed when we do not know the place above."),
        in_a_list=True,
    )
    longitude = forms.FloatField(widget=forms.HiddenInput, required=False)
    latitude = forms.FloatField(widget=forms.HiddenInput, required=False)
    when = one(_("When?"), WHEN, required=_("Say when it was, as well as you know."))
    on = day(_("Which day?"), hint=_("For a week or a month: any day in it. Empty means now."))
    topics = many(_("What is it about?"), hint=_("This is how others who meet the same are found."))
    has_suggested = forms.BooleanField(widget=forms.HiddenInput, required=False)
    group_ids = many(_("Whom does it concern most?"))
    seriousness = one(
        _("How serious is it?"), tuple((each.value, labels.SERIOUSNESS[each]) for each in Seriousness)
    )
    owner_id = one(
        _("For which organization do you tell this?"), required=_("Choose for whom you tell this.")
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        found: Offer,
        today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        first = {"key": uuid4(), "when": TODAY, "seriousness": Seriousness.ANNOYING.value}
        if found.owners:
            first["owner_id"] = found.owners[0][0]
        super().__init__(data, initial={**first, **(initial or {})})
        self.today, self.found = today, found
        offered: dict[str, Choices] = {
            "area_id": found.area_choices,
            "topics": found.topics,
            "group_ids": found.groups,
            "owner_id": (*found.owners, (MYSELF, str(_("For myself")))),
        }
        for name, choices in offered.items():
            offer(self, name, choices)
        if not found.owners:
            self.fields.pop("owner_id", None)
        self.fields["place"].widget.attrs["list"] = "places"

    def clean(self) -> dict[str, Any]:
        """Say at each field what cannot be so."""
        self._check(
            "text", lambda: text.check_input(self.cleaned_data["text"], max_characters=signals.LONGEST_TEXT)
        )
        self._check("place", lambda: self.cleaned_data.update(found_place=self._place()))
        self._check("on", lambda: self.cleaned_data.update(happened=self._happened()))
        return self.cleaned_data

    def _check(self, name: str, look: Any) -> None:
        if name in self.errors:
            return
        try:
            look()
        except Invalid as error:
            field = "area_id" if error.code in OF_AREA else name
            self.add_error(field, wording.say_error(error, language=request_language()))

    def _place(self) -> Place:
        said = self.cleaned_data
        return signals.find_place(
            said.get("place", ""),
            areas=self.found.areas,
            locations=self.found.locations,
            area_id=AreaId(said["area_id"]) if said.get("area_id") else None,
            spot=self._spot(),
        )

    def _spot(self) -> Spot | None:
        longitude, latitude = (self.cleaned_data.get(name) for name in ("longitude", "latitude"))
        if longitude is None or latitude is None:
            return None
        return Spot(longitude=longitude, latitude=latitude)

    def _happened(self) -> Happening:
        when, on = self.cleaned_data.get("when"), self.cleaned_data.get("on")
        if when == YESTERDAY:
            return Happening(on=self.today - timedelta(days=1))
        if when == TODAY:
            return Happening(on=self.today)
        happened = Happening(on=on or self.today, grain=GRAINS.get(str(when), Grain.DAY))
        if happened.first_day > self.today:
            raise signals.HappeningUnclear(told_on=self.today)
        return happened

    def told(self) -> Told:
        """Return what was told."""
        said = self.cleaned_data
        owner_id = said.get("owner_id", MYSELF)
        return Told(
            text=said["text"],
            place=said["found_place"],
            happened=said["happened"],
            topics=frozenset(map(TopicId, said.get("topics", ()))),
            resident_group_ids=frozenset(map(ResidentGroupId, said.get("group_ids", ()))),
            seriousness=Seriousness(said.get("seriousness") or Seriousness.ANNOYING.value),
            owner_id=None if owner_id == MYSELF else OrganizationId(owner_id),
        )

    def written_key(self) -> UUID:
        """Return the key that came along, or a new one."""
        return self.cleaned_data["key"] or uuid4()

    @property
    def wants_topics(self) -> bool:
        """Tell whether nothing was ticked and nothing was suggested yet."""
        return not self.cleaned_data["topics"] and not self.cleaned_data["has_suggested"]

    @property
    def has_more(self) -> bool:
        """Tell whether something of the folded part is filled in or wrong."""
        is_usual = self["seriousness"].value() in {Seriousness.ANNOYING.value, None}
        return bool(self["group_ids"].value() or self["group_ids"].errors) or not is_usual

    @property
    def has_other_place(self) -> bool:
        """Tell whether an area or a point was chosen, or has to be."""
        return any(self[name].value() or self[name].errors for name in ("area_id", "longitude"))


def said_before(value: signals.Signal, *, area_name: str) -> dict[str, Any]:
    """Return what a signal says, as the form has it."""
    place, happened = value.place, value.happened
    is_point = place.precision is signals.Precision.POINT
    spot = place.spot if is_point else None
    return {
        "text": value.text or "",
        "place": place.words or area_name,
        "area_id": place.area_id or "",
        "longitude": spot.longitude if spot else None,
        "latitude": spot.latitude if spot else None,
        "when": {Grain.WEEK: WEEK, Grain.MONTH: MONTH}.get(happened.grain, DAY),
        "on": iso(happened.on),
        "topics": sorted(value.topics),
        "group_ids": sorted(value.resident_group_ids),
        "seriousness": value.seriousness.value,
        "has_suggested": True,
    }

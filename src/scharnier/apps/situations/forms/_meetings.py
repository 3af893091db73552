# SPDX-License-Identifier: EUPL-1.2
"""Forms of meetings: when and where, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import OF_WORDS, CardForm, day, line, offer, words
from scharnier.apps.people.forms._fields import clock
from scharnier.apps.situations import services
from scharnier.apps.situations.forms._fields import NO_NAMES, choices_of, organizations
from scharnier.core.kernel import OrganizationId

if TYPE_CHECKING:
    from datetime import date

N_DECISIONS: Final = 5  # boxes in sight


class AppointmentForm(CardForm):
    """When partners meet, and where."""

    field_of_error = {**dict.fromkeys(OF_WORDS, "place"), "situations.meeting_unclear": "ends"}

    on = day(_("On which day?"), required=_("Choose a day."))
    starts = clock(_("From what time?"))
    ends = clock(_("Until what time?"))
    place = line(_("Where?"), hint=_("It stands in the mail to everyone. Name nobody."))

    def clean(self) -> dict[str, object]:
        """Ask for both times, in order."""
        for name in ("starts", "ends"):
            if self.cleaned_data.get(name) is None and name not in self.errors:
                self.add_error(name, _("Fill in a time, such as 09:30."))
        if not self.errors and self.cleaned_data["ends"] <= self.cleaned_data["starts"]:
            self.add_error("ends", _("This comes before the beginning. Choose a later time."))
        return self.cleaned_data

    def appointment(self) -> services.Appointment:
        """Return when and where."""
        said = self.cleaned_data
        return services.Appointment(
            starts_at=_moment(said["on"], said["starts"]),
            ends_at=_moment(said["on"], said["ends"]),
            place=said["place"],
        )

    @staticmethod
    def filled(starts_at: datetime, ends_at: datetime, place: str) -> dict[str, object]:
        """Return what stands in the form for a meeting."""
        starts, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
        return {"on": starts.date(), "starts": starts.time(), "ends": ends.time(), "place": place}


class MinutesForm(CardForm):
    """Who was there, who could not come, and what was decided: one decision in each box."""

    field_of_error = {
        **dict.fromkeys(OF_WORDS, "decision_1"),
        "situations.meeting_unclear": "apologies",
        "situations.not_in_coalition": "present",
    }

    present = organizations(_("Who was there?"))
    apologies = organizations(_("Who could not come, and said so?"))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        names: Iterable[tuple[str, str]],
        initial: Mapping[str, object] | None = None,
        decisions: tuple[str, ...] = (),
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        n_boxes = max(N_DECISIONS, len(decisions) + 1)
        if data is not None:
            n_boxes = max(n_boxes, sum(name.startswith("decision_") for name in data))
        for place in range(1, n_boxes + 1):
            self.fields[f"decision_{place}"] = words(
                _("Decision %(n)s") % {"n": place}, hint=NO_NAMES if place == 1 else "", n_rows=2
            )
            if place <= len(decisions):
                self.initial[f"decision_{place}"] = decisions[place - 1]
        choices = choices_of(names)
        offer(self, "present", choices)
        offer(self, "apologies", choices)

    def clean(self) -> dict[str, object]:
        """Ask who was there, and let nobody be there and not at once."""
        present, apologies = (set(self.cleaned_data.get(name, ())) for name in ("present", "apologies"))
        if not present and not self.errors:
            self.add_error("present", _("Tick who was there. Did it not take place? Then call it off."))
        if present & apologies:
            names = dict(self.fields["present"].choices)  # type: ignore[attr-defined]  # offered above
            both = ", ".join(str(names[each]) for each in sorted(present & apologies))
            self.add_error("apologies", _("Ticked twice: %(names)s. Tick one of the two.") % {"names": both})
        return self.cleaned_data

    def minutes(self) -> services.Minutes:
        """Return what was written down."""
        said = self.cleaned_data
        found = (said[name].strip() for name in self.fields if name.startswith("decision_"))
        return services.Minutes(
            present_ids=frozenset(map(OrganizationId, said["present"])),
            apologies_ids=frozenset(map(OrganizationId, said["apologies"])),
            decisions=tuple(each for each in found if each),
        )


def _moment(on: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(on, at))

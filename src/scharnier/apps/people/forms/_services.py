# SPDX-License-Identifier: EUPL-1.2
"""Forms of a service, with its hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people import labels, selectors
from scharnier.apps.people.forms._fields import (
    CardForm,
    clock,
    count,
    day,
    email_address,
    iso,
    line,
    many,
    offer,
    one,
    web_address,
    words,
)
from scharnier.apps.people.forms._organizations import NAME_NEEDED
from scharnier.apps.people.forms._topics import TopicsForm
from scharnier.core import network
from scharnier.core.kernel import Actor, AreaId, OrganizationId, ServiceId

MOST_SCHEDULES, BLANK_SCHEDULES = 12, 2


class ScheduleForm(CardForm):
    """Days and hours at which a service is open; without anything filled in it is none."""

    weekdays = many(_("Days"), hint=_("Tick nothing for: by appointment."))
    opens_at = clock(_("From"))
    closes_at = clock(_("To"))
    valid_from = day(_("First day"), hint=_("Only if it starts later."))
    valid_to = day(_("Last day"), hint=_("Only if it stops some day."))
    description = line(_("In words"), hint=_("Such as: by appointment, or not in the holidays."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [str(WEEKDAYS[number]).capitalize() for number in range(7)]
        offer(self, "weekdays", zip((each.value for each in network.Weekday), names, strict=True))

    def clean(self) -> dict[str, Any]:
        """Say so when it closes before it opens, or stops before it starts."""
        said = self.cleaned_data
        opens, closes = said.get("opens_at"), said.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("This is before it opens. Choose a later time."))
        if bool(opens) != bool(closes) and not self.errors:
            missing = "closes_at" if opens else "opens_at"
            self.add_error(missing, _("Fill in both times, or none."))
        first, last = said.get("valid_from"), said.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("This day is before the first. Choose a later one."))
        return said

    def value(self) -> network.Schedule | None:
        """Return what was filled in; None when nothing was."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        if not said:
            return None
        said["weekdays"] = frozenset(map(network.Weekday, said.get("weekdays", ())))
        return network.Schedule(**said)


ScheduleForms = formset_factory(
    ScheduleForm,
    extra=BLANK_SCHEDULES,
    max_num=MOST_SCHEDULES,
    validate_max=True,
    absolute_max=MOST_SCHEDULES,
)


def schedule_forms(
    data: QueryDict | None, *, schedules: Iterable[network.Schedule] = ()
) -> BaseFormSet[ScheduleForm]:
    """Return a form for each of the hours there are, and two for more."""
    initial = [
        {
            "weekdays": [each.value for each in schedule.weekdays],
            "opens_at": schedule.opens_at.strftime("%H:%M") if schedule.opens_at else "",
            "closes_at": schedule.closes_at.strftime("%H:%M") if schedule.closes_at else "",
            "valid_from": iso(schedule.valid_from),
            "valid_to": iso(schedule.valid_to),
            "description": schedule.description,
        }
        for schedule in schedules
    ]
    return ScheduleForms(data, initial=initial, prefix="hours")


def schedules_of(forms: BaseFormSet[ScheduleForm]) -> tuple[network.Schedule, ...]:
    """Return the hours that were filled in."""
    return tuple(value for form in forms if (value := form.value()) is not None)


class ServiceForm(TopicsForm):
    """What people can come to an organization for."""

    name = line(_("What is it called?"), required=NAME_NEEDED)
    description = words(_("What can people come for?"))
    status = one(
        _("Can people come now?"),
        ((status.value, label) for status, label in labels.STATUS.items()),
        required=_("Say whether people can come now."),
    )
    eligibility = words(_("For whom?"), n_rows=2)
    how_to_apply = words(_("How do people apply?"), n_rows=2)
    languages = many(_("In which languages?"))
    capacity_available = count(_("How many places are free?"), hint=_("You may leave this empty."))
    capacity_maximum = count(_("Of how many?"), hint=_("You may leave this empty."))
    capacity_unit = line(_("What do you count?"), hint=_("Such as: places, conversations, hours a week."))
    website = web_address(_("Website"))
    email = email_address(_("E-mail"))
    field_order = (
        "name",
        "description",
        "status",
        "eligibility",
        "how_to_apply",
        "topics",
        "search",
        "area_ids",
        "languages",
        "capacity_available",
        "capacity_maximum",
        "capacity_unit",
        "website",
        "email",
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        actor: Actor,
        language: str,
        service: network.Service | None = None,
    ) -> None:
        self._service = service
        initial: dict[str, object] = {"status": network.ServiceStatus.ACTIVE.value}
        if service is not None:
            initial = _initial(service)
        chosen = service.topics if service else ()
        super().__init__(data, actor=actor, language=language, chosen=chosen, initial=initial)
        offer(self, "languages", selectors.language_choices(service.languages if service else ()))

    def clean(self) -> dict[str, Any]:
        """Say so when more is free than there is."""
        said = self.cleaned_data
        free, most = said.get("capacity_available"), said.get("capacity_maximum")
        if most is not None and free is None and not self.errors:
            self.add_error("capacity_available", _("Fill in how many of them are free."))
        if most is not None and free is not None and free > most:
            self.add_error("capacity_maximum", _("This is less than what is free. Fill in a higher number."))
        return said

    def value(
        self,
        *,
        service_id: ServiceId,
        organization_id: OrganizationId,
        schedules: tuple[network.Schedule, ...],
        on: date,
    ) -> network.Service:
        """Return the service that was filled in, with its free places as of a day."""
        said = self.cleaned_data
        kept = self._service
        return network.Service(
            id=service_id,
            organization_id=organization_id,
            name=said["name"],
            description=said["description"],
            alternate_name=kept.alternate_name if kept else "",
            status=network.ServiceStatus(said["status"]),
            eligibility=said["eligibility"],
            how_to_apply=said["how_to_apply"],
            topics=self.topic_ids(),
            area_ids=frozenset(map(AreaId, said["area_ids"])),
            location_ids=kept.location_ids if kept else frozenset(),
            languages=frozenset(said["languages"]),
            schedules=schedules,
            capacity=self._capacity(on=on),
            website=said["website"],
            email=said["email"],
        )

    def _capacity(self, *, on: date) -> network.Capacity | None:
        said = self.cleaned_data
        if said["capacity_available"] is None:
            return None
        return network.Capacity(
            available=said["capacity_available"],
            maximum=said["capacity_maximum"],
            unit=said["capacity_unit"],
            updated_date=on,
        )


def _initial(service: network.Service) -> dict[str, object]:
    capacity = service.capacity
    return {
        "name": service.name,
        "description": service.description,
        "status": service.status.value,
        "eligibility": service.eligibility,
        "how_to_apply": service.how_to_apply,
        "topics": sorted(service.topics),
        "area_ids": sorted(service.area_ids),
        "languages": sorted(service.languages),
        "capacity_available": str(capacity.available) if capacity else "",
        "capacity_maximum": str(capacity.maximum) if capacity and capacity.maximum is not None else "",
        "capacity_unit": capacity.unit if capacity else "",
        "website": service.website,
        "email": service.email,
    }

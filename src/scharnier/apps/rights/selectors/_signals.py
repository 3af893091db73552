# SPDX-License-Identifier: EUPL-1.2
"""The part of a copy that holds what somebody told about the neighbourhood."""

from __future__ import annotations

from scharnier.apps.people.models import Area, Person
from scharnier.apps.rights.selectors import _copy_values as values
from scharnier.apps.signals.models import Signal


def copy_of_signals(person: Person) -> list[values.SignalCopy]:
    """Return the signals that a person told, for an organization or for themselves."""
    found = Signal.objects.filter(author=person).select_related("organization").order_by("told_at", "pk")
    areas = dict(Area.objects.filter(network_id=person.network_id).values_list("text_id", "name"))
    return [_signal(row, area=areas.get(row.area_text_id, "")) for row in found]


def _signal(row: Signal, *, area: str) -> values.SignalCopy:
    return values.SignalCopy(
        told_at=row.told_at,
        on_behalf_of=row.organization.name if row.organization else "",
        text=row.text or "",
        place=", ".join(filter(None, (row.place_words, area))),
        happened_on=row.happened_on,
        topics=row.topic_ids,
        groups=row.resident_group_ids,
        seriousness=row.seriousness,
        state=row.state,
        kept_until=row.kept_until,
    )

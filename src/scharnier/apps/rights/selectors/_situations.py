# SPDX-License-Identifier: EUPL-1.2
"""What a network holds about somebody in shared situations: what they lead, have to do, and did."""

from __future__ import annotations

from scharnier.apps.people.models import Person
from scharnier.apps.rights.selectors import _copy_values as values
from scharnier.apps.situations.models import Action, Situation, StoryLine


def copy_of_situations(person: Person) -> list[values.SituationCopy]:
    """Return what a person leads, and then what they have to do; the words of others are theirs."""
    led = Situation.objects.filter(lead=person).order_by("made_on", "pk").values_list("pk", flat=True)
    actions = Action.objects.filter(person=person).order_by("due", "pk")
    return [
        *(
            values.SituationCopy(id=pk, your_part="lead", text="", due=None, state="", reason="")
            for pk in led
        ),
        *(
            values.SituationCopy(
                id=row.situation_id,
                your_part="action",
                text=row.text,
                due=row.due,
                state=f"action_{row.state}",
                reason=row.reason,
            )
            for row in actions
        ),
    ]


def copy_of_situation_acts(person: Person) -> list[values.SituationActCopy]:
    """Return what a person did in shared situations, first things first."""
    return [
        values.SituationActCopy(situation_id=row.situation_id, at=row.at, event=row.event, what=row.what)
        for row in StoryLine.objects.filter(by=person).order_by("at", "pk")
    ]

# SPDX-License-Identifier: EUPL-1.2
"""Forms of the plan, and of the templates that plans begin from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import CardForm, day, line, offer, one, words
from scharnier.apps.situations.forms._fields import NO_NAMES
from scharnier.core import situations

MOST_DAYS: Final = 730


class PlanForm(CardForm):
    """What partners want to reach, from where and by when."""

    goal = words(_("What do you want to reach?"), hint=NO_NAMES, n_rows=2)
    baseline = words(
        _("How is it now?"),
        hint=_("The mean of the weeks before you saw this. Not the busiest week: that one falls by itself."),
        n_rows=2,
    )
    deadline = day(_("By when?"))

    def __init__(
        self, data: QueryDict | None = None, *, initial: Mapping[str, object] | None = None, advice: str = ""
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        if advice:
            self.fields["baseline"].help_text = advice

    def plan(self) -> situations.Plan:
        """Return the plan (raises what the core refuses of its words)."""
        said = self.cleaned_data
        return situations.Plan(
            goal=said["goal"].strip(), baseline=said["baseline"].strip(), deadline=said["deadline"]
        )


class BeginForm(CardForm):
    """Which template a plan begins from."""

    template = one(_("What does it look like most?"), required=_("Choose one."))

    def __init__(self, data: QueryDict | None = None, *, templates: Iterable[situations.Template]) -> None:
        super().__init__(data)
        offer(self, "template", [(each.id, each.name) for each in templates])


class TemplateForm(CardForm):
    """A template of a network; lists have one thing on each line."""

    field_of_error = {"situations.template_unclear": "indicators"}

    name = line(_("Name"), required=_("Give it a name."))
    question = words(_("What to ask first"), n_rows=2)
    goal = words(_("Goal"), n_rows=2)
    baseline = words(_("How to say how it is now"), n_rows=2)
    days = forms.IntegerField(
        label=_("Days from beginning to deadline"),
        min_value=1,
        max_value=MOST_DAYS,
        error_messages={
            "required": _("Fill in a number of days."),
            "invalid": _("Fill in a whole number of days."),
            "min_value": _("One day at least."),
            "max_value": _("Two years at most."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    agreements = words(_("Agreements to choose from"), hint=_("One on each line."), n_rows=4)
    actions = words(_("Actions to choose from"), hint=_("One on each line."), n_rows=4)
    indicators = words(
        _("Figures to follow"),
        hint=_("One on each line. Put + before it if more is better; else less is better."),
        n_rows=3,
    )
    is_offered = one(
        _("Can partners choose it?"),
        (("yes", _("Yes")), ("no", _("No, not for now"))),
        required=_("Choose one."),
    )

    @staticmethod
    def filled(template: situations.Template, *, is_offered: bool) -> dict[str, object]:
        """Return what stands in the form for a template."""
        more = situations.Wanted.MORE
        return {
            "name": template.name,
            "question": template.question,
            "goal": template.goal,
            "baseline": template.baseline,
            "days": template.days,
            "agreements": "\n".join(template.agreements),
            "actions": "\n".join(template.actions),
            "indicators": "\n".join(
                f"+ {each.name}" if each.wanted is more else each.name for each in template.indicators
            ),
            "is_offered": "yes" if is_offered else "no",
        }

    def template(self, template_id: str, *, before: situations.Template | None) -> situations.Template:
        """Return the template as changed; of a figure that was there its unit and source stay."""
        said, hints = self.cleaned_data, {each.name: each for each in before.indicators} if before else {}
        return situations.Template(
            id=template_id,
            name=said["name"].strip(),
            question=said["question"].strip(),
            goal=said["goal"].strip(),
            baseline=said["baseline"].strip(),
            days=said["days"],
            topics=before.topics if before else frozenset(),
            indicators=tuple(_hint(each, hints) for each in _lines(said["indicators"])),
            agreements=_lines(said["agreements"]),
            actions=_lines(said["actions"]),
        )

    @property
    def is_chosen(self) -> bool:
        """Tell whether partners can choose it."""
        return bool(self.cleaned_data["is_offered"] == "yes")


def _lines(said: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in said.splitlines() if each.strip())


def _hint(said: str, hints: Mapping[str, situations.IndicatorHint]) -> situations.IndicatorHint:
    is_more = said.startswith("+")
    name = said.removeprefix("+").strip()
    wanted = situations.Wanted.MORE if is_more else situations.Wanted.FEWER
    known = hints.get(name, situations.IndicatorHint(name=name))
    return situations.IndicatorHint(name=name, unit=known.unit, wanted=wanted, source=known.source)

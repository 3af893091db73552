# SPDX-License-Identifier: EUPL-1.2
"""Forms of the end: the evaluation, each partner's score, and looking again."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import OF_WORDS, CardForm, day, one, words
from scharnier.apps.people.forms._fields import count
from scharnier.apps.situations import labels, measuring, services
from scharnier.apps.situations.forms._fields import number
from scharnier.core.detection import Window
from scharnier.core.situations import Evaluation, Lasting, Measured

COUNTS = ("place_before", "place_after", "rest_before", "rest_after")
AROUND = ("around_before", "around_after")
DAYS = ("before_from", "before_until", "after_from", "after_until")
MEASURED = (*DAYS, *COUNTS, *AROUND)


class _MeasureForm(CardForm):
    """What partners counted before and after, in the place and in the rest of the neighbourhood."""

    field_of_error = {
        "detection.peak_as_baseline": "before_until",
        "detection.unequal_periods": "after_until",
    }

    before_from = day(_("Before: from"))
    before_until = day(_("Before: up to and including"))
    after_from = day(_("After: from"))
    after_until = day(_("After: up to and including"))
    place_before = count(_("In the place, before"))
    place_after = count(_("In the place, after"))
    rest_before = count(_("In the rest of the neighbourhood, before"))
    rest_after = count(_("In the rest of the neighbourhood, after"))
    around_before = count(_("Just around the place, before"), hint=_("You may leave this empty."))
    around_after = count(_("Just around the place, after"), hint=_("You may leave this empty."))

    def clean(self) -> dict[str, object]:
        """Ask for the rest once something is filled in, and for days in order."""
        if self.is_empty:
            return self.cleaned_data
        for name in (*DAYS, *COUNTS):
            if self.cleaned_data.get(name) is None and name not in self.errors:
                said = _("%(field)s: fill this in too, or leave all of it empty.")
                self.add_error(name, said % {"field": self.fields[name].label})
        for first, last in (DAYS[:2], DAYS[2:]):
            if not self.errors and self.cleaned_data[last] < self.cleaned_data[first]:
                self.add_error(last, _("This day comes before the first."))
        return self.cleaned_data

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was counted."""
        return all(self.cleaned_data.get(name) is None and name not in self.errors for name in MEASURED)

    def counted(self) -> measuring.Counted | None:
        """Return what was counted; None: nothing."""
        if self.is_empty:
            return None
        said = self.cleaned_data
        has_around = None not in (said["around_before"], said["around_after"])
        return measuring.Counted(
            before=Window(first_day=said["before_from"], last_day=said["before_until"]),
            after=Window(first_day=said["after_from"], last_day=said["after_until"]),
            place=(said["place_before"], said["place_after"]),
            rest=(said["rest_before"], said["rest_after"]),
            around=(said["around_before"], said["around_after"]) if has_around else None,
        )


class EvaluationForm(_MeasureForm):
    """What was learned, how long it took and what residents noticed."""

    field_of_error = {
        **_MeasureForm.field_of_error,
        **dict.fromkeys(OF_WORDS, "lesson"),
        "situations.evaluation_unclear": "hours",
    }
    field_order = ("lesson", "residents_noticed", "hours", *MEASURED)

    lesson = words(
        _("What did you learn?"),
        hint=_("What would you do again, and what not? Name no resident."),
        required=_("Say in a sentence what you learned."),
    )
    residents_noticed = words(
        _("What did residents notice?"), hint=_("What you heard from several. Name nobody."), n_rows=2
    )
    hours = number(
        _("How many hours did it take, all together?"), hint=_("About. You may leave this empty."), least=0
    )

    def findings(self, measured: Measured | None) -> services.Findings:
        """Return what partners found, with what was measured."""
        said = self.cleaned_data
        return services.Findings(
            lesson=said["lesson"],
            residents_noticed=said["residents_noticed"],
            hours=said["hours"],
            measured=measured,
        )

    @staticmethod
    def filled(value: Evaluation | None) -> dict[str, object]:
        """Return what stands in the form for an evaluation that is there."""
        if value is None:
            return {}
        return {
            "lesson": value.lesson,
            "residents_noticed": value.residents_noticed,
            "hours": value.hours,
        }


class ScoreForm(CardForm):
    """How far one partner thinks the goal was reached."""

    score = one(
        _("How far did you reach the goal?"),
        ((str(score), said) for score, said in labels.SCORES.items()),
        required=_("Choose one."),
    )


class LastingForm(CardForm):
    """Whether it held."""

    found = one(
        _("Does it hold?"),
        ((found.value, said) for found, said in labels.LASTING.items()),
        required=_("Choose what you see."),
    )

    def lasting(self) -> Lasting:
        """Return what was seen."""
        return Lasting(self.cleaned_data["found"])

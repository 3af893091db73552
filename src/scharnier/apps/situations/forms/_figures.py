# SPDX-License-Identifier: EUPL-1.2
"""Forms of indicators and of their figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import OF_WORDS, CardForm, day, line, one
from scharnier.apps.situations import labels, services
from scharnier.apps.situations.forms._fields import number
from scharnier.core.situations import FigureSource, Indicator, Wanted


class IndicatorForm(CardForm):
    """What is counted, where it began and where it should go."""

    field_of_error = {
        **dict.fromkeys(OF_WORDS, "name"),
        "situations.figures_entered": "source",
        "situations.indicator_unclear": "target",
    }

    name = line(_("What do you count?"), required=_("Say what you count."))
    unit = line(_("In what?"), hint=_("Such as: per week. You may leave this empty."))
    source = one(
        _("Where do the figures come from?"),
        ((source.value, said) for source, said in labels.SOURCES.items()),
        required=_("Choose where the figures come from."),
    )
    wanted = one(
        _("Which way is good?"),
        ((wanted.value, said) for wanted, said in labels.WANTED.items()),
        required=_("Choose which way is good."),
    )
    baseline = number(
        _("Where did it begin?"),
        hint=_("The mean of before you saw this, not the peak."),
    )
    target = number(_("Where should it go?"))

    def aim(self) -> services.Aim:
        """Return what was filled in."""
        said = self.cleaned_data
        return services.Aim(
            name=said["name"],
            unit=said["unit"],
            wanted=Wanted(said["wanted"]),
            source=FigureSource(said["source"]),
            baseline=said["baseline"],
            target=said["target"],
        )

    @staticmethod
    def filled(value: Indicator) -> dict[str, object]:
        """Return what stands in the form for an indicator."""
        return {
            "name": value.name,
            "unit": value.unit,
            "source": value.source.value,
            "wanted": value.wanted.value,
            "baseline": value.baseline,
            "target": value.target,
        }


class FigureForm(CardForm):
    """A figure for the period that ends on a day."""

    field_of_error = {"situations.indicator_unclear": "figure"}

    on = day(_("Until which day does it count?"), required=_("Choose a day."))
    figure = number(_("How many?"), required=_("Fill in a number."))

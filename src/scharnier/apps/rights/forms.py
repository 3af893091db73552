# SPDX-License-Identifier: EUPL-1.2
"""The forms of the rights app."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.apps.rights import models
from scharnier.core.kernel import ScharnierError
from scharnier.formats import wording

WHAT = [(models.COPY, _("A copy of everything about them")), (models.ERASURE, _("To be erased"))]


class RequestForm(forms.Form):
    """Who asks what about their own data, and when that came in."""

    name = forms.CharField(
        label=_("Whose card is it?"),
        help_text=_("The name as it stands on the card."),
        error_messages={"required": _("Fill in the name on the card.")},
    )
    email = forms.EmailField(
        label=_("E-mail on the card"),
        required=False,
        help_text=_("Only needed when several people have this name."),
        error_messages={"invalid": _("Fill in a whole e-mail address, such as name@example.org.")},
    )
    what = forms.ChoiceField(
        label=_("What do they ask?"),
        choices=WHAT,
        error_messages={
            "required": _("Choose what they ask."),
            "invalid_choice": _("Choose what they ask."),
        },
    )
    received = forms.DateField(
        label=_("When did the request come in?"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("You answer within a month of that day."),
        error_messages={
            "required": _("Fill in the day on which the request came in."),
            "invalid": _("Fill in the day on which the request came in."),
        },
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as forms.Form takes them
        self.today = today

    def clean_received(self) -> date:
        """Return the day; a request of tomorrow did not come in yet."""
        received: date = self.cleaned_data["received"]
        if received > self.today:
            raise forms.ValidationError(_("That day is still to come. Choose today or earlier."))
        return received

    def add_refusal(self, error: ScharnierError, *, language: wording.Language) -> None:
        """Show why the request could not be noted, beside the name."""
        self.add_error("name", wording.say_error(error, language=language))

# SPDX-License-Identifier: EUPL-1.2
"""The form of when to be told by mail what waits."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.apps.digest import labels
from scharnier.apps.people.forms import CardForm
from scharnier.core.digest import HOURS, MailTerms, Often

FROM_THE_LIST: Final = {"required": _("Choose from the list."), "invalid_choice": _("Choose from the list.")}


class TermsForm(CardForm):
    """How often, on which day, at which hour, and in which language."""

    often = forms.ChoiceField(
        label=_("How often do you want a mail?"),
        help_text=_("It only comes when something waits for you."),
        choices=[(often.value, said) for often, said in labels.OFTEN.items()],
        error_messages=FROM_THE_LIST,
        widget=forms.RadioSelect,
    )
    weekday = forms.TypedChoiceField(
        label=_("On which day?"),
        help_text=_("For once a week. On a holiday it comes on the next working day."),
        choices=list(labels.WEEKDAYS.items()),
        coerce=int,
        error_messages=FROM_THE_LIST,
    )
    hour = forms.TypedChoiceField(
        label=_("At what time?"),
        choices=[(hour, f"{hour}:00") for hour in HOURS],
        coerce=int,
        error_messages=FROM_THE_LIST,
    )
    language = forms.ChoiceField(
        label=_("In which language?"),
        help_text=_("Also for your calendar."),
        required=False,
        choices=[("", _("The language of the network")), ("nl", "Nederlands"), ("en", "English")],
        error_messages=FROM_THE_LIST,
    )

    def terms(self) -> MailTerms:
        """Return what was chosen."""
        said = self.cleaned_data
        return MailTerms(often=Often(said["often"]), weekday=said["weekday"], hour=said["hour"])

# SPDX-License-Identifier: EUPL-1.2
"""The box: what is going on, and where."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.core import network
from scharnier.core.kernel import ScharnierError
from scharnier.formats import wording

FEW, MANY = 3, 10  # suggestions at first, and after asking for more


class AskForm(forms.Form):
    """A problem in plain words; a place helps and is not required."""

    text = forms.CharField(
        label=_("What is going on?"),
        help_text=_(
            "A few sentences in your own words, without names, phone numbers or addresses of others."
        ),
        error_messages={"required": _("Write in a few words what is going on.")},
        widget=forms.Textarea(
            attrs={
                "rows": 4,
                "class": "utrecht-textarea utrecht-textarea--html-textarea",
                "autocomplete": "off",
            }
        ),
    )
    place = forms.CharField(
        label=_("Where?"),
        help_text=_("A neighbourhood. You may leave this empty."),
        required=False,
        widget=forms.TextInput(
            attrs={
                "list": "places",
                "class": "utrecht-textbox utrecht-textbox--html-input",
                "autocomplete": "off",
            }
        ),
    )
    more = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def limit(self) -> int:
        """Return how many suggestions are wanted at most."""
        return MANY if self.cleaned_data["more"] else FEW

    def add_refusal(self, error: ScharnierError, *, language: wording.Language) -> None:
        """Say at the field it is about why the question could not be taken."""
        field = "place" if isinstance(error, network.UnknownPlace) else "text"
        self.add_error(field, wording.say_error(error, language=language))

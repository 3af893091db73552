# SPDX-License-Identifier: EUPL-1.2
"""Forms of webhooks: where one goes, and what it hears."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import CardForm
from scharnier.apps.webhooks import labels
from scharnier.core.webhooks import OFFERED

CHOICES: Final = [(event.value, labels.EVENTS[event]) for event in OFFERED]
OF_ADDRESS: Final = ("webhooks.bad_address", "webhooks.forbidden_address", "webhooks.already_there")


class EventsForm(CardForm):
    """What a webhook hears."""

    field_of_error = {"webhooks.no_events": "events"}

    events = forms.MultipleChoiceField(
        label=_("What should it be told?"),
        help_text=_("It gets numbers only: no names and no words."),
        choices=CHOICES,
        error_messages={
            "required": _("Choose at least one."),
            "invalid_choice": _("Choose from the list."),
        },
        widget=forms.CheckboxSelectMultiple,
    )


class AddForm(EventsForm):
    """Where a webhook goes, and what it hears."""

    field_of_error = EventsForm.field_of_error | dict.fromkeys(OF_ADDRESS, "address")

    address = forms.CharField(  # of any length: the core says what is too long
        label=_("The address of the other system"),
        help_text=_("It starts with https://. Who runs the other system knows it."),
        error_messages={"required": _("Fill in the address.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    field_order = ["address", "events"]

# SPDX-License-Identifier: EUPL-1.2
"""What the forms of situations have in common: organizations to tick, and numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import Said

NO_NAMES: Final = _("Name no resident, and no one by phone number or address.")


def organizations(label: Said, *, hint: Said = "", required: Said = "") -> forms.MultipleChoiceField:
    """Return a field to tick organizations; a form sets which."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        required=bool(required),
        error_messages={
            "required": required or _("Choose one."),
            "invalid_choice": _("Choose from the list."),
        },
        widget=forms.CheckboxSelectMultiple,
    )


def number(
    label: Said, *, hint: Said = "", required: Said = "", least: float | None = None
) -> forms.FloatField:
    """Return a field for a number, with a comma where people write one."""
    wrong = _("Fill in a number, such as 12 or 1.5.")
    return forms.FloatField(
        label=label,
        help_text=hint,
        required=bool(required),
        localize=True,
        min_value=least,
        error_messages={
            "required": required or _("Fill this in."),
            "invalid": wrong,
            "min_value": _("Fill in a number, 0 or more."),
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


def choices_of(names: Iterable[tuple[str, str]]) -> list[tuple[str, object]]:
    """Return organizations to choose from, by name."""
    return [(each, name) for each, name in sorted(names, key=lambda pair: (pair[1].casefold(), pair[0]))]

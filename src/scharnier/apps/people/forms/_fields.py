# SPDX-License-Identifier: EUPL-1.2
"""The kinds of fields of our forms, each with a sentence for what can go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.core import text
from scharnier.core.kernel import ScharnierError
from scharnier.formats import wording

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Said: TypeAlias = "str | _StrPromise"
Choices: TypeAlias = "Iterable[tuple[str, object]]"
OF_WORDS: Final = ("text.empty", "text.too_long", "text.personal_data", "text.unknown_language")  # codes
LONGEST_LINE = 200  # characters


class CardForm(forms.Form):
    """A short form of one group of fields; an act that is refused says so at the field it is about."""

    use_required_attribute = False  # what is still empty is not wrong yet
    field_of_error: ClassVar[Mapping[str, str]] = {}  # code of an error -> field; others stand above the form

    def add_refusal(self, error: ScharnierError, *, language: wording.Language) -> None:
        """Say why the act was refused."""
        field = self.field_of_error.get(error.code)
        self.add_error(field, wording.say_error(error, language=language))


def line(label: Said, *, hint: Said = "", required: Said = "", autocomplete: str = "off") -> forms.CharField:
    """Return a field for one line; `required` is what we say when it is empty."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=LONGEST_LINE,
        error_messages={
            "required": required or _("Fill this in."),
            "max_length": _("Keep this under 200 characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )


def words(label: Said, *, hint: Said = "", n_rows: int = 3, required: Said = "") -> forms.CharField:
    """Return a field for some sentences."""
    return forms.CharField(
        label=label,
        help_text=hint,
        required=bool(required),
        max_length=text.LONGEST_WORDS,
        error_messages={
            "required": required or _("Fill this in."),
            "max_length": _("You wrote %(show_value)d characters; there is room for %(limit_value)d."),
        },
        widget=forms.Textarea(attrs={"rows": n_rows, "maxlength": False}),
    )


def email_address(label: Said, *, hint: Said = "", autocomplete: str = "off") -> forms.EmailField:
    """Return a field for an e-mail address."""
    return forms.EmailField(
        label=label,
        help_text=hint,
        required=False,
        error_messages={"invalid": _("This is no e-mail address. It looks like name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": autocomplete}),
    )


def phone_number(label: Said, *, hint: Said = "", autocomplete: str = "off") -> forms.RegexField:
    """Return a field for a telephone number, in whatever way people write it."""
    return forms.RegexField(
        r"^\+?[0-9][0-9 ()./-]{4,24}$",
        label=label,
        help_text=hint,
        required=False,
        error_messages={"invalid": _("This is no phone number. Use digits, and a + if you like.")},
        widget=forms.TextInput(attrs={"autocomplete": autocomplete, "inputmode": "tel"}),
    )


def web_address(label: Said, *, hint: Said = "") -> forms.URLField:
    """Return a field for the address of a website."""
    return forms.URLField(
        label=label,
        help_text=hint,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("This is no address of a website. It looks like https://example.org.")},
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )


def day(label: Said, *, hint: Said = "", required: Said = "") -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        help_text=hint,
        required=bool(required),
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        error_messages={
            "required": required or _("Choose a day."),
            "invalid": _("This is no day. Write it as 31-12-2026."),
        },
        widget=forms.DateInput(attrs={"type": "date"}),
    )


def count(label: Said, *, hint: Said = "", most: int = 10_000) -> forms.IntegerField:
    """Return a field for a number of things, which may stay empty."""
    wrong = _("Fill in a whole number, 0 or more.")
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=most,
        error_messages={"invalid": wrong, "min_value": wrong, "max_value": _("That is too many.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def clock(label: Said) -> forms.TimeField:
    """Return a field for a time of the day."""
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
        error_messages={"invalid": _("This is no time. Write it as 09:30.")},
        widget=forms.TimeInput(attrs={"type": "time"}),
    )


def one(
    label: Said, choices: Choices = (), *, hint: Said = "", required: Said = "", in_a_list: bool = False
) -> forms.ChoiceField:
    """Return a field to choose one thing: all in sight, or in a list that opens."""
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=list(choices),
        required=bool(required),
        error_messages={
            "required": required or _("Choose one."),
            "invalid_choice": _("Choose one of the list."),
        },
        widget=forms.Select if in_a_list else forms.RadioSelect,
    )


def many(label: Said, *, hint: Said = "") -> forms.MultipleChoiceField:
    """Return a field to choose any number of things; a form sets what there is to choose."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
        widget=forms.CheckboxSelectMultiple,
    )


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Set what there is to choose in a field of a form."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


def iso(value: date | None) -> str:
    """Return a day as a date field of the browser wants it."""
    return value.isoformat() if value else ""

# SPDX-License-Identifier: EUPL-1.2
"""Forms of what other systems may report, and of what they reported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import CardForm, line, words

Choices = Iterable[tuple[str, str]]
OF_TEXT: Final = ("text.empty", "text.too_long", "text.personal_data_found", "text.unknown_language")


class OfferForm(CardForm):
    """A topic that may be reported, and who is asked."""

    field_of_error = {"open311.not_reportable": "topic", "people.organization_not_found": "organization"}

    topic = forms.ChoiceField(
        label=_("What may be reported?"),
        error_messages={"required": _("Choose a topic."), "invalid_choice": _("Choose from the list.")},
    )
    organization = forms.ChoiceField(
        label=_("Who is asked at once?"),
        help_text=_("Without one, a coordinator looks first."),
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )

    def __init__(self, *args: object, topics: Choices, organizations: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's forms take them
        _fill(self, "topic", topics, nothing=_("Choose a topic"))
        _fill(self, "organization", organizations, nothing=_("Nobody yet"))


class KeyForm(CardForm):
    """Another system that gets a key."""

    field_of_error = {"open311.name_taken": "name"}

    name = line(
        _("The name of the other system"),
        hint=_("For example the municipality and what its system is called. No name of a person."),
        required=_("Fill in a name."),
    )


class BringForm(CardForm):
    """What an organization is asked, about a report."""

    field_of_error = {"people.organization_not_found": "organization"} | dict.fromkeys(OF_TEXT, "text")

    text = words(_("What is going on?"), required=_("Say what is going on."))
    organization = forms.ChoiceField(
        label=_("Whom do you ask?"),
        error_messages={"required": _("Choose whom you ask."), "invalid_choice": _("Choose from the list.")},
    )

    def __init__(self, *args: object, organizations: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's forms take them
        _fill(self, "organization", organizations, nothing=_("Choose an organization"))


def _fill(form: forms.Form, name: str, choices: Choices, *, nothing: object) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
    field.choices = [("", str(nothing)), *choices]

# SPDX-License-Identifier: EUPL-1.2
"""Forms of what other systems may report, and of what they reported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import OF_WORDS, CardForm, line, words

Choices = Iterable[tuple[str, str]]
OF_ADDRESS: Final = (
    "webhooks.bad_address",
    "webhooks.forbidden_address",
    "open311.system_silent",
    "open311.nothing_offered",
)


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

    field_of_error = {"open311.name_taken": "name", "people.organization_not_found": "organization"}

    name = line(
        _("The name of the other system"),
        hint=_("For example the municipality and what its system is called. No name of a person."),
        required=_("Fill in a name."),
    )
    organization = forms.ChoiceField(
        label=_("Whose signals does it report?"),
        help_text=_(
            "Only that organization reads the words, others see what it adds to counts. Without one it is a "
            "report: everybody can see where it stands."
        ),
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )

    def __init__(self, *args: object, organizations: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's forms take them
        _fill(self, "organization", organizations, nothing=_("Of none: it is a report"))


class BringForm(CardForm):
    """What an organization is asked, about a report."""

    field_of_error = {"people.organization_not_found": "organization"} | dict.fromkeys(OF_WORDS, "text")

    text = words(_("What is going on?"), required=_("Say what is going on."))
    organization = forms.ChoiceField(
        label=_("Whom do you ask?"),
        error_messages={"required": _("Choose whom you ask."), "invalid_choice": _("Choose from the list.")},
    )

    def __init__(self, *args: object, organizations: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's forms take them
        _fill(self, "organization", organizations, nothing=_("Choose an organization"))


class SystemForm(CardForm):
    """The system of an organization."""

    field_of_error = {
        "people.organization_not_found": "organization",
        "open311.system_there": "organization",
    } | dict.fromkeys(OF_ADDRESS, "address")

    organization = forms.ChoiceField(
        label=_("Whose system is it?"),
        error_messages={
            "required": _("Choose an organization."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    address = forms.CharField(  # of any length: the core says what is too long
        label=_("The address of the other system"),
        help_text=_("The address of its Open311, up to and with v2. It starts with https://."),
        error_messages={"required": _("Fill in the address.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    jurisdiction_id = line(_("Its jurisdiction_id"), hint=_("Only if the other system asks for one."))
    api_key = line(_("The key you got"), hint=_("Only if the other system asks for one."))
    takes_words = forms.BooleanField(
        label=_("The words of who asks go along"),
        help_text=_(
            "Who asks sees that before sending. What happens to the words there is up to that organization."
        ),
        required=False,
    )

    def __init__(self, *args: object, organizations: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's forms take them
        _fill(self, "organization", organizations, nothing=_("Choose an organization"))


class CodesForm(CardForm):
    """What each topic is called in another system."""

    def __init__(self, *args: object, topics: Choices, services: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's forms take them
        self.names: dict[str, str] = {}
        for number, (topic_id, name) in enumerate(topics):
            field = f"topic{number}"
            self.names[field] = topic_id
            self.fields[field] = forms.ChoiceField(
                label=name, required=False, error_messages={"invalid_choice": _("Choose from the list.")}
            )
            _fill(self, field, services, nothing=_("Does not go there"))

    @property
    def codes(self) -> dict[str, str]:
        """What was chosen, by topic."""
        return {topic_id: self.cleaned_data[field] for field, topic_id in self.names.items()}


class NumberForm(CardForm):
    """The number under which another system has something."""

    field_of_error = {"open311.no_number": "number"}

    number = line(_("The number in the other system"), required=_("Fill in the number."))


def _fill(form: forms.Form, name: str, choices: Choices, *, nothing: object) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
    field.choices = [("", str(nothing)), *choices]

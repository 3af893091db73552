# SPDX-License-Identifier: EUPL-1.2
"""Forms of members: what goes wrong is said in our words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django import forms
from django.contrib.auth import password_validation
from django.core import signing
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.demonstration import ROLES
from scharnier.apps.people.forms import NamesForm
from scharnier.apps.people.models import User

STAMP_SALT = "members.join"
LEAST_FILL_TIME = timedelta(seconds=3)  # nobody writes a name, an address and a reason faster
LONGEST_FILL_TIME = timedelta(days=1)
NAME_ERRORS = {"required": _("Fill in your name.")}
EMAIL_ERRORS = {
    "required": _("Fill in an e-mail address."),
    "invalid": _("This is not an e-mail address. It looks like name@example.org."),
}


def role_choices() -> list[tuple[str, str]]:
    """Return every role with its word."""
    return [(str(role), str(word).capitalize()) for role, word in ROLES.items()]


class RoleForm(forms.Form):
    """Which role somebody has."""

    role = forms.ChoiceField(label=_("Role"), choices=role_choices)


class InviteForm(RoleForm):
    """Whom to invite, as what, on which card."""

    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages=EMAIL_ERRORS,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    person_id = forms.ChoiceField(
        label=_("Card"),
        required=False,
        help_text=_("Is there a card of this person already? Choose it. Otherwise they get a new one."),
    )
    field_order = ["email", "role", "person_id"]


class NewUserForm(forms.Form):
    """Who joins by an invitation and has no account yet."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        error_messages=NAME_ERRORS,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. A short sentence is easy to remember."),
        strip=False,
        error_messages={"required": _("Choose a password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    email = ""  # the user name to be

    def clean_password(self) -> str:
        """Refuse a password that is easy to guess."""
        password: str = self.cleaned_data["password"]
        user = User(username=self.email, email=self.email, first_name=self.cleaned_data.get("name", ""))
        password_validation.validate_password(password, user)
        return password


class StampedForm(forms.Form):
    """A form that anybody may send; a machine fills in too much, or too fast."""

    website = forms.CharField(required=False)  # nobody sees it; machines fill it in
    started = forms.CharField(required=False, widget=forms.HiddenInput)

    def looks_like_a_machine(self, *, at: datetime) -> bool:
        """Tell whether a box was filled in that nobody sees, or everything within a blink.

        Raises
        ------
        ValidationError
            When the form lay open for over a day, or its stamp is not ours.
        """
        try:
            started = float(signing.loads(self.cleaned_data["started"], salt=STAMP_SALT))
        except signing.BadSignature:
            raise forms.ValidationError(_("This page was open too long. Send it once more.")) from None
        taken = at.timestamp() - started
        if taken > LONGEST_FILL_TIME.total_seconds():
            raise forms.ValidationError(_("This page was open too long. Send it once more."))
        return bool(self.cleaned_data["website"]) or taken < LEAST_FILL_TIME.total_seconds()


class JoinForm(StampedForm):
    """Who asks to join, and why."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        error_messages=NAME_ERRORS,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages=EMAIL_ERRORS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    why = forms.CharField(
        label=_("Why do you want to join?"),
        max_length=1000,
        error_messages={"required": _("Write in a sentence why you want to join.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def stamp(at: datetime) -> str:
    """Return when a form was shown, so that nobody can make up another time."""
    return signing.dumps(str(at.timestamp()), salt=STAMP_SALT)


class NetworkForm(forms.Form):
    """A new network and who starts it."""

    name = forms.CharField(
        label=_("Name of the network"),
        max_length=100,
        help_text=_("For example the name of the neighbourhood."),
        error_messages={"required": _("Give the network a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("nl", _("Dutch")), ("en", _("English"))], initial="nl"
    )
    own_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        error_messages=NAME_ERRORS,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class HandOverForm(NamesForm):
    """From whom to whom, and the last day of the one."""

    field_order = ("from_person", "to_person", "search", "on")

    from_person = forms.ChoiceField(
        label=_("Whose roles?"), error_messages={"required": _("Choose whose roles go over.")}
    )
    to_person = forms.ChoiceField(
        label=_("To whom?"), error_messages={"required": _("Choose who takes the roles over.")}
    )
    on = forms.DateField(
        label=_("Last day"),
        help_text=_("The other starts the day after."),
        error_messages={"required": _("Fill in the last day."), "invalid": _("Fill in a date.")},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def offer(form: forms.Form, name: str, choices: Iterable[tuple[str, str]], *, empty: str) -> None:
    """Fill a list of a form with people to choose from, after one line that stands for nobody."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [("", empty), *choices]

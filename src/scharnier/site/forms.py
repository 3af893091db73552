# SPDX-License-Identifier: EUPL-1.2
"""Logging in, in our own words."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Name and password; what goes wrong is said without telling which accounts exist."""

    username = UsernameField(
        label=_("User name"),
        error_messages={"required": _("Fill in your user name.")},
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        error_messages={"required": _("Fill in your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _("This name and this password do not belong together. Try again."),
        "inactive": _("This account is closed."),
    }

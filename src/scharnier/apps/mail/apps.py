# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the mail app."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """The mail app."""

    name = "scharnier.apps.mail"

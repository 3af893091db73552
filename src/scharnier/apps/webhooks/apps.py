# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the webhooks app."""

from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    """The webhooks app."""

    name = "scharnier.apps.webhooks"

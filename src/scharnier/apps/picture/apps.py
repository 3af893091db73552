# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the picture app."""

from django.apps import AppConfig


class PictureConfig(AppConfig):
    """The picture app."""

    name = "scharnier.apps.picture"

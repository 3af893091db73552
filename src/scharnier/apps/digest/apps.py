# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the digest app."""

from django.apps import AppConfig


class DigestConfig(AppConfig):
    """The digest app."""

    name = "scharnier.apps.digest"

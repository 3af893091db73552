# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the site: it carries the shared templates and static files."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The site."""

    name = "scharnier.site"
    label = "site"

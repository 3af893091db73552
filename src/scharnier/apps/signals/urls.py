# SPDX-License-Identifier: EUPL-1.2
"""Addresses of signals."""

from scharnier.apps.signals import imports_urls

app_name = "signals"
urlpatterns = [*imports_urls.urlpatterns]

# SPDX-License-Identifier: EUPL-1.2
"""Addresses to bring in a list of signals."""

from django.urls import path

from scharnier.apps.signals import imports_views

urlpatterns = [
    path("signals/import/", imports_views.import_signals, name="import"),
    path("signals/import/template/", imports_views.list_template, name="list_template"),
    path("signals/import/check/", imports_views.check_list, name="check_list"),
    path("signals/import/drop/", imports_views.drop_list, name="drop_list"),
]

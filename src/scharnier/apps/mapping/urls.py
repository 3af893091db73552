# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the map."""

from django.urls import path

from scharnier.apps.mapping import views

app_name = "mapping"
urlpatterns = [
    path("network/map/", views.show_map, name="map"),
    path("network/map/data/", views.data, name="data"),
]

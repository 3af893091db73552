# SPDX-License-Identifier: EUPL-1.2
"""Addresses of people."""

from django.urls import path

from scharnier.apps.people import views

app_name = "people"
urlpatterns = [
    path("people/<path:person_id>/", views.person, name="person"),
    path("organizations/<path:organization_id>/", views.organization, name="organization"),
    path("my/card/unlist/", views.stop_listing, name="stop_listing"),
]

# SPDX-License-Identifier: EUPL-1.2
"""Addresses of shared situations."""

from django.urls import path

from scharnier.apps.situations import views

app_name = "situations"
urlpatterns = [
    path("situations/", views.own, name="list"),
    path("situations/<slug:situation_id>/", views.overview, name="overview"),
]

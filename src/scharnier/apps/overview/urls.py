# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the pages across functions."""

from django.urls import path

from scharnier.apps.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.ask, name="ask"),
    path("my/card/reads/", views.card_reads, name="card_reads"),
]

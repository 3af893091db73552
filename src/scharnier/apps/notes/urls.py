# SPDX-License-Identifier: EUPL-1.2
"""Addresses of notes."""

from django.urls import path

from scharnier.apps.notes import views

app_name = "notes"
urlpatterns = [
    path("note/", views.write, name="write"),
    path("note/offline/", views.shell, name="shell"),
    path("note/account/", views.account, name="account"),
    path("note/leaving/", views.leaving, name="leaving"),
    path("notes/", views.own_notes, name="own_notes"),
    path("notes/<uuid:note_key>/throw-away/", views.throw_away, name="throw_away"),
    path("notes/<uuid:note_key>/take-back/", views.take_back, name="take_back"),
]

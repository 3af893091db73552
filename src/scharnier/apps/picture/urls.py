# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the picture and of one's own contacts."""

from django.urls import path

from scharnier.apps.picture import views

app_name = "picture"
urlpatterns = [
    path("network/picture/", views.picture, name="picture"),
    path("network/picture/data", views.data, name="data"),
    path("my/contacts/", views.contacts, name="contacts"),
    path("my/contacts/add/", views.declare, name="declare"),
    path("my/contacts/undo/", views.restore, name="restore"),
    path("my/contacts/<int:tie_pk>/confirm/", views.confirm, name="confirm"),
    path("my/contacts/<int:tie_pk>/change/", views.change, name="change"),
    path("my/contacts/<int:tie_pk>/remove/", views.remove, name="remove"),
]

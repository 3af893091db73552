# SPDX-License-Identifier: EUPL-1.2
"""Addresses of rights: one's own data, requests of others, clearing up."""

from django.urls import path

from scharnier.apps.rights import views

app_name = "rights"
urlpatterns = [
    path("my/data/", views.own_data, name="own_data"),
    path("my/data/copy.json", views.own_copy, name="own_copy"),
    path("my/data/copy.pdf", views.own_document, name="own_document"),
    path("my/data/stop/<slug:purpose>/", views.stop_use, name="stop_use"),
    path("my/data/contacts/<int:tie_pk>/object/", views.object_to_tie, name="object_to_tie"),
    path("my/data/roles/<int:membership_pk>/object/", views.object_to_role, name="object_to_role"),
    path("my/data/objections/<int:objection_pk>/", views.withdraw_objection, name="withdraw_objection"),
    path("my/data/erase/", views.erase, name="erase"),
    path("erased/", views.erased, name="erased"),
    path("members/data-requests/", views.data_requests, name="data_requests"),
    path("members/data-requests/<int:request_pk>/", views.data_request, name="data_request"),
    path("members/data-requests/<int:request_pk>/copy.json", views.request_copy, name="request_copy"),
    path("members/data-requests/<int:request_pk>/copy.pdf", views.request_document, name="request_document"),
    path("members/data-requests/<int:request_pk>/erase/", views.erase_for_request, name="erase_for_request"),
    path("members/retention/", views.retention, name="retention"),
]

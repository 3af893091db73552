# SPDX-License-Identifier: EUPL-1.2
"""Addresses of webhooks."""

from django.urls import path

from scharnier.apps.webhooks import views

app_name = "webhooks"
urlpatterns = [
    path("network/webhooks/", views.webhooks, name="webhooks"),
    path("network/webhooks/add/", views.add, name="add_webhook"),
    path("network/webhooks/missed/", views.dead, name="dead_deliveries"),
    path("network/webhooks/missed/<slug:delivery_id>/again/", views.send_again, name="send_again"),
    path("network/webhooks/missed/<slug:delivery_id>/drop/", views.throw_away, name="throw_away"),
    path("network/webhooks/<int:webhook_pk>/", views.webhook, name="webhook"),
    path("network/webhooks/<int:webhook_pk>/events/", views.events, name="choose_events"),
    path("network/webhooks/<int:webhook_pk>/test/", views.send_test, name="send_test"),
    path("network/webhooks/<int:webhook_pk>/secret/", views.renew_secret, name="renew_secret"),
    path("network/webhooks/<int:webhook_pk>/off/", views.switch_off, name="switch_off"),
    path("network/webhooks/<int:webhook_pk>/on/", views.switch_on, name="switch_on"),
    path("network/webhooks/<int:webhook_pk>/again/", views.send_all_again, name="send_all_again"),
    path("network/webhooks/<int:webhook_pk>/remove/", views.remove, name="remove_webhook"),
]

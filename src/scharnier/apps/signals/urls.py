# SPDX-License-Identifier: EUPL-1.2
"""Addresses of signals."""

from django.urls import path

from scharnier.apps.signals import imports_urls, views

app_name = "signals"
urlpatterns = [
    *imports_urls.urlpatterns,  # first: below, any word is the number of a signal
    path("signals/", views.own_signals, name="own_signals"),
    path("signals/new/", views.tell, name="tell"),
    path("signals/topics/", views.topics, name="suggest_topics"),
    path("signals/residents/", views.reception, name="reception"),
    path("tell/<path:network_id>/", views.open_form, name="open_form"),
    path("signals/matches/<str:match_id>/", views.match, name="match"),
    path("signals/<str:signal_id>/", views.signal, name="signal"),
    path("signals/<str:signal_id>/change/", views.change, name="change_signal"),
    path("signals/<str:signal_id>/let-know/", views.let_know, name="let_know"),
    path("signals/<str:signal_id>/<str:signal_step>/", views.step, name="step_signal"),
]

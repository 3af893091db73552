# SPDX-License-Identifier: EUPL-1.2
"""Addresses of mail and calendar."""

from django.urls import path

from scharnier.apps.digest import views

app_name = "digest"
urlpatterns = [
    path("my/mail/", views.mail, name="mail"),
    path("my/mail/calendar/", views.open_calendar, name="open_calendar"),
    path("my/mail/calendar/close/", views.close_calendar, name="close_calendar"),
    path("mail/stop/<str:token>/", views.stop, name="stop"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
]

# SPDX-License-Identifier: EUPL-1.2
"""Addresses of breaking the glass."""

from django.urls import path

from scharnier.apps.emergency import views

app_name = "emergency"
urlpatterns = [
    path("emergency/", views.open_card, name="open"),
    path("emergency/reviews/", views.reviews, name="reviews"),
    path("emergency/reviews/<int:review_pk>/", views.review, name="review"),
]

# SPDX-License-Identifier: EUPL-1.2
"""Addresses of referrals."""

from django.urls import path

from scharnier.apps.referral import views

app_name = "referral"
urlpatterns = [
    path("work/", views.work, name="work"),
    path("begin/", views.begin, name="begin"),
    path("how-we-match/", views.how_we_match, name="how_we_match"),
    path("notes/<uuid:note_key>/refer/", views.of_note, name="of_note"),
    path("referrals/new/", views.refer, name="new"),
    path("referrals/figures/", views.adequacy, name="adequacy"),
    path("referrals/<slug:referral_id>/", views.show, name="referral"),
    path("referrals/<slug:referral_id>/send/", views.send, name="send"),
    path("referrals/<slug:referral_id>/next/", views.ask_next, name="next"),
    path("referrals/<slug:referral_id>/give-up/", views.deed, {"deed": "give-up"}, name="give_up"),
    path("referrals/<slug:referral_id>/outcome/", views.deed, {"deed": "outcome"}, name="outcome"),
    path("referrals/<slug:referral_id>/turns/<slug:turn_id>/<slug:step>/", views.step, name="step"),
    path("introductions/<int:introduction_pk>/", views.introduce, name="introduction"),
]

# SPDX-License-Identifier: EUPL-1.2
"""Addresses of links, and of what somebody with an account does about them."""

from django.urls import path

from scharnier.apps.referral import handing_views, link_views

app_name = "referral_link"
urlpatterns = [
    path("r/<str:token>/", link_views.link, name="link"),
    path("r/<str:token>/new/", link_views.renew, name="renew_link"),
    path("r/<str:token>/<slug:step>/", link_views.step, name="link_step"),
    path("referrals/<slug:referral_id>/outcome/link/", handing_views.hand_over, name="outcome_link"),
    path(
        "referrals/<slug:referral_id>/turns/<slug:turn_id>/links/revoke/",
        handing_views.revoke,
        name="revoke_links",
    ),
    path("answering/<path:organization_id>/", handing_views.answering, name="answering"),
]

# SPDX-License-Identifier: EUPL-1.2
"""Addresses of members: who belongs to a network, how people come in, and one's own account."""

from django.urls import path

from scharnier.apps.members import views

app_name = "members"
urlpatterns = [
    path("members/", views.accounts, name="accounts"),
    path("members/<int:account_pk>/", views.account, name="account"),
    path("members/<int:account_pk>/end/", views.end_account, name="end_account"),
    path("members/invite/", views.invite, name="invite"),
    path("members/invitations/", views.invitations, name="invitations"),
    path("members/invitations/<int:invitation_pk>/again/", views.send_again, name="send_again"),
    path("members/invitations/<int:invitation_pk>/withdraw/", views.withdraw, name="withdraw"),
    path("members/requests/", views.requests, name="requests"),
    path("members/requests/door/", views.open_or_close, name="open_or_close"),
    path("members/requests/<int:request_pk>/accept/", views.accept_request, name="accept_request"),
    path("members/requests/<int:request_pk>/decline/", views.decline_request, name="decline_request"),
    path("members/hand-over/", views.hand_over, name="hand_over"),
    path("members/hand-over/<int:hand_over_pk>/undo/", views.undo_hand_over, name="undo_hand_over"),
    path("networks/new/", views.start_network, name="start_network"),
    path("my/account/", views.own_account, name="own_account"),
    path("my/account/network/", views.switch_network, name="switch_network"),
    path("my/account/leave/", views.leave, name="leave"),
    path("my/account/sessions/end/", views.end_sessions, name="end_sessions"),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("join/<path:network_id>/", views.join, name="join"),
]

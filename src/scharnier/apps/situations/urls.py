# SPDX-License-Identifier: EUPL-1.2
"""Addresses of shared situations."""

from django.urls import path

from scharnier.apps.situations import views

app_name = "situations"
HERE = "situations/<slug:situation_id>/"
urlpatterns = [
    path("network/map/signals/", views.on_map, name="on_map"),
    path("situations/", views.own, name="list"),
    path("situations/found/", views.found, name="found"),
    path("situations/found/<slug:situation_id>/propose/", views.propose_found, name="propose_found"),
    path("situations/found/<slug:situation_id>/dismiss/", views.dismiss_found, name="dismiss_found"),
    path("situations/found/excluded/", views.excluded, name="excluded"),
    path("situations/found/excluded/<str:square>/", views.count_again, name="count_again"),
    path("situations/new/", views.begin, name="begin"),
    path("situations/of-match/<str:match_id>/", views.begin_of_match, name="begin_of_match"),
    path(HERE, views.overview, name="overview"),
    path(f"{HERE}steps/<slug:move>/", views.step, name="take_step"),
    path(f"{HERE}lead/", views.lead, name="lead"),
    path(f"{HERE}partners/", views.partners, name="partners"),
    path(f"{HERE}invitations/<slug:invitation_id>/", views.invitation, name="invitation"),
    path(f"{HERE}invitations/<slug:invitation_id>/withdraw/", views.withdraw, name="withdraw"),
    path(f"{HERE}standing/", views.standing, name="standing"),
    path(f"{HERE}rooms/", views.rooms, name="rooms"),
    path(f"{HERE}rooms/new/", views.new_room, name="new_room"),
    path(f"{HERE}rooms/<slug:room_id>/", views.room, name="room"),
    path(f"{HERE}rooms/<slug:room_id>/remove/", views.remove_room, name="remove_room"),
    # What partners do together.
    path(f"{HERE}work/", views.work, name="work"),
    path(f"{HERE}plan/", views.plan, name="plan"),
    path(f"{HERE}plan/begin/", views.begin_plan, name="begin_plan"),
    path(f"{HERE}agreements/new/", views.agree, name="agree"),
    path(f"{HERE}agreements/<slug:agreement_id>/", views.agreement, name="agreement"),
    path(f"{HERE}actions/new/", views.act, name="act"),
    path(f"{HERE}actions/<slug:action_id>/", views.action, name="action"),
    path(f"{HERE}actions/<slug:action_id>/give/", views.give, name="give_action"),
    path(f"{HERE}actions/<slug:action_id>/reopen/", views.reopen, name="reopen_action"),
    path(f"{HERE}meetings/", views.meetings, name="meetings"),
    path(f"{HERE}meetings/new/", views.plan_meeting, name="plan_meeting"),
    path(f"{HERE}meetings/<slug:meeting_id>/", views.meeting, name="meeting"),
    path(f"{HERE}meetings/<slug:meeting_id>/move/", views.move_meeting, name="move_meeting"),
    path(f"{HERE}meetings/<slug:meeting_id>/call-off/", views.call_off_meeting, name="call_off_meeting"),
    path(f"{HERE}meetings/<slug:meeting_id>/minutes/", views.record_meeting, name="record_meeting"),
    path(f"{HERE}meetings/<slug:meeting_id>/minutes.pdf", views.minutes_pdf, name="minutes_pdf"),
    path(f"{HERE}meetings/<slug:meeting_id>/invitation.ics", views.meeting_calendar, name="meeting_calendar"),
    path(f"{HERE}figures/", views.figures, name="figures"),
    path(f"{HERE}figures/new/", views.add_indicator, name="add_indicator"),
    path(f"{HERE}figures/<slug:indicator_id>/", views.indicator, name="indicator"),
    path(f"{HERE}figures/<slug:indicator_id>/enter/", views.enter_figure, name="enter_figure"),
    path(f"{HERE}closing/", views.closing, name="closing"),
    path(f"{HERE}closing/evaluation/", views.evaluation, name="evaluation"),
    path(f"{HERE}closing/score/", views.score, name="score"),
    path(f"{HERE}closing/recheck/", views.recheck, name="recheck"),
    path("situation-templates/", views.templates, name="templates"),
    path("situation-templates/new/", views.new_template, name="new_template"),
    path("situation-templates/<slug:template_id>/", views.template, name="template"),
    path("situation-templates/<slug:template_id>/drop/", views.drop_template, name="drop_template"),
]

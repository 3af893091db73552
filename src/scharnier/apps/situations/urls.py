# SPDX-License-Identifier: EUPL-1.2
"""Addresses of shared situations."""

from django.urls import path

from scharnier.apps.situations import views

app_name = "situations"
urlpatterns = [
    path("situations/", views.own, name="list"),
    path("situations/<slug:situation_id>/", views.overview, name="overview"),
    # What partners do together.
    path("situations/<slug:situation_id>/work/", views.work, name="work"),
    path("situations/<slug:situation_id>/plan/", views.plan, name="plan"),
    path("situations/<slug:situation_id>/plan/begin/", views.begin_plan, name="begin_plan"),
    path("situations/<slug:situation_id>/agreements/new/", views.agree, name="agree"),
    path("situations/<slug:situation_id>/agreements/<slug:agreement_id>/", views.agreement, name="agreement"),
    path("situations/<slug:situation_id>/actions/new/", views.act, name="act"),
    path("situations/<slug:situation_id>/actions/<slug:action_id>/", views.action, name="action"),
    path("situations/<slug:situation_id>/actions/<slug:action_id>/give/", views.give, name="give_action"),
    path(
        "situations/<slug:situation_id>/actions/<slug:action_id>/reopen/", views.reopen, name="reopen_action"
    ),
    path("situations/<slug:situation_id>/meetings/", views.meetings, name="meetings"),
    path("situations/<slug:situation_id>/meetings/new/", views.plan_meeting, name="plan_meeting"),
    path("situations/<slug:situation_id>/meetings/<slug:meeting_id>/", views.meeting, name="meeting"),
    path(
        "situations/<slug:situation_id>/meetings/<slug:meeting_id>/move/",
        views.move_meeting,
        name="move_meeting",
    ),
    path(
        "situations/<slug:situation_id>/meetings/<slug:meeting_id>/call-off/",
        views.call_off_meeting,
        name="call_off_meeting",
    ),
    path(
        "situations/<slug:situation_id>/meetings/<slug:meeting_id>/minutes/",
        views.record_meeting,
        name="record_meeting",
    ),
    path(
        "situations/<slug:situation_id>/meetings/<slug:meeting_id>/minutes.pdf",
        views.minutes_pdf,
        name="minutes_pdf",
    ),
    path(
        "situations/<slug:situation_id>/meetings/<slug:meeting_id>/invitation.ics",
        views.meeting_calendar,
        name="meeting_calendar",
    ),
    path("situations/<slug:situation_id>/figures/", views.figures, name="figures"),
    path("situations/<slug:situation_id>/figures/new/", views.add_indicator, name="add_indicator"),
    path("situations/<slug:situation_id>/figures/<slug:indicator_id>/", views.indicator, name="indicator"),
    path(
        "situations/<slug:situation_id>/figures/<slug:indicator_id>/enter/",
        views.enter_figure,
        name="enter_figure",
    ),
    path("situations/<slug:situation_id>/closing/", views.closing, name="closing"),
    path("situations/<slug:situation_id>/closing/evaluation/", views.evaluation, name="evaluation"),
    path("situations/<slug:situation_id>/closing/score/", views.score, name="score"),
    path("situations/<slug:situation_id>/closing/recheck/", views.recheck, name="recheck"),
    path("situation-templates/", views.templates, name="templates"),
    path("situation-templates/new/", views.new_template, name="new_template"),
    path("situation-templates/<slug:template_id>/", views.template, name="template"),
    path("situation-templates/<slug:template_id>/drop/", views.drop_template, name="drop_template"),
]

# SPDX-License-Identifier: EUPL-1.2
"""Addresses of people."""

from django.urls import path

from scharnier.apps.people import views

app_name = "people"
urlpatterns = [
    path("people/<path:person_id>/", views.person, name="person"),
    path("organizations/<path:organization_id>/", views.organization, name="organization"),
    path("my/card/", views.own_card, name="own_card"),
    path("my/card/skills/", views.skills, name="skills"),
    path("my/card/ways/", views.ways, name="ways"),
    path("my/card/room/", views.room, name="room"),
    path("my/card/who/", views.who, name="who"),
    path("my/card/visibility/", views.visibility, name="visibility"),
    path("my/card/preview/", views.preview, name="preview"),
    path("my/card/unlist/", views.stop_listing, name="stop_listing"),
    path("my/card/relist/", views.undo_stop_listing, name="undo_stop_listing"),
    path("my/card/sharing/", views.sharing, name="sharing"),
    path("my/card/sharing/add/", views.share, name="share"),
    path("my/card/sharing/<int:sharing_pk>/stop/", views.stop_sharing, name="stop_sharing"),
    path("my/card/check/<slug:group>/", views.check_group, name="check_group"),
    path("my/roles/add/", views.start_role, name="start_role"),
    path("my/roles/<int:membership_pk>/end/", views.end_role, name="end_role"),
    path("claims/<int:membership_pk>/<path:organization_id>/", views.answer_claim, name="answer_claim"),
    path("edit/organization/<path:organization_id>/", views.edit_organization, name="edit_organization"),
    path("edit/about/<path:organization_id>/", views.edit_about, name="edit_about"),
    path("edit/ways/<path:organization_id>/", views.edit_organization_ways, name="edit_organization_ways"),
    path("edit/service/<path:service_id>/", views.edit_service, name="edit_service"),
    path("check/<slug:group>/<path:organization_id>/", views.check_organization, name="check_organization"),
    path("add/service/<path:organization_id>/", views.add_service, name="add_service"),
    path("add/organization/", views.add_organization, name="add_organization"),
    path("add/community/", views.add_community, name="add_community"),
    path("add/person/", views.add_person, name="add_person"),
    path("network/import/", views.import_network, name="import_network"),
    path("network/import/template/", views.import_template, name="import_template"),
    path("network/import/check/", views.check_import, name="check_import"),
    path("network/import/drop/", views.drop_import, name="drop_import"),
    path("network/areas/", views.import_areas, name="import_areas"),
    path("network/areas/check/", views.check_areas, name="check_areas"),
    path("network/areas/drop/", views.drop_areas, name="drop_areas"),
    path("network/export/", views.export_network, name="export_network"),
    path("confirm/<str:token>/", views.confirm, name="confirm"),
]

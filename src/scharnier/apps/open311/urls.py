# SPDX-License-Identifier: EUPL-1.2
"""Addresses of Open311, and of what coordinators keep of it."""

from django.urls import path, register_converter

from scharnier.apps.open311 import api, system_views, views


class FormConverter:
    """The end of an address, which says in what form the answer is."""

    regex = "xml|json"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormConverter, "georeport")

app_name = "open311"
urlpatterns = [
    path("open311/v2/discovery.<georeport:form>", api.discovery, name="discovery"),
    path("open311/v2/services.<georeport:form>", api.service_list, name="georeport_services"),
    path("open311/v2/services/<str:code>.<georeport:form>", api.service_definition, name="georeport_service"),
    path("open311/v2/requests.<georeport:form>", api.requests, name="georeport_requests"),
    path("open311/v2/requests/<str:request_id>.<georeport:form>", api.one_request, name="georeport_request"),
    path("network/open311/", views.reporting, name="reporting"),
    path("network/open311/topics/add/", views.add_offer, name="add_offer"),
    path("network/open311/topics/<str:topic_id>/withdraw/", views.withdraw, name="withdraw_offer"),
    path("network/open311/keys/add/", views.add_key, name="add_key"),
    path("network/open311/keys/<int:key_pk>/revoke/", views.revoke_key, name="revoke_key"),
    path("network/open311/reports/<slug:report_id>/", views.report, name="report"),
    path("network/open311/reports/<slug:report_id>/close/", views.lay_aside, name="lay_aside"),
    path("network/open311/systems/add/", system_views.add_system, name="add_system"),
    path("network/open311/systems/<int:system_pk>/", system_views.system, name="system"),
    path("network/open311/systems/<int:system_pk>/remove/", system_views.remove_system, name="remove_system"),
    path("network/open311/passages/<slug:passage_id>/", system_views.passage, name="passage"),
    path("network/open311/passages/<slug:passage_id>/again/", system_views.send_again, name="send_again"),
    path("network/open311/passages/<slug:passage_id>/let-go/", system_views.let_go, name="let_go"),
]

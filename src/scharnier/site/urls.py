# SPDX-License-Identifier: EUPL-1.2
"""Root addresses."""

from django.urls import include, path

from scharnier.site import installing, phone, views
from scharnier.site.api import api

handler400 = views.malformed
handler404 = views.missing
handler500 = views.broken

urlpatterns = [
    path("", include("scharnier.apps.overview.urls")),
    path("", include("scharnier.apps.people.urls")),
    path("", include("scharnier.apps.picture.urls")),
    path("", include("scharnier.apps.mapping.urls")),
    path("", include("scharnier.apps.members.urls")),
    path("", include("scharnier.apps.referral.urls")),
    path("", include("scharnier.apps.referral.link_urls")),
    path("", include("scharnier.apps.emergency.urls")),
    path("", include("scharnier.apps.rights.urls")),
    path("", include("scharnier.apps.webhooks.urls")),
    path("", include("scharnier.apps.open311.urls")),
    path("", include("scharnier.apps.notes.urls")),
    path("", include("scharnier.apps.digest.urls")),
    path("", include("scharnier.apps.situations.urls")),
    path("", include("scharnier.apps.signals.urls")),
    path("", include("scharnier.site.signing_urls")),
    path("api/v1/", api.urls),
    path("language/", views.change_language, name="set_language"),
    path("look/", views.look, name="look"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("service-worker.js", phone.service_worker, name="service_worker"),
]

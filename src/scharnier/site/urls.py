# SPDX-License-Identifier: EUPL-1.2
"""Root addresses."""

from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from scharnier.site import views
from scharnier.site.api import api

handler400 = views.malformed
handler404 = views.missing
handler500 = views.broken

urlpatterns = [
    path("", include("scharnier.apps.overview.urls")),
    path("", include("scharnier.apps.people.urls")),
    path("api/v1/", api.urls),
    path("login/", views.Login.as_view(), name="login"),
    path("logout/", login_not_required(auth.LogoutView.as_view()), name="logout"),
    path("language/", views.change_language, name="set_language"),
    path("look/", views.look, name="look"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]

# SPDX-License-Identifier: EUPL-1.2
"""Addresses of signing in. allauth finds its pages by these names; what is not here cannot be reached."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_step
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as openid
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.urls import path, re_path

from scharnier.apps.http import without_network
from scharnier.site import views

login = views.Login.as_view()
logout = login_not_required(auth.LogoutView.as_view())
login_refused = login_not_required(social.login_error)

urlpatterns = [
    path("login/", login, name="login"),
    path("login/", login, name="account_login"),
    path("login/passkey/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("login/second-step/", second_step.authenticate, name="mfa_authenticate"),
    path("login/with/<slug:provider_id>/", openid.login, name="openid_connect_login"),
    path("login/with/<slug:provider_id>/callback/", openid.callback, name="openid_connect_callback"),
    path("login/refused/", login_refused, name="socialaccount_login_error"),
    path("login/closed/", account.account_inactive, name="account_inactive"),
    path("logout/", logout, name="logout"),
    path("logout/", logout, name="account_logout"),
    path("password/forgotten/", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/new/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("my/account/password/", without_network(account.password_change), name="account_change_password"),
    path("my/account/password/first/", without_network(account.password_set), name="account_set_password"),
    path("my/account/confirm/", without_network(account.reauthenticate), name="account_reauthenticate"),
    path("my/account/confirm/code/", without_network(second_step.reauthenticate), name="mfa_reauthenticate"),
    path(
        "my/account/confirm/key/",
        without_network(keys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("my/account/second-step/", without_network(second_step.index), name="mfa_index"),
    path("my/account/second-step/app/", without_network(totp.activate_totp), name="mfa_activate_totp"),
    path(
        "my/account/second-step/app/off/", without_network(totp.deactivate_totp), name="mfa_deactivate_totp"
    ),
    path(
        "my/account/second-step/codes/",
        without_network(codes.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "my/account/second-step/codes/new/",
        without_network(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "my/account/second-step/codes/file/",
        without_network(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("my/account/second-step/keys/", without_network(keys.list_webauthn), name="mfa_list_webauthn"),
    path("my/account/second-step/keys/add/", without_network(keys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "my/account/second-step/keys/<int:pk>/remove/",
        without_network(keys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "my/account/second-step/keys/<int:pk>/edit/",
        without_network(keys.edit_webauthn),
        name="mfa_edit_webauthn",
    ),
]

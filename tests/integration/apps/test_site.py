# SPDX-License-Identifier: EUPL-1.2
import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from scharnier.apps.people import models
from tests.factories import a_network, a_person

pytestmark = pytest.mark.django_db
OPEN_TO_ALL = {
    *("login", "logout", "set_language", "healthz", "readyz", "look", "openapi-json", "api-root"),
    *("account_login", "account_logout", "account_inactive", "mfa_login_webauthn"),
    *("socialaccount_login_error", "openid_connect_login", "openid_connect_callback"),
    *("account_reset_password", "account_reset_password_done"),
    *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    *("invitation", "join", "confirm", "erased"),
    *("link", "renew_link", "link_step"),  # for who holds the secret in the address
    *("discovery", "georeport_services", "georeport_service"),  # for other systems
    *("georeport_requests", "georeport_request"),
    *("manifest", "service_worker", "shell"),  # hold nothing of anybody
    *("stop", "calendar"),  # for who has the secret in the address
    "open_form",  # for residents, where a network chose who reads it
}


@pytest.fixture(autouse=True)
def _network(load):
    load(a_network(persons=(a_person(),)))


def _patterns(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern.name


class TestEveryAddress:
    def test_asks_to_sign_in_unless_it_is_meant_for_all(self, client):
        closed = [address for address, name in _patterns(get_resolver()) if name not in OPEN_TO_ALL]

        answers = {address: client.get("/" + _filled(address)) for address in closed}

        assert closed
        let_in = [a for a, response in answers.items() if response.status_code not in {302, 401, 405}]
        assert let_in == []

    def test_forbids_scripts_and_frames_of_others(self, client):
        response = client.get(reverse("login"))

        policy = response["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
        assert response["X-Frame-Options"] == "DENY"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"


def _filled(address):
    for kind, value in (("int:", "1"), ("uuid:", str(UUID(int=1))), ("", "x")):
        address = re.sub(rf"<{kind}[^>]+>", value, address)
    return address


class TestHealth:
    def test_is_told_to_anyone_without_a_session(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            response = client.get("/healthz")

        assert (response.status_code, response.text) == (200, "ok")

    def test_includes_the_database_when_asked(self, client):
        assert client.get("/readyz").text == "ok"

    def test_says_when_the_database_does_not_answer(self, client, monkeypatch):
        monkeypatch.setattr("scharnier.site.views.READY", "SELECT 1 FROM nowhere")

        assert client.get("/readyz").status_code == 503


class TestSigningIn:
    def test_opens_the_front_door(self, client):
        user = models.User.objects.create_user("samira@kruisveld", password=(password := "open sesam"))
        models.Account.objects.create(
            user=user, network_id="kruisveld", person=models.Person.objects.get(), role="professional"
        )

        response = client.post(
            reverse("login"), {"username": user.username, "password": password}, follow=True
        )

        assert response.redirect_chain == [(reverse("referral:begin"), 302), (reverse("overview:ask"), 302)]
        assert response.status_code == 200

    def test_says_so_when_the_password_is_wrong(self, client):
        response = client.post(reverse("login"), {"username": "samira", "password": "mis"})

        assert response.status_code == 200
        assert response.context["form"].errors

    def test_ends_with_signing_out(self, sign_in):
        client = sign_in()

        client.post(reverse("logout"))

        assert client.get(reverse("overview:ask")).status_code == 302

    def test_is_not_enough_without_a_network(self, client):
        client.force_login(models.User.objects.create_user("los"))

        response = client.get(reverse("overview:ask"))

        assert response.status_code == 403
        assert "geen netwerk" in response.text


class TestLanguage:
    def test_is_dutch_until_chosen_otherwise(self, client):
        before = client.get(reverse("login"))
        client.post(reverse("set_language"), {"language": "en", "next": "/login/"})
        after = client.get(reverse("login"))

        assert (before["Content-Language"], after["Content-Language"]) == ("nl", "en")


class TestFailures:
    def test_are_a_page_to_people(self, sign_in):
        response = sign_in().get("/nergens/")

        assert response.status_code == 404
        assert response["Content-Type"].startswith("text/html")

    def test_say_that_a_form_is_too_old(self):
        response = Client(enforce_csrf_checks=True).post(reverse("login"))

        assert response.status_code == 403
        assert response["Content-Type"].startswith("text/html")

    def test_show_no_inner_words_when_we_break(self, sign_in, monkeypatch):
        monkeypatch.setattr("scharnier.apps.people.access.areas", _break)

        response = sign_in().get(reverse("overview:ask"))

        assert response.status_code == 500
        assert "secret inner words" not in response.text

    @pytest.mark.parametrize("size", [3 * 1024 * 1024])
    def test_refuse_a_request_that_is_far_too_large(self, sign_in, size):
        response = sign_in().post(reverse("overview:ask"), {"text": "a" * size})

        assert response.status_code == 400


def _break(_actor):
    raise RuntimeError("secret inner words")

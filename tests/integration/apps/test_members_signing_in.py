# SPDX-License-Identifier: EUPL-1.2
"""Signing in: a second step for who needs one, a lock after five wrong passwords, a new password by mail."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from axes.models import AccessAttempt
from django.core.cache import cache
from django.urls import reverse

from scharnier.apps.http import client_address
from scharnier.apps.members import second_factor, services
from scharnier.apps.people.models import User
from scharnier.core.kernel import Role
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import members_scenes as scenes

pytestmark = pytest.mark.django_db
ASK, SECOND_STEP, LOGIN = reverse("overview:ask"), reverse("mfa_index"), reverse("login")
APP = reverse("mfa_activate_totp")
GATED = {Role.COORDINATOR, Role.BOARD, Role.ADMINISTRATOR}
STEP_SECONDS = 30


@pytest.fixture(scope="module", autouse=True)
def _networks(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DAY = DAY
    cache.clear()


def code_of(secret, *, at=None):
    """Return the code that an app shows for a secret (RFC 6238)."""
    counter = struct.pack(">Q", int(at or time.time()) // STEP_SECONDS)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def logged_in(client, name, *, confirmed=True):
    """Log in with the password, and say it once more, as one must before changing how one logs in."""
    scenes.log_in(client, f"{name}@kruisveld")
    if confirmed:
        client.post(reverse("account_reauthenticate"), {"password": scenes.PASSWORD})
    return client


def set_up_app(client):
    """Set up an app and return its secret."""
    secret = re.search(r"<kbd>([A-Z2-7]+)</kbd>", client.get(APP).text)[1]
    client.post(APP, {"code": code_of(secret)})
    return secret


class TestCodeOf:
    def test_agrees_with_the_standard(self):
        secret = base64.b32encode(b"12345678901234567890").decode()

        assert code_of(secret, at=59) == "287082"  # RFC 6238, appendix B, last six digits


class TestSecondFactorGate:
    @pytest.mark.parametrize("role", Role)
    def test_stands_before_who_needs_one(self, client, role):
        services.change_role(scenes.account_of("samira").pk, role=role, actor=scenes.RIA, at=NOON)

        answer = logged_in(client, "samira", confirmed=False).get(ASK)

        assert (answer.status_code == 302 and answer["Location"] == SECOND_STEP) is (role in GATED)

    def test_stands_before_the_interface_for_programs_too(self, client):
        answer = logged_in(client, "ria").get("/api/v1/people")

        assert answer.status_code == 403
        assert answer.json()["type"].endswith("site.second_factor_missing")

    @pytest.mark.parametrize(
        "name", ["members:own_account", "mfa_index", "account_reauthenticate", "members:start_network"]
    )
    def test_lets_through_what_is_needed_to_set_one_up(self, client, name):
        assert logged_in(client, "ria").get(reverse(name)).get("Location") != SECOND_STEP

    def test_lets_log_out(self, client):
        logged_in(client, "ria").post(reverse("logout"))

        assert client.get(ASK)["Location"].startswith(LOGIN)

    def test_opens_once_there_is_one(self, client):
        set_up_app(logged_in(client, "ria"))

        assert client.get(ASK).status_code == 200

    def test_asks_the_database_once_a_session(self, client, django_assert_max_num_queries):
        set_up_app(logged_in(client, "ria"))
        client.get(ASK)

        with django_assert_max_num_queries(40) as counted:
            client.get(ASK)

        assert not any("mfa_authenticator" in query["sql"] for query in counted.captured_queries)

    def test_is_open_in_a_demonstration(self, client, settings):
        settings.DEMO = True

        assert logged_in(client, "ria", confirmed=False).get(ASK).status_code == 200

    def test_counts_no_spare_codes(self):
        Authenticator.objects.create(user=scenes.user_of("ria"), type="recovery_codes", data={})

        assert not second_factor.has_one(scenes.user_of("ria").pk)

    @pytest.mark.parametrize("role", Role)
    def test_is_for_three_roles(self, role):
        assert second_factor.is_needed(an_actor(role=role)) is (role in GATED)


class TestApp:
    def test_is_set_up_with_the_code_it_shows(self, client):
        set_up_app(logged_in(client, "samira"))

        assert second_factor.has_one(scenes.user_of("samira").pk)

    def test_gives_spare_codes_along(self, client):
        set_up_app(logged_in(client, "samira"))

        said = client.get(reverse("mfa_view_recovery_codes")).text

        assert len(re.findall(r"<kbd>\d{8}</kbd>", said)) == 10

    def test_is_not_set_up_with_a_wrong_code(self, client):
        logged_in(client, "samira").get(APP)

        answer = client.post(APP, {"code": "000000"})

        assert "Deze code klopt niet." in answer.text
        assert not second_factor.has_one(scenes.user_of("samira").pk)

    def test_asks_for_the_password_once_more(self, client):
        answer = logged_in(client, "samira", confirmed=False).get(APP)

        assert answer["Location"].startswith(reverse("account_reauthenticate"))

    def test_draws_its_picture_without_breaking_the_policy(self, client):
        answer = logged_in(client, "samira").get(APP)

        assert "<svg" in answer.text
        assert "data:" not in answer.text
        assert " style=" not in answer.text

    def test_is_asked_for_when_logging_in(self, client):
        secret = set_up_app(logged_in(client, "samira"))
        client.post(reverse("logout"))
        cache.clear()  # a code works once; the log-in is half a minute later

        halfway = scenes.log_in(client, "samira@kruisveld")
        before = client.get(ASK).status_code
        answer = client.post(halfway["Location"], {"code": code_of(secret)})

        assert halfway["Location"] == reverse("mfa_authenticate")
        assert before == 302
        assert answer["Location"] == reverse("referral:begin")
        assert client.get(ASK).status_code == 200

    def test_lets_nobody_in_with_a_wrong_code(self, client):
        TOTP.activate(scenes.user_of("samira"), base64.b32encode(b"12345678901234567890").decode())
        scenes.log_in(client, "samira@kruisveld")

        answer = client.post(reverse("mfa_authenticate"), {"code": "000000"})

        assert "Deze code klopt niet." in answer.text
        assert client.get(ASK).status_code == 302

    def test_can_be_lost_by_a_spare_code(self, client):
        set_up_app(logged_in(client, "samira"))
        spare = re.search(r"<kbd>(\d{8})</kbd>", client.get(reverse("mfa_view_recovery_codes")).text)[1]
        client.post(reverse("logout"))
        scenes.log_in(client, "samira@kruisveld")

        client.post(reverse("mfa_authenticate"), {"code": spare})

        assert client.get(ASK).status_code == 200

    def test_stays_as_long_as_the_role_needs_it(self, client):
        set_up_app(logged_in(client, "ria"))

        answer = client.post(reverse("mfa_deactivate_totp"))

        assert "Bij jouw rol hoort een tweede stap" in answer.text
        assert second_factor.has_one(scenes.user_of("ria").pk)

    def test_goes_when_the_role_does_not_need_it(self, client):
        set_up_app(logged_in(client, "samira"))

        client.post(reverse("mfa_deactivate_totp"))

        assert not second_factor.has_one(scenes.user_of("samira").pk)


class TestPages:
    """Every page of allauth that can be reached wears our look, in both languages."""

    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize(
        "name",
        [
            "mfa_index",
            "mfa_activate_totp",
            "mfa_list_webauthn",
            "mfa_add_webauthn",
            "account_change_password",
            "account_reauthenticate",
        ],
    )
    def test_for_who_is_in(self, client, name, language):
        answer = logged_in(client, "samira").get(reverse(name), headers={"Accept-Language": language})

        assert answer.status_code == 200
        assert _wears_our_look(answer.text, language=language)

    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize(
        "name",
        [
            "mfa_index",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_reauthenticate",
        ],
    )
    def test_for_who_has_an_app(self, client, name, language):
        set_up_app(logged_in(client, "samira"))

        answer = client.get(reverse(name), headers={"Accept-Language": language})

        assert answer.status_code == 200
        assert _wears_our_look(answer.text, language=language)

    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize(
        "name",
        [
            "login",
            "account_inactive",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key_done",
            "socialaccount_login_error",
        ],
    )
    def test_for_who_is_not_in(self, client, name, language):
        answer = client.get(reverse(name), headers={"Accept-Language": language})

        assert _wears_our_look(answer.text, language=language)

    def test_offers_a_new_account_to_nobody(self, client):
        assert client.get("/signup/").status_code in {302, 404}
        assert client.get("/accounts/signup/").status_code in {302, 404}

    def test_runs_no_script_that_stands_in_the_page(self, client):
        said = client.get(LOGIN).text

        inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", said)
        assert all('type="application/json"' in attributes for attributes in inline)


def _wears_our_look(text, *, language):
    return f'<html lang="{language}">' in text and "scharnier.css" in text and "page-main" in text


class TestLock:
    def fail(self, client, *, times=5, name="samira@kruisveld", address="192.0.2.1"):
        for _ in range(times):
            answer = client.post(LOGIN, {"username": name, "password": "mis"}, REMOTE_ADDR=address)
        return answer

    def right(self, client, *, name="samira@kruisveld", address="192.0.2.1"):
        return client.post(LOGIN, {"username": name, "password": scenes.PASSWORD}, REMOTE_ADDR=address)

    def test_closes_after_five_wrong_passwords(self, client):
        answers = [self.fail(client, times=4), self.fail(client, times=1), self.right(client)]

        assert [answer.status_code for answer in answers] == [200, 429, 429]
        assert "Wacht een kwartier" in answers[-1].text
        assert client.get(ASK).status_code == 302

    def test_is_for_one_name_at_one_address(self, client):
        self.fail(client)

        assert self.right(client, address="192.0.2.2").status_code == 302
        client.post(reverse("logout"))
        assert self.right(client, name="karel@kruisveld").status_code == 302

    @pytest.mark.parametrize("name", ["Samira@Kruisveld", "SAMIRA@KRUISVELD"])
    def test_gives_capitals_no_more_tries(self, client, name):
        before = self.right(client, name=name).status_code
        client.post(reverse("logout"))
        self.fail(client)

        assert (before, self.right(client, name=name).status_code) == (302, 429)

    def test_opens_after_a_quarter_of_an_hour(self, client):
        self.fail(client)
        AccessAttempt.objects.update(
            attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=16)
        )

        assert self.right(client).status_code == 302

    def test_is_not_put_off_by_who_keeps_trying(self, client):
        self.fail(client)
        before = AccessAttempt.objects.get().attempt_time
        self.fail(client, times=3)

        assert AccessAttempt.objects.get().attempt_time == before

    def test_counts_anew_after_a_right_password(self, client):
        self.fail(client, times=4)
        self.right(client)
        client.post(reverse("logout"))

        assert self.fail(client, times=4).status_code == 200

    def test_closes_in_a_demonstration_too(self, client, settings):
        settings.DEMO = True

        assert self.fail(client).status_code == 429

    def test_speaks_english_to_who_does(self, client):
        self.fail(client)

        answer = client.post(
            LOGIN,
            {"username": "samira@kruisveld", "password": "mis"},
            REMOTE_ADDR="192.0.2.1",
            headers={"Accept-Language": "en"},
        )

        assert "Wait a quarter of an hour" in answer.text

    def test_keeps_no_password(self, client):
        self.fail(client, times=1)

        assert "mis" not in str(AccessAttempt.objects.values("get_data", "post_data").get())


class TestClientAddress:
    @pytest.mark.parametrize(("behind_proxy", "address"), [(True, "198.51.100.7"), (False, "192.0.2.1")])
    def test_trusts_a_proxy_of_ours_only(self, rf, settings, behind_proxy, address):
        settings.BEHIND_PROXY = behind_proxy
        request = rf.get(
            "/", REMOTE_ADDR="192.0.2.1", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
        )

        assert client_address(request) == address


class TestNewPassword:
    @pytest.fixture
    def noor(self):
        services.invite(
            email="noor@example.org", role=Role.RESIDENT, actor=scenes.RIA, at=NOON, link_to=scenes.link_to
        )
        new_user = services.NewUser(name="Noor", password=scenes.PASSWORD)
        return services.accept_with_new_user(scenes.token_in(scenes.letters()[0]), new_user=new_user, at=NOON)

    def test_comes_by_mail(self, client, noor):
        client.post(reverse("account_reset_password"), {"email": "noor@example.org"})
        page = client.get(scenes.link_in(scenes.letters()[-1]), follow=True)
        words = {"password1": "een heel ander wachtwoord", "password2": "een heel ander wachtwoord"}
        client.post(page.request["PATH_INFO"], words)

        noor.refresh_from_db()
        assert scenes.letters()[-1].template == "password_reset"
        assert noor.check_password("een heel ander wachtwoord")

    def test_goes_to_nobody_we_do_not_know(self, client):
        answer = client.post(reverse("account_reset_password"), {"email": "x@example.org"}, follow=True)

        assert "Kennen we dit adres" in answer.text
        assert scenes.letters() == []

    def test_is_not_given_by_a_link_that_is_none(self, client):
        answer = client.get(reverse("account_reset_password_from_key", args=["1", "x-y"]))

        assert "Deze link werkt niet meer." in answer.text

    def test_can_be_chosen_by_who_knows_the_old_one(self, client, noor):
        client.post(LOGIN, {"username": noor.username, "password": scenes.PASSWORD})
        new = "een heel ander wachtwoord"

        client.post(
            reverse("account_change_password"),
            {"oldpassword": scenes.PASSWORD, "password1": new, "password2": new},
        )

        assert User.objects.get(pk=noor.pk).check_password(new)
        assert client.get(ASK).status_code == 200

# SPDX-License-Identifier: EUPL-1.2
"""Signing in by the organization's own provider: a real one, which runs beside the tests on this machine."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from scharnier.apps.members import services
from scharnier.apps.people.models import Account, User
from scharnier.core.kernel import Role
from scharnier.site.environment import read_environment
from tests.factories import DAY
from tests.integration import identity_provider
from tests.integration.apps import members_scenes as scenes

pytestmark = pytest.mark.django_db
ASK, LOGIN = reverse("overview:ask"), reverse("login")
CALLBACK = "http://testserver/login/with/oidc/callback/"
STARTS_WITHIN, STOPS_WITHIN = 30, 10  # seconds


@pytest.fixture(scope="session")
def provider(tmp_path_factory):
    """The address of a provider on a free port; exactly that process is ended."""
    folder = tmp_path_factory.mktemp("provider")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [sys.executable, identity_provider.__file__, str(folder), str(port), CALLBACK]
    with Path(folder / "log").open("w") as log:
        process = subprocess.Popen(words, stdout=log, stderr=log)  # noqa: S603  our own words
        try:
            _wait_until_open(port, process=process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(STOPS_WITHIN)


def _wait_until_open(port, *, process):
    pause = Event()
    for _ in range(STARTS_WITHIN * 20):
        assert process.poll() is None, "the provider stopped before it served"
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        pause.wait(0.05)
    pytest.fail("the provider did not serve in time")


@pytest.fixture(autouse=True)
def _site(provider, settings):
    settings.DAY = DAY
    cache.clear()
    environment = read_environment(
        {
            "SCHARNIER_OIDC_ISSUER": provider,
            "SCHARNIER_OIDC_CLIENT_ID": identity_provider.CLIENT_ID,
            "SCHARNIER_OIDC_CLIENT_SECRET": identity_provider.CLIENT_SECRET,
            "SCHARNIER_OIDC_NAME": "De gemeente",
        }
    )
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": environment.openid_apps}}
    scenes.settle()


def come_by_provider(client, provider, name, *, to=""):
    """Go to the provider as a browser would, sign in there as somebody, and come back."""
    start = reverse("openid_connect_login", args=["oidc"])
    sent = client.post(f"{start}?next={to}" if to else start)
    with requests.Session() as elsewhere:
        elsewhere.get(f"{provider}/enter/{name}/", timeout=10).raise_for_status()
        back = elsewhere.get(sent["Location"], allow_redirects=False, timeout=10)
    place = urlsplit(back.headers["Location"])
    assert f"{place.scheme}://{place.netloc}{place.path}" == CALLBACK
    return client.get(f"{place.path}?{place.query}", follow=True)


def invite(email):
    services.invite(
        email=email,
        role=Role.PROFESSIONAL,
        actor=scenes.RIA,
        at=timezone.now(),
        link_to=scenes.link_to,
    )
    return scenes.link_in(scenes.letters()[-1])


def known(name, *, verified=True):
    """A member whose checked address the provider knows too."""
    user = scenes.user_of("samira")
    EmailAddress.objects.create(user=user, email=f"{name}@example.org", verified=verified, primary=True)
    User.objects.filter(pk=user.pk).update(email=f"{name}@example.org")
    return user


class TestProvider:
    def test_stands_on_the_login_page_by_its_name(self, client):
        assert "Verder met De gemeente" in client.get(LOGIN).text

    def test_is_not_there_when_none_is_set(self, client, settings):
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": ()}}

        assert "Verder met" not in client.get(LOGIN).text

    def test_asks_once_more_who_opens_its_address_by_hand(self, client):
        answer = client.get(reverse("openid_connect_login", args=["oidc"]))

        assert answer.status_code == 200
        assert "Verder met De gemeente" in answer.text

    def test_of_another_name_is_not_there(self, client):
        assert client.post(reverse("openid_connect_login", args=["elders"])).status_code == 404


class TestSigningInByProvider:
    def test_lets_a_member_in_whose_address_it_checked(self, client, provider):
        user = known("lotte")

        answer = come_by_provider(client, provider, "lotte")

        assert answer.redirect_chain[-1] == (ASK, 302)
        assert answer.wsgi_request.actor.person_id == "samira"
        assert SocialAccount.objects.get().user == user

    def test_knows_the_member_again_by_more_than_the_address(self, client, provider):
        user = known("meta")
        come_by_provider(client, provider, "meta")
        client.post(reverse("logout"))
        EmailAddress.objects.all().delete()
        User.objects.filter(pk=user.pk).update(email="")

        answer = come_by_provider(client, provider, "meta")

        assert answer.wsgi_request.user == user

    def test_lets_nobody_in_whom_we_do_not_know(self, client, provider):
        answer = come_by_provider(client, provider, "vreemd")

        assert "We kennen je nog niet" in answer.text
        assert client.get(ASK).status_code == 302
        assert not User.objects.filter(username__contains="vreemd").exists()

    def test_believes_no_address_that_was_not_checked(self, client, provider):
        known("xander")

        answer = come_by_provider(client, provider, "xander")

        assert "We kennen je nog niet" in answer.text
        assert client.get(ASK).status_code == 302

    def test_lets_the_invited_in_after_they_said_yes(self, client, provider):
        page = invite("noor@example.org")
        client.get(page)

        shown = come_by_provider(client, provider, "noor", to=page)
        joined = client.post(page, follow=True)

        assert "Meedoen als noor@example.org" in shown.text
        assert joined.wsgi_request.actor.role is Role.PROFESSIONAL
        assert not Account.objects.get(user__username="noor@example.org").person.consents.exists()

    def test_lets_nobody_in_on_an_invitation_that_was_withdrawn(self, client, provider):
        page = invite("otto@example.org")
        client.get(page)
        services.withdraw_invitation(
            services.check_invitation(page.rstrip("/").rpartition("/")[2], at=timezone.now()).pk,
            actor=scenes.RIA,
            at=timezone.now(),
        )

        answer = come_by_provider(client, provider, "otto", to=page)

        assert "We kennen je nog niet" in answer.text

    def test_takes_no_answer_that_nobody_asked_for(self, client):
        answer = client.get(reverse("openid_connect_callback", args=["oidc"]), {"code": "x", "state": "y"})

        assert "Inloggen lukte niet" in answer.text
        assert client.get(ASK).status_code == 302

    def test_asks_for_the_second_step_where_the_role_needs_one(self, client, provider):
        known("pia")
        services.change_role(
            scenes.account_of("samira").pk, role=Role.BOARD, actor=scenes.RIA, at=timezone.now()
        )

        answer = come_by_provider(client, provider, "pia")

        assert answer.redirect_chain[-1] == (reverse("mfa_index"), 302)

# SPDX-License-Identifier: EUPL-1.2
"""Logging in: our own words, and the demo accounts in a demonstration only."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from scharnier.apps.people import demonstration
from scharnier.core.kernel import Role
from tests.factories import a_network, a_person
from tests.integration.apps.conftest import ON_SQLITE_ONLY

pytestmark = [pytest.mark.django_db, ON_SQLITE_ONLY]
NAME = "samira@kruisveld"


@pytest.fixture(autouse=True)
def _account(load, sign_in):
    load(a_network(persons=(a_person(),)))
    sign_in()


class TestLogin:
    @pytest.mark.parametrize(
        ("language", "sentence"),
        [("nl", "horen niet bij elkaar"), ("en", "do not belong together")],
    )
    def test_refuses_without_telling_which_accounts_exist(self, client, language, sentence):
        headers = {"Accept-Language": language}

        answers = [
            client.post(reverse("login"), {"username": name, "password": "not this"}, headers=headers)
            for name in (NAME, "nobody")
        ]

        assert all(sentence in answer.content.decode() for answer in answers)

    def test_names_each_empty_field(self, client):
        said = client.post(reverse("login"), {}).content.decode()

        assert "Vul je gebruikersnaam in." in said
        assert "Vul je wachtwoord in." in said

    def test_never_shows_the_password_again(self, client):
        answer = client.post(reverse("login"), {"username": NAME, "password": "not this"})

        assert "not this" not in answer.content.decode()


class TestDemoAccounts:
    def test_stand_on_the_login_page_of_a_demonstration(self, client, settings):
        settings.DEMO = True

        said = client.get(reverse("login")).content.decode()

        assert f"<kbd>{NAME}</kbd>" in said
        assert demonstration.PASSWORD in said

    def test_stand_nowhere_else(self, client):
        said = client.get(reverse("login")).content.decode()

        assert NAME not in said

    def test_are_those_of_the_example_neighbourhood_only(self, load, sign_in):
        load(a_network(network_id="elsewhere", persons=(a_person(),)))
        sign_in(network_id="elsewhere")

        with translation.override("nl"):
            found = demonstration.demo_accounts()

        assert [(account.username, account.role) for account in found] == [(NAME, "professional")]

    def test_have_a_word_for_every_role(self):
        assert set(demonstration.ROLES) == set(Role)

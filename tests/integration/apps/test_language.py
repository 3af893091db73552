# SPDX-License-Identifier: EUPL-1.2
"""One button changes the language, and a question asked goes along."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.urls import reverse

from tests.factories import a_network, a_person
from tests.integration.apps.conftest import ON_SQLITE_ONLY

pytestmark = [pytest.mark.django_db, ON_SQLITE_ONLY]


class TestChangeLanguage:
    def test_goes_back_to_the_page_in_the_other_language(self, client):
        answer = client.post(reverse("set_language"), {"language": "en", "next": "/login/"}, follow=True)

        assert answer.redirect_chain == [("/login/", HTTPStatus.FOUND)]
        assert '<html lang="en">' in answer.content.decode()

    def test_asks_the_same_question_again(self, load, sign_in):
        load(a_network(persons=(a_person(),)))
        words = {"language": "en", "next": "/", "text": "Er ligt rommel op straat.", "place": ""}

        answer = sign_in().post(reverse("set_language"), words, follow=True)

        assert answer.redirect_chain == [("/", HTTPStatus.TEMPORARY_REDIRECT)]
        assert "Er ligt rommel op straat." in answer.content.decode()
        assert "Your question" in answer.content.decode()

    def test_never_sends_the_words_to_another_site(self, client):
        words = {"language": "en", "next": "https://elsewhere.example/", "text": "Er ligt rommel op straat."}

        answer = client.post(reverse("set_language"), words, headers={"Accept": "text/html"})

        assert answer["Location"] == "/"

    def test_stays_as_it_was_for_a_language_we_do_not_speak(self, client):
        answer = client.post(reverse("set_language"), {"language": "xx", "next": "/login/"}, follow=True)

        assert '<html lang="nl">' in answer.content.decode()

    def test_is_not_done_by_following_a_link(self, client):
        assert client.get(reverse("set_language")).status_code == HTTPStatus.METHOD_NOT_ALLOWED

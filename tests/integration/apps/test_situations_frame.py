# SPDX-License-Identifier: EUPL-1.2
"""The frame around the pages of a situation: question, phases, and the way to its parts."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from scharnier.apps.situations import labels
from scharnier.apps.situations.views._frame import PARTS, mark_phases
from scharnier.core import situations
from tests.integration.apps import situations_scenes as scenes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
PAGE = reverse("situations:overview", args=["plein"])


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def _plein():
    row = scenes.a_situation()
    scenes.an_invitation(row, "politie")
    scenes.an_invitation(row, "school", state="left", reason="Geen tijd.")


class TestMarkPhases:
    @pytest.mark.parametrize("now", situations.Phase)
    def test_marks_one_as_now_and_those_before_it_as_past(self, now):
        marks = list(mark_phases(now))

        assert [mark.title for mark in marks if mark.is_now] == [labels.PHASES[now]]
        assert sum(mark.is_past for mark in marks) == list(situations.Phase).index(now)
        assert len(marks) == len(situations.Phase)


class TestLabels:
    def test_are_there_for_every_state_and_phase(self):
        assert set(labels.STATES) == set(situations.State)
        assert set(labels.PHASES) == set(situations.Phase)
        assert set(labels.TONES) <= set(situations.State)


@pytest.mark.usefixtures("_plein")
class TestFrame:
    def test_says_what_it_is_and_where_it_stands(self, sign_in):
        text = sign_in("noor").get(PAGE).text

        assert f"<h1>{scenes.QUESTION}</h1>" in text
        assert "We zoeken wie meedoet" in text
        assert re.search(r'aria-current="step">\s*Signaleren', text)

    def test_leads_to_the_parts_that_are_there_and_marks_where_one_is(self, sign_in):
        text = sign_in("noor").get(PAGE).text

        nav = re.search(r'<nav aria-label="Onderdelen[^"]*">(.*?)</nav>', text, re.DOTALL)
        assert nav
        assert re.search(r'href="/situations/plein/" aria-current="page">Overzicht', nav[1])
        assert nav[1].count("aria-current") == 1
        assert nav[1].count("<li>") <= len(PARTS)

    @pytest.mark.parametrize("name", ["noor", "joke", "karel"])
    def test_is_for_everybody_of_an_organization_that_takes_part(self, sign_in, name):
        assert sign_in(name).get(PAGE).status_code == 200

    @pytest.mark.parametrize("name", ["bas", "mo", "ria", "els", "wim", "ad"])
    def test_is_nobody_elses(self, sign_in, name):
        client, page = sign_in(name, role=scenes.ROLES[name]), reverse("situations:rooms", args=["plein"])

        answers = [client.get(page), client.get(page.replace("plein", "nergens"))]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert scenes.QUESTION not in answers[0].text


@pytest.mark.usefixtures("_plein")
class TestList:
    def test_shows_what_one_takes_part_in(self, sign_in):
        assert scenes.QUESTION in sign_in("karel").get(reverse("situations:list")).text

    def test_says_the_first_step_where_there_is_nothing(self, sign_in):
        text = sign_in("bas", role=scenes.ROLES["bas"]).get(reverse("situations:list")).text

        assert "Je doet nog nergens aan mee." in text
        assert scenes.QUESTION not in text

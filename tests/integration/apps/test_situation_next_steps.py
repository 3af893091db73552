# SPDX-License-Identifier: EUPL-1.2
"""What a page of situations says is next: only what the reader may do, in words that fit where it leads."""

from __future__ import annotations

import pytest
from django.urls import reverse

from scharnier.core.kernel import Role
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.reading import markup_at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LIST, FOUND = reverse("situations:list"), reverse("situations:found")
MAY_NOT_BEGIN = (Role.RESIDENT, Role.RESEARCHER, Role.ADMINISTRATOR)
FIRST_STEP = "Eerste stap:"


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


class TestOfNoSituation:
    @pytest.mark.parametrize("role", MAY_NOT_BEGIN)
    def test_who_may_not_begin_one_is_not_told_to(self, sign_in, role):
        page = markup_at(sign_in("mo", role=role), LIST)

        assert "Je doet nergens aan mee." in page
        assert FIRST_STEP not in page
        assert "begin zelf iets" not in page

    def test_who_may_begin_one_is_told_to(self, sign_in):
        page = markup_at(sign_in("bas"), LIST)

        assert f"{FIRST_STEP}</strong> begin zelf iets" in page


class TestOfNoFind:
    def test_a_resident_hears_who_sees_them(self, sign_in):
        page = markup_at(sign_in("mo", role=Role.RESIDENT), FOUND)

        assert "Wat opvalt, zien de organisaties die het doorgaven." in page
        assert "Er valt nu niets op" not in page
        assert FIRST_STEP not in page

    def test_who_acts_for_an_organization_hears_of_that_one(self, sign_in):
        page = markup_at(sign_in("bas"), FOUND)

        assert "Er valt nu niets op bij jouw organisatie." in page
        assert FIRST_STEP in page

    def test_a_coordinator_hears_of_the_network(self, sign_in):
        page = markup_at(sign_in("ria", role=Role.COORDINATOR), FOUND)

        assert "Er valt nu niets op." in page
        assert FIRST_STEP in page

    def test_a_researcher_is_not_told_to_tell_a_signal(self, sign_in):
        page = markup_at(sign_in("wim", role=Role.RESEARCHER), FOUND)

        assert "Er valt nu niets op." in page
        assert FIRST_STEP not in page


class TestAcceptingThatWaits:
    @pytest.fixture
    def steps_on(self, sign_in):
        scenes.an_invitation(scenes.a_situation(), "politie")
        return markup_at(sign_in("noor"), LIST)

    def test_leads_to_the_step_that_its_words_tell_of(self, steps_on):
        way = reverse("situations:take_step", args=["plein", "accept"])

        assert f'href="{way}">Pak het samen op zodra partners antwoord gaven.' in steps_on


class TestChoosingWhoLeads:
    @pytest.mark.parametrize(
        ("owner", "button"), [("", "Zeg wie de trekker is"), ("jongerenwerk", "Kies een andere trekker")]
    )
    def test_says_on_its_button_what_it_does(self, sign_in, owner, button):
        scenes.an_invitation(scenes.a_situation(owner=owner), "politie")

        page = markup_at(sign_in("ria", role=Role.COORDINATOR), reverse("situations:lead", args=["plein"]))

        assert f"{button}</button>" in page


class TestFormOfOneSituation:
    @pytest.mark.parametrize(("form", "part"), [("new_room", "rooms"), ("standing", "overview")])
    def test_can_be_left_without_saving(self, sign_in, form, part):
        scenes.a_situation()

        page = markup_at(sign_in("noor"), reverse(f"situations:{form}", args=["plein"]))

        assert f'href="{reverse(f"situations:{part}", args=["plein"])}">Terug zonder op te slaan</a>' in page

    def test_has_a_title_that_reads_on_after_a_question(self, sign_in):
        scenes.a_situation()

        page = markup_at(sign_in("noor"), reverse("situations:standing", args=["plein"]))

        assert "<title>Hoe staan jullie ervoor? · " in page


class TestFindThatWaits:
    def test_leads_a_coordinator_to_what_was_found(self, sign_in):
        scenes.a_situation(state="signal_bundle", owner="")

        page = markup_at(sign_in("ria", role=Role.COORDINATOR), LIST)

        assert f'href="{FOUND}#find-plein">Zoek wie meedoet, of leg het weg.' in page
        assert scenes.QUESTION not in page

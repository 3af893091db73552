# SPDX-License-Identifier: EUPL-1.2
"""One's own card: filled in on a phone, by keyboard, without JavaScript; out of sight in one click."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.browser.cards_pages import (
    OWN,
    look_for,
    open_my_card,
    open_role,
    open_service,
    open_skills,
    open_visibility,
    open_who,
    open_wrong_ways,
    press,
    save,
)
from tests.browser.conftest import PHONE, Visits, picture
from tests.browser.measures import LEAST_TARGET, SMALL_TARGETS, STICKING_OUT, ask_axe

pytestmark = pytest.mark.needs_browser


@pytest.fixture
def as_it_was(visit: Visits) -> Iterator[None]:
    """Put Samira back in sight after a test that takes her out of it."""
    yield
    page = open_who(visit())
    page.locator("input[name=level][value=contact]").check()
    for purpose in ("introduction", "research"):
        page.locator(f"input[name={purpose}][value=yes]").check()
    save(page)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
class TestFillingInACard:
    def test_saves_what_one_can_do_with_a_topic_found_in_everyday_words(self, visit, javascript):
        page = open_skills(visit(size=PHONE, javascript=javascript))
        page.locator("textarea[name=summary]").fill("Ik ga eerst luisteren.")

        look_for(page, "troep op straat")
        page.get_by_label("zwerfafval", exact=True).check()
        save(page)

        text = page.locator("main").inner_text()
        assert "Opgeslagen." in text
        assert "Ik ga eerst luisteren." in text
        assert "zwerfafval" in text
        assert "Nagekeken in" in text

    def test_keeps_what_was_filled_in_when_something_is_wrong(self, visit, javascript):
        page = open_wrong_ways(visit(size=PHONE, javascript=javascript))

        assert page.locator("input[name=phone]").input_value() == "bel me"
        assert page.locator(".utrecht-form-field-error-message").count() == 2
        assert page.locator("[role=alert]").evaluate("alert => alert === document.activeElement")

    def test_leaves_sight_and_comes_back(self, visit, javascript, as_it_was):  # noqa: ARG002
        page = open_my_card(visit(size=PHONE, javascript=javascript))

        press(page, "Haal mij uit beeld")
        hidden = page.locator("main").inner_text()
        preview = page.context.new_page()
        preview.goto(f"{OWN}preview/")
        nothing = preview.locator("main").inner_text()
        press(page, "Zet mij terug")

        assert "niet in beeld" in hidden
        assert "Anderen zien niets van je" in nothing
        assert "Je bent terug." in page.locator("main").inner_text()

    def test_chooses_who_finds_one_and_until_when(self, visit, javascript, as_it_was):  # noqa: ARG002
        page = open_who(visit(size=PHONE, javascript=javascript))

        page.locator("input[name=level][value=intermediary]").check()
        page.locator("input[name=level_until]").fill("2027-05-31")
        save(page)

        assert "via anderen" in page.locator("main").inner_text()
        assert "Dat geldt tot en met 31 mei 2027." in page.locator("main").inner_text()

    def test_keeps_a_field_to_oneself(self, visit, javascript):
        page = open_visibility(visit(size=PHONE, javascript=javascript))

        page.locator("select[name=email]").select_option("private")
        save(page)
        others = page.context.new_page()
        others.goto(f"{OWN}preview/")

        assert "alleen voor jou" in page.locator("main").inner_text()
        assert "samira@" not in others.locator("main").inner_text()

        page.goto(f"{OWN}visibility/")
        page.locator("select[name=email]").select_option("network")
        save(page)

    def test_says_where_one_belongs_and_stops_there(self, visit, javascript):
        page = open_role(visit(size=PHONE, javascript=javascript))
        page.locator("select[name=where]").select_option(index=60)
        name = page.locator("select[name=where] option:checked").inner_text()
        page.locator("input[name=role]").fill("meedenker")
        save(page)
        line = page.locator("#roles-title ~ ul > li", has_text="meedenker").last
        assert name in line.inner_text()

        with page.expect_navigation():
            line.get_by_role("link", name="Ik stop hier").click()
        save(page)

        assert "Je rol is afgerond." in page.locator("main").inner_text()

    def test_changes_what_people_can_come_to_the_organization_for(self, visit, javascript):
        page = open_service(visit(size=PHONE, javascript=javascript))
        page.locator("textarea[name=how_to_apply]").fill("Loop binnen of app.")

        save(page)

        assert "Opgeslagen." in page.locator("main").inner_text()
        page.goto(page.locator("main a[href^='/organizations/']").first.get_attribute("href") or "")
        assert "Loop binnen of app." in page.locator("main").inner_text()


MAKE_LINK = """
import django
django.setup()
from scharnier.apps.people import links, models
row, _ = models.CardCheck.objects.update_or_create(
    person=models.Person.objects.get(text_id="karel"),
    group="ways",
    defaults={
        "network_id": "kruisveld",
        "checked_on": "2026-01-01",
        "verify_by": "2026-07-01",
        "version": "1",
    },
)
print(links.link_of(row))
"""


@pytest.fixture
def link(address: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A link as Karel gets it by mail, made beside the running demo."""
    database = tmp_path_factory.getbasetemp() / "demo0" / "scharnier.sqlite3"  # of the fixture `address`
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
        "SCHARNIER_FOLDER": str(database.parent),
        "SCHARNIER_DATABASE_URL": f"sqlite:///{database}",
        "SCHARNIER_SECRET_KEY_FILE": str(database.parent / "secret_key"),
        "SCHARNIER_ADDRESS": address,
    }
    made = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", MAKE_LINK], env=environment, capture_output=True, text=True, check=True
    )
    return made.stdout.strip()


class TestALinkFromTheMail:
    @pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
    def test_is_confirmed_with_one_button_by_who_is_not_signed_in(self, visit, link, javascript):
        visitor = visit(size=PHONE, javascript=javascript)
        visitor.context.clear_cookies()
        page = visitor.open(link)
        shown = page.locator("main").inner_text()

        press(page, "Ja, dit klopt nog")
        done = page.locator("main").inner_text()
        page.goto(link)

        assert "Karel" in shown
        assert "Dank je wel" in done
        assert "Je hoeft niets meer te doen." in page.locator("main").inner_text()

    def test_gives_axe_nothing_to_say(self, visit, link):
        visitor = visit(size=PHONE)
        visitor.context.clear_cookies()
        page = visitor.open(link)

        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            picture(page, f"card-confirm-nl-{scheme}")
            assert ask_axe(page).violations_count == 0

        assert page.evaluate(STICKING_OUT) == []
        assert page.evaluate(SMALL_TARGETS, LEAST_TARGET) == []


class TestKeyboard:
    def test_ticks_with_the_space_bar_and_saves_with_enter(self, visit):
        page = open_skills(visit())
        box = page.locator("input[name=competences]").first
        before = box.is_checked()

        box.focus()
        page.keyboard.press("Space")
        page.locator("input[name=search]").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

        assert "Opgeslagen." in page.locator("main").inner_text()
        page.goto(f"{OWN}skills/")
        assert page.locator("input[name=competences]").first.is_checked() is not before

    def test_looks_for_topics_with_enter_and_saves_nothing(self, visit):
        page = open_skills(visit())
        page.locator("textarea[name=summary]").fill("Nog niet klaar.")
        page.locator("input[name=search]").fill("herrie")

        page.locator("input[name=search]").focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

        assert page.locator("textarea[name=summary]").input_value() == "Nog niet klaar."
        assert "Opgeslagen." not in page.locator("main").inner_text()

    def test_moves_between_radio_buttons_with_the_arrows(self, visit):
        page = open_who(visit())
        page.locator("input[name=level][value=contact]").focus()

        page.keyboard.press("ArrowUp")

        assert page.locator("input[name=level][value=intermediary]").is_checked()

    def test_shows_where_one_is(self, visit):
        page = open_who(visit())
        page.locator("input[name=level]:checked").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")

        outline = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")

        assert outline == "solid"


class TestPaper:
    def test_shows_the_card_and_not_the_buttons(self, visit):
        page = open_my_card(visit(scheme="dark"))

        page.emulate_media(media="print")

        assert page.get_by_role("heading", name="Of ik ruimte heb").is_visible()
        assert not page.get_by_role("button", name="Haal mij uit beeld").is_visible()

# SPDX-License-Identifier: EUPL-1.2
"""Someone types a problem, reads the reasons and opens the card of who can take it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, picture
from tests.browser.measures import ask_axe

pytestmark = pytest.mark.needs_browser

PROBLEM = (
    "Elke avond hangen er jongeren rond bij de speeltuin. Ze maken herrie en de buren durven niets te zeggen."
)
PHONE_NUMBER = "06 12345678"


def ask(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Wat is er aan de hand?").fill(text)
    with page.expect_navigation():
        page.get_by_role("button", name="Zoek wie kan helpen").click()


class TestAsking:
    @pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
    @pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
    def test_leads_from_a_problem_to_a_card(self, visit, size, javascript):
        page = visit(size=size, javascript=javascript).open("/")

        ask(page, PROBLEM)

        first = page.locator(".answer").first
        expect(page.get_by_role("heading", level=1)).to_have_text("Je vraag")
        expect(page.get_by_role("blockquote")).to_contain_text(PROBLEM)
        expect(first.get_by_role("listitem").first).to_be_hidden()

        first.locator("summary").click()

        expect(first.get_by_role("listitem").first).to_be_visible()

        name = first.locator("strong").inner_text()
        first.get_by_role("link", name=f"Bekijk de kaart van {name}").click()

        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        picture(page, "asked-card")

    def test_asks_six_questions_and_answers_each(self, visit):
        page = visit().open("/")

        ask(page, PROBLEM)

        questions = page.get_by_role("region")
        expect(questions).to_have_count(6)
        assert all("?" in heading for heading in questions.get_by_role("heading", level=2).all_inner_texts())
        assert page.locator(".question:not(:has(.answer)) .empty").count() == 4
        assert "Wie komt dit ook tegen" in questions.nth(1).inner_text()
        assert questions.nth(1).locator(".empty").count() == 0

    def test_shows_at_most_three_answers_at_first(self, visit):
        page = visit().open("/")

        ask(page, PROBLEM)

        assert 1 <= page.locator(".answer").count() <= 3

    def test_shows_more_when_asked_and_stays_at_the_question(self, visit):
        page = visit(javascript=False).open("/")
        ask(page, PROBLEM)

        with page.expect_navigation():
            page.get_by_role("button", name="Laat meer mensen zien").click()

        assert page.url.endswith("#who")
        assert page.locator(".answer").count() > 3

    def test_goes_on_from_the_question_as_it_was(self, visit):
        page = visit(javascript=False).open("/")
        ask(page, PROBLEM)

        page.get_by_text("Vraag het anders").click()

        expect(page.get_by_role("textbox", name="Wat is er aan de hand?")).to_have_value(PROBLEM)

    def test_keeps_the_text_out_of_the_address(self, visit):
        page = visit().open("/")

        ask(page, PROBLEM)

        assert "?" not in page.url


class TestAskingOfSeveralPlaces:
    @pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
    def test_says_which_was_taken_and_asks_again_with_one_tap(self, visit, javascript):
        page = visit(size=PHONE, javascript=javascript).open("/")
        page.get_by_role("combobox", name="Waar?").fill("de flats")
        ask(page, PROBLEM)

        said = page.get_by_role("region", name="Meer plekken heten hier")
        expect(said).to_contain_text("Dit antwoord gaat over Bloemenbuurt.")
        other = said.get_by_role("button", name="Planetenbuurt")
        box = other.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["x"] + box["width"] <= PHONE[0]
        picture(page, "asked-of-several")
        other.focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

        expect(page.get_by_role("blockquote")).to_contain_text("Planetenbuurt")
        expect(page.get_by_role("region", name="Meer plekken heten hier")).to_have_count(0)

    def test_is_read_aloud_without_faults(self, visit):
        page = visit(size=PHONE).open("/")
        page.get_by_role("combobox", name="Waar?").fill("de flats")
        ask(page, PROBLEM)

        assert ask_axe(page).response["violations"] == []


class TestAskingWithPersonalData:
    def test_is_refused_at_the_field_and_keeps_the_text(self, visit):
        page = visit(size=PHONE).open("/")
        text = f"Bel mijn buurman op {PHONE_NUMBER}, hij heeft schulden."

        ask(page, text)

        box = page.get_by_role("textbox", name="Wat is er aan de hand?")
        expect(box).to_have_value(text)
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(box).to_have_accessible_description(re.compile("telefoonnummer"))
        picture(page, "refused")

    def test_puts_the_focus_on_what_to_do(self, visit):
        page = visit().open("/")

        ask(page, f"Bel {PHONE_NUMBER}")

        expect(page.get_by_role("alert")).to_be_focused()
        expect(page).to_have_title("Kijk hier nog even naar: Wat is er aan de hand? · Scharnier")

    def test_has_a_way_from_the_summary_to_the_field(self, visit):
        page = visit().open("/")
        ask(page, f"Bel {PHONE_NUMBER}")

        page.get_by_role("alert").get_by_role("link").click()

        expect(page.get_by_role("textbox", name="Wat is er aan de hand?")).to_be_focused()


class TestAskingNothing:
    def test_says_what_to_write(self, visit):
        page = visit().open("/")

        ask(page, "   ")

        expect(page.get_by_role("alert")).to_contain_text("Schrijf in een paar woorden")


FOCUS = """() => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  return {
    what: element.outerHTML.slice(0, 80),
    is_ringed: style.outlineStyle === 'solid' && parseFloat(style.outlineWidth) >= 2,
    is_in_view: box.bottom > 0 && box.top < innerHeight,
    is_page: element === document.body,
  };
}"""


class TestAskingByKeyboard:
    def test_shows_where_the_focus_is(self, visit):
        page = visit(size=PHONE).open("/")
        ask(page, PROBLEM)

        steps = []
        for _ in range(40):
            page.keyboard.press("Tab")
            steps.append(page.evaluate(FOCUS))
            if steps[-1]["is_page"]:
                break

        assert len(steps) > 10
        assert [step for step in steps[:-1] if not (step["is_ringed"] and step["is_in_view"])] == []

    def test_needs_no_mouse(self, visit):
        page = visit().open("/")

        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
        expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.get_by_role("textbox", name="Wat is er aan de hand?")).to_be_focused()
        page.keyboard.type(PROBLEM)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Zoek wie kan helpen")).to_be_focused()
        page.keyboard.press("Enter")
        summary = page.locator(".answer summary").first
        for _ in range(20):
            page.keyboard.press("Tab")
            if summary.evaluate("element => element === document.activeElement"):
                break
        page.keyboard.press("Enter")
        expect(page.locator(".answer details").first).to_have_attribute("open", "")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile("/referrals/new/"))
        expect(page.get_by_role("button", name="Versturen")).to_be_visible()

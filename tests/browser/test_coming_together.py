# SPDX-License-Identifier: EUPL-1.2
"""Partners come together without a line of JavaScript: begin, invite, answer, take on, keep private, leave.

Samira of the youth work begins; Dennis of the police answers; Anneke coordinates and reads no word of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import BegunDemo, serve_demo
from tests.browser.test_doing_together import PERSONAL, follow, log_in, press

pytestmark = pytest.mark.needs_browser
QUESTION = "Elke avond staan er scooters dwars op de stoep van de singel."
TOLD = "Wij zien elke avond scooters op de stoep. Zien jullie dat ook?"
ROOM = "Wij lopen er dinsdag en donderdag om tien uur langs."
WHY_NOT = "Wij werken niet meer aan deze singel."


@pytest.fixture(scope="module")
def kruisveld(begun_demo: BegunDemo) -> Iterator[str]:
    folder = begun_demo("coming")
    with serve_demo(folder) as address:
        yield address


def main_of(page: Page, part: str = "") -> str:
    """Return what stands on a part of the situation that the page is in."""
    situation_id = page.url.partition("/situations/")[2].partition("/")[0]
    page.goto(f"/situations/{situation_id}/{part}")
    return page.get_by_role("main").inner_text()


class TestComingTogether:
    def test_begins_and_invites(self, browser: Browser, kruisveld: str):
        samira = log_in(browser, kruisveld, "samira")

        samira.goto("/situations/new/")
        samira.get_by_label("Veiligheid").check()
        samira.get_by_label("Wat is er aan de hand?").fill(PERSONAL)
        press(samira, "Beginnen")
        expect(samira.get_by_label("Wat is er aan de hand?")).to_have_value(PERSONAL)
        samira.get_by_label("Wat is er aan de hand?").fill(QUESTION)
        press(samira, "Beginnen")
        expect(samira.get_by_role("main")).to_contain_text("Wie komt dit ook tegen?")
        samira.get_by_label("Politie Rijnveste").check()
        samira.get_by_label("Wat vertel je ze?").fill(TOLD)
        press(samira, "Nodig uit")

        expect(samira.get_by_role("heading", level=1)).to_have_text(QUESTION)
        expect(samira.get_by_role("main")).to_contain_text("is eerst nodig")

    def test_answers_having_read_what_was_meant_for_them(self, browser: Browser, kruisveld: str):
        samira, dennis = (log_in(browser, kruisveld, name) for name in ("samira", "dennis"))

        dennis.goto("/work/")
        before = dennis.get_by_role("main").inner_text()
        dennis.locator("main li", has_text=TOLD).get_by_role("link").click()
        expect(dennis.get_by_role("main")).to_contain_text(TOLD)
        press(dennis, "Ja, we doen mee")

        assert QUESTION not in before
        expect(dennis.get_by_role("heading", level=1)).to_have_text(QUESTION)
        samira.goto("/situations/")
        follow(samira, QUESTION)
        samira.get_by_role("main").get_by_role("link", name="Pak het samen op", exact=True).click()
        press(samira, "Pak het samen op")
        expect(samira.get_by_role("main")).to_contain_text("pakte het op")

    def test_keeps_a_room_to_whom_it_is_for(self, browser: Browser, kruisveld: str):
        samira, dennis = (log_in(browser, kruisveld, name) for name in ("samira", "dennis"))

        for page in (samira, dennis):
            page.goto("/situations/")
            page.locator("main .lines a", has_text=QUESTION).last.click()
        follow(dennis, "Kamers")
        follow(dennis, "Open een kamer")
        dennis.get_by_label("Waarover gaat het?").fill("Ons rooster")
        dennis.get_by_label("Wat wil je delen?").fill(ROOM)
        press(dennis, "Opslaan")

        assert ROOM in main_of(dennis, "rooms/")
        assert ROOM not in main_of(samira, "rooms/") + main_of(samira)

    def test_lets_a_coordinator_see_that_it_is_there_and_no_word(self, browser: Browser, kruisveld: str):
        samira = log_in(browser, kruisveld, "samira")
        samira.goto("/situations/")
        samira.locator("main .lines a", has_text=QUESTION).last.click()
        anneke = log_in(browser, kruisveld, "anneke")

        anneke.goto(samira.url)
        text = anneke.get_by_role("main").inner_text()

        assert "De woorden zijn van wie meedoet." in text
        assert not any(words in text for words in (QUESTION, TOLD, ROOM))

    def test_leaves_and_reads_no_further(self, browser: Browser, kruisveld: str):
        dennis = log_in(browser, kruisveld, "dennis")

        dennis.goto("/situations/")
        dennis.locator("main .lines a", has_text=QUESTION).last.click()
        follow(dennis, "Stop met meedoen")
        dennis.get_by_label("Waarom stoppen jullie?").fill(WHY_NOT)
        press(dennis, "Stop met meedoen")

        expect(dennis.get_by_role("main")).not_to_contain_text(QUESTION)

# SPDX-License-Identifier: EUPL-1.2
"""Partners do something together without a line of JavaScript: agree, act, meet, write minutes, look back.

Samira leads; Dennis of the police does what he was to do; each says how far the goal was reached, and sees
what the other said only afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PASSWORD, PATIENCE_MS, PHONE, BegunDemo, serve_demo
from tests.browser.doing_pages import situation_in

pytestmark = pytest.mark.needs_browser
ACTION, AGREEMENT = "Een lamp ophangen bij de fietsen", "We kijken elke maandag samen"
DECISION = "De lamp komt er voor de winter."
PERSONAL = "Bel Jan de Vries, 06-12345678"


@pytest.fixture(scope="module")
def kruisveld(begun_demo: BegunDemo) -> Iterator[str]:
    folder = begun_demo("together")
    with serve_demo(folder) as address:
        yield address


def log_in(browser: Browser, address: str, name: str) -> Page:
    """A phone without JavaScript, logged in."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": PHONE[0], "height": PHONE[1]},
        locale="nl",
        java_script_enabled=False,
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/login/")
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()
    page.wait_for_url(re.compile("/(work/)?$"))
    return page


def open_situation(page: Page, word: str, part: str) -> None:
    page.goto("/situations/")
    found = page.locator("main a", has_text=word).first.get_attribute("href") or ""
    page.goto(f"/situations/{situation_in(found)}/{part}")


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


class TestDoingTogether:
    def test_agrees_and_acts(self, browser: Browser, kruisveld: str):
        samira, dennis = (log_in(browser, kruisveld, name) for name in ("samira", "dennis"))

        open_situation(samira, "Kruisplein", "actions/new/")
        samira.get_by_label("Wat gaat er gebeuren?").fill(ACTION)
        samira.get_by_label("Wie doet het?").select_option(label="Dennis Kolkman (Politie Rijnveste)")
        samira.get_by_label("Wanneer is het klaar?").fill("2026-11-20")
        press(samira, "Schrijf het op")
        follow(samira, "Schrijf een afspraak op")
        samira.get_by_label("Wat spreken jullie af?").fill(AGREEMENT)
        samira.get_by_label("Wanneer kijken jullie erop terug?").fill("2026-12-01")
        press(samira, "Schrijf het op")

        for said in (ACTION, AGREEMENT):
            expect(samira.get_by_role("main")).to_contain_text(said)
        open_situation(dennis, "Kruisplein", "work/")
        follow(dennis, ACTION)
        dennis.get_by_label("Het kon niet").check()
        press(dennis, "Opslaan")
        expect(dennis.get_by_role("alert")).to_contain_text("Zeg erbij waarom")
        dennis.get_by_label("Waarom?").fill("De lamp is nog besteld.")
        press(dennis, "Opslaan")
        expect(dennis.get_by_role("main")).to_contain_text("De lamp is nog besteld.")

    def test_meets_and_writes_it_down(self, browser: Browser, kruisveld: str):
        samira, dennis = (log_in(browser, kruisveld, name) for name in ("samira", "dennis"))

        open_situation(dennis, "Kruisplein", "meetings/new/")
        dennis.get_by_label("Op welke dag?").fill("2026-11-01")
        dennis.get_by_label("Vanaf hoe laat?").fill("10:00")
        dennis.get_by_label("Tot hoe laat?").fill("11:00")
        press(dennis, "Plan het")
        follow(dennis, "Zondag 1 november")
        follow(dennis, "Schrijf het verslag")
        dennis.get_by_role("group", name="Wie waren er?").get_by_label("Politie Rijnveste").check()
        dennis.get_by_label("Besluit 1").fill(PERSONAL)
        press(dennis, "Bewaar het verslag")
        expect(dennis.get_by_role("alert")).to_contain_text("telefoonnummer")
        dennis.get_by_label("Besluit 1").fill(DECISION)
        press(dennis, "Bewaar het verslag")

        open_situation(samira, "Kruisplein", "meetings/")
        follow(samira, "Zondag 1 november")
        expect(samira.get_by_role("main")).to_contain_text(DECISION)
        with samira.expect_download() as kept:
            follow(samira, "Verslag om te printen")
        assert Path(kept.value.path()).read_bytes().startswith(b"%PDF-")

    def test_shows_scores_once_all_have_answered(self, browser: Browser, kruisveld: str):
        samira, orhan = (log_in(browser, kruisveld, name) for name in ("samira", "orhan"))

        open_situation(samira, "Lelieplein", "closing/")
        follow(samira, "Geef je oordeel")
        samira.get_by_label("5, helemaal").check()
        press(samira, "Geef dit oordeel")
        expect(samira.get_by_role("main")).to_contain_text("Eén partner heeft nog niet geantwoord.")

        open_situation(orhan, "Lelieplein", "closing/")
        expect(orhan.get_by_role("main")).not_to_contain_text("5, helemaal")
        expect(orhan.get_by_role("main")).to_contain_text("3, voor de helft")

    def test_looks_again_after_some_months(self, browser: Browser, kruisveld: str):
        samira = log_in(browser, kruisveld, "samira")

        open_situation(samira, "Tulpstraat", "closing/")

        expect(samira.get_by_role("main")).to_contain_text("nu is het tijd")
        expect(samira.get_by_role("link", name="Zeg of het standhoudt")).to_have_count(0)  # others lead it

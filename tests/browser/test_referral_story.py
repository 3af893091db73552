# SPDX-License-Identifier: EUPL-1.2
"""A need finds its way: asked, declined with a better idea, introduced, taken, done, and learned from.

Samira asks; Daan cannot, and names Sunil; Karel and Anneke introduce her; Sunil answers without an account.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PASSWORD, PATIENCE_MS, PHONE, BegunDemo, picture, serve_demo
from tests.browser.test_members import MAIL

pytestmark = pytest.mark.needs_browser
NEED = "De bewoners van de flat willen samen een buurttuin beginnen."
SUNIL = "sunil@%"
MORE = "Laat meer mensen zien"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """A demo of this story's own, which it changes as it likes."""

    address: str
    folder: Path
    browser: Browser

    def phone_or_desk(self, *, size: tuple[int, int]) -> Page:
        """A browser that knows nothing of the site."""
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": size[0], "height": size[1]}, locale="nl"
        )
        context.set_default_timeout(PATIENCE_MS)
        return context.new_page()

    def log_in(self, name: str, *, size: tuple[int, int] = PHONE) -> Page:
        page = self.phone_or_desk(size=size)
        page.goto("/login/")
        page.get_by_label("Gebruikersnaam").fill(name)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Inloggen").click()
        page.wait_for_url(re.compile("/(work/)?$"))
        return page

    def mails_to(self, like: str) -> list[str]:
        """The letters to an address, the last first."""
        with closing(sqlite3.connect(f"file:{self.folder / 'scharnier.sqlite3'}?mode=ro", uri=True)) as base:
            found = base.execute(MAIL.replace("= ?", "LIKE ?").replace(" LIMIT 1", ""), [like]).fetchall()
        return [text for (text,) in found]

    def link_to(self, like: str) -> str:
        """The path of the link in the last letter to an address."""
        found = re.search(rf"{re.escape(self.address)}(/\S+)", self.mails_to(like)[0])
        assert found is not None
        return found[1]


@pytest.fixture(scope="module")
def kruisveld(browser: Browser, begun_demo: BegunDemo) -> Iterator[Neighbourhood]:
    folder = begun_demo("story")
    with serve_demo(folder) as address:
        yield Neighbourhood(address=address, folder=folder, browser=browser)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=name).first.click()


def ask(page: Page) -> list[str]:
    """Ask, and return whom the answer names, best first."""
    page.goto("/")
    page.get_by_label("Wat is er aan de hand?").fill(NEED)
    press(page, "Zoek wie kan helpen")
    return page.locator("li.answer p:first-child strong").all_inner_texts()


def open_need(page: Page) -> None:
    """Open the referral from what waits."""
    page.goto("/work/")
    with page.expect_navigation():
        page.get_by_role("main").locator("li", has_text="buurttuin").get_by_role("link").first.click()


def introduce(page: Page) -> None:
    page.goto("/work/")
    follow(page, "wil graag kennismaken met")
    expect(page.get_by_text(NEED)).to_be_visible()
    page.get_by_label("Ja, ik breng hen bij elkaar").check()
    press(page, "Antwoord geven")


def refer_to_daan(samira: Page) -> str:
    """Let her choose somebody further down, in two steps; return the address of the referral."""
    press(samira, MORE)
    press(samira, "Vraag Daan Hofstede")
    if samira.get_by_label("Ik vraag het zelf").count():
        samira.get_by_label("Ik vraag het zelf").check()
    picture(samira, "story-refer")
    press(samira, "Versturen")
    expect(samira.get_by_text("Daan Hofstede is gevraagd en heeft nog niet geantwoord.")).to_be_visible()
    return samira.url


def decline_and_name_sunil(daan: Page) -> None:
    open_need(daan)
    picture(daan, "story-asked")
    follow(daan, "Dit kan ik niet oppakken")
    daan.get_by_label("Nu geen ruimte").check()
    daan.get_by_label("Zoek een naam").fill("Sunil")
    press(daan, "Zoek de naam")
    daan.get_by_label("Wie kun je beter vragen?").select_option(label=first_option(daan, "Sunil"))
    press(daan, "Verstuur dit antwoord")
    expect(daan.get_by_text("Je zei nee.")).to_be_visible()


def first_option(page: Page, name: str) -> str:
    """The whole of the choice that holds a name."""
    return page.locator("select[name=rather] option", has_text=name).first.inner_text()


def ask_the_next_best(samira: Page, referral: str) -> None:
    """Let her take the way that the decliner names, by way of those who know both."""
    samira.goto(referral)
    expect(samira.get_by_text("Niemand heeft dit nu.")).to_be_visible()
    follow(samira, "Vraag iemand anders")
    expect(samira.locator("li.answer").first).to_contain_text("Daan Hofstede zegt: ga liever naar Sunil")
    picture(samira, "story-next")
    press(samira, "mij eerst voorstellen")
    expect(samira.get_by_text("gevraagd om je voor te stellen")).to_have_count(2)


def accept_by_link(sunil: Page) -> None:
    """Answer on the page behind a link, once."""
    expect(sunil.get_by_text(NEED)).to_be_visible()
    picture(sunil, "story-link")
    page = sunil.url
    press(sunil, "Ja, ik pak dit op")
    expect(sunil.get_by_role("heading", name="Dank je")).to_be_visible()
    sunil.goto(page)
    expect(sunil.get_by_role("button", name="Ja, ik pak dit op")).to_have_count(0)


def finish_by_link(sunil: Page) -> None:
    follow(sunil, "Het is klaar")
    sunil.get_by_label("Wat heb je gedaan?").fill("We hebben bakken getimmerd en een rooster gemaakt.")
    sunil.get_by_label("Hoeveel uur kostte het?").fill("4,5")
    press(sunil, "Het is klaar")


def say_that_it_helped(samira: Page, referral: str) -> None:
    samira.goto(referral)
    story = samira.locator("ol.story")
    expect(story).to_contain_text(
        "Sunil Ramdhani, Wijkbureau Kruisveld deed het: “We hebben bakken getimmerd"
    )
    expect(story).to_contain_text("Verstuurd na het voorstellen")
    follow(samira, "Zeg of het hielp")
    samira.get_by_label("Ja", exact=True).check()
    press(samira, "Opslaan")
    expect(samira.get_by_text("Het is gedaan.")).to_be_visible()
    picture(samira, "story-end")


class TestNeed:
    def test_finds_its_way_and_is_learned_from(self, kruisveld: Neighbourhood):
        samira = kruisveld.log_in("samira", size=DESKTOP)
        before = ask(samira)
        referral = refer_to_daan(samira)
        decline_and_name_sunil(kruisveld.log_in("daan"))
        ask_the_next_best(samira, referral)
        assert kruisveld.mails_to(SUNIL) == []

        for name in ("karel", "anneke"):
            introduce(kruisveld.log_in(name))
        sunil = kruisveld.phone_or_desk(size=PHONE)
        sunil.goto(kruisveld.link_to(SUNIL))
        accept_by_link(sunil)
        sunil.goto(kruisveld.link_to(SUNIL))  # of a newer letter
        finish_by_link(sunil)
        say_that_it_helped(samira, referral)

        after = ask(samira)
        samira.locator("li.answer summary").first.click()
        picture(samira, "story-learned")
        assert ("Sunil" in before[0], "Sunil" in after[0]) == (False, True)
        expect(samira.locator("li.answer").first).to_contain_text("eerder")

# SPDX-License-Identifier: EUPL-1.2
"""An organization brings its list of signals in: with and without JavaScript, and by the keyboard alone."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visits
from tests.browser.signals_list_pages import FILE_BOX, choose

pytestmark = pytest.mark.needs_browser
DAY = "2026-02-02"  # before the day of the example
LOOK, NOTHING_NEW = "Kijk wat ervan komt", "In deze lijst staat niets nieuws."


def a_list(*references: str) -> str:
    """A list with a good row for each reference, and one that names a phone number."""
    rows = [f"{reference};Glas naast de glasbak;{DAY};Bloemenbuurt" for reference in references]
    named = f"X-1;Bel 06-12345678 over het glas;{DAY};Bloemenbuurt"
    return "\n".join(("Kenmerk;Wat;Datum;Gebied", *rows, named, ""))


def button(page: Page, name: str | re.Pattern[str]):
    return page.get_by_role("main").get_by_role("button", name=name)


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def javascript(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs scripts."""
    return bool(request.param)


class TestBringingInAList:
    def test_shows_what_comes_of_it_first_and_adds_it_once(
        self, visit: Visits, javascript: bool
    ) -> None:  # named by its fixture
        page = visit(javascript=javascript, size=PHONE).open("/signals/")
        references = (f"A-{javascript}", f"B-{javascript}")

        page.get_by_role("link", name="Lees een lijst in").click()
        choose(page, a_list(*references))
        button(page, LOOK).click()
        expect(page.get_by_text("2 signalen zijn nieuw.")).to_be_visible()
        expect(page.get_by_text("Je tekst noemt een telefoonnummer (06…)")).to_be_visible()
        assert "12345678" not in page.content()
        button(page, "Lees 2 signalen in").click()
        expect(page.get_by_text("Klaar. 2 nieuwe signalen.")).to_be_visible()
        expect(page.get_by_text("Glas naast de glasbak").first).to_be_visible()

        page.goto("/signals/import/")
        choose(page, a_list(*references))
        button(page, LOOK).click()

        expect(page.get_by_text(NOTHING_NEW)).to_be_visible()
        expect(button(page, re.compile("Lees .* signa"))).to_have_count(0)
        button(page, "Lees het niet in").click()
        expect(page.get_by_text("Er is niets ingelezen", exact=False)).to_be_visible()

    def test_says_at_the_file_what_is_wrong(self, visit: Visits, javascript: bool) -> None:
        page = visit(javascript=javascript).open("/signals/import/")

        choose(page, "Wat;Gebied\nGlas;Bloemenbuurt\n")
        button(page, LOOK).click()

        expect(page.get_by_role("alert")).to_contain_text("ontbreekt")
        box = page.locator(FILE_BOX)
        assert box.get_attribute("aria-invalid") == "true"
        assert "error" in (box.get_attribute("aria-describedby") or "")


class TestByTheKeyboard:
    def test_goes_from_the_file_to_the_end(self, visit: Visits) -> None:
        page = visit().open("/signals/import/")
        choose(page, a_list("K-1"))

        page.locator(FILE_BOX).focus()
        page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        main = button(page, "Lees 1 signaal in")
        for _ in range(30):
            if main.evaluate("element => element === document.activeElement"):
                break
            page.keyboard.press("Tab")
        with page.expect_navigation():
            page.keyboard.press("Enter")

        expect(page.get_by_text("Klaar. Eén nieuw signaal.")).to_be_visible()


class TestEmptyList:
    def test_comes_with_the_names_of_the_neighbourhood(self, visit: Visits) -> None:
        page = visit().open("/signals/import/")

        with page.expect_download() as found:
            page.get_by_role("link", name="Download de lege lijst").click()
        book = load_workbook(io.BytesIO(found.value.path().read_bytes()))

        assert found.value.suggested_filename == "scharnier.xlsx"
        assert book.sheetnames == ["Uitleg", "Signalen", "Namen"]
        assert "Bloemenbuurt" in [cell.value for cell in book["Namen"]["A"]]

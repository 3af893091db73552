# SPDX-License-Identifier: EUPL-1.2
"""A month with enough squares to be busier in one than in the rest: seen on the map, and read in the list."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, PASSWORD, PATIENCE_MS, PHONE, USERNAME, picture, serve_demo
from tests.browser.measures import STICKING_OUT, ask_axe

pytestmark = pytest.mark.needs_browser
MAP = "/network/map/"
USUAL, MUCH = [0, 5], [10, 50]  # the low ends of the bands of two partners
SAID = "zeker 50 signalen, van 2 partners; drukker dan de rest"
MARKED = """() => document.querySelector('.map__stage').networkMap.map
  .queryRenderedFeatures({ layers: ['squares-3', 'squares-4'] }).map(({ properties }) => properties.key)"""


@pytest.fixture(scope="module")
def kruisveld(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo of which the latest month shows sixteen squares, one of them busy."""
    folder = tmp_path_factory.mktemp("busy")
    with serve_demo(folder) as address:
        squares = [
            {"size_m": 500, "column": column, "row": row, "area_ids": [], "lows": USUAL}
            for column in range(-1, 3)
            for row in range(-1, 3)
        ]
        squares[10]["lows"] = MUCH
        with closing(sqlite3.connect(folder / "scharnier.sqlite3")) as base, base:
            base.execute(
                "UPDATE situations_mapmonth SET squares = ? WHERE first_day = "
                "(SELECT max(first_day) FROM situations_mapmonth)",
                [json.dumps(squares)],
            )
        yield address


@contextmanager
def reading(browser: Browser, address: str, **settings) -> Iterator[Page]:
    size = settings.pop("size", DESKTOP)
    viewport = {"width": size[0], "height": size[1]}
    with closing(
        browser.new_context(base_url=address, locale="nl", viewport=viewport, **settings)
    ) as context:
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto("/login/")
        page.get_by_label("Gebruikersnaam").fill(USERNAME)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Inloggen").click()
        page.get_by_role("heading", name="Wat op mij wacht").wait_for()
        page.goto(MAP)
        yield page


class TestBusySquares:
    @pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_have_a_line_of_their_own_on_the_map_and_words_in_legend_and_list(
        self, browser, kruisveld, size, scheme
    ):
        with reading(browser, kruisveld, size=size, color_scheme=scheme) as page:
            page.locator("[data-on-map][data-layered]").wait_for()

            expect(page.locator(".map__count--busy")).to_have_text("50+")
            expect(page.locator("[data-on-map]")).to_contain_text("drukker dan de rest")
            expect(page.get_by_role("row").filter(has_text=SAID)).to_have_count(1)
            assert set(page.evaluate(MARKED)) == {"square:500.1.1"}
            assert page.evaluate(STICKING_OUT) == []
            assert ask_axe(page).violations_count == 0
            picture(page, f"map-busy-{scheme}")

    def test_are_said_when_chosen_with_the_keyboard(self, browser, kruisveld):
        with reading(browser, kruisveld) as page:
            page.locator("[data-on-map][data-layered]").wait_for()

            page.get_by_role("row").filter(has_text=SAID).get_by_role("button").focus()
            page.keyboard.press("Enter")

            expect(page.locator(".map__what span")).to_have_text(SAID)

    def test_go_with_the_squares_when_those_are_switched_off(self, browser, kruisveld):
        with reading(browser, kruisveld) as page:
            page.locator("[data-on-map][data-layered]").wait_for()

            page.locator("[data-layer=squares]").uncheck(force=True)

            expect(page.locator(".map__count--busy")).to_be_hidden()

    @pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
    def test_are_read_without_javascript(self, browser, kruisveld, size):
        with reading(browser, kruisveld, size=size, java_script_enabled=False) as page:
            expect(page.get_by_role("row").filter(has_text=SAID)).to_have_count(1)
            expect(page.get_by_text("Drukker dan de rest: meer signalen dan toeval")).to_be_visible()

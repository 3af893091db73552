# SPDX-License-Identifier: EUPL-1.2
"""Somebody looks on the map what several meet, and switches layers off; the list says the same."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor, picture

pytestmark = pytest.mark.needs_browser
MAP = "/network/map/"
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
LAYERS = (
    """() => document.querySelector('.map__stage').networkMap.map.getStyle().layers.map(({ id }) => id)"""
)
KEYS = """name => [...document.querySelector('.map__stage').networkMap.found.values()]
  .filter(({ overlay }) => overlay.name === name).map(({ feature }) => feature.properties.key)"""


def open_map(visitor: Visitor, query: str = "") -> Page:
    page = visitor.open(f"{MAP}{query}")
    page.locator("[data-on-map][data-layered]").wait_for()
    return page


class TestLayers:
    @SIZES
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_lie_under_the_places_and_have_words(self, visit, size, scheme):
        page = open_map(visit(size=size, scheme=scheme))

        layers = page.evaluate(LAYERS)

        assert layers.index("areas-1") < layers.index("squares-0") < layers.index("finds-0")
        assert layers.index("finds-0") < layers.index("places-0")
        expect(page.locator("[data-on-map]")).to_contain_text("zeker 10")
        expect(page.locator(".map__count").first).to_have_text(re.compile(r"\d+\+"))
        picture(page, f"map-signals-{scheme}")

    def test_are_told_of_one_by_one_in_the_list(self, visit):
        page = open_map(visit())

        for name in ("squares", "finds"):
            keys = page.evaluate(KEYS, name)
            assert keys
            for key in keys:
                expect(page.locator(f'.mapped__list [data-key="{key}"]')).to_have_count(1)

    def test_are_switched_off_with_their_numbers_by_the_keyboard(self, visit):
        page = open_map(visit())

        page.get_by_role("checkbox", name=re.compile("^Signalen in ")).focus()
        page.keyboard.press("Space")

        assert not [layer for layer in page.evaluate(LAYERS) if layer.startswith("squares")]
        expect(page.locator(".map__count").first).to_be_hidden()
        page.keyboard.press("Space")
        assert [layer for layer in page.evaluate(LAYERS) if layer.startswith("squares")]
        expect(page.locator(".map__count").first).to_be_visible()

    def test_say_what_was_chosen_in_the_list_even_when_off(self, visit):
        page = open_map(visit(size=PHONE))
        page.locator("[data-layer=squares]").uncheck(force=True)

        page.locator("[data-show-on=squares]").first.click()

        expect(page.locator(".map__what span")).to_have_text(
            re.compile(r"zeker \d+ signalen, van \d+ partners")
        )
        expect(page.locator("[data-layer=squares]")).to_be_checked()

    def test_turn_to_the_month_before(self, visit):
        page = open_map(visit())

        with page.expect_navigation():
            page.get_by_role("link", name="Eerder: augustus 2026").click()

        expect(page.get_by_role("heading", name="Signalen in augustus 2026")).to_be_visible()


class TestWithoutScript:
    @SIZES
    def test_the_list_says_it_all(self, visit, size):
        page = visit(size=size, javascript=False).open(MAP)

        expect(page.locator("#signals")).to_contain_text("zeker 5 signalen")
        expect(page.locator("#finds")).to_contain_text("partners, van")
        expect(page.locator("[data-on-map]")).to_be_hidden()
        page.get_by_role("link", name="Eerder: augustus 2026").click()
        expect(page.locator("#signals")).to_contain_text("augustus 2026")

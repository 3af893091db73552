# SPDX-License-Identifier: EUPL-1.2
"""The pages of the map, each with the way to it and everything unfolded."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor

MAP = "/network/map/"


def open_map(visitor: Visitor, query: str = "") -> Page:
    page = visitor.open(f"{MAP}{query}")
    page.locator("[data-drawn]").wait_for()
    for summary in page.locator("main summary").all():
        summary.click()
    return page


def open_chosen_map(visitor: Visitor) -> Page:
    page = open_map(visitor)
    page.locator("[data-show]").nth(2).focus()
    return page


PAGES = [open_map, open_chosen_map]

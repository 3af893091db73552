# SPDX-License-Identifier: EUPL-1.2
"""The page of what the scan found, with everything unfolded."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.members_pages import COORDINATOR, log_in_to

FOUND, EXCLUDED = "/situations/found/", "/situations/found/excluded/"
SPOT = "52.0907, 5.1213"


def open_found(visitor: Visitor) -> Page:
    page = log_in_to(visitor, COORDINATOR, FOUND)
    for summary in page.locator("main summary").all():
        summary.click()
    return page


def open_excluded(visitor: Visitor) -> Page:
    """Leave a place out by its coordinates, with the map in sight."""
    page = log_in_to(visitor, COORDINATOR, EXCLUDED)
    page.locator("#id_place").fill(SPOT)
    with page.expect_navigation():
        page.locator("main form#signal > .buttons button").click()
    page.locator("[data-open]").click()
    page.locator("#point [data-drawn]").wait_for()
    page.locator("[data-middle]").click()
    return page


def open_failed_excluded(visitor: Visitor) -> Page:
    page = log_in_to(visitor, COORDINATOR, EXCLUDED)
    page.locator("#id_place").fill("Nergenshuizen 12")
    with page.expect_navigation():
        page.locator("main form#signal > .buttons button").click()
    return page


def open_count_again(visitor: Visitor) -> Page:
    page = open_excluded(visitor)
    page.goto(page.locator("main ul.lines a").first.get_attribute("href") or "")
    return page


PAGES = [open_found, open_excluded, open_failed_excluded, open_count_again]

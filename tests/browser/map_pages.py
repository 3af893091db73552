# SPDX-License-Identifier: EUPL-1.2
"""The pages of the map, each with the way to it and everything unfolded."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.members_pages import COORDINATOR, log_in_to
from tests.maps import a_grid_of_areas

MAP, AREAS = "/network/map/", "/network/areas/"


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


def open_areas(visitor: Visitor) -> Page:
    return log_in_to(visitor, COORDINATOR, AREAS)


def open_failed_areas(visitor: Visitor) -> Page:
    return send_areas(open_areas(visitor), b"[]")


def open_found_areas(visitor: Visitor) -> Page:
    return send_areas(open_areas(visitor), a_grid_of_areas(4))


def send_areas(page: Page, data: bytes) -> Page:
    file = {"name": "buurten.geojson", "mimeType": "application/geo+json", "buffer": data}
    page.locator("main input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]  # a FilePayload
    with page.expect_navigation():
        page.locator("main form button").first.click()
    return page


PAGES = [open_map, open_chosen_map, open_areas, open_failed_areas, open_found_areas]

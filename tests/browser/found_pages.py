# SPDX-License-Identifier: EUPL-1.2
"""The page of what the scan found, with everything unfolded."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.members_pages import COORDINATOR, log_in_to

FOUND = "/situations/found/"


def open_found(visitor: Visitor) -> Page:
    page = log_in_to(visitor, COORDINATOR, FOUND)
    for summary in page.locator("main summary").all():
        summary.click()
    return page


PAGES = [open_found]

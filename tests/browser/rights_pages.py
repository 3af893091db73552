# SPDX-License-Identifier: EUPL-1.2
"""The pages of rights, each with the way to it, for all tests that look at pages."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD, Visitor
from tests.browser.members_pages import COORDINATOR, log_in_to

WITHOUT_ACCOUNT = "Joop Terlingen"  # has a card in the example, and no login


def open_own_data(visitor: Visitor) -> Page:
    return visitor.open("/my/data/")


def open_erase(visitor: Visitor) -> Page:
    page = log_in_to(visitor, "samira", "/my/data/erase/")
    if "/my/account/confirm/" in page.url:  # it is a while ago that somebody logged in
        page.locator("main input[name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("main form button").first.click()
    return page


def open_erased(visitor: Visitor) -> Page:
    return visitor.open("/erased/")


def open_data_requests(visitor: Visitor) -> Page:
    return log_in_to(visitor, COORDINATOR, "/members/data-requests/")


def open_failed_data_request(visitor: Visitor) -> Page:
    return _note(open_data_requests(visitor), name="Nobody of this name")


def open_data_request(visitor: Visitor) -> Page:
    return _note(open_data_requests(visitor), name=WITHOUT_ACCOUNT)


def open_retention(visitor: Visitor) -> Page:
    return log_in_to(visitor, COORDINATOR, "/members/retention/")


def _note(page: Page, *, name: str) -> Page:
    page.locator("main input[name=name]").fill(name)
    with page.expect_navigation():
        page.locator("main form button").last.click()
    return page


PAGES = [
    open_own_data,
    open_erase,
    open_erased,
    open_data_requests,
    open_failed_data_request,
    open_data_request,
    open_retention,
]

# SPDX-License-Identifier: EUPL-1.2
"""The pages of webhooks, each with the way to it, for all tests that look at pages."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.members_pages import COORDINATOR, log_in_to

ADDRESS = "https://hooks.example.org/a-long-address-that-some-systems-make/0123456789abcdef0123456789abcdef"


def open_webhooks(visitor: Visitor) -> Page:
    return log_in_to(visitor, COORDINATOR, "/network/webhooks/")


def open_add_webhook(visitor: Visitor) -> Page:
    return log_in_to(visitor, COORDINATOR, "/network/webhooks/add/")


def open_failed_webhook(visitor: Visitor) -> Page:
    return _press(open_add_webhook(visitor))


def open_webhook(visitor: Visitor) -> Page:
    """Open a new webhook, with its secret."""
    page = open_add_webhook(visitor)
    _remove_others(page)
    page.locator("main input[name=address]").fill(ADDRESS)
    page.locator("main .choice").first.click()
    return _press(page)


def open_webhook_events(visitor: Visitor) -> Page:
    page = open_webhook(visitor)
    page.goto(page.url + "events/")
    return page


def open_missed_webhook(visitor: Visitor) -> Page:
    """Open a webhook that is off, with a test that was given up."""
    page = open_webhook(visitor)
    for name in ("test", "off"):
        with page.expect_navigation():
            page.locator(f"main form[action$='/{name}/'] button").click()
    return page


def open_missed_messages(visitor: Visitor) -> Page:
    return log_in_to(visitor, COORDINATOR, "/network/webhooks/missed/")


def _remove_others(page: Page) -> None:
    """Remove what another test added, so that the same address can be added again."""
    here = page.url
    page.goto(here.replace("/add/", "/"))
    while (found := page.locator("main ul.lines a")).count():
        with page.expect_navigation():
            found.first.click()
        for name in ("off", "remove"):
            button = page.locator(f"main form[action$='/{name}/'] button")
            if button.count():
                with page.expect_navigation():
                    button.click()
    page.goto(here)


def _press(page: Page) -> Page:
    with page.expect_navigation():
        page.locator("main form button").last.click()
    return page


PAGES = [
    open_webhooks,
    open_add_webhook,
    open_failed_webhook,
    open_webhook,
    open_webhook_events,
    open_missed_webhook,
    open_missed_messages,
]

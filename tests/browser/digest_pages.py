# SPDX-License-Identifier: EUPL-1.2
"""The pages of mail and calendar, each with the way to it, for all tests that look at pages."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor


def open_mail_and_calendar(visitor: Visitor) -> Page:
    return visitor.open("/my/mail/")


def open_failed_mail_and_calendar(visitor: Visitor) -> Page:
    """Send a form in which nothing says how often."""
    page = open_mail_and_calendar(visitor)
    page.locator("main input[name=often]").evaluate_all("all => all.forEach(each => each.checked = false)")
    with page.expect_navigation():
        page.locator("main form button").first.click()
    return page


def open_calendar_address(visitor: Visitor) -> Page:
    page = open_mail_and_calendar(visitor)
    with page.expect_navigation():
        page.locator("main form[action='/my/mail/calendar/'] button").click()
    return page


PAGES = [open_mail_and_calendar, open_failed_mail_and_calendar, open_calendar_address]

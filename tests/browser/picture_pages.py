# SPDX-License-Identifier: EUPL-1.2
"""The pages of the picture and of one's own contacts, each with the way to it and everything unfolded."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor

NETWORK, CONTACTS = "/network/picture/", "/my/contacts/"


def open_picture(visitor: Visitor) -> Page:
    return _draw(visitor.open(NETWORK))


def open_picture_with_groups(visitor: Visitor) -> Page:
    return _draw(visitor.open(f"{NETWORK}?show=groups"))


def open_found_contacts(visitor: Visitor) -> Page:
    return _unfold(visitor.open(f"{CONTACTS}?name=a"))


def _draw(page: Page) -> Page:
    page.locator("[data-drawn]").wait_for()
    return _unfold(page)


def _unfold(page: Page) -> Page:
    for summary in page.locator("main summary").all():
        summary.click()
    return page


PAGES = [open_picture, open_picture_with_groups, open_found_contacts]

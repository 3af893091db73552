# SPDX-License-Identifier: EUPL-1.2
"""The pages of sharing and of breaking the glass, each with the way to it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.members_pages import COORDINATOR, log_in_to, look_for

HIDDEN = "Rahwa Woldu"  # she does not want to be found
REASON = "Zij heeft de sleutel van het huis waar iemand niet meer opendoet."
WHY = "Wij bereiden samen het straatfeest voor."


def press_first(page: Page) -> Page:
    with page.expect_navigation():
        page.locator("main form .buttons button").first.click()
    return page


def share(visitor: Visitor, *, audience: str, name: str = "") -> Page:
    page = open_share(visitor)
    if name:  # one of more people than are listed
        look_for(page, name)
    page.locator("select[name=audience]").select_option(audience)
    page.locator("input[name=purpose][value=together]").check()
    page.locator("textarea[name=reason]").fill(WHY)
    return press_first(page)


def break_glass(visitor: Visitor, *, name: str = HIDDEN, reason: str = REASON) -> Page:
    page = open_emergency(visitor)
    page.locator("input[name=name]").fill(name)
    page.locator("textarea[name=reason]").fill(reason)
    return press_first(page)


def open_share(visitor: Visitor) -> Page:
    return visitor.open("/my/card/sharing/add/")


def open_failed_share(visitor: Visitor) -> Page:
    page = open_share(visitor)
    page.locator("textarea[name=reason]").fill("Bel 06 12345678")
    return press_first(page)


def open_sharing(visitor: Visitor) -> Page:
    return share(visitor, audience="role:coordinator")


def open_emergency(visitor: Visitor) -> Page:
    return visitor.open("/emergency/")


def open_failed_emergency(visitor: Visitor) -> Page:
    return break_glass(visitor, reason="Nu!")


def open_emergency_card(visitor: Visitor) -> Page:
    return break_glass(visitor)


def open_waiting(visitor: Visitor) -> Page:
    break_glass(visitor)
    return log_in_to(visitor, COORDINATOR, "/")


def open_reviews(visitor: Visitor) -> Page:
    break_glass(visitor)
    return log_in_to(visitor, COORDINATOR, "/emergency/reviews/")


def open_review(visitor: Visitor) -> Page:
    page = open_reviews(visitor)
    page.goto(page.locator("main .lines a.utrecht-button").first.get_attribute("href") or "")
    return page


def open_failed_review(visitor: Visitor) -> Page:
    return press_first(open_review(visitor))


PAGES = [
    open_share,
    open_failed_share,
    open_sharing,
    open_emergency,
    open_failed_emergency,
    open_emergency_card,
    open_waiting,
    open_reviews,
    open_review,
    open_failed_review,
]

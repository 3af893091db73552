# SPDX-License-Identifier: EUPL-1.2
"""The pages of shared situations, each with the way to it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.members_pages import COORDINATOR, be

QUESTION = "Elke avond blijft er lawaai op het plein, en de buurt slaapt slecht."
TOLD = "Wij zien elke avond onrust op het plein. Zien jullie dat ook?"
PERSONAL = "Bel Jan de Vries, geboren 12-03-2009, op 06-12345678."


def press(page: Page, *, form: str = "main form.form") -> Page:
    with page.expect_navigation():
        page.locator(f"{form} .buttons button").last.click()
    return page


def fill_in(page: Page, *, question: str = QUESTION) -> Page:
    page.locator("input[name=template]").first.check(force=True)
    page.locator("textarea[name=question]").fill(question)
    page.locator("input[name=organization]").first.check(force=True)
    return press(page)


def begin(visitor: Visitor) -> Page:
    """Begin a situation; the page is the one to invite."""
    return fill_in(open_begin(visitor))


def go_to(page: Page, part: str = "") -> Page:
    """Go from a page of a situation to another part of it."""
    situation_id = page.url.partition("/situations/")[2].partition("/")[0]
    page.goto(f"/situations/{situation_id}/{part}")
    return page


def invite(visitor: Visitor) -> Page:
    page = begin(visitor)
    for details in page.locator("main form details").all():
        if details.get_attribute("open") is None:
            details.locator("summary").click()
    page.locator("main form label.choice").first.click()
    page.locator("textarea[name=words]").fill(TOLD)
    return press(page)


def open_situations(visitor: Visitor) -> Page:
    invite(visitor)
    return visitor.open("/situations/")


def open_begin(visitor: Visitor) -> Page:
    return visitor.open("/situations/new/")


def open_failed_begin(visitor: Visitor) -> Page:
    return fill_in(open_begin(visitor), question=PERSONAL)


def open_partners(visitor: Visitor) -> Page:
    return begin(visitor)


def open_situation(visitor: Visitor) -> Page:
    return invite(visitor)


def open_step(visitor: Visitor) -> Page:
    return go_to(begin(visitor), "steps/dismiss/")


def open_step_that_lacks(visitor: Visitor) -> Page:
    return go_to(begin(visitor), "steps/accept/")


def open_lead(visitor: Visitor) -> Page:
    return go_to(begin(visitor), "lead/")


def open_rooms(visitor: Visitor) -> Page:
    page = go_to(begin(visitor), "rooms/new/")
    page.locator("input[name=title]").fill("Ons rooster")
    page.locator("textarea[name=text]").fill("Wij zijn er dinsdag en donderdag vanaf tien uur.")
    return press(page)


def open_failed_room(visitor: Visitor) -> Page:
    return press(go_to(begin(visitor), "rooms/new/"))


def open_standing(visitor: Visitor) -> Page:
    return go_to(begin(visitor), "standing/")


def open_outside(visitor: Visitor) -> Page:
    address = invite(visitor).url
    be(visitor, COORDINATOR)
    return visitor.open(address)


PAGES = [
    open_situations,
    open_begin,
    open_failed_begin,
    open_partners,
    open_situation,
    open_step,
    open_step_that_lacks,
    open_lead,
    open_rooms,
    open_failed_room,
    open_standing,
    open_outside,
]

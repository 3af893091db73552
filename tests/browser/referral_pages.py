# SPDX-License-Identifier: EUPL-1.2
"""The pages of referrals, each with the way to it: one waits for Samira, another looks for somebody else."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor

PROBLEM = "Er zit schimmel in de slaapkamer en de verhuurder doet niets."
ASKED = "Een groep jongens hangt"  # by Dennis; it waits for her
DECLINED = "Een paar meiden willen"  # nobody has it


def press(page: Page, selector: str) -> Page:
    with page.expect_navigation():
        page.locator(selector).first.click()
    return page


def open_work(visitor: Visitor) -> Page:
    return visitor.open("/work/")


def open_line(visitor: Visitor, text: str) -> Page:
    """Open what waits by its first words."""
    page = open_work(visitor)
    with page.expect_navigation():
        page.locator("main li", has_text=text).locator("a").first.click()
    return page


def open_asked(visitor: Visitor) -> Page:
    return open_line(visitor, ASKED)


def open_nobody_has(visitor: Visitor) -> Page:
    return open_line(visitor, DECLINED)


def open_next_party(visitor: Visitor) -> Page:
    return press(open_nobody_has(visitor), "main a[href$='/next/']")


def open_give_up(visitor: Visitor) -> Page:
    return press(open_nobody_has(visitor), "main a[href$='/give-up/']")


def open_decline(visitor: Visitor) -> Page:
    return press(open_asked(visitor), "main a[href$='/decline/']")


def open_failed_decline(visitor: Visitor) -> Page:
    return press(open_decline(visitor), "main form .buttons:last-child button")


def open_remark(visitor: Visitor) -> Page:
    return press(open_asked(visitor), "main a[href$='/remark/']")


def open_refer(visitor: Visitor) -> Page:
    page = visitor.open("/")
    page.locator("textarea").fill(PROBLEM)
    press(page, "main form button")
    press(page, "li.answer form button")
    for summary in page.locator("main summary").all():
        summary.click()
    return page


def open_refer_by_hand(visitor: Visitor) -> Page:
    return visitor.open("/referrals/new/?to=person:dennis")


def open_failed_refer(visitor: Visitor) -> Page:
    page = open_refer_by_hand(visitor)
    page.locator("textarea").fill("Bel 06 12345678")
    return press(page, "main form button[name=send]")


def open_adequacy(visitor: Visitor) -> Page:
    return visitor.open("/referrals/figures/")


def open_how_we_match(visitor: Visitor) -> Page:
    return visitor.open("/how-we-match/")


PAGES = [
    open_work,
    open_asked,
    open_nobody_has,
    open_next_party,
    open_give_up,
    open_decline,
    open_failed_decline,
    open_remark,
    open_refer,
    open_refer_by_hand,
    open_failed_refer,
    open_adequacy,
    open_how_we_match,
]

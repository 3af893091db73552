# SPDX-License-Identifier: EUPL-1.2
"""The pages of what partners do together, each with the way to it; Samira leads one and joins two."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor

RUNNING, EVALUATING, CLOSED = "Kruisplein", "Lelieplein", "Tulpstraat"


def open_part(visitor: Visitor, of: str, part: str) -> Page:
    """Open a part of a situation by a word of its question."""
    page = visitor.open("/situations/")
    found = page.locator("main a", has_text=of).first.get_attribute("href") or ""
    page.goto(f"/situations/{situation_in(found)}/{part}")
    return page


def situation_in(address: str) -> str:
    """Return which situation an address is of."""
    return address.partition("/situations/")[2].partition("/")[0]


def press(page: Page, selector: str) -> Page:
    with page.expect_navigation():
        page.locator(selector).first.click()
    return page


def open_agreements_and_actions(visitor: Visitor) -> Page:
    return open_part(visitor, RUNNING, "work/")


def open_plan_of_situation(visitor: Visitor) -> Page:
    return open_part(visitor, RUNNING, "plan/")


def open_begin_plan(visitor: Visitor) -> Page:
    return open_part(visitor, RUNNING, "plan/begin/")


def open_agree(visitor: Visitor) -> Page:
    return open_part(visitor, RUNNING, "agreements/new/")


def open_failed_agree(visitor: Visitor) -> Page:
    page = open_agree(visitor)
    page.locator("textarea").fill("Bel 06 12345678")
    return press(page, "main form .buttons button")


def open_look_back(visitor: Visitor) -> Page:
    return press(open_agreements_and_actions(visitor), "main a[href*='/agreements/']:not([href*='new'])")


def open_act(visitor: Visitor) -> Page:
    return open_part(visitor, RUNNING, "actions/new/")


def open_end_action(visitor: Visitor) -> Page:
    return press(open_agreements_and_actions(visitor), "main li a[href*='/actions/']:not([href$='give/'])")


def open_failed_end_action(visitor: Visitor) -> Page:
    return press(open_end_action(visitor), "main form .buttons button")


def open_give_action(visitor: Visitor) -> Page:
    return press(open_agreements_and_actions(visitor), "main a[href$='/give/']")


def open_meetings(visitor: Visitor) -> Page:
    return open_part(visitor, RUNNING, "meetings/")


def open_meeting_to_come(visitor: Visitor) -> Page:
    return press(open_meetings(visitor), "main section a[href*='/meetings/']")


def open_meeting_that_was(visitor: Visitor) -> Page:
    return press(open_meetings(visitor), "main section:last-of-type a[href*='/meetings/']")


def open_plan_meeting(visitor: Visitor) -> Page:
    return open_part(visitor, RUNNING, "meetings/new/")


def open_minutes(visitor: Visitor) -> Page:
    return press(open_meeting_that_was(visitor), "main a[href$='/minutes/']")


def open_call_off_meeting(visitor: Visitor) -> Page:
    return press(open_meeting_to_come(visitor), "main a[href$='/call-off/']")


def open_figures_of_situation(visitor: Visitor) -> Page:
    return open_part(visitor, RUNNING, "figures/")


def open_follow_figure(visitor: Visitor) -> Page:
    return open_part(visitor, RUNNING, "figures/new/")


def open_enter_figure(visitor: Visitor) -> Page:
    return press(open_figures_of_situation(visitor), "main a[href$='/enter/']")


def open_looking_back(visitor: Visitor) -> Page:
    return open_part(visitor, EVALUATING, "closing/")


def open_give_score(visitor: Visitor) -> Page:
    return open_part(visitor, EVALUATING, "closing/score/")


def open_evaluation(visitor: Visitor) -> Page:
    page = open_part(visitor, EVALUATING, "closing/evaluation/")
    page.locator("main details summary").click()
    return page


def open_closed_situation(visitor: Visitor) -> Page:
    return open_part(visitor, CLOSED, "closing/")


PAGES = [
    open_agreements_and_actions,
    open_plan_of_situation,
    open_begin_plan,
    open_agree,
    open_failed_agree,
    open_look_back,
    open_act,
    open_end_action,
    open_failed_end_action,
    open_give_action,
    open_meetings,
    open_meeting_to_come,
    open_meeting_that_was,
    open_plan_meeting,
    open_minutes,
    open_call_off_meeting,
    open_figures_of_situation,
    open_follow_figure,
    open_enter_figure,
    open_looking_back,
    open_give_score,
    open_evaluation,
    open_closed_situation,
]

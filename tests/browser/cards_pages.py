# SPDX-License-Identifier: EUPL-1.2
"""The pages of one's own card and organization, each with the way to it, for all tests that look at pages."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor

OWN = "/my/card/"


def open_my_card(visitor: Visitor) -> Page:
    return visitor.open(OWN)


def open_skills(visitor: Visitor) -> Page:
    return visitor.open(f"{OWN}skills/")


def open_found_topics(visitor: Visitor) -> Page:
    page = open_skills(visitor)
    return look_for(page, "troep op straat")


def open_ways(visitor: Visitor) -> Page:
    return visitor.open(f"{OWN}ways/")


def open_wrong_ways(visitor: Visitor) -> Page:
    page = open_ways(visitor)
    page.locator("input[name=email]").fill("samira")
    page.locator("input[name=phone]").fill("bel me")
    return save(page)


def open_room(visitor: Visitor) -> Page:
    return visitor.open(f"{OWN}room/")


def open_who(visitor: Visitor) -> Page:
    return visitor.open(f"{OWN}who/")


def open_visibility(visitor: Visitor) -> Page:
    return visitor.open(f"{OWN}visibility/")


def open_preview(visitor: Visitor) -> Page:
    return visitor.open(f"{OWN}preview/")


def open_role(visitor: Visitor) -> Page:
    return visitor.open("/my/roles/add/")


def open_end_of_role(visitor: Visitor) -> Page:
    page = open_my_card(visitor)
    page.goto(page.locator("a[href$='/end/']").first.get_attribute("href") or "")
    return page


def open_own_organization(visitor: Visitor) -> Page:
    page = open_my_card(visitor)
    page.goto(page.locator("a[href^='/edit/organization/']").first.get_attribute("href") or "")
    return page


def open_about(visitor: Visitor) -> Page:
    page = open_own_organization(visitor)
    page.goto(page.locator("a[href^='/edit/about/']").get_attribute("href") or "")
    return page


def open_service(visitor: Visitor) -> Page:
    page = open_own_organization(visitor)
    page.goto(page.locator("a[href^='/edit/service/']").first.get_attribute("href") or "")
    return page


def open_no_link(visitor: Visitor) -> Page:
    return visitor.open("/confirm/onzin/")


def save(page: Page) -> Page:
    with page.expect_navigation():
        page.locator("main form .buttons button.utrecht-button--primary-action").click()
    return page


def look_for(page: Page, said: str) -> Page:
    page.locator("input[name=search]").fill(said)
    with page.expect_navigation():
        page.locator(".search button").click()
    return page


def press(page: Page, name: str) -> Page:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()
    return page


PAGES = [
    open_my_card,
    open_skills,
    open_found_topics,
    open_ways,
    open_wrong_ways,
    open_room,
    open_who,
    open_visibility,
    open_preview,
    open_role,
    open_end_of_role,
    open_own_organization,
    open_about,
    open_service,
    open_no_link,
]

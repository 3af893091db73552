# SPDX-License-Identifier: EUPL-1.2
"""The pages of reports by other systems, each with the way to it, for all tests that look at pages."""

from __future__ import annotations

from uuid import uuid4

from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.members_pages import COORDINATOR, log_in_to


def open_reporting(visitor: Visitor) -> Page:
    return log_in_to(visitor, COORDINATOR, "/network/open311/")


def open_add_offer(visitor: Visitor) -> Page:
    return log_in_to(visitor, COORDINATOR, "/network/open311/topics/add/")


def open_failed_offer(visitor: Visitor) -> Page:
    return _press(open_add_offer(visitor))


def open_add_key(visitor: Visitor) -> Page:
    return log_in_to(visitor, COORDINATOR, "/network/open311/keys/add/")


def open_new_key(visitor: Visitor) -> Page:
    """Open the page with a topic and a new key, which is seen once."""
    page = open_add_offer(visitor)
    page.locator("main select[name=topic]").select_option(index=1)
    _press(page)
    page.goto(page.url + "keys/add/")
    page.locator("main input[name=name]").fill(f"Gemeente {uuid4().hex[:8]}")
    return _press(page)


def open_report(visitor: Visitor) -> Page:
    """Have a report posted by its key, and open it."""
    page = open_new_key(visitor)
    key = page.locator("main .notice code").inner_text()
    jurisdiction_id = page.locator("main dd code").inner_text()
    here = page.url
    code = page.locator("main form[action$='/withdraw/']").first.get_attribute("action")
    assert code is not None
    answer = page.request.post(
        here.replace("/network/open311/", "/open311/v2/requests.json"),
        form={
            "jurisdiction_id": jurisdiction_id,
            "api_key": key,
            "service_code": code.split("/")[-3],
            "address_string": "Plein",
            "description": "Er ligt veel afval naast de containers.",
        },
    )
    assert answer.ok, answer.text()
    page.goto(here)
    page.goto(here + page.locator("main ul.lines a").first.get_attribute("href").split("open311/")[1])
    return page


def open_failed_report(visitor: Visitor) -> Page:
    page = open_report(visitor)
    with page.expect_navigation():
        page.locator("main form.form button").click()
    return page


def open_add_system(visitor: Visitor) -> Page:
    return log_in_to(visitor, COORDINATOR, "/network/open311/systems/add/")


def open_failed_system(visitor: Visitor) -> Page:
    """Name a machine that no other system may be on; nothing is asked of it."""
    page = open_add_system(visitor)
    page.locator("main select[name=organization]").select_option(index=1)
    page.locator("main input[name=address]").fill("https://10.0.0.1/open311/v2")
    return _press(page)


def _press(page: Page) -> Page:
    with page.expect_navigation():
        page.locator("main form.form button").last.click()
    return page


PAGES = [
    open_reporting,
    open_add_offer,
    open_failed_offer,
    open_add_key,
    open_new_key,
    open_report,
    open_failed_report,
    open_add_system,
    open_failed_system,
]

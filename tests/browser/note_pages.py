# SPDX-License-Identifier: EUPL-1.2
"""The pages of notes, each with the way to it, and what somebody does there."""

from __future__ import annotations

from collections.abc import Sized
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.browser.conftest import PATIENCE_MS, Visitor, wait_until

LETTERS = str.maketrans("0123456789", "ghijklmnop")
LOOK_MS = 20
PHONE_NUMBER = "06 12345678"
IS_READY = """async () => {
  await navigator.serviceWorker.ready
  return Boolean(navigator.serviceWorker.controller && await caches.match('/note/offline/'))
}"""


def wait_until_heard(page: Page, heard: Sized) -> None:
    """Wait until the browser told something; what it tells only comes in while it is asked something."""
    for _ in range(PATIENCE_MS // LOOK_MS):
        if len(heard):
            return
        page.wait_for_timeout(LOOK_MS)
    raise TimeoutError("the browser told nothing")


def a_text() -> str:
    """Return words that no other note holds; without digits, that could look like a number of somebody."""
    return f"De lamp in steeg {uuid4().hex.translate(LETTERS)} is stuk"


def open_write(visitor: Visitor) -> Page:
    return visitor.open("/note/")


def open_installed(visitor: Visitor) -> Page:
    """Open the page and wait until the phone holds what it opens without a connection."""
    page = open_write(visitor)
    wait_until(page, IS_READY)
    return page


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Wat is er aan de hand?").fill(text)
    page.get_by_role("button", name="Noteer dit").click()


def write_offline(visitor: Visitor, text: str) -> Page:
    page = open_installed(visitor)
    visitor.context.set_offline(True)
    write(page, text)
    expect(page.locator("#outbox")).to_contain_text(text)
    return page


def open_failed_write(visitor: Visitor) -> Page:
    page = open_write(visitor)
    page.locator("textarea[name=text]").fill(f"Bel {PHONE_NUMBER}")
    page.locator("main form#note button").click()
    page.locator("#refused .utrecht-alert").wait_for()
    return page


def open_shell(visitor: Visitor) -> Page:
    return visitor.open("/note/offline/")


def open_notes(visitor: Visitor) -> Page:
    page = open_write(visitor)
    page.locator("textarea[name=text]").fill(a_text())
    page.locator("main form#note button").click()
    page.locator("#said .utrecht-alert").wait_for()
    page.goto("/notes/")
    page.locator("main .lines button[formaction$='/throw-away/']").first.click()
    return page


def open_leaving(visitor: Visitor) -> Page:
    open_failed_write(visitor).close()
    page = visitor.open("/note/leaving/")
    page.locator("#outbox li").first.wait_for()
    return page


PAGES = [open_write, open_failed_write, open_shell, open_notes, open_leaving]

# SPDX-License-Identifier: EUPL-1.2
"""The pages to bring a list in and take a copy out, each with the way to it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor
from tests.browser.members_pages import COORDINATOR, log_in_to

PEOPLE = "naam;e-mail;vindbaar sinds\nNoor de Wit;noor@example.org;2026-01-01\nSamira;s@example.org;\n"


def open_import(visitor: Visitor) -> Page:
    return log_in_to(visitor, COORDINATOR, "/network/import/")


def open_failed_import(visitor: Visitor) -> Page:
    return _send(open_import(visitor), "naam;e-mail;vindbaar sinds\nNoor;x;ja\nBo;y;soms\n")


def open_import_check(visitor: Visitor) -> Page:
    return _send(open_import(visitor), PEOPLE)


def open_export(visitor: Visitor) -> Page:
    return visitor.open("/network/export/")


def open_failed_export(visitor: Visitor) -> Page:
    page = open_export(visitor)
    page.locator("main input[name=until]").fill("2001-01-01")
    with page.expect_navigation():
        page.locator("main form button").first.click()
    return page


def _send(page: Page, text: str) -> Page:
    file = {"name": "mensen.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator("main input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]  # a FilePayload
    with page.expect_navigation():
        page.locator("main form button").first.click()
    return page


PAGES = [open_import, open_failed_import, open_import_check, open_export, open_failed_export]

# SPDX-License-Identifier: EUPL-1.2
"""The pages to bring in a list of signals, each with the way to it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import Visitor

LIST = """Kenmerk;Wat;Datum;Gebied;Categorie;Naam melder
2026-017;Zwerfvuil bij de ingang van het park, elke maandag;2-2-2026;Bloemenbuurt;zwerfafval;Ria
2026-018;Fietsen voor de nooduitgang van de gymzaal;2026-W07;Bloemenbuurt;;Bo
2026-019;Bel mevrouw op 06-12345678, zij weet er meer van;2-2-2026;Bloemenbuurt;;Bo
2026-020;De lamp in de steeg is stuk;31-2-2026;Atlantis;iets;Bo
"""
FILE_BOX = "main input[type=file]"


def open_signals_import(visitor: Visitor) -> Page:
    return visitor.open("/signals/import/")


def open_failed_signals_import(visitor: Visitor) -> Page:
    return _send(open_signals_import(visitor), "Wat;Plaats\nDe lamp in de steeg is stuk;Bloemenbuurt\n")


def open_signals_check(visitor: Visitor) -> Page:
    return _send(open_signals_import(visitor), LIST)


def choose(page: Page, text: str) -> None:
    """Choose a list with these lines."""
    file = {"name": "signalen.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.locator(FILE_BOX).set_input_files(files=[file])  # type: ignore[list-item]  # a FilePayload


def _send(page: Page, text: str) -> Page:
    choose(page, text)
    with page.expect_navigation():
        page.locator("main form button").first.click()
    return page


PAGES = [open_signals_import, open_failed_signals_import, open_signals_check]

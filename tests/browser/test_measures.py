# SPDX-License-Identifier: EUPL-1.2
"""What counts as nothing new to axe: the same kinds of elements at the same place, whatever the words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.measures import Looked

pytestmark = pytest.mark.needs_browser
AROUND = "<header><a href='/'>Scharnier</a></header>"
MAIN = "<h1>Mensen</h1><ul><li class='card'><a href='/people/ria/'>Ria</a></li></ul>"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with closing(browser.new_context()) as context:
        yield context.new_page()


def show(page: Page, main: str = MAIN, *, around: str = AROUND) -> None:
    page.set_content(f"<body>{around}<main>{main}</main></body>")


@pytest.fixture
def looked(page: Page) -> Looked:
    """Somebody who looked at the page once."""
    looked = Looked()
    show(page)
    assert looked.is_anything_new(page, name="people")
    return looked


class TestLooked:
    @pytest.mark.parametrize(
        "main",
        [
            MAIN,
            MAIN.replace("Ria", "Samira").replace("ria", "samira"),
            MAIN.replace("</ul>", "<li class='card'><a href='/people/bas/'>Bas</a></li></ul>"),
        ],
        ids=["the same", "other words", "more rows"],
    )
    def test_sees_nothing_new(self, page, looked, main):
        show(page, main)

        assert not looked.is_anything_new(page, name="people")

    @pytest.mark.parametrize(
        "main",
        [
            MAIN.replace(">Ria<", "><"),
            MAIN.replace("card", "card card--late"),
            MAIN.replace("<a ", "<a aria-label='Kaart' "),
            MAIN.replace("<a ", "<a role='button' "),
            MAIN.replace("<a ", "<a tabindex='1' "),
            MAIN.replace("<a ", "<a hidden "),
            MAIN.replace("</h1>", "</h1><h3>Buurt</h3>"),
            MAIN.replace("</ul>", "</ul><p>Meer</p>"),
            MAIN.replace("<ul>", "<div>").replace("</ul>", "</div>"),
        ],
        ids=[
            "no words",
            "another class",
            "another name",
            "another role",
            "another order of the Tab key",
            "out of sight",
            "a level left out",
            "another element",
            "another place",
        ],
    )
    def test_sees_what_is_new_and_only_once(self, page, looked, main):
        show(page, main)

        assert looked.is_anything_new(page, name="people")
        assert not looked.is_anything_new(page, name="people")

    def test_sees_another_level_of_a_heading_after_another(self, page):
        looked = Looked()
        show(page, "<h1>Mensen</h1><h2>Buurt</h2><h3>Straat</h3><h2>Plein</h2>")
        looked.is_anything_new(page, name="people")
        show(page, "<h1>Mensen</h1><h3>Straat</h3><h2>Buurt</h2>")

        assert looked.is_anything_new(page, name="people")

    def test_looks_at_every_page_but_at_what_stands_around_them_once(self, page, looked):
        show(page)
        assert looked.is_anything_new(page, name="organizations")

        show(page, around=AROUND.replace("<a ", "<a aria-current='page' "))
        assert looked.is_anything_new(page, name="organizations")

        show(page, around=AROUND.replace("<a ", "<a aria-current='page' "))
        assert not looked.is_anything_new(page, name="people")

# SPDX-License-Identifier: EUPL-1.2
"""Everyone can read every page: axe, small screens, large letters, fingers, paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import (
    cards_pages,
    digest_pages,
    doing_pages,
    found_pages,
    map_pages,
    members_pages,
    moving_pages,
    note_pages,
    open311_pages,
    picture_pages,
    referral_pages,
    rights_pages,
    sharing_pages,
    signal_pages,
    signals_list_pages,
    situations_pages,
    webhooks_pages,
)
from tests.browser.conftest import DESKTOP, PHONE, Stroller, Visitor, Visits, picture
from tests.browser.measures import (
    LEAST_TARGET,
    LONGEST,
    LONGEST_LINE,
    SMALL_TARGETS,
    SMALLEST,
    STICKING_OUT,
    ZOOMED,
    ask_axe,
)

pytestmark = pytest.mark.needs_browser

PROBLEM = "Elke avond hangen er jongeren rond bij de speeltuin en er ligt veel rommel."
PHONE_NUMBER = "06 12345678"


def open_ask(visitor: Visitor) -> Page:
    return visitor.open("/")


def open_menu(visitor: Visitor) -> Page:
    page = visitor.open("/my/contacts/")
    page.locator(".menu summary").click()
    return page


def open_refusal(visitor: Visitor) -> Page:
    return _ask(visitor.open("/"), f"Bel {PHONE_NUMBER}")


def open_answer(visitor: Visitor) -> Page:
    return _ask(visitor.open("/"), PROBLEM)


def open_reasons(visitor: Visitor) -> Page:
    page = open_answer(visitor)
    for summary in page.locator("summary").all():
        summary.click()
    return page


def open_person(visitor: Visitor) -> Page:
    page = open_answer(visitor)
    page.goto(page.locator(".answer a[href*='/people/']").first.get_attribute("href") or "")
    return page


def open_own_card(visitor: Visitor) -> Page:
    return visitor.open("/people/samira/")


def open_card_reads(visitor: Visitor) -> Page:
    return visitor.open("/my/card/reads/")


def open_organization(visitor: Visitor) -> Page:
    page = open_person(visitor)
    page.goto(page.locator("main a[href*='/organizations/']").first.get_attribute("href") or "")
    return page


def open_missing(visitor: Visitor) -> Page:
    return visitor.open("/people/nobody-of-this-name/")


def open_look(visitor: Visitor) -> Page:
    return visitor.open("/look/")


def open_login(visitor: Visitor) -> Page:
    visitor.context.clear_cookies()
    return visitor.open("/login/")


def open_failed_login(visitor: Visitor) -> Page:
    page = open_login(visitor)
    page.locator("main input[name=username]").fill("nobody")
    page.locator("main input[name=password]").fill("not this")
    with page.expect_navigation():
        page.locator("main form button").first.click()
    return page


def _ask(page: Page, text: str) -> Page:
    page.locator("textarea").fill(text)
    with page.expect_navigation():
        page.locator("main form button").first.click()
    return page


PAGES = [
    open_ask,
    open_refusal,
    open_reasons,
    open_person,
    open_own_card,
    open_card_reads,
    open_organization,
    open_missing,
    open_look,
    open_login,
    open_failed_login,
    open_menu,
    *cards_pages.PAGES,
    *picture_pages.PAGES,
    *map_pages.PAGES,
    *members_pages.PAGES,
    *sharing_pages.PAGES,
    *moving_pages.PAGES,
    *rights_pages.PAGES,
    *webhooks_pages.PAGES,
    *open311_pages.PAGES,
    *note_pages.PAGES,
    *referral_pages.PAGES,
    *digest_pages.PAGES,
    *signals_list_pages.PAGES,
    *doing_pages.PAGES,
    *signal_pages.PAGES,
    *situations_pages.PAGES,
    *found_pages.PAGES,
]
Open = Callable[[Visitor], Page]


def name_of(open_page: Open) -> str:
    return open_page.__name__.removeprefix("open_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A page as it was opened, once for all that look at it."""

    page: Page
    name: str
    language: str


Opening = tuple[str, Open]
OPENINGS: list[Opening] = [(language, open_page) for language in ("nl", "en") for open_page in PAGES]
IN_DUTCH = OPENINGS[: len(PAGES)]
# each page in both, and not in each of the four: words change no colours, and colours no words
SCHEMES: dict[str, Literal["light", "dark"]] = {"nl": "light", "en": "dark"}


def opening_name(opening: Opening) -> str:
    language, open_page = opening
    return f"{name_of(open_page)}-{language}"


@pytest.fixture(scope="module")
def strollers(browser: Browser, address: str, session: Path) -> Iterator[dict[str, Stroller]]:
    """Somebody with a phone for each language, who opens all pages one after the other."""
    visits = Visits(browser=browser, address=address, session=session)
    yield {language: visits(size=PHONE, language=language, kind=Stroller) for language in ("nl", "en")}
    visits.end()


@pytest.fixture(scope="module", params=OPENINGS, ids=opening_name)
def opened(request: pytest.FixtureRequest, strollers: dict[str, Stroller], session: Path) -> Iterator[Opened]:
    """Each page in each language, with all that the browser had to complain about meanwhile."""
    language, open_page = request.param
    stroller = strollers[language]
    stroller.begin_anew(size=PHONE, session=session)
    yield Opened(page=open_page(stroller), name=name_of(open_page), language=language)
    complaints = {opening_name(request.param): stroller.complaints[:]}
    stroller.complaints.clear()
    assert complaints == {opening_name(request.param): []}  # pytest tells it at the page that comes next


class TestEveryPageInEveryLanguage:
    def test_gives_axe_nothing_to_say_in_the_colours_of_that_language(self, opened: Opened):
        page, scheme = opened.page, SCHEMES[opened.language]
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})

        page.emulate_media(color_scheme=scheme)
        picture(page, f"{opened.name}-{opened.language}-{scheme}")
        found = ask_axe(page)
        page.emulate_media(color_scheme="light")

        assert page.locator("html").get_attribute("lang") == opened.language
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("opened", IN_DUTCH, ids=opening_name, indirect=True, scope="module")
class TestEveryPage:
    @pytest.mark.parametrize("size", [SMALLEST, PHONE, ZOOMED, DESKTOP], ids=lambda size: f"{size[0]} px")
    def test_fits_the_screen(self, opened: Opened, size):
        page = opened.page
        page.set_viewport_size({"width": size[0], "height": size[1]})

        assert page.evaluate(STICKING_OUT) == []

    def test_fits_a_phone_with_letters_twice_as_large(self, opened: Opened):
        page = opened.page
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})

        page.evaluate("() => { document.documentElement.style.fontSize = '225%' }")
        sticking_out = page.evaluate(STICKING_OUT)
        page.evaluate("() => { document.documentElement.style.fontSize = '' }")

        assert sticking_out == []

    def test_has_targets_a_finger_can_hit(self, opened: Opened):
        page = opened.page
        page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})

        assert page.evaluate(SMALL_TARGETS, LEAST_TARGET) == []

    def test_keeps_its_lines_short(self, opened: Opened):
        page = opened.page
        page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})

        assert page.evaluate(LONGEST) <= LONGEST_LINE

    def test_reads_in_its_typeface_at_18_px(self, opened: Opened):
        page = opened.page

        assert page.evaluate(
            "() => document.fonts.ready.then(() => document.fonts.check('1em Atkinson Hyperlegible'))"
        )
        assert page.evaluate("() => getComputedStyle(document.body).fontSize") == "18px"


class TestHidden:
    def test_is_not_shown_whatever_a_component_says_of_its_display(self, visit):
        page = open_login(visit())

        assert page.get_by_role("button", name="Gebruik een passkey").is_visible()
        assert not page.locator("[data-passkey-failed]").is_visible()


class TestPaper:
    def test_shows_the_answer_and_not_the_buttons(self, visit):
        page = open_reasons(visit(scheme="dark"))

        page.emulate_media(media="print")

        assert page.locator(".answer").first.is_visible()
        assert not page.locator(".answer .utrecht-button").first.is_visible()
        assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"


class TestLanguage:
    def test_changes_with_one_button_and_stays(self, visit):
        page = visit().open("/look/")

        page.get_by_role("button", name="English").click()
        page.goto("/look/")

        assert page.locator("html").get_attribute("lang") == "en"

    def test_changes_and_keeps_the_question(self, visit):
        page = open_answer(visit())

        with page.expect_navigation():
            page.get_by_role("button", name="English").click()

        assert page.locator("html").get_attribute("lang") == "en"
        assert page.locator(".asked").inner_text() == PROBLEM

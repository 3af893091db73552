# SPDX-License-Identifier: EUPL-1.2
"""The pages of signals, each with the way to it, and what somebody does there."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.conftest import USERNAME, Visitor
from tests.browser.members_pages import COORDINATOR, be
from tests.browser.note_pages import a_text

TELL, LIST, RECEPTION = "/signals/new/", "/signals/", "/signals/residents/"
FORM = "/tell/kruisveld/"
PHONE_NUMBER = "06 12345678"
PLACE = "Vogelbuurt"
LITTER = "Er ligt zwerfafval. "
SEND = "main form#signal > .buttons button"
OTHER, NAMED = "dennis", "orhan"  # of the police and of the shopkeepers; Samira is of youth work


def a_signal() -> str:
    """Return words about litter that no other signal holds."""
    return LITTER + a_text()


def open_tell(visitor: Visitor) -> Page:
    return visitor.open(TELL)


def write(page: Page, text: str, *, place: str = PLACE) -> None:
    page.locator("textarea[name=text]").fill(text)
    page.locator("#id_place").fill(place)


def send(page: Page) -> None:
    with page.expect_navigation():
        page.locator(SEND).click()


def unfold(page: Page) -> None:
    for summary in page.locator("main summary").all():
        summary.click()


def await_topics(page: Page) -> None:
    """Wait until the program of the page suggested what it is about."""
    page.locator("#id_place").focus()
    page.locator("#topics .choice").first.wait_for()


def open_map(page: Page) -> None:
    page.locator("[data-open]").click()
    page.locator("#point [data-drawn]").wait_for()


def open_unfolded_tell(visitor: Visitor) -> Page:
    page = open_tell(visitor)
    write(page, a_signal())
    await_topics(page)
    unfold(page)
    open_map(page)
    page.locator("[data-middle]").click()
    return page


def open_failed_tell(visitor: Visitor) -> Page:
    page = open_tell(visitor)
    write(page, f"Bel {PHONE_NUMBER}", place="Nergenshuizen")
    page.locator("input[name=when][value=day]").check()
    page.locator("input[name=on]").fill("2099-01-01")
    send(page)
    return page


def open_second_look(visitor: Visitor) -> Page:
    """Send before the program of the page could suggest anything."""
    page = open_tell(visitor)
    page.locator("textarea[name=text]").evaluate("(box, words) => { box.value = words }", a_signal())
    page.locator("#id_place").fill(PLACE)
    send(page)
    page.get_by_role("status").first.wait_for()
    return page


def tell(visitor: Visitor, text: str) -> Page:
    """Tell a signal, with the topics that are suggested."""
    page = open_tell(visitor)
    write(page, text)
    send(page)
    if page.url.endswith(TELL):
        send(page)
    page.wait_for_url("**/signals/*/")
    return page


def open_signal(visitor: Visitor, *, name: str = USERNAME) -> Page:
    be(visitor, OTHER)
    tell(visitor, a_signal())
    be(visitor, name)
    page = tell(visitor, a_signal())
    unfold(page)
    return page


def open_handled_signal(visitor: Visitor) -> Page:
    page = open_signal(visitor)
    with page.expect_navigation():
        page.locator("main form[action$='/handle/'] button").click()
    return page


def open_change(visitor: Visitor) -> Page:
    page = tell(visitor, a_signal())
    page.goto(page.locator("main a[href$='/change/']").get_attribute("href") or "")
    unfold(page)
    return page


def open_match(visitor: Visitor, *, name: str = USERNAME) -> Page:
    """Let the police know, or find that it knows already; others may know too."""
    page = open_signal(visitor, name=name)
    if page.locator("main form[action$='/let-know/']").count():
        with page.expect_navigation():
            page.locator("main form[action$='/let-know/'] button").click()
    own = matches_on(page)
    be(visitor, OTHER)
    (shared,) = own & matches_on(page)
    be(visitor, name)
    page.goto(shared)
    return page


def say_who(page: Page) -> None:
    """Let the organization of the reader be named, unless it is already."""
    if page.locator("main button[value=name]").count():
        with page.expect_navigation():
            page.locator("main button[value=name]").first.click()


def matches_on(page: Page) -> set[str]:
    page.goto(LIST)
    ways = page.locator("main a[href*='/matches/']")
    return {each.get_attribute("href") or "" for each in ways.all()}


def open_named_match(visitor: Visitor) -> Page:
    """Let both be named in a match of the police and shopkeepers; that of youth work stays as it is."""
    page = open_match(visitor, name=NAMED)
    address = page.url
    be(visitor, OTHER)
    page.goto(address)
    say_who(page)
    be(visitor, NAMED)
    page = visitor.open(address)
    say_who(page)
    return page


def open_begin_together(visitor: Visitor) -> Page:
    page = open_named_match(visitor)
    page.goto(page.locator("main a[href*='/of-match/']").get_attribute("href") or "")
    return page


def open_failed_begin_together(visitor: Visitor) -> Page:
    page = open_begin_together(visitor)
    page.locator("textarea[name=question]").fill(f"Bel {PHONE_NUMBER}")
    with page.expect_navigation():
        page.locator("main form.form .buttons button").last.click()
    return page


def open_signals(visitor: Visitor) -> Page:
    page = open_match(visitor)
    page.goto(LIST)
    unfold(page)
    return page


def open_reception(visitor: Visitor) -> Page:
    """Let the organization of Samira read what residents tell."""
    be(visitor, COORDINATOR)
    page = visitor.open(RECEPTION)
    page.locator("main select").select_option("jongerenwerk")
    with page.expect_navigation():
        page.locator("main form button").click()
    return page


def open_form(visitor: Visitor) -> Page:
    open_reception(visitor)
    visitor.context.clear_cookies()
    return visitor.open(FORM)


def open_failed_form(visitor: Visitor) -> Page:
    page = open_form(visitor)
    page.locator("textarea[name=text]").fill(f"Bel {PHONE_NUMBER}")
    with page.expect_navigation():
        page.locator("main form .buttons button").click()
    return page


def open_told(visitor: Visitor) -> Page:
    page = open_form(visitor)
    write(page, a_signal())
    with page.expect_navigation():
        page.locator("main form .buttons button").click()
    return page


PAGES = [
    open_tell,
    open_unfolded_tell,
    open_failed_tell,
    open_second_look,
    open_signal,
    open_handled_signal,
    open_change,
    open_signals,
    open_match,
    open_named_match,
    open_begin_together,
    open_failed_begin_together,
    open_reception,
    open_form,
    open_failed_form,
    open_told,
]

# SPDX-License-Identifier: EUPL-1.2
"""Somebody tells what they meet between two doors, and two partners find that they meet the same."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import signal_pages as pages
from tests.browser.conftest import DESKTOP, PHONE, USERNAME, Visitor, picture
from tests.browser.members_pages import be
from tests.browser.signal_pages import (
    FORM,
    LIST,
    OTHER,
    a_signal,
    await_topics,
    open_map,
    open_tell,
    send,
    unfold,
    write,
)

pytestmark = pytest.mark.needs_browser
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
SCRIPTS = pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
MOST_TOUCHES = 6  # besides the words themselves
CHOSEN = "Er is een punt op de kaart gekozen."
NONE = "Er is geen punt op de kaart gekozen."


def ticked(page: Page) -> list[str]:
    return page.locator("#topics label:has(:checked)").all_inner_texts()


def point_of(page: Page) -> tuple[str, str]:
    boxes = (page.locator(f"input[name={name}]") for name in ("longitude", "latitude"))
    longitude, latitude = (box.input_value() for box in boxes)
    return longitude, latitude


def told_in_list(visitor: Visitor, text: str) -> int:
    page = visitor.open(LIST)
    n = page.locator("main .lines > li").filter(has_text=text[:60]).count()
    page.close()
    return n


class TestTelling:
    @SIZES
    @SCRIPTS
    def test_takes_words_a_place_and_a_few_touches(self, visit, size, javascript):
        visitor, text = visit(size=size, javascript=javascript), a_signal()
        page = open_tell(visitor)
        n_touches = 2  # the two boxes

        write(page, text)
        if javascript:
            await_topics(page)
        send(page)
        n_touches += 1
        if page.url.endswith(pages.TELL):  # once more, to look at what it is about
            send(page)
            n_touches += 1

        expect(page.get_by_role("heading", name="Signaal", exact=True)).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text(text)
        expect(page.get_by_role("main")).to_contain_text("zwerfafval")
        assert n_touches <= MOST_TOUCHES
        assert told_in_list(visitor, text) >= 1

    def test_suggests_what_it_is_about_while_one_goes_on(self, visit):
        page = open_tell(visit(size=PHONE))
        expect(page.locator("#topics")).to_be_hidden()

        write(page, a_signal())
        await_topics(page)

        assert "zwerfafval" in ticked(page)

    def test_leaves_unticked_what_was_unticked(self, visit):
        page = open_tell(visit())
        write(page, a_signal())
        await_topics(page)
        page.get_by_label("zwerfafval", exact=True).uncheck()

        with page.expect_response("**/signals/topics/"):
            page.locator("textarea[name=text]").fill("Er ligt zwerfafval en er is geluidsoverlast")
            page.locator("#id_place").focus()
        page.locator("#topics label", has_text="geluid").first.wait_for()

        assert "zwerfafval" not in ticked(page)

    def test_looks_a_second_time_without_a_script(self, visit):
        page = open_tell(visit(size=PHONE, javascript=False))
        text = a_signal()

        write(page, text)
        send(page)

        expect(page.get_by_text("Gaat het hierover? Geef het dan door.")).to_be_visible()
        assert page.locator("textarea[name=text]").input_value() == text
        assert "zwerfafval" in ticked(page)
        picture(page, "signal-second-look")

    @SCRIPTS
    def test_says_what_to_mend_and_keeps_the_words(self, visit, javascript):
        page = open_tell(visit(size=PHONE, javascript=javascript))

        write(page, f"Bel Karel op {pages.PHONE_NUMBER}", place="bij de fontein")
        send(page)

        expect(page.get_by_role("alert")).to_contain_text("een telefoonnummer")
        expect(page.get_by_role("alert")).to_contain_text("Kies erbij in welke buurt het is")
        assert page.locator("textarea[name=text]").input_value().endswith(pages.PHONE_NUMBER)
        assert page.locator("#id_place").input_value() == "bij de fontein"
        expect(page.locator("select[name=area_id]")).to_be_visible()

    def test_asks_for_a_day_only_when_it_is_another(self, visit):
        page = open_tell(visit(size=PHONE))
        expect(page.locator("input[name=on]")).to_be_hidden()

        page.get_by_label("Een andere dag").check(force=True)

        expect(page.locator("input[name=on]")).to_be_visible()


class TestPoint:
    @SIZES
    def test_is_chosen_by_pressing_on_the_map(self, visit, size):
        page = open_tell(visit(size=size))
        write(page, a_signal(), place="naast de glasbak")
        unfold(page)
        expect(page.get_by_text(NONE)).to_be_visible()

        open_map(page)
        page.locator(".map__stage").click(position={"x": 120, "y": 120})

        expect(page.get_by_text(CHOSEN)).to_be_visible()
        assert all(re.fullmatch(r"\d+\.\d{5}", degrees) for degrees in point_of(page))
        assert page.locator(".map__pin").count() == 1
        picture(page, "signal-point")

    def test_is_chosen_with_the_keyboard_and_taken_away(self, visit):
        page = open_tell(visit())
        unfold(page)
        open_map(page)

        page.locator("[data-middle]").press("Enter")
        chosen = point_of(page)
        page.locator("[data-drop]").press("Enter")

        assert all(chosen)
        assert point_of(page) == ("", "")
        expect(page.get_by_text(NONE)).to_be_visible()
        assert page.locator(".map__pin").count() == 0

    def test_comes_along_when_it_is_told(self, visit):
        page = open_tell(visit())
        write(page, a_signal(), place="naast de glasbak")
        await_topics(page)
        unfold(page)
        open_map(page)
        page.locator("[data-middle]").click()

        send(page)

        expect(page.get_by_role("main")).to_contain_text("naast de glasbak")

    def test_is_not_offered_without_a_script(self, visit):
        page = open_tell(visit(javascript=False))
        unfold(page)

        expect(page.locator("#point")).to_be_hidden()
        expect(page.locator("select[name=area_id]")).to_be_visible()

    def test_fetches_no_map_before_somebody_asks_for_it(self, visit):
        visitor = visit(size=PHONE)
        asked: list[str] = []
        visitor.context.on("request", lambda request: asked.append(request.url))

        page = open_tell(visitor)
        write(page, a_signal())
        await_topics(page)

        assert [url for url in asked if "maplibre" in url or "map.js" in url] == []


class TestTwoPartners:
    @SIZES
    def test_hear_that_they_meet_the_same_and_no_word_of_it(self, visit, size):
        visitor, mine, theirs = visit(size=size), a_signal(), a_signal()
        be(visitor, OTHER)
        pages.tell(visitor, theirs)
        be(visitor, USERNAME)

        page = pages.tell(visitor, mine)
        expect(page.get_by_role("main")).to_contain_text("andere partner")
        expect(page.get_by_role("main")).not_to_contain_text("Politie")
        match = pages.open_match(visitor)
        heard = match.get_by_role("main").inner_text()
        be(visitor, OTHER)
        other = visitor.open(match.url)

        assert mine not in other.content()
        assert theirs not in heard
        expect(other.get_by_role("main")).to_contain_text(
            "Een andere partner komt hetzelfde tegen als jullie."
        )
        picture(other, "signal-match")

    def test_are_named_when_they_say_so(self, visit):
        visitor = visit()
        match = pages.open_match(visitor)
        be(visitor, OTHER)
        page = visitor.open(match.url)

        page.get_by_role("button", name="Zeg dat wij het zijn").click()
        expect(page.get_by_text("De ander hoort dat jullie het zijn.")).to_be_visible()
        be(visitor, USERNAME)
        mine = visitor.open(match.url)

        expect(mine.get_by_role("main")).to_contain_text("Politie Rijnveste komt hetzelfde tegen als jullie")


class TestResidents:
    @SIZES
    @SCRIPTS
    def test_tell_it_without_an_account(self, visit, size, javascript):
        visitor, text = visit(size=size, javascript=javascript), a_signal()
        page = pages.open_form(visitor)

        write(page, text)
        page.wait_for_timeout(3100)  # a machine is quicker than that
        page.get_by_role("button", name="Geef dit door").click()

        expect(page.get_by_role("heading", name="Dank je wel")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text("Je krijgt geen antwoord")
        be(visitor, USERNAME)
        assert told_in_list(visitor, text) == 1
        be(visitor, OTHER)
        assert told_in_list(visitor, text) == 0

    def test_read_it_in_their_own_language(self, visit):
        visitor = visit(language="en")
        pages.open_form(visitor)

        expect(visitor.open(FORM).get_by_role("heading", level=1)).to_contain_text("Tell what you meet")

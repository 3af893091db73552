# SPDX-License-Identifier: EUPL-1.2
"""Sharing a card and breaking the glass as people do it: on a phone and a desk, with a script and without."""

from __future__ import annotations

import pytest

from tests.browser import sharing_pages as pages
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.members_pages import COORDINATOR, log_in_to

pytestmark = pytest.mark.needs_browser
LOOKS = pytest.mark.parametrize(
    ("size", "javascript"), [(PHONE, False), (DESKTOP, True)], ids=["phone without a script", "desktop"]
)


@LOOKS
class TestSharing:
    def test_shows_a_hidden_card_to_whom_it_is_shared_with_until_it_stops(self, visit, size, javascript):
        wilma, samira = (visit(size=size, javascript=javascript) for _ in range(2))
        page = log_in_to(wilma, "wilma", "/my/card/who/")
        page.locator("input[name=level][value=hidden]").check()
        pages.press_first(page)

        before = samira.open("/people/wilma/")
        assert before.locator("h1").inner_text() != "Wilma"
        pages.share(wilma, audience="person:samira", name="Samira")
        seen = samira.open("/people/wilma/").locator("main").inner_text()
        listed = samira.open("/my/card/sharing/").locator("main").inner_text()
        page = wilma.open("/my/card/sharing/")
        stop = page.locator("main .lines form button")
        with page.expect_navigation():
            stop.first.click()
        after = samira.open("/people/wilma/").locator("main").inner_text()

        assert "deelt deze kaart met jou" in seen
        assert pages.WHY in seen
        assert pages.WHY in listed
        assert pages.WHY not in after

    def test_says_what_is_missing_and_keeps_what_was_written(self, visit, size, javascript):
        page = pages.open_failed_share(visit(size=size, javascript=javascript))

        assert page.locator("textarea[name=reason]").input_value() == "Bel 06 12345678"
        assert page.locator("[role=alert] li").count() >= 2


@LOOKS
class TestEmergency:
    def test_opens_a_card_and_leaves_it_to_be_judged(self, visit, size, javascript):
        name = "Said Tamsamani" if javascript else "Sytse Kruithof"
        samira = visit(size=size, javascript=javascript)
        start = samira.open("/")
        with start.expect_navigation():
            start.get_by_role(
                "link", name="Moet je in een noodsituatie iemand bereiken die je hier niet vindt?"
            ).click()
        card = pages.break_glass(samira, name=name).locator("main").inner_text()
        coordinator = visit(size=size, javascript=javascript)
        page = log_in_to(coordinator, COORDINATOR, "/")
        with page.expect_navigation():
            page.locator("main a[href$='/reviews/']").click()
        n_waiting = page.locator("main .lines > li").count()
        page.goto(page.locator("main .lines a.utrecht-button").last.get_attribute("href") or "")
        page.locator("input[name=verdict][value=not_justified]").check()
        page.locator("textarea[name=words]").fill("De politie had de sleutel ook.")
        pages.press_first(page)
        left = page.locator("main .lines > li").count()
        closed = samira.open("/my/card/sharing/").locator("main").inner_text()

        assert name in card
        assert "Je opende deze kaart in een noodsituatie." in card
        assert left == n_waiting - 1
        assert name not in closed

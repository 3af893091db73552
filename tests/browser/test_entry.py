# SPDX-License-Identifier: EUPL-1.2
"""A note in half a minute on a phone: with a connection, without one, with a script and without."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import members_pages
from tests.browser import note_pages as pages
from tests.browser.conftest import ARGUMENTS, PHONE, USERNAME, Visitor, picture, wait_until
from tests.browser.measures import LEAST_TARGET, SMALL_TARGETS, STICKING_OUT
from tests.browser.note_pages import a_text, open_installed, open_write, write, write_offline

pytestmark = pytest.mark.needs_browser

FIELDS = "#note :is(input, textarea, select):not([type=hidden])"
MOST_FIELDS = 6
PRESSES = ["Tab", "Enter", "Tab", "Tab", "Tab", "Enter"]  # besides the words themselves
WAITING = "() => scharnierOutbox.fact('account').then(scharnierOutbox.waitingFor).then(all => all.length)"
NOTHING_WAITS = f"() => ({WAITING})().then(n => n === 0)"
CACHED = """async () => {
  const found = []
  for (const name of await caches.keys()) {
    for (const asked of await (await caches.open(name)).keys()) found.push(new URL(asked.url).pathname)
  }
  return found
}"""
ONLINE = "() => window.dispatchEvent(new Event('online'))"
KEEP = """text => scharnierOutbox.fact('account').then(account => scharnierOutbox.keep({
  key: crypto.randomUUID(), account, fields: {text}, writtenAt: Date.now()}))"""
SENDS = 'button[formaction$="/throw-away/"]'  # one in each line of the list


def n_kept(visitor: Visitor, text: str) -> int:
    """Return how often a text stands in the list, as the site has it."""
    page = visitor.open("/notes/")
    found = page.locator("main .lines > li").filter(has_text=text, has=page.locator(SENDS)).count()
    page.close()
    return found


def n_waiting(page: Page) -> int:
    return int(page.evaluate(WAITING))


def expect_sent(page: Page) -> None:
    wait_until(page, NOTHING_WAITS)
    expect(page.locator("#outbox")).to_be_hidden()


class TestNote:
    @pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
    def test_is_kept_and_waits_in_the_list(self, visit, javascript):
        visitor, text = visit(size=PHONE, javascript=javascript), a_text()
        page = open_write(visitor)

        write(page, text)

        expect(page.get_by_text("Genoteerd. Alleen jij ziet het.")).to_be_visible()
        expect(page.get_by_role("textbox", name="Wat is er aan de hand?")).to_have_value("")
        assert n_kept(visitor, text) == 1

    def test_has_few_fields_of_which_one_is_needed(self, visit):
        page = open_write(visit(size=PHONE))

        fields = page.locator(FIELDS)

        assert 1 < fields.count() <= MOST_FIELDS
        assert [
            each.get_attribute("name") for each in fields.all() if each.get_attribute("aria-required")
        ] == ["text"]

    def test_takes_two_taps_and_the_words_without_scrolling(self, visit):
        page, text = open_write(visit(size=PHONE)), a_text()
        box, button = page.locator("textarea[name=text]"), page.get_by_role("button", name="Noteer dit")
        seen = [each.evaluate("each => each.getBoundingClientRect().bottom") for each in (box, button)]

        box.tap() if page.evaluate("() => 'ontouchstart' in window") else box.click()
        page.keyboard.type(text)
        button.click()

        expect(page.get_by_text("Genoteerd.")).to_be_visible()
        assert max(seen) <= PHONE[1]

    def test_takes_six_presses_and_the_words_on_a_keyboard(self, visit):
        visitor, text = visit(), a_text()
        page = open_write(visitor)

        for press in PRESSES[:3]:
            page.keyboard.press(press)
        page.keyboard.type(text)
        for press in PRESSES[3:]:
            page.keyboard.press(press)

        expect(page.get_by_text("Genoteerd.")).to_be_visible()
        assert n_kept(visitor, text) == 1

    def test_takes_everything_beside_the_text_from_behind_one_line(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        page = open_write(visitor)

        page.get_by_text("Voeg toe: waar, wie of wanneer").click()
        page.get_by_label("Waar?").fill("Noord")
        page.get_by_label("Waarover gaat het?").select_option(label="Een probleem")
        page.get_by_label("Wie kan dit oppakken?").fill("de gemeente")
        picture(page, "note-all-fields")
        write(page, text)
        expect(page.get_by_text("Genoteerd.")).to_be_visible()
        page.goto("/notes/")

        line = page.locator("main .lines > li").filter(has_text=text)
        expect(line).to_contain_text("Waar: Noord. Een probleem. Wie het kan oppakken: de gemeente.")

    def test_says_what_to_write_when_nothing_is_written(self, visit):
        page = open_write(visit())

        write(page, "  ")

        expect(page.get_by_role("alert")).to_contain_text("Schrijf in een paar woorden")
        expect(page.locator("textarea[name=text]")).to_be_focused()

    def test_leads_to_who_can_take_it(self, visit):
        visitor, text = visit(size=PHONE, javascript=False), a_text()
        write(open_write(visitor), text)
        page = visitor.open("/notes/")

        line = page.locator("main .lines > li").filter(has_text=text)
        with page.expect_navigation():
            line.get_by_role("button", name="Zoek wie dit kan oppakken").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Je vraag")
        expect(page.get_by_role("blockquote")).to_contain_text(text)
        assert text not in page.url

    def test_is_thrown_away_and_taken_back(self, visit):
        visitor, text = visit(size=PHONE, javascript=False), a_text()
        write(open_write(visitor), text)
        page = visitor.open("/notes/")
        line = page.locator("main .lines > li").filter(has_text=text)

        line.get_by_role("button", name="Gooi weg").click()
        n_after = n_kept(visitor, text)
        line.get_by_role("button", name="Haal terug").click()

        expect(page.get_by_text("Deze staat weer in je lijst.")).to_be_visible()
        assert (n_after, n_kept(visitor, text)) == (0, 1)


class TestOffline:
    def test_waits_on_the_phone_and_goes_once_when_there_is_a_connection(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        page = write_offline(visitor, text)

        expect(page.locator("#said")).to_contain_text("Bewaard op deze telefoon.")
        expect(page.locator("#outbox")).to_contain_text("Er wacht 1 aantekening op deze telefoon.")
        expect(page.locator("#outbox")).to_contain_text("Versturen gaat vanzelf zodra je verbinding hebt.")
        picture(page, "note-waits")
        visitor.context.set_offline(False)

        expect_sent(page)
        assert n_kept(visitor, text) == 1

    def test_opens_without_a_connection_and_shows_what_waits(self, visit):
        visitor, first, second = visit(size=PHONE), a_text(), a_text()
        page = write_offline(visitor, first)

        page.goto("/note/")
        expect(page.get_by_text("Er is nu geen verbinding.")).to_be_visible()
        write(page, second)
        expect(page.locator("#outbox")).to_contain_text("Er wachten 2 aantekeningen op deze telefoon.")
        picture(page, "note-offline")
        visitor.context.set_offline(False)

        expect_sent(page)
        assert [n_kept(visitor, text) for text in (first, second)] == [1, 1]

    def test_looks_like_itself_without_a_connection(self, visit):
        visitor = visit(size=PHONE)
        page = open_installed(visitor)
        visitor.context.set_offline(True)

        page.goto("/note/")

        assert page.evaluate("() => getComputedStyle(document.body).fontSize") == "18px"
        assert page.evaluate(
            "() => document.fonts.ready.then(() => document.fonts.check('1em Atkinson Hyperlegible'))"
        )

    def test_goes_from_any_page_after_the_page_was_closed(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        write_offline(visitor, text).close()
        visitor.context.set_offline(False)

        page = visitor.open("/my/card/")
        wait_until(page, "() => navigator.serviceWorker.controller")
        page.goto("/note/")

        expect_sent(page)
        assert n_kept(visitor, text) == 1

    def test_goes_with_any_page_that_opens(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        page = open_installed(visitor)
        page.evaluate(KEEP, text)

        visitor.open("/my/card/")

        wait_until(page, NOTHING_WAITS)
        assert n_kept(visitor, text) == 1

    def test_goes_without_any_page_when_the_browser_says_so(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        page = open_installed(visitor)
        page.evaluate(KEEP, text)
        asked = visitor.context.new_cdp_session(page)
        found: list[str] = []
        asked.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: found.extend(each["registrationId"] for each in told["registrations"]),
        )
        asked.send("ServiceWorker.enable")
        pages.wait_until_heard(page, found)

        asked.send(
            "ServiceWorker.dispatchSyncEvent",
            {
                "origin": visitor.address,
                "registrationId": found[0],
                "tag": "notes",
                "lastChance": False,
            },
        )

        wait_until(page, NOTHING_WAITS)
        assert n_kept(visitor, text) == 1

    def test_is_kept_once_when_the_answer_was_lost(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        page = open_installed(visitor)
        lost = []

        def lose(route: Route) -> None:
            if route.request.method != "POST" or lost:
                route.fallback()
                return
            lost.append(route.fetch().status)
            route.abort()

        visitor.context.route("**/note/", lose)
        write(page, text)
        wait_until(page, "() => document.querySelector('#said .utrecht-alert')")
        page.evaluate(ONLINE)

        expect_sent(page)
        assert lost == [201]
        assert n_kept(visitor, text) == 1

    def test_is_kept_once_when_two_pages_send_at_the_same_moment(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        one = write_offline(visitor, text)
        other = visitor.open("/note/")
        visitor.context.set_offline(False)

        for page in (one, other):
            page.evaluate(ONLINE)

        for page in (one, other):
            expect_sent(page)
        assert n_kept(visitor, text) == 1

    def test_can_be_read_thrown_away_and_put_back_on_the_phone(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        page = write_offline(visitor, text)

        page.locator("#outbox").get_by_role("button", name="Gooi weg").click()
        expect(page.locator("#outbox")).to_be_hidden()
        n_left = n_waiting(page)
        page.get_by_role("button", name="Maak ongedaan").click()
        expect(page.locator("#outbox")).to_contain_text(text)
        page.locator("#outbox").get_by_role("button", name="Gooi weg").click()
        expect(page.get_by_role("button", name="Maak ongedaan")).to_be_focused()
        visitor.context.set_offline(False)

        assert (n_left, n_kept(visitor, text)) == (0, 0)

    def test_keeps_nothing_of_anybody_but_what_they_wrote(self, visit):
        visitor = visit(size=PHONE)
        page = open_installed(visitor)
        for address in ("/", "/my/card/", "/people/samira/", "/notes/", "/note/"):
            page.goto(address)
        wait_until(page, pages.IS_READY)

        cached = set(page.evaluate(CACHED))

        assert {address for address in cached if not address.startswith("/static/")} == {"/note/offline/"}
        assert (
            "samira"
            not in page.evaluate("() => caches.match('/note/offline/').then(kept => kept.text())").lower()
        )

    def test_forgets_what_nobody_came_back_for_in_sixty_days(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        page = write_offline(visitor, text)

        before, after = (
            page.evaluate(
                """async days => {
                  await scharnierOutbox.clearUp(Date.now() + days * 24 * 3600 * 1000)
                  return (await scharnierOutbox.waitingFor(await scharnierOutbox.fact('account'))).length
                }""",
                days,
            )
            for days in (59, 61)
        )

        assert (before, after) == (1, 0)


class TestRefused:
    def test_stands_in_the_form_with_the_reason_and_goes_once_it_is_mended(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        page = open_write(visitor)

        write(page, f"{text}, bel {pages.PHONE_NUMBER}")

        expect(page.get_by_role("alert")).to_contain_text("telefoonnummer")
        expect(page.locator("textarea[name=text]")).to_have_value(f"{text}, bel {pages.PHONE_NUMBER}")
        picture(page, "note-refused")
        write(page, text)
        expect_sent(page)
        assert n_kept(visitor, text) == 1

    def test_waits_with_the_reason_when_it_was_written_offline(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        page = write_offline(visitor, f"{text}, bel {pages.PHONE_NUMBER}")

        visitor.context.set_offline(False)
        expect(page.locator("#outbox .outbox__refusal")).to_contain_text("telefoonnummer")
        expect(page.locator("#outbox")).to_contain_text("Pas de tekst aan, dan versturen we hem alsnog.")
        page.locator("#outbox").get_by_role("button", name="Verbeter").click()
        expect(page.locator("textarea[name=text]")).to_be_focused()
        write(page, text)

        expect_sent(page)
        assert n_kept(visitor, text) == 1

    def test_does_not_keep_others_from_going(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        page = write_offline(visitor, f"Bel {pages.PHONE_NUMBER}")
        write(page, text)
        expect(page.locator("#outbox li")).to_have_count(2)

        visitor.context.set_offline(False)

        expect(page.locator("#outbox li")).to_have_count(1)
        assert n_kept(visitor, text) == 1


class TestAccounts:
    def test_an_ended_session_keeps_the_note_until_one_logs_in(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        page = open_installed(visitor)
        visitor.context.clear_cookies()

        write(page, text)

        expect(page.locator("#outbox")).to_contain_text("Log in om te versturen; er raakt niets kwijt.")
        picture(page, "note-log-in")
        page.get_by_role("link", name="Log in om te versturen").click()
        page.locator("main input[name=username]").fill(USERNAME)
        page.locator("main input[name=password]").fill("kruisveld")
        page.get_by_role("main").get_by_role("button", name="Inloggen").click()
        expect(page).to_have_url(re.compile("/note/$"))
        expect_sent(page)
        assert n_kept(visitor, text) == 1

    def test_another_on_the_same_phone_neither_sees_nor_sends_it(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        write_offline(visitor, text).close()
        visitor.context.clear_cookies()
        visitor.context.set_offline(False)

        page = members_pages.log_in(visitor, "wilma")
        page.goto("/note/")
        wait_until(page, pages.IS_READY)
        n_of_wilma = n_waiting(page)
        said = page.locator("main").inner_text()
        n_sent = n_kept(visitor, text)
        page.close()
        members_pages.log_in(visitor, USERNAME).goto("/note/")

        assert (n_of_wilma, n_sent) == (0, 0)
        assert text not in said
        expect_sent(open_write(visitor))
        assert n_kept(visitor, text) == 1

    def test_another_does_not_see_it_without_a_connection_either(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        write_offline(visitor, text).close()
        visitor.context.clear_cookies()
        visitor.context.set_offline(False)
        page = members_pages.log_in(visitor, "wilma")
        page.goto("/my/card/")
        wait_until(page, "() => navigator.serviceWorker.controller")
        page.goto("/note/")
        wait_until(page, pages.IS_READY)
        visitor.context.set_offline(True)

        page.goto("/note/")

        expect(page.get_by_text("Er is nu geen verbinding.")).to_be_visible()
        assert text not in page.locator("main").inner_text()
        assert n_waiting(page) == 0

    def test_logging_out_warns_of_what_waits_and_then_forgets_the_shell(self, visit):
        visitor = visit(size=PHONE)
        members_pages.log_in(visitor, USERNAME).close()  # a session of its own to end
        page = open_installed(visitor)
        write(page, f"Bel {pages.PHONE_NUMBER}")
        expect(page.get_by_role("alert")).to_contain_text("telefoonnummer")

        _log_out(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Voordat je uitlogt")
        expect(page.locator("#outbox")).to_contain_text("Er wacht 1 aantekening op deze telefoon.")
        picture(page, "note-leaving")
        page.get_by_role("button", name="Toch uitloggen").click()
        expect(page).to_have_url(re.compile("/login/"))
        cached = page.evaluate(CACHED)
        page.close()
        again = members_pages.log_in(visitor, USERNAME)
        again.goto("/note/")

        assert cached == []
        expect(again.locator("#outbox li")).to_have_count(1)

    def test_logging_out_with_nothing_waiting_just_logs_out(self, visit):
        visitor = visit(size=PHONE)
        members_pages.log_in(visitor, USERNAME).close()
        page = open_installed(visitor)

        _log_out(page)

        expect(page).to_have_url(re.compile("/login/"))
        assert page.evaluate(CACHED) == []

    def test_logging_out_sends_what_waits_first(self, visit):
        visitor, text = visit(size=PHONE), a_text()
        members_pages.log_in(visitor, USERNAME).close()
        page = open_installed(visitor)
        page.evaluate(KEEP, text)

        _log_out(page)
        expect(page).to_have_url(re.compile("/login/"))
        page.close()
        members_pages.log_in(visitor, USERNAME).close()

        assert n_kept(visitor, text) == 1


def _log_out(page: Page) -> None:
    page.locator("nav.menu summary").click()
    page.get_by_role("button", name="Uitloggen").click()


class TestInstalling:
    @pytest.fixture
    def ask(
        self, browser: Browser, address: str, session: Path, tmp_path: Path, chromium: str
    ) -> Iterator[Callable[[str], dict[str, Any]]]:
        """Ask a browser with a profile of its own: one without can install nothing."""
        context = browser.browser_type.launch_persistent_context(
            tmp_path, executable_path=chromium, args=ARGUMENTS, base_url=address, locale="nl"
        )
        context.add_cookies(json.loads(session.read_text(encoding="utf-8"))["cookies"])
        page = open_installed(Visitor(context=context, address=address))
        yield context.new_cdp_session(page).send
        context.close()

    def test_has_a_manifest_that_a_browser_takes(self, ask):
        told = ask("Page.getAppManifest")

        assert told["errors"] == []
        assert json.loads(told["data"])["start_url"] == "/note/"

    def test_can_be_installed(self, ask):
        assert ask("Page.getInstallabilityErrors") == {"installabilityErrors": []}


@pytest.mark.parametrize("open_page", [*pages.PAGES, lambda visitor: write_offline(visitor, a_text())])
class TestOnAPhone:
    def test_gives_axe_nothing_to_say_and_fits(self, visit, open_page):
        page = open_page(visit(size=PHONE))

        results = Axe().run(page)

        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate(STICKING_OUT) == []
        assert page.evaluate(SMALL_TARGETS, LEAST_TARGET) == []

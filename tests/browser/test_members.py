# SPDX-License-Identifier: EUPL-1.2
"""A coordinator invites somebody, who comes in by the link in the mail; anyone asks at the open door."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor, Visits, picture
from tests.browser.measures import STICKING_OUT, ask_axe
from tests.browser.members_pages import COORDINATOR, log_in_to

pytestmark = pytest.mark.needs_browser
MAIL = 'SELECT text FROM mail_message WHERE "to" = ? ORDER BY queued_at DESC LIMIT 1'
NEW_PASSWORD = "een lange zin die niemand raadt"  # noqa: S105  of somebody this test invents
ReadMail = Callable[[str], str]


@pytest.fixture
def read_link(address: str, tmp_path_factory: pytest.TempPathFactory) -> ReadMail:
    """Return the path of the link in the last mail to an address, from the demo's own database."""
    (file,) = tmp_path_factory.getbasetemp().glob("demo[0-9]*/scharnier.sqlite3")

    def _read(to: str) -> str:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
            (text,) = database.execute(MAIL, [to]).fetchone()
        found = re.search(rf"{re.escape(address)}(/\S+)", text)
        assert found is not None
        return found[1]

    return _read


def check(page: Page, name: str) -> None:
    """Hold a page to what every page keeps: nothing for axe, nothing that sticks out of a phone."""
    picture(page, name)
    results = ask_axe(page)
    assert results.violations_count == 0, results.generate_report()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert page.evaluate(STICKING_OUT) == []


def invite(visitor: Visitor, email: str) -> Page:
    page = log_in_to(visitor, COORDINATOR, "/members/")
    page.get_by_role("link", name="Nodig iemand uit").click()
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Rol", exact=True).select_option("professional")
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    page.get_by_role("heading", name="Uitnodigingen").wait_for()
    return page


def newcomer(visit: Visits, **facts: object) -> Visitor:
    """Somebody whose browser knows nothing of this site."""
    visitor = visit(**facts)
    visitor.context.clear_cookies()
    return visitor


@pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])
class TestInvitation:
    def test_lets_somebody_in_who_then_asks(
        self, visit: Visits, read_link: ReadMail, javascript: bool
    ) -> None:
        email = f"noor-{int(javascript)}@example.org"
        invite(visit(javascript=javascript), email)
        page = newcomer(visit, javascript=javascript, size=PHONE).open(read_link(email))
        expect(page.get_by_role("heading", name="Je bent uitgenodigd")).to_be_visible()

        page.get_by_label("Je naam").fill("Noor de Wit")
        page.get_by_label("Kies een wachtwoord").fill(NEW_PASSWORD)
        page.get_by_role("button", name="Maak een account en doe mee").click()

        expect(page.get_by_role("heading", name="Wat is er aan de hand?")).to_be_visible()
        page.locator(".menu summary").click()
        page.locator(".menu").get_by_role("link", name="Mijn kaart", exact=True).click()
        expect(page.get_by_text("Niemand kan je vinden")).to_be_visible()


class TestInvitationPage:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_reads_well(self, visit: Visits, read_link: ReadMail, language: str) -> None:
        email = f"lezer-{language}@example.org"
        invite(visit(), email)
        visitor = newcomer(visit, language=language, size=PHONE)

        page = visitor.open(read_link(email))

        check(page, f"invitation-{language}")

    def test_says_why_it_does_not_work_any_more(self, visit: Visits, read_link: ReadMail) -> None:
        email = "weg@example.org"
        coordinator = invite(visit(), email)
        coordinator.get_by_role("button", name=f"Trek in voor {email}").click()

        page = newcomer(visit, size=PHONE).open(read_link(email))

        expect(page.get_by_text("ingetrokken")).to_be_visible()
        check(page, "invitation-withdrawn")


class TestDoor:
    def test_lets_anyone_ask_and_the_coordinator_answer(self, visit: Visits, read_link: ReadMail) -> None:
        coordinator = log_in_to(visit(), COORDINATOR, "/members/requests/")
        opener = coordinator.get_by_role("button", name="Open de pagina")
        if opener.count():
            opener.click()
        path = "/" + (coordinator.locator(".aside a").get_attribute("href") or "").split("/", 3)[3]
        asking = newcomer(visit, size=PHONE).open(path)
        check(asking, "join")
        asking.get_by_label("Je naam").fill("Bas de Boer")
        asking.get_by_label("Je e-mailadres").fill("bas@example.org")
        asking.get_by_label("Waarom wil je meedoen?").fill("Ik wil de speeltuin opknappen.")
        asking.wait_for_timeout(3100)  # nobody fills this in faster, and the form knows
        asking.get_by_role("button", name="Vraag of je mee mag doen").click()
        expect(asking.get_by_role("heading", name="Dank je wel")).to_be_visible()

        coordinator.goto("/members/requests/")
        check(coordinator, "requests")
        coordinator.get_by_role("button", name="Nodig Bas de Boer uit").click()

        expect(coordinator.get_by_text("Er is een uitnodiging onderweg.")).to_be_visible()
        assert read_link("bas@example.org").startswith("/invitations/")


class TestPasskey:
    def test_is_added_and_used_instead_of_a_password(self, visit: Visits) -> None:
        at_home = replace(visit, address=visit.address.replace("127.0.0.1", "localhost"), visitors=[])
        visitor = at_home()  # a passkey belongs to a name, never to a number
        page = log_in_to(visitor, "karel", "/my/account/second-step/keys/add/")
        keys = visitor.context.new_cdp_session(page)
        keys.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        page.get_by_label("Wachtwoord").fill("kruisveld")
        page.get_by_role("button", name="Ga verder").click()
        page.get_by_label("in plaats van mijn wachtwoord").check()
        page.get_by_role("button", name="Toevoegen").click()
        page.get_by_role("heading", name="Reservecodes").wait_for()
        page.locator(".menu summary").click()
        page.get_by_role("button", name="Uitloggen").click()

        page.get_by_role("button", name="Gebruik een passkey").click()

        expect(page.get_by_role("heading", name="Wat is er aan de hand?")).to_be_visible()
        at_home.end()

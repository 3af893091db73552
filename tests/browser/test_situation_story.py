# SPDX-License-Identifier: EUPL-1.2
"""Three partners run into the same thing, and nobody ever reads another's words.

Samira, Dennis and Orhan each tell what they meet at De Loods. At night the scan finds it. Samira takes it up,
the coordinator asks the three, and they join; they plan, act, meet, look back and close. Every answer that
anybody got is searched for what the others told.
"""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.browser.conftest import PASSWORD, PATIENCE_MS, PHONE, BegunDemo, picture, serve_demo

pytestmark = pytest.mark.needs_browser
PLACE = "Jongerencentrum De Loods"
NIGHT = "2026-11-02"  # the day after that of the example
ROOT = Path(__file__).parents[2]
TIMES = 4
WORDS = {  # what each tells, and the word by which its text would be known
    "samira": ("De jongens slapen in de zwarte bestelbus achter ons, melding {n}.", "bestelbus"),
    "dennis": ("Opnieuw koperdieven op het dak gezien, melding {n}.", "koperdieven"),
    "orhan": ("Ruiten van de fietsenmaker ingegooid, melding {n}.", "fietsenmaker"),
}
GOAL = "Voor de lente is het rond De Loods rustig."
ACTION = "Een camera bij de achterdeur hangen"
DECISION = "De verlichting gaat eerder aan."
LESSON = "Vroeg samen kijken scheelt werk."
DENNIS = "Dennis Kolkman (Politie Rijnveste)"
ELSEWHERE = ("/", "/work/", "/signals/", "/situations/", "/situations/found/", "/network/map/signals/")


PARTS = ("", "work/", "meetings/", "figures/", "rooms/", "closing/")


@dataclass(kw_only=True)
class Partner:
    """Somebody at a phone, and all that the site ever answered."""

    name: str
    page: Page
    heard: list[str] = field(default_factory=list)
    coming: list[Response] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("response", self.keep)

    def keep(self, answer: Response) -> None:
        self.coming.append(answer)

    def hear(self) -> None:
        """Keep what was answered since, before the page is left."""
        self.page.wait_for_load_state()
        coming, self.coming[:] = list(self.coming), []
        for answer in coming:
            kind = answer.headers.get("content-type", "")
            is_redirect = 300 <= answer.status < 400  # it has no words
            if (
                "/static/" not in answer.url
                and not is_redirect
                and kind.startswith(("text/", "application/json"))
            ):
                self.heard.append(answer.text())

    def go(self, path: str) -> None:
        self.page.goto(path)
        self.hear()

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name=name).first.click()
        self.hear()

    def follow(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("link", name=name).first.click()
        self.hear()

    def says(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The three at one demo, and what happens there at night."""

    address: str
    folder: Path
    samira: Partner
    dennis: Partner
    orhan: Partner
    anneke: Partner  # the coordinator

    @property
    def all(self) -> tuple[Partner, ...]:
        return (self.samira, self.dennis, self.orhan)

    def let_a_night_pass(self) -> None:
        """Do what the worker does when the day is over."""
        chore = "from scharnier.apps.situations import tasks; tasks.scan_network.call('kruisveld')"
        settings = {
            "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
            "SCHARNIER_FOLDER": str(self.folder),
            "SCHARNIER_DATABASE_URL": f"sqlite:///{self.folder / 'scharnier.sqlite3'}",
            "SCHARNIER_SECRET_KEY_FILE": str(self.folder / "secret_key"),
            "SCHARNIER_ADDRESS": self.address,
            "SCHARNIER_HOSTS": "127.0.0.1",
            "SCHARNIER_DEMO": "yes",
            "SCHARNIER_DAY": NIGHT,
        }
        words = [sys.executable, str(ROOT / "manage.py"), "shell", "--no-imports", "-c", chore]
        subprocess.run(words, env={**os.environ, **settings}, check=True, cwd=ROOT)  # noqa: S603  # our own words

    def letters(self) -> list[str]:
        with closing(sqlite3.connect(f"file:{self.folder / 'scharnier.sqlite3'}?mode=ro", uri=True)) as base:
            return [" ".join(map(str, row)) for row in base.execute("SELECT * FROM mail_message")]


def log_in(browser: Browser, address: str, name: str) -> Partner:
    context = browser.new_context(
        base_url=address,
        viewport={"width": PHONE[0], "height": PHONE[1]},
        locale="nl",
        java_script_enabled=False,  # so that every answer is a page, and none is missed
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto("/login/")
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()
    page.wait_for_url(re.compile("/(work/)?$"))
    partner = Partner(name=name, page=page)
    partner.listen()
    return partner


@pytest.fixture(scope="module")
def story(browser: Browser, begun_demo: BegunDemo) -> Iterator[Story]:
    folder = begun_demo("situation")
    with serve_demo(folder) as address:
        people = {name: log_in(browser, address, name) for name in (*WORDS, "anneke")}
        yield Story(address=address, folder=folder, **people)


def tell(partner: Partner) -> None:
    """Tell what one meets, as often as one met it."""
    sentence, _ = WORDS[partner.name]
    for number in range(TIMES):
        partner.go("/signals/new/")
        partner.page.locator("textarea[name=text]").fill(sentence.format(n=number + 1))
        partner.page.locator("#id_place").fill(PLACE)
        partner.press("Geef dit door")
        if partner.page.url.endswith("/signals/new/"):  # a second look at what it is about
            partner.press("Geef dit door")
        partner.says(sentence.format(n=number + 1))


def take_up(story: Story) -> str:
    """Let Samira see what was found, without a name of the others' words, and bring the partners together."""
    samira = story.samira
    samira.go("/situations/found/")
    found = samira.page.locator("main section", has_text="Weverijkade").or_(
        samira.page.locator("main section", has_text="Nieuw-Kruisveld")
    )
    expect(found).to_have_count(1)
    expect(found).to_contain_text("Politie Rijnveste")
    picture(samira.page, "situation-found")
    action = found.locator("form[action$='/propose/']").get_attribute("action") or ""
    with samira.page.expect_navigation():
        found.get_by_role("button", name="Pak dit samen op").click()
    samira.hear()
    return action.replace("/found/", "/").replace("propose/", "")


def form_a_coalition(story: Story, where: str) -> None:
    """Let the two who were asked join, and who took it up begin; the coordinator looks on from outside."""
    story.anneke.go(where)
    for partner in (story.dennis, story.orhan):
        partner.go("/situations/")
        with partner.page.expect_navigation():
            partner.page.locator(f"main a[href^='{where}invitations/']").first.click()
        partner.hear()
        partner.press("Ja, we doen mee")
    step(story.samira, where, "accept")


def plan_and_act(story: Story, where: str) -> None:
    samira, dennis = story.samira, story.dennis
    samira.go(f"{where}plan/")
    samira.page.get_by_label("Wat willen jullie bereiken?").fill(GOAL)
    samira.page.get_by_label("Hoe is het nu?").fill("Vier meldingen per week.")
    samira.page.locator("input[name=deadline]").fill("2027-03-01")
    send(samira)
    samira.go(f"{where}actions/new/")
    samira.page.get_by_label("Wat gaat er gebeuren?").fill(ACTION)
    samira.page.get_by_label("Wie doet het?").select_option(label=DENNIS)
    samira.page.locator("input[name=due]").fill("2026-11-20")
    send(samira)
    step(samira, where, "plan")
    step(samira, where, "run")
    dennis.go(f"{where}work/")
    dennis.follow(ACTION)
    dennis.page.locator("input[name=state][value=done]").check(force=True)
    send(dennis)
    dennis.says(ACTION)


def meet(story: Story, where: str) -> None:
    orhan = story.orhan
    orhan.go(f"{where}meetings/new/")
    orhan.page.get_by_label("Op welke dag?").fill("2026-11-01")
    orhan.page.get_by_label("Vanaf hoe laat?").fill("10:00")
    orhan.page.get_by_label("Tot hoe laat?").fill("11:00")
    orhan.press("Plan het")
    orhan.follow("Zondag 1 november")
    orhan.follow("Schrijf het verslag")
    for name in ("Politie Rijnveste", "Jongerenwerk"):
        orhan.page.get_by_role("group", name="Wie waren er?").get_by_label(name).check()
    orhan.page.get_by_label("Besluit 1").fill(DECISION)
    orhan.press("Bewaar het verslag")
    story.dennis.go(f"{where}meetings/")
    story.dennis.follow("Zondag 1 november")
    story.dennis.says(DECISION)


def look_back(story: Story, where: str) -> None:
    samira = story.samira
    step(samira, where, "evaluate")
    for partner in story.all:
        partner.go(f"{where}closing/score/")
        partner.page.locator("input[name=score][value='4']").check(force=True)
        send(partner)
    samira.go(f"{where}closing/evaluation/")
    samira.page.locator("textarea[name=lesson]").fill(LESSON)
    send(samira)
    step(samira, where, "close")
    samira.says("Afgesloten")
    for partner in (story.dennis, story.orhan):
        partner.go(f"{where}closing/")
        partner.says(LESSON)


def step(partner: Partner, where: str, name: str) -> None:
    partner.go(f"{where}steps/{name}/")
    send(partner)


def send(partner: Partner) -> None:
    with partner.page.expect_navigation():
        partner.page.locator("main form .buttons button").first.click()
    partner.hear()
    assert partner.page.locator("main [aria-invalid=true]").count() == 0, partner.page.locator(
        "main"
    ).inner_text()


def check_that_nobody_read_another(story: Story) -> None:
    for partner in story.all:
        said = "\n".join(partner.heard)
        assert WORDS[partner.name][1] in said  # the search finds what is there
        others = [word for name, (_, word) in WORDS.items() if name != partner.name]
        assert [word for word in others if word in said] == []
    said = "\n".join(story.anneke.heard)
    assert [word for _, word in WORDS.values() if word in said] == []
    letters = story.letters()
    assert letters
    assert [word for _, word in WORDS.values() if any(word in letter for letter in letters)] == []


class TestSituation:
    def test_is_found_taken_up_tackled_and_closed_without_anybody_reading_anothers_words(self, story: Story):
        for partner in story.all:
            tell(partner)
        story.let_a_night_pass()

        where = take_up(story)
        form_a_coalition(story, where)
        plan_and_act(story, where)
        meet(story, where)
        look_back(story, where)

        for partner in (*story.all, story.anneke):
            for path in (*ELSEWHERE, *(f"{where}{part}" for part in PARTS)):
                partner.go(path)
        check_that_nobody_read_another(story)

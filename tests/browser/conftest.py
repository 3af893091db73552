# SPDX-License-Identifier: EUPL-1.2
"""A real browser on the real demo: one server and one browser for all journeys, a fresh visitor for each."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Literal
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox",  # the tests also run as root, in a container
    "--enable-unsafe-swiftshader",  # draws WebGL where there is no graphics card
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PICTURES = os.environ.get("SCHARNIER_SCREENSHOTS")
PHONE, DESKTOP = (360, 740), (1280, 800)
USERNAME, PASSWORD = "samira", "kruisveld"  # as the demo tells everyone
PATIENCE_MS = 10_000
SERVER_STARTS_WITHIN = 180  # seconds; a busy machine is no failure
SERVER_STOPS_WITHIN = 60  # the worker beside it may end a task first
BegunDemo = Callable[[str], Path]  # the name of a folder -> the folder


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_open(port: int, *, server: subprocess.Popen[str]) -> None:
    pause = Event()
    for _ in range(SERVER_STARTS_WITHIN * 20):
        assert server.poll() is None, "the demo stopped before it served"
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        pause.wait(0.05)
    pytest.fail(f"the demo did not serve within {SERVER_STARTS_WITHIN} seconds")


@contextmanager
def serve_demo(folder: Path) -> Iterator[str]:
    """Serve the demo from a folder on a free port; stop exactly that server."""
    port = free_port()
    words = ["-m", "scharnier.site", "demo", "--port", str(port), "--folder", str(folder)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, *words], stdout=log, stderr=log, text=True)  # noqa: S603  # our own words
        try:
            wait_until_open(port, server=server)
            address = f"http://127.0.0.1:{port}"
            urlopen(f"{address}/login/", timeout=SERVER_STARTS_WITHIN).close()  # noqa: S310  # reads what a first page needs
            yield address
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(SERVER_STOPS_WITHIN)


@pytest.fixture(scope="session")
def begun_demo(tmp_path_factory: pytest.TempPathFactory) -> BegunDemo:
    """A new folder with a demo that has begun: going on takes a fifth of what beginning takes."""
    begun = tmp_path_factory.mktemp("begun")
    with serve_demo(begun):
        pass

    def copy(name: str) -> Path:
        return shutil.copytree(begun, tmp_path_factory.mktemp(name), dirs_exist_ok=True)

    return copy


@pytest.fixture(scope="session")
def address(begun_demo: BegunDemo) -> Iterator[str]:
    """The demo that most tests look at, and leave as they found it."""
    with serve_demo(begun_demo("demo")) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def session(browser: Browser, address: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Log in once; every visitor starts with the cookies of it."""
    kept = tmp_path_factory.mktemp("session") / "state.json"
    with closing(browser.new_context(locale="nl", base_url=address)) as context:
        page = context.new_page()
        page.goto("/login/")
        page.get_by_label("Gebruikersnaam").fill(USERNAME)
        page.get_by_label("Wachtwoord").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Inloggen").click()
        page.get_by_role("heading", name="Wat op mij wacht").wait_for()
        context.storage_state(path=kept)
    return kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who opens pages, and what the browser had to complain about meanwhile."""

    context: BrowserContext
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(path)
        return page

    def listen(self, *, host: str) -> None:
        """Keep what the policy refused, what broke, and what was asked of another host."""
        keep = self.complaints.append
        self.context.on("weberror", lambda error: keep(str(error.error)))
        self.context.on(
            "console", lambda said: keep(said.text) if "Content Security Policy" in said.text else None
        )
        self.context.on(
            "request", lambda asked: keep(asked.url) if urlsplit(asked.url).netloc != host else None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroller(Visitor):
    """Who goes from page to page in one tab; a new window for each costs ten times as much as the page."""

    def open(self, path: str) -> Page:
        page = self.context.pages[0] if self.context.pages else self.context.new_page()
        page.goto(path)
        return page

    def begin_anew(self, *, size: tuple[int, int], session: Path) -> None:
        """Be who logged in at the start again, with an empty tab of this size in the light."""
        state = json.loads(session.read_text(encoding="utf-8"))
        self.context.clear_cookies()
        self.context.add_cookies(state["cookies"])
        page = self.open("about:blank")
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.emulate_media(color_scheme="light")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """Makes visitors; at the end none may have met a refusal of the policy or another host."""

    browser: Browser
    address: str
    session: Path
    visitors: list[Visitor] = field(default_factory=list)

    def __call__(
        self,
        *,
        size: tuple[int, int] = DESKTOP,
        scheme: Literal["light", "dark"] = "light",
        language: str = "nl",
        javascript: bool = True,
        kind: type[Visitor] = Visitor,
    ) -> Visitor:
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            locale=language,
            java_script_enabled=javascript,
            storage_state=self.session,
        )
        context.set_default_timeout(PATIENCE_MS)
        visitor = kind(context=context, address=self.address)
        visitor.listen(host=urlsplit(self.address).netloc)
        self.visitors.append(visitor)
        return visitor

    def end(self) -> None:
        for visitor in self.visitors:
            visitor.context.close()
        assert [complaint for visitor in self.visitors for complaint in visitor.complaints] == []


@pytest.fixture
def visit(browser: Browser, address: str, session: Path) -> Iterator[Visits]:
    visits = Visits(browser=browser, address=address, session=session)
    yield visits
    visits.end()


def wait_until(page: Page, condition: str) -> None:
    """Wait until a function of the page, which may return a promise, returns something true."""
    came = page.evaluate(
        f"""async () => {{
          const holds = {condition}, until = performance.now() + {PATIENCE_MS}
          while (!await holds()) {{
            if (performance.now() > until) return false
            await new Promise(resolve => setTimeout(resolve, 20))
          }}
          return true
        }}"""
    )
    assert came, condition


def picture(page: Page, name: str) -> None:
    """Keep the page as a picture at both sizes, in the folder SCHARNIER_SCREENSHOTS names."""
    if PICTURES:
        before = page.viewport_size
        for width, height in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        if before:
            page.set_viewport_size(before)

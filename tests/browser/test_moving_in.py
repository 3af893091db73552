# SPDX-License-Identifier: EUPL-1.2
"""A neighbourhood moves in: from an empty site to somebody who is found, and a minute later is not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import os
import re
import signal
import sqlite3
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import (
    PATIENCE_MS,
    SERVER_STOPS_WITHIN,
    Visitor,
    free_port,
    picture,
    wait_until_open,
)
from tests.browser.test_members import MAIL

pytestmark = pytest.mark.needs_browser
PASSWORD = "een lange zin die niemand raadt"  # noqa: S105  of people that this test invents
QUESTION = "Mijn buurvrouw heeft schulden en maakt haar post niet meer open."
NOOR = {
    "Naam": "Noor de Wit",
    "Wat doet deze persoon": "Ik help bij schulden en bij post die niemand meer opent.",
    "Onderwerpen": "schulden",
    "E-mail": "noor@example.org",
}
COMMANDS = (("migrate", "--verbosity=0"), ("createsuperuser", "--noinput"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A real site, empty but for one user who may start a network."""

    address: str
    database: Path
    browser: Browser

    def visitor(self, *, size: tuple[int, int] = (1280, 800)) -> Visitor:
        """Somebody whose browser knows nothing of the site."""
        context = self.browser.new_context(
            base_url=self.address, viewport={"width": size[0], "height": size[1]}, locale="nl"
        )
        context.set_default_timeout(PATIENCE_MS)
        return Visitor(context=context, address=self.address)

    def link_in_mail(self, to: str) -> str:
        """Return the path of the link in the last mail to an address."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            (text,) = database.execute(MAIL, [to]).fetchone()
        found = re.search(rf"{re.escape(self.address)}(/\S+)", text)
        assert found is not None
        return found[1]


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a site that is no demo, on a free port; stop exactly that server."""
    port, folder = free_port(), tmp_path_factory.mktemp("site")
    key, database = folder / "key", folder / "scharnier.sqlite3"
    key.write_text("k" * 50, encoding="utf-8")
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
        "DJANGO_SUPERUSER_USERNAME": "ria",
        "DJANGO_SUPERUSER_EMAIL": "ria@example.org",
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        "SCHARNIER_ADDRESS": f"http://127.0.0.1:{port}",
        "SCHARNIER_FOLDER": str(folder),
        "SCHARNIER_SECRET_KEY_FILE": str(key),
    }
    for words in COMMANDS:
        subprocess.run([sys.executable, "-m", "django", *words], env=variables, check=True)  # noqa: S603  our own words
    words = ("--interface", "wsgi", "--port", str(port), "scharnier.site.wsgi:application")
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(  # noqa: S603  our own words
            [sys.executable, "-m", "granian", *words], env=variables, stdout=log, stderr=log, text=True
        )
        try:
            wait_until_open(port, server=server)
            yield Site(address=f"http://127.0.0.1:{port}", database=database, browser=browser)
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(SERVER_STOPS_WITHIN)


def code_of(secret: str) -> str:
    """Return the code that an app shows for a secret now (RFC 6238)."""
    digest = hmac.new(
        base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1
    ).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def start_network(page: Page) -> None:
    """Log in, start a network, and set up the second step that a coordinator needs."""
    page.goto("/login/")
    page.get_by_label("Gebruikersnaam").fill("ria")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Inloggen").click()
    page.goto("/my/account/")
    page.get_by_role("link", name="Begin een nieuw netwerk").click()
    page.get_by_label("Naam van het netwerk").fill("Zonnehoek")
    page.get_by_label("Je naam").fill("Ria Smit")
    page.get_by_role("button", name="Begin het netwerk").click()
    page.get_by_role("link", name="Stel een app in").click()
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Ga verder").click()
    page.get_by_label("Code").fill(code_of(page.locator("kbd").inner_text()))
    page.get_by_role("button", name="Gebruik deze app").click()
    page.get_by_role("heading", name="Reservecodes").wait_for()


def fill_in(template: bytes) -> bytes:
    """Return the template with two people, an organization, and Noor's role in it."""
    book = load_workbook(io.BytesIO(template))
    rows = {
        "Organisaties": [{"Naam": "Geldwijzer"}],
        "Mensen": [NOOR, {"Naam": "Karel Brug"}],
        "Lidmaatschappen": [{"Persoon": "Noor de Wit", "Organisatie": "Geldwijzer", "Rol": "adviseur"}],
    }
    for name, told in rows.items():
        sheet = book[name]
        headings = [str(cell.value).rstrip(" *") for cell in sheet[1]]
        for number, row in enumerate(told, start=3):  # under the example
            for heading, value in row.items():
                sheet.cell(number, headings.index(heading) + 1, value)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def bring_in(page: Page) -> None:
    """Follow the first steps to the import, fill the template in, look, and bring it in."""
    page.goto("/")
    picture(page, "first-steps")
    page.get_by_role("link", name="Lees een lijst met mensen").click()
    picture(page, "import")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download het lege werkboek").click()
    filled = fill_in(waiting.value.path().read_bytes())
    file = {"name": "zonnehoek.xlsx", "mimeType": "application/octet-stream", "buffer": filled}
    page.get_by_label("Je bestand", exact=True).set_input_files(files=[file])  # type: ignore[list-item]  a FilePayload
    page.get_by_role("button", name="Kijk wat ervan komt").click()
    expect(page.get_by_text("Noor de Wit, Geldwijzer: adviseur")).to_be_visible()
    picture(page, "import-check")
    page.get_by_role("button", name="Lees dit in").click()
    expect(page.get_by_text("2 kaarten wachten op de persoon zelf.")).to_be_visible()


def invite(page: Page, name: str, email: str) -> None:
    page.goto("/network/import/")
    page.get_by_role("link", name="Nodig iemand uit").click()
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Rol", exact=True).select_option("professional")
    page.get_by_label("Kaart", exact=True).select_option(label=name)
    page.get_by_role("button", name="Stuur de uitnodiging").click()
    page.get_by_role("heading", name="Uitnodigingen").wait_for()


def join(page: Page, path: str) -> None:
    page.goto(path)
    page.get_by_label("Je naam").fill("Zoals ik mezelf noem")
    page.get_by_label("Kies een wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Maak een account en doe mee").click()
    page.get_by_role("heading", name="Wat is er aan de hand?").wait_for()


def let_be_found(page: Page) -> None:
    """Look at the card that waited, and say that people may find and reach one."""
    page.goto("/my/card/")
    expect(page.get_by_text(NOOR["Wat doet deze persoon"])).to_be_visible()
    page.get_by_role("link", name="Kies wie mij mag zien").click()
    page.get_by_label("Mensen kunnen mij vinden en zelf contact opnemen.").check()
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()


def what_is_seen(page: Page) -> dict[str, bool]:
    """Tell in which places somebody meets Noor: the answer, the picture, the API, a copy."""
    page.goto("/")
    page.get_by_label("Wat is er aan de hand?").fill(QUESTION)
    page.get_by_role("button", name="Zoek wie kan helpen").click()
    page.get_by_role("heading", name="Je vraag").wait_for()
    seen = {"ask": "Noor" in page.locator("main").inner_text()}
    page.goto("/network/picture/")
    seen["picture"] = "Noor" in page.locator("main").inner_text()
    seen["api"] = "Noor" in page.request.get("/api/v1/people").text()
    page.goto("/network/export/")
    kept_until = page.locator("[name=until]").input_value()
    copy = page.request.get(f"/api/v1/network/export?purpose=meeting&until={kept_until}")
    assert copy.ok, copy.text()
    seen["api copy"] = "Noor" in copy.text()
    page.get_by_label("Om een overleg of een plan voor te bereiden").check()
    page.get_by_label("Een netwerkbestand van Scharnier").check()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download de kopie").click()
    seen["copy"] = "Noor" in waiting.value.path().read_text(encoding="utf-8")
    return seen


class TestMovingIn:
    def test_ends_with_somebody_who_is_found_until_she_says_otherwise(self, site: Site) -> None:
        ria, noor, karel = (site.visitor().context.new_page() for _ in range(3))
        start_network(ria)
        bring_in(ria)
        invite(ria, "Noor de Wit", "noor@example.org")
        invite(ria, "Karel Brug", "karel@example.org")
        join(noor, site.link_in_mail("noor@example.org"))
        join(karel, site.link_in_mail("karel@example.org"))
        before = what_is_seen(karel)
        let_be_found(noor)

        found = what_is_seen(karel)
        noor.goto("/my/card/")
        noor.get_by_role("button", name="Haal mij uit beeld").click()
        after = what_is_seen(karel)

        assert set(before.values()) == set(after.values()) == {False}
        assert found == dict.fromkeys(found, True)

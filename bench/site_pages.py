# SPDX-License-Identifier: EUPL-1.2
"""Claim: on a network of 5,000 persons no page takes over 150 ms at p95 with two workers.

Method: Kruisveld is grown with persons whose cards say what those of two real ones say, loaded into SQLite
and served by granian with two workers. Two readers, each with a connection of its own, ask for one page
after the other; the first requests, and with them the first reading of the network, do not count. Where a
page is measured after changes, its reader changes a card before each request, outside the time: so the
network is read anew beside the pages all the while. After a change of a tie, or of who may be seen, there
is more to look up; that is measured apart. Latency is that of the reader; the CPU is that of all processes
of the server, the changes included. Load is that of the machine: more than its cores, and the readers wait
for others too. The yardstick beside it is /healthz, without a page. The file that waits to be brought in is
Kruisveld itself; the second step that an emergency asks for has just been shown.

Documents are measured last and fall outside the claim: a copy of oneself, as JSON or to print, and one of the
whole network, in each form. They are measured a few times only. So does what weighs a whole file against the
whole network, when it comes in and when it is brought in: that takes seconds, as long as the file is large.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import django
import numpy as np
from django.core.management import call_command
from django.utils import timezone

from scharnier import example
from scharnier.core import network
from scharnier.core.kernel import Actor, PersonId, Role
from scharnier.formats import network_json

N_PERSONS, N_TIES = 5_000, 15_000
N_READERS, N_WARM, N_REQUESTS = 2, 10, 60  # requests a reader and page
N_DOCUMENTS = 5  # requests a reader and document, after one that does not count
SEED = 1
SESSION = "session"  # the file that holds it
AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
LATER = datetime(2099, 1, 1, tzinfo=UTC)  # so that a step just taken stays so
CHANGE = {"kind": "knows"}  # of a tie; of a card nothing more is said
ASKED = {"text": "Er zit schimmel in de slaapkamer en de verhuurder doet niets", "place": ""}
CARD = r"/my/card/check/ways/"  # what is posted to change something, as one's own pages have it
TIE = r"/my/contacts/\d+/change/"
EXPORT = {"aim": "figures", "until": "2026-12-01"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is asked for, and whether something changes before each time."""

    path: str
    form: Mapping[str, str] | None = None  # sent with it
    after: str = ""  # a change, each time
    is_document: bool = False  # to take along, not to look at

    @property
    def n_requests(self) -> tuple[int, int]:
        """How many requests a reader makes: first, and that count."""
        return (1, N_DOCUMENTS) if self.is_document else (N_WARM, N_REQUESTS)


PAGES: Mapping[str, Page] = {
    "healthz": Page(path="/healthz"),
    "ask": Page(path="/"),
    "answer": Page(path="/", form=ASKED),
    "answer_after_change": Page(path="/", form=ASKED, after=CARD),
    "person": Page(path="/people/dennis/"),
    "organization": Page(path="/organizations/welzijn/"),
    "own_card": Page(path="/my/card/"),
    "contacts": Page(path="/my/contacts/?name=a"),
    "members": Page(path="/members/"),
    "invite": Page(path="/members/invite/"),
    "hand_over": Page(path="/members/hand-over/"),
    "hand_over_found": Page(path="/members/hand-over/?from_person=samira&to_person=&search=a"),
    "share": Page(path="/my/card/sharing/add/"),
    "share_found": Page(path="/my/card/sharing/add/", form={"search": "a"}),
    "sharing": Page(path="/my/card/sharing/"),
    "add_role": Page(path="/my/roles/add/"),
    "picture": Page(path="/network/picture/"),
    "picture_after_change": Page(path="/network/picture/", after=CARD),
    "picture_after_change_of_tie": Page(path="/network/picture/", after=TIE),
    "picture_data": Page(path="/network/picture/data"),
    "picture_data_after_change": Page(path="/network/picture/data", after=CARD),
    "picture_data_after_change_of_tie": Page(path="/network/picture/data", after=TIE),
    "own_data": Page(path="/my/data/"),
    "data_requests": Page(path="/members/data-requests/"),
    "retention": Page(path="/members/retention/"),
    "reviews": Page(path="/emergency/reviews/"),
    "emergency": Page(path="/emergency/"),
    "import": Page(path="/network/import/"),
    "export": Page(path="/network/export/"),
    "import_preview": Page(path="/network/import/check/"),
    "import_preview_after_change": Page(path="/network/import/check/", after=CARD),
    "audit": Page(path="/my/card/reads/"),
    "work": Page(path="/work/"),
    "refer": Page(path="/referrals/new/?to=person:dennis"),
    "refer_found": Page(path="/referrals/new/", form={"text": ASKED["text"], "search": "a"}),
    "adequacy": Page(path="/referrals/figures/"),
    "how_we_match": Page(path="/how-we-match/"),
    "note": Page(path="/note/"),
    "mail_terms": Page(path="/my/mail/"),
    "webhooks": Page(path="/network/webhooks/"),
    "open311": Page(path="/network/open311/"),
    "api_people": Page(path="/api/v1/people"),
    "api_organizations": Page(path="/api/v1/organizations"),
    "api_services": Page(path="/api/v1/services"),
    "api_ties": Page(path="/api/v1/network/ties"),
    "copy_json": Page(path="/my/data/copy.json", is_document=True),
    "copy_pdf": Page(path="/my/data/copy.pdf", is_document=True),
    **{
        f"export_{form}": Page(path="/network/export/", form={**EXPORT, "form": form}, is_document=True)
        for form in ("json", "csv", "xlsx", "hsds", "graphml")
    },
}


def prepare() -> None:
    """Fill the database that the environment names."""
    django.setup()  # only in the process that fills; what needs it comes after

    from scharnier.apps.people import services  # noqa: PLC0415
    from scharnier.apps.referral import demonstration  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    found = example.load_kruisveld()
    services.load_network(_grow(found.network), outcomes=found.outcomes, at=AT)
    logins = [
        services.Login(
            name=account.login,
            password="",
            person_id=account.person_id,
            role=Role.COORDINATOR if account.login == "samira" else account.role,
        )
        for account in found.accounts
    ]
    services.load_logins(found.network.id, logins=logins)
    samira = Actor(network_id=found.network.id, person_id=PersonId("samira"), role=Role.COORDINATOR)
    file = network_json.write_network(found.network)
    services.keep_draft(file, file_name="kruisveld.json", actor=samira, on=AT.date(), at=timezone.now())
    demonstration.play(example.load_referrals(), network_id=found.network.id, on=AT.date())
    key = _sign_in("samira")
    (Path(os.environ["SCHARNIER_FOLDER"]) / SESSION).write_text(key, encoding="utf-8")


def _sign_in(name: str) -> str:
    """Return the session of somebody who has taken both steps of signing in."""
    from importlib import import_module  # noqa: PLC0415

    from django.conf import settings  # noqa: PLC0415
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415

    from scharnier.apps.members import second_factor  # noqa: PLC0415
    from scharnier.apps.people.models import User  # noqa: PLC0415

    user = User.objects.get(username=name)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[second_factor.SESSION_KEY] = True
    session["account_authentication_methods_user"] = str(user.pk)  # allauth's own words
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": LATER.timestamp()}]
    session.create()
    return str(session.session_key)


def _grow(whole: network.Network) -> network.Network:
    dice = random.Random(SEED)  # noqa: S311  # figures, not secrets
    persons = list(whole.persons)
    memberships = list(whole.memberships)
    while len(persons) < N_PERSONS:
        one, other = dice.sample(whole.persons, k=2)
        person_id = PersonId(f"p{len(persons)}")
        persons.append(
            replace(
                one, id=person_id, name=f"{one.name} {len(persons)}", summary=f"{one.summary} {other.summary}"
            )
        )
        role = dice.choice(whole.memberships)
        memberships.append(replace(role, person_id=person_id, successor_id=None))
    pairs = {tuple(sorted(dice.sample(range(N_PERSONS), k=2))) for _ in range(N_TIES)}
    ties = [
        replace(dice.choice(whole.ties), source_id=persons[a].id, target_id=persons[b].id)
        for a, b in sorted(pairs)
    ]
    return replace(whole, persons=tuple(persons), memberships=tuple(memberships), ties=tuple(ties))


@contextmanager
def serve(folder: Path) -> Iterator[tuple[int, int]]:
    """Serve the prepared network; gives the port and the number of the process that leads the others."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    environment = {**os.environ, **_environment(folder)}
    subprocess.run([sys.executable, __file__, "--prepare"], env=environment, check=True)  # noqa: S603  # this very script
    words = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2", "--no-log")
    server = subprocess.Popen(  # noqa: S603  # the server we ship
        [Path(sys.executable).parent / "granian", *words, "scharnier.site.wsgi:application"],
        env=environment,
        start_new_session=True,
    )
    try:
        _wait(port)
        yield port, server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _environment(folder: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
        "SCHARNIER_FOLDER": str(folder),
        "SCHARNIER_SECRET_KEY": "of a bench, known to everybody, and long enough to sign with",
        "SCHARNIER_DAY": "2026-11-01",
        "SCHARNIER_LOG_LEVEL": "ERROR",
    }


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


class Reader:
    """A signed-in coordinator with a connection that stays open."""

    def __init__(self, port: int, *, session: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookies = {"sessionid": session}
        form = self.ask("GET", "/")
        self._token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', form)[1]  # type: ignore[index]  # the form has it

    def ask(self, method: str, path: str, form: Mapping[str, str] | None = None) -> str:
        """Return what the page says."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if form is not None:
            body = urlencode({**form, "csrfmiddlewaretoken": self._token})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body=body, headers=headers)
        answer = self._connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        said = answer.read().decode(errors="replace")  # of a workbook nothing is read
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise RuntimeError(f"{method} {path}: {answer.status} {said[:300]}")
        return said

    def time(self, page: Page) -> list[float]:
        """Return the milliseconds of each request but the first ones."""
        n_warm, n_counted = page.n_requests
        change = self._find(page.after) if page.after else ""
        took = []
        for _ in range(n_warm + n_counted):
            if change:
                self.ask("POST", change, CHANGE)
            started = time.perf_counter()
            self.ask("GET" if page.form is None else "POST", page.path, page.form)
            took.append((time.perf_counter() - started) * 1000)
        return took[n_warm:]

    def _find(self, change: str) -> str:
        shown = "".join(self.ask("GET", path) for path in ("/my/card/", "/my/contacts/"))
        return re.search(change, shown)[0]  # type: ignore[index]  # both are there


def cpu_seconds(leader: int) -> float:
    """Return the CPU that a process group has used."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == leader:
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print the figures of each page."""
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder)) as (port, leader):
        session = (Path(folder) / SESSION).read_text(encoding="utf-8")
        readers = [Reader(port, session=session) for _ in range(N_READERS)]
        with ThreadPoolExecutor(N_READERS) as pool:
            for name, page in PAGES.items():
                before = cpu_seconds(leader)
                took = np.array(
                    [
                        each
                        for times in pool.map(lambda reader, page=page: reader.time(page), readers)
                        for each in times
                    ]
                )
                used = cpu_seconds(leader) - before
                n_all = N_READERS * sum(page.n_requests)
                figures = {
                    "document" if page.is_document else "page": name,
                    "n_persons": N_PERSONS,
                    "ms_p50": round(float(np.percentile(took, 50)), 1),
                    "ms_p95": round(float(np.percentile(took, 95)), 1),
                    "load": round(os.getloadavg()[0], 1),
                    "requests_per_cpu_second": round(n_all / max(used, 0.01), 1),
                }
                sys.stdout.write(json.dumps(figures) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:] == ["--prepare"]:
        prepare()
    else:
        main()

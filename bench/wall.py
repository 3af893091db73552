# SPDX-License-Identifier: EUPL-1.2
"""Claim: with the wall between networks a page on PostgreSQL takes at most a tenth more CPU.

Method: Kruisveld and twenty copies of it in one database. The same pages are asked for in this process, by
turns without the wall (nothing told, a role that may see everything), with the telling alone, and with all
of it (told, and a role without privileges). CPU is that of this process and of PostgreSQL's beside it,
in the round that took least of it: neighbours on the machine only add.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import django
from django.core.management import call_command

from scharnier import example
from scharnier.core.kernel import NetworkId, PersonId, Role

ROOT = Path(__file__).parents[1]
N_COPIES, N_ROUNDS, N_REQUESTS = 20, 20, 10  # requests a round
PAGES: Mapping[str, str] = {
    "person": "/people/dennis/",
    "organization": "/organizations/welzijn/",
    "contacts": "/my/contacts/",
    "api_people": "/api/v1/people",
}
WAYS = ("without", "telling", "wall")
LOGIN = "samira"


def main() -> None:
    """Print the CPU of each page, and how many times that is of the same without the wall."""
    sys.path.append(str(ROOT))
    postgres = import_module("tests.postgres")
    programs = postgres.find_programs()
    if programs is None:
        return
    with postgres.run_cluster(programs) as cluster:
        prepare(cluster.url("postgres"))
        for name, path in PAGES.items():
            print(json.dumps({"page": name, "networks": N_COPIES + 1} | measure(path)), flush=True)  # noqa: T201  # the result


def prepare(url: str) -> None:
    """Fill the database, and make the role of a site."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
        "SCHARNIER_DATABASE_URL": url,
        "SCHARNIER_DAY": example.KRUISVELD_DAY.isoformat(),
        "SCHARNIER_LOG_LEVEL": "ERROR",
    }
    django.setup()
    from django.db import connection  # noqa: PLC0415  # only now is there a Django
    from django.utils import timezone  # noqa: PLC0415

    from scharnier.apps.people import services  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    import_module("tests.site_role").make(connection)
    found = example.load_kruisveld()
    copies = (replace(found.network, id=NetworkId(f"copy-{number}")) for number in range(N_COPIES))
    for value in (found.network, *copies):
        services.load_network(value, at=timezone.now())
    login = services.Login(name=LOGIN, password="", person_id=PersonId("samira"), role=Role.PROFESSIONAL)
    services.load_logins(found.network.id, logins=[login])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def measure(path: str) -> dict[str, float]:
    """Return the milliseconds of CPU a request takes each way, and the ratios."""
    from django.test import Client  # noqa: PLC0415  # only now is there a Django

    from scharnier.apps.people.models import User  # noqa: PLC0415

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username=LOGIN), backend="django.contrib.auth.backends.ModelBackend")
    rounds: dict[str, list[float]] = {way: [] for way in WAYS}
    for _ in range(N_ROUNDS):
        for way in WAYS:
            with _way(way):
                rounds[way].append(_cpu_of(client, path))
    each = {way: 1000 * min(seconds) / N_REQUESTS for way, seconds in rounds.items()}
    return {
        **{f"{way}_cpu_milliseconds": round(milliseconds, 2) for way, milliseconds in each.items()},
        "telling_ratio": round(each["telling"] / each["without"], 3),
        "wall_ratio": round(each["wall"] / each["without"], 3),
    }


@contextmanager
def _way(way: str) -> Iterator[None]:
    from django.db import connection  # noqa: PLC0415  # only now is there a Django

    from scharnier.apps import wall  # noqa: PLC0415

    site_role = import_module("tests.site_role")
    telling = wall.tell, wall.forget
    if way == "without":
        wall.tell, wall.forget = _say_nothing, _say_nothing
    if way == "wall":
        site_role.take(connection)
    yield
    site_role.lay_down(connection)
    wall.tell, wall.forget = telling


def _say_nothing(**_told: object) -> None:
    return


def _cpu_of(client: object, path: str) -> float:
    from django.db import connection  # noqa: PLC0415  # only now is there a Django

    backend = connection.connection.info.backend_pid
    started, started_there = time.process_time(), _seconds_of(backend)
    for _ in range(N_REQUESTS):
        assert client.get(path).status_code == 200  # type: ignore[attr-defined]  # noqa: PLR2004, S101
    return time.process_time() - started + _seconds_of(backend) - started_there


def _seconds_of(pid: int) -> float:
    """Return the CPU that a process has used, to the nanosecond."""
    return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: EUPL-1.2
"""What the tests need of the machine: named when absent, demanded in CI."""

from __future__ import annotations

import os
import shutil
import signal
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from zlib import crc32

import pytest
from hypothesis import settings

from tests import postgres

# Playwright keeps a loop of its own in this thread; Django would take it for ours and refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A shell that starts us in the background lets nothing hear Ctrl-C: neither us nor the programs we start.
signal.signal(signal.SIGINT, signal.default_int_handler)

# a busy machine is no failure; the suite has its own limit
settings.register_profile("thorough", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=25)


WITH_PROGRAMS = {  # each starts servers or workers, or waits for them, for a while; so does *_processes.py
    "test_copies.py",
    "test_demo.py",
    "test_demo_worker.py",
    "test_mail_servers.py",
    "test_oidc.py",
    "test_referral_storm.py",
    "test_run.py",
    "test_run_on_postgresql.py",
    "test_tasks_heartbeat.py",
    "test_tasks_machine.py",
    "test_tasks_worker.py",
    "test_worker.py",
}
EXHAUSTIVE = {  # each opens every page, tries every combination, or undoes every migration
    "test_api_schema.py",
    "test_budgets.py",
    "test_isolation.py",
    "test_members_addresses.py",
    "test_people_migrations.py",
    "test_referral_offers.py",
    "test_referral_walk.py",
    "test_situations_law.py",
    "test_situations_secrets.py",
    "test_situations_walk.py",
}
EVERY_CASE_ON_POSTGRESQL = (  # here the cases differ in what the database is made to do or to refuse
    "*/test_audit_*",
    "*/test_isolation.py::*",
    "*/test_wall*",
    "*/test_*_access.py::*",
    "*/test_*_migrations.py::*",
    "*/test_*_models.py::*",
    "*/test_*_rows.py::*",
    "*/test_retention.py::*",  # each rule has its own
    "*::TestEvery*",  # so have each act, step, form and address
    "*_every_act_*",
    "*::TestTwice::*",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--one-case-on-postgresql",
        action="store_true",
        help="of each test with several cases, do one a second time on PostgreSQL, and not all",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples of each law where what takes long is left out; no test was read yet."""
    if not config.getoption("hypothesis_profile", None):
        settings.load_profile("thorough" if is_all_asked(config) else "quick")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what takes long to CI=true, unless it is asked for by name; say how much that is."""
    left = other_cases(items) if config.getoption("one_case_on_postgresql") else set()
    if not is_all_asked(config):
        left |= {item.nodeid for item in items if _is_thorough(item)}
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left])
    items[:] = [item for item in items if item.nodeid not in left]


def is_all_asked(config: pytest.Config) -> bool:
    """Tell whether to do what takes long too: with CI=true, or when tests are asked for by name."""
    return os.environ.get("CI") == "true" or any("tests" in word for word in words_of(config))


def words_of(config: pytest.Config) -> Sequence[str]:
    """Return what was asked, also in a process of pytest-xdist, which is only told the words of the first."""
    of_the_first = getattr(config, "workerinput", {}).get("mainargv")
    return config.invocation_params.args if of_the_first is None else of_the_first[1:]


def other_cases(items: Collection[pytest.Item]) -> set[str]:
    """Return all but one of the cases of each test on PostgreSQL, another one from test to test.

    Cases differ in who asks, in words and in what is filled in: they make the same statements with other
    values, and on SQLite all are done. Each test, and each that was written for PostgreSQL only, stays.
    """
    names = {item.nodeid for item in items}
    cases: defaultdict[str, list[str]] = defaultdict(list)
    for item in items:
        of_any_case = any(fnmatchcase(item.nodeid, pattern) for pattern in EVERY_CASE_ON_POSTGRESQL)
        on_sqlite_too = item.nodeid.replace("[postgresql", "[sqlite") in names
        if _is_second_time(item) and on_sqlite_too and not of_any_case:
            cases[item.nodeid.partition("[")[0]].append(item.nodeid)
    kept = {alike[crc32(test.encode()) % len(alike)] for test, alike in cases.items()}
    return {case for alike in cases.values() for case in alike} - kept


def _is_second_time(item: pytest.Item) -> bool:
    """Tell whether a test is done on PostgreSQL after it was done on SQLite."""
    place = item.path.relative_to(item.config.rootpath).as_posix()
    return place.startswith("tests/integration/apps") and "[postgresql" in item.nodeid


def _is_thorough(item: pytest.Item) -> bool:
    place = item.path.relative_to(item.config.rootpath).as_posix()
    in_the_browser = place.startswith("tests/browser") and item.path.name != "test_asking.py"
    of_processes = item.path.name in WITH_PROGRAMS or place.endswith("_processes.py")
    return of_processes or _is_second_time(item) or in_the_browser or item.path.name in EXHAUSTIVE


def find_chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


NEEDS: dict[str, tuple[str, Callable[[], object]]] = {
    "needs_browser": ("Chromium is absent", find_chromium),
    "needs_postgresql": (f"PostgreSQL {postgres.OLDEST} or newer is absent", postgres.find_programs),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark, (absent, find) in NEEDS.items():
        if item.get_closest_marker(mark) is None or find() is not None:
            continue
        if os.environ.get("CI") == "true":
            pytest.fail(f"{absent}, and CI=true lets nothing be skipped", pytrace=False)
        pytest.skip(absent)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program; mark the test needs_browser."""
    found = find_chromium()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def postgresql() -> Iterator[postgres.Cluster]:
    """A private PostgreSQL; mark the test needs_postgresql."""
    programs = postgres.find_programs()
    assert programs is not None
    with postgres.run_cluster(programs) as cluster:
        yield cluster

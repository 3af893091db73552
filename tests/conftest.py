# SPDX-License-Identifier: EUPL-1.2
"""What the tests need of the machine: named when absent, demanded in CI."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings

from tests import postgres

# Playwright keeps a loop of its own in this thread; Django would take it for ours and refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A shell that starts us in the background lets nothing hear Ctrl-C: neither us nor the programs we start.
signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(
    "steady", deadline=None
)  # a busy machine is no failure; the suite has its own limit
settings.load_profile("steady")


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
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what takes long to CI=true, unless it is asked for by name; say how much that is."""
    if os.environ.get("CI") == "true" or any("tests" in word for word in config.invocation_params.args):
        return
    thorough = [item for item in items if _is_thorough(item)]
    config.hook.pytest_deselected(items=thorough)
    items[:] = [item for item in items if not _is_thorough(item)]


def _is_thorough(item: pytest.Item) -> bool:
    place = item.path.relative_to(item.config.rootpath).as_posix()
    on_postgresql = place.startswith("tests/integration/apps") and "[postgresql" in item.nodeid
    in_the_browser = place.startswith("tests/browser") and item.path.name != "test_asking.py"
    of_processes = item.path.name in WITH_PROGRAMS or place.endswith("_processes.py")
    return of_processes or on_postgresql or in_the_browser or item.path.name in EXHAUSTIVE


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

# SPDX-License-Identifier: EUPL-1.2
"""What the tests need of the machine: named when absent, demanded in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings

from tests import postgres

settings.register_profile(
    "steady", deadline=None
)  # a busy machine is no failure; the suite has its own limit
settings.load_profile("steady")


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

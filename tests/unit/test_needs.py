# SPDX-License-Identifier: EUPL-1.2
"""What is absent is skipped by name on a developer's machine and fails in CI."""

from __future__ import annotations

import pytest

from tests import conftest


@pytest.fixture
def without_browser(request, monkeypatch):
    monkeypatch.setitem(conftest.NEEDS, "needs_browser", ("Chromium is absent", lambda: None))
    request.node.add_marker("needs_browser")
    return request.node


class TestNeedsBrowser:
    def test_is_skipped_by_name_without_one(self, without_browser, monkeypatch):
        monkeypatch.delenv("CI", raising=False)

        with pytest.raises(pytest.skip.Exception, match="Chromium is absent"):
            conftest.pytest_runtest_setup(without_browser)

    def test_fails_in_ci_without_one(self, without_browser, monkeypatch):
        monkeypatch.setenv("CI", "true")

        with pytest.raises(pytest.fail.Exception, match="lets nothing be skipped"):
            conftest.pytest_runtest_setup(without_browser)

    def test_runs_where_there_is_one(self, without_browser, monkeypatch):
        monkeypatch.setitem(conftest.NEEDS, "needs_browser", ("Chromium is absent", lambda: "/chromium"))

        assert conftest.pytest_runtest_setup(without_browser) is None

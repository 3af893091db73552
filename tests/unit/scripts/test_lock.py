# SPDX-License-Identifier: EUPL-1.2
"""What makes a lock whole."""

from __future__ import annotations

from scripts import lock

LOCK = lock.LOCK.read_text(encoding="utf-8")


class TestFaults:
    def test_finds_none_in_the_lock_of_the_project(self):
        assert list(lock.faults(LOCK)) == []

    def test_names_a_package_without_a_hash(self):
        assert list(lock.faults(f"{LOCK}\nhinge==1.0\n")) == ["No hash: hinge==1.0"]

    def test_finds_an_address(self):
        assert list(lock.faults(f"--index-url https://example.org/simple\n{LOCK}")) == [
            "requirements.lock names a host."
        ]

    def test_names_a_dependency_that_is_not_in_it(self):
        without = LOCK.replace("\ndjango==", "\nnotdjango==")

        assert [fault for fault in lock.faults(without) if "django>=" in fault or "django<" in fault]

    def test_names_a_version_outside_the_range(self):
        old = lock.PIN.sub(lambda pin: "click==1.0" if pin["name"] == "click" else pin[0], LOCK)

        assert list(lock.faults(old)) == ["pyproject.toml asks for click>=8.1, requirements.lock has 1.0."]

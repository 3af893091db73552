# SPDX-License-Identifier: EUPL-1.2
"""`scharnier audit` hands over to the site, with the words as given."""

import os
import sys

import pytest

DIGEST = "ab" * 32


@pytest.fixture
def handed_over(monkeypatch):
    """What the process would have become."""
    found = []
    monkeypatch.setattr(os, "execv", lambda program, words: found.append((program, words[1:])))
    return found


class TestVerify:
    @pytest.mark.parametrize(
        "words",
        [
            [],
            ["--network", "kruisveld"],
            ["--network", "kruisveld", "--noted", f"12:{DIGEST}", "--noted", f"3:{DIGEST}"],
            ["--json"],
        ],
    )
    def test_hands_over_the_words_as_given(self, scharnier, handed_over, words):
        scharnier("audit", "verify", *words)

        assert handed_over == [(sys.executable, ["-m", "scharnier.site", "audit", "verify", *words])]

    @pytest.mark.parametrize(
        "noted", ["12", f"0:{DIGEST}", f"-1:{DIGEST}", "12:xyz", f"12:{DIGEST}0", f"a:{DIGEST}"]
    )
    def test_refuses_what_is_no_head(self, scharnier, handed_over, noted):
        outcome = scharnier("audit", "verify", "--network", "kruisveld", "--noted", noted)

        assert (outcome.code, handed_over) == (2, [])
        assert "--noted" in outcome.complaint

    def test_refuses_a_head_of_no_network(self, scharnier, handed_over):
        outcome = scharnier("audit", "verify", "--noted", f"12:{DIGEST}")

        assert (outcome.code, handed_over) == (2, [])
        assert "--network" in outcome.complaint


class TestExport:
    @pytest.mark.parametrize("form", ["csv", "fhir"])
    @pytest.mark.parametrize("more", [[], ["--force"]])
    def test_hands_over_the_words_as_given(self, scharnier, handed_over, tmp_path, form, more):
        words = ["--network", "kruisveld", "--format", form, "--output", str(tmp_path / "log"), *more]

        scharnier("audit", "export", *words)

        assert handed_over == [(sys.executable, ["-m", "scharnier.site", "audit", "export", *words])]

    @pytest.mark.parametrize("left_out", ["--network", "--format", "--output"])
    def test_needs_network_format_and_output(self, scharnier, handed_over, left_out):
        words = {"--network": "kruisveld", "--format": "csv", "--output": "log.csv"}
        del words[left_out]

        outcome = scharnier("audit", "export", *(word for pair in words.items() for word in pair))

        assert (outcome.code, handed_over) == (2, [])
        assert left_out in outcome.complaint

    def test_knows_two_formats(self, scharnier, handed_over):
        outcome = scharnier("audit", "export", "--network", "n", "--format", "xlsx", "--output", "log")

        assert (outcome.code, handed_over) == (2, [])

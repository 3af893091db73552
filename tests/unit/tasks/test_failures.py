# SPDX-License-Identifier: EUPL-1.2
"""What is kept of an error names no person."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.apps.tasks.definitions import TryLater
from scharnier.apps.tasks.failures import Failure, expired, failure_of
from scharnier.core.kernel import Conflict, Invalid, NotFound, ScharnierError
from scharnier.formats import network_json


class Refused(Conflict):
    """An anticipated failure with a code of its own."""

    code = "test.refused"


def _raised_by(act, *words):
    with pytest.raises(Exception) as caught:  # noqa: PT011  # whatever it raises
        act(*words)
    return caught.value


class TestFailureOf:
    @pytest.mark.parametrize("kind", [Conflict, Invalid, NotFound, Refused])
    def test_keeps_the_code_of_an_anticipated_failure_and_makes_it_final(self, kind):
        failure = failure_of(kind(person="Samira"))

        assert (failure.message, failure.is_final) == (kind.code, True)

    def test_keeps_the_reason_of_a_task_that_wants_to_be_tried_later(self):
        failure = failure_of(TryLater("mail server: 451"))

        assert (failure.message, failure.is_final) == ("mail server: 451", False)
        assert failure.error_class == "scharnier.apps.tasks.definitions.TryLater"

    def test_names_the_last_line_of_ours(self):
        error = _raised_by(network_json.read_network, b"{")

        assert isinstance(error, ScharnierError)
        assert failure_of(error).message == error.code

    def test_names_the_line_of_another_when_none_is_ours(self):
        failure = failure_of(_raised_by(json.loads, "{"))

        assert failure.error_class == "json.decoder.JSONDecodeError"
        assert failure.message.startswith("json.decoder:")
        assert failure.message.partition(":")[2].isdigit()

    def test_has_no_place_for_what_was_never_raised(self):
        assert failure_of(ValueError("Samira")).message == "?"

    @given(words=st.text(min_size=12))
    def test_never_repeats_what_an_error_says(self, words):
        failure = failure_of(_raised_by(_raise, words))

        assert words not in failure.message + failure.error_class
        assert not failure.is_final


class TestExpired:
    def test_names_the_worker_that_did_not_come_back(self):
        assert expired("machine:7") == Failure(error_class="LeaseExpired", message="worker machine:7")


def _raise(words):
    raise ValueError(words)

# SPDX-License-Identifier: EUPL-1.2
"""What opens a link stands in no log."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings

from scharnier.site.discreet_log import HideSecrets


def logged(message: str, *words: object) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, words, None)

    assert HideSecrets().filter(record)
    return record.getMessage()


class TestHideSecrets:
    @pytest.mark.parametrize(
        ("address", "hidden"),
        [
            ("/r/Ab-c_9/", "/r/.../"),
            ("/r/Ab-c_9/decline/", "/r/.../decline/"),
            ("/invitations/Ab-c_9/", "/invitations/.../"),
            ("/confirm/a:b:c/", "/confirm/.../"),
            ("/mail/stop/Ab-c_9/", "/mail/stop/.../"),
            ("/calendar/Ab-c_9.ics", "/calendar/..."),
        ],
    )
    def test_leaves_out_what_opens_an_address(self, address, hidden):
        assert logged("%s: %s", "Gone", address) == f"Gone: {hidden}"

    @pytest.mark.parametrize("address", ["/referrals/1/", "/r/", "/people/samira/", "100 %"])
    def test_leaves_all_else_alone(self, address):
        assert logged("%s: %s", "Not Found", address) == f"Not Found: {address}"

    def test_stands_before_every_line_that_is_written(self):
        assert all("discreet" in handler["filters"] for handler in settings.LOGGING["handlers"].values())

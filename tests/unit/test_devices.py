# SPDX-License-Identifier: EUPL-1.2
"""Devices in words: what a browser says of itself is no language for people."""

from __future__ import annotations

import pytest
from django.utils import translation

from scharnier.apps.members.devices import say_device

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
DEVICES = [
    (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/140.0 Safari/537.36", "Chrome op Linux"),
    (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/140.0 Safari/537.36 Edg/140.0", "Edge op Windows"),
    (
        f"Mozilla/5.0 (Linux; Android 14) {WEBKIT} SamsungBrowser/25.0 Chrome/121.0",
        "Samsung Internet op Android",
    ),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Version/17.5 Safari/605.1.15", "Safari op Mac"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) FxiOS/127.0 Safari/605", "Firefox op iPhone"),
    ("curl/8.5 (Linux)", "Linux"),
    ("Firefox", "Firefox"),
    ("Vreemd", ""),
    ("", ""),
]


class TestSayDevice:
    @pytest.mark.parametrize(("user_agent", "words"), DEVICES)
    def test_names_the_browser_and_the_system_it_knows(self, user_agent, words):
        with translation.override("nl"):
            assert say_device(user_agent) == words

    def test_says_it_in_the_language_of_the_reader(self):
        with translation.override("en"):
            assert say_device(DEVICES[0][0]) == "Chrome on Linux"

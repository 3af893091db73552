# SPDX-License-Identifier: EUPL-1.2
"""What every rival has read when it is forked: the whole site, once, in a process of its own."""

from __future__ import annotations

import sys
from importlib import import_module
from socket import socket

import django

from tests.integration.working import connected_to

django.setup()
for app in ("digest", "emergency", "members", "notes", "referral"):
    import_module(f"scharnier.apps.{app}.services")


def live(link: socket, url: str, text: str, words: tuple[str, ...]) -> None:
    """Run a text in a database of its own; what it reads and says goes over the link."""
    with link, link.makefile("r") as heard, link.makefile("w") as said, connected_to(url):
        sys.stdin, sys.stdout, sys.argv = heard, said, ["rival", *words]
        exec(text, {"__name__": "rival"})  # noqa: S102  # the test's own words

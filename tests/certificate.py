# SPDX-License-Identifier: EUPL-1.2
"""A certificate for localhost that nobody vouches for."""

from __future__ import annotations

import ssl
import subprocess
from pathlib import Path
from shutil import which

import pytest

WORDS = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Return a new certificate and its key; without openssl the test is skipped by name."""
    program = which("openssl")
    if program is None:
        pytest.skip("openssl is absent")
    made, key = folder / "certificate.pem", folder / "key.pem"
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", made]
    subprocess.run([program, *WORDS.split(), *names], check=True, capture_output=True)  # noqa: S603  # our words
    return made, key


def serving(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    """Return how a server speaks TLS with a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context

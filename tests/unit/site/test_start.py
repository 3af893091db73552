# SPDX-License-Identifier: EUPL-1.2
"""What every program of the site takes in before it does anything: a server, a worker, a command."""

from __future__ import annotations

import os
import subprocess
import sys

SECONDS = 60
NEEDED_LATER = ("sklearn", "scipy.optimize", "scipy.stats", "igraph")  # to fit and to draw; seconds of CPU
START = f"""
import sys, django
django.setup()
import scharnier.site.urls
print(*[name for name in {NEEDED_LATER!r} if name in sys.modules])
"""


class TestStart:
    def test_leaves_what_only_fitting_and_drawing_need_to_whoever_fits_and_draws(self) -> None:
        done = subprocess.run(  # noqa: S603  # our own words
            [sys.executable, "-c", START],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "scharnier.site.settings"},
            capture_output=True,
            text=True,
            check=True,
            timeout=SECONDS,
        )

        assert done.stdout.split() == []

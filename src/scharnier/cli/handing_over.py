# SPDX-License-Identifier: EUPL-1.2
"""Hand over to the site, which this command line runs without."""

from __future__ import annotations

import os
import sys


def hand_over(*words: str) -> None:
    """Become `python -m scharnier.site` with these words; this process ends here."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "scharnier.site", *words])  # noqa: S606  our own program, words as given

# SPDX-License-Identifier: EUPL-1.2
"""Where the shared measurement data lies, when it is there."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


def needs_shared_data(part: str) -> pytest.MarkDecorator:
    """Return a mark that skips a test, by name, when a part of the shared data is absent."""
    return pytest.mark.skipif(not (SHARED_DATA / part).exists(), reason=f"shared data absent: {part}")

# SPDX-License-Identifier: EUPL-1.2
"""The lists of this folder, and the product's own lexicon to try them with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scharnier.core import text
from scharnier.formats import lexicon

FOLDER = Path(__file__).parent


def read_lines(name: str, *, section: str) -> Iterator[str]:
    """Yield the lines of one [section] of a list, comments left out."""
    here = ""
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            here = line.strip("[]")
        elif line and not line.startswith("#") and here == section:
            yield line


@pytest.fixture(scope="session")
def full_lexicon() -> text.Lexicon:
    """The lexicon that the product brings along."""
    return lexicon.load_lexicon()


@pytest.fixture(scope="session")
def analyzer(full_lexicon) -> text.Analyzer:
    """An analyzer with the product's lexicon."""
    return text.Analyzer(full_lexicon)

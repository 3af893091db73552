# SPDX-License-Identifier: EUPL-1.2
"""The product's own lexicon, to try the lists with."""

from __future__ import annotations

import pytest

from scharnier.core import text
from scharnier.formats import lexicon


@pytest.fixture(scope="session")
def full_lexicon() -> text.Lexicon:
    """The lexicon that the product brings along."""
    return lexicon.load_lexicon()


@pytest.fixture(scope="session")
def analyzer(full_lexicon) -> text.Analyzer:
    """An analyzer with the product's lexicon."""
    return text.Analyzer(full_lexicon)

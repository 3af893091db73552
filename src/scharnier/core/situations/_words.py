# SPDX-License-Identifier: EUPL-1.2
"""Words in a shared situation point at no person."""

from __future__ import annotations

from typing import Final

from scharnier.core import text

LONGEST_TEXT: Final = 2000  # characters


def check_words(*words: str, may_be_empty: bool = False) -> None:
    """Refuse texts that are empty, too long or point at one person."""
    for each in words:
        if each.strip() or not may_be_empty:
            text.check_input(each, max_characters=LONGEST_TEXT)

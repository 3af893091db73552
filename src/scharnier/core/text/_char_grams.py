# SPDX-License-Identifier: EUPL-1.2
"""Pieces of words, for spelling mistakes and compounds that no list knows."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_MEMO = 100_000  # words remembered


def char_grams(s: str, *, n: int = 4) -> tuple[str, ...]:
    """Return the pieces of n characters of each word of a text, in order, with repeats.

    Parameters
    ----------
    s
        Any text; letters and digits make words, lower case.
    n
        Characters a piece, >= 1.

    Notes
    -----
    A word is marked with a space on both sides, so that its start and its end count as characters; a word
    shorter than n - 2 gives one piece, itself with its marks. O(m) in the m characters.

    Examples
    --------
    >>> char_grams("Wijk 7")
    (' wij', 'wijk', 'ijk ', ' 7 ')
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", s).lower())
    return tuple([gram for word in words for gram in _grams(word, n)])


@lru_cache(_MEMO)
def _grams(word: str, n: int) -> tuple[str, ...]:
    marked = f" {word} "
    return tuple(marked[start : start + n] for start in range(max(1, len(marked) - n + 1)))

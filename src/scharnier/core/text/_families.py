# SPDX-License-Identifier: EUPL-1.2
"""Bring the words of one family together, prefixes included."""

from __future__ import annotations

from collections.abc import Iterable

from scharnier.core.text._lexicon import WordFamily

_PREFIX_WORDS = """
    aan achter af be bij binnen bloot boven buiten deel dicht door er groot her huis in kwijt los mede mee
    mis na neer om onder ont op open over plaats rond samen stand tegemoet tegen teleur terecht terug
    thuis toe tussen uit vast ver verder voor voorbij vooruit voort vrij waar weder weer weg wel
"""
_PREFIXES = frozenset(_PREFIX_WORDS.split())
_LONGEST_PREFIX = max(map(len, _PREFIXES))
_SHORTEST_PREFIX = min(map(len, _PREFIXES))
_SHORTEST = 3  # letters of a form behind a prefix
_MOST_PREFIXES = 2


class Families:
    """From any form of a family to its base.

    Examples
    --------
    >>> wijzen = WordFamily(base="wijzen", forms=frozenset({"wijst"}), bound=frozenset({"wees", "wezen"}))
    >>> families = Families([wijzen])
    >>> families.base("doorverwezen"), families.base("wees"), families.base("verwijst")
    ('doorverwijzen', None, 'verwijzen')
    """

    def __init__(self, families: Iterable[WordFamily]) -> None:
        self._bare: dict[str, str] = {}
        self._behind: dict[str, str] = {}
        self.homonyms: frozenset[str] = frozenset()
        for family in families:
            forms = family.forms | {family.base}
            self._bare |= dict.fromkeys(forms - family.bound, family.base)
            self._behind |= dict.fromkeys(forms | family.bound, family.base)
            self.homonyms |= family.bound

    def base(self, word: str) -> str | None:
        """Return the base, prefixes kept, or None when the word is of no family.

        Notes
        -----
        At most two prefixes are taken off, the longest first. O(m) in the m letters.

        Examples
        --------
        >>> Families([]).base("overlast") is None
        True
        """
        return self._bare.get(word) or self._behind_prefix(word, left=_MOST_PREFIXES)

    def _behind_prefix(self, word: str, *, left: int) -> str | None:
        longest = min(_LONGEST_PREFIX, len(word) - _SHORTEST)
        for end in range(longest, _SHORTEST_PREFIX - 1, -1):
            prefix, rest = word[:end], word[end:]
            if prefix not in _PREFIXES:
                continue
            found = self._behind.get(rest)
            if found is None and left > 1:
                found = self._behind_prefix(rest, left=left - 1)
            if found is not None:
                return prefix + found
        return None

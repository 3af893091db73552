# SPDX-License-Identifier: EUPL-1.2
"""Bring the forms of Dutch strong verbs together, prefixes included."""

from __future__ import annotations

from collections.abc import Iterable

from scharnier.core.text._lexicon import StrongVerb

_PREFIX_WORDS = """
    aan achter af be bij binnen bloot boven buiten deel dicht door er groot her huis in kwijt los mede mee
    mis na neer om onder ont op open over plaats rond samen stand tegemoet tegen teleur terecht terug thuis
    toe tussen uit vast ver verder vol voor voorbij voort vooruit vrij waar weder weer weg wel
"""
_PREFIXES = frozenset(_PREFIX_WORDS.split())
_LONGEST_PREFIX = max(map(len, _PREFIXES))
_SHORTEST = 3  # letters of a form behind a prefix
_MOST_PREFIXES = 2


class StrongVerbs:
    """The families of strong verbs: from any form to the infinitive.

    Examples
    --------
    >>> bound = frozenset({"wees", "wezen"})
    >>> families = StrongVerbs([StrongVerb(infinitive="wijzen", forms=frozenset({"wijst"}), bound=bound)])
    >>> families.infinitive("doorverwezen"), families.infinitive("wees"), families.infinitive("verwijzing")
    ('doorverwijzen', None, 'verwijzen')
    """

    def __init__(self, verbs: Iterable[StrongVerb]) -> None:
        self._bare: dict[str, str] = {}
        self._bound: dict[str, str] = {}
        self.homonyms: frozenset[str] = frozenset()
        for verb in verbs:
            regular = {verb.infinitive, f"{verb.infinitive}d", f"{verb.infinitive}de"} - verb.bound
            nouns = {f"{verb.infinitive[:-2]}ing", f"{verb.infinitive[:-2]}ingen"}
            self._bare |= dict.fromkeys(verb.forms | regular, verb.infinitive)
            self._bound |= dict.fromkeys(verb.forms | verb.bound | regular | nouns, verb.infinitive)
            self.homonyms |= verb.bound

    def infinitive(self, word: str) -> str | None:
        """Return the infinitive, prefixes kept, or None when the word is of no strong verb's family.

        Notes
        -----
        At most two prefixes are taken off, the longest first. O(m) in the m letters.

        Examples
        --------
        >>> StrongVerbs([]).infinitive("overlast") is None
        True
        """
        return self._bare.get(word) or self._behind_prefix(word, left=_MOST_PREFIXES)

    def _behind_prefix(self, word: str, *, left: int) -> str | None:
        for end in range(min(_LONGEST_PREFIX, len(word) - _SHORTEST), 1, -1):
            prefix, rest = word[:end], word[end:]
            if prefix in _PREFIXES:
                deeper = self._behind_prefix(rest, left=left - 1) if left > 1 else None
                found = self._bound.get(rest) or deeper
                if found is not None:
                    return prefix + found
        return None

# SPDX-License-Identifier: EUPL-1.2
"""Cut Dutch compounds into the words they are made of."""

from __future__ import annotations

from collections.abc import Mapping

from scharnier.core.text._lexicon import Lexicon

_WHOLE = 3.6  # Zipf; as frequent a word is known to readers as one
_SHORTEST, _LONGEST = 4, 60  # letters of a part; of a word
_FIELD_ZIPF = 3.0
_LINKS = {"": 0.0, "s": 0.2, "en": 0.6, "n": 0.8, "e": 0.8, "er": 1.0}  # cost, in powers of ten
_PER_PART = 1.0
# They look like words, but in a compound they are endings or the start of a prefix.
_NEVER_WORDS = """
    aard aars achtig aren aten baar bare dien dient ding ende enden eren gers gesp heden heid iteit king
    kingen laar laars lijk lijke loos loze maal ment menten nissen overs reet ring ringen schap schappen
    sten ster sters takel teren ting tingen verg vers
"""
_NEVER = frozenset(_NEVER_WORDS.split())

_Cut = tuple[float, tuple[str, ...]]


class Splitter:
    """Cuts compounds, by the frequencies of one lexicon.

    Examples
    --------
    >>> lexicon = Lexicon(dutch={"geluid": 4.4, "overlast": 4.1, "bestuur": 4.9, "best": 5.4})
    >>> Splitter(lexicon).split("geluidsoverlast"), Splitter(lexicon).split("bestuur")
    (('geluid', 'overlast'), ('bestuur',))
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._zipf = lexicon.dutch
        self._by_hand = lexicon.compounds
        self._costs = _part_costs(lexicon)

    def split(self, word: str) -> tuple[str, ...]:
        """Return the parts of a lower-case word, or the word alone when it is not a compound.

        Notes
        -----
        The best cut has the lowest sum of -log10 p over its parts, plus a cost for each part and each linking
        sound (s, en, e, n, er); found from right to left by dynamic programming. Words of Zipf 3.6 and up
        stay whole. O(m^2) in the m letters.

        Examples
        --------
        >>> Splitter(Lexicon(dutch={"buurt": 4.6, "vader": 5.4})).split("buurtvader")
        ('buurt', 'vader')
        """
        if word in self._by_hand:
            return self._by_hand[word]
        long_enough = 2 * _SHORTEST <= len(word) <= _LONGEST
        if not long_enough or self._zipf.get(word, 0.0) >= _WHOLE:
            return (word,)
        cuts: dict[int, _Cut] = {len(word): (0.0, ())}
        for start in range(len(word) - _SHORTEST, -1, -1):
            best = self._best_from(word, start=start, cuts=cuts)
            if best is not None:
                cuts[start] = best
        return cuts[0][1] if 0 in cuts else (word,)

    def _best_from(self, word: str, *, start: int, cuts: Mapping[int, _Cut]) -> _Cut | None:
        best: _Cut | None = None
        for end in range(start + _SHORTEST, len(word) + 1):
            part = word[start:end]
            cost = self._costs.get(part)
            if cost is None or len(part) == len(word):
                continue
            rest = _cheapest_rest(word, end=end, cuts=cuts)
            if rest is not None and (best is None or cost + rest[0] < best[0]):
                best = (cost + rest[0], (part, *rest[1]))
        return best


def _cheapest_rest(word: str, *, end: int, cuts: Mapping[int, _Cut]) -> _Cut | None:
    best: _Cut | None = cuts.get(end)
    if end == len(word):
        return best
    for link, cost in _LINKS.items():
        rest = cuts.get(end + len(link)) if word.startswith(link, end) else None
        is_word = rest is not None and rest[1]
        if rest is not None and is_word and (best is None or cost + rest[0] < best[0]):
            best = (cost + rest[0], rest[1])
    return best


def _part_costs(lexicon: Lexicon) -> dict[str, float]:
    left_out = _NEVER | lexicon.stop_words.get("nl", frozenset())
    costs = {
        word: 9 - zipf + _PER_PART
        for word, zipf in lexicon.dutch.items()
        if len(word) >= _SHORTEST and word not in left_out
    }
    field_cost = 9 - _FIELD_ZIPF + _PER_PART
    for word in lexicon.field_words:
        costs[word] = min(costs.get(word, field_cost), field_cost)
    return costs

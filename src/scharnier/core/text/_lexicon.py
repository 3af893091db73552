# SPDX-License-Identifier: EUPL-1.2
"""What the analysis knows about words: a value, so that core reads no files."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

Language = Literal["nl", "en"]

_OWN_WEIGHT = 1_000_000  # tokens of general Dutch that a corpus of one's own is weighed against
_LARGEST_OWN = 3.5  # Zipf; below the splitter's bound, so that a compound met often is still split


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFamily:
    """Dutch words that are searched as one: the forms of a strong verb, a trade and who plies it.

    Notes
    -----
    A form that is also another word (`week`: seven days, and the past of *wijken*) stands in `bound`: it
    counts only behind a prefix (`afweek`). The base itself may be bound (`wijken`: neighbourhoods).

    Examples
    --------
    >>> WordFamily(base="helpen", forms=frozenset({"hielp", "hulp"})).bound
    frozenset()
    """

    base: str
    forms: frozenset[str]
    bound: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Words with their frequencies and families, and stop words.

    Notes
    -----
    Frequencies are Zipf values: log10 of the occurrences in 10^9 words, about 0 to 8 [1]_. `field_words` may
    be parts of compounds whatever their frequency; `compounds` cuts words by hand.
    `spellings` gives the American spelling of how British words begin. `small_words` of other languages, by
    ISO 639-1 code, only serve to tell that a text is neither Dutch nor English.

    References
    ----------
    .. [1] W. van Heuven, P. Mandera, E. Keuleers and M. Brysbaert (2014), SUBTLEX-UK, Quarterly Journal of
       Experimental Psychology 67(6), 1176-1190.

    Examples
    --------
    >>> Lexicon(dutch={"huis": 5.4}).dutch["huis"]
    5.4
    """

    dutch: Mapping[str, float]
    english: Mapping[str, float] = field(default_factory=dict)
    field_words: frozenset[str] = frozenset()
    compounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    families: tuple[WordFamily, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)
    stop_words: Mapping[Language, frozenset[str]] = field(default_factory=dict)
    small_words: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def with_counts(self, counts: Mapping[str, int]) -> Lexicon:
        """Return the lexicon with the unigram counts of a corpus of one's own added to the Dutch words.

        Parameters
        ----------
        counts
            Occurrences by lower-case word, each > 0.

        Returns
        -------
        Lexicon
            Words it knew get the weighed mean of both frequencies; words it did not know at most Zipf 3.5.

        Notes
        -----
        p = (c + M p0) / (N + M) with c of N own tokens, p0 the frequency so far and M = 10^6. O(n).

        Examples
        --------
        >>> enriched = Lexicon(dutch={"huis": 5.4}).with_counts({"buurtapp": 3})
        >>> round(enriched.dutch["buurtapp"], 2)
        3.48
        """
        total = sum(counts.values()) + _OWN_WEIGHT
        own = {word: self._weighed(word, count=count, total=total) for word, count in counts.items()}
        return replace(self, dutch={**self.dutch, **own})

    def _weighed(self, word: str, *, count: int, total: int) -> float:
        known = self.dutch.get(word)
        before = 0.0 if known is None else _OWN_WEIGHT * 10 ** (known - 9)
        zipf = math.log10((count + before) / total) + 9
        return min(zipf, _LARGEST_OWN) if known is None else zipf

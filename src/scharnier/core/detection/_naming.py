# SPDX-License-Identifier: EUPL-1.2
"""Name what a find is about: the words that are said there more than elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

PRIOR: Final = 500.0  # words of the background that each side is imagined to have said besides
LEAST_SIGNALS, LEAST_PARTNERS = 3, 2  # a word of fewer may tell of one person or place


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """The words of one signal, and who met it."""

    partner: str
    words: tuple[str, ...]  # as the analyzer gives them, repeats and all


@dataclass(frozen=True, slots=True, kw_only=True)
class TypicalWord:
    """A word that is typical of a find."""

    word: str
    z: float  # > 0: how sure it is that the word is said more here
    n_signals: int  # >= 3
    n_partners: int  # >= 2


def name_find(
    inside: Collection[Saying], outside: Collection[Saying], *, n_words: int = 5
) -> tuple[TypicalWord, ...]:
    """Return the words that are typical of some signals, surest first.

    Parameters
    ----------
    inside
        Signals of the find.
    outside
        All others.
    n_words
        How many words at most.

    Notes
    -----
    Log-odds ratio with an informative Dirichlet prior [1]_: the prior is 500 words spread as all signals
    together say them. Only words of at least three signals of at least two partners are told; they still
    may name a place, and are for partners who may read the signals. O(words).

    References
    ----------
    .. [1] B. L. Monroe, M. P. Colaresi, K. M. Quinn (2008), Fightin' words, Political Analysis
       16(4), 372-403.

    Examples
    --------
    >>> said = [Saying(partner=name, words=("scooters", "plein")) for name in ("police", "school", "school")]
    >>> [label.word for label in name_find(said, [Saying(partner="police", words=("plein", "afval"))] * 9)]
    ['scooters']
    """
    here, there = _count(inside), _count(outside)
    n_here, n_there = here.total(), there.total()
    labels = [
        TypicalWord(word=word, z=z, n_signals=n_signals, n_partners=n_partners)
        for word, n_signals, n_partners in _told(inside)
        if (z := _z(here[word], there[word], n_here, n_there)) > 0
    ]
    return tuple(sorted(labels, key=lambda label: (-label.z, label.word))[:n_words])


def _count(sayings: Collection[Saying]) -> Counter[str]:
    return Counter(word for saying in sayings for word in saying.words)


def _told(sayings: Collection[Saying]) -> Iterator[tuple[str, int, int]]:
    """Yield each word that may be told, with how many signals and partners say it."""
    n_signals = Counter(word for saying in sayings for word in set(saying.words))
    by_partner = Counter(
        word for _, word in {(each.partner, word) for each in sayings for word in each.words}
    )
    for word, n in n_signals.items():
        if n >= LEAST_SIGNALS and by_partner[word] >= LEAST_PARTNERS:
            yield word, n, by_partner[word]


def _z(here: int, there: int, n_here: int, n_there: int) -> float:
    prior = PRIOR * (here + there) / (n_here + n_there)
    in_here, in_there = here + prior, there + prior
    ratio = log(in_here / (n_here + PRIOR - in_here)) if n_here + PRIOR > in_here else float("inf")
    other = log(in_there / (n_there + PRIOR - in_there)) if n_there + PRIOR > in_there else float("inf")
    return (ratio - other) / sqrt(1 / in_here + 1 / in_there) if ratio != other else 0.0

# SPDX-License-Identifier: EUPL-1.2
"""Tell in which language a text is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from scharnier.core.kernel import Invalid
from scharnier.core.text._lexicon import Language, Lexicon

_WORD = re.compile(r"[^\W\d_]+")
_MOST_CHARACTERS = 1_000  # enough to know the language of a longer text
_LAST_LATIN = "\u024f"
_STRANGE = frozenset("ąćęłńśźżşğıßñãõåøæœăâțș")  # letters of Latin script that neither language uses
_UNSEEN_DUTCH, _UNSEEN_ENGLISH = 1.6, 2.0  # Zipf below what the lists hold
_LIKE_DUTCH = 4.0  # Zipf taken for an unlisted word that ends in a listed one, as compounds do
_TAIL = range(5, 15)  # letters of such an ending
_CLOSE = 1.0  # a lead this small tells nothing: drugs, stage, computer
_ABBREVIATION = 2  # letters; so short a word tells nothing unless it is a stop word
_FEWEST_WORDS = 4  # with fewer, unknown words may as well be names
_SMALLEST_SHARE = 0.4  # of known words in a text of either language
_LANGUAGES: tuple[Language, ...] = ("nl", "en")


class UnknownLanguage(Invalid):
    """The text is clearly in neither Dutch nor English."""

    code = "text.unknown_language"


def detect_language(s: str, *, lexicon: Lexicon, default: Language = "nl") -> Language | None:
    """Return the language of a text, or None when it is clearly neither Dutch nor English.

    Parameters
    ----------
    s
        Any text, one word upwards; the first 1,000 characters count.
    lexicon
        With Dutch and English frequencies, stop words and the small words of other languages.
    default
        The answer when nothing tells: no words, or names alone.

    Notes
    -----
    Neither: mostly letters that are not Latin; or at least two small words of another language or words with
    its letters, and more of those than stop words of Dutch or of English; or four words and up of which under
    40 % are in a list. Otherwise the language with the higher sum of Zipf frequencies, which is a likelihood
    ratio of unigrams, and the default when they differ by less than 1. O(n).

    Examples
    --------
    >>> lexicon = Lexicon(dutch={"hulp": 5.0, "help": 4.6}, english={"help": 5.9})
    >>> detect_language("help", lexicon=lexicon), detect_language("hulp", lexicon=lexicon)
    ('en', 'nl')
    >>> detect_language("я не знаю", lexicon=lexicon) is None
    True
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", s[:_MOST_CHARACTERS]).lower())
    if _is_foreign(words, lexicon=lexicon):
        return None
    lead = sum(_lead_of_dutch(word, lexicon=lexicon) for word in words if _tells(word, lexicon=lexicon))
    if abs(lead) < _CLOSE:
        return default
    return "nl" if lead > 0 else "en"


def _is_foreign(words: Sequence[str], *, lexicon: Lexicon) -> bool:
    not_latin = sum(max(word) > _LAST_LATIN for word in words)
    if 2 * not_latin > len(words):
        return True
    ours = [sum(word in lexicon.stop_words.get(language, ()) for word in words) for language in _LANGUAGES]
    theirs = [sum(word in small for word in words) for small in lexicon.small_words.values()]
    strange = sum(not _STRANGE.isdisjoint(word) for word in words)
    if max(theirs, default=0) + strange >= max(2, *(count + 1 for count in ours)):
        return True
    known = sum(_dutch_zipf(word, lexicon=lexicon) > 0 or word in lexicon.english for word in words)
    return len(words) >= _FEWEST_WORDS and known < _SMALLEST_SHARE * len(words)


def _tells(word: str, *, lexicon: Lexicon) -> bool:
    return len(word) > _ABBREVIATION or any(word in small for small in lexicon.stop_words.values())


def _lead_of_dutch(word: str, *, lexicon: Lexicon) -> float:
    dutch, english = _dutch_zipf(word, lexicon=lexicon), lexicon.english.get(word, 0.0)
    return (dutch or _UNSEEN_DUTCH) - (english or _UNSEEN_ENGLISH) if dutch or english else 0.0


def _dutch_zipf(word: str, *, lexicon: Lexicon) -> float:
    zipf = lexicon.dutch.get(word)
    if zipf is not None:
        return zipf
    is_like_dutch = word not in lexicon.english and any(word[-n:] in lexicon.dutch for n in _TAIL)
    return _LIKE_DUTCH if is_like_dutch else 0.0

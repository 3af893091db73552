# SPDX-License-Identifier: EUPL-1.2
"""Derive the word lists of src/scharnier/formats/data/lexicon from wordfreq and OpenTaal.

Run it in an environment of its own that has wordfreq; the product never needs it:

    python scripts/make_lexicon.py WORD_LIST FOLDER

WORD_LIST is OpenTaal's list of Dutch words, one a line (Debian's package wdutch). FOLDER receives dutch.txt
and english.txt: a line is a Zipf frequency (log10 of the occurrences in a thousand million words) and every
word that often, in alphabetical order.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from wordfreq import get_frequency_dict

LOWEST_DUTCH, LOWEST_ENGLISH = 2.4, 3.3
NOTICE = (
    "# {what}\n# Derived from wordfreq 3.1.1 (Robyn Speer){filter}; changed: selected and rounded.\n"
    "# Licence CC BY-SA 4.0, see LICENSE.md beside this file.\n"
)


def zipf_frequencies(language: str, *, lowest: float) -> dict[str, float]:
    """Return the Zipf frequency of each word of letters only, from `lowest` up."""
    frequencies = get_frequency_dict(language, wordlist="large")
    zipf = {word: round(math.log10(share) + 9, 2) for word, share in frequencies.items() if word.isalpha()}
    return {word: value for word, value in zipf.items() if value >= lowest}


def levels(frequencies: Mapping[str, float]) -> Iterable[str]:
    """Yield a line for each frequency, the most frequent words first."""
    words = defaultdict(list)
    for word, value in frequencies.items():
        words[value].append(word)
    for value in sorted(words, reverse=True):
        yield f"{value:.2f} {' '.join(sorted(words[value]))}"


def main(word_list: str, folder: str) -> None:
    """Write both lists."""
    known = set(Path(word_list).read_text(encoding="utf-8").split("\n"))
    dutch = zipf_frequencies("nl", lowest=LOWEST_DUTCH)
    dutch = {word: value for word, value in dutch.items() if word in known}
    notice = NOTICE.format(what="Dutch words by frequency.", filter=", words that OpenTaal lists")
    text = notice + "\n".join(levels(dutch)) + "\n"
    Path(folder, "dutch.txt").write_text(text, encoding="utf-8")
    english = zipf_frequencies("en", lowest=LOWEST_ENGLISH)
    notice = NOTICE.format(what="English words by frequency.", filter="")
    text = notice + "\n".join(levels(english)) + "\n"
    Path(folder, "english.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

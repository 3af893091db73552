# SPDX-License-Identifier: EUPL-1.2
"""Read the word lists that the product brings along."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

from scharnier.core import text

_FOLDER = resources.files("scharnier.formats").joinpath("data", "lexicon")


@cache
def load_lexicon() -> text.Lexicon:
    """Return the lexicon of the product: Dutch and English frequencies, verbs, stop words.

    Examples
    --------
    >>> load_lexicon().dutch["overlast"] > 4
    True
    """
    return text.Lexicon(
        dutch=_frequencies("dutch.txt"),
        english=_frequencies("english.txt"),
        field_words=_words("field_words.txt"),
        compounds={line.replace("/", ""): tuple(line.split("/")) for line in _words("compounds.txt")},
        strong_verbs=tuple(map(_strong_verb, _lines("strong_verbs.txt"))),
        stop_words={"nl": _words("stop_words_nl.txt"), "en": _words("stop_words_en.txt")},
        small_words={
            language: frozenset(words) for language, *words in map(str.split, _lines("other_languages.txt"))
        },
    )


def _lines(name: str) -> Iterator[str]:
    lines = _FOLDER.joinpath(name).read_text(encoding="utf-8").splitlines()
    return (line for line in lines if line and not line.startswith("#"))


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _lines(name) for word in line.split())


def _frequencies(name: str) -> dict[str, float]:
    frequencies: dict[str, float] = {}
    for line in _lines(name):
        zipf, *words = line.split()
        frequencies |= dict.fromkeys(words, float(zipf))
    return frequencies


def _strong_verb(line: str) -> text.StrongVerb:
    marked = line.split()
    forms = {form.rstrip("*") for form in marked if form.endswith("*")}
    stem = marked[1].rstrip("*")
    free = {form for form in marked if not form.endswith("*")} | {stem if stem.endswith("t") else f"{stem}t"}
    return text.StrongVerb(
        infinitive=marked[0].rstrip("*"), forms=frozenset(free - forms), bound=frozenset(forms)
    )

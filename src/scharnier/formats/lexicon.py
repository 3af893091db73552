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
        families=(
            *map(_strong_verb, _lines("strong_verbs.txt")),
            *map(_family, _lines("families.txt")),
        ),
        spellings=dict(map(str.split, _lines("spellings_en.txt"))),
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


def _family(line: str) -> text.WordFamily:
    base, *forms = line.split()
    return text.WordFamily(base=base, forms=frozenset(forms))


def _strong_verb(line: str) -> text.WordFamily:
    marked = line.split()
    infinitive, stem = marked[0].rstrip("*"), marked[1].rstrip("*")
    bound = {form.rstrip("*") for form in marked if form.endswith("*")}
    regular = {stem if stem.endswith("t") else f"{stem}t", f"{infinitive}d", f"{infinitive}de"}
    nouns = {f"{infinitive[:-2]}ing", f"{infinitive[:-2]}ingen"} - regular - {*marked}
    return text.WordFamily(
        base=infinitive,
        forms=frozenset(regular.union(marked) - bound - {f"{form}*" for form in bound}),
        bound=frozenset(bound | nouns),
    )

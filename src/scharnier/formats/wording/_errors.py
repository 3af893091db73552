# SPDX-License-Identifier: EUPL-1.2
"""Say an anticipated failure in words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Protocol, runtime_checkable

from scharnier.core.kernel import ScharnierError
from scharnier.formats.wording._days import say_day
from scharnier.formats.wording._language import Language


class _Facts(dict[str, object]):
    """Facts for a template; a fact that is not there shows as its name."""

    def __missing__(self, name: str) -> str:
        return name


@runtime_checkable
class Worded(Protocol):
    """A fact with a sentence of its own, such as one problem of many."""

    @property
    def code(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, object]: ...


@cache
def error_sentences() -> Mapping[str, Mapping[str, str]]:
    """Return the sentence templates by error code, then by language.

    Examples
    --------
    >>> sorted(error_sentences()["not_found"])
    ['en', 'nl']
    """
    text = resources.files("scharnier.formats.wording").joinpath("errors.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def say_error(error: ScharnierError, *, language: Language) -> str:
    """Return one sentence that says what is wrong and what to do.

    Notes
    -----
    A code without a sentence falls back on the sentence of its kind (invalid, not_found …), so that
    nothing ever shows as a bare code.

    Examples
    --------
    >>> from scharnier.core.kernel import NotFound
    >>> say_error(NotFound(), language="en")
    'There is nothing here by that name.'
    """
    sentences = error_sentences()
    codes = [kind.code for kind in type(error).__mro__ if issubclass(kind, ScharnierError)]
    code = next(code for code in codes if code in sentences)
    facts = {name: _in_words(fact, language=language) for name, fact in error.facts.items()}
    return sentences[code][language].format_map(_Facts(facts))


def say_note(note: Worded, *, language: Language) -> str:
    """Return the sentence of a note or problem that has a code and facts of its own."""
    return error_sentences()[note.code][language].format_map(_Facts(note.facts))


def _in_words(fact: object, *, language: Language) -> object:
    if isinstance(fact, ScharnierError):
        return say_error(fact, language=language)
    if isinstance(fact, date):
        return say_day(fact, language=language)
    if isinstance(fact, Worded):
        return say_note(fact, language=language)
    if isinstance(fact, tuple | list | frozenset):
        of_their_own = any(isinstance(part, ScharnierError | Worded) for part in fact)
        said = [str(_in_words(part, language=language)) for part in fact]
        between = "\n" if of_their_own and any(part.endswith(".") for part in said) else ", "
        return between.join(said)
    return fact

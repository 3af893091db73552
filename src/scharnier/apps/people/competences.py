# SPDX-License-Identifier: EUPL-1.2
"""What people say they can do, from the list that the product brings along."""

from __future__ import annotations

from collections.abc import Iterable

from scharnier.formats.competences import load_competences


def name_competences(said: Iterable[str], *, language: str) -> tuple[str, ...]:
    """Return competences in a language; what is not on the list stays in its own words."""
    names = {each.nl: each.en if language == "en" else each.nl for each in load_competences()}
    return tuple(names.get(each, each) for each in said)


def choose_from(said: Iterable[str], *, language: str) -> tuple[tuple[str, str], ...]:
    """Return what there is to choose, as value and name: the list, and what somebody said before."""
    listed = tuple(each.nl for each in load_competences())
    own = tuple(each for each in said if each not in listed)
    values = (*listed, *own)
    return tuple(zip(values, name_competences(values, language=language), strict=True))

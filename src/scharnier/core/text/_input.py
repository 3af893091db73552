# SPDX-License-Identifier: EUPL-1.2
"""Refuse input that cannot or must not be worked with."""

from __future__ import annotations

from typing import Final

from scharnier.core.kernel import Invalid
from scharnier.core.text._personal_data import find_personal_data

LONGEST_WORDS: Final = 2_000  # characters of what somebody writes down for others, wherever it comes in
_MOST_CHARACTERS = 5_000  # of a question: two pages


class EmptyText(Invalid):
    """There is not one word in the text."""

    code = "text.empty"


class TextTooLong(Invalid):
    """The text is longer than a problem needs."""

    code = "text.too_long"


class PersonalDataFound(Invalid):
    """The text points at one person; the facts say where, masked."""

    code = "text.personal_data"


def check_input(s: str, *, max_characters: int = _MOST_CHARACTERS) -> None:
    """Refuse a text that is empty, too long, or points at one person.

    Parameters
    ----------
    s
        What somebody typed.
    max_characters
        Longest text, >= 1; the length is judged before anything is read, so that a long text costs nothing.

    Raises
    ------
    EmptyText
        Without a letter or a digit.
    TextTooLong
        Facts: `characters` and `max_characters`.
    PersonalDataFound
        Facts: `kinds`, each once, and `found`, the masked places, alike ones once.

    Notes
    -----
    O(n) for n <= max_characters, else O(1).

    Examples
    --------
    >>> check_input("hangjongeren bij het winkelcentrum")
    >>> check_input("mail mij: sam@voorbeeld.nl")
    Traceback (most recent call last):
        ...
    scharnier.core.text._input.PersonalDataFound: text.personal_data: {'kinds': ('email',), 'found': ...
    """
    if len(s) > max_characters:
        raise TextTooLong(characters=len(s), max_characters=max_characters)
    if not any(map(str.isalnum, s)):
        raise EmptyText
    found = {(data.kind, data.masked): data for data in find_personal_data(s)}
    if found:
        kinds = tuple(dict.fromkeys(kind.value for kind, _ in found))
        raise PersonalDataFound(kinds=kinds, found=tuple(found.values()))

# SPDX-License-Identifier: EUPL-1.2
"""Say why a party declines, as it would say it itself, and what is learned from that."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from scharnier.core.referral import Reason
from scharnier.formats.wording import Language


def say_reason(reason: Reason, *, language: Language) -> str:
    """Return a reason to decline as the one who declines says it.

    Examples
    --------
    >>> say_reason(Reason.NO_CAPACITY, language="en")
    'I have no room now'
    """
    return _sentences()[reason]["said"][language]


def say_what_it_teaches(reason: Reason, *, language: Language) -> str:
    """Return what a reason teaches, said to the one who declines.

    Examples
    --------
    >>> say_what_it_teaches(Reason.CONFLICT, language="en")
    'We learn nothing from this.'
    """
    return _sentences()[reason]["learned"][language]


@cache
def _sentences() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    text = resources.files("scharnier.formats").joinpath("data", "declines.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)

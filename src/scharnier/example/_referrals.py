# SPDX-License-Identifier: EUPL-1.2
"""Referrals of the example: what somebody asked, of whom, and what came of it, in days from the asking."""

from __future__ import annotations

import tomllib
from importlib import resources

import msgspec

from scharnier.example._records import Table

SOURCE = "referrals.toml"


class Stepped(Table):
    """A step that who is asked took; a lapse is the clock's."""

    step: str
    after: int  # days
    reason: str = ""
    words: str = ""
    rather: str = ""  # `person:…` or `organization:…`
    until: int = 0  # days from the asking
    hours: float | None = None


class Ask(Table):
    """One party asked, and what it did."""

    to: str  # `person:…` or `organization:…`
    after: int = 0
    by: str = "hand"
    steps: tuple[Stepped, ...] = ()


class Said(Table):
    """What somebody said of whether it helped."""

    by: str
    helped: str
    after: int
    words: str = ""


class Referred(Table):
    """A referral, as its source tells it."""

    sender: str
    text: str
    area: str
    topics: str
    ago: int  # days before the day of the example
    asks: tuple[Ask, ...]
    about: str = "problem"
    group: str = ""
    told: tuple[Said, ...] = ()


class _Source(Table):
    referrals: tuple[Referred, ...]


def load_referrals() -> tuple[Referred, ...]:
    """Return the referrals of the example, the oldest first.

    Examples
    --------
    >>> load_referrals()[0].ago >= load_referrals()[-1].ago
    True
    """
    text = resources.files("scharnier.example").joinpath("sources", SOURCE).read_text(encoding="utf-8")
    found = msgspec.convert(tomllib.loads(text), _Source).referrals
    return tuple(sorted(found, key=lambda each: (-each.ago, each.sender)))

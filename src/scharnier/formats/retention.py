# SPDX-License-Identifier: EUPL-1.2
"""The rules of retention that ship with the product, with what they say in Dutch and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from scharnier.core import retention
from scharnier.core.kernel import Invalid
from scharnier.formats.wording import Language


class UnknownRule(Invalid):
    """No rule has this name."""

    code = "retention.unknown_rule"


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule says in one language."""

    what: str
    since: str
    why: str


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule as it is written in the file."""

    id: str
    fate: retention.Fate
    nl: _Words
    en: _Words
    kept_days: int = 0
    least_days: int = 0
    most_days: int = 0
    warned_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedRule:
    """A rule in the words of one language."""

    rule: retention.RetentionRule
    what: str
    since: str
    why: str


def load_rules(chosen: Mapping[str, int] | None = None) -> tuple[retention.RetentionRule, ...]:
    """Return the rules in the order in which people read them, with the days that an installation chose.

    Raises
    ------
    UnknownRule
        When it chose for a rule that is not there.
    OutOfBounds

    Examples
    --------
    >>> next(rule for rule in load_rules({"mail": 14}) if rule.id == "mail").kept_days
    14
    """
    days = dict(chosen or {})
    rules = tuple(_rule(entry) for entry in _entries())
    unknown = sorted(set(days) - {rule.id for rule in rules})
    if unknown:
        raise UnknownRule(rules=tuple(unknown))
    return tuple(
        retention.adapt(rule, kept_days=days[rule.id]) if rule.id in days else rule for rule in rules
    )


def say_rules(rules: tuple[retention.RetentionRule, ...], *, language: Language) -> tuple[WordedRule, ...]:
    """Return rules with their words.

    Examples
    --------
    >>> say_rules(load_rules(), language="nl")[2].what
    'Rollen die zijn afgelopen'
    """
    words = {entry.id: entry.nl if language == "nl" else entry.en for entry in _entries()}
    return tuple(
        WordedRule(rule=rule, what=words[rule.id].what, since=words[rule.id].since, why=words[rule.id].why)
        for rule in rules
    )


@cache
def _entries() -> tuple[_Entry, ...]:
    text = resources.files("scharnier.formats").joinpath("data", "retention.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)["rule"], tuple[_Entry, ...])


def _rule(entry: _Entry) -> retention.RetentionRule:
    return retention.RetentionRule(
        id=entry.id,
        fate=entry.fate,
        kept_days=entry.kept_days,
        least_days=entry.least_days,
        most_days=entry.most_days,
        warned_days=entry.warned_days,
    )

# SPDX-License-Identifier: EUPL-1.2
"""The competences people can choose from, in Dutch and English."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence:
    """Something a person can do; the Dutch name is what a card holds."""

    nl: str
    en: str


@cache
def load_competences() -> tuple[Competence, ...]:
    """Return the list of the product, in the order in which people read it.

    Examples
    --------
    >>> load_competences()[0]
    Competence(nl='luisteren', en='listening')
    """
    text = (
        resources.files("scharnier.formats").joinpath("data", "competences.toml").read_text(encoding="utf-8")
    )
    return tuple(Competence(nl=each["nl"], en=each["en"]) for each in tomllib.loads(text)["competence"])

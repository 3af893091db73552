# SPDX-License-Identifier: EUPL-1.2
"""The model card in plain words: what the matching learns from, how good it is, where it errs."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from scharnier.formats.wording import Language

FIGURES = "model_card_figures.json"
TITLES: Mapping[Language, str] = {"nl": "Hoe Scharnier leert", "en": "How Scharnier learns"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its paragraphs."""

    head: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """The card in one language."""

    title: str
    sections: tuple[Section, ...]

    def as_markdown(self) -> str:
        """Return the card as a page of the documentation."""
        blocks = [f"# {self.title}"]
        for section in self.sections:
            blocks += [f"## {section.head}", *section.paragraphs]
        return "\n\n".join(blocks) + "\n"


def load_model_card(language: Language) -> ModelCard:
    """Return the model card with its figures filled in.

    Examples
    --------
    >>> load_model_card("en").sections[0].head
    'What it does'
    """
    card = tomllib.loads(_read("model_card.toml"))
    figures = {name: _say(value, language) for name, value in json.loads(_read(FIGURES)).items()}
    sections = tuple(
        Section(
            head=each["head"][language],
            paragraphs=tuple(said.format_map(figures) for said in each["said"][language]),
        )
        for each in card["sections"]
    )
    return ModelCard(title=TITLES[language], sections=sections)


def _say(value: float, language: Language) -> str:
    return str(value).replace(".", ",") if language == "nl" else str(value)


def _read(name: str) -> str:
    return resources.files("scharnier.formats").joinpath("data", name).read_text(encoding="utf-8")

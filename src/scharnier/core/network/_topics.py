# SPDX-License-Identifier: EUPL-1.2
"""What about: the concepts of a thesaurus of neighbourhood matters (SKOS)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scharnier.core.kernel import Invalid, TopicId


class InvalidTopic(Invalid):
    """A topic breaks a rule of the thesaurus."""

    code = "network.invalid_topic"


class Field(StrEnum):
    """The fields of neighbourhood work; a matter may lie in several."""

    SAFETY = "safety"
    PUBLIC_SPACE = "public_space"
    SHOPPING = "shopping"
    SPORT_HEALTH = "sport_health"
    LIVING = "living"
    CARE = "care"
    DEBT = "debt"
    WORK = "work"
    SCHOOL = "school"
    YOUTH = "youth"
    MEETING = "meeting"
    RIGHTS = "rights"


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name of a topic in one language (SKOS prefLabel, altLabel or hiddenLabel)."""

    text: str
    language: str  # BCP 47 tag, such as nl
    is_preferred: bool = False
    is_hidden: bool = False  # searched, never shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A matter of the neighbourhood: what happens, never what kind of person (SKOS concept).

    Raises
    ------
    InvalidTopic
        Without a label, with two preferred labels in one language, or as its own broader topic.
    """

    id: TopicId
    labels: tuple[Label, ...]
    definition: str = ""
    broader_ids: frozenset[TopicId] = frozenset()
    related_ids: frozenset[TopicId] = frozenset()
    fields: frozenset[Field] = frozenset()

    def __post_init__(self) -> None:
        preferred = [label.language for label in self.labels if label.is_preferred]
        if not self.labels or len(preferred) != len(set(preferred)) or self.id in self.broader_ids:
            raise InvalidTopic(topic_id=self.id, preferred_languages=tuple(preferred))

    def name(self, language: str) -> str:
        """Return the preferred label in a language, else the first preferred, else the first label.

        A hidden label is returned only when there is nothing else.

        Examples
        --------
        >>> litter = Topic(id=TopicId("litter"), labels=(Label(text="zwerfafval", language="nl"),))
        >>> litter.name("en")
        'zwerfafval'
        """
        shown = [label for label in self.labels if not label.is_hidden] or list(self.labels)
        preferred = [label for label in shown if label.is_preferred] or shown
        return next((label for label in preferred if label.language == language), preferred[0]).text

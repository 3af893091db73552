# SPDX-License-Identifier: EUPL-1.2
"""Topics from a thesaurus: SKOS concepts in JSON-LD of the form of `data/neighbourhood_matters.jsonld`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Annotated

import msgspec

from scharnier.core import network
from scharnier.core.kernel import Invalid, NetworkId, TopicId

LANGUAGES = ("nl", "en")  # each concept has a preferred label in both


class MalformedThesaurus(Invalid):
    """The bytes are not JSON-LD of this form; `place` says where."""

    code = "skos.malformed"


class MissingLabel(Invalid):
    """A concept has no preferred label in one of the languages."""

    code = "skos.missing_label"


class DuplicateConcept(Invalid):
    """Two concepts have the same identifier."""

    code = "skos.duplicate_concept"


class UnknownConcept(Invalid):
    """A concept refers to one that is not there."""

    code = "skos.unknown_concept"


class CircularConcept(Invalid):
    """A concept is, by a chain of broader concepts, broader than itself."""

    code = "skos.circular_concept"


class UnknownField(Invalid):
    """A concept lies in a field that is none of `network.Field`, or in no field."""

    code = "skos.unknown_field"


_FAULTS: Mapping[network.Fault, type[Invalid]] = {
    network.Fault.DUPLICATE_ID: DuplicateConcept,
    network.Fault.UNKNOWN_REFERENCE: UnknownConcept,
    network.Fault.CIRCLE: CircularConcept,
}


_FIELDS: Mapping[str, network.Field] = {field.value: field for field in network.Field}
_Id = Annotated[str, msgspec.Meta(pattern=r"^\S+$")]
_Text = Annotated[str, msgspec.Meta(min_length=1)]


class _Concept(msgspec.Struct, kw_only=True, gc=False):
    """One concept as it stands in the file."""

    id: _Id = msgspec.field(name="@id")
    fields: tuple[str, ...] = msgspec.field(name="field", default=())
    preferred: dict[str, _Text] = msgspec.field(name="prefLabel", default_factory=dict)
    alternative: dict[str, tuple[_Text, ...]] = msgspec.field(name="altLabel", default_factory=dict)
    hidden: dict[str, tuple[_Text, ...]] = msgspec.field(name="hiddenLabel", default_factory=dict)
    broader: tuple[_Id, ...] = ()
    related: tuple[_Id, ...] = ()


class _Scheme(msgspec.Struct):
    """The file: a concept scheme with its concepts."""

    concepts: tuple[_Concept, ...]


@cache
def load_thesaurus() -> tuple[network.Topic, ...]:
    """Return the thesaurus of neighbourhood matters that comes with the product.

    Examples
    --------
    >>> {topic.id: topic.name("nl") for topic in load_thesaurus()}["litter"]
    'zwerfafval'
    """
    file = resources.files("scharnier.formats").joinpath("data", "neighbourhood_matters.jsonld")
    return read_topics(file.read_bytes())


def read_topics(data: bytes) -> tuple[network.Topic, ...]:
    """Return the topics of a thesaurus, in the order of the file; `related` holds both ways.

    Raises
    ------
    MalformedThesaurus
        When it is not JSON-LD of this form.
    MissingLabel, UnknownField
        When a concept lacks a preferred label in Dutch or English, or a known field.
    DuplicateConcept, UnknownConcept, CircularConcept
        When the concepts do not hang together.

    Examples
    --------
    >>> concept = b'{"@id": "litter", "field": ["living"], "prefLabel": {"nl": "afval", "en": "litter"}}'
    >>> read_topics(b'{"concepts": [' + concept + b"]}")[0].name("en")
    'litter'
    """
    concepts = _decode(data)
    related = _related_both_ways(concepts)
    topics = tuple(_to_topic(concept, related=related[concept.id]) for concept in concepts)
    _check_coherence(topics)
    return topics


def _decode(data: bytes) -> Sequence[_Concept]:
    try:
        return msgspec.json.decode(data, type=_Scheme).concepts
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise MalformedThesaurus(place=_place_in(str(error))) from error


def _place_in(message: str) -> str:
    """Return the place from a message such as "Expected `str`, got `int` - at `$.concepts[3]`"."""
    found = re.search(r"`(\$\S*)`$|\((byte \d+)\)$", message)
    return (found[1] or found[2]) if found else "$"


def _related_both_ways(concepts: Sequence[_Concept]) -> Mapping[str, set[str]]:
    related: defaultdict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for other in concept.related:
            related[concept.id].add(other)
            related[other].add(concept.id)
    return related


def _to_topic(concept: _Concept, *, related: set[str]) -> network.Topic:
    for language in LANGUAGES:
        if language not in concept.preferred:
            raise MissingLabel(concept=concept.id, language=language)
    if concept.id in concept.broader:
        raise CircularConcept(concept=concept.id)
    return network.Topic(
        id=TopicId(concept.id),
        labels=tuple(_labels(concept)),
        broader_ids=frozenset(map(TopicId, concept.broader)),
        related_ids=frozenset(map(TopicId, related)),
        fields=_fields(concept),
    )


def _labels(concept: _Concept) -> Iterator[network.Label]:
    for language, text in concept.preferred.items():
        yield network.Label(text=text, language=language, is_preferred=True)
    for language, texts in concept.alternative.items():
        yield from (network.Label(text=text, language=language) for text in texts)
    for language, texts in concept.hidden.items():
        yield from (network.Label(text=text, language=language, is_hidden=True) for text in texts)


def _fields(concept: _Concept) -> frozenset[network.Field]:
    unknown = [name for name in concept.fields if name not in _FIELDS]
    if unknown or not concept.fields:
        raise UnknownField(concept=concept.id, field=", ".join(unknown), known=tuple(_FIELDS))
    return frozenset(_FIELDS[name] for name in concept.fields)


def _check_coherence(topics: tuple[network.Topic, ...]) -> None:
    try:
        network.Network(id=NetworkId("thesaurus"), name="thesaurus", topics=topics)
    except network.InvalidNetwork as error:
        problem = error.problems[0]
        raise _FAULTS[problem.fault](concept=problem.value) from error

# SPDX-License-Identifier: EUPL-1.2
"""Topics that somebody chooses: those of the network, and those of the product's thesaurus."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from scharnier.apps.people import models, rows
from scharnier.core import network
from scharnier.core.kernel import Invalid, NetworkId, TopicId
from scharnier.formats import skos


class UnknownTopic(Invalid):
    """A topic is neither in the network nor in the thesaurus."""

    code = "people.unknown_topic"


class UnknownArea(Invalid):
    """An area is not in the network."""

    code = "people.unknown_area"


def adopt_topics(topic_ids: Collection[TopicId], *, network_id: NetworkId) -> None:
    """Bring topics of the thesaurus into the network, with everything they fall under.

    Raises
    ------
    UnknownTopic
    """
    known = frozenset(
        map(TopicId, models.Topic.objects.filter(network_id=network_id).values_list("text_id", flat=True))
    )
    if known.issuperset(topic_ids):
        return
    thesaurus = {topic.id: topic for topic in skos.load_thesaurus()}
    unknown = frozenset(topic_ids) - known - thesaurus.keys()
    if unknown:
        raise UnknownTopic(topic_ids=tuple(sorted(unknown)))
    added = _with_broader(frozenset(topic_ids) - known, thesaurus) - known
    models.Topic.objects.bulk_create(
        rows.topic_row(_cut(thesaurus[topic_id], known | added), network_id=network_id)
        for topic_id in sorted(added)
    )


def check_areas(area_ids: Collection[str], *, network_id: NetworkId) -> None:
    """Let areas pass that are in the network.

    Raises
    ------
    UnknownArea
    """
    found = models.Area.objects.filter(network_id=network_id, text_id__in=sorted(area_ids))
    unknown = set(area_ids) - set(found.values_list("text_id", flat=True)) if area_ids else set()
    if unknown:
        raise UnknownArea(area_ids=tuple(sorted(unknown)))


def _with_broader(
    topic_ids: Collection[TopicId], thesaurus: Mapping[TopicId, network.Topic]
) -> frozenset[TopicId]:
    found: set[TopicId] = set()
    waiting = [*topic_ids]
    while waiting:
        topic_id = waiting.pop()
        if topic_id not in found and topic_id in thesaurus:
            found.add(topic_id)
            waiting.extend(thesaurus[topic_id].broader_ids)
    return frozenset(found)


def _cut(topic: network.Topic, known: Collection[TopicId]) -> network.Topic:
    """Return a topic that refers to known ones only."""
    return replace(
        topic,
        broader_ids=topic.broader_ids.intersection(known),
        related_ids=topic.related_ids.intersection(known),
    )

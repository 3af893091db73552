# SPDX-License-Identifier: EUPL-1.2
"""What a find asks, in plain words of our own: made of its area and topics, in the language it is read in.

None of anybody's signal is among the words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from django.utils.translation import gettext

from scharnier.apps.http import request_language
from scharnier.apps.people import rows as people_rows
from scharnier.apps.people.models import Topic
from scharnier.apps.situations import models
from scharnier.core import situations
from scharnier.core.kernel import NetworkId, TopicId
from scharnier.formats import skos

Made: TypeAlias = "tuple[str, Collection[str]]"  # of the name of an area, and of topics


def word_finds(made: Mapping[str, Made], *, network_id: NetworkId) -> Mapping[str, str]:
    """Return what each find asks, in the language that is spoken now; in one query at most."""
    names = _names({topic for _, topics in made.values() for topic in topics}, network_id=network_id)
    return {
        key: say_find(area, [names[topic] for topic in topics if topic in names])
        for key, (area, topics) in made.items()
    }


def questions_of(rows: Iterable[tuple[str, str]], *, network_id: NetworkId) -> Mapping[str, str]:
    """Return what those of some situations ask that come from the scan, from identifiers and origins."""
    pks = [pk for pk, origin in rows if origin == situations.Origin.SCAN.value]
    if not pks:
        return {}
    found = models.Found.objects.filter(network_id=network_id, situation_id__in=pks)
    told = found.values_list("situation_id", "answer__name", "answer__topic_ids")
    return word_finds({pk: (name, topics) for pk, name, topics in told}, network_id=network_id)


def with_own_words(value: situations.Situation) -> situations.Situation:
    """Return a situation with its question in the reader's language when the scan wrote it."""
    asks = questions_of([(value.id, value.origin.value)], network_id=value.network_id)
    return replace(value, question=asks[value.id]) if value.id in asks else value


def reword(words: str, *, stored: str, asks: str) -> str:
    """Return the words of an invitation: as the situation asks now where they repeat what is stored of it."""
    return asks if words == stored else words


def say_find(area: str, topics: Collection[str]) -> str:
    """Return what several partners meet around an area, with topics as they are named."""
    names = list(topics)
    if not names:
        return gettext("Several partners notice more than usual around %(area)s") % {"area": area}
    last = names.pop()
    some = gettext("%(some)s and %(last)s") % {"some": ", ".join(names), "last": last} if names else last
    return gettext("Several partners report %(topics)s around %(area)s") % {"area": area, "topics": some}


def _names(topics: Collection[str], *, network_id: NetworkId) -> Mapping[str, str]:
    """Return the names of topics; those of the network before those of the thesaurus."""
    if not topics:
        return {}
    known = {topic.id: topic for topic in skos.load_thesaurus() if topic.id in topics}
    own = Topic.objects.filter(network_id=network_id, text_id__in=sorted(topics))
    known |= {TopicId(row.text_id): people_rows.topic_value(row) for row in own}
    return {key: topic.name(request_language()) for key, topic in known.items()}

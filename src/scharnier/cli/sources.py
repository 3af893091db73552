# SPDX-License-Identifier: EUPL-1.2
"""Where a command gets its network, its words and its topics from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scharnier import example
from scharnier.cli import clock
from scharnier.core import network, referral
from scharnier.formats import lexicon, network_json, skos


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A network to ask, with what came of earlier problems there."""

    network: network.Network
    outcomes: Sequence[referral.Outcome]
    on: date


def open_network(path: Path | None, *, on: date | None = None) -> Source:
    """Return the network of a file, or the example neighbourhood, on a day.

    Where no day is said: a file today, the example on its own day.

    Raises
    ------
    MalformedNetwork, InvalidNetwork
        When the file is not a network.
    """
    if path is None:
        kruisveld = example.load_kruisveld()
        return Source(network=kruisveld.network, outcomes=kruisveld.outcomes, on=on or kruisveld.day)
    return Source(network=network_json.read_network(path.read_bytes()), outcomes=(), on=on or clock.today())


def all_topics(source: Source) -> tuple[network.Topic, ...]:
    """Return the thesaurus of the product and the network's own topics, each once."""
    topics = {topic.id: topic for topic in (*skos.load_thesaurus(), *source.network.topics)}
    return tuple(topics.values())


def fit_matcher(source: Source) -> referral.Matcher:
    """Return a matcher for a network.

    Raises
    ------
    NothingToRank
        When nobody in it can be suggested.
    """
    return referral.fit_matcher(
        network.index_network(source.network),
        source.outcomes,
        topics=[topic for topic in all_topics(source) if topic.fields],  # others are only tags
        lexicon=lexicon.load_lexicon(),
        on=source.on,
    )

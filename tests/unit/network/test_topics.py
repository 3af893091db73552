# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from scharnier.core import network
from scharnier.core.kernel import TopicId
from tests.factories import a_topic


def a_label(text: str, *, language: str = "nl", is_preferred: bool = True) -> network.Label:
    return network.Label(text=text, language=language, is_preferred=is_preferred)


def labelled(*labels: network.Label) -> network.Topic:
    return network.Topic(id=TopicId("litter"), labels=labels)


class TestTopic:
    def test_has_a_label(self) -> None:
        with pytest.raises(network.InvalidTopic):
            labelled()

    def test_has_one_preferred_label_in_a_language(self) -> None:
        with pytest.raises(network.InvalidTopic) as raised:
            labelled(a_label("zwerfafval"), a_label("afval"))

        assert raised.value.facts["preferred_languages"] == ("nl", "nl")

    def test_may_have_many_other_labels(self) -> None:
        topic = labelled(
            a_label("afval"), a_label("vuilnis", is_preferred=False), a_label("troep", is_preferred=False)
        )

        assert len(topic.labels) == 3

    def test_is_not_its_own_broader_topic(self) -> None:
        with pytest.raises(network.InvalidTopic):
            a_topic("litter", broader="litter")


class TestName:
    @pytest.mark.parametrize(
        ("language", "name"), [("nl", "zwerfafval"), ("en", "litter"), ("ar", "zwerfafval")]
    )
    def test_is_the_preferred_label_in_the_language_or_else_the_first(self, language: str, name: str) -> None:
        topic = labelled(
            a_label("troep", is_preferred=False), a_label("zwerfafval"), a_label("litter", language="en")
        )

        assert topic.name(language) == name

    def test_is_another_label_where_none_is_preferred(self) -> None:
        topic = labelled(
            a_label("troep", is_preferred=False), a_label("mess", language="en", is_preferred=False)
        )

        assert [topic.name(language) for language in ("en", "ar")] == ["mess", "troep"]

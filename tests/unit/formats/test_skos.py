# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

import pytest

from scharnier.core import network
from scharnier.core.kernel import NetworkId, ScharnierError, TopicId
from scharnier.formats import skos, wording

Concept = dict[str, object]


def a_concept(
    concept_id: str = "litter",
    *,
    preferred: Mapping[str, object] | None = None,
    alternative: Mapping[str, object] | None = None,
    broader: Sequence[str] = (),
    related: Sequence[str] = (),
    fields: Sequence[str] = ("public_space",),
) -> Concept:
    return {
        "@id": concept_id,
        "@type": "Concept",
        "field": fields,
        "prefLabel": preferred or {"nl": f"{concept_id} (nl)", "en": f"{concept_id} (en)"},
        "altLabel": alternative or {},
        "broader": broader,
        "related": related,
    }


def a_thesaurus(concepts: Iterable[Mapping[str, object]]) -> bytes:
    return json.dumps({"@id": "https://scharnier.example/", "concepts": list(concepts)}).encode()


def read(*concepts: Mapping[str, object]) -> dict[str, network.Topic]:
    return {str(topic.id): topic for topic in skos.read_topics(a_thesaurus(concepts))}


def refusal(data: bytes, *, of: type[ScharnierError]) -> ScharnierError:
    with pytest.raises(of) as raised:
        skos.read_topics(data)
    return raised.value


class TestReadTopics:
    def test_keeps_the_order_of_the_file(self) -> None:
        assert list(read(a_concept("waste"), a_concept("litter"), a_concept("rats"))) == [
            "waste",
            "litter",
            "rats",
        ]

    def test_reads_preferred_alternative_and_hidden_labels(self) -> None:
        concept = a_concept(
            preferred={"nl": "zwerfafval", "en": "litter"},
            alternative={"nl": ["troep", "vuil op straat"]},
        )

        assert read({**concept, "hiddenLabel": {"en": ["litterbug"]}})["litter"].labels == (
            network.Label(text="zwerfafval", language="nl", is_preferred=True),
            network.Label(text="litter", language="en", is_preferred=True),
            network.Label(text="troep", language="nl"),
            network.Label(text="vuil op straat", language="nl"),
            network.Label(text="litterbug", language="en", is_hidden=True),
        )

    def test_reads_the_fields(self) -> None:
        topic = read(a_concept(fields=["debt", "living"]))["litter"]

        assert topic.fields == {network.Field.DEBT, network.Field.LIVING}

    def test_points_to_the_broader_topic(self) -> None:
        topics = read(a_concept("waste"), a_concept("litter", broader=["waste"]))

        assert topics["litter"].broader_ids == {"waste"}
        assert topics["waste"].broader_ids == set()

    def test_holds_related_both_ways_when_the_file_says_it_once(self) -> None:
        topics = read(a_concept("noise", related=["hangout"]), a_concept("hangout"), a_concept("rats"))

        assert {name: set(topic.related_ids) for name, topic in topics.items()} == {
            "noise": {"hangout"},
            "hangout": {"noise"},
            "rats": set(),
        }

    def test_reads_labels_in_a_third_language(self) -> None:
        labels = {"nl": "zwerfafval", "en": "litter", "tr": "çöp"}

        assert read(a_concept(preferred=labels))["litter"].name("tr") == "çöp"

    def test_reads_a_concept_without_other_words_or_links(self) -> None:
        bare = {"@id": "litter", "field": ["living"], "prefLabel": {"nl": "zwerfafval", "en": "litter"}}

        assert [label.text for label in read(bare)["litter"].labels] == ["zwerfafval", "litter"]

    def test_passes_over_what_it_does_not_use(self) -> None:
        assert (
            read({**a_concept(), "scopeNote": {"nl": "Wat er ligt."}})["litter"].name("en") == "litter (en)"
        )

    def test_reads_no_topics_from_an_empty_scheme(self) -> None:
        assert skos.read_topics(a_thesaurus([])) == ()


class TestMalformedThesaurus:
    @pytest.mark.parametrize(
        ("data", "place"),
        [
            (b"", "$"),
            (b"zwerfafval", "byte 0"),
            (b'{"concepts": [', "$"),
            (b"[]", "$"),
            (b"{}", "$"),
            (b'{"concepts": {}}', "$.concepts"),
            (b'{"concepts": ["litter"]}', "$.concepts[0]"),
            (a_thesaurus([{"field": ["living"]}]), "$.concepts[0]"),
            (a_thesaurus([a_concept(), a_concept("two words")]), "$.concepts[1].@id"),
            (a_thesaurus([a_concept(preferred={"nl": 7})]), "$.concepts[0].prefLabel[...]"),
            (a_thesaurus([a_concept(preferred={"nl": ""})]), "$.concepts[0].prefLabel[...]"),
            (a_thesaurus([a_concept(alternative={"nl": "troep"})]), "$.concepts[0].altLabel[...]"),
            (a_thesaurus([{**a_concept(), "broader": "waste"}]), "$.concepts[0].broader"),
            (b'{"concepts": [{"@id": "caf\xe9"}]}', "$"),
        ],
    )
    def test_names_the_place(self, data: bytes, place: str) -> None:
        assert refusal(data, of=skos.MalformedThesaurus).facts == {"place": place}


class TestMissingLabel:
    @pytest.mark.parametrize(("given", "missing"), [("nl", "en"), ("en", "nl")])
    def test_names_the_concept_and_the_language(self, given: str, missing: str) -> None:
        data = a_thesaurus([a_concept("rats"), a_concept("litter", preferred={given: "x"})])

        assert refusal(data, of=skos.MissingLabel).facts == {"concept": "litter", "language": missing}

    def test_is_told_of_a_concept_without_any_preferred_label(self) -> None:
        data = a_thesaurus([{"@id": "litter", "field": ["living"], "altLabel": {"nl": ["troep"]}}])

        assert refusal(data, of=skos.MissingLabel).facts["concept"] == "litter"


class TestUnknownField:
    @pytest.mark.parametrize(("fields", "named"), [(["debt", "money"], "money"), ([], "")])
    def test_names_the_concept_and_the_fields_there_are(self, fields: list[str], named: str) -> None:
        facts = refusal(a_thesaurus([a_concept(fields=fields)]), of=skos.UnknownField).facts

        assert (facts["concept"], facts["field"]) == ("litter", named)
        assert facts["known"] == tuple(field.value for field in network.Field)


class TestDuplicateConcept:
    def test_names_the_identifier(self) -> None:
        data = a_thesaurus([a_concept("litter"), a_concept("rats"), a_concept("litter")])

        assert refusal(data, of=skos.DuplicateConcept).facts == {"concept": "litter"}


class TestUnknownConcept:
    @pytest.mark.parametrize(
        "concept", [a_concept(broader=["waste"]), a_concept(related=["waste"])], ids=["broader", "related"]
    )
    def test_names_the_one_that_is_not_there(self, concept: Concept) -> None:
        assert refusal(a_thesaurus([concept]), of=skos.UnknownConcept).facts == {"concept": "waste"}


class TestCircularConcept:
    def test_is_found_round_a_chain(self) -> None:
        data = a_thesaurus(
            [a_concept("top"), a_concept("a", broader=["b", "top"]), a_concept("b", broader=["a"])]
        )

        assert refusal(data, of=skos.CircularConcept).facts == {"concept": "a"}

    def test_is_found_in_one_concept(self) -> None:
        data = a_thesaurus([a_concept("a", broader=["a"])])

        assert refusal(data, of=skos.CircularConcept).facts == {"concept": "a"}


class TestSentences:
    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"[]", "op plek $ staat iets anders"),
            (a_thesaurus([a_concept(preferred={"nl": "x"})]), "litter heeft nog geen naam in de taal en"),
            (a_thesaurus([a_concept(fields=["x"])]), "Kies bij field uit: safety, public_space"),
        ],
    )
    def test_say_what_to_mend(self, data: bytes, sentence: str) -> None:
        error = refusal(data, of=ScharnierError)

        assert sentence in wording.say_error(error, language="nl")


class TestLoadThesaurus:
    def test_gives_the_same_value_each_time(self) -> None:
        assert skos.load_thesaurus() is skos.load_thesaurus()

    def test_fits_in_a_network(self) -> None:
        topics = skos.load_thesaurus()

        whole = network.Network(id=NetworkId("kruisveld"), name="Kruisveld", topics=topics)

        assert network.index_network(whole).topics[TopicId("litter")].name("nl") == "zwerfafval"


class TestTopicName:
    def test_never_shows_a_hidden_label_beside_another(self) -> None:
        hidden = network.Label(text="hangjongeren", language="nl", is_hidden=True)
        shown = network.Label(text="meeting outside", language="en")

        assert (
            network.Topic(id=TopicId("street-hangout"), labels=(hidden, shown)).name("nl")
            == "meeting outside"
        )

    def test_shows_a_hidden_label_when_there_is_nothing_else(self) -> None:
        hidden = network.Label(text="hangjongeren", language="nl", is_hidden=True)

        assert network.Topic(id=TopicId("street-hangout"), labels=(hidden,)).name("en") == "hangjongeren"

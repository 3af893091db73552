# SPDX-License-Identifier: EUPL-1.2
"""The thesaurus beside another reader of SKOS (rdflib), and the rules it is written by."""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

from scharnier.core import network
from scharnier.formats import skos

FILE = Path(skos.__file__).parent / "data" / "neighbourhood_matters.jsonld"
BASE = "https://scharnier.example/neighbourhood-matters/"
FIELD = URIRef("https://scharnier.example/terms/field")

# Words that say what someone is. They may be searched (hiddenLabel), never shown.
PERSON_LABELS = """
    alcoholist, alcoholisten, allochtoon, allochtonen, analfabeet, analfabeten, asociaal, asocialen,
    aso's, autist, bedelaar, bedelaars, bejaarde, bejaarden, bijstandsmoeder, bijstandstrekker,
    buitenslapers, criminelen, dakloze, daklozen, dealer, dementerende, dementerenden, digibeet,
    digibeten, dronkaard, dronkenlap, drop-out, drugsdealer, drugsgebruiker, drugsgebruikers,
    gehandicapte, gehandicapten, gek, gokker, hangjeugd, hangjongeren, hoarder, huisjesmelker,
    illegalen, inburgeraar, invalide, invaliden, junk, junkie, junkies, junks, kansarm, kansarmen,
    laaggeletterde, laaggeletterden, minima, multiprobleemgezin, multiprobleemgezinnen, oplichter,
    overvaller, pestkop, probleemgezin, probleemgezinnen, probleemjongeren, probleemkind, probleemwijk,
    raddraaiers, relschoppers, schoolverlater, schoolverlaters, schuldenaar, spijbelaar, spijbelaars,
    statushouders, straatschoffies, thuiszitter, thuiszitters, tienermoeder, tokkies, tuig,
    uitkeringstrekker, verslaafde, verslaafden, verwarde man, verwarde persoon, verwarde personen,
    verwarde vrouw, wanbetaler, wanbetalers, werkloze, werklozen, winkeldief, winkeldieven,
    zakkenroller, zorgmijder, zorgmijders, zwakbegaafd, zwerver, zwervers, addict, addicts, alcoholic,
    alcoholics, beggar, beggars, bully, confused person, crazy, criminals, debtor, demented, drop-outs,
    dropout, druggie, drug dealer, drug users, drunkard, drunks, foreigners, gambler, handicapped,
    homeless people, homeless person, illegal immigrants, illegals, illiterate, junkies, loiterers,
    madman, mugger, offenders, problem child, problem family, robber, scammer, shoplifter, shoplifters,
    slumlord, street kids, the disabled, the elderly, the poor, thugs, tramp, troublemakers, truant,
    vagrant, yobs
"""
LABELS_PEOPLE = re.compile(
    r"(?<!\w)(" + "|".join(" ".join(word.split()) for word in PERSON_LABELS.split(",")) + r")(?!\w)",
    re.IGNORECASE,
)


@cache
def graph() -> Graph:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's reader uses its own old graph class
        return Graph().parse(FILE, format="json-ld")


@cache
def topics() -> dict[str, network.Topic]:
    return {topic.id: topic for topic in skos.load_thesaurus()}


def id_of(subject: object) -> str:
    return str(subject).removeprefix(BASE)


def labels_in_graph(predicate: URIRef) -> set[tuple[str, str | None, str]]:
    return {
        (id_of(subject), label.language, str(label))
        for subject, label in graph().subject_objects(predicate)
        if isinstance(label, Literal)
    }


def links_in_graph(predicate: URIRef) -> set[tuple[str, str]]:
    return {(id_of(source), id_of(target)) for source, target in graph().subject_objects(predicate)}


def labels_of(language: str) -> Iterator[tuple[str, network.Label]]:
    return (
        (topic.id, label)
        for topic in topics().values()
        for label in topic.labels
        if label.language == language
    )


def above(topic_id: str) -> set[str]:
    found: set[str] = set()
    waiting = [topic_id]
    while waiting:
        new = set(topics()[waiting.pop()].broader_ids) - found
        found |= new
        waiting.extend(new)
    return found


class TestAnotherReader:
    def test_sees_the_same_concepts(self) -> None:
        concepts = {id_of(subject) for subject in graph().subjects(RDF.type, SKOS.Concept)}

        assert concepts == set(topics())

    @pytest.mark.parametrize(
        ("predicate", "is_preferred", "is_hidden"),
        [(SKOS.prefLabel, True, False), (SKOS.altLabel, False, False), (SKOS.hiddenLabel, False, True)],
    )
    def test_sees_the_same_labels(self, predicate: URIRef, is_preferred: bool, is_hidden: bool) -> None:
        ours = {
            (topic.id, label.language, label.text)
            for topic in topics().values()
            for label in topic.labels
            if (label.is_preferred, label.is_hidden) == (is_preferred, is_hidden)
        }

        assert labels_in_graph(predicate) == ours

    def test_sees_the_same_broader_concepts(self) -> None:
        ours = {(topic.id, broader) for topic in topics().values() for broader in topic.broader_ids}

        assert links_in_graph(SKOS.broader) == ours

    def test_sees_the_same_related_concepts_once_read_both_ways(self) -> None:
        one_way = links_in_graph(SKOS.related)
        ours = {(topic.id, related) for topic in topics().values() for related in topic.related_ids}

        assert one_way | {(target, source) for source, target in one_way} == ours

    def test_sees_the_same_fields(self) -> None:
        seen = {(id_of(subject), str(field)) for subject, field in graph().subject_objects(FIELD)}

        assert seen == {(topic.id, field.value) for topic in topics().values() for field in topic.fields}

    def test_finds_every_concept_in_a_titled_and_licensed_scheme(self) -> None:
        scheme = URIRef(BASE)

        assert len(set(graph().subjects(SKOS.inScheme, scheme))) == len(topics())
        assert {title.language for title in graph().objects(scheme, DCTERMS.title)} == {"nl", "en"}  # type: ignore[attr-defined]  # titles are literals
        assert list(graph().objects(scheme, DCTERMS.license))

    def test_finds_the_concepts_without_a_broader_one_on_top(self) -> None:
        tops = {id_of(top) for top in graph().objects(URIRef(BASE), SKOS.hasTopConcept)}

        assert tops == {topic.id for topic in topics().values() if not topic.broader_ids}


class TestThesaurus:
    def test_is_large_enough_to_be_of_use(self) -> None:
        tops = [topic for topic in topics().values() if not topic.broader_ids]

        assert len(topics()) >= 220
        assert 12 <= len(tops) <= 16

    @pytest.mark.parametrize(("language", "mean"), [("nl", 4), ("en", 3)])
    def test_says_each_matter_in_the_words_that_people_use(self, language: str, mean: int) -> None:
        shown = Counter(
            topic_id
            for topic_id, label in labels_of(language)
            if not label.is_preferred and not label.is_hidden
        )

        assert sum(shown.values()) / len(topics()) >= mean
        assert [topic_id for topic_id in topics() if shown[topic_id] < 2] == []

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_gives_each_name_to_one_matter_only(self, language: str) -> None:
        named = Counter(label.text.casefold() for _, label in labels_of(language))

        assert [name for name, count in named.items() if count > 1] == []

    def test_has_a_matter_in_every_field_and_on_every_branch(self) -> None:
        fields = {field for topic in topics().values() for field in topic.fields}
        branches = Counter(top for topic_id in topics() for top in above(topic_id))

        assert fields == set(network.Field)
        assert all(branches[topic.id] >= 10 for topic in topics().values() if not topic.broader_ids)

    def test_does_not_call_a_broader_matter_related(self) -> None:
        both = [
            (topic.id, related)
            for topic in topics().values()
            for related in topic.related_ids
            if related in above(topic.id)
        ]

        assert both == []

    def test_has_identifiers_that_read_as_words(self) -> None:
        assert [found for found in topics() if not re.fullmatch(r"[a-z]+(-[a-z]+)*", found)] == []

    def test_writes_labels_without_stray_space(self) -> None:
        labels = [label.text for topic in topics().values() for label in topic.labels]

        assert [text for text in labels if text != " ".join(text.split())] == []

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("noise", "street-hangout"),
            ("rent-arrears", "eviction"),
            ("eviction", "debts"),
            ("eviction", "legal-aid"),
            ("loneliness", "meeting-place"),
            ("shopping-nuisance", "street-hangout"),
        ],
    )
    def test_leads_from_one_field_to_another(self, one: str, other: str) -> None:
        assert other in topics()[one].related_ids


class TestTone:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_says_what_happens_and_not_what_people_are(self, language: str) -> None:
        shown = [label.text for _, label in labels_of(language) if not label.is_hidden]

        assert [text for text in shown if LABELS_PEOPLE.search(text)] == []

    @pytest.mark.parametrize(
        "word", ["hangjongeren", "Probleemgezin", "verwarde man", "de dakloze", "addict"]
    )
    def test_knows_a_word_that_labels_people(self, word: str) -> None:
        assert LABELS_PEOPLE.search(word)

    @pytest.mark.parametrize(
        "word", ["jongeren die buiten samenkomen", "dakloos", "probleem", "invalidenparkeerplaats"]
    )
    def test_leaves_words_for_what_happens(self, word: str) -> None:
        assert not LABELS_PEOPLE.search(word)

    @pytest.mark.parametrize(
        ("word", "topic_id"),
        [("hangjongeren", "street-hangout"), ("zorgmijder", "refusing-help"), ("junkie", "drug-problem")],
    )
    def test_lets_such_a_word_find_the_matter_without_showing_it(self, word: str, topic_id: str) -> None:
        hidden = {label.text for label in topics()[topic_id].labels if label.is_hidden}

        assert word in hidden
        assert topics()[topic_id].name("nl") not in hidden


class TestWords:
    @pytest.mark.parametrize(
        ("words", "topic_id"),
        [
            ("hangplek", "street-hangout"),
            ("uithuiszetting", "eviction"),
            ("geen geld voor een advocaat", "legal-aid"),
            ("niemand zien", "loneliness"),
            ("DigiD lukt niet", "digital-forms"),
            ("landlord wants to evict me", "eviction"),
            ("can't pay rent", "rent-arrears"),
            ("behind on bills", "payment-arrears"),
        ],
    )
    def test_lead_to_the_matter(self, words: str, topic_id: str) -> None:
        found = {topic.id for topic in topics().values() if words in {label.text for label in topic.labels}}

        assert found == {topic_id}


class TestRelatedMatters:
    def test_name_each_pair_once_in_the_file(self) -> None:
        pairs = Counter(frozenset(pair) for pair in links_in_graph(SKOS.related))

        assert [sorted(pair) for pair, count in pairs.items() if count > 1 or len(pair) == 1] == []

    def test_hold_both_ways_when_read(self) -> None:
        apart = [
            (one.id, other.id)
            for one, other in combinations(topics().values(), 2)
            if (other.id in one.related_ids) != (one.id in other.related_ids)
        ]

        assert apart == []

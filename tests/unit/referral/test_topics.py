# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from scharnier.core import network
from scharnier.core.kernel import TopicId
from tests.factories import a_topic
from tests.unit.referral.scenes import MATTERS, a_finder


def a_label(words, *, language="nl", is_preferred=False, is_hidden=False):
    return network.Label(text=words, language=language, is_preferred=is_preferred, is_hidden=is_hidden)


def with_labels(topic_id, *labels):
    return network.Topic(id=TopicId(topic_id), labels=labels)


def found_in(words, *topics, language="nl"):
    return a_finder(topics or MATTERS).find(words, language=language)


class TestFind:
    @pytest.mark.parametrize(
        ("words", "language"),
        [("Overal zwerfafval!", "nl"), ("LITTER in our street", "en"), ("zwerfafval", "nl")],
    )
    def test_names_the_matter_in_either_language(self, words, language):
        assert found_in(words, language=language) == ("litter",)

    def test_reads_a_label_in_its_own_language_only(self):
        assert found_in("litter", language="nl") == ()

    def test_finds_nothing_where_nothing_is_named(self):
        assert found_in("Ik zoek een hengel.") == ()
        assert found_in("") == ()

    def test_finds_every_matter_that_is_named_as_strongly(self):
        assert found_in("Schulden, lawaai en zwerfafval") == ("debts", "litter", "noise")

    @pytest.mark.parametrize("words", ["schuld", "Onze schulden", "de SCHULDEN"])
    def test_knows_the_forms_of_a_word(self, words):
        assert found_in(words) == ("debts",)

    def test_finds_all_words_of_a_label_or_none(self):
        chores = a_topic("chores", nl="hulp bij huishouden")

        assert found_in("hulp in het huishouden", chores) == ("chores",)
        assert found_in("hulp bij schulden", chores) == ()

    def test_finds_the_parts_of_a_compound_apart(self):
        trouble = a_topic("trouble", nl="burenruzie")

        assert found_in("ruzie met de buren", trouble) == ("trouble",)
        assert found_in("ruzie met mijn broer", trouble) == ()

    def test_trusts_a_whole_word_over_its_parts(self):
        topics = (a_topic("burenruzie"), a_topic("ruzie"))

        assert found_in("burenruzie", *topics)[0] == "burenruzie"
        assert found_in("ruzie met de buren", *topics) == ("ruzie", "burenruzie")

    def test_hears_nothing_else_in_the_parts_of_a_word_with_a_matter_of_its_own(self):
        litter, weight = a_topic("litter", nl="zwerfafval"), a_topic("weight", nl="afvallen")

        assert found_in("overal zwerfafval", litter, weight) == ("litter",)
        assert found_in("ik wil afvallen", litter, weight) == ("weight",)

    def test_searches_hidden_labels_too(self):
        litter = with_labels("litter", a_label("zwerfafval"), a_label("troep op straat", is_hidden=True))

        assert found_in("troep op de straat", litter) == ("litter",)

    def test_counts_a_matter_once_however_many_labels_are_there(self):
        litter = with_labels("litter", a_label("zwerfafval"), a_label("afval"), a_label("vuil"))

        assert found_in("vuil en afval: zwerfafval", litter) == ("litter",)

    def test_takes_a_label_of_small_words_in_exactly_those_words(self):
        speeding = a_topic("speeding", nl="te hard")

        assert found_in("Ze rijden hier te hard.", speeding) == ("speeding",)
        assert found_in("Hard gewerkt en te laat thuis", speeding) == ()

    def test_passes_over_a_label_without_a_word(self):
        nothing, litter = a_topic("nothing", nl="!"), a_topic("litter", nl="afval")

        assert found_in("afval!", nothing, litter) == ("litter",)

    def test_leaves_out_what_is_said_in_passing(self):
        long, short = a_topic("garden", nl="gezamenlijke buurttuin onderhouden"), a_topic("water", nl="water")
        others = [a_topic(f"water-{name}", nl=f"water {name}") for name in ("glas", "kan", "pomp", "slang")]

        found = found_in("gezamenlijke buurttuin onderhouden met water", long, short, *others)

        assert found == ("garden",)

    def test_finds_five_at_most(self):
        animals = ("hond", "kat", "paard", "konijn", "geit", "schaap")
        topics = [a_topic(animal, nl=animal) for animal in animals]

        assert len(found_in(" en ".join(animals), *topics)) == 5

    def test_does_not_depend_on_the_order_of_the_thesaurus(self):
        words = "Schulden en lawaai"

        assert found_in(words, *MATTERS) == found_in(words, *MATTERS[::-1])


class TestWithBroader:
    FINDER = a_finder(
        (a_topic("all"), a_topic("money", broader="all"), a_topic("debts", broader="money"), a_topic("x"))
    )

    def test_adds_everything_above(self):
        assert self.FINDER.with_broader([TopicId("debts")]) == {"debts", "money", "all"}

    def test_adds_nothing_to_the_top_or_to_the_unknown(self):
        assert self.FINDER.with_broader([TopicId("all")]) == {"all"}
        assert self.FINDER.with_broader([TopicId("elsewhere")]) == {"elsewhere"}

    def test_meets_what_lies_under_two_once(self):
        roof = [
            a_topic("a"),
            a_topic("b", broader="a"),
            a_topic("c", broader="a"),
            a_topic("d", broader="b c"),
        ]

        assert a_finder(roof).with_broader([TopicId("d")]) == {"a", "b", "c", "d"}

    def test_is_empty_for_nothing(self):
        assert self.FINDER.with_broader([]) == frozenset()


class TestNameTerms:
    def test_are_those_of_the_preferred_labels_in_both_languages(self):
        terms = a_finder().name_terms([TopicId("litter")])

        assert {"litter"} < terms
        assert not terms & a_finder().name_terms([TopicId("noise")])

    def test_are_none_of_an_unknown_topic(self):
        assert a_finder().name_terms([TopicId("elsewhere")]) == frozenset()


class TestNamesWith:
    def test_knows_the_words_of_every_label_and_their_parts(self):
        finder = a_finder((a_topic("trouble", nl="burenruzie"),))

        assert finder.names_with("ruzie")
        assert not finder.names_with("breien")

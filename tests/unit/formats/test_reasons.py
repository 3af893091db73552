# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from importlib import resources
from string import Formatter
from typing import Literal

import pytest

from scharnier.core import network, referral
from scharnier.core.kernel import AreaId, CommunityId, OrganizationId, PersonId, ServiceId, TopicId
from scharnier.formats import reasons
from tests.factories import (
    a_community,
    a_network,
    a_person,
    a_service,
    a_topic,
    an_area,
    an_organization,
)

Language = Literal["nl", "en"]
WHOLE = a_network(
    areas=(an_area("noord"), an_area("zuid"), an_area("weide", name="Veld en Weide")),
    topics=(
        a_topic("debts", nl="schulden", en="debts"),
        a_topic("noise", nl="lawaai", en="noise"),
        a_topic("homes", nl="huur en wonen", en="rent and homes"),
        a_topic("noise-again", nl="lawaai", en="noise"),
    ),
    organizations=(an_organization(name="Schuldhulp"), an_organization("politie", name="Politie")),
    services=(a_service(), a_service("loket"), a_service("spreekuur-zuid", name="Spreekuur")),
    communities=(a_community(),),
    persons=(a_person(), a_person("karel"), a_person("mo")),
)
NL: Language = "nl"
EN: Language = "en"
SAMIRA = referral.Party(person_id=PersonId("samira"), organization_id=OrganizationId("schuldhulp"))
MO = referral.Party(person_id=PersonId("mo"))
POLITIE = referral.Party(organization_id=OrganizationId("politie"))


def an_expertise(*topics: str, services: str = "", words: str = "", n_similar: int = 0) -> referral.Expertise:
    return referral.Expertise(
        score=1.0,
        topics=tuple(map(TopicId, topics)),
        service_ids=tuple(map(ServiceId, services.split())),
        words=tuple(words.split()),
        n_similar=n_similar,
    )


def a_mandate(
    role: str = "", *, at: str | None = None, areas: str = "", cover: referral.Cover = referral.Cover.HERE
) -> referral.Mandate:
    return referral.Mandate(
        score=1.0,
        role=role,
        organization_id=None if at is None else OrganizationId(at),
        area_ids=tuple(map(AreaId, areas.split())),
        cover=cover,
    )


def a_room(accepting: network.Accepting, *, until: date | None = None) -> referral.Room:
    return referral.Room(score=1.0, accepting=accepting, until=until)


def a_way_in(entry: referral.Entry, *introducers: str) -> referral.WayIn:
    return referral.WayIn(score=1.0, entry=entry, introducers=tuple(map(PersonId, introducers)))


def a_suggestion(
    party: referral.Party = SAMIRA,
    *,
    expertise: referral.Expertise | None = None,
    mandate: referral.Mandate | None = None,
    room: referral.Room | None = None,
    way_in: referral.WayIn | None = None,
) -> referral.Suggestion:
    return referral.Suggestion(
        party=party,
        score=1.0,
        expertise=expertise or an_expertise(),
        mandate=mandate or a_mandate(cover=referral.Cover.NOT_ASKED),
        room=room or a_room(network.Accepting.UNKNOWN),
        way_in=way_in or a_way_in(referral.Entry.CONTACT),
        propensity=1.0,
    )


def a_speaker(language: Language) -> reasons.Speaker:
    index = network.index_network(WHOLE)
    return reasons.Speaker(index=index, topics=index.topics, language=language)


def said(suggestion: referral.Suggestion, language: Language = NL) -> reasons.SaidSuggestion:
    return a_speaker(language).say_suggestion(suggestion)


def templates() -> dict[str, dict[str, str]]:
    text = resources.files("scharnier.formats").joinpath("data", "reasons.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class TestSentences:
    def test_are_there_in_both_languages(self) -> None:
        assert [key for key, said in templates().items() if set(said) != {"nl", "en"}] == []

    def test_name_the_same_facts_in_both_languages(self) -> None:
        facts = {
            key: [{name for _, name, _, _ in Formatter().parse(text) if name} for text in said.values()]
            for key, said in templates().items()
        }

        assert [key for key, (dutch, english) in facts.items() if dutch != english] == []

    def test_end_with_a_full_stop_unless_they_follow_because(self) -> None:
        assert [
            key
            for key, said in templates().items()
            for text in said.values()
            if text.endswith(".") is key.startswith("because_")
        ] == []


class TestBecause:
    @pytest.mark.parametrize(
        ("expertise", "dutch", "english"),
        [
            (
                an_expertise("noise"),
                "dit bij het werk hoort: lawaai",
                "this is part of the work: noise",
            ),
            (
                an_expertise("debts"),
                "dit bij het werk hoort: schulden",
                "this is part of the work: debts",
            ),
            (
                an_expertise("debts", "noise"),
                "schulden en lawaai bij het werk horen",
                "debts and noise are part of the work",
            ),
            (
                an_expertise("debts", "noise", "homes"),
                "schulden en lawaai bij het werk horen",
                "debts and noise are part of the work",
            ),
            (
                an_expertise("debts", "homes"),
                "schulden, en huur en wonen bij het werk horen",
                "debts, and rent and homes are part of the work",
            ),
            (
                an_expertise("noise", "noise-again"),
                "dit bij het werk hoort: lawaai",
                "this is part of the work: noise",
            ),
            (an_expertise(services="loket"), "het aanbod past: Loket", "the offer fits: Loket"),
            (
                an_expertise(services="loket spreekuur spreekuur-zuid"),
                "het aanbod past: Loket en Spreekuur",
                "the offer fits: Loket and Spreekuur",
            ),
            (
                an_expertise(n_similar=1),
                "het eerder ook lukte bij zoiets",
                "it worked before with something like this",
            ),
            (an_expertise(words="fiets"), "het gaat over fiets", "it is about fiets"),
            (
                an_expertise(words="fiets wrak stoep"),
                "het gaat over fiets, wrak en stoep",
                "it is about fiets, wrak and stoep",
            ),
            (an_expertise(), "de omschrijving erop lijkt", "the description is alike"),
        ],
    )
    def test_says_the_strongest_fact(self, expertise: referral.Expertise, dutch: str, english: str) -> None:
        suggestion = a_suggestion(POLITIE, expertise=expertise)

        assert said(suggestion).because == f"Politie kan dit oppakken, omdat {dutch}."
        assert said(suggestion, EN).because == f"Politie can take this, because {english}."

    def test_prefers_topics_to_services_to_similar_problems_to_words(self) -> None:
        everything = an_expertise("debts", services="loket", n_similar=2, words="schuld")
        without_topics = replace(everything, topics=())
        without_services = replace(without_topics, service_ids=())

        heard = [
            said(a_suggestion(expertise=expertise)).because.partition("omdat ")[2]
            for expertise in (everything, without_topics, without_services)
        ]

        assert heard == [
            "dit bij het werk hoort: schulden.",
            "het aanbod past: Loket.",
            "het eerder ook lukte bij zoiets.",
        ]


class TestName:
    @pytest.mark.parametrize(
        ("party", "role", "who", "capacity"),
        [
            (SAMIRA, "maatje", "Samira (maatje, Schuldhulp)", "maatje, Schuldhulp"),
            (SAMIRA, "", "Samira (Schuldhulp)", "Schuldhulp"),
            (
                replace(MO, community_id=CommunityId("koor")),
                "dirigent",
                "Mo (dirigent, Koor)",
                "dirigent, Koor",
            ),
            (replace(MO, community_id=CommunityId("koor")), "", "Mo (Koor)", "Koor"),
            (MO, "buurvrouw", "Mo (buurvrouw)", "buurvrouw"),
            (MO, "", "Mo", ""),
            (POLITIE, "", "Politie", ""),
        ],
    )
    def test_goes_with_the_capacity_as_far_as_there_is_one(
        self, party: referral.Party, role: str, who: str, capacity: str
    ) -> None:
        suggestion = said(a_suggestion(party, mandate=a_mandate(role)))

        assert suggestion.because.startswith(f"{who} kan dit oppakken, ")
        assert suggestion.name == who.partition(" (")[0]
        assert suggestion.capacity == capacity


class TestReasons:
    def test_say_each_part_of_what_a_party_knows_in_order(self) -> None:
        everything = an_expertise("debts", "homes", services="loket", words="huur brief", n_similar=3)

        heard = said(a_suggestion(expertise=everything))

        assert heard.reasons[:-1] == (
            "Hoort bij het werk: schulden, en huur en wonen.",
            "Past bij dit aanbod: Loket.",
            "Deze woorden van jou vonden we terug: huur en brief.",
            "Heeft eerder vragen als deze opgepakt: 3.",
        )

    @pytest.mark.parametrize(
        ("count", "dutch", "english"),
        [
            (1, "Heeft eerder een vraag als deze opgepakt.", "Has taken up a question like this before."),
            (
                2,
                "Heeft eerder vragen als deze opgepakt: 2.",
                "Has taken up questions like this before: 2.",
            ),
        ],
    )
    def test_tell_one_from_several(self, count: int, dutch: str, english: str) -> None:
        suggestion = a_suggestion(expertise=an_expertise(n_similar=count))

        assert dutch in said(suggestion).reasons
        assert english in said(suggestion, EN).reasons

    @pytest.mark.parametrize(
        ("mandate", "dutch", "english"),
        [
            (a_mandate("maatje", at="schuldhulp"), "Doet dit als maatje bij Schuldhulp.", "at Schuldhulp."),
            (a_mandate("buurvrouw"), "Doet dit als buurvrouw.", "Does this as buurvrouw."),
            (a_mandate(areas="noord"), "Werkt in Noord.", "Works in Noord."),
            (a_mandate(areas="noord zuid"), "Werkt in Noord en Zuid.", "Works in Noord and Zuid."),
            (
                a_mandate(areas="noord zuid weide"),
                "Werkt in Noord, Zuid, en Veld en Weide.",
                "Works in Noord, Zuid and Veld en Weide.",
            ),
            (
                a_mandate(cover=referral.Cover.EVERYWHERE),
                "Werkt in het hele gebied.",
                "Works in the whole area.",
            ),
        ],
    )
    def test_say_in_what_capacity_and_where(
        self, mandate: referral.Mandate, dutch: str, english: str
    ) -> None:
        suggestion = a_suggestion(mandate=mandate)

        assert said(suggestion).reasons[0] == dutch
        assert said(suggestion, EN).reasons[0].endswith(english)

    @pytest.mark.parametrize(
        "mandate", [a_mandate(cover=referral.Cover.NOT_ASKED), a_mandate(at="schuldhulp")]
    )
    def test_say_nothing_of_a_capacity_that_is_not_known(self, mandate: referral.Mandate) -> None:
        assert len(said(a_suggestion(mandate=mandate)).reasons) == 1

    @pytest.mark.parametrize(
        ("days", "dutch", "english"),
        [
            (365, "De kaart is al een jaar niet nagekeken.", "The card has not been looked over for a year."),
            (729, "De kaart is al een jaar niet nagekeken.", "The card has not been looked over for a year."),
            (730, "De kaart is al 2 jaar niet nagekeken.", "The card has not been looked over for 2 years."),
        ],
    )
    def test_tell_that_a_card_has_grown_old(self, days: int, dutch: str, english: str) -> None:
        suggestion = a_suggestion(room=replace(a_room(network.Accepting.YES), n_days_since_checked=days))

        assert said(suggestion).reasons[-1].startswith(dutch)
        assert said(suggestion, EN).reasons[-1].startswith(english)

    @pytest.mark.parametrize("days", [None, 0, 364])
    def test_are_silent_about_a_card_that_was_looked_over_lately(self, days: int | None) -> None:
        suggestion = a_suggestion(room=replace(a_room(network.Accepting.YES), n_days_since_checked=days))

        assert said(suggestion).reasons[-1] == "Neemt nieuwe vragen aan."

    @pytest.mark.parametrize(
        ("accepting", "until", "dutch", "english"),
        [
            ("yes", None, "Neemt nieuwe vragen aan.", "Takes new questions."),
            (
                "yes",
                date(2026, 5, 1),
                "Neemt nieuwe vragen aan, zeker tot en met 1 mei 2026.",
                "Takes new questions, certainly until 1 May 2026.",
            ),
            ("limited", None, "Heeft nu weinig ruimte.", "Has little room now."),
            (
                "limited",
                date(2026, 12, 31),
                "Heeft weinig ruimte tot en met 31 december 2026.",
                "Has little room until 31 December 2026.",
            ),
            (
                "unknown",
                None,
                "Of er nu ruimte is, weten we niet. Vraag het even.",
                "We do not know whether there is room now. Just ask.",
            ),
            (
                "unknown",
                date(2026, 5, 1),
                "Of er nu ruimte is, weten we niet. Vraag het even.",
                "We do not know whether there is room now. Just ask.",
            ),
        ],
    )
    def test_end_with_the_room(self, accepting: str, until: date | None, dutch: str, english: str) -> None:
        suggestion = a_suggestion(room=a_room(network.Accepting(accepting), until=until))

        assert said(suggestion).reasons == (dutch,)
        assert said(suggestion, EN).reasons == (english,)


class TestWayIn:
    @pytest.mark.parametrize(
        ("way_in", "dutch", "english"),
        [
            (a_way_in(referral.Entry.SELF), "Of vraag er iemand bij.", "Or ask somebody to join you."),
            (a_way_in(referral.Entry.KNOWN), "Jullie kennen elkaar.", "You know each other."),
            (
                a_way_in(referral.Entry.INTRODUCED, "karel"),
                "Karel kent Samira en kan je voorstellen.",
                "Karel knows Samira and can introduce you.",
            ),
            (
                a_way_in(referral.Entry.INTRODUCED, "mo", "karel"),
                "Mo kan je voorstellen aan Karel, en die weer aan Samira.",
                "Mo can introduce you to Karel, who can introduce you to Samira.",
            ),
            (
                a_way_in(referral.Entry.CONTACT),
                "Je kunt zelf contact opnemen: hoe staat op de kaart.",
                "You can get in touch yourself: the card says how.",
            ),
            (
                a_way_in(referral.Entry.FRONT_DOOR),
                "Je komt binnen via Schuldhulp.",
                "The way in is through Schuldhulp.",
            ),
        ],
    )
    def test_says_how_to_reach_someone(self, way_in: referral.WayIn, dutch: str, english: str) -> None:
        suggestion = a_suggestion(way_in=way_in)

        assert said(suggestion).way_in == dutch
        assert said(suggestion, EN).way_in == english

    @pytest.mark.parametrize(
        ("party", "dutch"),
        [
            (POLITIE, "Klop daar aan: hoe staat op de kaart."),
            (MO, "De coördinator van het netwerk kan je in contact brengen."),
        ],
    )
    def test_knows_whose_front_door_it_is(self, party: referral.Party, dutch: str) -> None:
        assert said(a_suggestion(party, way_in=a_way_in(referral.Entry.FRONT_DOOR))).way_in == dutch

    def test_tells_the_asker_who_could_take_it(self) -> None:
        suggestion = a_suggestion(way_in=a_way_in(referral.Entry.SELF))

        assert said(suggestion).because.startswith("Samira (Schuldhulp): dit kun je zelf oppakken, omdat ")
        assert said(suggestion, EN).because.startswith("Samira (Schuldhulp): you can take this yourself, ")

    @pytest.mark.parametrize("entry", list(referral.Entry))
    @pytest.mark.parametrize("language", [NL, EN])
    def test_has_a_sentence_for_every_entry(self, entry: referral.Entry, language: Language) -> None:
        introducers = ["karel"] if entry is referral.Entry.INTRODUCED else []

        assert said(a_suggestion(way_in=a_way_in(entry, *introducers)), language).way_in.endswith(".")


class TestSayTopics:
    def test_names_each_once_in_the_language(self) -> None:
        topics = [TopicId("noise"), TopicId("debts"), TopicId("noise-again")]

        assert a_speaker(NL).say_topics(topics) == ["lawaai", "schulden"]
        assert a_speaker(EN).say_topics(topics) == ["noise", "debts"]

    def test_complains_of_a_topic_that_nobody_knows(self) -> None:
        with pytest.raises(KeyError):
            a_speaker(NL).say_topics([TopicId("maan")])

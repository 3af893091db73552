# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scharnier.core import network, referral
from scharnier.core.kernel import CommunityId, OrganizationId, PersonId, ServiceId, TopicId
from scharnier.core.referral._directory import (
    HINT_BROADER,
    HINT_ELSE,
    HINT_NAME,
    HINT_TOPIC,
    OF_COLLEAGUES,
    OF_MEMBERS,
    OWN,
    topic_hints,
    topic_terms,
)
from tests.factories import (
    DAY,
    a_community,
    a_consent,
    a_membership,
    a_network,
    a_person,
    a_resident_group,
    a_service,
    an_organization,
)
from tests.unit.referral.scenes import (
    MATTERS,
    SERVICE,
    a_finder,
    a_neighbourhood,
    a_party,
    an_outcome,
    analyzer,
    describe,
    where,
)

SAMIRA, KAREL, MO = (PersonId(name) for name in ("samira", "karel", "mo"))
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


def directory_of(whole, outcomes=(), *, on=DAY):
    return describe(whole, outcomes, on=on)[1]


def document_with(directory, words):
    """The only document with some words in its text or title."""
    [found] = [each for each in directory.documents if words in f"{each.title} {each.text}"]
    return found


def roles_of_samira(*memberships):
    whole = a_network(
        organizations=(an_organization("bibliotheek"), an_organization("schuldhulp")),
        communities=(a_community(),),
        resident_groups=(a_resident_group(),),
        persons=(a_person(), a_person("karel")),
        memberships=memberships,
    )
    return directory_of(whole).roles.get(SAMIRA)


class TestCandidates:
    def test_are_the_organizations_and_the_people_in_a_fixed_order(self):
        assert directory_of(a_neighbourhood()).candidates == (
            "organization/bibliotheek",
            "organization/opbouwwerk",
            "organization/reiniging",
            "organization/schuldhulp",
            "person/karel",
            "person/mo",
            "person/samira",
        )

    @pytest.mark.parametrize(
        "consents",
        [
            (),
            (a_consent(network.Purpose.CONTACT), a_consent(network.Purpose.RESEARCH)),
            (a_consent(ends=YESTERDAY),),
            (a_consent(given=TOMORROW),),
        ],
        ids=["none", "for something else", "over", "not yet"],
    )
    def test_are_without_who_does_not_consent_to_being_listed(self, consents):
        directory = directory_of(where("karel", consents=consents))

        assert "person/karel" not in directory.candidates
        assert not any("bemiddel bij ruzie" in document.text for document in directory.documents)
        assert KAREL not in directory.roles

    def test_are_with_who_consents_until_today(self):
        whole = where("karel", consents=(a_consent(ends=DAY),))

        assert "person/karel" in directory_of(whole).candidates
        assert "person/karel" not in directory_of(whole, on=TOMORROW).candidates

    def test_stand_for_a_person_in_the_organization_or_community(self):
        parties = directory_of(a_neighbourhood()).parties

        assert parties["person/samira"] == a_party("samira", "schuldhulp")
        assert parties["person/mo"] == referral.Party(person_id=MO, community_id=CommunityId("koor"))
        assert parties["organization/reiniging"] == a_party(organization="reiniging")


class TestRoles:
    def test_are_of_an_organization_before_a_community_before_a_group(self):
        desk, choir, group = (
            a_membership(organization="schuldhulp"),
            a_membership(community="koor"),
            a_membership(resident_group="jongeren"),
        )

        assert roles_of_samira(group, choir, desk) == desk
        assert roles_of_samira(group, choir) == choir
        assert roles_of_samira(group) == group

    @pytest.mark.parametrize("step", [1, -1])
    def test_do_not_depend_on_the_order_in_which_they_are_told(self, step):
        memberships = (a_membership(organization="schuldhulp"), a_membership(organization="bibliotheek"))

        assert roles_of_samira(*memberships[::step]).organization_id == "bibliotheek"

    @pytest.mark.parametrize("period", [{"end": YESTERDAY}, {"start": TOMORROW}])
    def test_are_held_today(self, period):
        choir = a_membership(community="koor")

        assert roles_of_samira(a_membership(organization="schuldhulp", **period), choir) == choir

    def test_are_none_of_someone_by_themselves(self):
        assert roles_of_samira() is None


class TestDocuments:
    def test_speak_for_a_person_and_a_little_for_the_organization(self):
        card = document_with(directory_of(a_neighbourhood()), "Ik loop mee")

        assert card.supports == {"person/samira": OWN, "organization/schuldhulp": OF_MEMBERS}

    def test_speak_for_an_organization_and_its_people(self):
        remit = document_with(directory_of(a_neighbourhood()), "achterstallige huur")

        assert remit.supports == {"organization/schuldhulp": OWN, "person/samira": OF_COLLEAGUES}
        assert remit.title.strip() == "Schuldhulp"

    def test_speak_of_services_by_their_identifier(self):
        service = document_with(directory_of(a_neighbourhood()), "Hulp bij schulden")

        assert service.service_id == SERVICE
        assert service.supports == {"organization/schuldhulp": OWN, "person/samira": OF_COLLEAGUES}

    def test_speak_for_nobody_else_when_someone_has_no_organization(self):
        assert document_with(directory_of(a_neighbourhood()), "zwerfafval op.").supports == {"person/mo": OWN}

    def test_tell_the_competences_and_the_role_too(self):
        directory = directory_of(where("samira", competences=("budget maken", "bellen")))

        card = document_with(directory, "Ik loop mee")

        assert card.text.endswith("budget maken. bellen. schuldhulpmaatje")

    @pytest.mark.parametrize("status", [each for each in network.ServiceStatus if each.value != "active"])
    def test_do_not_tell_of_a_service_that_is_closed(self, status):
        closed = a_service(organization="schuldhulp", description="Hulp bij schulden.", status=status)

        directory = directory_of(a_neighbourhood(services=(closed,)))

        assert all(document.service_id is None for document in directory.documents)
        assert directory.services == {}

    @pytest.mark.parametrize(
        ("party", "shares"),
        [
            (a_party("mo"), {"person/mo": 1}),
            (a_party("mo", "reiniging"), {"person/mo": 1, "organization/reiniging": OF_COLLEAGUES}),
            (a_party(organization="reiniging"), {"organization/reiniging": 1}),
        ],
    )
    def test_tell_of_a_problem_that_was_taken_up_and_by_whom(self, party, shares):
        directory = directory_of(a_neighbourhood(), [an_outcome("Een bankstel op de stoep", party)])

        taken = document_with(directory, "bankstel")

        weight = max(taken.supports.values())
        assert 0 < weight <= OWN
        assert taken.supports == pytest.approx({key: weight * share for key, share in shares.items()})
        assert taken.taken_on == DAY

    @pytest.mark.parametrize("response", [referral.Response.DECLINED, referral.Response.UNANSWERED])
    def test_do_not_tell_of_a_problem_that_was_not_taken_up(self, response):
        outcome = an_outcome("Een bankstel op de stoep", a_party("mo"), response=response)

        assert directory_of(a_neighbourhood(), [outcome]) == directory_of(a_neighbourhood())

    def test_are_in_the_language_they_are_written_in(self):
        whole = where("karel", summary="I mediate when neighbours argue about noise in the night.")

        assert document_with(directory_of(whole), "I mediate").language == "en"
        assert document_with(directory_of(whole), "Ik ruim").language == "nl"

    @pytest.mark.parametrize(("tag", "language"), [("en", "en"), ("nl", "nl"), ("fr", "nl")])
    def test_are_in_the_language_of_the_network_when_they_do_not_say(self, tag, language):
        whole = a_network(language=tag, organizations=(an_organization("x", name="Xyzzy"),))

        assert document_with(directory_of(whole), "Xyzzy").language == language


class TestTopics:
    def test_count_twice_when_declared_and_once_when_recognised(self):
        declared = an_organization("reiniging", remit="Iets anders.", topics="litter")
        whole = a_network(
            topics=MATTERS, organizations=(declared,), persons=(a_person(summary="Zwerfafval."),)
        )

        directory = directory_of(whole)

        assert document_with(directory, "Iets").terms == ("topic/litter", "topic/litter")
        assert document_with(directory, "Zwerf").terms == ("topic/litter",)

    def test_bring_what_they_fall_under(self):
        directory = directory_of(a_neighbourhood())

        assert directory.topics["person/samira"] >= {"debts", "money"}
        assert directory.topics["person/mo"] == {"litter"}

    def test_are_not_learnt_from_a_problem_taken_up(self):
        directory = directory_of(a_neighbourhood(), [an_outcome("Schulden", a_party("mo"))])

        assert directory.topics["person/mo"] == {"litter"}

    def test_add_their_name_when_the_thesaurus_says_no_more(self):
        topics = [
            network.Topic(id=TopicId("bees"), labels=(network.Label(text="bijenkasten", language="nl"),)),
            replace(MATTERS[2], fields=frozenset({network.Field.PUBLIC_SPACE})),
        ]
        whole = a_network(topics=topics, organizations=(an_organization(remit="Doet", topics="bees litter"),))

        assert document_with(directory_of(whole), "Doet").text == "Doet  bijenkasten"

    def test_of_an_earlier_problem_may_have_left_the_network(self):
        gone = replace(an_outcome("Een bankstel", a_party("mo")), topics=frozenset({TopicId("gone")}))

        taken = document_with(directory_of(a_neighbourhood(), [gone]), "bankstel")

        assert taken.terms == ("topic/gone", "topic/gone")


class TestServices:
    def test_are_those_that_are_open_by_organization(self):
        services = (
            a_service("a"),
            a_service("b"),
            a_service("c", organization="bibliotheek"),
            a_service("d", status=network.ServiceStatus.INACTIVE),
        )

        found = directory_of(a_neighbourhood(services=services)).services

        assert {key: [each.id for each in group] for key, group in found.items()} == {
            OrganizationId("schuldhulp"): [ServiceId("a"), ServiceId("b")],
            OrganizationId("bibliotheek"): [ServiceId("c")],
        }


class TestTopicTerms:
    def test_are_no_words(self):
        assert topic_terms(map(TopicId, ("noise", "debts"))) == ("topic/debts", "topic/noise")


class TestTopicHints:
    def test_weigh_the_topic_its_names_and_what_it_falls_under(self):
        hints = topic_hints(a_finder(), [TopicId("debts")], ())

        [name] = analyzer().terms("schulden", language="nl")
        assert hints["topic/debts"] == HINT_TOPIC
        assert hints["topic/money"] == HINT_BROADER
        assert hints[name] == HINT_NAME

    def test_weigh_against_words_that_name_no_matter(self):
        terms = analyzer().terms("lawaai breien", language="nl")

        hints = topic_hints(a_finder(), (), terms)

        assert hints == {analyzer().terms("breien", language="nl")[0]: HINT_ELSE}

    def test_weigh_nothing_without_words_and_topics(self):
        assert topic_hints(a_finder(), (), ()) == {}

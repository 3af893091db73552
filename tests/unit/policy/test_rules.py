# SPDX-License-Identifier: EUPL-1.2
"""Every role times every act times every kind of thing, in every state that matters."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from scharnier.core import network, policy
from scharnier.core.kernel import NetworkId, OrganizationId, PersonId, Role
from scharnier.core.policy import Act, Condition, Kind, Visibility
from scharnier.core.policy._rules import RULES
from tests.factories import DAY, a_consent, an_actor

LISTED = (a_consent(network.Purpose.LISTING),)
REACHABLE = (*LISTED, a_consent(network.Purpose.CONTACT))
ENDED = (a_consent(network.Purpose.LISTING, given=DAY - timedelta(days=9), ends=DAY - timedelta(days=1)),)
EVERYTHING = tuple(product(Role, Act, Kind))
MEMBERS = {Role.RESIDENT, Role.ENTREPRENEUR, Role.PROFESSIONAL, Role.COORDINATOR, Role.BOARD}


def a_thing(kind, *, about="karel", consents=(), **state):
    return policy.Thing(
        kind=kind,
        network_id=NetworkId(state.pop("network_id", "kruisveld")),
        about=frozenset(map(PersonId, about.split())),
        consents=consents,
        **state,
    )


STATES = {
    "of a stranger": {"about": "karel"},
    "of a stranger who agreed to be found": {"about": "karel", "consents": (LISTED,)},
    "of a stranger who agreed to be reached": {"about": "karel", "consents": (REACHABLE,)},
    "shared by a stranger": {"about": "vera"},
    "of a stranger and of who shares": {"about": "karel vera"},
    "shared, and kept private": {"about": "vera", "visibility": Visibility.PRIVATE},
    "own": {"about": "samira"},
    "of the own organization": {"about": "", "organization_id": OrganizationId("schuldhulp")},
    "sent": {"about": "", "sender_id": PersonId("samira")},
    "sent by somebody else": {"about": "", "sender_id": PersonId("karel")},
    "sent by who has gone": {"about": "", "sender_id": PersonId("karel"), "is_orphaned": True},
    "sent under the identifier of who has gone": {
        "about": "",
        "sender_id": PersonId("samira"),
        "is_orphaned": True,
    },
    "asked of oneself": {"about": "", "asked_ids": frozenset({PersonId("samira"), PersonId("karel")})},
    "asked of somebody else": {"about": "", "asked_ids": frozenset({PersonId("karel")})},
    "asked of the own organization": {
        "about": "",
        "asked_organization_ids": frozenset({OrganizationId("schuldhulp")}),
    },
    "asked of another organization": {
        "about": "",
        "asked_organization_ids": frozenset({OrganizationId("bibliotheek")}),
    },
    "of another organization": {"about": "", "organization_id": OrganizationId("bibliotheek")},
    "of a coalition with the own organization": {
        "about": "",
        "coalition_ids": frozenset({OrganizationId("schuldhulp"), OrganizationId("bibliotheek")}),
    },
    "of a coalition of others": {"about": "", "coalition_ids": frozenset({OrganizationId("bibliotheek")})},
    "for the own organization to read": {
        "about": "",
        "reader_ids": frozenset({OrganizationId("schuldhulp")}),
    },
    "for others to read": {"about": "", "reader_ids": frozenset({OrganizationId("bibliotheek")})},
}
MEANING = {
    "of a stranger": set(),
    "of a stranger who agreed to be found": {Condition.LISTED, Condition.SHOWN},
    "of a stranger who agreed to be reached": {Condition.LISTED, Condition.SHOWN, Condition.REACHABLE},
    "shared by a stranger": {Condition.SHARED},
    "of a stranger and of who shares": set(),
    "shared, and kept private": set(),
    "own": {Condition.OWN},
    "of the own organization": {Condition.ON_BEHALF},
    "sent": {Condition.SENT},
    "sent by somebody else": set(),
    "sent by who has gone": {Condition.ORPHANED},
    "sent under the identifier of who has gone": {Condition.ORPHANED},
    "asked of oneself": {Condition.ASKED},
    "asked of somebody else": set(),
    "asked of the own organization": {Condition.FOR_ASKED},
    "asked of another organization": set(),
    "of another organization": set(),
    "of a coalition with the own organization": {Condition.IN_COALITION},
    "of a coalition of others": set(),
    "for the own organization to read": {Condition.READER},
    "for others to read": set(),
}


class TestAllow:
    @pytest.mark.parametrize("state", STATES)
    def test_follows_the_table_for_every_role_act_and_kind(self, state):
        for role, act, kind in EVERYTHING:
            actor = an_actor(role=role, acts_for="schuldhulp", shared="vera")
            thing = a_thing(kind, **STATES[state])

            rules = RULES.get((kind, act), {})
            named = {condition for condition, roles in rules.items() if role in roles}

            expected = bool(named & (MEANING[state] | {Condition.ALWAYS}))
            assert policy.allow(actor, act, thing, at=DAY) is expected, (role, act, kind)

    @pytest.mark.parametrize("state", STATES)
    def test_never_reaches_into_another_network(self, state):
        elsewhere = [a_thing(kind, network_id="elders", **STATES[state]) for kind in Kind]

        allowed = [
            (role, act, thing.kind)
            for role, act, thing in product(Role, Act, elsewhere)
            if policy.allow(an_actor(role=role, acts_for="schuldhulp", shared="vera"), act, thing, at=DAY)
        ]

        assert allowed == []

    def test_denies_what_the_table_does_not_name(self):
        unnamed = [(act, kind) for act, kind in product(Act, Kind) if (kind, act) not in RULES]

        allowed = [
            (role, act, kind)
            for role, (act, kind) in product(Role, unnamed)
            if policy.allow(an_actor(role=role), act, a_thing(kind, about="samira"), at=DAY)
        ]

        assert unnamed
        assert allowed == []


class TestPersons:
    @pytest.mark.parametrize("role", Role)
    def test_are_seen_by_members_only_once_they_agreed(self, role):
        actor = an_actor(role=role)

        seen = [
            policy.allow(actor, Act.SEE, a_thing(Kind.PERSON, consents=(consents,)), at=DAY)
            for consents in ((), ENDED, LISTED)
        ]

        assert seen == [False, False, role in MEMBERS]

    def test_are_not_seen_on_the_day_after_their_consent_ends(self):
        card = a_thing(Kind.PERSON, consents=(ENDED,))

        assert policy.allow(an_actor(), Act.SEE, card, at=DAY - timedelta(days=1))
        assert not policy.allow(an_actor(), Act.SEE, card, at=DAY)

    @pytest.mark.parametrize("role", Role)
    def test_see_and_change_their_own_card_whatever_their_role(self, role):
        own = a_thing(Kind.PERSON, about="samira")

        assert policy.allow(an_actor(role=role), Act.SEE, own, at=DAY)
        assert policy.allow(an_actor(role=role), Act.CHANGE, own, at=DAY)

    @pytest.mark.parametrize("role", Role)
    def test_are_changed_by_nobody_else(self, role):
        other = a_thing(Kind.PERSON, consents=(REACHABLE,))

        assert not policy.allow(an_actor(role=role), Act.CHANGE, other, at=DAY)

    def test_show_how_to_reach_them_only_with_that_consent(self):
        ways = [a_thing(Kind.WAYS, consents=(consents,)) for consents in (LISTED, REACHABLE)]

        assert [policy.allow(an_actor(), Act.SEE, each, at=DAY) for each in ways] == [False, True]

    @pytest.mark.parametrize("visibility", Visibility)
    def test_keep_a_private_field_to_themselves(self, visibility):
        field = a_thing(Kind.CARD_FIELD, consents=(LISTED,), visibility=visibility)
        own = a_thing(Kind.CARD_FIELD, about="samira", visibility=visibility)

        assert policy.allow(an_actor(), Act.SEE, field, at=DAY) is (visibility is not Visibility.PRIVATE)
        assert policy.allow(an_actor(), Act.SEE, own, at=DAY)


class TestSharedCards:
    @pytest.mark.parametrize("kind", [Kind.PERSON, Kind.CARD_FIELD, Kind.WAYS, Kind.MEMBERSHIP])
    @pytest.mark.parametrize("role", Role)
    def test_are_seen_by_members_with_whom_they_are_shared(self, role, kind):
        card = a_thing(kind, about="karel")

        assert policy.allow(an_actor(role=role, shared="karel"), Act.SEE, card, at=DAY) is (role in MEMBERS)
        assert not policy.allow(an_actor(role=role, shared="mo"), Act.SEE, card, at=DAY)

    @pytest.mark.parametrize("kind", [Kind.CARD_FIELD, Kind.WAYS])
    def test_keep_what_is_private(self, kind):
        field = a_thing(kind, about="karel", visibility=Visibility.PRIVATE)

        assert not policy.allow(an_actor(shared="karel"), Act.SEE, field, at=DAY)

    @pytest.mark.parametrize("role", Role)
    def test_are_changed_by_nobody_else(self, role):
        actor = an_actor(role=role, shared="karel")

        changed = [kind for kind in Kind if policy.allow(actor, Act.CHANGE, a_thing(kind), at=DAY)]

        assert Kind.PERSON not in changed
        assert Kind.WAYS not in changed

    def test_take_no_ties_along(self):
        tie = a_thing(Kind.TIE, about="karel mo")

        assert not policy.allow(an_actor(shared="karel mo"), Act.SEE, tie, at=DAY)


class TestDigests:
    @pytest.mark.parametrize("role", Role)
    def test_are_for_who_gets_them_and_nobody_else(self, role):
        own, other = a_thing(Kind.DIGEST, about="samira"), a_thing(Kind.DIGEST, consents=(REACHABLE,))

        for act in (Act.SEE, Act.CHANGE):
            assert policy.allow(an_actor(role=role), act, own, at=DAY)
            assert not policy.allow(an_actor(role=role), act, other, at=DAY)


class TestEmergencies:
    @pytest.mark.parametrize("role", Role)
    def test_are_for_who_helps_or_answers_for_it(self, role):
        allowed = policy.allow(an_actor(role=role), Act.CREATE, a_thing(Kind.EMERGENCY), at=DAY)

        assert allowed is (role in {Role.PROFESSIONAL, Role.COORDINATOR, Role.BOARD})

    @pytest.mark.parametrize("role", Role)
    def test_are_judged_by_the_coordinator_and_the_board(self, role):
        actor, review = an_actor(role=role), a_thing(Kind.REVIEW)

        allowed = {policy.allow(actor, act, review, at=DAY) for act in (Act.SEE, Act.CHANGE)}

        assert allowed == {role in {Role.COORDINATOR, Role.BOARD}}


class TestReferrals:
    @pytest.mark.parametrize("kind", [Kind.REFERRAL, Kind.TURN])
    @pytest.mark.parametrize("role", Role)
    def test_of_others_are_seen_by_the_coordinator_only(self, role, kind):
        others = a_thing(kind, about="", sender_id=PersonId("noor"), asked_ids=frozenset({PersonId("karel")}))

        assert policy.allow(an_actor(role=role), Act.SEE, others, at=DAY) is (role is Role.COORDINATOR)

    @pytest.mark.parametrize("role", Role)
    def test_are_answered_by_who_is_asked_whatever_their_role(self, role):
        turn = a_thing(Kind.TURN, about="", asked_ids=frozenset({PersonId("samira")}))

        assert policy.allow(an_actor(role=role), Act.SEE, turn, at=DAY)
        assert policy.allow(an_actor(role=role), Act.HANDLE, turn, at=DAY)

    @pytest.mark.parametrize("role", Role)
    def test_are_answered_for_an_organization_by_members_with_a_role_in_it(self, role):
        turn = a_thing(Kind.TURN, about="", asked_organization_ids=frozenset({OrganizationId("schuldhulp")}))

        answers = policy.allow(an_actor(role=role, acts_for="schuldhulp"), Act.HANDLE, turn, at=DAY)

        assert answers is (role in MEMBERS)
        assert not policy.allow(an_actor(role=role, acts_for="bibliotheek"), Act.HANDLE, turn, at=DAY)

    @pytest.mark.parametrize("is_orphaned", [False, True])
    @pytest.mark.parametrize("role", Role)
    def test_are_mended_by_the_coordinator_once_the_sender_has_gone(self, role, is_orphaned):
        sent = a_thing(Kind.REFERRAL, about="", sender_id=PersonId("noor"), is_orphaned=is_orphaned)

        mends = policy.allow(an_actor(role=role), Act.MEND, sent, at=DAY)

        assert mends is (is_orphaned and role is Role.COORDINATOR)

    @pytest.mark.parametrize("role", Role)
    def test_are_sent_by_members(self, role):
        assert policy.allow(an_actor(role=role), Act.CREATE, a_thing(Kind.REFERRAL), at=DAY) is (
            role in MEMBERS
        )

    def test_show_an_introduction_to_who_introduces_and_nothing_more(self):
        asked = {"about": "", "asked_ids": frozenset({PersonId("samira")})}

        assert policy.allow(an_actor(), Act.SEE, a_thing(Kind.INTRODUCTION, **asked), at=DAY)
        assert not policy.allow(an_actor(), Act.SEE, a_thing(Kind.REFERRAL, about=""), at=DAY)
        coordinator = an_actor("anneke", role=Role.COORDINATOR)
        assert not policy.allow(coordinator, Act.SEE, a_thing(Kind.INTRODUCTION, **asked), at=DAY)


class TestTies:
    @pytest.mark.parametrize(
        ("consents", "is_seen"),
        [((LISTED, LISTED), True), ((LISTED, ()), False), ((), False)],
        ids=["both agreed", "one agreed", "nobody is known to have agreed"],
    )
    def test_are_seen_when_both_ends_agreed(self, consents, is_seen):
        tie = a_thing(Kind.TIE, about="karel mo", consents=consents)

        assert policy.allow(an_actor(), Act.SEE, tie, at=DAY) is is_seen


class TestAdministrators:
    def test_get_no_content(self):
        kept = {
            Kind.NETWORK, Kind.PLACE, Kind.TOPIC, Kind.ACCOUNT, Kind.INVITATION, Kind.JOIN_REQUEST,
            Kind.WEBHOOK,  # of identifiers only
        }  # fmt: skip
        content = set(Kind) - kept
        actor = an_actor(role=Role.ADMINISTRATOR, acts_for="schuldhulp", shared="karel")

        allowed = [
            (act, kind)
            for act, kind in product(Act, content)
            if policy.allow(actor, act, a_thing(kind, consents=(REACHABLE,)), at=DAY)
        ]

        assert allowed == []

    def test_keep_the_accounts(self):
        actor = an_actor(role=Role.ADMINISTRATOR)

        assert policy.allow(actor, Act.CHANGE, a_thing(Kind.ACCOUNT), at=DAY)
        assert policy.allow(actor, Act.CREATE, a_thing(Kind.INVITATION, about=""), at=DAY)


class TestOrganizations:
    def test_are_changed_by_who_acts_for_them_and_by_the_coordinator(self):
        desk = a_thing(Kind.ORGANIZATION, about="", organization_id=OrganizationId("schuldhulp"))
        actors = [
            an_actor(acts_for="schuldhulp"),
            an_actor(acts_for="bibliotheek"),
            an_actor(role=Role.COORDINATOR),
            an_actor(role=Role.RESEARCHER, acts_for="schuldhulp"),
        ]

        changes = [policy.allow(actor, Act.CHANGE, desk, at=DAY) for actor in actors]

        assert changes == [True, False, True, False]


class TestConditionsFor:
    def test_never_weaken_with_an_unknown_pair(self):
        assert policy.conditions_for(Role.COORDINATOR, Act.REMOVE, Kind.AUDIT_EVENT) == frozenset()

    def test_are_those_that_allow_asks(self):
        for role, act, kind in EVERYTHING:
            conditions = policy.conditions_for(role, act, kind)

            always = policy.allow(an_actor(role=role), act, a_thing(kind), at=DAY)
            assert always is (Condition.ALWAYS in conditions)


OF_OTHERS = {"about": "", "organization_id": OrganizationId("bibliotheek")}
OF_OWN = {"about": "", "organization_id": OrganizationId("schuldhulp")}
OUTSIDE = {"about": "", "coalition_ids": frozenset({OrganizationId("bibliotheek")})}
INSIDE = {"about": "", "coalition_ids": frozenset({OrganizationId("schuldhulp")})}


class TestSignals:
    @pytest.mark.parametrize("kind", [Kind.SIGNAL, Kind.SIGNAL_TEXT])
    @pytest.mark.parametrize("act", Act)
    @pytest.mark.parametrize("role", Role)
    def test_are_never_reached_by_another_organization(self, role, act, kind):
        actor = an_actor(role=role, acts_for="schuldhulp", shared="samira karel")

        assert not policy.allow(actor, act, a_thing(kind, **OF_OTHERS), at=DAY)

    @pytest.mark.parametrize("role", Role)
    def test_are_read_by_members_of_their_owner(self, role):
        actor = an_actor(role=role, acts_for="schuldhulp")

        assert policy.allow(actor, Act.SEE, a_thing(Kind.SIGNAL_TEXT, **OF_OWN), at=DAY) is (role in MEMBERS)

    @pytest.mark.parametrize("role", Role)
    def test_are_read_by_who_wrote_them(self, role):
        written = a_thing(Kind.SIGNAL_TEXT, about="", sender_id=PersonId("samira"))

        assert policy.allow(an_actor(role=role), Act.SEE, written, at=DAY) is (role in MEMBERS)
        assert not policy.allow(an_actor("mo", role=role), Act.SEE, written, at=DAY)

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR, Role.BOARD, Role.RESEARCHER])
    def test_are_not_read_by_who_keeps_the_house(self, role):
        of_residents = a_thing(Kind.SIGNAL_TEXT, about="")

        seen = [
            policy.allow(an_actor(role=role), Act.SEE, each, at=DAY)
            for each in (a_thing(Kind.SIGNAL_TEXT, **OF_OTHERS), of_residents)
        ]

        assert seen == [False, False]

    @pytest.mark.parametrize("role", Role)
    def test_are_not_opened_by_breaking_the_glass(self, role):
        opened = a_thing(Kind.SIGNAL_TEXT, about="karel", sender_id=PersonId("karel"))

        assert not policy.allow(an_actor(role=role, shared="karel"), Act.SEE, opened, at=DAY)

    @pytest.mark.parametrize("role", Role)
    def test_are_there_in_bands_for_who_reads_and_who_studies(self, role):
        bands = a_thing(Kind.SIGNAL_BANDS, about="")

        seen = policy.allow(an_actor(role=role), Act.SEE, bands, at=DAY)

        assert seen is (role in MEMBERS | {Role.RESEARCHER})

    @pytest.mark.parametrize("act", [Act.SEE, Act.HANDLE])
    @pytest.mark.parametrize("role", Role)
    def test_match_for_the_two_alone(self, role, act):
        asked = frozenset({OrganizationId("schuldhulp")})
        own = a_thing(Kind.MATCH, about="", asked_organization_ids=asked)
        actor = an_actor(role=role, acts_for="schuldhulp")

        assert policy.allow(actor, act, own, at=DAY) is (role in MEMBERS)
        assert not policy.allow(actor, act, a_thing(Kind.MATCH, about=""), at=DAY)


class TestSituations:
    @pytest.mark.parametrize("role", Role)
    def test_are_read_by_their_coalition(self, role):
        actor = an_actor(role=role, acts_for="schuldhulp")

        assert policy.allow(actor, Act.SEE, a_thing(Kind.SITUATION, **INSIDE), at=DAY) is (role in MEMBERS)
        assert not policy.allow(actor, Act.SEE, a_thing(Kind.SITUATION, **OUTSIDE), at=DAY)

    @pytest.mark.parametrize("role", Role)
    def test_are_there_in_figures_for_coordinators_and_researchers(self, role):
        figures = a_thing(Kind.SITUATION_FIGURES, **OUTSIDE)

        seen = policy.allow(an_actor(role=role, acts_for="schuldhulp"), Act.SEE, figures, at=DAY)

        assert seen is (role in {Role.COORDINATOR, Role.RESEARCHER})

    @pytest.mark.parametrize("kind", set(Kind) - {Kind.SITUATION_FIGURES, Kind.SIGNAL_BANDS})
    def test_show_a_researcher_no_more_than_figures(self, kind):
        everything = a_thing(
            kind,
            about="",
            organization_id=OrganizationId("schuldhulp"),
            coalition_ids=frozenset({OrganizationId("schuldhulp")}),
            reader_ids=frozenset({OrganizationId("schuldhulp")}),
        )
        researcher = an_actor(role=Role.RESEARCHER, acts_for="schuldhulp")
        is_shared = kind.value.startswith(("situation", "signal", "match"))

        assert not (is_shared and policy.allow(researcher, Act.SEE, everything, at=DAY))

    @pytest.mark.parametrize("role", Role)
    def test_are_led_by_their_owner(self, role):
        actor = an_actor(role=role, acts_for="schuldhulp")

        follows = [
            policy.allow(actor, Act.FOLLOW, a_thing(Kind.SITUATION, **state), at=DAY)
            for state in (OF_OWN, OF_OTHERS, INSIDE)
        ]

        assert follows == [role in MEMBERS, False, False]

    @pytest.mark.parametrize("role", Role)
    def test_are_steered_by_a_coordinator_without_being_read(self, role):
        situation = a_thing(Kind.SITUATION, **OUTSIDE)

        assert policy.allow(an_actor(role=role), Act.MEND, situation, at=DAY) is (role is Role.COORDINATOR)

    @pytest.mark.parametrize("role", Role)
    def test_keep_their_rooms_for_the_readers(self, role):
        actor = an_actor(role=role, acts_for="schuldhulp")
        mine = a_thing(Kind.SITUATION_PART, about="", reader_ids=frozenset({OrganizationId("schuldhulp")}))

        assert policy.allow(actor, Act.SEE, mine, at=DAY) is (role in MEMBERS)
        for state in (INSIDE, OUTSIDE, OF_OTHERS):
            assert not policy.allow(actor, Act.SEE, a_thing(Kind.SITUATION_PART, **state), at=DAY)


class TestExcludedPlaces:
    @pytest.mark.parametrize("act", [Act.SEE, Act.CREATE, Act.REMOVE])
    @pytest.mark.parametrize("role", Role)
    def test_are_for_who_keeps_the_network(self, role, act):
        place = a_thing(Kind.EXCLUDED_PLACE, about="")

        assert policy.allow(an_actor(role=role), act, place, at=DAY) is (role is Role.COORDINATOR)

# SPDX-License-Identifier: EUPL-1.2
"""Whom to invite and who can lead: from what the network knows, and no further than the reader may know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from scharnier.apps.people.models import Area, Membership, Organization, Tie, Topic
from scharnier.apps.situations import models, selectors
from scharnier.core.kernel import SituationId
from scharnier.core.situations import Weight
from tests.factories import DAY
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.situations_scenes import BAS, KAREL, NOOR, RIA

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def proposal(actor=NOOR, *, situation_id="plein"):
    seen = selectors.glimpse(SituationId(situation_id), actor=actor)
    return selectors.propose_partners(seen, on=DAY, language="nl")


def proposed(actor=NOOR):
    return {line.id: line for line in proposal(actor).proposed}


def bundle(made, **shares):
    for name, share in shares.items():
        models.BundlePartner.objects.create(
            network_id="kruisveld", situation=made, organization=scenes.organization(name), share=share
        )


def can_lead(actor=NOOR):
    seen = selectors.glimpse(SituationId("plein"), actor=actor)
    return [pair[0] for pair in selectors.leaders(seen, on=DAY)]


class TestProposePartners:
    def test_proposes_by_topic_and_says_which(self):
        scenes.a_situation(topic_ids=["noise"])

        assert {key: line.topics for key, line in proposed().items()} == {"politie": ("geluidsoverlast",)}

    def test_counts_what_a_topic_falls_under(self):
        noise = Topic.objects.get(network_id="kruisveld", text_id="noise")
        Topic.objects.create(
            network_id="kruisveld", text_id="party", labels=noise.labels, broader_ids=["noise"]
        )
        scenes.a_situation(topic_ids=["party"])

        assert set(proposed()) == {"politie"}

    def test_leaves_out_who_works_elsewhere(self):
        scenes.a_situation(topic_ids=["noise"], area_ids=["zuid"])
        Organization.objects.filter(text_id="politie", network_id="kruisveld").update(area_ids=["noord"])

        assert proposed() == {}

    def test_counts_an_area_around_it_and_an_area_within(self):
        Area.objects.filter(text_id="zuid", network_id="kruisveld").update(
            parent=Area.objects.get(text_id="noord", network_id="kruisveld")
        )
        Organization.objects.filter(text_id="politie", network_id="kruisveld").update(area_ids=["noord"])
        made = scenes.a_situation(topic_ids=["noise"], area_ids=["zuid"])
        assert set(proposed()) == {"politie"}

        models.Situation.objects.filter(pk=made.pk).update(area_ids=["noord"])
        Organization.objects.filter(text_id="politie", network_id="kruisveld").update(area_ids=["zuid"])
        assert set(proposed()) == {"politie"}

    @pytest.mark.parametrize(
        ("share", "weight"), [(0.6, Weight.MUCH), (0.2, Weight.PART), (0.01, Weight.SOME)]
    )
    def test_says_in_a_word_how_much_an_organization_meets_it(self, share, weight):
        bundle(scenes.a_situation(), school=share)

        assert proposed()["school"].weight is weight

    def test_says_that_an_organization_works_here_only_where_here_is_somewhere(self):
        made = scenes.a_situation(topic_ids=["noise"])
        assert not proposed()["politie"].works_here

        models.Situation.objects.filter(pk=made.pk).update(area_ids=["noord"])
        assert proposed()["politie"].works_here

    @pytest.mark.parametrize("state", ["invited", "accepted", "lapsed"])
    def test_leaves_out_who_is_in_it_or_asked(self, state):
        made = scenes.a_situation(topic_ids=["noise"])
        scenes.an_invitation(made, "politie", state=state)

        found = proposal()

        assert found.proposed == ()
        assert {key for key, _name in found.others} == {"school"}

    @pytest.mark.parametrize("state", ["declined", "withdrawn", "left"])
    def test_proposes_anew_who_said_no_before(self, state):
        made = scenes.a_situation(topic_ids=["noise"])
        scenes.an_invitation(made, "politie", state=state)

        assert set(proposed()) == {"politie"}

    def test_offers_everybody_else_too_but_not_who_leads(self):
        scenes.a_situation()

        assert {key for key, _name in proposal().others} == {"politie", "school"}

    def test_takes_the_same_queries_in_a_larger_network(self):
        made = scenes.a_situation(topic_ids=["noise"], area_ids=["noord"])
        bundle(made, politie=0.3, school=0.3)
        with CaptureQueriesContext(connection) as of_few:
            proposal()
        Organization.objects.bulk_create(
            Organization(
                network_id="kruisveld", text_id=f"o{number}", name=f"O {number}", topic_ids=["noise"]
            )
            for number in range(30)
        )

        with CaptureQueriesContext(connection) as of_many:
            found = proposal()

        assert len(found.proposed) == 32
        assert len(of_many) == len(of_few)


class TestHinges:
    @pytest.fixture(autouse=True)
    def _plein(self):
        bundle(scenes.a_situation(), politie=0.3, school=0.3)

    def names(self, actor=NOOR):
        return {key: line.hinges for key, line in proposed(actor).items()}

    def test_are_contacts_of_the_reader_who_join_two_that_are_proposed(self):
        scenes.tie("noor", "karel")
        scenes.tie("karel", "bas")

        assert self.names() == {"politie": ("Karel",), "school": ("Karel",)}

    def test_are_found_whoever_named_the_contact(self):
        scenes.tie("karel", "noor")
        scenes.tie("bas", "karel")

        assert self.names()["school"] == ("Karel",)

    def test_are_nobody_the_reader_does_not_know(self):
        scenes.tie("karel", "bas")

        assert self.names() == {"politie": (), "school": ()}

    def test_are_nobody_who_joins_one_only(self):
        scenes.tie("noor", "karel")

        assert self.names() == {"politie": (), "school": ()}

    @pytest.mark.parametrize("purpose", ["listing", "introduction"])
    def test_are_nobody_who_did_not_agree_to_be_named(self, purpose):
        scenes.tie("noor", "karel")
        scenes.tie("karel", "bas")
        scenes.person("karel").consents.filter(purpose=purpose).delete()

        assert self.names() == {"politie": (), "school": ()}

    def test_are_nobody_whose_consent_has_ended(self):
        scenes.tie("noor", "karel")
        scenes.tie("karel", "bas")
        scenes.person("karel").consents.update(end_date=DAY - timedelta(days=1))

        assert self.names() == {"politie": (), "school": ()}

    def test_are_those_of_whoever_looks(self):
        scenes.tie("noor", "karel")
        scenes.tie("karel", "bas")

        assert self.names(RIA) == {"politie": (), "school": ()}
        assert Tie.objects.count() == 2


class TestLeaders:
    def test_are_people_of_organizations_that_said_yes(self):
        made = scenes.a_situation()
        scenes.an_invitation(made, "politie")
        scenes.an_invitation(made, "school", state="invited")

        assert can_lead() == ["jongerenwerk:joke", "jongerenwerk:noor", "politie:karel"]

    def test_are_nobody_who_does_not_want_to_be_found(self):
        scenes.a_situation()
        scenes.person("joke").consents.all().delete()

        assert can_lead() == ["jongerenwerk:noor"]

    @pytest.mark.parametrize(
        "wrong",
        [
            {"end_date": DAY - timedelta(days=1)},
            {"start_date": DAY + timedelta(days=1)},
            {"is_confirmed": False},
        ],
    )
    def test_are_nobody_who_has_no_role_there_today(self, wrong):
        scenes.a_situation()
        Membership.objects.filter(person__text_id="joke").update(**wrong)

        assert can_lead() == ["jongerenwerk:noor"]

    def test_are_the_readers_own_where_nobody_leads_yet(self):
        bundle(scenes.a_situation(owner="", state="signal_bundle"), politie=0.5, school=0.5)

        assert can_lead(KAREL) == ["politie:karel"]
        assert can_lead(BAS) == ["school:bas"]
        assert can_lead(RIA) == []

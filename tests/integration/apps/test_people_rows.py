# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from scharnier.apps.people import models, selectors, services
from scharnier.core import network, referral
from scharnier.core.kernel import LocationId, NetworkId, OrganizationId, PersonId, TopicId
from tests.factories import (
    DAY,
    NOON,
    a_full_network,
    a_network,
    a_person,
    a_service,
    an_area,
    an_organization,
)

pytestmark = pytest.mark.django_db
KRUISVELD = NetworkId("kruisveld")
SAMIRA = referral.Party(person_id=PersonId("samira"), organization_id=OrganizationId("schuldhulp"))


def a_rich_service() -> network.Service:
    return replace(
        a_service(topics="debt"),
        location_ids=frozenset({LocationId("buurthuis")}),
        languages=frozenset({"nl", "ar"}),
        schedules=(
            network.Schedule(
                weekdays=frozenset({network.Weekday.MONDAY, network.Weekday.FRIDAY}),
                opens_at=time(9),
                closes_at=time(12, 30),
                valid_from=DAY,
            ),
            network.Schedule(description="Op afspraak"),
        ),
        capacity=network.Capacity(available=2, maximum=5, unit="plekken", updated_date=DAY),
    )


def an_outcome(**parts) -> referral.Outcome:
    return referral.Outcome(
        **{
            "text": "Brief van de incassobureau",
            "party": referral.Party(
                person_id=PersonId("samira"), organization_id=OrganizationId("schuldhulp")
            ),
            "response": referral.Response.DECLINED,
            "reason": referral.Reason.NO_CAPACITY,
            "on": DAY,
            "topics": frozenset({TopicId("debt")}),
            **parts,
        }
    )


class TestLoadNetwork:
    def test_is_read_back_as_it_was(self):
        whole = replace(a_full_network(), services=(a_rich_service(),))
        desk = referral.Party(organization_id=OrganizationId("schuldhulp"))
        outcomes = (
            an_outcome(),
            an_outcome(reason=referral.Reason.NOT_MY_REMIT, rather=desk),
            an_outcome(reason=referral.Reason.OTHER, rather=referral.Party(person_id=PersonId("samira"))),
            an_outcome(response=referral.Response.COMPLETED, reason=None),
        )

        services.load_network(whole, at=NOON, outcomes=outcomes)

        snapshot = selectors.read_snapshot(KRUISVELD)
        assert snapshot.network == whole
        assert snapshot.outcomes == outcomes

    @pytest.mark.parametrize("day", [DAY, None])
    def test_keeps_when_a_card_was_last_looked_over(self, day):
        whole = a_network(persons=(replace(a_person(), checked_date=day), a_person("karel")))

        services.load_network(whole, at=NOON)

        assert selectors.read_snapshot(KRUISVELD).network == whole

    def test_keeps_parents_that_come_after_their_children(self):
        whole = a_network(
            areas=(an_area("noord", parent="wijk"), an_area("wijk")),
            organizations=(an_organization("team", parent="stichting"), an_organization("stichting")),
        )

        services.load_network(whole, at=NOON)

        assert selectors.read_snapshot(KRUISVELD).network == whole

    def test_replaces_what_stood_there_and_leaves_other_networks_alone(self):
        other = a_network(network_id="elders", persons=(a_person("ria"),))
        services.load_network(other, at=NOON)
        services.load_network(a_full_network(), at=NOON)
        smaller = a_network(persons=(a_person("noor"),))

        services.load_network(smaller, at=NOON)

        assert selectors.read_snapshot(KRUISVELD).network == smaller
        assert selectors.read_snapshot(NetworkId("elders")).network == other

    def test_makes_a_new_revision_each_time(self):
        services.load_network(a_full_network(), at=NOON)
        before = selectors.revision(KRUISVELD)

        services.load_network(a_full_network(), at=NOON)

        assert selectors.revision(KRUISVELD) != before

    def test_leaves_nothing_behind_when_a_part_fails(self, monkeypatch):
        monkeypatch.setattr(models.Tie.objects, "bulk_create", _fail)

        with pytest.raises(RuntimeError):
            services.load_network(a_full_network(), at=NOON)

        assert not models.Network.objects.exists()
        assert not models.Person.objects.exists()

    def test_takes_the_same_queries_for_few_and_many_persons(self, django_assert_max_num_queries):
        crowd = a_network(persons=[a_person(f"p{number}") for number in range(50)])

        with django_assert_max_num_queries(30):
            services.load_network(crowd, at=NOON)


def _fail(*_, **__):
    raise RuntimeError


class TestReadSnapshot:
    def test_knows_no_network_that_is_not_there(self):
        with pytest.raises(selectors.NetworkNotFound):
            selectors.read_snapshot(NetworkId("nergens"))

    @pytest.mark.parametrize("n_persons", [1, 50])
    def test_takes_the_same_queries_for_few_and_many_persons(self, n_persons, django_assert_num_queries):
        services.load_network(
            a_network(persons=[a_person(f"p{number}") for number in range(n_persons)]), at=NOON
        )

        with django_assert_num_queries(15):  # network, eleven parts, consents, checks, and whether it changed
            selectors.read_snapshot(KRUISVELD)


class TestTheDatabase:
    """Refuses what core would refuse, whoever writes."""

    @pytest.fixture(autouse=True)
    def _network(self, load):
        load(a_full_network())
        self.samira, self.karel = models.Person.objects.order_by("-text_id")

    @pytest.mark.parametrize(
        ("model", "change"),
        [
            (models.Area, {"kind": "galaxy"}),
            (models.Area, {"text_id": "noord"}),
            (models.Location, {"latitude": None}),
            (models.Location, {"latitude": 91.0}),
            (models.Location, {"location_type": "dream"}),
            (models.Topic, {"text_id": "debt"}),
            (models.Service, {"status": "perhaps"}),
            (models.Service, {"capacity_available": 3, "capacity_maximum": 2}),
            (models.Person, {"accepting": "perhaps"}),
            (models.Person, {"text_id": "samira"}),
            (models.Consent, {"purpose": "selling"}),
            (models.Consent, {"end_date": date(2020, 1, 1)}),
            (models.Membership, {"organization": None, "community": None, "resident_group": None}),
            (models.Membership, {"start_date": date(2026, 1, 2), "end_date": date(2026, 1, 1)}),
            (models.Tie, {"strength": 0}),
            (models.Tie, {"strength": 1.1}),
            (models.Tie, {"kind": "envies"}),
            (models.Tie, {"origin": "rumour"}),
        ],
    )
    def test_refuses_a_row_that_breaks_a_rule(self, model, change):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**change)

    def test_refuses_a_tie_to_oneself(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Tie.objects.update(target=self.samira, source=self.samira)

    def test_refuses_to_be_ones_own_successor(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Membership.objects.update(person=self.samira, successor=self.samira)

    def test_refuses_a_membership_of_two_parties(self):
        community = models.Community.objects.get()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Membership.objects.filter(organization__isnull=False).update(community=community)

    def test_refuses_an_area_in_itself(self):
        area = models.Area.objects.earliest("pk")

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Area.objects.filter(pk=area.pk).update(parent=area)

    def test_refuses_an_outcome_of_nobody(self):
        services.load_network(a_full_network(), at=NOON, outcomes=[an_outcome()])

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Outcome.objects.update(person=None, organization=None)

    def test_refuses_a_second_account_in_a_network(self, sign_in):
        sign_in("samira")
        account = models.Account.objects.get()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Account.objects.create(
                user=account.user, network_id="kruisveld", person=self.karel, role=account.role
            )

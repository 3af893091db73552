# SPDX-License-Identifier: EUPL-1.2
"""The referrals of the example are made by the acts that everybody uses, once."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from scharnier import example
from scharnier.apps import wall
from scharnier.apps.people.models import Outcome
from scharnier.apps.referral import models, selectors
from scharnier.core.kernel import NetworkId, OrganizationId, Role
from scharnier.core.referral import Awaited, State
from tests.factories import an_actor

pytestmark = pytest.mark.django_db
KRUISVELD = NetworkId("kruisveld")


@pytest.fixture
def _loaded():
    call_command("load_example", language="nl", stdout=io.StringIO())
    call_command("load_referrals")


@pytest.mark.usefixtures("_loaded")
class TestLoadReferrals:
    @wall.in_network(KRUISVELD)
    def test_leaves_something_to_do_for_who_tries_it(self):
        samira = an_actor("samira", acts_for="jongerenwerk")

        waits = [line.awaited for line in selectors.work_list(samira).lines]

        assert waits == [Awaited.NEXT_PARTY, Awaited.ANSWER]

    @wall.in_network(KRUISVELD)
    def test_shows_every_way_it_can_go(self):
        states = set(models.Turn.objects.values_list("state", flat=True))

        assert states == {
            State.REQUESTED,
            State.UNANSWERED,
            State.REJECTED,
            State.IN_PROGRESS,
            State.ON_HOLD,
            State.COMPLETED,
        }
        assert models.Referral.objects.count() == len(example.load_referrals())

    @wall.in_network(KRUISVELD)
    def test_is_enough_to_tell_how_it_goes(self):
        ria = an_actor("anneke", role=Role.COORDINATOR)

        found = selectors.read_adequacy(ria, on=example.KRUISVELD_DAY)

        assert found.whole is not None
        assert 0 < found.whole.right_at_once_share < 1

    def test_does_so_once(self):
        with wall.in_network(KRUISVELD):
            before = models.Event.objects.count(), Outcome.objects.count()

        call_command("load_referrals")

        with wall.in_network(KRUISVELD):
            assert (models.Event.objects.count(), Outcome.objects.count()) == before


class TestSources:
    def test_name_whom_and_what_there_is(self):
        whole = example.load_kruisveld().network
        bodies = {body.id for body in whole.organizations}
        people = {person.id for person in whole.persons}
        areas = {area.id for area in whole.areas}

        for told in example.load_referrals():
            named = [ask.to for ask in told.asks] + [step.rather for ask in told.asks for step in ask.steps]
            for kind, _, party_id in (who.partition(":") for who in named if who):
                assert party_id in (people if kind == "person" else bodies), told.text
            assert (told.area in areas, told.sender in people) == (True, True), told.text
            assert OrganizationId(told.sender) not in bodies

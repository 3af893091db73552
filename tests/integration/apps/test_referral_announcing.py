# SPDX-License-Identifier: EUPL-1.2
"""What other systems hear of referrals: each step once, by identifiers, and nothing of anybody."""

from __future__ import annotations

import json

import pytest

from scharnier.apps.referral import services
from scharnier.apps.webhooks import services as webhooks
from scharnier.apps.webhooks.models import Delivery
from scharnier.core.kernel import AreaId
from scharnier.core.referral import About, Reason
from scharnier.core.webhooks import OFFERED
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import CLOCK, KAREL, NOOR, RIA

pytestmark = pytest.mark.django_db
MOMENT = {"on": DAY, "at": NOON}
BY_DESK = scenes.an_organization_of()


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()
    webhooks.add_webhook(
        address="https://example.org/hook", events=[event.value for event in OFFERED], actor=RIA, at=NOON
    )


def told():
    return [(row.event, row.facts) for row in Delivery.objects.order_by("pk")]


def heard():
    return sorted(row.event for row in Delivery.objects.all())


class TestAnnounce:
    def test_tells_each_step_by_its_identifiers(self):
        made = scenes.sent(BY_DESK, area_id=AreaId("noord"))
        (turn_id,) = scenes.turns_of(made)
        services.decline(
            turn_id, services.Decline(reason=Reason.NO_CAPACITY, words="Druk."), actor=KAREL, **MOMENT
        )

        known = {"turn": turn_id, "round": "1", "organization": "schuldhulp", "area": "noord"}
        assert {event: dict(facts) for event, facts in told()} == {
            "referral.requested": known,
            "referral.rejected": {**known, "reason": "no_capacity"},
        }
        assert set(Delivery.objects.values_list("object_id", flat=True)) == {made}

    def test_tells_the_way_to_an_outcome(self):
        made = scenes.done(BY_DESK)
        scenes.tell(made)

        assert heard() == [
            "referral.accepted",
            "referral.completed",
            "referral.outcome_told",
            "referral.requested",
        ]

    def test_tells_of_silence(self):
        services.lapse(scenes.a_turn(), actor=CLOCK, **MOMENT)

        assert heard() == ["referral.requested", "referral.unanswered"]

    def test_names_no_person_and_no_words(self):
        scenes.done(scenes.a_person_of("karel"))

        said = json.dumps(told()).lower()

        assert [name for name in ("karel", "noor", "ruzie") if name in said] == []

    def test_tells_not_where_a_resident_lives(self):
        scenes.sent(BY_DESK, area_id=AreaId("noord"), about=About.RESIDENT, purpose="hulp", consented_on=DAY)

        assert [facts.get("area") for _, facts in told()] == [None]

    def test_tells_nothing_of_an_act_that_was_undone(self):
        turn_id = scenes.a_turn()
        Delivery.objects.all().delete()

        with pytest.raises(services.DayPassed):
            services.pause(turn_id, until=DAY, actor=KAREL, **MOMENT)

        assert heard() == []

    def test_keeps_a_draft_to_itself(self):
        scenes.draft(actor=NOOR)

        assert heard() == []

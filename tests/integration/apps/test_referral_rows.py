# SPDX-License-Identifier: EUPL-1.2
"""What stands in rows is what the core says of it, also where somebody or something is gone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from scharnier.apps.people.models import Area, Community, ResidentGroup, Service
from scharnier.apps.referral import models, rows, services
from scharnier.core import referral
from scharnier.core.kernel import (
    AreaId,
    CommunityId,
    NetworkId,
    OrganizationId,
    PersonId,
    ReferralId,
    ResidentGroupId,
    ServiceId,
    TopicId,
    TurnId,
)
from scharnier.core.referral import (
    About,
    Handling,
    Helped,
    Party,
    Proposal,
    ProposedBy,
    Reason,
    State,
    Teller,
)
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import BAS, JOKE, KAREL, NOOR

pytestmark = pytest.mark.django_db
DESK = OrganizationId("schuldhulp")
GROUP = ResidentGroupId("jongeren")
SUGGESTED = Proposal(by=ProposedBy.SUGGESTION, place=2, propensity=0.25)
NAMED = Proposal(by=ProposedBy.RATHER)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def a_long_story():
    """Karel declines for the desk and names Bas, who does it; both sides say whether it helped."""
    party = Party(person_id=PersonId("karel"), organization_id=DESK, community_id=CommunityId("koor"))
    first = services.Ask(party=party, service_id=ServiceId("spreekuur"), proposal=SUGGESTED)
    made = scenes.sent(
        first,
        about=About.GROUP,
        resident_group_id=GROUP,
        area_id=AreaId("noord"),
        topics=frozenset({TopicId("debt")}),
    )
    rather = Party(person_id=PersonId("bas"))
    said = services.Decline(reason=Reason.NOT_MY_REMIT, words="Niet ons werk.", rather=rather)
    services.decline(scenes.turns_of(made)[0], said, actor=JOKE, on=DAY, at=scenes.later(1))
    second = services.Ask(party=rather, proposal=NAMED)
    services.ask_next(made, (second,), actor=NOOR, on=DAY, at=scenes.later(2))
    (turn_id,) = services.send_all(made, actor=NOOR, on=DAY, at=scenes.later(3))
    services.accept(turn_id, actor=BAS, on=DAY, at=scenes.later(4))
    services.complete(turn_id, result="Samen gegeten.", hours=2.5, actor=BAS, on=DAY, at=scenes.later(5))
    scenes.tell(made, Helped.PARTLY, at=scenes.later(6), words="Een beetje.")
    return made


class TestReferralValue:
    def test_says_everything_that_was_asked_done_and_said(self):
        made = a_long_story()
        karels, bas = scenes.turns_of(made)

        assert scenes.whole(made) == referral.Referral(
            id=made,
            network_id=NetworkId("kruisveld"),
            text=scenes.WORDS,
            language="nl",
            sender=Party(person_id=PersonId("noor")),
            made_at=NOON,
            about=About.GROUP,
            area_id=AreaId("noord"),
            topics=frozenset({TopicId("debt")}),
            resident_group_id=GROUP,
            outcome_told_at=scenes.later(6),
            handlings=(
                Handling(
                    turn=referral.Turn(
                        id=karels,
                        candidate=Party(
                            person_id=PersonId("karel"),
                            organization_id=DESK,
                            community_id=CommunityId("koor"),
                        ),
                        round=1,
                        state=State.REJECTED,
                    ),
                    service_id=ServiceId("spreekuur"),
                    proposal=SUGGESTED,
                    requested_at=NOON,
                    answered_at=scenes.later(1),
                    ended_at=scenes.later(1),
                    reason=Reason.NOT_MY_REMIT,
                    words="Niet ons werk.",
                    rather=Party(person_id=PersonId("bas")),
                ),
                Handling(
                    turn=referral.Turn(
                        id=bas,
                        candidate=Party(person_id=PersonId("bas")),
                        round=2,
                        state=State.COMPLETED,
                    ),
                    proposal=NAMED,
                    requested_at=scenes.later(3),
                    answered_at=scenes.later(4),
                    ended_at=scenes.later(5),
                    result="Samen gegeten.",
                    hours=2.5,
                ),
            ),
            feedback=(
                referral.Feedback(
                    by=Teller.SENDER,
                    helped=Helped.PARTLY,
                    words="Een beetje.",
                    told_at=scenes.later(6),
                ),
            ),
        )

    def test_outlives_group_area_service_and_community(self):
        made = a_long_story()
        for kind in (ResidentGroup, Area, Service, Community):
            kind.objects.filter(network_id="kruisveld").delete()

        whole = scenes.whole(made)

        assert (whole.about, whole.resident_group_id, whole.area_id) == (About.PROBLEM, None, None)
        assert whole.handlings[0].service_id is None
        assert whole.handlings[0].turn.candidate.community_id is None

    def test_counts_days_where_the_network_is(self):
        night = NOON.replace(hour=22, minute=30)  # the next day in summer
        made = scenes.sent(at=night)

        (handling,) = scenes.whole(made).handlings

        assert handling.requested_at.date() == timezone.localtime(night).date() == DAY + timedelta(days=1)

    def test_keeps_the_last_words_of_a_turn(self):
        turn_id = scenes.a_turn()
        said = services.Decline(reason=Reason.OTHER, words="Geen tijd.")
        services.decline(turn_id, said, actor=KAREL, on=DAY, at=NOON)

        services.void(turn_id, cause="Verkeerde Karel.", actor=NOOR, on=DAY, at=scenes.later())

        (handling,) = scenes.whole(ReferralId(scenes.row(turn_id).referral_id)).handlings
        assert (handling.words, handling.reason) == ("Verkeerde Karel.", Reason.OTHER)

    def test_keeps_the_cause_of_giving_up(self):
        turn_id = scenes.a_turn()
        said = services.Decline(reason=Reason.NO_CAPACITY, words="Geen tijd.")
        services.decline(turn_id, said, actor=KAREL, on=DAY, at=NOON)
        made = ReferralId(scenes.row(turn_id).referral_id)

        services.give_up(made, cause="Er is niemand.", actor=NOOR, on=DAY, at=NOON)

        assert (scenes.whole(made).cause, scenes.whole(made).given_up_at) == ("Er is niemand.", NOON)


class TestIntroductionValue:
    def test_says_who_is_brought_together_by_whom(self):
        turn_id = TurnId(scenes.a_turn())
        introducers = (PersonId("bas"), PersonId("mo"))
        services.ask_introduction(turn_id, introducers, actor=NOOR, on=DAY, at=NOON)

        assert rows.introduction_value(models.Introduction.objects.get()) == referral.Introduction(
            asker_id=PersonId("noor"),
            party_id=PersonId("karel"),
            introducer_ids=introducers,
            asked_on=date(2026, 3, 29),
        )

# SPDX-License-Identifier: EUPL-1.2
"""A referral of two rounds in the full network, and its file."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

from scharnier.core import referral
from scharnier.core.kernel import (
    AreaId,
    CommunityId,
    NetworkId,
    OrganizationId,
    PersonId,
    ReferralId,
    ServiceId,
    TopicId,
    TurnId,
)
from scharnier.core.referral import Feedback, Handling, Helped, Party, Reason, State, Teller, Turn
from scharnier.formats import fhir_referral
from tests.factories import a_full_network

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DESK = Party(organization_id=OrganizationId("schuldhulp"))
SAMIRA = Party(person_id=PersonId("samira"), organization_id=OrganizationId("schuldhulp"))
CHOIR = Party(person_id=PersonId("karel"), community_id=CommunityId("koor"))
ALONE = Party(person_id=PersonId("karel"))
NOOR = Party(person_id=PersonId("noor"))  # who stands for the unnamed where a file comes in


def after(days):
    return MONDAY + timedelta(days=days)


def a_handling(state=State.DRAFT, *, number=1, candidate=DESK, round_=None, **parts):
    turn = Turn(id=TurnId(f"t{number}"), candidate=candidate, round=round_ or number, state=state)
    return Handling(turn=turn, **parts)


def a_referral(*handlings, **parts):
    return referral.Referral(
        **{
            "id": ReferralId("r-1"),
            "network_id": NetworkId("kruisveld"),
            "text": "lawaai op het plein",
            "language": "nl",
            "sender": DESK,
            "made_at": MONDAY,
            "handlings": handlings or (a_handling(),),
            **parts,
        }
    )


def declined(**parts):
    return a_handling(
        State.REJECTED,
        requested_at=MONDAY,
        answered_at=after(1),
        ended_at=after(1),
        **{"reason": Reason.NOT_MY_AREA, "words": "wij zitten in zuid", "rather": DESK, **parts},
    )


def completed(*, number=2, **parts):
    return a_handling(
        State.COMPLETED,
        number=number,
        service_id=ServiceId("spreekuur"),
        requested_at=after(2),
        answered_at=after(3),
        ended_at=after(9),
        result="afspraak gemaakt met de buren",
        hours=2.5,
        **parts,
    )


def a_whole_referral():
    return a_referral(
        declined(),
        completed(),
        area_id=AreaId("noord"),
        topics=frozenset({TopicId("debt"), TopicId("money")}),
        outcome_told_at=after(10),
        feedback=(
            Feedback(by=Teller.SENDER, helped=Helped.PARTLY, words="het is stiller", told_at=after(10)),
            Feedback(by=Teller.RECEIVER, helped=Helped.YES, told_at=after(9)),
        ),
    )


def write(*referrals, with_text=True, language="nl"):
    return fhir_referral.write_referrals(
        referrals, within=a_full_network(), language=language, with_text=with_text
    )


def read(data, *, unnamed=None, into=None):
    return fhir_referral.read_referrals(data, into=into or a_full_network(), unnamed=unnamed)


def resources(data):
    return [entry["resource"] for entry in json.loads(data)["entry"]]


def until(day=9):
    return date(2026, 4, day)

# SPDX-License-Identifier: EUPL-1.2
"""Kruisveld of which the debt desk has a system of its own, and short words for what another system says."""

from __future__ import annotations

import json

from scharnier.apps.open311 import systems, tasks
from scharnier.apps.open311.models import Passage, System
from scharnier.apps.referral import models as referrals
from scharnier.core.kernel import AreaId, OrganizationId, ReferralId, TopicId
from tests import receiver as receiving
from tests.factories import NOON
from tests.integration.apps import open311_scenes, referral_scenes
from tests.integration.apps.open311_scenes import RIA
from tests.integration.apps.webhooks_scenes import work

DESK = OrganizationId("schuldhulp")
SERVICES = [{"service_code": "71", "service_name": "Afval op straat", "metadata": False, "type": "realtime"}]
settle = open311_scenes.settle


def saying(value: object, code: int = 200) -> receiving.Answer:
    return receiving.saying(json.dumps(value).encode(), code)


def offering(receiver: receiving.Receiver) -> None:
    """Let the other system say next what it takes."""
    receiver.answers.append(saying(SERVICES))


def a_wish(address: str, **parts: object) -> systems.SystemWish:
    return systems.SystemWish(**{"organization_id": DESK, "address": address, **parts})


def address_of(receiver: receiving.Receiver) -> str:
    return f"http://127.0.0.1:{receiver.port}/open311/v2"


def a_system(receiver: receiving.Receiver, *, actor=RIA, **parts: object) -> System:
    """Register the system of the debt desk, to which litter goes."""
    offering(receiver)
    wish = a_wish(address_of(receiver), api_key="sleutel", jurisdiction_id="stad", **parts)
    made = systems.add_system(wish, actor=actor, at=NOON)
    systems.choose_codes(made, {"litter": "71"}, actor=actor, at=NOON)
    receiver.received.clear()
    return System.objects.get()


def asked(*asks, topics=("litter",), **parts: object) -> ReferralId:
    """Let Noor ask the debt desk about litter in the north."""
    about = {"area_id": AreaId("noord"), "topics": frozenset(map(TopicId, topics))}
    return referral_scenes.sent(*(asks or (referral_scenes.an_organization_of(),)), **about | parts)


def pass_on() -> None:
    """Find what is to be passed on, and do all the work there is."""
    tasks.find_new.call()
    work()


def follow() -> None:
    """Ask the other system how it goes with everything."""
    tasks.follow.call()
    work()


def taken(number: str = "Z-7") -> receiving.Answer:
    return saying([{"service_request_id": number}], 201)


def told(status: str = "open", *, notes: str = "", number: str = "Z-7") -> receiving.Answer:
    return saying(
        [
            {
                "service_request_id": number,
                "service_code": "71",
                "status": status,
                "status_notes": notes,
                "requested_datetime": "2026-03-29T12:00:00Z",
            }
        ]
    )


def the_passage() -> Passage:
    return Passage.objects.get()


def step() -> tuple[str, str]:
    row = the_passage()
    return row.step, row.error


def the_turn() -> referrals.Turn:
    return referrals.Turn.objects.get()

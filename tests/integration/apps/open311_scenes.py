# SPDX-License-Identifier: EUPL-1.2
"""Kruisveld with topics of public space, a coordinator who takes reports, and a system that reports."""

from __future__ import annotations

import json
from dataclasses import replace

from scharnier.apps import wall
from scharnier.apps.open311 import services
from scharnier.apps.open311.models import Report
from scharnier.apps.people import services as people
from scharnier.core.kernel import NetworkId, OrganizationId, Role, TopicId
from scharnier.core.network import Field, Network
from scharnier.formats import open311
from tests.factories import DAY, NOON, a_topic, an_actor, an_area
from tests.integration.apps import referral_scenes
from tests.integration.apps.members_scenes import let_in

KRUISVELD = NetworkId("kruisveld")
RIA = an_actor("ria", role=Role.COORDINATOR)
LITTER = TopicId("litter")
ROOT = "/open311/v2"
RING = ((5.0, 52.0), (5.5, 52.0), (5.5, 52.5), (5.0, 52.5), (5.0, 52.0))
WORDS = "Er liggen veel blikjes en flessen op het plein."


def a_public_topic(name: str, *, nl: str, en: str):
    return replace(a_topic(name, nl=nl, en=en), fields=frozenset({Field.PUBLIC_SPACE}))


def kruisveld() -> Network:
    plain = referral_scenes.kruisveld()
    return replace(
        plain,
        areas=(replace(an_area("noord"), outline=((RING,),)),),
        topics=(
            *plain.topics,
            a_public_topic("litter", nl="zwerfafval", en="litter"),
            a_public_topic("trees", nl="bomen", en="trees"),
        ),
    )


def settle() -> None:
    people.load_network(kruisveld(), at=NOON)
    let_in("kruisveld", referral_scenes.ROLES)


def offer(topic: str = "litter", *, to: str = "", actor=RIA) -> None:
    organization_id = OrganizationId(to) if to else None
    services.offer(TopicId(topic), organization_id=organization_id, actor=actor, at=NOON)


def a_key(name: str = "Gemeente", *, actor=RIA) -> str:
    return services.make_key(name, actor=actor, at=NOON)


def a_report(**parts) -> open311.Report:
    return open311.Report(**{"service_code": "litter", "description": WORDS, "address": "Plein", **parts})


def receive(key: str, *, is_public: bool = False, at=NOON, network_id=KRUISVELD, **parts) -> str:
    with wall.in_network(network_id):
        return services.receive(
            a_report(**parts), is_public=is_public, network_id=network_id, api_key=key, on=DAY, at=at
        )


def the_report() -> Report:
    return Report.objects.get()


def get(client, path: str, **asked):
    return client.get(f"{ROOT}/{path}", {"jurisdiction_id": "kruisveld", **asked})


def told(answer):
    return json.loads(answer.content)


def post(client, key: str, form: str = "json", **fields):
    sent = {
        "jurisdiction_id": "kruisveld",
        "api_key": key,
        "service_code": "litter",
        "address_string": "Plein",
    }
    sent |= {"description": WORDS, **fields}
    return client.post(
        f"{ROOT}/requests.{form}", {name: one for name, one in sent.items() if one is not None}
    )

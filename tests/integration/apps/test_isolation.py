# SPDX-License-Identifier: EUPL-1.2
"""A member of one network meets nothing of another, at any address; new ones are found by themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from django.core import serializers
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from scharnier.apps.emergency.models import Review
from scharnier.apps.http import now, today
from scharnier.apps.open311.models import Key, Offer, Passage, Report, System
from scharnier.apps.people import models, services
from scharnier.apps.referral.models import Introduction, Referral, Turn
from scharnier.apps.sharing.models import Sharing
from scharnier.apps.signals.models import Match, Side, Signal
from scharnier.apps.situations.models import (
    Action,
    Agreement,
    Indicator,
    Invitation,
    Meeting,
    Room,
    Situation,
    Template,
)
from scharnier.apps.webhooks.models import Delivery, Webhook
from scharnier.core.kernel import NetworkId, PersonId, Role
from scharnier.core.sharing import EMERGENCY_LASTS
from tests.factories import (
    a_community,
    a_membership,
    a_network,
    a_person,
    a_service,
    a_tie,
    an_area,
    an_organization,
)
from tests.integration.apps import situations_scenes

pytestmark = pytest.mark.django_db
FOREIGN = "Zilverspoor"  # stands in every name of the other network, and nowhere else
NUMBERS = ["1", "2", "999999"]
GUESSES = {  # what to put in each part of an address: identifiers of the other network where it has them
    "person_id": ["anders", "samira"],
    "organization_id": ["geheim"],
    "service_id": ["spreekuur"],
    "network_id": ["anders"],
    "group": ["ways", "room"],
    "provider_id": ["oidc"],
    "token": ["geraden"],
    "purpose": ["research"],
    "step": ["accept", "decline", "cancel"],
    "form": ["xml", "json"],
    "move": ["propose", "dismiss"],
    "code": ["litter"],
    "request_id": ["report1"],
    "topic_id": ["litter"],
    "signal_step": ["handle", "withdraw"],
    "square": ["52.09088 5.12080"],
    "note_key": ["00000000-0000-4000-8000-000000000000"],
    **dict.fromkeys(("invitation_pk", "request_pk", "objection_pk", "hand_over_pk", "pk"), NUMBERS),
}
FOREIGN_ROWS: dict[str, type[Model]] = {
    "membership_pk": models.Membership,
    "tie_pk": models.Tie,
    "account_pk": models.Account,
    "sharing_pk": Sharing,
    "review_pk": Review,
    "key_pk": Key,
    "report_id": Report,
    "system_pk": System,
    "passage_id": Passage,
    "webhook_pk": Webhook,
    "delivery_id": Delivery,
    "referral_id": Referral,
    "turn_id": Turn,
    "introduction_pk": Introduction,
    "situation_id": Situation,
    "agreement_id": Agreement,
    "action_id": Action,
    "indicator_id": Indicator,
    "meeting_id": Meeting,
    "template_id": Template,
    "signal_id": Signal,
    "match_id": Match,
    "invitation_id": Invitation,
    "room_id": Room,
}
ENDS_THE_SESSION = ("/logout/", "/my/account/sessions/end/", "/my/account/leave/")  # tried last
METHODS = ("get", "post", "put", "delete")
PARTS: tuple[type[Model], ...] = (
    models.Network,
    models.Area,
    models.Organization,
    models.Service,
    models.Community,
    models.Person,
    models.Membership,
    models.Tie,
    Sharing,
    Review,
    Webhook,
    Delivery,
    Referral,
    Turn,
    Introduction,
    Offer,
    Key,
    Report,
    System,
    Passage,
    Situation,
    Agreement,
    Action,
    Indicator,
    Meeting,
    Template,
    Signal,
    Match,
)


def a_neighbourhood(network_id, *, mark):
    return a_network(
        network_id=network_id,
        areas=(an_area(name=f"Noord {mark}"),),
        organizations=(an_organization("geheim", name=f"Bureau {mark}", remit=f"Schulden {mark}"),),
        services=(a_service(organization="geheim", name=f"Spreekuur {mark}"),),
        communities=(a_community(),),
        persons=(
            a_person("samira", name=f"Samira {mark}", email="samira@example.org"),
            a_person("anders", name=f"Anders {mark}", summary=f"Ik help bij schulden. {mark}"),
        ),
        memberships=(a_membership("anders", organization="geheim", role=f"adviseur {mark}"),),
        ties=(a_tie("samira", "anders"),),
    )


def a_broken_glass(network_id, *, mark):
    at = now()
    shared = Sharing.objects.create(
        network_id=network_id,
        person_id="anders",
        audience_kind="person",
        audience_id="samira",
        purpose="emergency",
        reason=f"Dat kan niet wachten. {mark}",
        basis="vital_interests",
        made_by="samira",
        starts_at=at,
        ends_at=at + EMERGENCY_LASTS,
    )
    Review.objects.create(
        network_id=network_id, sharing=shared, asked_by="samira", made_at=at, due_date=today()
    )


def a_told_system(network_id, *, mark):
    webhook = Webhook.objects.create(
        network_id=network_id,
        address=f"https://example.org/{mark}",
        events=["referral.accepted"],
        secret="whsec_AAAA",  # noqa: S106  # of nobody
        made_at=now(),
    )
    Delivery.objects.create(
        id="msg_1", network_id=network_id, webhook=webhook, event="referral.accepted",
        object_id="r", happened_at=now(), task_id="gone", state="dead", done_at=now(),
    )  # fmt: skip


def a_referral(network_id, *, mark):
    """Anders brought something to Samira, and asks her to introduce him."""
    people = {row.text_id: row for row in models.Person.objects.filter(network_id=network_id)}
    whole = Referral.objects.create(
        id=f"{network_id}-referral",
        network_id=network_id,
        text=f"Lawaai op het plein. {mark}",
        language="nl",
        about="problem",
        sender_person=people["anders"],
        sender_text_id="anders",
        made_at=now(),
        moved_at=now(),
    )
    turn = Turn.objects.create(
        id=f"{network_id}-turn",
        network_id=network_id,
        referral=whole,
        round=1,
        place_in_round=1,
        state="requested",
        person=people["samira"],
        person_text_id="samira",
        moved_at=now(),
        requested_at=now(),
    )
    Introduction.objects.create(
        network_id=network_id, turn=turn, first=people["samira"], first_text_id="samira", asked_at=now()
    )


def a_report_of_another_system(network_id, *, mark):
    Offer.objects.create(network_id=network_id, topic_id="litter", changed_at=now())
    key = Key.objects.create(network_id=network_id, name=f"Gemeente {mark}", digest="x", made_at=now())
    Report.objects.create(
        id="report1", network_id=network_id, key=key, topic_id="litter", text=f"Afval. {mark}",
        received_at=now(),
    )  # fmt: skip


def a_system_of_an_organization(network_id, *, mark):
    organization = models.Organization.objects.get(network_id=network_id, text_id="geheim")
    system = System.objects.create(
        network_id=network_id, organization=organization, address=f"https://example.org/{mark}",
        services=[["1", f"Afval {mark}"]], made_at=now(),
    )  # fmt: skip
    Passage.objects.create(
        id="passage1", network_id=network_id, system=system, turn=Turn.objects.get(network_id=network_id),
        service_code="1", step="unknown", made_at=now(),
    )  # fmt: skip


def a_shared_situation(network_id, *, mark):
    owner = models.Organization.objects.get(network_id=network_id, text_id="geheim")
    row = Situation.objects.create(
        id=f"{network_id}-situation", network_id=network_id, question=f"Lawaai op het plein. {mark}",
        made_on=today(), origin="hand", owner=owner, owner_text_id="geheim", owner_name=f"Bureau {mark}",
    )  # fmt: skip
    by = models.Person.objects.get(network_id=network_id, text_id="anders")
    situations_scenes.fill_all(row, by=by, partner=owner)


def a_signal(network_id, *, mark):
    """The organization told something, and another is let know."""
    organization = models.Organization.objects.get(network_id=network_id, text_id="geheim")
    days = {"first_day": today(), "last_day": today(), "kept_until": today(), "spread_m": 500}
    told = Signal.objects.create(
        id="signal1", network_id=network_id, organization=organization, source="member",
        text=f"Glas op straat. {mark}", precision="area", area_text_id="noord", happened_on=today(),
        grain="day", seriousness="annoying", state="open", told_at=now(), **days,
    )  # fmt: skip
    match = Match.objects.create(id="match1", network_id=network_id, asked_on=today())
    Side.objects.create(match=match, organization=organization, signal=told, **days)


def patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for found in resolver.url_patterns:
        route = before + str(found.pattern)
        if isinstance(found, URLResolver):
            yield from patterns(found, route)
        else:
            yield route, found


def guesses(name: str) -> list[str]:
    if name not in FOREIGN_ROWS:
        return GUESSES[name]
    rows = FOREIGN_ROWS[name].objects.filter(network_id="anders")
    return [str(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)[:2]]


def addresses() -> list[str]:
    """Return every address of the site, its parts filled in with each guess."""
    found = []
    for route, pattern in patterns(get_resolver()):
        filled = [f"/{route}".replace("^", "").replace("$", "")]
        for name in pattern.pattern.converters:
            marker = next(
                part for part in re.findall("<[^>]+>", route) if part.rstrip(">").endswith(f":{name}")
            )
            filled = [address.replace(marker, guess) for address in filled for guess in guesses(name)]
        found += filled
    return sorted(found, key=lambda address: address in ENDS_THE_SESSION)


def rows_of(network_id: str) -> str:
    rows = [row for part in PARTS for row in part.objects.filter(**_of(part, network_id)).order_by("pk")]
    return serializers.serialize("json", rows)


def _of(part: type[Model], network_id: str) -> dict[str, str]:
    return {"pk": network_id} if part is models.Network else {"network_id": network_id}


@pytest.fixture(autouse=True)
def _two_networks(load):
    load(a_neighbourhood("anders", mark=FOREIGN))
    load(a_neighbourhood("kruisveld", mark="hier"))
    login = services.Login(name="anders", password="", person_id=PersonId("samira"), role=Role.COORDINATOR)
    services.load_logins(NetworkId("anders"), logins=[login])
    a_broken_glass("anders", mark=FOREIGN)
    a_told_system("anders", mark=FOREIGN)
    a_referral("anders", mark=FOREIGN)
    a_report_of_another_system("anders", mark=FOREIGN)
    a_system_of_an_organization("anders", mark=FOREIGN)
    a_shared_situation("anders", mark=FOREIGN)
    a_signal("anders", mark=FOREIGN)


class TestAddresses:
    def test_are_all_tried(self):
        names = {name for _, pattern in patterns(get_resolver()) for name in pattern.pattern.converters}

        assert names - set(GUESSES) - set(FOREIGN_ROWS) == set(), (
            "say what to guess in the new part of an address"
        )
        assert len(addresses()) > 15

    @pytest.mark.parametrize("method", METHODS)
    def test_show_and_change_nothing_of_another_network(self, sign_in, method):
        client, before = sign_in(), rows_of("anders")
        body = json.dumps({"text": "Wie helpt bij schulden?", "place": "noord"})

        answers = {
            address: getattr(client, method)(
                address, **({"data": body, "content_type": "application/json"} if method != "get" else {})
            )
            for address in addresses()
        }

        assert [address for address, answer in answers.items() if answer.status_code >= 500] == []
        said = {address: b"".join(answer).decode(errors="replace") for address, answer in answers.items()}
        assert [address for address, text in said.items() if FOREIGN in text] == []
        assert rows_of("anders") == before

    def test_show_the_own_network_at_the_same_addresses(self, sign_in):
        client = sign_in()

        said = "".join(
            client.get(address).text for address in addresses() if address.startswith(("/people/", "/api/"))
        )

        assert "Anders hier" in said

    def test_answer_a_question_with_the_own_network_only(self, sign_in):
        answer = sign_in().post("/", {"text": "Wie helpt bij schulden?", "place": ""})

        assert "Anders hier" in answer.text
        assert FOREIGN not in answer.text

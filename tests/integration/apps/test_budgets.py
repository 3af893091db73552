# SPDX-License-Identifier: EUPL-1.2
"""What a page may cost: queries that do not grow with the network, and bytes; no page has to be listed."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.db import connection, transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from scharnier.apps.emergency.models import Review
from scharnier.apps.http import now
from scharnier.apps.members.models import HandOver, Invitation, JoinRequest
from scharnier.apps.notes.models import Note
from scharnier.apps.open311.models import Key, Offer, Passage, Report, System
from scharnier.apps.people import gone, models, services
from scharnier.apps.referral.models import Event, Introduction, Referral, Remark, Turn
from scharnier.apps.rights.access import BY_OBJECTION
from scharnier.apps.rights.models import DataRequest
from scharnier.apps.sharing.models import Sharing
from scharnier.apps.signals.models import Match, Side, Signal
from scharnier.apps.situations.models import BundlePartner, Found, Room, ScanAnswer, ScanGround, Situation
from scharnier.apps.situations.models import Invitation as SituationInvitation
from scharnier.apps.tombstones.models import Tombstone
from scharnier.apps.tombstones.services import mark_gone
from scharnier.apps.webhooks.models import Delivery, Webhook
from scharnier.core import network
from scharnier.core.kernel import NetworkId, PersonId, Role
from scharnier.core.sharing import EMERGENCY_LASTS
from tests.factories import (
    DAY,
    NOON,
    a_community,
    a_location,
    a_membership,
    a_network,
    a_person,
    a_resident_group,
    a_service,
    a_tie,
    a_topic,
    an_area,
    an_organization,
)
from tests.integration.apps import situations_scenes
from tests.integration.apps.test_isolation import patterns

pytestmark = pytest.mark.django_db
KRUISVELD = NetworkId("kruisveld")
FEW, MANY = 1, 50  # rows of everything
OPEN = {HTTPStatus.OK, HTTPStatus.METHOD_NOT_ALLOWED}
MOST_QUERIES = 20
MOST_HTML = 90_000  # bytes, of the page itself with fifty of everything
MOST_STATIC = 120_000  # bytes, of styles, scripts and letters, the first time
MOST_WITH_PICTURE = 220_000  # the same, where the network is drawn
MOST_WITH_MAP = 550_000  # the same, where the map is: its library and what its worker runs
OWN = {  # what to put in each part of an address
    "person_id": "p0",
    "organization_id": "desk",
    "service_id": "s0",
    "network_id": "kruisveld",
    "group": "ways",
    "provider_id": "oidc",
    "token": "geraden",
    "uidb36": "1",
    "purpose": "research",
    "key": "geraden",
    "delivery_id": "geraden",
    "referral_id": "r0",
    "turn_id": "r0-0",
    "step": "remark",
    "form": "json",
    "code": "t0",
    "request_id": "geraden",
    "topic_id": "t0",
    "report_id": "report0",
    "signal_id": "signal0",
    "match_id": "match0",
    "square": "52.09088%205.12080",
    "signal_step": "handle",
    "note_key": "00000000-0000-4000-8000-000000000000",
    "situation_id": "situation0",
    "agreement_id": "situation0-0-g",
    "action_id": "situation0-0-a",
    "indicator_id": "situation0-0-n",
    "meeting_id": "situation0-0-m",
    "template_id": "eigen-0",
    "invitation_id": "situation0-own",
    "move": "hand_over",
    "room_id": "situation0-own",
}
ROWS: Mapping[str, Callable[[], object]] = {  # parts that are a number
    "membership_pk": lambda: models.Membership.objects.filter(person__text_id="samira").earliest("pk").pk,
    "tie_pk": lambda: models.Tie.objects.earliest("pk").pk,
    "account_pk": lambda: models.Account.objects.get(person__text_id="p0").pk,
    "invitation_pk": lambda: Invitation.objects.earliest("pk").pk,
    "request_pk": lambda: JoinRequest.objects.earliest("pk").pk,
    "hand_over_pk": lambda: HandOver.objects.earliest("pk").pk,
    "sharing_pk": lambda: Sharing.objects.filter(person_id="samira").earliest("pk").pk,
    "review_pk": lambda: Review.objects.earliest("pk").pk,
    "introduction_pk": lambda: Introduction.objects.earliest("pk").pk,
    "objection_pk": lambda: Tombstone.objects.earliest("pk").pk,
    "pk": lambda: 1,
    "key_pk": lambda: Key.objects.earliest("pk").pk,
    "webhook_pk": lambda: Webhook.objects.earliest("pk").pk,
    "system_pk": lambda: System.objects.earliest("pk").pk,
    "passage_id": lambda: Passage.objects.earliest("pk").pk,
}
NO_PAGES = {  # they ask for a password again, a link from a mail, a file, another role, or name a network
    "account_login",
    "account_set_password",
    "begin",
    "check_areas",
    "check_import",
    "check_list",
    "confirm",
    "erase",
    "georeport_request",
    "georeport_requests",
    "georeport_service",
    "georeport_services",
    "invitation",
    "join",
    "link",
    "link_step",
    "login",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_deactivate_totp",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_login_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "open",
    "open_form",
    "openid_connect_callback",
    "openid_connect_login",
    "socialaccount_login_error",
    "start_network",
    "stop",
    "calendar",
}
NO_LISTS = {  # of these a network never has many, or no page lists them
    "audit.AuditHead": "one a network",
    "members.HandOverStep": "told with its hand-over",
    "people.Network": "one a network",
    "people.CardCheck": "a few a card",
    "people.Outcome": "read by the matcher only",
    "people.ImportDraft": "one a person, for an hour",
    "emergency.Attempt": "counted, and listed nowhere",
    "rights.Notice": "told by mail, and listed nowhere",
    "referral.AnswerTime": "one an organization",
    "referral.Feedback": "three a referral",
    "referral.Link": "listed nowhere",
    "digest.Terms": "one an account",
    "digest.Feed": "one an account",
    "digest.Sending": "listed nowhere but in one's own copy",
    "signals.Reception": "one a network",
    "signals.Count": "counted, and listed nowhere",
    "situations.Evaluation": "one a time that it was closed",
    "situations.MapMonth": "one is shown at a time",
    "situations.ScanAnswer": "one a find, and what could not be told is listed nowhere",
    "situations.ScanGround": "one a network",
    "situations.ScanRun": "only the last is told of",
}


def a_neighbourhood(n: int) -> network.Network:
    """Samira of the debt desk, and n of everything she could meet."""
    persons = [a_person(f"p{number}") for number in range(n)]
    return a_network(
        areas=[an_area(f"a{number}") for number in range(n)],
        locations=[a_location(f"l{number}") for number in range(n)],
        topics=[a_topic(f"t{number}") for number in range(n)],
        organizations=[
            an_organization("desk"),
            *(an_organization(f"o{number}", parent="desk") for number in range(n)),
        ],
        services=[a_service(f"s{number}", organization="desk") for number in range(n)],
        communities=[a_community(f"c{number}") for number in range(n)],
        resident_groups=[a_resident_group(f"g{number}") for number in range(n)],
        persons=[a_person(), *persons],
        memberships=[
            a_membership("samira", organization="desk", role="adviseur"),
            *(a_membership(each.id, organization="desk", role="adviseur", start=DAY) for each in persons),
            *(a_membership("samira", community=f"c{number}", start=DAY) for number in range(n)),
        ],
        ties=[
            tie
            for each in persons
            for tie in (a_tie("samira", each.id, observed=DAY), a_tie(each.id, "samira", observed=DAY))
        ],
    )


def _accounts(n: int) -> None:
    logins = [
        services.Login(name=f"p{number}", password="", person_id=PersonId(f"p{number}"), role=Role.RESIDENT)
        for number in range(n)
    ]
    services.load_logins(KRUISVELD, logins=logins)


def _invitations(n: int) -> None:
    Invitation.objects.bulk_create(
        Invitation(
            network_id=KRUISVELD,
            email=f"i{number}@example.org",
            role=Role.RESIDENT.value,
            invited_by="samira",
            token_digest=f"{number}",
            made_at=NOON,
            expires_at=NOON + timedelta(days=14),
        )
        for number in range(n)
    )


def _requests(n: int) -> None:
    JoinRequest.objects.bulk_create(
        JoinRequest(network_id=KRUISVELD, name=f"R{number}", email=f"r{number}@example.org", made_at=NOON)
        for number in range(n)
    )


def _hand_overs(n: int) -> None:
    samira = models.Person.objects.get(text_id="samira")
    HandOver.objects.bulk_create(
        HandOver(network_id=KRUISVELD, from_person_id=samira.pk, to_person=each, on_date=DAY, made_date=DAY)
        for each in models.Person.objects.filter(text_id__startswith="p")[:n]
    )


def _reads(n: int) -> None:
    for number in range(n):
        actor = services.Login(
            name=f"p{number}", password="", person_id=PersonId(f"p{number}"), role=Role.RESIDENT
        )
        client = Client()
        client.force_login(models.User.objects.get(username=actor.name), backend=BACKEND)
        client.get("/people/samira/")


def _sharings(n: int) -> None:
    """Let samira share her card, and have those of others opened in an emergency that she has to judge."""
    shared = {"network_id": KRUISVELD, "reason": "Samen eten koken.", "audience_kind": "person"}
    started = now()
    Sharing.objects.bulk_create(
        Sharing(
            person_id="samira", audience_id=f"p{number}", purpose="together", basis="consent",
            made_by="samira", starts_at=started, ends_at=started + timedelta(days=7), **shared,
        )
        for number in range(n)
    )  # fmt: skip
    opened = Sharing.objects.bulk_create(
        Sharing(
            person_id=f"p{number}", audience_id="p0", purpose="emergency", basis="vital_interests",
            made_by="p0", starts_at=started, ends_at=started + EMERGENCY_LASTS, **shared,
        )
        for number in range(1, n + 1)
    )  # fmt: skip
    Review.objects.bulk_create(
        Review(
            network_id=KRUISVELD,
            sharing=each,
            person_text_id=each.person_id,
            asked_by="p0",
            made_at=started,
            due_date=DAY,
        )
        for each in opened
    )


def _data_requests(n: int) -> None:
    DataRequest.objects.bulk_create(
        DataRequest(
            network_id=KRUISVELD, person_text_id=f"weg{number}", what="copy", received_date=DAY,
            answer_by=DAY, made_at=NOON,
        )
        for number in range(n)
    )  # fmt: skip


def _objections(n: int) -> None:
    for number in range(n):
        name = gone.tie_name(f"weg{number}", "samira")
        mark_gone(gone.TIE, name, network_id=KRUISVELD, by=BY_OBJECTION, on=DAY)


def _webhooks(n: int) -> None:
    """Let n other systems be told, each with a message that did not arrive, the first with n."""
    made = Webhook.objects.bulk_create(
        Webhook(
            network_id=KRUISVELD, address=f"https://example.org/{number}", events=["referral.accepted"],
            secret="whsec_AAAA", made_at=NOON,  # noqa: S106  # of nobody
        )
        for number in range(n)
    )  # fmt: skip
    Delivery.objects.bulk_create(
        Delivery(
            id=f"msg_{webhook.pk}_{number}", network_id=KRUISVELD, webhook=webhook,
            event="referral.accepted", object_id="r", happened_at=NOON, task_id="gone", state="dead",
            status=500, attempts=9, done_at=NOON,
        )
        for number in range(n)
        for webhook in dict.fromkeys((made[0], made[number]))
    )  # fmt: skip


def _referrals(n: int) -> None:
    """One that n others declined, with everything said; n that wait for Samira, and n who want to meet."""
    people = {row.text_id: row for row in models.Person.objects.filter(network_id=KRUISVELD)}
    whole = [
        Referral(
            id=f"r{number}", network_id=KRUISVELD, text="Lawaai op het plein", language="nl", about="problem",
            sender_person=people["samira"], sender_text_id="samira", made_at=NOON, moved_at=NOON,
            awaited="next_party",
        )
        for number in range(n)
    ]  # fmt: skip
    Referral.objects.bulk_create(whole)
    turns = [
        Turn(
            id=f"r0-{number}", network_id=KRUISVELD, referral=whole[0], round=number + 1, place_in_round=1,
            state="rejected", reason="no_capacity", person=people[f"p{number}"],
            person_text_id=f"p{number}", moved_at=NOON, requested_at=NOON, answered_at=NOON, ended_at=NOON,
        )
        for number in range(n)
    ]  # fmt: skip
    Turn.objects.bulk_create(turns)
    of_network = {"network_id": KRUISVELD, "at": NOON}
    for number, turn in enumerate(turns):
        said = {**of_network, "by": people[f"p{number}"], "by_text_id": f"p{number}", "words": "Druk."}
        Event.objects.create(**said, referral=whole[0], turn=turn, part="candidate", step="decline")
        Remark.objects.create(**said, turn=turns[0], part="candidate")
    asked = Referral.objects.create(
        id="of-who-left", network_id=KRUISVELD, text="Lawaai", language="nl", about="problem",
        sender_text_id="weg", made_at=NOON, moved_at=NOON,
    )  # fmt: skip
    for number in range(n):
        turn = Turn.objects.create(
            id=f"of-who-left-{number}", network_id=KRUISVELD, referral=asked, round=1,
            place_in_round=number + 1, person=people[f"p{number}"], person_text_id=f"p{number}",
            moved_at=NOON,
        )  # fmt: skip
        Introduction.objects.create(
            network_id=KRUISVELD, turn=turn, first=people["samira"], first_text_id="samira", asked_at=NOON
        )


def _reports(n: int) -> None:
    """Let n topics be reported by n other systems, of which each reported something that waits."""
    Offer.objects.bulk_create(
        Offer(network_id=KRUISVELD, topic_id=f"t{number}", changed_at=NOON) for number in range(n)
    )
    made = Key.objects.bulk_create(
        Key(network_id=KRUISVELD, name=f"systeem {number}", digest=f"{number}", made_at=NOON)
        for number in range(n)
    )
    Report.objects.bulk_create(
        Report(
            id=f"report{number}", network_id=KRUISVELD, key=key, topic_id=f"t{number}", text="Afval.",
            address="Plein", received_at=NOON,
        )
        for number, key in enumerate(made)
    )  # fmt: skip


def _systems(n: int) -> None:
    """Let n organizations have a system, and something be stuck on its way to each."""
    found = models.Organization.objects.filter(network_id=KRUISVELD).order_by("pk")[:n]
    made = System.objects.bulk_create(
        System(
            network_id=KRUISVELD, organization=row, address="https://example.org/v2", codes={"t0": "1"},
            services=[["1", "Afval"]], made_at=NOON,
        )
        for row in found
    )  # fmt: skip
    turns = Turn.objects.filter(network_id=KRUISVELD).order_by("pk")
    Passage.objects.bulk_create(
        Passage(
            id=f"passage{turn.pk}", network_id=KRUISVELD, system=system, turn=turn, service_code="1",
            step="unknown", made_at=NOON,
        )
        for turn, system in zip(turns, made, strict=False)
    )  # fmt: skip


def _notes(n: int) -> None:
    samira = models.Person.objects.get(text_id="samira")
    Note.objects.bulk_create(
        Note(
            network_id=KRUISVELD, writer=samira, key=uuid4(), text=f"De lamp in steeg {number} is stuk.",
            made_at=now(), thrown_away_at=now() if number % 2 else None,
        )
        for number in range(2 * n)
    )  # fmt: skip


def _signals(n: int) -> None:
    """Let the desk tell n signals of one place, each of which another organization meets too."""
    desk = models.Organization.objects.get(network_id=KRUISVELD, text_id="desk")
    others = models.Organization.objects.filter(network_id=KRUISVELD).exclude(pk=desk.pk).order_by("pk")[:n]
    samira = models.Person.objects.get(text_id="samira")
    days = {"first_day": DAY, "last_day": DAY, "kept_until": DAY, "spread_m": 500, "area_text_id": "a0"}
    told = [
        Signal.objects.create(
            id=f"{'signal' if owner == desk else 'other'}{number}", network_id=KRUISVELD,
            organization=owner, source="member",
            author=samira if owner == desk else None, text="Glas op straat.", precision="area",
            happened_on=DAY, grain="day", seriousness="annoying", state="open", told_at=NOON,
            topic_ids=["t0"], resident_group_ids=["g0"], **days,
        )
        for number, other in enumerate(others)
        for owner in (desk, other)
    ]  # fmt: skip
    for number, other in enumerate(others):
        match = Match.objects.create(id=f"match{number}", network_id=KRUISVELD, asked_on=DAY)
        naming = {} if number else {"naming": "named", "decided_on": DAY}  # the first begins together
        for owner in (desk, other):
            Side.objects.create(
                match=match, organization=owner, signal=told[0], topic_ids=["t0"], **days, **naming
            )


def _situations(n: int) -> None:
    """Let Samira's organization lead n situations, of which the first holds n of everything."""
    owner = models.Organization.objects.get(network_id=KRUISVELD, text_id="desk")
    others = list(models.Organization.objects.filter(network_id=KRUISVELD).exclude(pk=owner.pk))[:n]
    made = Situation.objects.bulk_create(
        Situation(
            id=f"situation{number}", network_id=KRUISVELD, question=f"Lawaai op plein {number}", made_on=DAY,
            origin="hand", state="running", owner=owner, owner_text_id="desk", owner_name="Desk",
        )
        for number in range(n)
    )  # fmt: skip
    samira = models.Person.objects.get(network_id=KRUISVELD, text_id="samira")
    situations_scenes.fill_many(made[0], by=samira, partners=others)
    situations_scenes.leave_results(KRUISVELD, n=n)
    of_it = {"id": "situation0-own", "network_id": KRUISVELD, "situation": made[0]}
    SituationInvitation.objects.create(
        **of_it, organization=owner, organization_text_id="desk", invited_on=DAY, state="accepted", place=n
    )
    Room.objects.create(**of_it, title="Rooster", text="Om tien.", source_text_id="desk", opens_on=DAY)


def _finds(n: int) -> None:
    """Let the scan find n things that Samira's organization meets with others; n places do not count."""
    squares = [f"52.09088 {5.1208 + number / 100:.5f}" for number in range(n)]
    ScanGround.objects.create(network_id=KRUISVELD, longitude=5.1, latitude=52.1, excluded=squares)
    owner = models.Organization.objects.get(network_id=KRUISVELD, text_id="desk")
    others = models.Organization.objects.filter(network_id=KRUISVELD).exclude(pk=owner.pk).order_by("pk")
    partners = {f"partner {name}": 5 for name in ("desk", *others.values_list("text_id", flat=True)[:2])}
    find = {
        "zone": {"x_m": 0, "y_m": 0, "radius_m": 50}, "first_day": DAY, "last_day": DAY, "llr": 9,
        "recurrence_weeks": 64, "partner_ids": ["desk"],
    }  # fmt: skip
    for number in range(n):
        answer = ScanAnswer.objects.create(
            network_id=KRUISVELD, made_on=DAY, first_day=DAY, last_day=DAY, squares=[f"{number}"],
            is_release=True, width="ring", name="Plein", n_addresses_low=10, partners=partners,
        )  # fmt: skip
        row = Situation.objects.create(
            id=f"find{number}", network_id=KRUISVELD, question=f"Meerdere partners melden lawaai {number}",
            made_on=DAY, origin="scan", state="signal_bundle", find=json.loads(json.dumps(find, default=str)),
        )  # fmt: skip
        BundlePartner.objects.create(network_id=KRUISVELD, situation=row, organization=owner, share=1)
        Found.objects.create(network_id=KRUISVELD, situation=row, answer=answer)


BACKEND = "django.contrib.auth.backends.ModelBackend"
SCENES: Mapping[str, Callable[[int], None]] = {  # what makes n of a model that does not come with the network
    "people.Account": _accounts,
    "members.Invitation": _invitations,
    "members.JoinRequest": _requests,
    "members.HandOver": _hand_overs,
    "audit.AuditEvent": _reads,
    "sharing.Sharing": _sharings,
    "emergency.Review": _sharings,
    "rights.DataRequest": _data_requests,
    "tombstones.Tombstone": _objections,
    "open311.Offer": _reports,
    "open311.Key": _reports,
    "open311.Report": _reports,
    "webhooks.Webhook": _webhooks,
    "webhooks.Delivery": _webhooks,
    "referral.Referral": _referrals,
    "notes.Note": _notes,
    "open311.System": _systems,
    "open311.Passage": _systems,
    "signals.Signal": _signals,
    "signals.Match": _signals,
    "situations.Situation": _situations,
    "situations.Found": _finds,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a coordinator got at an address, and what that took once all that is kept was read."""

    html: str
    n_queries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited:
    """A network with n of everything: its pages by name, what opened none, and how many rows there were."""

    pages: Mapping[str, Page]
    closed: frozenset[str]
    n_rows: Mapping[str, int]


@pytest.fixture(scope="module")
def visited(_ground, load, sign_in) -> Mapping[int, Visited]:
    """All pages of a small network and of a large one, each opened twice by a coordinator, for all tests."""
    return {n: _visit_all(n, load, sign_in) for n in (FEW, MANY)}


def _visit_all(n: int, load, sign_in) -> Visited:
    with override_settings(DAY=DAY), transaction.atomic():
        load(a_neighbourhood(n))
        for scene in dict.fromkeys(SCENES.values()):
            scene(n)
        client = sign_in(role=Role.COORDINATOR)
        n_rows = {each._meta.label: each._default_manager.count() for each in of_networks()}  # Django's way
        answers = [(name, address, client.get(address)) for name, address in addresses()]
        found = Visited(
            pages={
                name: _read_again(client, address) for name, address, answer in answers if _is_page(answer)
            },
            closed=frozenset(name for name, _, answer in answers if answer.status_code not in OPEN),
            n_rows=n_rows,
        )
        transaction.set_rollback(True)
    return found


def _is_page(answer: HttpResponse) -> bool:
    return answer.status_code == HTTPStatus.OK and answer["Content-Type"].startswith("text/html")


def _read_again(client: Client, address: str) -> Page:
    with CaptureQueriesContext(connection) as counted:
        answer = client.get(address)
    return Page(html=answer.text, n_queries=len(counted))


def addresses() -> Iterator[tuple[str, str]]:
    """Yield the name of each page with its address; those of the API have a test of their own."""
    for route, pattern in patterns(get_resolver()):
        filled = f"/{route}".replace("^", "").replace("$", "")
        if filled.startswith("/api/"):
            continue
        for name in pattern.pattern.converters:
            value = OWN[name] if name in OWN else str(ROWS[name]())
            filled = re.sub(rf"<[^>]*:{name}>|<{name}>", value, filled)
        filled = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda part: OWN[part[1]], filled)
        yield pattern.name or filled, filled


def of_networks() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("scharnier.") and _is_of_a_network(model)
    ]


class TestPages:
    def test_all_open_for_a_coordinator_or_are_named_here(self, visited):
        assert visited[FEW].closed == NO_PAGES, "a page that never opens here is not measured"

    def test_take_the_same_queries_for_one_and_for_fifty_of_everything(self, visited):
        few, many = visited[FEW].pages, visited[MANY].pages

        assert many.keys() == few.keys()
        grown = {name: (few[name].n_queries, page.n_queries) for name, page in many.items()}
        assert {name: (before, after) for name, (before, after) in grown.items() if after > before} == {}

    def test_take_few_queries(self, visited):
        taken = {name: page.n_queries for name, page in visited[MANY].pages.items()}

        assert {name: n for name, n in taken.items() if n > MOST_QUERIES} == {}

    def test_are_light_with_fifty_of_everything(self, visited):
        weights = {name: len(page.html.encode()) for name, page in visited[MANY].pages.items()}

        assert {name: weight for name, weight in weights.items() if weight > MOST_HTML} == {}

    def test_bring_light_styles_scripts_and_letters(self, visited):
        weights = {name: _static(page.html) for name, page in visited[FEW].pages.items()}

        most = dict.fromkeys(weights, MOST_STATIC) | {"picture": MOST_WITH_PICTURE, "map": MOST_WITH_MAP}
        assert {name: weight for name, weight in weights.items() if weight > most[name]} == {}


class TestScenes:
    def test_are_there_for_everything_that_could_be_listed(self, visited):
        scarce = {label for label, n in visited[MANY].n_rows.items() if n < MANY}

        assert scarce - NO_LISTS.keys() == set(), "make fifty of it in SCENES, or say in NO_LISTS why not"


def _is_of_a_network(model: type[Model]) -> bool:
    names = {field.attname for field in model._meta.concrete_fields}  # Django's own way
    return bool(names & {"network_id", "person_id", "hand_over_id"})


def _static(html: str) -> int:
    """Return what a page brings along, as sent: styles and scripts compressed, letters as they are."""
    linked = re.findall(r'(?:href|src|data-[a-z]+)="/static/([^"?]+)"', html)
    files = {name: _read(name) for name in linked}
    letters = {
        name.rpartition("/")[0] + "/" + address
        for name, text in files.items()
        if name.endswith(".css")
        for address in re.findall(r"url\([\"']?([^)\"']+\.woff2)", text.decode())
    }
    return sum(map(_weight_of, files)) + sum(len(_read(name)) for name in letters)


@cache
def _weight_of(name: str) -> int:
    return len(gzip.compress(_read(name)))


@cache
def _read(name: str) -> bytes:
    found = finders.find(name)
    assert isinstance(found, str), name
    with open(found, "rb") as file:  # noqa: PTH123  # a name from Django
        return file.read()

# SPDX-License-Identifier: EUPL-1.2
"""Two networks with a row in every table, and the database asked by hand, around the application."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from uuid import uuid4

from django.db import connection
from psycopg import sql

from scharnier.apps import wall
from scharnier.apps.digest import services as digest
from scharnier.apps.digest.models import Sending
from scharnier.apps.emergency.models import Attempt, Review
from scharnier.apps.members import services as members
from scharnier.apps.members.tokens import digest_of
from scharnier.apps.notes.models import Note
from scharnier.apps.open311.models import Key, Offer, Passage, Report, System
from scharnier.apps.people import cards, services
from scharnier.apps.people.models import Account, ImportDraft, Organization, Person
from scharnier.apps.referral.models import (
    AnswerTime,
    Event,
    Feedback,
    Introduction,
    Link,
    Referral,
    Remark,
    Turn,
)
from scharnier.apps.rights.models import DataRequest, Notice
from scharnier.apps.sharing.models import Sharing
from scharnier.apps.signals.models import Count, Match, Reception, Side, Signal
from scharnier.apps.situations.models import Situation
from scharnier.apps.tombstones.services import mark_gone
from scharnier.apps.webhooks.models import Delivery, Webhook
from scharnier.core import network, referral
from scharnier.core.digest import MailTerms
from scharnier.core.kernel import NetworkId, PersonId, Role
from scharnier.core.sharing import EMERGENCY_LASTS
from tests import site_role
from tests.factories import NOON, a_full_network, an_actor
from tests.integration.apps import situations_scenes

HERE, THERE = "kruisveld", "anders"
FOREIGN = "Zilverspoor"  # stands in names of the other network, and nowhere else
DAY = date(2026, 3, 29)
WISH = members.Wish(name="Vera", email="vera@example.org", why="Ik woon hier.")

WALLED = "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity ORDER BY relname"
OF_A_NETWORK = """
    SELECT table_name FROM information_schema.columns
    WHERE column_name = 'network_id' AND table_schema = 'public' ORDER BY table_name"""
TOLD = "SELECT coalesce(current_setting(%s, true), '')"
ROWS = sql.SQL("SELECT to_jsonb(t) FROM {} t ORDER BY to_jsonb(t)::text")
ADD = sql.SQL("INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, %s)).*")
MOVE = sql.SQL("UPDATE {} SET network_id = %s")
TOUCH = sql.SQL("UPDATE {} SET network_id = network_id WHERE network_id = %s")
DELETE = sql.SQL("DELETE FROM {} WHERE network_id = %s")


def settle() -> None:
    """Fill both networks with something in every table."""
    load_both()
    for network_id in (THERE, HERE):
        fill(network_id)


def load_both() -> None:
    for network_id, mark in ((THERE, FOREIGN), (HERE, "hier")):
        services.load_network(a_neighbourhood(network_id, mark=mark), at=NOON, outcomes=[an_outcome()])
        let_in(network_id)


def a_neighbourhood(network_id: str, *, mark: str) -> network.Network:
    value = a_full_network()
    persons = tuple(
        replace(person, name=f"{person.name} {mark}", email=f"{person.id}@{network_id}.example.org")
        for person in value.persons
    )
    return replace(value, id=NetworkId(network_id), name=f"Netwerk {mark}", persons=persons)


def an_outcome() -> referral.Outcome:
    return referral.Outcome(
        text="schulden",
        party=referral.Party(person_id=PersonId("samira")),
        response=referral.Response.COMPLETED,
        on=DAY,
    )


def let_in(network_id: str) -> None:
    logins = [
        services.Login(name=f"{name}@{network_id}", password="", person_id=PersonId(name), role=role)
        for name, role in {"samira": Role.COORDINATOR, "karel": Role.RESIDENT}.items()
    ]
    services.load_logins(NetworkId(network_id), logins=logins)


def fill(network_id: str) -> None:
    """Add what no file brings: a check, an invitation with its mail, a request, a hand-over and so on."""
    actor = an_actor("samira", network_id=network_id, role=Role.COORDINATOR)
    services.confirm_group(cards.Group.WAYS, actor=actor, on=DAY, at=NOON)
    invite(network_id)
    members.open_or_close_requests(is_open=True, actor=actor, at=NOON)
    members.ask_to_join(NetworkId(network_id), wish=WISH, at=NOON, link="https://example.org/")
    members.hand_over(
        from_person=PersonId("karel"),
        to_person=PersonId("samira"),
        actor=actor,
        on=DAY,
        today=DAY,
        at=NOON,
    )
    with wall.in_network(network_id):
        break_glass(network_id)
        tell_another_system(network_id)
        report_from_another_system(network_id)
        DataRequest.objects.create(
            network_id=network_id, person_text_id="weg", what="copy", received_date=DAY, answer_by=DAY,
            made_at=NOON,
        )  # fmt: skip
        Notice.objects.create(network_id=network_id, person_text_id="weg", noticed_date=DAY)
        mark_gone("person", "weg", network_id=NetworkId(network_id), by="right.erasure", on=DAY)
        refer(network_id)
        pass_on_to_another_system(network_id)
        samira = Person.objects.get(network_id=network_id, text_id="samira")
        Note.objects.create(
            network_id=network_id, writer=samira, key=uuid4(), text="De lamp is stuk.", made_at=NOON
        )
        digest.choose_terms(MailTerms(), language="", actor=actor, at=NOON)
        digest.open_calendar(actor=actor, at=NOON)
        note_a_digest(network_id)
        tell_a_signal(network_id)
        share_a_situation(network_id)
        ImportDraft.objects.create(
            network_id=network_id,
            person=samira,
            file_name="mensen.xlsx",
            data=b"",
            digest="0",
            previewed_revision="",
            made_at=NOON,
        )


def share_a_situation(network_id: str) -> None:
    """Leave a situation with something in every table of it."""
    samira = Person.objects.get(network_id=network_id, text_id="samira")
    owner = Organization.objects.filter(network_id=network_id).earliest("pk")
    row = Situation.objects.create(
        id=f"situation-{network_id}", network_id=network_id, question="Lawaai op het plein", made_on=DAY,
        origin="hand", owner=owner, owner_text_id=owner.text_id, lead=samira, lead_text_id="samira",
    )  # fmt: skip
    situations_scenes.fill_all(row, by=samira, partner=owner)


def note_a_digest(network_id: str) -> None:
    """Leave a note that there was a look at what waited for Samira."""
    account = Account.objects.get(network_id=network_id, person__text_id="samira")
    Sending.objects.create(network_id=network_id, account=account, day=DAY, n_things=1, made_at=NOON)


def tell_a_signal(network_id: str) -> None:
    """Leave a signal, a match of it, who reads for residents, and that somebody looked who else meets it."""
    organization = Organization.objects.filter(network_id=network_id).earliest("pk")
    days = {"first_day": DAY, "last_day": DAY, "kept_until": DAY, "spread_m": 500, "area_text_id": "noord"}
    told = Signal.objects.create(
        id=f"signal_{network_id}", network_id=network_id, organization=organization, source="member",
        text="Glas op straat.", precision="area", happened_on=DAY, grain="day", seriousness="annoying",
        state="open", told_at=NOON, **days,
    )  # fmt: skip
    match = Match.objects.create(id=f"match_{network_id}", network_id=network_id, asked_on=DAY)
    Side.objects.create(match=match, organization=organization, signal=told, **days)
    Reception.objects.create(network_id=network_id, organization=organization)
    Count.objects.create(network_id=network_id, key="0", day=DAY, n=1)


def refer(network_id: str) -> None:
    """Let Karel ask Samira something, with everything that can be said of it."""
    whole = Referral.objects.create(
        id=f"{network_id}-1",
        network_id=network_id,
        text="Ruzie op het plein.",
        language="nl",
        about="problem",
        sender_person=Person.objects.get(network_id=network_id, text_id="karel"),
        sender_text_id="karel",
        made_at=NOON,
        moved_at=NOON,
    )
    turn = Turn.objects.create(
        id=f"{network_id}-1",
        network_id=network_id,
        referral=whole,
        round=1,
        place_in_round=1,
        person=Person.objects.get(network_id=network_id, text_id="samira"),
        person_text_id="samira",
        moved_at=NOON,
    )
    Event.objects.create(network_id=network_id, referral=whole, at=NOON, part="sender", step="make")
    Feedback.objects.create(
        network_id=network_id, referral=whole, open_since=1, told_by="sender", helped="yes", told_at=NOON
    )
    Introduction.objects.create(network_id=network_id, turn=turn, first_text_id="noor", asked_at=NOON)
    Remark.objects.create(network_id=network_id, turn=turn, at=NOON, part="sender", words="Waar?")
    Link.objects.create(
        network_id=network_id, referral=whole, turn=turn, purpose="answer", holder="person",
        token_digest=digest_of(f"link-{network_id}"), made_at=NOON, expires_at=NOON + EMERGENCY_LASTS,
    )  # fmt: skip
    AnswerTime.objects.create(
        network_id=network_id,
        organization=Organization.objects.filter(network_id=network_id).earliest("pk"),
        n_days=20,
    )


def break_glass(network_id: str) -> None:
    """Let a card be opened by somebody, which another has to judge."""
    opened = Sharing.objects.create(
        network_id=network_id,
        person_id="karel",
        audience_kind="person",
        audience_id="samira",
        purpose="emergency",
        reason="Hij doet niet open en neemt niet op.",
        basis="vital_interests",
        made_by="samira",
        starts_at=NOON,
        ends_at=NOON + EMERGENCY_LASTS,
    )
    Attempt.objects.create(network_id=network_id, asked_by="samira", made_at=NOON)
    Review.objects.create(
        network_id=network_id, sharing=opened, asked_by="samira", made_at=NOON, due_date=DAY
    )


def tell_another_system(network_id: str) -> None:
    """Leave a webhook, and a message of long ago that did not arrive."""
    webhook = Webhook.objects.create(
        network_id=network_id,
        address=f"https://{network_id}.example.org/",
        events=["referral.accepted"],
        secret="whsec_AAAA",  # noqa: S106  # of nobody
        made_at=NOON,
    )
    Delivery.objects.create(
        id=f"msg_{network_id}", network_id=network_id, webhook=webhook, event="referral.accepted",
        object_id="r", happened_at=NOON, task_id="gone", state="dead", done_at=NOON,
    )  # fmt: skip


def report_from_another_system(network_id: str) -> None:
    """Leave a topic that may be reported, a key, and a report that waits."""
    Offer.objects.create(network_id=network_id, topic_id="litter", changed_at=NOON)
    key = Key.objects.create(network_id=network_id, name="Gemeente", digest=network_id, made_at=NOON)
    Report.objects.create(
        id=f"report_{network_id}", network_id=network_id, key=key, topic_id="litter", text="Afval.",
        received_at=NOON,
    )  # fmt: skip


def pass_on_to_another_system(network_id: str) -> None:
    """Leave the system of an organization, and something on its way there."""
    organization = Organization.objects.filter(network_id=network_id).first()
    system = System.objects.create(
        network_id=network_id, organization=organization, address="https://example.org/v2", made_at=NOON
    )
    turn = Turn.objects.get(pk=f"{network_id}-1")
    Passage.objects.create(
        id=f"passage_{network_id}", network_id=network_id, system=system, turn=turn, service_code="1",
        made_at=NOON,
    )  # fmt: skip


def invite(network_id: str) -> str:
    """Invite somebody new; return the token of the link."""
    tokens: list[str] = []
    actor = an_actor("samira", network_id=network_id, role=Role.COORDINATOR)
    with wall.in_network(network_id):
        members.invite(
            email=f"nieuw{uuid4().hex}@example.org",
            role=Role.RESIDENT,
            actor=actor,
            at=NOON,
            link_to=lambda token: tokens.append(token) or token,
        )
    return tokens[0]


def ask(statement: str | sql.Composable, *values: object) -> list[tuple[object, ...]]:
    """Return what the database says to a statement of our own."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


def ask_as_site(statement: str | sql.Composable, *values: object) -> list[tuple[object, ...]]:
    with site_role.taken(connection):
        return ask(statement, *values)


def names(statement: str) -> list[str]:
    return [str(name) for (name,) in ask(statement)]


def rows_in(table: str, *, as_site: bool = True) -> list[dict[str, object]]:
    """Return every row of a table that can be seen."""
    found = (ask_as_site if as_site else ask)(of(ROWS, table))
    return [row if isinstance(row, dict) else json.loads(str(row)) for (row,) in found]


def of(statement: sql.SQL, table: str) -> sql.Composed:
    return statement.format(sql.Identifier(table))


def insert(table: str) -> sql.Composed:
    return ADD.format(table=sql.Identifier(table))


def what_is_told() -> list[str]:
    """Return the network, the user and the pass that the connection was told."""
    return [str(ask(TOLD, f"scharnier.{name}")[0][0]) for name in ("network", "user", "pass")]

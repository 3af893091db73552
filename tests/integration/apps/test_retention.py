# SPDX-License-Identifier: EUPL-1.2
"""Clearing up: every rule to the day, a dry run that changes nothing, and a report of numbers."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta
from io import StringIO
from uuid import uuid4

import pytest
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.digest.models import Sending
from scharnier.apps.emergency.models import Review
from scharnier.apps.mail.models import Message
from scharnier.apps.members.models import HandOver, Invitation, JoinRequest
from scharnier.apps.notes.models import Note
from scharnier.apps.open311.models import Key, Passage, Report, System
from scharnier.apps.people import models as people
from scharnier.apps.referral.models import Link, Referral, Turn
from scharnier.apps.rights import models, services, sweeps, tasks
from scharnier.apps.sharing.models import Sharing
from scharnier.apps.signals.models import Count, Match, Signal
from scharnier.apps.situations.models import MapMonth, Result, Situation
from scharnier.apps.tasks.models import Task
from scharnier.apps.webhooks.models import Delivery, Webhook
from scharnier.core import referral
from scharnier.core.kernel import PersonId
from scharnier.core.retention import Fate
from scharnier.formats import retention
from tests.factories import (
    DAY,
    NOON,
    a_community,
    a_consent,
    a_membership,
    a_network,
    a_person,
    a_tie,
    an_organization,
)
from tests.integration.apps.members_scenes import let_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
RULES = {rule.id: rule for rule in retention.load_rules()}
SWEPT = [rule.id for rule in RULES.values() if rule.fate in {Fate.DELETE, Fate.EMPTY}]
KEPT = {"report"}  # the night writes one itself


def last_day(rule_id):
    """Return the last day that something may date from and still be over."""
    return DAY - timedelta(days=RULES[rule_id].kept_days + 1)


def last_moment(rule_id):
    next_day = datetime.combine(last_day(rule_id) + timedelta(days=1), time.min)
    return timezone.make_aware(next_day) - timedelta(seconds=1)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(
        a_network(
            organizations=(an_organization(),),
            communities=(a_community(),),
            persons=(a_person("samira"), a_person("karel")),
        )
    )
    let_in("kruisveld", {"samira": "professional", "karel": "resident"})


def person(name="samira"):
    return people.Person.objects.get(text_id=name)


def a_message(**values):
    return Message.objects.create(
        id=values.pop("id", "m1"), to="a@example.org", template=values.pop("template", "invitation"),
        language="nl", subject="Dag", text="Dag.", **values,
    )  # fmt: skip


def an_attempt(at):
    row = AccessAttempt.objects.create(username="samira", failures_since_start=1)
    AccessAttempt.objects.update(attempt_time=at)  # it takes the clock's time when it is made
    return row


def an_invitation(**values):
    return Invitation.objects.create(
        network_id="kruisveld", email="a@example.org", role="resident", invited_by="ria",
        token_digest=uuid4().hex, made_at=NOON - timedelta(days=999), **values,
    )  # fmt: skip


def a_referral(**values):
    return Referral.objects.create(**{
        "id": uuid4().hex, "network_id": "kruisveld", "text": "Ruzie.", "language": "nl", "about": "problem",
        "sender_text_id": "karel", "made_at": NOON, "moved_at": NOON, **values,
    })  # fmt: skip


def a_situation(ended_on):
    return Situation.objects.create(
        id=uuid4().hex, network_id="kruisveld", question="Lawaai.", made_on=DAY, origin="hand",
        state="dismissed", reason="Het waaide over.", ended_on=ended_on,
    )  # fmt: skip


def a_result(ended_on):
    return Result.objects.create(
        network_id="kruisveld", situation_id=uuid4().hex, state="closed", ended_on=ended_on
    )


def a_link(**values):
    turn = Turn.objects.create(
        id=uuid4().hex, network_id="kruisveld", referral=a_referral(), round=1, place_in_round=1,
        person_text_id="karel", moved_at=NOON, requested_at=NOON, state="requested",
    )  # fmt: skip
    return Link.objects.create(
        network_id="kruisveld", referral=turn.referral, turn=turn, purpose="answer", holder="person",
        token_digest=uuid4().hex, made_at=NOON, **{"expires_at": NOON + timedelta(days=14), **values},
    )  # fmt: skip


def a_task(at, **values):
    return Task.objects.create(
        id="t1", task_path="x", max_attempts=1, run_after=at, enqueued_at=at, finished_at=at, **values
    )


def a_session(at):
    return Session.objects.create(session_key="k1", session_data="", expire_date=at)


def a_place(at):
    a_session(at)
    user = people.User.objects.get(username="samira@kruisveld")
    return UserSession.objects.create(
        user=user, session_key="k1", ip="127.0.0.1", user_agent="Telefoon", last_seen_at=at
    )


def a_sharing(ends_at, **values):
    facts = {
        "network_id": "kruisveld", "person_id": "karel", "audience_kind": "person", "audience_id": "samira",
        "purpose": "help", "reason": "Hij helpt mee.", "basis": "consent", "made_by": "karel",
    }  # fmt: skip
    starts_at = ends_at - timedelta(hours=3)
    return Sharing.objects.create(starts_at=starts_at, ends_at=ends_at, **facts | values)


def a_delivery(at):
    webhook = Webhook.objects.create(
        network_id="kruisveld",
        address="https://example.org/",
        secret="whsec_AAAA",  # noqa: S106  # of nobody
        made_at=NOON,
    )
    return Delivery.objects.create(
        id="msg_1", network_id="kruisveld", webhook=webhook, event="referral.accepted", object_id="r",
        happened_at=at, task_id="gone", state="dead", done_at=at,
    )  # fmt: skip


def a_note(made_at, **values):
    return Note.objects.create(
        network_id="kruisveld", writer=person(), key=uuid4(), text="Lamp stuk.", made_at=made_at, **values
    )


def a_digest(day, at):
    account = people.Account.objects.get(person__text_id="samira", network_id="kruisveld")
    return Sending.objects.create(network_id="kruisveld", account=account, day=day, n_things=1, made_at=at)


def a_check(day):
    return people.CardCheck.objects.create(
        network_id="kruisveld", person=person(), group="ways", checked_on=day, verify_by=day,
        asked_on=day, version="v1",
    )  # fmt: skip


def a_report(at):
    key = Key.objects.create(network_id="kruisveld", name="Gemeente", digest="x", made_at=NOON)
    return Report.objects.create(
        id="r1", network_id="kruisveld", key=key, topic_id="litter", text="Afval.", received_at=at
    )


def a_passage(at):
    system = System.objects.create(
        network_id="kruisveld", organization=people.Organization.objects.get(),
        address="https://example.org/v2", made_at=NOON,
    )  # fmt: skip
    whole = Referral.objects.create(
        id="running", network_id="kruisveld", text="Afval op het plein.", language="nl", about="problem",
        sender_person=person(), sender_text_id="samira", made_at=NOON, moved_at=NOON,
    )  # fmt: skip
    turn = Turn.objects.create(
        id="running", network_id="kruisveld", referral=whole, round=1, place_in_round=1,
        organization=system.organization, organization_text_id=system.organization.text_id,
        organization_name=system.organization.name, state="requested", requested_at=NOON, moved_at=NOON,
    )  # fmt: skip
    return Passage.objects.create(
        id="p1", network_id="kruisveld", system=system, turn=turn, service_code="1", step="over",
        made_at=NOON, asked_at=at,
    )  # fmt: skip


def a_signal(told_at=NOON, *, kept_until=DAY + timedelta(days=1)):
    return Signal.objects.create(
        id=uuid4().hex, network_id="kruisveld", source="resident", text="Glas op straat.", precision="point",
        place_words="bij het bankje", longitude=5.1, latitude=52.1, cell_longitude=5.1, cell_latitude=52.1,
        spread_m=100, first_day=DAY, last_day=DAY, happened_on=DAY, grain="day", seriousness="annoying",
        state="open", told_at=told_at, kept_until=kept_until,
    )  # fmt: skip


MAKE = {  # for each rule: make what dates from a day or moment
    "consent": lambda day, _at: people.Consent.objects.create(
        person=person(), purpose="research", given_date=day, end_date=day
    ),
    "membership": lambda day, _at: people.Membership.objects.create(
        network_id="kruisveld",
        person=person(),
        community=people.Community.objects.get(),
        end_date=day,
    ),
    "tie": lambda day, _at: people.Tie.objects.create(
        network_id="kruisveld", source=person(), target=person("karel"), kind="knows", strength=1,
        observed_date=day, origin="declared",
    ),
    "outcome": lambda day, _at: people.Outcome.objects.create(
        network_id="kruisveld", text="Rommel", person=person(), response="accepted", happened_date=day
    ),
    "referral": lambda _day, at: a_referral(text="", over_at=at),
    "referral_link": lambda _day, at: a_link(expires_at=at),
    "referral_draft": lambda _day, at: a_referral(moved_at=at),
    "hand_over": lambda day, _at: HandOver.objects.create(
        network_id="kruisveld", from_person=person(), to_person=person("karel"), on_date=day, made_date=day
    ),
    "card_link": lambda day, _at: a_check(day),
    "invitation": lambda _day, at: an_invitation(expires_at=at),
    "join_request": lambda _day, at: JoinRequest.objects.create(network_id="kruisveld", made_at=at),
    "sharing": lambda _day, at: a_sharing(at),
    "data_request": lambda day, at: models.DataRequest.objects.create(
        network_id="kruisveld", person_text_id="weg", what="copy", received_date=day, answer_by=day,
        made_at=at, done_at=at,
    ),
    "mail": lambda _day, at: a_message(state="sent", sent_at=at),
    "goodbye_mail": lambda _day, at: a_message(template="erased", state="sent", sent_at=at),
    "mail_record": lambda _day, at: Message.objects.create(
        id="m1", template="invitation", language="nl", state="sent", sent_at=at, erased_at=at
    ),
    "webhook_delivery": lambda _day, at: a_delivery(at),
    "open311_report": lambda _day, at: a_report(at),
    "open311_passage": lambda _day, at: a_passage(at),
    "note": lambda _day, at: a_note(at),
    "note_thrown_away": lambda _day, at: a_note(NOON, thrown_away_at=at, place="noord", remind_date=DAY),
    "digest": a_digest,
    "session": lambda _day, at: a_session(at),
    "signed_in": lambda _day, at: a_place(at),
    "failed_login": lambda _day, at: an_attempt(at),
    "task": lambda _day, at: a_task(at, status="succeeded"),
    "task_given_up": lambda _day, at: a_task(at, status="dead"),
    "signal": lambda day, _at: a_signal(kept_until=day),
    "signal_text": lambda _day, at: a_signal(at),
    "signal_match": lambda day, _at: Match.objects.create(id="match", network_id="kruisveld", asked_on=day),
    "signal_count": lambda day, _at: Count.objects.create(network_id="kruisveld", key="0", day=day, n=1),
    "situation": lambda day, _at: a_situation(day),
    "situation_result": lambda day, _at: a_result(day),
    "map_month": lambda day, _at: MapMonth.objects.create(
        network_id="kruisveld", first_day=day, drawn_on=DAY
    ),
    "report": lambda _day, at: models.RetentionReport.objects.create(made_at=at),
}  # fmt: skip


def make(rule_id, *, days_younger=0):
    later = timedelta(days=days_younger)
    return MAKE[rule_id](last_day(rule_id) + later, last_moment(rule_id) + later)


def run(*, is_dry=False, on=DAY):
    return {
        (line.rule, line.network_id): line for line in services.run_retention(on=on, at=NOON, is_dry=is_dry)
    }


def found_by(lines, rule_id):
    return sum(line.n_over for (rule, _), line in lines.items() if rule == rule_id)


def whole_database():
    models_of_ours = sorted(apps.get_models(), key=lambda model: model._meta.label)
    rows = [row for model in models_of_ours for row in model._default_manager.order_by("pk")]
    return serializers.serialize("json", rows)


class TestSweeps:
    def test_are_there_for_every_rule_that_deletes_or_empties(self):
        assert set(sweeps.SWEEPS) == set(SWEPT)
        assert set(MAKE) == set(SWEPT)

    @pytest.mark.parametrize("rule_id", SWEPT)
    def test_take_what_is_over_since_a_second(self, rule_id):
        row = make(rule_id)

        lines = run()

        assert found_by(lines, rule_id) == 1
        left = type(row).objects.filter(pk=row.pk).first()
        if RULES[rule_id].fate is Fate.DELETE:
            assert left is None
        else:
            emptied = sweeps.SWEEPS[rule_id].emptied
            assert {name: getattr(left, name) for name in emptied if name != "state"} == {
                name: value for name, value in emptied.items() if name != "state"
            }

    @pytest.mark.parametrize("rule_id", SWEPT)
    def test_leave_what_is_a_day_younger(self, rule_id):
        row = make(rule_id, days_younger=1)

        lines = run()

        assert found_by(lines, rule_id) == 0
        assert type(row).objects.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("rule_id", sorted(set(SWEPT) - KEPT))
    def test_find_nothing_a_second_time(self, rule_id):
        make(rule_id)
        run()

        assert found_by(run(), rule_id) == 0

    def test_leave_what_nobody_judged_yet(self):
        emergency = {"purpose": "emergency", "basis": "vital_interests", "made_by": "samira"}
        opened = a_sharing(last_moment("sharing"), **emergency)
        review = Review.objects.create(
            network_id="kruisveld", sharing=opened, asked_by="samira", made_at=NOON, due_date=DAY
        )

        assert found_by(run(), "sharing") == 0
        Review.objects.filter(pk=review.pk).update(
            judged_at=NOON, judged_by="ria", verdict="justified", words="Goed."
        )
        assert found_by(run(), "sharing") == 1
        assert not Review.objects.exists()

    def test_leave_a_task_that_waits(self):
        Task.objects.create(
            id="t1", task_path="x", max_attempts=1, run_after=NOON, enqueued_at=NOON - timedelta(days=999)
        )

        run()

        assert Task.objects.exists()

    def test_leave_an_open_consent_role_and_invitation(self):
        people.Consent.objects.create(person=person(), purpose="research", given_date=last_day("consent"))
        an_invitation(expires_at=NOON + timedelta(days=1))

        assert run() == {}

    def test_let_no_mail_go_without_its_words(self):
        a_message(queued_at=last_moment("mail"))

        run()

        message = Message.objects.get()
        assert (message.state, message.to, message.text) == ("unknown", "", "")

    def test_stop_a_link_that_was_not_used(self):
        check = make("card_link")

        run()

        check.refresh_from_db()
        assert (check.version, check.asked_on) == ("", None)


class TestRunRetention:
    def test_changes_nothing_when_it_is_dry(self):
        for rule_id in sorted(set(SWEPT) - {"session", "task_given_up", "mail_record", "goodbye_mail"}):
            make(rule_id)
        before = whole_database()

        lines = run(is_dry=True)

        assert whole_database() == before
        assert len(lines) > 10
        assert {line.n_done for line in lines.values()} == {0}

    def test_does_what_the_dry_run_said(self):
        for rule_id in ("tie", "membership", "mail", "task"):
            make(rule_id)

        said, done = run(is_dry=True), run()

        assert {key: line.n_over for key, line in said.items()} == {
            key: line.n_done for key, line in done.items()
        }

    def test_counts_by_network(self, load):
        load(a_network(network_id="elders", persons=(a_person("vera"), a_person("mo"))))
        elders = people.Person.objects.filter(network_id="elders").order_by("pk")
        for source, target in (elders, reversed(elders)):
            people.Tie.objects.create(
                network_id="elders", source=source, target=target, kind="knows", strength=1,
                observed_date=last_day("tie"), origin="declared",
            )  # fmt: skip
        make("tie")

        lines = run()

        assert lines["tie", "kruisveld"].n_done == 1
        assert lines["tie", "elders"].n_done == 2

    def test_keeps_the_report(self):
        make("tie")

        run()

        report = models.RetentionReport.objects.get()
        assert report.made_at == NOON
        assert report.lines == [
            {"rule": "tie", "network_id": "kruisveld", "n_over": 1, "n_done": 1, "n_warned": 0}
        ]

    def test_tells_the_log_of_each_network_and_has_it_read_anew(self):
        make("tie")
        before = people.Network.objects.get().revision

        run()

        event = AuditEvent.objects.get(act="retention.carried_out")
        assert (event.network_id, event.actor_id, event.facts) == ("kruisveld", "", '{"tie":"1"}')
        assert people.Network.objects.get().revision != before

    def test_leaves_the_log_alone_when_nothing_of_a_network_went(self):
        make("task")

        run()

        assert not AuditEvent.objects.filter(act="retention.carried_out").exists()

    def test_does_all_or_nothing(self, monkeypatch):
        make("tie")
        make("task")

        def fail(**_facts):
            raise DatabaseError

        monkeypatch.setattr("scharnier.apps.rights.services._retention.log.record", fail)
        with pytest.raises(DatabaseError):
            run()

        assert people.Tie.objects.exists()
        assert Task.objects.exists()
        assert not models.RetentionReport.objects.exists()

    def test_keeps_to_the_days_an_installation_chose(self, settings):
        make("tie")
        settings.RETENTION = {"tie": 3650}

        assert run() == {}

    def test_is_a_task_of_its_own(self):
        make("tie")

        tasks.clear_up.call()

        assert not people.Tie.objects.exists()

    def test_reads_as_often_for_fifty_as_for_one(self, django_assert_num_queries):
        make("consent")
        with django_assert_num_queries(60, exact=False) as counted:
            run(is_dry=True)
        for _ in range(49):
            make("consent")

        with django_assert_num_queries(len(counted.captured_queries)):
            run(is_dry=True)


class TestCommand:
    def said(self, *words):
        out = StringIO()
        call_command("retention", "run", *words, stdout=out)
        return out.getvalue()

    def test_says_that_nothing_is_over(self):
        assert self.said() == "Nothing is over its time.\n"
        assert self.said("--json") == ""

    def test_prints_a_line_for_each_rule_and_network(self):
        make("tie")

        assert self.said("--dry-run") == "tie  kruisveld  over 1  done 0  warned 0\n"
        assert people.Tie.objects.exists()
        assert json.loads(self.said("--json")) == {
            "rule": "tie", "network_id": "kruisveld", "n_over": 1, "n_done": 1, "n_warned": 0
        }  # fmt: skip

    def test_names_what_belongs_to_no_network(self):
        make("task")

        assert self.said().startswith("task  installation  over 1")


class TestPersons:
    """People without account and consent, of whom nothing was heard."""

    RULE = RULES["person"]
    WARNED = timedelta(days=RULES["person"].warned_days)

    @pytest.fixture
    def stil(self, load):
        """A card that came in long ago, of somebody who never said anything."""
        return self.load_stil(load)

    def load_stil(self, load, *, observed=None, consents=(), email="stil@example.org"):
        stil = a_person("stil", name="Stil van Veen", email=email, purposes=())
        load(
            a_network(
                organizations=(an_organization(),),
                communities=(a_community(),),
                persons=(stil, a_person("samira")),
                memberships=(a_membership("stil", start=last_day("person"), end=last_day("person")),),
            )
        )
        row = person("stil")
        for consent in consents:
            row.consents.create(purpose=consent.purpose.value, given_date=consent.given_date)
        if observed:
            people.Tie.objects.create(
                network_id="kruisveld", source=row, target=person(), kind="knows", strength=1,
                observed_date=observed, origin="declared",
            )  # fmt: skip
        return row

    def test_are_told_first_and_erased_a_month_later(self, stil):
        first = run()
        told = Message.objects.get()
        early = run(on=DAY + self.WARNED - timedelta(days=1))
        there = people.Person.objects.filter(pk=stil.pk).exists()
        last = run(on=DAY + self.WARNED)

        assert (told.to, told.template) == ("stil@example.org", "fading")
        assert "28 april 2026" in told.text
        assert (first["person", "kruisveld"].n_warned, first["person", "kruisveld"].n_over) == (1, 0)
        assert early == {}
        assert there
        assert last["person", "kruisveld"].n_done == 1
        assert not people.Person.objects.filter(pk=stil.pk).exists()

    @pytest.mark.usefixtures("stil")
    def test_leave_a_tombstone_that_says_by_which_rule(self):
        run()
        run(on=DAY + self.WARNED)

        stone = apps.get_model("tombstones", "Tombstone").objects.get()
        assert (stone.kind, stone.object_id, stone.by) == ("person", "stil", "rule.person")
        assert "Stil van Veen" not in whole_database()

    def test_are_told_before_their_time_is_over(self, load):
        stil = self.load_stil(load, observed=DAY - timedelta(days=self.RULE.kept_days - 29))

        lines = run()

        assert lines["person", "kruisveld"].n_warned == 1
        assert people.Person.objects.filter(pk=stil.pk).exists()

    def test_are_left_alone_when_something_was_heard_lately(self, load):
        self.load_stil(load, observed=DAY - timedelta(days=self.RULE.kept_days - 30))

        assert run() == {}

    def test_are_left_alone_with_a_consent(self, load):
        self.load_stil(load, consents=(a_consent(),))

        assert run() == {}

    @pytest.mark.usefixtures("stil")
    def test_are_left_alone_with_an_account(self):
        let_in("kruisveld", {"stil": "resident"})

        assert run() == {}

    def test_are_spared_when_they_are_heard_of_after_the_warning(self, stil):
        run()
        stil.last_active_date = DAY + timedelta(days=1)
        stil.save()

        assert run(on=DAY + self.WARNED) == {}
        assert models.Notice.objects.get().warned_date is None

    @pytest.mark.usefixtures("stil")
    def test_are_told_once(self):
        run()
        run(on=DAY + timedelta(days=1))

        assert Message.objects.count() == 1

    def test_go_without_word_when_there_is_no_address(self, load):
        stil = self.load_stil(load, email="")

        run()
        run(on=DAY + self.WARNED)

        assert not Message.objects.exists()
        assert not people.Person.objects.filter(pk=stil.pk).exists()

    def test_without_any_date_count_from_the_first_night(self, load):
        load(a_network(persons=(a_person("stil", purposes=()),)))

        lines = run()
        later = run(on=DAY + timedelta(days=self.RULE.kept_days))

        assert lines == {}
        assert models.Notice.objects.get().noticed_date == DAY
        assert later["person", "kruisveld"].n_warned == 1

    @pytest.mark.usefixtures("stil")
    def test_change_nothing_in_a_dry_run(self):
        before = whole_database()

        lines = run(is_dry=True)

        assert lines["person", "kruisveld"].n_warned == 1
        assert whole_database() == before


class TestComingBack:
    """What is gone does not come back with an import."""

    def network(self, **parts):
        return a_network(
            organizations=(an_organization(),),
            persons=(a_person("samira"), a_person("karel"), a_person("mo")),
            memberships=(
                a_membership("karel", organization="schuldhulp"),
                a_membership("samira", organization="schuldhulp", successor="karel"),
            ),
            ties=(a_tie("samira", "karel"), a_tie("samira", "mo")),
            **parts,
        )

    def erase(self, load):
        load(self.network())
        from_table = apps.get_model("tombstones", "Tombstone").objects
        from_table.create(
            network_id="kruisveld", kind="person", object_id="karel", removed_date=DAY, by="right.erasure"
        )
        person("karel").delete()

    def test_holds_for_a_person_with_all_that_names_them(self, load):
        self.erase(load)

        load(self.network())

        assert set(people.Person.objects.values_list("text_id", flat=True)) == {"samira", "mo"}
        (member,) = people.Membership.objects.all()
        assert (member.person.text_id, member.successor) == ("samira", None)

    def test_holds_for_what_was_learned(self, load):
        from scharnier.apps.people import services as writing  # noqa: PLC0415  # beside its only use

        self.erase(load)
        outcomes = [
            referral.Outcome(
                text="Rommel",
                party=referral.Party(person_id=PersonId("karel"), organization_id=organization),
                response=referral.Response.ACCEPTED,
                on=DAY,
            )
            for organization in ("schuldhulp", None)
        ]

        writing.load_network(self.network(), at=NOON, outcomes=outcomes)

        (outcome,) = people.Outcome.objects.all()
        assert (outcome.person, outcome.organization.text_id) == (None, "schuldhulp")

    def test_holds_for_whom_others_named_instead(self, load):
        from scharnier.apps.people import services as writing  # noqa: PLC0415  # beside its only use

        self.erase(load)
        let_in("kruisveld", {"samira": "professional"})
        outcomes = [
            referral.Outcome(
                text="Rommel",
                party=referral.Party(person_id=PersonId("samira")),
                response=referral.Response.DECLINED,
                rather=referral.Party(person_id=PersonId("karel"), organization_id=organization),
                on=DAY,
            )
            for organization in ("schuldhulp", None)
        ]

        for _ in range(2):
            writing.load_network(self.network(), at=NOON, outcomes=outcomes)

        named = [
            (row.rather_person, row.rather_organization) for row in people.Outcome.objects.order_by("pk")
        ]
        assert named == [(None, people.Organization.objects.get()), (None, None)]

    def test_holds_for_an_account(self, load):
        self.erase(load)
        load(self.network())

        let_in("kruisveld", {"karel": "resident", "samira": "professional"})

        assert [row.person.text_id for row in people.Account.objects.all()] == ["samira"]

    def test_holds_in_one_network_only(self, load):
        self.erase(load)

        load(a_network(network_id="elders", persons=(a_person("karel"),)))

        assert people.Person.objects.filter(network_id="elders", text_id="karel").exists()

# SPDX-License-Identifier: EUPL-1.2
"""The log as the database keeps it: in a chain, in the transaction of the act, and never changed."""

from datetime import datetime, timedelta, timezone
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from scharnier.apps.audit import models, rows, selectors, services
from scharnier.core import audit
from scharnier.core.kernel import NetworkId
from tests.factories import NOON, an_actor
from tests.integration.tampering import TEXT_COLUMNS, change_column, take_triggers_away, tamper

KRUISVELD = NetworkId("kruisveld")


def _record(person_id="karel", **parts):
    services.record(
        **{
            "actor": an_actor(),
            "act": "card.read",
            "kind": "person",
            "object_id": person_id,
            "at": NOON,
            "on_behalf_of": "schuldhulp",
            "purpose": "contact",
            "basis": "consent",
            "facts": {"topic": "debt", "format": "page"},
            **parts,
        }
    )


@transaction.atomic
def _record_and_fail(person_id):
    _record(person_id)
    raise RuntimeError


def _entries(network_id=KRUISVELD):
    return list(selectors.entries(network_id, until=10**6))


def _broken(network_id=KRUISVELD, **noted):
    return selectors.verify_log(network_id, **noted).broken


@pytest.mark.django_db
class TestRecord:
    def test_keeps_every_part_of_an_event(self):
        _record()

        (entry,) = _entries()
        assert entry.event == audit.Event(
            network_id=KRUISVELD,
            number=1,
            at=NOON,
            actor_id="samira",
            on_behalf_of="schuldhulp",
            act="card.read",
            kind="person",
            object_id="karel",
            purpose="contact",
            basis="consent",
            facts=(("format", "page"), ("topic", "debt")),
        )
        assert entry.digest == audit.link(audit.GENESIS, entry.event)

    def test_chains_events_and_moves_the_head(self):
        for number in range(3):
            _record(f"p{number}")

        entries, head = _entries(), models.AuditHead.objects.get()
        assert [entry.number for entry in entries] == [1, 2, 3]
        assert (head.number, head.digest) == (3, entries[-1].digest)
        assert audit.verify_chain(entries, head=audit.Head(number=3, digest=head.digest)) is None

    def test_keeps_networks_apart(self):
        for network_id in ("kruisveld", "elders", "kruisveld"):
            _record(actor=an_actor(network_id=network_id))

        assert [len(_entries(network_id)) for network_id in ("kruisveld", "elders")] == [2, 1]
        assert [_broken(network_id) for network_id in ("kruisveld", "elders")] == [None, None]

    def test_knows_the_system_from_every_person(self):
        _record(actor=audit.System(network_id=KRUISVELD))
        _record(actor=an_actor("system"))

        assert [entry.event.actor_id for entry in _entries()] == [None, "system"]

    def test_writes_the_moment_as_it_was_at_greenwich(self):
        _record(at=datetime(2026, 3, 29, 14, tzinfo=timezone(timedelta(hours=2))))

        assert models.AuditEvent.objects.get().at == "2026-03-29T12:00:00.000000+00:00"

    @pytest.mark.parametrize(
        "parts",
        [
            {"facts": {"name": "Karel Jansen"}},
            {"facts": {"mail": "karel@example.org"}},
            {"at": datetime(2026, 3, 29, 12)},  # noqa: DTZ001  # no zone is what is wrong with it
            {"act": "looking"},
            {"outcome": "perhaps"},
        ],
    )
    def test_refuses_what_is_no_event_and_keeps_nothing(self, parts):
        with pytest.raises(audit.InvalidEvent):
            _record(**parts)

        assert _entries() == []

    def test_leaves_no_event_and_no_gap_when_the_act_is_undone(self):
        _record("a")
        with pytest.raises(RuntimeError):
            _record_and_fail("b")
        _record("c")

        assert [(entry.number, entry.event.object_id) for entry in _entries()] == [(1, "a"), (2, "c")]
        assert _broken() is None

    def test_takes_three_queries_once_there_is_a_head(self, django_assert_num_queries):
        _record()

        with django_assert_num_queries(3):  # head, event, head
            _record()

    def test_takes_identifiers_of_any_kind(self):
        _record('k"é, \\ ]', actor=an_actor("ria@elders"), facts={"topic": 'é"\\,]'})

        assert _broken() is None
        assert _entries()[0].event.object_id == 'k"é, \\ ]'


@pytest.mark.django_db(transaction=True)
class TestRecordOutside:
    def test_demands_the_transaction_of_the_act(self):
        with pytest.raises(TransactionManagementError):
            _record()

        assert not models.AuditEvent.objects.exists()
        assert not models.AuditHead.objects.exists()


REFUSED = [
    "UPDATE audit_auditevent SET actor_id = 'karel'",
    "UPDATE audit_auditevent SET digest = digest",
    "UPDATE audit_auditevent SET number = number + 10",
    "DELETE FROM audit_auditevent",
    "DELETE FROM audit_auditevent WHERE number = 2",
    "DELETE FROM audit_audithead",
    "UPDATE audit_audithead SET number = 0",
    "UPDATE audit_audithead SET number = number - 1",
    "UPDATE audit_audithead SET digest = 'a'",
    "UPDATE audit_audithead SET network_id = 'elders', number = number + 1",
    "INSERT INTO audit_audithead (network_id, number, digest) VALUES ('elders', 7, 'a')",
]
ON_SQLITE = [
    "INSERT OR REPLACE INTO audit_auditevent SELECT * FROM audit_auditevent WHERE number = 1",
    "REPLACE INTO audit_audithead VALUES ('kruisveld', 1, 'a')",
    "UPDATE OR REPLACE audit_auditevent SET number = 1 WHERE number = 2",
]
ON_POSTGRESQL = [
    "TRUNCATE audit_auditevent",
    "TRUNCATE audit_audithead CASCADE",
    "SET LOCAL session_replication_role = replica; DELETE FROM audit_auditevent",
    """INSERT INTO audit_auditevent SELECT * FROM audit_auditevent
       ON CONFLICT (network_id, number) DO UPDATE SET actor_id = 'karel'""",
]


@pytest.mark.django_db
class TestAuditEvent:
    @pytest.fixture(autouse=True)
    def _three_events(self):
        for number in range(3):
            _record(f"p{number}")
        self.before = _entries()

    @pytest.mark.parametrize(
        "change",
        [
            lambda: models.AuditEvent.objects.all().delete(),
            lambda: models.AuditEvent.objects.update(actor_id="karel"),
            lambda: models.AuditEvent.objects.bulk_update([_first(object_id="x")], ["object_id"]),
            lambda: _first(object_id="x").save(),
            lambda: models.AuditEvent.objects.first().delete(),
            lambda: models.AuditHead.objects.all().delete(),
            lambda: models.AuditHead.objects.update(number=1),
        ],
        ids=["bulk delete", "bulk update", "bulk_update", "save", "delete", "head delete", "head update"],
    )
    def test_is_append_only_even_in_bulk(self, change):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()

        assert _entries() == self.before
        assert _broken() is None

    @pytest.mark.parametrize("statement", REFUSED)
    def test_is_append_only_even_by_hand(self, statement):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

        assert _entries() == self.before

    @pytest.mark.parametrize(
        ("vendor", "statement"),
        [*(("sqlite", each) for each in ON_SQLITE), *(("postgresql", each) for each in ON_POSTGRESQL)],
    )
    def test_is_append_only_in_the_database_s_own_ways(self, vendor, statement):
        if connection.vendor != vendor:
            return  # a way that this database does not have

        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

        assert _entries() == self.before

    def test_has_one_of_each_number(self):
        again = rows.event_row(self.before[0].event, digest=self.before[0].digest)

        with pytest.raises(IntegrityError), transaction.atomic():
            again.save(force_insert=True)

    def test_has_a_guard_that_can_be_taken_off_and_put_back(self):
        migration = import_module("scharnier.apps.audit.migrations.0002_events_are_append_only")
        editor = connection.SchemaEditorClass(connection)
        migration.backwards(apps, editor)
        with transaction.atomic():
            models.AuditEvent.objects.filter(number=3).delete()

        migration.forwards(apps, editor)

        with pytest.raises(IntegrityError), transaction.atomic():
            models.AuditEvent.objects.all().delete()


def _first(**parts):
    row = models.AuditEvent.objects.order_by("number").first()
    for name, value in parts.items():
        setattr(row, name, value)
    return row


@pytest.mark.django_db
class TestVerifyLog:
    @pytest.fixture(autouse=True)
    def _five_events(self):
        for number in range(5):
            _record(f"p{number}")
        self.head = selectors.verify_log(KRUISVELD).head

    def test_finds_nothing_in_a_log_as_it_was_written(self):
        found = selectors.verify_log(KRUISVELD)

        assert (found.broken, found.head.number) == (None, 5)

    @pytest.mark.parametrize("column", TEXT_COLUMNS)
    @pytest.mark.parametrize("place", ["first", "last", "added"])
    def test_finds_one_changed_byte_in_any_column(self, column, place):
        value = getattr(models.AuditEvent.objects.get(number=3), column)
        changed = {
            "first": _flipped(value[0]) + value[1:],
            "last": value[:-1] + _flipped(value[-1]),
            "added": value + " ",
        }[place]

        change_column(connection, column, changed, number=3)

        fault = audit.Fault.MISSING if column == "network_id" else audit.Fault.CHANGED
        assert _broken() == audit.Break(number=3, fault=fault)

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("at", "2026-03-29 12:00:00.000000+00:00"),  # the same moment, written in another way
            ("at", "2026-03-29T13:00:00.000000+01:00"),
            ("at", "2026-03-29T12:00:00+00:00"),
            ("at", "tomorrow"),
            ("facts", '{"format":"page", "topic":"debt"}'),
            ("facts", '{"topic":"debt","format":"page"}'),
            ("facts", '{"format":"page","topic":"x","topic":"debt"}'),
            ("facts", '["format","topic"]'),
            ("facts", "{"),
            ("facts", ""),
            ("facts", "{}"),
            ("outcome", "perhaps"),
            ("act", ""),
        ],
    )
    def test_finds_a_value_that_says_the_same_in_another_way_or_nothing(self, column, value):
        change_column(connection, column, value, number=2)

        assert _broken() == audit.Break(number=2, fault=audit.Fault.CHANGED)

    def test_finds_bytes_that_are_no_text(self):
        if connection.vendor != "sqlite":
            return  # PostgreSQL keeps none

        tamper(connection, "UPDATE audit_auditevent SET actor_id = CAST(x'73ff' AS TEXT) WHERE number = 4")

        assert _broken() == audit.Break(number=4, fault=audit.Fault.CHANGED)

    @pytest.mark.parametrize(
        ("statement", "number", "fault"),
        [
            ("DELETE FROM audit_auditevent WHERE number = 2", 2, audit.Fault.MISSING),
            ("DELETE FROM audit_auditevent WHERE number > 3", 4, audit.Fault.CUT_OFF),
            ("DELETE FROM audit_auditevent", 1, audit.Fault.CUT_OFF),
            ("UPDATE audit_auditevent SET number = 9 WHERE number = 3", 3, audit.Fault.MISSING),
            ("DELETE FROM audit_audithead", 1, audit.Fault.BEYOND_HEAD),
            ("UPDATE audit_audithead SET number = 3", 4, audit.Fault.BEYOND_HEAD),
            ("UPDATE audit_audithead SET number = 7", 6, audit.Fault.CUT_OFF),
            ("UPDATE audit_audithead SET digest = 'a'", 5, audit.Fault.OTHER_HEAD),
        ],
    )
    def test_finds_what_is_gone_or_moved(self, statement, number, fault):
        tamper(connection, statement)

        assert _broken() == audit.Break(number=number, fault=fault)

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit_audithead SET number = 'five'",
            "UPDATE audit_audithead SET digest = CAST(x'ff' AS TEXT)",
            "UPDATE audit_auditevent SET number = 'five' WHERE number = 5",
        ],
    )
    def test_finds_numbers_and_heads_that_are_none(self, statement):
        if connection.vendor != "sqlite":
            return  # PostgreSQL keeps none

        tamper(connection, statement)

        assert _broken() is not None

    def test_finds_with_a_noted_head_that_all_was_written_anew(self):
        take_triggers_away(connection)
        models.AuditEvent.objects.all().delete()
        models.AuditHead.objects.all().delete()
        for number in range(5):
            _record(f"q{number}")

        assert _broken() is None
        assert _broken(noted=[self.head]) == audit.Break(number=5, fault=audit.Fault.REWRITTEN)

    def test_reads_a_long_log_in_parts(self, monkeypatch):
        monkeypatch.setattr(selectors, "BATCH_ROWS", 2)

        assert [entry.number for entry in _entries()] == [1, 2, 3, 4, 5]
        assert _broken() is None


def _flipped(letter):
    return chr(ord(letter) ^ 1)


@pytest.mark.django_db
class TestLoggedNetworks:
    def test_are_those_with_a_head_or_with_events(self):
        _record()
        _record(actor=an_actor(network_id="elders"))
        tamper(connection, "DELETE FROM audit_audithead WHERE network_id = 'elders'")

        assert selectors.logged_networks() == ("elders", "kruisveld")
        assert selectors.logged_networks("elders") == ("elders",)

    def test_name_none_that_is_not_there(self):
        with pytest.raises(selectors.LogNotFound):
            selectors.logged_networks("nergens")

# SPDX-License-Identifier: EUPL-1.2
"""What `scharnier audit` says and writes, on both databases."""

import csv
import json

import pytest
from django.db import connection

from scharnier.apps.audit import selectors, services
from scharnier.cli import outputs
from scharnier.core import audit
from scharnier.core.kernel import NetworkId
from scharnier.formats import wording
from scharnier.site import audit_log
from tests.factories import NOON, an_actor
from tests.integration.tampering import tamper

pytestmark = pytest.mark.django_db
KRUISVELD = NetworkId("kruisveld")


@pytest.fixture(autouse=True)
def _two_logs():
    for network_id, n_events in (("kruisveld", 3), ("elders", 1)):
        for number in range(n_events):
            services.record(
                actor=an_actor(network_id=network_id),
                act="card.read",
                kind="person",
                object_id=f"p{number}",
                at=NOON,
            )


def _head(network_id=KRUISVELD):
    return selectors.verify_log(network_id).head


def _export(path, *, form="csv", network_id="kruisveld", is_forced=False):
    audit_log.export(network_id, form=form, path=path, is_forced=is_forced, language="en")


class TestVerify:
    def test_says_of_each_network_how_far_its_log_goes(self, capsys):
        audit_log.verify(language="en")

        assert capsys.readouterr().out.splitlines() == [
            f"{network_id}: {n_events} events, whole. Head: {n_events}:{_head(network_id).digest}"
            for network_id, n_events in (("elders", 1), ("kruisveld", 3))
        ]

    def test_says_it_of_one_network_in_dutch(self, capsys):
        audit_log.verify("kruisveld", language="nl")

        said = capsys.readouterr().out
        assert said == f"kruisveld: 3 gebeurtenissen, heel. Kop: 3:{_head().digest}\n"

    def test_says_it_to_programs(self, capsys):
        tamper(connection, "UPDATE audit_auditevent SET object_id = 'x' WHERE network_id = 'elders'")

        with pytest.raises(audit_log.BrokenLog):
            audit_log.verify(language="en", is_json=True)

        elders, kruisveld = map(json.loads, capsys.readouterr().out.splitlines())
        assert elders["broken"] == {
            "number": 1,
            "fault": "changed",
            "said": "elders: event 1 was changed.",
        }
        assert (kruisveld["number"], kruisveld["digest"], kruisveld["broken"]) == (3, _head().digest, None)

    @pytest.mark.parametrize(
        ("statement", "sentence"),
        [
            (
                "UPDATE audit_auditevent SET act = 'card.reae' WHERE number = 2",
                "kruisveld: event 2 was changed.",
            ),
            ("DELETE FROM audit_auditevent WHERE number = 2", "kruisveld: event 2 is missing."),
            (
                "DELETE FROM audit_auditevent WHERE number = 3",
                "kruisveld: the end is gone, from event 3 on.",
            ),
            (
                "UPDATE audit_audithead SET number = 2 WHERE network_id = 'kruisveld'",
                "kruisveld: event 3 is there, but the head does not know of it.",
            ),
            (
                "UPDATE audit_audithead SET digest = 'a' WHERE network_id = 'kruisveld'",
                "kruisveld: the head does not belong to event 3, the last one.",
            ),
        ],
    )
    def test_names_the_first_broken_event_and_what_is_wrong(self, capsys, statement, sentence):
        tamper(connection, statement)

        with pytest.raises(audit_log.BrokenLog) as caught:
            audit_log.verify(language="en")

        assert capsys.readouterr().out.startswith("elders: 1 events, whole.")
        assert wording.say_error(caught.value, language="en").splitlines()[1:] == [sentence]

    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize("fault", audit.Fault)
    def test_has_words_for_every_fault(self, fault, language):
        broken = audit_log.NetworkBreak(network_id=KRUISVELD, broken=audit.Break(number=7, fault=fault))

        said = wording.say_error(audit_log.BrokenLog(breaks=(broken,)), language=language)

        assert "kruisveld" in said
        assert "7" in said
        assert "{" not in said

    def test_compares_with_heads_that_were_noted(self, capsys):
        audit_log.verify("kruisveld", noted=[_head()], language="en")

        with pytest.raises(audit_log.BrokenLog):
            audit_log.verify("kruisveld", noted=[audit.Head(number=2, digest="a" * 64)], language="en")

        assert len(capsys.readouterr().out.splitlines()) == 1

    def test_refuses_a_network_without_a_log(self):
        with pytest.raises(selectors.LogNotFound):
            audit_log.verify("nergens", language="en")

    @pytest.mark.parametrize(
        ("language", "said"), [("nl", "Er is nog niets vastgelegd.\n"), ("en", "Nothing is on record yet.\n")]
    )
    def test_says_so_when_nothing_is_on_record(self, capsys, language, said):
        tamper(connection, "DELETE FROM audit_auditevent")
        tamper(connection, "DELETE FROM audit_audithead")

        audit_log.verify(language=language)

        assert capsys.readouterr().out == said

    def test_says_so_when_the_database_has_no_log(self):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_audithead RENAME TO away")

        with pytest.raises(audit_log.NoDatabase):
            audit_log.verify(language="en")


class TestExport:
    def test_writes_csv(self, tmp_path):
        _export(tmp_path / "log.csv")

        with (tmp_path / "log.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [(row["number"], row["object_id"]) for row in rows] == [("1", "p0"), ("2", "p1"), ("3", "p2")]

    def test_writes_fhir(self, tmp_path):
        _export(tmp_path / "log.json", form="fhir")

        bundle = json.loads((tmp_path / "log.json").read_bytes())
        assert [entry["resource"]["resourceType"] for entry in bundle["entry"]] == ["AuditEvent"] * 3

    def test_is_put_on_record_itself(self, tmp_path, capsys):
        _export(tmp_path / "log.json", form="fhir")

        *_, last = selectors.entries(KRUISVELD, until=9)
        assert (last.event.act, last.event.actor_id, last.event.facts) == (
            "audit.exported",
            None,
            (("format", "fhir"),),
        )
        assert capsys.readouterr().out == f"Written to {tmp_path / 'log.json'}.\n"

    def test_overwrites_when_told_only(self, tmp_path):
        (tmp_path / "log.csv").write_text("mine")

        with pytest.raises(outputs.AlreadyExists):
            _export(tmp_path / "log.csv")
        _export(tmp_path / "log.csv", is_forced=True)

        assert "card.read" in (tmp_path / "log.csv").read_text(encoding="utf-8-sig")

    @pytest.mark.parametrize("form", ["csv", "fhir"])
    def test_of_a_broken_log_is_written_and_said_to_be_broken(self, tmp_path, form):
        tamper(connection, "UPDATE audit_auditevent SET at = 'ooit' WHERE number = 2")

        with pytest.raises(audit_log.BrokenLog):
            _export(tmp_path / "log", form=form)

        assert "p2" in (tmp_path / "log").read_text(encoding="utf-8-sig")
        assert _head().number == 3

    def test_refuses_a_network_without_a_log(self, tmp_path):
        with pytest.raises(selectors.LogNotFound):
            _export(tmp_path / "log.csv", network_id="nergens")

        assert list(tmp_path.iterdir()) == []

    def test_says_so_when_the_database_has_no_log(self, tmp_path):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_audithead RENAME TO away")

        with pytest.raises(audit_log.NoDatabase):
            _export(tmp_path / "log.csv")

# SPDX-License-Identifier: EUPL-1.2
"""Refuse to change or delete an event, also in bulk and by hand; locks the two tables of the log for a moment."""

from django.db import migrations

SQLITE = {
    "audit_event_stays": """
        CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_auditevent
        BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END""",
    "audit_event_remains": """
        CREATE TRIGGER audit_event_remains BEFORE DELETE ON audit_auditevent
        BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END""",
    # INSERT OR REPLACE deletes without a trigger for it
    "audit_event_once": """
        CREATE TRIGGER audit_event_once BEFORE INSERT ON audit_auditevent
        WHEN EXISTS (SELECT 1 FROM audit_auditevent
                     WHERE network_id = NEW.network_id AND number = NEW.number)
        BEGIN SELECT RAISE(ABORT, 'audit events are append-only'); END""",
    "audit_head_moves_on": """
        CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON audit_audithead
        WHEN NEW.network_id <> OLD.network_id OR NEW.number <> OLD.number + 1
        BEGIN SELECT RAISE(ABORT, 'the head of an audit log moves on by one'); END""",
    "audit_head_remains": """
        CREATE TRIGGER audit_head_remains BEFORE DELETE ON audit_audithead
        BEGIN SELECT RAISE(ABORT, 'the head of an audit log remains'); END""",
    "audit_head_once": """
        CREATE TRIGGER audit_head_once BEFORE INSERT ON audit_audithead
        WHEN NEW.number <> 0
        BEGIN SELECT RAISE(ABORT, 'an audit log starts at nothing'); END""",
}
FUNCTIONS = {
    "audit_refuse": """
        CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE restrict_violation USING MESSAGE = 'audit events are append-only'; END $$""",
    # emptying a log that is empty changes nothing
    "audit_refuse_truncate": """
        CREATE FUNCTION audit_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE is_filled boolean;
        BEGIN
          EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I.%I)', TG_TABLE_SCHEMA, TG_TABLE_NAME) INTO is_filled;
          IF is_filled THEN
            RAISE restrict_violation USING MESSAGE = 'audit events are append-only';
          END IF;
          RETURN NULL;
        END $$""",
}
POSTGRESQL = {
    ("audit_auditevent", "audit_event_remains"): """
        CREATE TRIGGER audit_event_remains BEFORE UPDATE OR DELETE ON audit_auditevent
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    ("audit_auditevent", "audit_event_not_emptied"): """
        CREATE TRIGGER audit_event_not_emptied BEFORE TRUNCATE ON audit_auditevent
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_truncate()""",
    ("audit_audithead", "audit_head_moves_on"): """
        CREATE TRIGGER audit_head_moves_on BEFORE UPDATE ON audit_audithead
        FOR EACH ROW WHEN (NEW.network_id <> OLD.network_id OR NEW.number <> OLD.number + 1)
        EXECUTE FUNCTION audit_refuse()""",
    ("audit_audithead", "audit_head_remains"): """
        CREATE TRIGGER audit_head_remains BEFORE DELETE ON audit_audithead
        FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    ("audit_audithead", "audit_head_once"): """
        CREATE TRIGGER audit_head_once BEFORE INSERT ON audit_audithead
        FOR EACH ROW WHEN (NEW.number <> 0) EXECUTE FUNCTION audit_refuse()""",
    ("audit_audithead", "audit_head_not_emptied"): """
        CREATE TRIGGER audit_head_not_emptied BEFORE TRUNCATE ON audit_audithead
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_truncate()""",
}

FORWARDS = {
    "sqlite": tuple(SQLITE.values()),
    "postgresql": (
        *FUNCTIONS.values(),
        *POSTGRESQL.values(),
        # also for who replays changes
        *(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}" for table, name in POSTGRESQL),
    ),
}
BACKWARDS = {
    "sqlite": tuple(f"DROP TRIGGER {name}" for name in SQLITE),
    "postgresql": (
        *(f"DROP TRIGGER {name} ON {table}" for table, name in POSTGRESQL),
        *(f"DROP FUNCTION {name}()" for name in FUNCTIONS),
    ),
}


def forwards(_apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def backwards(_apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]

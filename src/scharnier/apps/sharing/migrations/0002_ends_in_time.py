# SPDX-License-Identifier: EUPL-1.2
"""Hold the length of a sharing: a year at most, three hours for an emergency; locks sharing_sharing."""

from django.db import migrations

YEAR_SECONDS, EMERGENCY_SECONDS = 366 * 24 * 3600, 3 * 3600
SQLITE = """
    CREATE TRIGGER sharing_ends_in_time_{name} BEFORE {verb} ON sharing_sharing
    WHEN strftime('%s', NEW.ends_at) - strftime('%s', NEW.starts_at) > {year}
      OR (NEW.purpose = 'emergency'
          AND strftime('%s', NEW.ends_at) - strftime('%s', NEW.starts_at) <> {emergency})
    BEGIN SELECT RAISE(ABORT, 'CHECK constraint failed: sharing_ends_in_time'); END"""
POSTGRESQL = """
    ALTER TABLE sharing_sharing ADD CONSTRAINT sharing_ends_in_time CHECK (
      ends_at - starts_at <= make_interval(secs => {year})
      AND (purpose <> 'emergency' OR ends_at - starts_at = make_interval(secs => {emergency})))"""
LENGTHS = {"year": YEAR_SECONDS, "emergency": EMERGENCY_SECONDS}
FORWARDS = {
    "sqlite": tuple(SQLITE.format(name=verb.lower(), verb=verb, **LENGTHS) for verb in ("INSERT", "UPDATE")),
    "postgresql": (POSTGRESQL.format(**LENGTHS),),
}
BACKWARDS = {
    "sqlite": tuple(f"DROP TRIGGER sharing_ends_in_time_{verb}" for verb in ("insert", "update")),
    "postgresql": ("ALTER TABLE sharing_sharing DROP CONSTRAINT sharing_ends_in_time",),
}


def forwards(_apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def backwards(_apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("sharing", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]

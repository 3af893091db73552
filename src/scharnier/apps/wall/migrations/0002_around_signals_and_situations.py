# SPDX-License-Identifier: EUPL-1.2
"""Raise the wall around signals and situations, as the first migration does around what was there before.

On PostgreSQL only. Locks each table for a moment. A new table of these two is one more line, with the migration
that makes it among the dependencies, until a version is released; after that it has a migration of its own.
"""

from django.db import migrations

NETWORK = "(SELECT nullif(current_setting('scharnier.network', true), ''))"  # once a query, not once a row
CHILD = "EXISTS (SELECT 1 FROM {parent} parent WHERE parent.id = {column})"

OWN = (  # tables that say of which network a row is
    "signals_signal",
    "signals_match",
    "signals_reception",
    "signals_count",
    "situations_action",
    "situations_agreement",
    "situations_bundlepartner",
    "situations_evaluation",
    "situations_found",
    "situations_indicator",
    "situations_invitation",
    "situations_mapmonth",
    "situations_meeting",
    "situations_reading",
    "situations_recheck",
    "situations_result",
    "situations_room",
    "situations_scananswer",
    "situations_scanground",
    "situations_scanrun",
    "situations_score",
    "situations_situation",
    "situations_status",
    "situations_storyline",
    "situations_template",
)
CHILDREN = {  # tables whose rows go with a row of another: that table, and the column that names it
    "signals_side": ("signals_match", "match_id"),
}
WALLS = {
    **dict.fromkeys(OWN, f"network_id = {NETWORK}"),
    **{table: CHILD.format(parent=parent, column=column) for table, (parent, column) in CHILDREN.items()},
}

FORWARDS = (
    *(f"CREATE POLICY wall ON {table} USING ({condition})" for table, condition in WALLS.items()),
    *(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY" for table in WALLS),
)
BACKWARDS = (
    *(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY" for table in WALLS),
    *(f"DROP POLICY wall ON {table}" for table in WALLS),
)


def forwards(_apps, schema_editor):
    for statement in FORWARDS if schema_editor.connection.vendor == "postgresql" else ():
        schema_editor.execute(statement, params=None)


def backwards(_apps, schema_editor):
    for statement in BACKWARDS if schema_editor.connection.vendor == "postgresql" else ():
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("signals", "0001_initial"),
        ("situations", "0003_maps_of_months"),
        ("wall", "0001_raise_the_wall"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]

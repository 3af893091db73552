# SPDX-License-Identifier: EUPL-1.2
"""An outline may have holes and lie in pieces; rewrites the areas that have one, and locks their table for a moment.

Backwards, the first piece without its holes stays. On PostgreSQL the wall holds back the role that owns the
table too, so it is let through while it rewrites; where no wall stands yet, that says nothing.
"""

from django.db import migrations

BATCH_ROWS = 200


def let_owner_through(_apps, editor):
    """Show the owner of the table the areas of every network."""
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE people_area NO FORCE ROW LEVEL SECURITY")


def hold_owner_back(_apps, editor):
    """Show the owner of the table what everybody sees."""
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE people_area FORCE ROW LEVEL SECURITY")


def in_pieces(apps, editor):
    """Make one piece of each ring."""
    areas = apps.get_model("people", "Area").objects.using(editor.connection.alias)
    rows = [row for row in areas.order_by("pk") if row.outline]
    for row in rows:
        row.outline = [[row.outline]]
    areas.bulk_update(rows, ["outline"], batch_size=BATCH_ROWS)


def in_one_ring(apps, editor):
    """Keep the first ring."""
    areas = apps.get_model("people", "Area").objects.using(editor.connection.alias)
    rows = [row for row in areas.order_by("pk") if row.outline]
    for row in rows:
        row.outline = row.outline[0][0]
    areas.bulk_update(rows, ["outline"], batch_size=BATCH_ROWS)


class Migration(migrations.Migration):
    dependencies = [("people", "0006_sight")]

    operations = [
        migrations.RunPython(let_owner_through, hold_owner_back),
        migrations.RunPython(in_pieces, in_one_ring),
        migrations.RunPython(hold_owner_back, let_owner_through),
    ]

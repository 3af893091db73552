# SPDX-License-Identifier: EUPL-1.2
"""More reasons to decline, no capacity instead of no time, and whom a decline named.

Backwards, not eligible and other become a decline without a reason. Locks people_outcome while it rewrites
the rows that say no time.
"""

import django.db.models.deletion
from django.db import migrations, models

KNOWN = [
    *("", "not_my_remit", "not_my_area", "no_capacity", "conflict", "already_known"),
    *("not_eligible", "other"),
]


def say_capacity(apps, editor):
    """Call no time no capacity."""
    outcomes = apps.get_model("people", "Outcome").objects.using(editor.connection.alias)
    outcomes.filter(reason="no_time").update(reason="no_capacity")


def say_time(apps, editor):
    """Call no capacity no time again; what was not known before loses its reason."""
    outcomes = apps.get_model("people", "Outcome").objects.using(editor.connection.alias)
    outcomes.filter(reason="no_capacity").update(reason="no_time")
    outcomes.filter(reason__in=["not_eligible", "other"]).update(reason="")


class Migration(migrations.Migration):
    dependencies = [("people", "0004_import_draft")]

    operations = [
        migrations.RemoveConstraint(model_name="outcome", name="people_outcome_reason_known"),
        migrations.RunPython(say_capacity, say_time),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                name="people_outcome_reason_known", condition=models.Q(("reason__in", KNOWN))
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="rather_person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="rather_organization",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.organization",
            ),
        ),
    ]

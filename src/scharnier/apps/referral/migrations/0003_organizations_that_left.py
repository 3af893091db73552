# SPDX-License-Identifier: EUPL-1.2
"""A turn outlives the organization that was asked in it: the identifier and the name stay.

Backwards, turns of organizations that have left must have gone. Locks referral_turn while it writes the names.
"""

import django.db.models.deletion
from django.db import migrations, models


def write_names(apps, editor):
    """Write down who was asked, network by network, since the wall shows one at a time."""
    alias, on_postgresql = editor.connection.alias, editor.connection.vendor == "postgresql"
    if on_postgresql:
        editor.execute("SELECT set_config('scharnier.pass', 'networks', true)")
    organizations = apps.get_model("people", "Organization").objects.using(alias)
    asked = organizations.filter(pk=models.OuterRef("organization"))
    for network in list(apps.get_model("people", "Network").objects.using(alias).order_by("pk")):
        if on_postgresql:
            editor.execute("SELECT set_config('scharnier.network', %s, true)", [network.pk])
        found = apps.get_model("referral", "Turn").objects.using(alias).filter(network=network)
        found.filter(organization__isnull=False).update(
            organization_text_id=models.Subquery(asked.values("text_id")),
            organization_name=models.Subquery(asked.values("name")),
        )


class Migration(migrations.Migration):
    dependencies = [("people", "0005_reasons_to_decline"), ("referral", "0002_links")]

    operations = [
        migrations.RemoveConstraint(model_name="turn", name="referral_turn_of_a_party"),
        migrations.AddField(
            model_name="turn",
            name="organization_text_id",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="turn",
            name="organization_name",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.RunPython(write_names, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="turn",
            name="organization",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="people.organization",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                name="referral_turn_of_a_party",
                condition=models.Q(
                    models.Q(("person_text_id", ""), _negated=True),
                    models.Q(("organization_text_id", ""), _negated=True),
                    _connector="OR",
                ),
            ),
        ),
    ]

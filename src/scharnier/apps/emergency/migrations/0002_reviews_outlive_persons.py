# SPDX-License-Identifier: EUPL-1.2
"""A review stays to be judged when who opened the card, or whose it is, is erased.

Backwards, such reviews must have gone. Locks emergency_review while it writes whose card was opened.
"""

import django.db.models.deletion
from django.db import migrations, models


def write_whose(apps, editor):
    """Write down whose card was opened, network by network, since the wall shows one at a time."""
    alias, on_postgresql = editor.connection.alias, editor.connection.vendor == "postgresql"
    if on_postgresql:
        editor.execute("SELECT set_config('scharnier.pass', 'networks', true)")
    shared = apps.get_model("sharing", "Sharing").objects.using(alias).filter(pk=models.OuterRef("sharing"))
    for network in list(apps.get_model("people", "Network").objects.using(alias).order_by("pk")):
        if on_postgresql:
            editor.execute("SELECT set_config('scharnier.network', %s, true)", [network.pk])
        found = apps.get_model("emergency", "Review").objects.using(alias).filter(network_id=network.pk)
        found.update(person_text_id=models.Subquery(shared.values("person_id")))


class Migration(migrations.Migration):
    dependencies = [("emergency", "0001_initial"), ("people", "0005_reasons_to_decline")]

    operations = [
        migrations.AddField(
            model_name="review",
            name="person_text_id",
            field=models.TextField(default=""),
            preserve_default=False,
        ),
        migrations.RunPython(write_whose, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="review",
            name="sharing",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="review",
                to="sharing.sharing",
            ),
        ),
    ]

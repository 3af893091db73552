# SPDX-License-Identifier: EUPL-1.2
"""Turns that were stored keep who was asked when that comes to be written down beside them."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from scharnier.apps.people.models import Network
from scharnier.apps.referral import models
from tests.integration.apps.referral_scenes import store_turns


def asked():
    return set(models.Turn.objects.values_list("pk", "organization_text_id", "organization_name"))


@pytest.mark.django_db(transaction=True)
class TestMigration:
    def test_writes_down_who_was_asked(self):
        network = Network.objects.create(id="stil", name="Stil")
        for text_id in ("schuldhulp", "jongerenwerk"):
            network.organizations.create(text_id=text_id, name=text_id.capitalize())
        store_turns(network)
        before = asked()

        call_command("migrate", "referral", "0002", verbosity=0)
        call_command("migrate", verbosity=0)

        assert asked() == before
        assert {name for *_, name in before} == {"Schuldhulp", "Jongerenwerk"}

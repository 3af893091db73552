# SPDX-License-Identifier: EUPL-1.2
"""Rows that were stored keep what they say when the words for it change."""

from __future__ import annotations

import json

import pytest
from django.core.management import call_command
from django.db import connection

from scharnier.apps.people import models
from scharnier.core.referral import Reason, Response
from tests.factories import DAY

NEW = {Reason.NOT_ELIGIBLE, Reason.OTHER}


def store_one_for_each_reason():
    network = models.Network.objects.create(id="kruisveld", name="Kruisveld")
    desk = models.Organization.objects.create(network=network, text_id="desk", name="Desk")
    models.Outcome.objects.bulk_create(
        models.Outcome(
            network=network,
            organization=desk,
            text="schulden",
            response=Response.DECLINED.value,
            reason=reason.value,
            happened_date=DAY,
        )
        for reason in Reason
    )


def stored_reasons():
    return list(models.Outcome.objects.order_by("pk").values_list("reason", flat=True))


def migrate(name):
    call_command("migrate", "people", name, verbosity=0)


@pytest.mark.django_db(transaction=True)
class TestReasonsToDecline:
    def test_go_back_and_forth_but_for_those_that_were_not_known(self):
        store_one_for_each_reason()

        migrate("0004")
        try:
            before = stored_reasons()
        finally:
            call_command("migrate", verbosity=0)  # all that was built on it too

        known = ["" if reason in NEW else reason.value for reason in Reason]
        assert before == [reason.replace("capacity", "time") for reason in known]
        assert stored_reasons() == known


@pytest.mark.django_db(transaction=True)
class TestOutlines:
    def test_go_back_and_forth_but_for_holes_and_pieces_apart(self):
        ring, hole = [[5.0, 52.0], [5.1, 52.0], [5.1, 52.1], [5.0, 52.0]], [[5.06, 52.02]] * 4
        network = models.Network.objects.create(id="kruisveld", name="Kruisveld")
        for number, outline in enumerate(([[ring]], [[ring, hole], [hole]], [])):
            models.Area.objects.create(
                network=network, text_id=str(number), name="A", kind="street", outline=outline
            )

        migrate("0006")
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT outline FROM people_area ORDER BY id")
                before = [json.loads(outline) for (outline,) in cursor.fetchall()]
        finally:
            call_command("migrate", verbosity=0)

        assert before == [ring, ring, []]
        after = list(models.Area.objects.order_by("pk").values_list("outline", flat=True))
        assert after == [[[ring]], [[ring]], []]

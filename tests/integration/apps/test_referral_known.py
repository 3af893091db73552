# SPDX-License-Identifier: EUPL-1.2
"""A referral of a file that came in before is known again by what its source calls it: nothing is doubled."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction

from scharnier.apps.referral import models, services
from scharnier.formats import fhir_referral
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import JOKE, NOOR, RIA, ROLES

pytestmark = pytest.mark.django_db
AT = {"on": DAY, "at": NOON}
INTO = "/api/v1/referrals/fhir"


@pytest.fixture(autouse=True)
def _kruisveld(settings):
    settings.DAY = DAY
    settings.ADDRESS = "https://kruisveld.example.org"
    scenes.settle()


def a_file(*names, system="https://example.org/zaken"):
    """Return a file in which another system tells of referrals, each under a name of its own."""
    entries = []
    for name in names or ("Z-1",):
        made = scenes.sent(scenes.an_organization_of())
        data = services.export_referral(made, with_text=True, language="nl", actor=NOOR, **AT)
        told = json.loads(data)["entry"]
        for entry in told:
            if entry["resource"]["resourceType"] == "ServiceRequest":
                entry["resource"]["identifier"] = [{"system": system, "value": name}]
        entries += told
    models.Referral.objects.all().delete()
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def take_in(data, *, actor=NOOR):
    return services.import_referrals(data, actor=actor, **AT)


class TestImport:
    def test_knows_again_what_came_in_before(self):
        data = a_file()
        first = take_in(data)

        second = take_in(data)

        assert (len(first.made), first.known) == (1, ())
        assert (second.made, second.known) == ((), first.made)
        assert models.Referral.objects.count() == 1

    def test_makes_what_is_new_in_a_file_that_grew(self):
        grown = a_file("Z-1", "Z-2")
        whole = json.loads(grown)
        half = whole | {"entry": whole["entry"][: len(whole["entry"]) // 2]}
        first = take_in(json.dumps(half).encode())

        second = take_in(grown)

        assert (len(second.made), second.known) == (1, first.made)

    def test_takes_the_same_name_of_another_source_as_another(self):
        data = a_file()
        other = data.replace(b"https://example.org/zaken", b"https://example.com/zaken")

        taken = [take_in(each) for each in (data, other)]

        assert [len(each.made) for each in taken] == [1, 1]

    def test_doubles_nothing_within_one_file(self):
        taken = take_in(a_file("Z-1", "Z-1"))

        assert (len(taken.made), taken.known) == (1, taken.made)

    def test_tells_nobody_of_a_draft_that_is_not_theirs(self):
        data = a_file()
        take_in(data, actor=RIA)

        taken = take_in(data, actor=JOKE)

        assert (len(taken.made), taken.known) == (1, ())

    def test_keeps_nothing_of_the_name_itself(self):
        take_in(a_file("BSN-111222333"))

        row = models.Referral.objects.get()
        assert "111222333" not in row.source_digest
        assert len(row.source_digest) == 64

    def test_leaves_all_as_it_was_when_one_is_wrong(self):
        good = json.loads(a_file("Z-1", "Z-2"))
        requests = [one for one in good["entry"] if one["resource"]["resourceType"] == "ServiceRequest"]
        requests[1]["resource"]["note"] = [{"text": "Bel 06 12345678"}]

        with pytest.raises(fhir_referral.MalformedReferrals):
            take_in(json.dumps(good).encode())

        assert not models.Referral.objects.exists()

    def test_is_held_to_once_by_the_database_too(self):
        take_in(a_file("Z-1", "Z-2"))
        one, two = models.Referral.objects.order_by("pk")

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Referral.objects.filter(pk=one.pk).update(source_digest=two.source_digest)


class TestApi:
    def test_says_so_and_leads_to_it(self, sign_in):
        client, data = sign_in("noor", role=ROLES["noor"]), a_file()

        first = client.post(INTO, data, content_type="application/fhir+json")
        second = client.post(INTO, data, content_type="application/fhir+json")

        assert (first.status_code, second.status_code) == (201, 200)
        (made,) = first.json()["referral_ids"]
        assert second.json()["referral_ids"] == []
        (known,) = second.json()["known"]
        assert (known["referral_id"], known["said"]) == (
            made,
            "Deze doorverwijzing kwam al eerder binnen. Je vindt haar op haar pagina.",
        )
        assert known["address"] == f"https://kruisveld.example.org/referrals/{made}/"

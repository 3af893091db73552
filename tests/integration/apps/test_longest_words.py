# SPDX-License-Identifier: EUPL-1.2
"""What somebody writes may be as long everywhere; more is refused with both lengths, and is not lost."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.urls import reverse

from scharnier.apps.open311 import services as reporting
from scharnier.apps.open311.models import Report
from scharnier.apps.referral import models, services
from scharnier.core import text
from scharnier.core.kernel import OrganizationId
from scharnier.formats import fhir_referral, wording
from tests.factories import DAY, NOON
from tests.integration.apps import letters_scenes as letters
from tests.integration.apps import open311_scenes as reports
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import KAREL, NOOR, RIA, ROLES

pytestmark = pytest.mark.django_db
AT = {"on": DAY, "at": NOON}
FITS = ("Er is ruzie op het plein. " * 100)[: text.LONGEST_WORDS - 1] + "."
TOO_LONG = f"{FITS} En zo verder."
SENTENCE = f"Je schreef {len(TOO_LONG)} tekens; er passen er {text.LONGEST_WORDS}."


@pytest.fixture(autouse=True)
def _kruisveld(settings):
    settings.DAY = DAY
    reports.settle()


class TestForm:
    @pytest.fixture
    def taken_on(self):
        made = scenes.sent()
        (turn_id,) = scenes.turns_of(made)
        services.accept(turn_id, actor=KAREL, **AT)
        return reverse("referral:step", args=[made, turn_id, "complete"])

    def test_takes_what_fits(self, taken_on, sign_in):
        answer = sign_in("karel", role=ROLES["karel"]).post(taken_on, {"result": FITS})

        assert answer.status_code == 302
        assert models.Event.objects.get(step="complete").words == FITS

    def test_says_both_lengths_and_keeps_what_was_typed(self, taken_on, sign_in):
        answer = sign_in("karel", role=ROLES["karel"]).post(taken_on, {"result": TOO_LONG})

        assert answer.status_code == 422
        assert SENTENCE in answer.text
        assert TOO_LONG in answer.text
        assert not models.Event.objects.filter(step="complete").exists()

    def test_of_a_new_referral_takes_as_much(self, sign_in):
        client = sign_in("noor", role=ROLES["noor"])
        said = {
            "to": "person:karel",
            "about": "problem",
            "way": "directly",
            "key": str(uuid4()),
            "keep": "yes",
        }

        fits = client.post(reverse("referral:new"), said | {"text": FITS})
        refused = client.post(reverse("referral:new"), said | {"text": TOO_LONG})

        assert (fits.status_code, refused.status_code) == (302, 422)
        assert SENTENCE in refused.text
        assert TOO_LONG in refused.text
        assert models.Referral.objects.get().text == FITS


class TestLink:
    def test_takes_as_much(self):
        letters.settle()
        turn_id = letters.a_turn(letters.PIET)
        token = letters.token_to("piet@example.org")
        address = reverse("referral_link:link_step", args=[token, "decline"])

        refused = letters.a_stranger().post(address, {"reason": "other", "words": TOO_LONG})
        taken = letters.a_stranger().post(address, {"reason": "other", "words": FITS})

        assert (refused.status_code, taken.status_code) == (422, 200)
        assert SENTENCE in refused.text
        assert models.Event.objects.get(turn=turn_id, step="decline").words == FITS


class TestFile:
    @staticmethod
    def a_file(words):
        made = scenes.sent(scenes.an_organization_of())
        data = services.export_referral(made, with_text=True, language="nl", actor=NOOR, **AT)
        return data.replace(scenes.WORDS.encode(), words.encode())

    def test_takes_as_much(self):
        (made,) = services.import_referrals(self.a_file(FITS), actor=NOOR, **AT).made

        assert models.Referral.objects.get(pk=made).text == FITS

    def test_says_both_lengths(self):
        with pytest.raises(fhir_referral.MalformedReferrals) as refused:
            services.import_referrals(self.a_file(TOO_LONG), actor=NOOR, **AT)

        (fault,) = refused.value.faults
        said = wording.say_error(fault, language="nl")
        assert f"{len(TOO_LONG)} tekens; er passen er {text.LONGEST_WORDS}" in said

    def test_says_so_through_the_api(self, sign_in):
        data = self.a_file(TOO_LONG)

        answer = sign_in("noor", role=ROLES["noor"]).post(
            "/api/v1/referrals/fhir", data, content_type="application/fhir+json"
        )

        assert answer.status_code == 422
        assert str(len(TOO_LONG)) in json.dumps(json.loads(answer.content))


class TestReport:
    def test_that_is_too_long_waits_whole_for_a_coordinator(self):
        reports.offer(to="schuldhulp")

        reports.receive(reports.a_key(), description=TOO_LONG)

        report = reports.the_report()
        assert (report.referral, report.text) == (None, TOO_LONG)

    def test_is_brought_once_it_was_shortened(self):
        reports.offer()
        report_id = reports.receive(reports.a_key(), description=TOO_LONG)
        to = OrganizationId("schuldhulp")
        said = reporting.words_of(reports.the_report())

        with pytest.raises(text.TextTooLong):
            reporting.bring(report_id, text=said, organization_id=to, actor=RIA, **AT)
        assert Report.objects.get().text == TOO_LONG
        reporting.bring(report_id, text=FITS, organization_id=to, actor=RIA, **AT)

        assert models.Referral.objects.get().text == FITS

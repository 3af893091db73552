# SPDX-License-Identifier: EUPL-1.2
"""Referrals handed to another system as FHIR, and taken in from one: no persons, all of a file or none."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.referral import models, selectors, services
from scharnier.apps.referral.access import MayNotRefer, ReferralNotFound
from scharnier.core.kernel import AreaId, ReferralId, TopicId
from scharnier.core.referral import About
from scharnier.formats import fhir_referral
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import BAS, KAREL, NOOR, RIA, ROLES, VERA, WIM, WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
INTO = "/api/v1/referrals/fhir"
BSN = "Het gaat om BSN 111222333."


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def as_(sign_in):
    return lambda name: sign_in(name, role=ROLES[name])


def asked_desk(**parts):
    """Let Noor ask the debt desk something in the north."""
    about = {"area_id": AreaId("noord"), "topics": frozenset({TopicId("debt")})}
    return scenes.sent(scenes.an_organization_of(), **about, **parts)


def exported(referral_id, *, actor=NOOR, with_text=False):
    return services.export_referral(
        referral_id, with_text=with_text, language="nl", actor=actor, on=DAY, at=NOON
    )


def imported(data, *, actor=NOOR):
    return services.import_referrals(data, actor=actor, on=DAY, at=NOON).made


def a_file(referral_id=None):
    return exported(referral_id or asked_desk(), with_text=True)


def changed(data, number, **elements):
    """Return a file with elements of one resource replaced; what is None goes."""
    bundle = json.loads(data)
    resource = bundle["entry"][number]["resource"] | elements
    bundle["entry"][number]["resource"] = {name: one for name, one in resource.items() if one is not None}
    return json.dumps(bundle).encode()


def joined(*files):
    entries = [entry for data in files for entry in json.loads(data)["entry"]]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}).encode()


def from_(referral_id, **asked):
    return reverse("api:referral_fhir", args=[referral_id]), asked


def the_events(act):
    return list(AuditEvent.objects.filter(act=act).order_by("pk"))


def faults_of(data, *, actor=NOOR):
    with pytest.raises(fhir_referral.MalformedReferrals) as caught:
        imported(data, actor=actor)
    return caught.value.faults


class TestExportReferral:
    def test_names_the_organization_and_no_person_and_no_words(self):
        text = exported(asked_desk()).decode()

        assert "Schuldhulp" in text
        assert '"noor"' not in text.casefold()
        assert WORDS not in text

    def test_gives_the_words_to_who_wrote_them(self):
        assert WORDS in exported(asked_desk(), with_text=True).decode()

    @pytest.mark.parametrize("actor", [RIA, KAREL], ids=["the coordinator", "who is asked"])
    def test_gives_the_words_to_nobody_else(self, actor):
        made = asked_desk()

        with pytest.raises((services.NotYourWords, ReferralNotFound)):
            exported(made, actor=actor, with_text=True)

        assert the_events("referral.exported") == []

    @pytest.mark.parametrize("actor", [BAS, KAREL, VERA], ids=["a stranger", "who is asked", "elsewhere"])
    def test_answers_who_does_not_see_the_whole_as_if_it_were_not_there(self, actor):
        with pytest.raises(ReferralNotFound):
            exported(asked_desk(), actor=actor)

    def test_lets_no_referral_about_a_resident_out(self):
        made = scenes.sent(
            scenes.an_organization_of(),
            about=About.RESIDENT,
            purpose="hulp bij schulden",
            consented_on=DAY,
        )

        with pytest.raises(fhir_referral.AboutResident):
            exported(made)

    def test_puts_on_record_who_took_it_out_and_whether_with_words(self):
        made = asked_desk()

        exported(made)
        exported(made, with_text=True)

        plain, worded = the_events("referral.exported")
        assert (plain.actor_id, plain.object_id, json.loads(plain.facts)) == (
            "noor",
            made,
            {"form": "fhir", "text": "no"},
        )
        assert json.loads(worded.facts)["text"] == "yes"

    def test_costs_the_same_however_many_people_there_are(self, django_assert_max_num_queries):
        made = asked_desk()

        with django_assert_max_num_queries(24):
            exported(made)


class TestImportReferrals:
    def test_makes_a_draft_of_the_actor_with_what_the_file_says(self):
        (made,) = imported(a_file(), actor=RIA)

        found = scenes.whole(made)
        (handling,) = found.handlings
        assert (found.text, found.area_id, found.topics) == (WORDS, "noord", {"debt"})
        assert (handling.turn.state, handling.turn.candidate.organization_id) == ("draft", "schuldhulp")
        assert found.sender.person_id == "ria"

    def test_asks_nobody_before_the_actor_sends_it(self):
        (made,) = imported(a_file())

        assert not models.Turn.objects.filter(referral_id=made, requested_at__isnull=False).exists()

    def test_leaves_what_came_of_it_elsewhere_there(self):
        done = scenes.done(scenes.an_organization_of())

        (made,) = imported(a_file(done))

        found = scenes.whole(made)
        assert [turn.state for turn in found.chain.turns] == ["draft"]
        assert found.outcome_told_at is None
        assert found.handlings[0].result == ""

    def test_takes_the_last_round_of_several(self):
        made = asked_desk()
        (turn,) = scenes.turns_of(made)
        no = services.Decline(reason=scenes.referral.Reason.NO_CAPACITY)
        services.decline(turn, no, actor=KAREL, on=DAY, at=NOON)
        services.ask_next(made, (scenes.an_organization_of("jongerenwerk"),), actor=NOOR, on=DAY, at=NOON)

        (again,) = imported(a_file(made))

        (handling,) = scenes.whole(again).handlings
        assert handling.turn.candidate.organization_id == "jongerenwerk"

    def test_keeps_the_service_that_was_asked(self):
        (made,) = imported(a_file(scenes.sent(scenes.a_service_of())))

        assert scenes.whole(made).handlings[0].service_id == "spreekuur"

    def test_brings_several_in_the_order_of_the_file(self):
        first, second = asked_desk(), scenes.sent(scenes.an_organization_of("jongerenwerk"))

        made = imported(joined(a_file(first), a_file(second)))

        asked = [scenes.whole(one).handlings[0].turn.candidate.organization_id for one in made]
        assert asked == ["schuldhulp", "jongerenwerk"]

    def test_puts_each_on_record(self):
        (made,) = imported(a_file())

        (event,) = the_events("referral.imported")
        assert (event.actor_id, event.object_id, json.loads(event.facts)) == ("noor", made, {"form": "fhir"})

    @pytest.mark.parametrize("actor", [WIM], ids=["a researcher"])
    def test_is_for_who_may_refer(self, actor):
        data = a_file()

        with pytest.raises(MayNotRefer):
            imported(data, actor=actor)

    def test_brings_nothing_when_one_of_them_is_wrong(self):
        good, other = a_file(), a_file(scenes.sent(scenes.an_organization_of("jongerenwerk")))
        data = changed(joined(good, other), 2, note=None)
        before = models.Referral.objects.count()

        (fault,) = faults_of(data)

        assert fault.facts["place"] == "entry[2].resource"
        assert models.Referral.objects.count() == before
        assert the_events("referral.imported") == []

    def test_names_every_fault_at_once(self):
        data = changed(changed(joined(a_file(), a_file()), 0, note=None), 2, note=None)

        assert [fault.facts["place"] for fault in faults_of(data)] == [
            "entry[0].resource",
            "entry[2].resource",
        ]

    def test_takes_no_words_about_one_person(self):
        (fault,) = faults_of(changed(a_file(), 0, note=[{"text": BSN}]))

        assert isinstance(fault, fhir_referral.PersonalText)
        assert fault.facts["place"] == "entry[0].resource.note"

    def test_takes_no_file_that_asks_a_person(self):
        data = exported(scenes.sent(), with_text=True)

        (fault,) = faults_of(data)

        assert isinstance(fault, fhir_referral.PersonInside)

    def test_takes_no_organization_that_is_not_there(self):
        (fault,) = faults_of(changed(a_file(), 1, owner={"display": "Gemeente Elders"}))

        assert isinstance(fault, fhir_referral.UnknownReference)
        assert fault.facts == {"place": "entry[1].resource.owner", "name": "Gemeente Elders"}

    def test_says_that_a_file_holds_no_referral(self):
        with pytest.raises(services.NothingToImport):
            imported(b'{"resourceType": "Bundle", "entry": []}')

    def test_takes_a_file_of_many_in_parts(self):
        value = scenes.whole(asked_desk())
        values = [replace(value, id=ReferralId(f"r{number}")) for number in range(51)]
        within = selectors.read_bodies(NOOR)
        data = fhir_referral.write_referrals(values, within=within, language="nl", with_text=True)

        with pytest.raises(services.TooManyToImport):
            imported(data)

        assert models.Referral.objects.count() == 1


class TestApi:
    def test_gives_the_bundle(self, as_):
        address, asked = from_(asked_desk())

        answer = as_("noor").get(address, asked)

        assert answer.status_code == 200
        assert answer["content-type"] == "application/fhir+json"
        assert answer.json()["resourceType"] == "Bundle"

    def test_gives_the_words_when_asked(self, as_):
        address, asked = from_(asked_desk(), with_text="yes")

        assert WORDS in as_("noor").get(address, asked).text

    @pytest.mark.parametrize(
        ("name", "status"), [("ria", 403), ("karel", 404), ("bas", 404)], ids=["ria", "karel", "bas"]
    )
    def test_refuses_the_words_to_others(self, as_, name, status):
        address, asked = from_(asked_desk(), with_text="yes")

        answer = as_(name).get(address, asked)

        assert answer.status_code == status
        assert answer["content-type"] == "application/problem+json"

    def test_needs_a_session(self, client):
        address, asked = from_(asked_desk())

        assert client.get(address, asked).status_code == 401

    def test_answers_that_a_resident_stays_inside(self, as_):
        made = scenes.sent(
            scenes.an_organization_of(), about=About.RESIDENT, purpose="schulden", consented_on=DAY
        )
        address, asked = from_(made)

        assert as_("noor").get(address, asked).status_code == 409

    def test_takes_a_file_in(self, as_):
        data = a_file()

        answer = as_("ria").post(INTO, data, content_type="application/fhir+json")

        assert answer.status_code == 201
        (made,) = answer.json()["referral_ids"]
        assert scenes.whole(made).sender.person_id == "ria"

    def test_points_at_each_fault(self, as_):
        data = changed(a_file(), 0, note=[{"text": BSN}])

        answer = as_("noor").post(INTO, data, content_type="application/fhir+json")

        assert answer.status_code == 422
        problem = answer.json()
        assert problem["type"].endswith("fhir_referral.malformed")
        (error,) = problem["errors"]
        assert error["pointer"] == "#/entry/0/resource/note"
        assert "gegevens van een persoon" in error["detail"]

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'"Bundle"', b"[]", b'{"resourceType": "Patient"}'])
    def test_says_that_it_is_no_bundle(self, as_, body):
        answer = as_("noor").post(INTO, body, content_type="application/fhir+json")

        assert answer.status_code == 422
        assert answer.json()["type"].endswith("fhir_referral.not_a_bundle")

    def test_is_for_who_may_refer(self, as_):
        data = a_file()

        answer = as_("wim").post(INTO, data, content_type="application/fhir+json")

        assert answer.status_code == 403


class TestPage:
    def test_offers_the_file_to_who_sees_the_whole(self, as_):
        made = asked_desk()
        address, _ = from_(made)
        page = reverse("referral:referral", args=[made])

        assert address in as_("noor").get(page).text
        assert "with_text=yes" in as_("noor").get(page).text
        assert address not in as_("karel").get(page).text

    def test_offers_nothing_of_a_resident(self, as_):
        made = scenes.sent(
            scenes.an_organization_of(), about=About.RESIDENT, purpose="schulden", consented_on=DAY
        )

        assert from_(made)[0] not in as_("noor").get(reverse("referral:referral", args=[made])).text

    def test_offers_the_words_to_who_wrote_them_only(self, as_):
        made = asked_desk()

        assert "with_text" not in as_("ria").get(reverse("referral:referral", args=[made])).text

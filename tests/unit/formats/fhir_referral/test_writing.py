# SPDX-License-Identifier: EUPL-1.2
"""A referral as HL7 says a Bundle of ServiceRequests and Tasks has to be.

The shapes are checked with `fhir.resources`, in its release R4B: ServiceRequest and Task in it are those of
R4 (R4B changed evidence, subscriptions and medication only).
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.servicerequest import ServiceRequest
from fhir.resources.R4B.task import Task

from scharnier.core.kernel import ResidentGroupId
from scharnier.core.referral import About, Reason, State
from scharnier.formats import fhir_referral
from tests.unit.formats.fhir_referral.scenes import (
    ALONE,
    CHOIR,
    MONDAY,
    SAMIRA,
    a_handling,
    a_referral,
    a_whole_referral,
    after,
    completed,
    declined,
    resources,
    until,
    write,
)

R4_STATUSES = {  # hl7.org/fhir/R4/valueset-task-status.html, which the library does not check
    "draft",
    "requested",
    "received",
    "accepted",
    "rejected",
    "ready",
    "cancelled",
    "in-progress",
    "on-hold",
    "failed",
    "completed",
    "entered-in-error",
}
SCENES = [
    a_referral(),
    a_whole_referral(),
    a_referral(a_handling(State.UNANSWERED, requested_at=MONDAY, ended_at=after(14))),
    a_referral(declined(candidate=CHOIR), sender=ALONE),
    a_referral(a_handling(State.FAILED, words="niemand thuis"), given_up_at=after(3), cause="het lukt niet"),
    a_referral(about=About.GROUP, resident_group_id=ResidentGroupId("jongeren")),
]


def _only_task(*handlings, **parts):
    return resources(write(a_referral(*handlings), **parts))[1]


def _outputs(task):
    return {one["type"]["coding"][0]["code"]: one for one in task.get("output", [])}


def _empty_parts(value):
    if isinstance(value, dict | list):
        inner = value.values() if isinstance(value, dict) else value
        return not value or any(map(_empty_parts, inner))
    return value == "" or value is None


class TestWriteReferrals:
    @pytest.mark.parametrize("value", SCENES)
    @pytest.mark.parametrize("with_text", [True, False])
    def test_keeps_to_the_specification(self, value, with_text):
        data = write(value, with_text=with_text)

        Bundle.model_validate_json(data)
        request, *tasks = resources(data)
        ServiceRequest.model_validate(request)
        for task in tasks:
            Task.model_validate(task)
            assert task["status"] in R4_STATUSES

    def test_is_refused_by_that_check_when_an_element_is_not_of_fhir(self):
        request = {**resources(write(a_referral()))[0], "urgency": "high"}

        with pytest.raises(ValueError, match="urgency"):
            ServiceRequest.model_validate(request)

    @pytest.mark.parametrize("value", SCENES)
    def test_has_no_empty_parts(self, value):
        assert not _empty_parts(json.loads(write(value, with_text=False)))

    def test_is_a_bundle_without_entries_when_there_is_nothing(self):
        assert json.loads(write()) == {"resourceType": "Bundle", "type": "collection"}

    def test_has_one_task_for_each_turn_that_belongs_to_the_request(self):
        entries = json.loads(write(a_whole_referral()))["entry"]

        kinds = [entry["resource"]["resourceType"] for entry in entries]
        assert kinds == ["ServiceRequest", "Task", "Task"]
        for entry in entries[1:]:
            assert entry["resource"]["focus"] == {"reference": entries[0]["fullUrl"]}
            assert entry["resource"]["basedOn"] == [{"reference": entries[0]["fullUrl"]}]
        assert len({entry["fullUrl"] for entry in entries}) == 3

    def test_writes_the_same_bytes_for_the_same_referral(self):
        assert write(a_whole_referral()) == write(a_whole_referral())

    def test_tells_rounds_apart(self):
        _, first, second, third = resources(
            write(
                a_referral(
                    a_handling(number=1, round_=1),
                    a_handling(number=2, round_=1),
                    a_handling(number=3, round_=2),
                )
            )
        )

        groups = [task["groupIdentifier"]["value"] for task in (first, second, third)]
        assert groups == ["r-1/1", "r-1/1", "r-1/2"]

    @pytest.mark.parametrize("state", State)
    def test_has_a_status_for_each_state(self, state):
        task = _only_task(a_handling(state))

        expected = "requested" if state is State.UNANSWERED else state.value
        assert task["status"] == expected
        assert ("businessStatus" in task) is (state is State.UNANSWERED)

    def test_says_that_a_turn_stayed_without_an_answer(self):
        coding = _only_task(a_handling(State.UNANSWERED), language="en")["businessStatus"]["coding"][0]

        assert coding["code"] == "unanswered"
        assert coding["display"] == "stayed without an answer"

    @pytest.mark.parametrize("reason", Reason)
    def test_codes_why_a_party_declined(self, reason):
        task = _only_task(declined(reason=reason))

        assert task["statusReason"]["coding"][0]["code"] == reason.value
        assert task["statusReason"]["coding"][0]["display"]
        assert task["statusReason"]["text"] == "wij zitten in zuid"

    def test_says_when_it_was_asked_answered_and_ended(self):
        task = _only_task(declined())

        assert task["authoredOn"] == "2026-03-02T09:00:00+00:00"
        assert task["executionPeriod"]["start"] == "2026-03-03T09:00:00+00:00"
        assert task["lastModified"] == task["executionPeriod"]["end"]

    def test_says_from_what_day_it_is_wanted_again(self):
        task = _only_task(a_handling(State.ON_HOLD, until=date(2026, 4, 9)))

        assert task["restriction"] == {"period": {"start": until().isoformat()}}

    def test_says_what_came_of_it(self):
        outputs = _outputs(_only_task(completed(number=1)))

        assert outputs["result"]["valueString"] == "afspraak gemaakt met de buren"
        assert outputs["hours"]["valueQuantity"]["value"] == 2.5
        assert outputs["hours"]["valueQuantity"]["code"] == "h"

    def test_says_whom_they_would_rather_ask(self):
        pointed = _outputs(_only_task(declined()))["rather"]["valueReference"]

        assert pointed["identifier"] == {"system": "urn:scharnier:organization", "value": "schuldhulp"}

    @pytest.mark.parametrize(
        ("handlings", "parts", "status"),
        [
            ([a_handling()], {}, "draft"),
            ([a_handling(State.REQUESTED)], {}, "active"),
            ([a_handling(State.REJECTED)], {}, "active"),
            ([a_handling(State.REJECTED)], {"given_up_at": after(3)}, "revoked"),
            ([a_handling(State.CANCELLED)], {}, "revoked"),
            ([a_handling(State.COMPLETED)], {}, "active"),
            ([a_handling(State.COMPLETED)], {"outcome_told_at": after(3)}, "completed"),
            ([a_handling(State.ENTERED_IN_ERROR)], {}, "entered-in-error"),
        ],
    )
    def test_says_where_the_whole_stands(self, handlings, parts, status):
        assert resources(write(a_referral(*handlings, **parts)))[0]["status"] == status


class TestPrivacy:
    def test_writes_who_acts_for_an_organization_as_that_organization(self):
        data = write(a_referral(a_handling(candidate=SAMIRA), sender=SAMIRA))

        request, task = resources(data)
        assert request["requester"]["display"] == task["owner"]["display"] == "Schuldhulp"
        assert b"samira" not in data.lower()

    def test_writes_who_acts_for_a_community_as_that_community(self):
        data = write(a_referral(a_handling(candidate=CHOIR)))

        assert resources(data)[1]["owner"]["identifier"]["system"] == "urn:scharnier:community"
        assert b"karel" not in data.lower()

    @pytest.mark.parametrize(
        ("language", "shown"), [("nl", "iemand uit het netwerk"), ("en", "a person of the network")]
    )
    def test_leaves_a_person_alone_without_name_or_identifier(self, language, shown):
        data = write(a_referral(a_handling(candidate=ALONE), sender=ALONE), language=language)

        request, task = resources(data)
        assert request["requester"] == task["owner"] == {"display": shown}
        assert b"karel" not in data.lower()

    def test_leaves_all_free_words_out_unless_asked(self):
        value = replace(
            a_whole_referral(), cause="de subsidie stopt", given_up_at=after(11), outcome_told_at=None
        )
        words = ["lawaai", "zuid", "afspraak", "stiller", "subsidie"]

        silent, told = (write(value, with_text=with_text).decode() for with_text in (False, True))

        assert [word for word in words if word in silent] == []
        assert [word for word in words if word in told] == words

    def test_writes_nothing_about_a_resident(self):
        value = a_referral(about=About.RESIDENT, purpose="hulp bij brieven", consented_on=MONDAY.date())

        with pytest.raises(fhir_referral.AboutResident) as caught:
            write(a_referral(), value)
        assert caught.value.facts == {"referral_id": "r-1"}

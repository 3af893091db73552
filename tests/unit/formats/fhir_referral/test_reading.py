# SPDX-License-Identifier: EUPL-1.2
"""Reading referrals: what we wrote, what others write, and every way in which a file can be wrong."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scharnier.core.kernel import OrganizationId, ReferralId, ResidentGroupId
from scharnier.core.referral import About, Party, State, is_over
from scharnier.formats import fhir_referral, wording
from tests.factories import a_full_network, an_organization
from tests.unit.formats.fhir_referral.scenes import (
    ALONE,
    CHOIR,
    DESK,
    NOOR,
    SAMIRA,
    a_handling,
    a_referral,
    a_whole_referral,
    declined,
    read,
    write,
)

FOREIGN = {
    "resourceType": "Bundle",
    "type": "collection",
    "timestamp": "2026-03-05T08:00:00Z",
    "entry": [
        {
            "fullUrl": "https://zorg.example/fhir/ServiceRequest/77",
            "resource": {
                "resourceType": "ServiceRequest",
                "id": "77",
                "meta": {"versionId": "3"},
                "identifier": [{"system": "https://zorg.example/verwijzing", "value": "Z-77"}],
                "status": "active",
                "intent": "proposal",
                "priority": "routine",
                "subject": {"type": "Group", "display": "bewoners van de flat"},
                "authoredOn": "2026-03-02",
                "requester": {"reference": "Organization/desk"},
                "reasonCode": [
                    {"coding": [{"system": "http://snomed.info/sct", "code": "424393004"}], "text": "lawaai"},
                    {"text": "in de nacht"},
                ],
            },
        },
        {
            "resource": {
                "resourceType": "Task",
                "identifier": [{"value": "taak-1"}],
                "basedOn": [{"reference": "ServiceRequest/77"}],
                "status": "received",
                "intent": "order",
                "authoredOn": "2026-03-02T10:00:00+01:00",
                "owner": {"display": " schuldhulp "},
            }
        },
        {
            "resource": {
                "resourceType": "Task",
                "identifier": [{"value": "taak-2"}],
                "focus": {"reference": "https://zorg.example/fhir/ServiceRequest/77"},
                "status": "ready",
                "intent": "order",
                "executionPeriod": {"start": "2026-03-04T10:00:00+01:00"},
                "owner": {"type": "Organization", "display": "Koor"},
            }
        },
        {"resource": {"resourceType": "Organization", "id": "desk", "name": "Schuldhulp"}},
    ],
}


def _changed(data, number, **elements):
    """Return the file with elements of one resource replaced; what is None goes."""
    bundle = json.loads(data)
    resource = bundle["entry"][number]["resource"]
    resource.update(elements)
    bundle["entry"][number]["resource"] = {
        name: value for name, value in resource.items() if value is not None
    }
    return json.dumps(bundle).encode()


def _faults(data, **parts):
    with pytest.raises(fhir_referral.MalformedReferrals) as caught:
        read(data, **parts)
    return caught.value.faults


def _fault(data, **parts):
    (fault,) = _faults(data, **parts)
    return fault


def _our_file(*handlings, **parts):
    return write(a_referral(*handlings, **parts))


class TestReadReferrals:
    def test_gives_back_what_was_written(self):
        value = a_whole_referral()

        assert read(write(value)) == (value,)

    def test_gives_back_what_was_written_without_its_words(self):
        (found,) = read(write(a_whole_referral(), with_text=False))

        assert (found.text, found.handlings[0].words, found.handlings[1].result) == ("", "", "")
        assert found.handlings[0].reason is declined().reason
        assert found.chain == a_whole_referral().chain

    def test_reads_several_in_the_order_of_the_file(self):
        values = [a_referral(id=ReferralId(name)) for name in "cab"]

        assert [found.id for found in read(write(*values))] == ["c", "a", "b"]

    def test_reads_a_file_without_entries(self):
        assert read(write()) == ()

    def test_tells_unanswered_from_requested(self):
        data = _our_file(a_handling(State.UNANSWERED), a_handling(State.REQUESTED, number=2))

        (found,) = read(data)
        assert [turn.state for turn in found.chain.turns] == [State.UNANSWERED, State.REQUESTED]

    def test_keeps_a_referral_over_that_was_given_up(self):
        data = _our_file(declined(), given_up_at=declined().ended_at, cause="niemand kan dit")

        (found,) = read(data)
        assert is_over(found.chain)
        assert found.cause == "niemand kan dit"

    def test_comes_into_the_network_that_reads_it(self):
        elsewhere = replace(a_full_network(), id="zuid")

        (found,) = read(_our_file(), into=elsewhere)
        assert found.network_id == "zuid"

    def test_puts_somebody_in_the_place_of_who_is_not_named(self):
        data = _our_file(a_handling(candidate=SAMIRA), sender=ALONE)

        (found,) = read(data, unnamed=NOOR)
        assert found.sender == NOOR
        assert found.chain.turns[0].candidate == DESK

    def test_puts_somebody_of_a_community_in_the_place_of_another(self):
        (found,) = read(_our_file(a_handling(candidate=CHOIR)), unnamed=NOOR)

        assert found.chain.turns[0].candidate == replace(CHOIR, person_id=NOOR.person_id)

    def test_reads_a_referral_about_a_group(self):
        data = _our_file(about=About.GROUP, resident_group_id=ResidentGroupId("jongeren"))

        assert read(data)[0].resident_group_id == "jongeren"

    def test_skips_a_byte_order_mark(self):
        assert read(b"\xef\xbb\xbf" + _our_file()) == (a_referral(),)


class TestFilesOfOthers:
    def test_are_read_by_name_with_what_we_have_no_place_for_left_out(self):
        (found,) = read(json.dumps(FOREIGN).encode(), unnamed=NOOR)

        assert found.id == "Z-77"
        assert found.sender == DESK
        assert found.text == "lawaai\nin de nacht"
        assert found.topics == frozenset()
        assert found.made_at == datetime(2026, 3, 2, tzinfo=UTC)
        assert found.language == "nl"

    def test_have_tasks_without_rounds_one_after_another(self):
        (found,) = read(json.dumps(FOREIGN).encode(), unnamed=NOOR)

        turns = found.chain.turns
        assert [turn.round for turn in turns] == [1, 2]
        assert [turn.state for turn in turns] == [State.REQUESTED, State.ACCEPTED]
        assert [turn.candidate.organization_id for turn in turns] == ["schuldhulp", None]

    def test_may_leave_out_when_a_task_was_asked(self):
        (found,) = read(json.dumps(FOREIGN).encode(), unnamed=NOOR)

        assert found.handlings[1].requested_at == found.made_at

    def test_are_taken_by_the_identifier_of_an_organization_inside_them(self):
        bundle = json.loads(
            _changed(_our_file(), 1, owner={"reference": "urn:uuid:1", "display": "De balie"})
        )
        own = {"system": "urn:scharnier:organization", "value": "schuldhulp"}
        body = {"resourceType": "Organization", "identifier": [{"value": "x"}, own], "name": "Iets anders"}
        bundle["entry"].append({"fullUrl": "urn:uuid:1", "resource": body})

        (found,) = read(json.dumps(bundle).encode())
        assert found.chain.turns[0].candidate == DESK

    def test_are_found_by_our_identifier_whatever_they_call_it(self):
        owner = {
            "identifier": {"system": "urn:scharnier:organization", "value": "schuldhulp"},
            "display": "De balie",
        }

        (found,) = read(_changed(_our_file(), 1, owner=owner))
        assert found.chain.turns[0].candidate == DESK


class TestFaults:
    @pytest.mark.parametrize(
        "data", [b"", b"{", b"\xff", b"[]", b"{}", b'{"resourceType": "Patient"}', b'{"resourceType": 3}']
    )
    def test_say_that_it_is_no_bundle(self, data):
        with pytest.raises(fhir_referral.NotABundle):
            read(data)

    @pytest.mark.parametrize(
        "kind", ["Patient", "RelatedPerson", "Practitioner", "PractitionerRole", "Person"]
    )
    def test_refuse_a_person(self, kind):
        bundle = json.loads(_our_file())
        bundle["entry"].append({"resource": {"resourceType": kind, "name": [{"family": "x"}]}})

        fault = _fault(json.dumps(bundle).encode())
        assert isinstance(fault, fhir_referral.PersonInside)
        assert fault.facts == {"place": "entry[2].resource"}

    @pytest.mark.parametrize(
        "subject", [{"reference": "Patient/1"}, {"type": "Patient", "identifier": {"value": "12"}}]
    )
    def test_refuse_a_subject_who_is_a_person(self, subject):
        fault = _fault(_changed(_our_file(), 0, subject=subject))

        assert isinstance(fault, fhir_referral.PersonInside)
        assert fault.facts == {"place": "entry[0].resource.subject"}

    @pytest.mark.parametrize(
        ("number", "elements", "place"),
        [
            (0, {"requester": {"display": "a person of the network"}}, "entry[0].resource.requester"),
            (1, {"owner": {"reference": "Practitioner/9"}}, "entry[1].resource.owner"),
        ],
    )
    def test_refuse_a_party_who_is_only_a_person(self, number, elements, place):
        fault = _fault(_changed(_our_file(), number, **elements))

        assert isinstance(fault, fhir_referral.PersonInside)
        assert fault.facts == {"place": place}

    @pytest.mark.parametrize(
        ("number", "elements", "place"),
        [
            (0, {"note": [{"text": "bel 06-12345678"}]}, "entry[0].resource.note"),
            (1, {"statusReason": {"text": "mail jan@voorbeeld.nl"}}, "entry[1].resource.statusReason"),
        ],
    )
    def test_refuse_text_that_points_at_a_person(self, number, elements, place):
        fault = _fault(_changed(_our_file(), number, **elements))

        assert isinstance(fault, fhir_referral.PersonalText)
        assert fault.facts["place"] == place
        assert "12345678" not in wording.say_error(fault, language="nl")

    @pytest.mark.parametrize(
        ("number", "elements", "place", "name"),
        [
            (1, {"owner": {"display": "Wijkteam Oost"}}, "entry[1].resource.owner", "Wijkteam Oost"),
            (1, {"owner": {"reference": "Organization/8"}}, "entry[1].resource.owner", "Organization/8"),
            (
                0,
                {"locationReference": [{"identifier": {"system": "urn:scharnier:area", "value": "oost"}}]},
                "entry[0].resource.locationReference[0]",
                "oost",
            ),
            (
                0,
                {"reasonCode": [{"coding": [{"system": "urn:scharnier:topic", "code": "ufo"}]}]},
                "entry[0].resource.reasonCode[0]",
                "ufo",
            ),
        ],
    )
    def test_name_what_the_network_does_not_have(self, number, elements, place, name):
        fault = _fault(_changed(_our_file(), number, **elements))

        assert isinstance(fault, fhir_referral.UnknownReference)
        assert fault.facts == {"place": place, "name": name}

    def test_do_not_choose_between_two_of_one_name(self):
        twice = replace(
            a_full_network(),
            organizations=(an_organization("a", name="Wijkteam"), an_organization("b", name="Wijkteam")),
            services=(),
            memberships=(),
        )
        data = _changed(
            _changed(_our_file(), 1, owner={"display": "Wijkteam"}), 0, requester={"display": "x"}
        )

        faults = _faults(data, into=twice)
        assert isinstance(faults[0], fhir_referral.UnknownReference)

    @pytest.mark.parametrize(
        ("number", "elements", "place"),
        [
            (0, {"status": None}, "entry[0].resource.status"),
            (0, {"subject": "iedereen"}, "entry[0].resource.subject"),
            (0, {"authoredOn": "gisteren"}, "entry[0].resource.authoredOn"),
            (0, {"authoredOn": "2026-03-02T09:00:00"}, "entry[0].resource.authoredOn"),
            (0, {"authoredOn": None}, "entry[0].resource.authoredOn"),
            (0, {"identifier": None}, "entry[0].resource.identifier"),
            (0, {"requester": None}, "entry[0].resource.requester"),
            (
                0,
                {"category": [{"coding": [{"system": "urn:scharnier:about", "code": "x"}]}]},
                "entry[0].resource.category",
            ),
            (0, {"extension": [{"url": "urn:scharnier:feedback"}]}, "entry[0].resource.extension"),
            (1, {"status": "asleep"}, "entry[1].resource.status"),
            (1, {"status": "unanswered"}, "entry[1].resource.status"),
            (1, {"owner": None}, "entry[1].resource.owner"),
            (
                1,
                {
                    "input": [
                        {"type": {"coding": [{"system": "urn:scharnier:referral-part", "code": "service"}]}}
                    ]
                },
                "entry[1].resource.input",
            ),
            (1, {"restriction": {"period": {"start": "ooit"}}}, "entry[1].resource.restriction"),
            (
                1,
                {
                    "output": [
                        {
                            "type": {"coding": [{"system": "urn:scharnier:referral-part", "code": "hours"}]},
                            "valueQuantity": {"value": 3, "code": "d"},
                        }
                    ]
                },
                "entry[1].resource.output",
            ),
        ],
    )
    def test_say_where_an_element_is_wrong(self, number, elements, place):
        fault = _fault(_changed(_our_file(), number, **elements))

        assert isinstance(fault, fhir_referral.WrongElement)
        assert fault.facts == {"place": place}

    @pytest.mark.parametrize(
        ("number", "elements"),
        [
            (0, {"modifierExtension": [{"url": "https://x.example/not"}]}),
            (0, {"doNotPerform": True}),
            (1, {"modifierExtension": [{"url": "https://x.example/not"}]}),
        ],
    )
    def test_refuse_what_changes_the_meaning_of_the_rest(self, number, elements):
        assert isinstance(_fault(_changed(_our_file(), number, **elements)), fhir_referral.UnreadableResource)

    def test_refuse_a_resource_that_would_be_lost(self):
        bundle = json.loads(_our_file())
        bundle["entry"].append({"resource": {"resourceType": "Appointment", "status": "booked"}})

        fault = _fault(json.dumps(bundle).encode())
        assert isinstance(fault, fhir_referral.UnreadableResource)
        assert fault.facts == {"place": "entry[2].resource", "kind": "Appointment"}

    def test_refuse_a_task_without_its_request(self):
        fault = _faults(_changed(_our_file(), 1, basedOn=None, focus={"reference": "ServiceRequest/x"}))

        assert [type(one) for one in fault] == [fhir_referral.OrphanTask, fhir_referral.MissingTask]

    @pytest.mark.parametrize(
        "elements",
        [
            {"authoredOn": "2026-03-04T09:00:00Z", "executionPeriod": {"start": "2026-03-02T09:00:00Z"}},
            {
                "output": [
                    {
                        "type": {"coding": [{"system": "urn:scharnier:referral-part", "code": "hours"}]},
                        "valueQuantity": {"value": -1, "code": "h"},
                    }
                ]
            },
        ],
    )
    def test_name_the_task_of_which_the_values_do_not_go_together(self, elements):
        fault = _fault(_changed(_our_file(), 1, **elements))

        assert isinstance(fault, fhir_referral.BrokenResource)
        assert fault.facts["place"] == "entry[1].resource"

    def test_name_the_request_of_which_the_turns_make_no_chain(self):
        extension = [{"url": "urn:scharnier:open-since", "valuePositiveInt": 7}]

        fault = _fault(_changed(_our_file(), 0, extension=extension))
        assert isinstance(fault, fhir_referral.BrokenResource)
        assert fault.facts["place"] == "entry[0].resource"

    def test_come_all_at_once_and_not_more_than_a_hundred(self):
        bundle = json.loads(_our_file())
        bundle["entry"] = [{"resource": {"resourceType": "Slot"}}] * 150

        assert len(_faults(json.dumps(bundle).encode())) == 100

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_are_said_in_words_with_their_place(self, language):
        with pytest.raises(fhir_referral.MalformedReferrals) as caught:
            read(_changed(_our_file(), 1, owner={"display": "Wijkteam Oost"}))

        said = wording.say_error(caught.value, language=language)
        assert "entry[1].resource.owner" in said
        assert "Wijkteam Oost" in said

    def test_leave_no_half_of_a_file(self):
        gone = Party(organization_id=OrganizationId("weg"))

        (fault,) = _faults(write(a_referral(), a_referral(id=ReferralId("r-2"), sender=gone)))
        assert fault.facts == {"place": "entry[2].resource.requester", "name": "weg"}

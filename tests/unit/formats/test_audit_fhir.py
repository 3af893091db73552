# SPDX-License-Identifier: EUPL-1.2
"""The export as FHIR R4 says a Bundle of AuditEvents has to be."""

import json
import re
from datetime import datetime

import pytest

from scharnier.core import audit
from scharnier.formats import audit_fhir
from tests.unit.audit.events import a_chain, an_event

# hl7.org/fhir/R4: what each part may hold and, marked with !, must hold
BUNDLE = {"resourceType!", "type!", "entry", "id", "timestamp"}
ENTRY = {"fullUrl", "resource!"}
AUDIT_EVENT = {
    "resourceType!",
    "id",
    "type!",
    "subtype",
    "action",
    "period",
    "recorded!",
    "outcome",
    "outcomeDesc",
    "purposeOfEvent",
    "agent!",
    "source!",
    "entity",
}
AGENT = {"type", "role", "who", "altId", "name", "requestor!", "location", "policy", "purposeOfUse"}
SOURCE = {"site", "observer!", "type"}
ENTITY = {"what", "type", "role", "lifecycle", "securityLabel", "name", "description", "query", "detail"}
DETAIL = {"type!", "valueString!"}
CODING = {"system", "version", "code", "display", "userSelected"}
REFERENCE = {"reference", "type", "identifier", "display"}
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
URI = re.compile(r"(https?://|urn:)\S+")


def _written(events):
    return json.loads(audit_fhir.write_audit_fhir(a_chain(events)))


def _only(**parts):
    return _written([an_event(**parts)])["entry"][0]["resource"]


def _check(value, allowed):
    needed = {name.rstrip("!") for name in allowed if name.endswith("!")}
    assert needed <= set(value) <= {name.rstrip("!") for name in allowed}


def _check_coding(coding):
    _check(coding, CODING)
    assert URI.fullmatch(coding["system"])
    assert coding["code"] == " ".join(coding["code"].split())


def _check_reference(reference):
    _check(reference, REFERENCE)
    if "identifier" in reference:
        assert set(reference["identifier"]) == {"system", "value"}
        assert URI.fullmatch(reference["identifier"]["system"])


def _check_audit_event(resource):
    _check(resource, AUDIT_EVENT)
    assert resource["resourceType"] == "AuditEvent"
    assert ID.fullmatch(resource["id"])
    assert INSTANT.fullmatch(resource["recorded"])
    assert resource["action"] in set("CRUDE")
    assert resource["outcome"] in {"0", "4", "8", "12"}
    for coding in (resource["type"], *resource["subtype"]):
        _check_coding(coding)
    assert sum(agent["requestor"] for agent in resource["agent"]) == 1
    for agent in resource["agent"]:
        _check(agent, AGENT)
        _check_reference(agent["who"])
        assert all(map(URI.fullmatch, agent.get("policy", ["urn:x"])))
    _check(resource["source"], SOURCE)
    _check_reference(resource["source"]["observer"])
    for entity in resource["entity"]:
        _check(entity, ENTITY)
        _check_reference(entity["what"])
        _check_coding(entity["type"])
        for detail in entity["detail"]:
            _check(detail, DETAIL)


def _empty_parts(value):
    if isinstance(value, dict | list):
        parts = value.values() if isinstance(value, dict) else value
        return (not value) or any(map(_empty_parts, parts))
    return value in {"", None}


EVENTS = [
    {},
    {"actor_id": None, "act": "network.loaded", "kind": "network", "object_id": "kruisveld"},
    {"act": "consent.withdrawn", "facts": (("purpose", "listing"),)},
    {"act": "ask.answered", "kind": "network"},
    {"act": "audit.exported"},
    {"act": "role.handed_over", "kind": "organization"},
    {"outcome": "refused", "purpose": "", "basis": "", "on_behalf_of": "", "facts": ()},
    {"object_id": 'é "\\ x', "actor_id": "a b"},
]


class TestWriteAuditFhir:
    @pytest.mark.parametrize("parts", EVENTS)
    def test_holds_what_the_specification_demands_and_nothing_it_does_not_know(self, parts):
        bundle = _written([an_event(**parts)])

        _check(bundle, BUNDLE)
        assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
        (entry,) = bundle["entry"]
        _check(entry, ENTRY)
        _check_audit_event(entry["resource"])

    @pytest.mark.parametrize("parts", EVENTS)
    def test_has_no_empty_parts(self, parts):
        assert not _empty_parts(_written([an_event(**parts)]))

    def test_is_a_bundle_without_entries_when_there_is_nothing(self):
        assert _written([]) == {"resourceType": "Bundle", "type": "collection"}

    def test_tells_who_did_what_to_whom_and_why(self):
        resource = _only()

        assert resource["subtype"] == [{"system": "urn:scharnier:act", "code": "card.read"}]
        assert resource["agent"][0]["who"]["identifier"] == {
            "system": "urn:scharnier:person",
            "value": "samira",
        }
        assert resource["agent"][0]["policy"] == ["urn:scharnier:basis:consent"]
        assert resource["agent"][1]["who"]["identifier"]["value"] == "schuldhulp"
        assert resource["purposeOfEvent"][0]["coding"][0]["code"] == "contact"
        assert resource["entity"][0]["what"]["identifier"]["value"] == "karel"
        assert resource["source"]["site"] == "kruisveld"

    def test_keeps_number_and_facts_as_details(self):
        details = {detail["type"]: detail["valueString"] for detail in _only()["entity"][0]["detail"]}

        assert details == {"number": "1", "kind": "person", "format": "page", "topic_1": "debt"}

    @pytest.mark.parametrize(
        ("act", "code", "action"),
        [
            ("card.read", "access", "R"),
            ("network.loaded", "110107", "C"),
            ("audit.exported", "110106", "R"),
            ("consent.withdrawn", "110100", "U"),
            ("role.handed_over", "110100", "E"),
        ],
    )
    def test_says_what_kind_of_event_it_was_in_words_others_know(self, act, code, action):
        resource = _only(act=act)

        assert (resource["type"]["code"], resource["action"]) == (code, action)

    @pytest.mark.parametrize(("outcome", "code"), [("done", "0"), ("refused", "4")])
    def test_says_how_it_went(self, outcome, code):
        assert _only(outcome=outcome)["outcome"] == code

    def test_calls_the_system_a_device(self):
        agent = _only(actor_id=None)["agent"][0]

        assert agent["who"] == {"type": "Device", "display": "Scharnier"}

    def test_has_the_digest_for_an_id_so_that_the_chain_can_be_followed(self):
        chain = a_chain([an_event(), an_event(object_id="noor")])
        bundle = json.loads(audit_fhir.write_audit_fhir(chain))

        assert [entry["resource"]["id"] for entry in bundle["entry"]] == [entry.digest for entry in chain]

    def test_gives_each_entry_an_address_of_its_own_and_always_the_same(self):
        events = [an_event(object_id=f"p{number}") for number in range(3)]

        addresses = [[entry["fullUrl"] for entry in _written(events)["entry"]] for _ in range(2)]

        assert addresses[0] == addresses[1]
        assert len(set(addresses[0])) == 3

    def test_gives_the_moment_back_to_the_microsecond(self):
        event = an_event(at=an_event().at.replace(microsecond=123456))

        written = _written([event])["entry"][0]["resource"]["recorded"]

        assert datetime.fromisoformat(written) == event.at

    def test_leaves_out_what_is_no_event_any_more(self):
        broken = audit.Entry(number=2, event=None, digest="ab")

        bundle = json.loads(audit_fhir.write_audit_fhir([*a_chain([an_event()]), broken]))

        assert len(bundle["entry"]) == 1

# SPDX-License-Identifier: EUPL-1.2
"""The log of a network as FHIR R4 AuditEvents in a Bundle, for programs that gather logs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from scharnier.core import audit

SYSTEM: Final = "urn:scharnier:"  # before each of our own code systems and kinds of identifier
HL7: Final = "http://terminology.hl7.org/CodeSystem/"
DICOM: Final = "http://dicom.nema.org/resources/ontology/DCM"
LIFECYCLE: Final = f"{HL7}iso-21089-lifecycle"
ACTIVITY: Final = (DICOM, "110100", "Application Activity")
# verb of an act -> what FHIR calls it, and the letter of what was done: read, create, update or execute
TYPES: Final[Mapping[str, tuple[tuple[str, str, str], str]]] = {
    "read": ((LIFECYCLE, "access", "Access/View Record Lifecycle Event"), "R"),
    "exported": ((DICOM, "110106", "Export"), "R"),
    "loaded": ((DICOM, "110107", "Import"), "C"),
    "withdrawn": (ACTIVITY, "U"),
}
OTHER_TYPE: Final = (ACTIVITY, "E")
OUTCOMES: Final[Mapping[audit.Outcome, str]] = {"done": "0", "refused": "4"}
ENTITY_TYPES: Final = {"person": ("1", "Person"), "organization": ("3", "Organization")}
OTHER_ENTITY: Final = ("4", "Other")

Json = dict[str, object]


def write_audit_fhir(entries: Iterable[audit.Entry]) -> bytes:
    """Return a Bundle with an AuditEvent for each entry that holds an event, as JSON.

    Notes
    -----
    The id of each resource is the digest of its entry, so the chain can be checked from the Bundle; the
    number and the facts are details of the entity. Persons are identifiers, never names.

    References
    ----------
    .. [1] HL7 (2019), FHIR R4, AuditEvent and Bundle, https://hl7.org/fhir/R4/auditevent.html

    Examples
    --------
    >>> json.loads(write_audit_fhir([]))
    {'resourceType': 'Bundle', 'type': 'collection'}
    """
    bundle: Json = {"resourceType": "Bundle", "type": "collection"}
    found = [_entry(entry.event, digest=entry.digest) for entry in entries if entry.event is not None]
    if found:
        bundle["entry"] = found  # FHIR knows no empty lists
    return json.dumps(bundle, ensure_ascii=False, indent=1).encode()


def _entry(event: audit.Event, *, digest: str) -> Json:
    return {
        "fullUrl": f"urn:uuid:{uuid5(NAMESPACE_URL, f'{SYSTEM}audit:{digest}')}",
        "resource": _resource(event, digest=digest),
    }


def _resource(event: audit.Event, *, digest: str) -> Json:
    kind, action = TYPES.get(event.act.rpartition(".")[2], OTHER_TYPE)
    resource: Json = {
        "resourceType": "AuditEvent",
        "id": digest,
        "type": _coding(*kind),
        "subtype": [_coding(f"{SYSTEM}act", event.act)],
        "action": action,
        "recorded": event.at.isoformat(timespec="microseconds"),
        "outcome": OUTCOMES[event.outcome],
        "agent": _agents(event),
        "source": {
            "site": event.network_id,
            "observer": {**_reference("network", event.network_id), "display": "Scharnier"},
        },
        "entity": [_entity(event)],
    }
    if event.purpose:
        resource["purposeOfEvent"] = [{"coding": [_coding(f"{SYSTEM}purpose", event.purpose)]}]
    return resource


def _agents(event: audit.Event) -> list[Json]:
    who: Json = {"type": "Device", "display": "Scharnier"}
    if event.actor_id is not None:
        who = _reference("person", event.actor_id)
    first: Json = {"who": who, "requestor": True}
    if event.basis:
        first["policy"] = [f"{SYSTEM}basis:{event.basis}"]
    if not event.on_behalf_of:
        return [first]
    return [first, {"who": _reference("party", event.on_behalf_of), "requestor": False}]


def _entity(event: audit.Event) -> Json:
    code, display = ENTITY_TYPES.get(event.kind, OTHER_ENTITY)
    details = (("number", str(event.number)), ("kind", event.kind), *event.facts)
    return {
        "what": _reference(event.kind, event.object_id),
        "type": _coding(f"{HL7}audit-entity-type", code, display),
        "detail": [{"type": name, "valueString": value} for name, value in details],
    }


def _reference(kind: str, identifier: str) -> Json:
    return {"identifier": {"system": f"{SYSTEM}{kind}", "value": identifier}}


def _coding(system: str, code: str, display: str = "") -> Json:
    coding: Json = {"system": system, "code": code}
    return {**coding, "display": display} if display else coding

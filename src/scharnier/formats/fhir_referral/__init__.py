# SPDX-License-Identifier: EUPL-1.2
"""Referrals as FHIR R4: a Bundle of ServiceRequests with a Task for each turn, without data about persons."""

from scharnier.formats.fhir_referral._faults import (
    AboutResident,
    BrokenResource,
    MalformedReferrals,
    MissingTask,
    NotABundle,
    OrphanTask,
    PersonalText,
    PersonInside,
    UnknownReference,
    UnreadableResource,
    WrongElement,
)
from scharnier.formats.fhir_referral._reading import (
    places_of_requests,
    read_referrals,
    sources_of_requests,
)
from scharnier.formats.fhir_referral._writing import write_referrals

__all__ = [
    "AboutResident",
    "BrokenResource",
    "MalformedReferrals",
    "MissingTask",
    "NotABundle",
    "OrphanTask",
    "PersonInside",
    "PersonalText",
    "UnknownReference",
    "UnreadableResource",
    "WrongElement",
    "places_of_requests",
    "read_referrals",
    "sources_of_requests",
    "write_referrals",
]

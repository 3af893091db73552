# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a file of referrals; places are paths from the Bundle: entry[2].resource.owner."""

from __future__ import annotations

from scharnier.core.kernel import Conflict, Invalid, ScharnierError


class AboutResident(Conflict):
    """A referral about a resident leaves no network in a file."""

    code = "fhir_referral.about_resident"


class NotABundle(Invalid):
    """The file is no JSON of a FHIR Bundle."""

    code = "fhir_referral.not_a_bundle"


class WrongElement(Invalid):
    """An element is missing, or is not what FHIR R4 lets it be."""

    code = "fhir_referral.wrong_element"


class UnknownReference(Invalid):
    """An organization, service, area, topic or group that the network does not have, or has twice."""

    code = "fhir_referral.unknown_reference"


class PersonInside(Invalid):
    """A resource or reference is about one person, or names only a person."""

    code = "fhir_referral.person_inside"


class PersonalText(Invalid):
    """A free text holds something that points at one person."""

    code = "fhir_referral.personal_text"


class UnreadableResource(Invalid):
    """A kind of resource, or an element that changes its meaning, that would be lost."""

    code = "fhir_referral.unreadable_resource"


class OrphanTask(Invalid):
    """A Task belongs to no ServiceRequest of the file."""

    code = "fhir_referral.orphan_task"


class MissingTask(Invalid):
    """A ServiceRequest has no Task: nobody was asked."""

    code = "fhir_referral.missing_task"


class BrokenResource(Invalid):
    """The values of one resource do not go together."""

    code = "fhir_referral.broken_resource"


class MalformedReferrals(Invalid):
    """Resources of the file are wrong; `faults` holds one failure a resource."""

    code = "fhir_referral.malformed"

    def __init__(self, *, faults: tuple[ScharnierError, ...]) -> None:
        super().__init__(faults=faults)
        self.faults = faults

# SPDX-License-Identifier: EUPL-1.2
"""The part of FHIR R4 that referrals need; elements we do not use are skipped on reading."""

from __future__ import annotations

from typing import Any

import msgspec


class Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """What is empty is left out: FHIR knows no empty elements."""


class Identifier(Shape, frozen=True, kw_only=True):
    """A name in a system."""

    system: str = ""
    value: str = ""
    assigner: Reference | None = None


class Reference(Shape, frozen=True, kw_only=True):
    """Something pointed at: inside the Bundle, by identifier, or only by what it is called."""

    reference: str = ""
    type: str = ""
    identifier: Identifier | None = None
    display: str = ""


class Coding(Shape, frozen=True, kw_only=True):
    """A code of a system."""

    system: str = ""
    code: str = ""
    display: str = ""


class Concept(Shape, frozen=True, kw_only=True):
    """CodeableConcept."""

    coding: tuple[Coding, ...] = ()
    text: str = ""


class Period(Shape, frozen=True, kw_only=True):
    """From a moment or day to another."""

    start: str = ""
    end: str = ""


class Quantity(Shape, frozen=True, kw_only=True):
    """A number with its unit."""

    value: float | None = None
    unit: str = ""
    system: str = ""
    code: str = ""


class Parameter(Shape, frozen=True, kw_only=True):
    """Something put into a Task, or that came out of it."""

    type: Concept
    value_string: str = ""
    value_reference: Reference | None = None
    value_quantity: Quantity | None = None


class Restriction(Shape, frozen=True, kw_only=True):
    """When it is wanted."""

    period: Period | None = None


class Annotation(Shape, frozen=True, kw_only=True):
    """A note."""

    text: str = ""


class Extension(Shape, frozen=True, kw_only=True):
    """What FHIR has no element for."""

    url: str
    value_string: str = ""
    value_code: str = ""
    value_date_time: str = ""
    value_positive_int: int = 0
    extension: tuple[Extension, ...] = ()


class ServiceRequest(Shape, frozen=True, kw_only=True, tag_field="resourceType", tag="ServiceRequest"):
    """A whole referral."""

    language: str = ""
    extension: tuple[Extension, ...] = ()
    modifier_extension: tuple[Any, ...] = ()
    identifier: tuple[Identifier, ...] = ()
    status: str
    intent: str
    do_not_perform: bool = False
    category: tuple[Concept, ...] = ()
    subject: Reference
    authored_on: str = ""
    requester: Reference | None = None
    location_reference: tuple[Reference, ...] = ()
    reason_code: tuple[Concept, ...] = ()
    note: tuple[Annotation, ...] = ()


class Task(Shape, frozen=True, kw_only=True, tag_field="resourceType", tag="Task"):
    """One turn of a referral."""

    modifier_extension: tuple[Any, ...] = ()
    identifier: tuple[Identifier, ...] = ()
    based_on: tuple[Reference, ...] = ()
    group_identifier: Identifier | None = None
    status: str
    status_reason: Concept | None = None
    business_status: Concept | None = None
    intent: str
    code: Concept | None = None
    focus: Reference | None = None
    execution_period: Period | None = None
    authored_on: str = ""
    last_modified: str = ""
    requester: Reference | None = None
    owner: Reference | None = None
    restriction: Restriction | None = None
    input: tuple[Parameter, ...] = ()
    output: tuple[Parameter, ...] = ()


class Head(Shape, frozen=True, kw_only=True):
    """What every resource has."""

    resource_type: str
    id: str = ""


class Body(Shape, frozen=True, kw_only=True):
    """A resource that others point at: an organization, a service, a place or a group."""

    identifier: tuple[Identifier, ...] = ()
    name: str = ""


class Entry(Shape, frozen=True, kw_only=True):
    """One resource of a Bundle."""

    full_url: str = ""
    resource: msgspec.Raw = msgspec.Raw(b"null")


class Bundle(Shape, frozen=True, kw_only=True):
    """All that stands in the file."""

    resource_type: str = ""
    type: str = ""
    entry: tuple[Entry, ...] = ()

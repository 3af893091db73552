# SPDX-License-Identifier: EUPL-1.2
"""What GeoReport v2 speaks of. Names, phones, mail addresses and accounts of reporters have no place here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Format(StrEnum):
    """How it is written; the value ends the address."""

    XML = "xml"
    JSON = "json"

    @property
    def content_type(self) -> str:
        """What the specification calls it in the header."""
        kind = {Format.XML: "text/xml", Format.JSON: "application/json"}[self]
        return f"{kind}; charset=utf-8"


class Kind(StrEnum):
    """When a report gets its number."""

    REALTIME = "realtime"
    BATCH = "batch"  # later, for a token
    BLACKBOX = "blackbox"  # never


class DataType(StrEnum):
    """What an attribute takes."""

    STRING = "string"
    NUMBER = "number"
    DATETIME = "datetime"
    TEXT = "text"
    ONE_OF = "singlevaluelist"
    SOME_OF = "multivaluelist"


class Status(StrEnum):
    """Where a request stands: the specification knows two."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Something that can be reported."""

    code: str
    name: str
    description: str = ""
    group: str = ""
    keywords: tuple[str, ...] = ()
    kind: Kind = Kind.REALTIME
    has_attributes: bool = False  # `metadata`: whether it has a definition with questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """A question that a service asks with a report."""

    code: str
    datatype: DataType
    description: str = ""
    datatype_description: str = ""
    order: int = 1  # from 1
    is_asked: bool = True  # `variable`; else only shown
    is_required: bool = False
    values: tuple[tuple[str, str], ...] = ()  # key and name of each choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """The questions of a service."""

    service_code: str
    attributes: tuple[Attribute, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A place on earth, degrees WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequest:
    """A report and where it stands, as anybody may see it."""

    id: str
    service_code: str
    status: Status
    requested_at: datetime  # this and the following: aware
    updated_at: datetime | None = None
    expected_at: datetime | None = None
    status_notes: str = ""
    service_name: str = ""
    description: str = ""  # at most 4,000 characters
    agency: str = ""  # `agency_responsible`: an organization, never a person
    service_notice: str = ""
    address: str = ""
    address_id: str = ""
    zipcode: str = ""
    point: Point | None = None
    media_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a reporter gets back: the number of the request, or a token for it."""

    request_id: str = ""
    token: str = ""
    service_notice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One error as the specification writes it; mostly the status of the answer, and a sentence."""

    code: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An address where an API answers."""

    url: str
    specification: str
    changeset: str = ""
    kind: str = "production"  # or test
    formats: tuple[str, ...] = ("text/xml", "application/json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """Where to find what an installation offers."""

    changeset: str
    contact: str
    key_service: str
    endpoints: tuple[Endpoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A new matter as one system passes it to another."""

    service_code: str
    description: str = ""
    jurisdiction_id: str = ""
    point: Point | None = None
    address: str = ""
    address_id: str = ""
    media_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which requests somebody asks for."""

    since: datetime
    until: datetime
    request_ids: frozenset[str] = frozenset()  # overrules all others
    service_codes: frozenset[str] = frozenset()  # none: all
    statuses: frozenset[Status] = frozenset(Status)

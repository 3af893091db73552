# SPDX-License-Identifier: EUPL-1.2
"""Write what GeoReport v2 speaks of, as XML or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlencode

from scharnier.formats.open311._trees import Tree, write_tree
from scharnier.formats.open311._values import (
    Attribute,
    Definition,
    Discovery,
    Endpoint,
    Format,
    Problem,
    Receipt,
    Report,
    Service,
    ServiceRequest,
)


def write_services(services: Iterable[Service], *, form: Format) -> bytes:
    """Return a service list.

    Examples
    --------
    >>> write_services([], form=Format.JSON)
    b'[]'
    """
    return write_tree([_service(service) for service in services], root="services", form=form)


def write_definition(definition: Definition, *, form: Format) -> bytes:
    """Return a service definition."""
    attributes: Tree = [_attribute(attribute) for attribute in definition.attributes]
    tree: Tree = {"service_code": definition.service_code, "attributes": attributes}
    return write_tree(tree, root="service_definition", form=form)


def write_requests(requests: Iterable[ServiceRequest], *, form: Format) -> bytes:
    """Return a list of requests; what the specification lets out when unknown is there, and empty."""
    return write_tree([_request(request) for request in requests], root="service_requests", form=form)


def write_receipt(receipt: Receipt, *, form: Format) -> bytes:
    """Return the answer to a report; it has no account, as reporters have none here."""
    told: dict[str, Tree] = {}
    if receipt.request_id:
        told["service_request_id"] = receipt.request_id
    if receipt.token:
        told["token"] = receipt.token
    told["service_notice"] = receipt.service_notice or None
    return write_tree([told], root="service_requests", form=form)


def write_problems(problems: Iterable[Problem], *, form: Format) -> bytes:
    """Return a list of errors."""
    told: list[Tree] = [{"code": one.code, "description": one.description} for one in problems]
    return write_tree(told, root="errors", form=form)


def write_discovery(discovery: Discovery, *, form: Format) -> bytes:
    """Return where to find what an installation offers."""
    tree: Tree = {
        "changeset": discovery.changeset,
        "contact": discovery.contact,
        "key_service": discovery.key_service,
        "endpoints": [_endpoint(endpoint) for endpoint in discovery.endpoints],
    }
    return write_tree(tree, root="discovery", form=form)


def write_report(report: Report, *, api_key: str) -> bytes:
    """Return a report as the form that is posted, with the key of who posts it.

    Examples
    --------
    >>> write_report(Report(service_code="litter", address="Plein"), api_key="k")
    b'api_key=k&service_code=litter&address_string=Plein'
    """
    point = report.point
    told = {
        "api_key": api_key,
        "jurisdiction_id": report.jurisdiction_id,
        "service_code": report.service_code,
        "lat": "" if point is None else repr(point.latitude),
        "long": "" if point is None else repr(point.longitude),
        "address_string": report.address,
        "address_id": report.address_id,
        "description": report.description,
        "media_url": report.media_url,
    }
    return urlencode({name: value for name, value in told.items() if value}).encode()


def write_moment(at: datetime) -> str:
    """Return a moment as the W3C notes it: in UTC, to the second.

    Examples
    --------
    >>> write_moment(datetime(2026, 3, 2, 9, tzinfo=UTC))
    '2026-03-02T09:00:00Z'
    """
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _service(service: Service) -> Tree:
    return {
        "service_code": service.code,
        "service_name": service.name,
        "description": service.description or None,
        "metadata": service.has_attributes,
        "type": service.kind.value,
        "keywords": ", ".join(service.keywords) or None,
        "group": service.group or None,
    }


def _attribute(attribute: Attribute) -> Tree:
    return {
        "variable": attribute.is_asked,
        "code": attribute.code,
        "datatype": attribute.datatype.value,
        "required": attribute.is_required,
        "datatype_description": attribute.datatype_description or None,
        "order": attribute.order,
        "description": attribute.description or None,
        "values": [{"key": key, "name": name} for key, name in attribute.values],
    }


def _request(request: ServiceRequest) -> Tree:
    point = request.point
    return {
        "service_request_id": request.id,
        "status": request.status.value,
        "status_notes": request.status_notes or None,
        "service_name": request.service_name or None,
        "service_code": request.service_code,
        "description": request.description or None,
        "agency_responsible": request.agency or None,
        "service_notice": request.service_notice or None,
        "requested_datetime": write_moment(request.requested_at),
        "updated_datetime": _moment_or_none(request.updated_at),
        "expected_datetime": _moment_or_none(request.expected_at),
        "address": request.address or None,
        "address_id": request.address_id or None,
        "zipcode": request.zipcode or None,
        "lat": None if point is None else point.latitude,
        "long": None if point is None else point.longitude,
        "media_url": request.media_url or None,
    }


def _endpoint(endpoint: Endpoint) -> Tree:
    return {
        "specification": endpoint.specification,
        "url": endpoint.url,
        "changeset": endpoint.changeset,
        "type": endpoint.kind,
        "formats": list(endpoint.formats),
    }


def _moment_or_none(at: datetime | None) -> str | None:
    return None if at is None else write_moment(at)

# SPDX-License-Identifier: EUPL-1.2
"""Read what another system answers, as XML or JSON. What says who reported is not read at all."""

from __future__ import annotations

from scharnier.formats.open311._faults import NotGeoReport, WrongField
from scharnier.formats.open311._fields import (
    Fields,
    need_text,
    read_flag,
    read_moment,
    read_point,
    read_text,
    read_word,
)
from scharnier.formats.open311._trees import read_tree
from scharnier.formats.open311._values import (
    Attribute,
    DataType,
    Definition,
    Discovery,
    Endpoint,
    Format,
    Kind,
    Problem,
    Receipt,
    Service,
    ServiceRequest,
    Status,
)


def read_services(data: bytes, *, form: Format) -> tuple[Service, ...]:
    """Return a service list.

    Raises
    ------
    NotGeoReport, WrongField

    Examples
    --------
    >>> read_services(b"[]", form=Format.JSON)
    ()
    """
    return tuple(_service(fields) for fields in _items(data, root="services", form=form))


def read_definition(data: bytes, *, form: Format) -> Definition:
    """Return a service definition.

    Raises
    ------
    NotGeoReport, WrongField
    """
    fields = _fields(read_tree(data, root="service_definition", form=form))
    attributes = _listed(fields.get("attributes"))
    return Definition(
        service_code=need_text(fields, "service_code"),
        attributes=tuple(_attribute(attribute) for attribute in attributes),
    )


def read_requests(data: bytes, *, form: Format) -> tuple[ServiceRequest, ...]:
    """Return a list of requests.

    Raises
    ------
    NotGeoReport, WrongField
    """
    return tuple(_request(fields) for fields in _items(data, root="service_requests", form=form))


def read_receipt(data: bytes, *, form: Format) -> Receipt:
    """Return the answer to a report.

    Raises
    ------
    NotGeoReport
    WrongField
        When it holds neither a number nor a token.
    """
    told = _items(data, root="service_requests", form=form)
    if len(told) != 1:
        raise NotGeoReport
    receipt = Receipt(
        request_id=read_text(told[0], "service_request_id"),
        token=read_text(told[0], "token"),
        service_notice=read_text(told[0], "service_notice"),
    )
    if not receipt.request_id and not receipt.token:
        raise WrongField(field="service_request_id")
    return receipt


def read_problems(data: bytes, *, form: Format) -> tuple[Problem, ...]:
    """Return a list of errors.

    Raises
    ------
    NotGeoReport, WrongField
    """
    return tuple(
        Problem(code=read_text(fields, "code"), description=read_text(fields, "description"))
        for fields in _items(data, root="errors", form=form)
    )


def read_discovery(data: bytes, *, form: Format) -> Discovery:
    """Return where an installation says what it offers.

    Raises
    ------
    NotGeoReport, WrongField
    """
    fields = _fields(read_tree(data, root="discovery", form=form))
    return Discovery(
        changeset=read_text(fields, "changeset"),
        contact=read_text(fields, "contact"),
        key_service=read_text(fields, "key_service"),
        endpoints=tuple(_endpoint(endpoint) for endpoint in _listed(fields.get("endpoints"))),
    )


def _service(fields: Fields) -> Service:
    keywords = (word.strip() for word in read_text(fields, "keywords").split(","))
    return Service(
        code=need_text(fields, "service_code"),
        name=need_text(fields, "service_name"),
        description=read_text(fields, "description"),
        group=read_text(fields, "group"),
        keywords=tuple(word for word in keywords if word),
        kind=read_word(fields, "type", Kind),
        has_attributes=read_flag(fields, "metadata"),
    )


def _attribute(fields: Fields) -> Attribute:
    order = read_text(fields, "order") or "1"
    if not order.isascii() or not order.isdigit():
        raise WrongField(field="order")
    return Attribute(
        code=need_text(fields, "code"),
        datatype=read_word(fields, "datatype", DataType),
        description=read_text(fields, "description"),
        datatype_description=read_text(fields, "datatype_description"),
        order=int(order),
        is_asked=read_flag(fields, "variable"),
        is_required=read_flag(fields, "required"),
        values=tuple(
            (need_text(choice, "key"), need_text(choice, "name")) for choice in _listed(fields.get("values"))
        ),
    )


def _request(fields: Fields) -> ServiceRequest:
    requested_at = read_moment(fields, "requested_datetime")
    if requested_at is None:
        raise WrongField(field="requested_datetime")
    return ServiceRequest(
        id=need_text(fields, "service_request_id"),
        service_code=need_text(fields, "service_code"),
        status=read_word(fields, "status", Status),
        requested_at=requested_at,
        updated_at=read_moment(fields, "updated_datetime"),
        expected_at=read_moment(fields, "expected_datetime"),
        status_notes=read_text(fields, "status_notes"),
        service_name=read_text(fields, "service_name"),
        description=read_text(fields, "description"),
        agency=read_text(fields, "agency_responsible"),
        service_notice=read_text(fields, "service_notice"),
        address=read_text(fields, "address"),
        address_id=read_text(fields, "address_id"),
        zipcode=read_text(fields, "zipcode"),
        point=read_point(fields),
        media_url=read_text(fields, "media_url"),
    )


def _endpoint(fields: Fields) -> Endpoint:
    formats = fields.get("formats")
    return Endpoint(
        url=need_text(fields, "url"),
        specification=read_text(fields, "specification"),
        changeset=read_text(fields, "changeset"),
        kind=read_text(fields, "type"),
        formats=tuple(str(one) for one in formats) if isinstance(formats, list) else (),
    )


def _items(data: bytes, *, root: str, form: Format) -> list[Fields]:
    return _listed(read_tree(data, root=root, form=form))


def _listed(tree: object) -> list[Fields]:
    if tree is None:
        return []
    if not isinstance(tree, list):
        raise NotGeoReport
    return [_fields(item) for item in tree]


def _fields(tree: object) -> Fields:
    if not isinstance(tree, dict):
        raise NotGeoReport
    return tree

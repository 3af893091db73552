# SPDX-License-Identifier: EUPL-1.2
"""What we write, as the tables of the specification say it has to be, in both forms."""

from __future__ import annotations

import json
from urllib.parse import parse_qs
from xml.etree import ElementTree

import jsonschema
import pytest

from scharnier.formats import open311
from scharnier.formats.open311 import Format, Point, Problem, Receipt, Report
from tests.unit.formats.open311.scenes import (
    BOTH,
    DEFINITION,
    DISCOVERY,
    FULL_REQUEST,
    FULL_SERVICE,
    MORNING,
    SQUARE,
    a_request,
    a_service,
)

PERSONS = ("first_name", "last_name", "email", "phone", "device_id", "account_id")
TEXT, TEXT_OR_NONE = {"type": "string"}, {"type": ["string", "null"]}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
NUMBER_OR_NONE = {"type": ["number", "null"]}


def _closed(required, optional=None):
    """An object with these fields and no others, as each table of the specification lists them."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
        "additionalProperties": False,
    }


SERVICES = {
    "type": "array",
    "items": _closed(
        {
            "service_code": TEXT,
            "service_name": TEXT,
            "description": TEXT_OR_NONE,
            "metadata": {"type": "boolean"},
            "type": {"enum": ["realtime", "batch", "blackbox"]},
            "keywords": TEXT_OR_NONE,
            "group": TEXT_OR_NONE,
        }
    ),
}
DEFINITIONS = _closed(
    {
        "service_code": TEXT,
        "attributes": {
            "type": "array",
            "items": _closed(
                {
                    "variable": {"type": "boolean"},
                    "code": TEXT,
                    "datatype": {
                        "enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]
                    },
                    "required": {"type": "boolean"},
                    "datatype_description": TEXT_OR_NONE,
                    "order": {"type": "integer", "minimum": 1},
                    "description": TEXT_OR_NONE,
                    "values": {"type": "array", "items": _closed({"key": TEXT, "name": TEXT})},
                }
            ),
        },
    }
)
REQUESTS = {
    "type": "array",
    "items": _closed(
        {
            "service_request_id": TEXT,
            "status": {"enum": ["open", "closed"]},
            "service_code": TEXT,
            "requested_datetime": MOMENT,
        },
        {
            "status_notes": TEXT_OR_NONE,
            "service_name": TEXT_OR_NONE,
            "description": {"type": ["string", "null"], "maxLength": 4000},
            "agency_responsible": TEXT_OR_NONE,
            "service_notice": TEXT_OR_NONE,
            "updated_datetime": {"anyOf": [MOMENT, {"type": "null"}]},
            "expected_datetime": {"anyOf": [MOMENT, {"type": "null"}]},
            "address": TEXT_OR_NONE,
            "address_id": TEXT_OR_NONE,
            "zipcode": TEXT_OR_NONE,
            "lat": NUMBER_OR_NONE,
            "long": NUMBER_OR_NONE,
            "media_url": TEXT_OR_NONE,
        },
    ),
}
DISCOVERIES = _closed(
    {
        "changeset": TEXT,
        "contact": TEXT,
        "key_service": TEXT,
        "endpoints": {
            "type": "array",
            "items": _closed(
                {
                    "specification": TEXT,
                    "url": TEXT,
                    "changeset": TEXT,
                    "type": {"enum": ["production", "test"]},
                    "formats": {"type": "array", "items": {"enum": ["text/xml", "application/json"]}},
                }
            ),
        },
    }
)


def _xml(data):
    assert data.lower().startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    return ElementTree.fromstring(data)  # noqa: S314  # we wrote it


def _words(element):
    return {child.tag: child.text for child in element}


class TestJson:
    @pytest.mark.parametrize(
        ("data", "schema"),
        [
            (open311.write_services([a_service(), FULL_SERVICE], form=Format.JSON), SERVICES),
            (open311.write_definition(DEFINITION, form=Format.JSON), DEFINITIONS),
            (open311.write_requests([a_request(), FULL_REQUEST], form=Format.JSON), REQUESTS),
            (open311.write_discovery(DISCOVERY, form=Format.JSON), DISCOVERIES),
        ],
    )
    def test_is_what_the_specification_lists(self, data, schema):
        jsonschema.Draft202012Validator(schema).validate(json.loads(data))

    def test_has_a_list_at_the_top_as_the_spark_convention_has_it(self):
        written = json.loads(
            open311.write_problems([Problem(code="403", description="Nee")], form=Format.JSON)
        )

        assert written == [{"code": "403", "description": "Nee"}]

    def test_gives_a_number_to_who_reports(self):
        written = json.loads(
            open311.write_receipt(Receipt(request_id="r-1", service_notice="Dank je"), form=Format.JSON)
        )

        assert written == [{"service_request_id": "r-1", "service_notice": "Dank je"}]

    def test_gives_a_token_where_there_is_no_number_yet(self):
        written = json.loads(open311.write_receipt(Receipt(token="t"), form=Format.JSON))  # noqa: S106  # a number in waiting

        assert written == [{"token": "t", "service_notice": None}]


class TestXml:
    def test_lists_services_under_their_own_names(self):
        root = _xml(open311.write_services([FULL_SERVICE, a_service("trees")], form=Format.XML))

        assert root.tag == "services"
        assert [child.tag for child in root] == ["service", "service"]
        assert _words(root[0]) == {
            "service_code": "litter",
            "service_name": "zwerfafval",
            "description": "Afval op straat & in het groen",
            "metadata": "true",
            "type": "batch",
            "keywords": "rommel, vuil",
            "group": "straat, groen en afval",
        }

    def test_lists_the_questions_of_a_service_with_their_choices(self):
        root = _xml(open311.write_definition(DEFINITION, form=Format.XML))

        assert root.tag == "service_definition"
        assert [one.text for one in root.findall("attributes/attribute/code")] == ["soort", "uitleg"]
        assert [one.text for one in root.findall("attributes/attribute/values/value/name")] == [
            "blik",
            "glas",
        ]

    def test_lists_requests_under_their_own_names(self):
        root = _xml(open311.write_requests([FULL_REQUEST], form=Format.XML))

        assert root.tag == "service_requests"
        words = _words(root.find("request"))
        assert words["description"] == "Blikjes <overal>\n& glas"
        assert words["lat"], words["long"] == ("52.1", "5.25")
        assert words["expected_datetime"] == "2026-03-09T11:00:00Z"

    def test_has_an_empty_element_for_what_is_not_known(self):
        words = _words(_xml(open311.write_requests([a_request()], form=Format.XML))[0])

        assert words["agency_responsible"] is None
        assert words["lat"] is None

    def test_lists_errors(self):
        root = _xml(open311.write_problems([Problem(code="404", description="Weg")], form=Format.XML))

        assert root.tag == "errors"
        assert _words(root[0]) == {"code": "404", "description": "Weg"}

    def test_lists_where_to_find_what(self):
        root = _xml(open311.write_discovery(DISCOVERY, form=Format.XML))

        assert root.tag == "discovery"
        assert [one.text for one in root.findall("endpoints/endpoint/formats/format")] == [
            "text/xml",
            "application/json",
        ]

    def test_holds_no_character_that_xml_cannot_hold(self):
        root = _xml(open311.write_requests([a_request(description="a\x00b\x0bc")], form=Format.XML))

        assert root[0].findtext("description") == "a\ufffdb\ufffdc"


class TestFormat:
    def test_names_the_type_that_the_specification_asks_for(self):
        assert Format.XML.content_type == "text/xml; charset=utf-8"
        assert Format.JSON.content_type == "application/json; charset=utf-8"

    @pytest.mark.parametrize("form", BOTH)
    def test_has_no_place_for_who_reported(self, form):
        data = open311.write_requests([FULL_REQUEST], form=form) + open311.write_receipt(
            Receipt(request_id="1"), form=form
        )

        assert [name for name in PERSONS if name.encode() in data] == []


class TestWriteReport:
    def test_writes_the_form_that_is_posted(self):
        report = Report(
            service_code="litter",
            description="Blikjes & glas",
            jurisdiction_id="kruisveld",
            point=SQUARE,
            address="Plein",
            address_id="5",
            media_url="https://foto.example/1.jpg",
        )

        assert parse_qs(open311.write_report(report, api_key="geheim").decode()) == {
            "api_key": ["geheim"],
            "jurisdiction_id": ["kruisveld"],
            "service_code": ["litter"],
            "lat": ["52.1"],
            "long": ["5.25"],
            "address_string": ["Plein"],
            "address_id": ["5"],
            "description": ["Blikjes & glas"],
            "media_url": ["https://foto.example/1.jpg"],
        }

    def test_leaves_out_what_is_empty_but_not_the_equator(self):
        report = Report(service_code="litter", point=Point(latitude=0, longitude=0.0))

        sent = parse_qs(open311.write_report(report, api_key="k").decode())
        assert sent == {"api_key": ["k"], "service_code": ["litter"], "lat": ["0"], "long": ["0.0"]}


class TestWriteMoment:
    def test_counts_in_universal_time_to_the_second(self):
        assert open311.write_moment(FULL_REQUEST.expected_at) == "2026-03-09T11:00:00Z"
        assert open311.write_moment(MORNING.replace(microsecond=999_999)) == "2026-03-02T09:00:00Z"

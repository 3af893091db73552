# SPDX-License-Identifier: EUPL-1.2
"""What other systems answer: as the specification has it, as servers really do, and wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from scharnier.formats import open311, wording
from scharnier.formats.open311 import Format, Point, Problem, Receipt, Status
from tests.unit.formats.open311.scenes import (
    BOTH,
    DEFINITION,
    DISCOVERY,
    FULL_REQUEST,
    FULL_SERVICE,
    MORNING,
    a_request,
    a_service,
)

READERS = (
    open311.read_services,
    open311.read_definition,
    open311.read_requests,
    open311.read_receipt,
    open311.read_problems,
    open311.read_discovery,
)
REQUEST = {
    "service_request_id": 638344,  # several servers write numbers
    "status": "Closed",
    "status_notes": None,
    "service_code": "006",
    "requested_datetime": "2010-04-14T06:37:38-08:00",
    "lat": "37.762221815",
    "long": -122.4651145,
    "first_name": "Jan",
    "last_name": "Jansen",
    "email": "jan@voorbeeld.nl",
    "phone": "06-12345678",
    "account_id": "77",
}
FROM_ELSEWHERE = b"""<?xml version="1.0" encoding="utf-8"?>
<!-- made by a server that names the specification and the reporter -->
<service_requests xmlns="http://wiki.open311.org/GeoReport_v2">
  <request>
    <service_request_id> 12 </service_request_id>
    <status>open</status>
    <status_notes/>
    <service_code>006</service_code>
    <requested_datetime>2026-03-02T10:00:00+01:00</requested_datetime>
    <first_name>Jan</first_name>
    <extended_attributes><photos><photo>1</photo></photos></extended_attributes>
    <lat></lat>
    <long></long>
  </request>
</service_requests>"""


def _requests(**fields):
    told = {name: value for name, value in {**REQUEST, **fields}.items() if value != "gone"}
    return open311.read_requests(json.dumps([told]).encode(), form=Format.JSON)


class TestReading:
    @pytest.mark.parametrize("form", BOTH)
    def test_gives_back_what_was_written(self, form):
        services = (a_service(), FULL_SERVICE)
        requests = (a_request(), FULL_REQUEST)
        receipt = Receipt(request_id="r-1", service_notice="Dank je")
        problems = (Problem(code="403", description="Nee"), Problem(code="400", description="Ook nee"))

        assert open311.read_services(open311.write_services(services, form=form), form=form) == services
        assert open311.read_requests(open311.write_requests(requests, form=form), form=form) == requests
        assert (
            open311.read_definition(open311.write_definition(DEFINITION, form=form), form=form) == DEFINITION
        )
        assert open311.read_receipt(open311.write_receipt(receipt, form=form), form=form) == receipt
        assert open311.read_problems(open311.write_problems(problems, form=form), form=form) == problems
        assert open311.read_discovery(open311.write_discovery(DISCOVERY, form=form), form=form) == DISCOVERY

    @pytest.mark.parametrize("form", BOTH)
    def test_reads_lists_without_items(self, form):
        assert open311.read_requests(open311.write_requests([], form=form), form=form) == ()
        assert open311.read_services(open311.write_services([], form=form), form=form) == ()

    def test_takes_numbers_for_identifiers_and_words_for_numbers(self):
        (found,) = _requests()

        assert found.id == "638344"
        assert found.status is Status.CLOSED
        assert found.point == Point(latitude=37.762221815, longitude=-122.4651145)
        assert found.requested_at == datetime(2010, 4, 14, 14, 37, 38, tzinfo=UTC)

    def test_does_not_read_who_reported(self):
        (found,) = _requests()

        assert "Jan" not in repr(found)
        assert "jan@" not in repr(found)
        assert "12345678" not in repr(found)
        assert "77" not in repr(found).replace("37.7", "")

    def test_reads_xml_with_a_namespace_comments_and_what_we_do_not_know(self):
        (found,) = open311.read_requests(FROM_ELSEWHERE, form=Format.XML)

        assert found == a_request(id="12", service_code="006")
        assert found.requested_at == MORNING

    def test_takes_a_token_for_a_number(self):
        told = b'[{"token": "t-1"}]'

        assert open311.read_receipt(told, form=Format.JSON) == Receipt(token="t-1")  # noqa: S106  # a number in waiting


class TestFaults:
    @pytest.mark.parametrize("read", READERS)
    @pytest.mark.parametrize("data", [b"", b"<html/>", b"{", b"\xff\xfe", b"<a><b></a>", b"3"])
    @pytest.mark.parametrize("form", BOTH)
    def test_say_that_it_is_something_else(self, read, data, form):
        with pytest.raises(open311.NotGeoReport):
            read(data, form=form)

    @pytest.mark.parametrize("data", [b'{"a": 1}', b"[3]", b'[["a"]]', b'"x"'])
    def test_say_that_a_list_holds_something_else(self, data):
        with pytest.raises(open311.NotGeoReport):
            open311.read_requests(data, form=Format.JSON)

    @pytest.mark.parametrize(
        "declared", [b'<!ENTITY a "b">', b'<!ENTITY a SYSTEM "file:///etc/hostname">', b""]
    )
    def test_refuse_a_document_type_before_it_grows(self, declared):
        data = b"<!DOCTYPE errors [" + declared + b"]><errors/>"

        with pytest.raises(open311.NotGeoReport):
            open311.read_problems(data, form=Format.XML)

    def test_refuse_a_document_type_in_another_encoding_too(self):
        data = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE errors [<!ENTITY a "b">]><errors/>'

        with pytest.raises(open311.NotGeoReport):
            open311.read_problems(data.encode("utf-16"), form=Format.XML)

    @pytest.mark.parametrize("form", BOTH)
    def test_refuse_what_is_endless(self, form):
        with pytest.raises(open311.NotGeoReport):
            open311.read_problems(b" " * 8_000_001, form=form)

    @pytest.mark.parametrize(("form", "opening"), [(Format.XML, b"<errors>"), (Format.JSON, b"[")])
    def test_refuse_what_is_too_deep(self, form, opening):
        closing = opening.replace(b"<", b"</") if form is Format.XML else b"]"

        with pytest.raises(open311.NotGeoReport):
            open311.read_problems(opening * 5000 + closing * 5000, form=form)

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("service_request_id", None),
            ("service_request_id", ""),
            ("service_request_id", ["1"]),
            ("service_request_id", True),
            ("service_code", "gone"),
            ("status", "asleep"),
            ("status", None),
            ("requested_datetime", "gone"),
            ("requested_datetime", "gisteren"),
            ("requested_datetime", "2010-04-14T06:37:38"),
            ("updated_datetime", "14-04-2010"),
            ("lat", "noord"),
            ("lat", 91),
            ("lat", "nan"),
            ("lat", None),
            ("long", -181),
            ("long", "inf"),
            ("description", {"text": "x"}),
        ],
    )
    def test_name_the_field_of_a_request(self, field, value):
        with pytest.raises(open311.WrongField) as caught:
            _requests(**{field: value})
        assert caught.value.facts == {"field": field}

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"service_name": None}, "service_name"),
            ({"type": "later"}, "type"),
            ({"metadata": "perhaps"}, "metadata"),
        ],
    )
    def test_name_the_field_of_a_service(self, fields, field):
        told = {"service_code": "1", "service_name": "x", "type": "realtime", "metadata": False, **fields}

        with pytest.raises(open311.WrongField) as caught:
            open311.read_services(json.dumps([told]).encode(), form=Format.JSON)
        assert caught.value.facts == {"field": field}

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"datatype": "colour"}, "datatype"),
            ({"order": "first"}, "order"),
            ({"order": "²"}, "order"),
            ({"values": [{"key": "1"}]}, "name"),
        ],
    )
    def test_name_the_field_of_a_question(self, fields, field):
        told = {"code": "a", "datatype": "text", **fields}
        data = json.dumps({"service_code": "1", "attributes": [told]}).encode()

        with pytest.raises(open311.WrongField) as caught:
            open311.read_definition(data, form=Format.JSON)
        assert caught.value.facts == {"field": field}

    def test_refuse_a_receipt_without_number_or_token(self):
        with pytest.raises(open311.WrongField):
            open311.read_receipt(b'[{"service_notice": "Dank je"}]', form=Format.JSON)

    @pytest.mark.parametrize("data", [b"[]", b'[{"token": "a"}, {"token": "b"}]'])
    def test_refuse_any_other_than_one_receipt(self, data):
        with pytest.raises(open311.NotGeoReport):
            open311.read_receipt(data, form=Format.JSON)


class TestReadReport:
    def test_passes_over_who_reports(self):
        report = open311.read_report(
            {
                "api_key": "k",
                "service_code": " litter ",
                "address_string": "Plein",
                "first_name": "Jan",
                "email": "jan@voorbeeld.nl",
                "phone": "0612345678",
                "device_id": "d",
                "account_id": "a",
            }
        )

        assert report == open311.Report(service_code="litter", address="Plein")

    @pytest.mark.parametrize(
        "where", [{"lat": "52.1", "long": "5.25"}, {"address_string": "Plein"}, {"address_id": "5"}]
    )
    def test_takes_a_place_in_any_of_three_ways(self, where):
        assert open311.read_report({"service_code": "litter", **where}).service_code == "litter"

    @pytest.mark.parametrize("where", [{}, {"lat": "", "long": ""}, {"address_string": " "}])
    def test_wants_a_place(self, where):
        with pytest.raises(open311.NoLocation):
            open311.read_report({"service_code": "litter", **where})

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"service_code": ""}, "service_code"),
            ({"lat": "52.1"}, "long"),
            ({"lat": "x", "long": "5"}, "lat"),
            ({"description": "x" * 4001}, "description"),
            ({"address_string": "x" * 401}, "address_string"),
            ({"media_url": "javascript:alert(1)"}, "media_url"),
            ({"media_url": "/etc/passwd"}, "media_url"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, fields, field):
        with pytest.raises(open311.WrongField) as caught:
            open311.read_report({"service_code": "litter", "address_id": "5", **fields})
        assert caught.value.facts == {"field": field}

    def test_keeps_a_description_of_four_thousand_characters(self):
        form = {"service_code": "litter", "address_id": "5", "description": "é" * 4000}

        assert len(open311.read_report(form).description) == 4000

    def test_refuses_data_about_a_person_without_saying_them_again(self):
        form = {"service_code": "litter", "address_id": "5", "description": "bel buurman op 06-12345678"}

        with pytest.raises(open311.PersonalReport) as caught:
            open311.read_report(form)
        assert "12345678" not in wording.say_error(caught.value, language="nl")


class TestReadQuery:
    def test_asks_for_the_last_ninety_days_unless_told(self):
        query = open311.read_query({}, at=MORNING)

        assert (query.since, query.until) == (MORNING - timedelta(days=90), MORNING)
        assert query.statuses == set(Status)
        assert query.request_ids == query.service_codes == frozenset()

    def test_takes_several_of_each(self):
        form = {"service_request_id": "1, 2,", "service_code": "a,b", "status": "open,closed"}

        query = open311.read_query(form, at=MORNING)
        assert query.request_ids == {"1", "2"}
        assert query.service_codes == {"a", "b"}
        assert query.statuses == {Status.OPEN, Status.CLOSED}

    @pytest.mark.parametrize(
        ("form", "since", "until"),
        [
            ({"start_date": "2026-01-01T00:00:00Z"}, "2026-01-01", "2026-03-02T09:00:00"),
            ({"start_date": "2025-01-01T00:00:00Z"}, "2025-01-01", "2025-04-01"),
            ({"end_date": "2025-04-01T00:00:00Z"}, "2025-01-01", "2025-04-01"),
            (
                {"start_date": "2025-01-01T00:00:00Z", "end_date": "2025-04-01T00:00:00Z"},
                "2025-01-01",
                "2025-04-01",
            ),
        ],
    )
    def test_takes_one_or_both_ends_of_a_span(self, form, since, until):
        query = open311.read_query(form, at=MORNING)

        assert query.since == datetime.fromisoformat(since).replace(tzinfo=UTC)
        assert query.until == datetime.fromisoformat(until).replace(tzinfo=UTC)

    @pytest.mark.parametrize(
        "form",
        [
            {"start_date": "2025-01-01T00:00:00Z", "end_date": "2025-04-01T00:00:01Z"},
            {"start_date": "2025-04-01T00:00:00Z", "end_date": "2025-01-01T00:00:00Z"},
            {"end_date": "0001-01-01T00:00:00Z"},
            {"start_date": "9999-12-31T00:00:00Z"},
        ],
    )
    def test_refuses_a_span_that_is_too_long_or_turned_round(self, form):
        with pytest.raises(open311.LongSpan):
            open311.read_query(form, at=MORNING)

    @pytest.mark.parametrize(
        ("form", "field"),
        [
            ({"status": "asleep"}, "status"),
            ({"start_date": "2025-01-01"}, "start_date"),
            ({"end_date": "ooit"}, "end_date"),
        ],
    )
    def test_names_the_argument_that_is_wrong(self, form, field):
        with pytest.raises(open311.WrongField) as caught:
            open311.read_query(form, at=MORNING)
        assert caught.value.facts == {"field": field}

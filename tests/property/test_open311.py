# SPDX-License-Identifier: EUPL-1.2
"""Laws of Open311: what is written comes back, in both forms, and nothing that comes in breaks the reader."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.kernel import ScharnierError
from scharnier.formats import open311
from scharnier.formats.open311 import DataType, Format, Kind, Point, Status

forms = st.sampled_from(Format)
# XML reads \r as \n, and outer space says nothing
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), include_characters="\t\n"),
    max_size=20,
).map(str.strip)
names = words.filter(bool)
moments = st.integers(0, 2**31).map(lambda n: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(seconds=n))
points = st.builds(Point, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))
keywords = st.lists(names.filter(lambda word: "," not in word), max_size=3).map(tuple)
services = st.builds(
    open311.Service,
    code=names,
    name=names,
    description=words,
    group=words,
    keywords=keywords,
    kind=st.sampled_from(Kind),
    has_attributes=st.booleans(),
)
attributes = st.builds(
    open311.Attribute,
    code=names,
    datatype=st.sampled_from(DataType),
    description=words,
    datatype_description=words,
    order=st.integers(1, 99),
    is_asked=st.booleans(),
    is_required=st.booleans(),
    values=st.lists(st.tuples(names, names), max_size=2).map(tuple),
)
requests = st.builds(
    open311.ServiceRequest,
    id=names,
    service_code=names,
    status=st.sampled_from(Status),
    requested_at=moments,
    updated_at=st.none() | moments,
    expected_at=st.none() | moments,
    status_notes=words,
    service_name=words,
    description=words,
    agency=words,
    service_notice=words,
    address=words,
    address_id=words,
    zipcode=words,
    point=st.none() | points,
    media_url=words,
)
READERS = st.sampled_from(
    (
        open311.read_services,
        open311.read_definition,
        open311.read_requests,
        open311.read_receipt,
        open311.read_problems,
        open311.read_discovery,
    )
)


class TestWritten:
    @given(value=st.lists(services, max_size=3).map(tuple), form=forms)
    def test_services_come_back(self, value, form):
        assert open311.read_services(open311.write_services(value, form=form), form=form) == value

    @given(value=st.lists(requests, max_size=3).map(tuple), form=forms)
    def test_requests_come_back(self, value, form):
        assert open311.read_requests(open311.write_requests(value, form=form), form=form) == value

    @given(code=names, asked=st.lists(attributes, max_size=3).map(tuple), form=forms)
    def test_definitions_come_back(self, code, asked, form):
        value = open311.Definition(service_code=code, attributes=asked)

        assert open311.read_definition(open311.write_definition(value, form=form), form=form) == value

    @given(code=names, description=st.sampled_from(("", "blikjes & glas", "é\n€=%")), point=points)
    def test_reports_come_back_from_the_form_that_is_posted(self, code, description, point):
        value = open311.Report(service_code=code, description=description, point=point)
        posted = dict(parse_qsl(open311.write_report(value, api_key="k").decode()))

        assert open311.read_report(posted) == value


class TestWhatComesIn:
    @given(data=st.binary(max_size=60) | words.map(str.encode), form=forms, read=READERS)
    def test_is_read_or_refused_in_words(self, data, form, read):
        with suppress(ScharnierError):
            read(data, form=form)

    @given(
        tree=st.recursive(
            st.none() | st.booleans() | st.floats() | words,
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(("service_code", "status", "lat", "long", "values")), inner)
            ),
            max_leaves=8,
        ),
        read=READERS,
    )
    def test_is_read_or_refused_in_words_also_when_it_is_almost_right(self, tree, read):
        with suppress(ScharnierError):
            read(json.dumps(tree).encode(), form=Format.JSON)

    @given(
        start=st.none() | moments,
        end=st.none() | moments,
        at=moments,
        status=st.sampled_from(("", "open", "x")),
    )
    def test_asks_for_ninety_days_at_most_or_is_refused(self, start, end, at, status):
        told = {
            "start_date": "" if start is None else open311.write_moment(start),
            "end_date": "" if end is None else open311.write_moment(end),
            "status": status,
        }

        with suppress(ScharnierError):
            query = open311.read_query(told, at=at)
            assert timedelta() <= query.until - query.since <= open311.LONGEST_SPAN

# SPDX-License-Identifier: EUPL-1.2
"""Any input that the API's own description allows, and some that it does not, gets a described answer."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from scharnier.site.wsgi import application
from tests.factories import a_full_network

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SIGNALS = (request_started, request_finished)
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def session(load, sign_in):
    """The cookies of a signed-in member; like Django's own client, requests keep the test's transaction."""
    load(a_full_network())
    client = sign_in()
    client.get("/")
    for signal in SIGNALS:
        signal.disconnect(close_old_connections)
    yield client.cookies
    for signal in SIGNALS:
        signal.connect(close_old_connections)


@pytest.mark.django_db
@schema.parametrize()
@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_answers_as_described(case, session):
    cookies = {name: morsel.value for name, morsel in session.items()}

    case.call_and_validate(
        cookies=cookies, headers={"X-CSRFToken": cookies.get("csrftoken", "")}, checks=CHECKS
    )

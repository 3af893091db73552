# SPDX-License-Identifier: EUPL-1.2
"""What is gone is known by its identifier, in its own network, until it is let back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.apps.tombstones import models, selectors, services
from scharnier.core.kernel import NetworkId
from tests.factories import DAY

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = NetworkId("kruisveld"), NetworkId("elders")


def mark(object_id="karel", *, kind="person", network_id=HERE, by="right.erasure", on=DAY):
    services.mark_gone(kind, object_id, network_id=network_id, by=by, on=on)


class TestMarkGone:
    def test_makes_it_gone_in_one_network_and_of_one_kind(self):
        mark()

        assert selectors.is_gone("person", "karel", network_id=HERE)
        assert not selectors.is_gone("person", "karel", network_id=ELSEWHERE)
        assert not selectors.is_gone("tie", "karel", network_id=HERE)
        assert not selectors.is_gone("person", "mo", network_id=HERE)

    def test_keeps_the_first_note(self):
        mark()
        mark(by="rule.person", on=DAY + timedelta(days=1))

        row = models.Tombstone.objects.get()
        assert (row.by, row.removed_date) == ("right.erasure", DAY)

    def test_holds_identifiers_only(self):
        names = {field.name for field in models.Tombstone._meta.get_fields()}

        assert names == {"id", "network_id", "kind", "object_id", "removed_date", "by"}


class TestLetBack:
    def test_ends_that_it_is_gone(self):
        mark()

        assert services.let_back("person", "karel", network_id=HERE)
        assert not selectors.is_gone("person", "karel", network_id=HERE)

    def test_says_when_it_never_was(self):
        assert not services.let_back("person", "karel", network_id=HERE)


class TestGone:
    def test_gives_the_identifiers_of_a_kind_in_a_network(self):
        mark("karel")
        mark("mo")
        mark("karel mo", kind="tie")
        mark("vera", network_id=ELSEWHERE)

        assert selectors.gone("person", network_id=HERE) == {"karel", "mo"}

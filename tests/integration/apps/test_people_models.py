# SPDX-License-Identifier: EUPL-1.2
"""What rows call themselves: in a log or a console, never the name of a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scharnier.apps.people import models, selectors
from scharnier.core.kernel import NetworkId
from tests.factories import a_full_network
from tests.integration.apps.conftest import ON_SQLITE_ONLY

pytestmark = [pytest.mark.django_db, ON_SQLITE_ONLY]


@pytest.fixture(scope="module", autouse=True)
def _network(_ground, load):
    samira, karel = a_full_network().persons
    load(replace(a_full_network(), persons=(replace(samira, name="Samira El Idrissi"), karel)))


class TestRows:
    @pytest.mark.parametrize(
        ("kind", "called"),
        [
            (models.Network, "Kruisveld"),
            (models.Area, "Wijk"),
            (models.Location, "Buurthuis"),
            (models.Organization, "Schuldhulp"),
            (models.Service, "Spreekuur"),
            (models.Community, "Koor"),
            (models.ResidentGroup, "Jongeren"),
            (models.Person, "samira"),
        ],
    )
    def test_are_called_as_people_call_them(self, kind, called):
        assert called in {str(row) for row in kind.objects.all()}

    @pytest.mark.parametrize("kind", [models.Membership, models.Tie, models.Consent, models.Person])
    def test_about_people_tell_nobodys_name(self, kind):
        called = [str(row) for row in kind.objects.all()]

        assert called
        assert [name for name in called if "El Idrissi" in name or "Samira" in name] == []

    def test_of_accounts_tell_nobodys_name(self, sign_in):
        sign_in("samira")

        account = models.Account.objects.get()

        assert str(account) == f"account {account.pk}"


class TestRevision:
    def test_changes_when_the_network_does(self, load):
        before = selectors.revision(NetworkId("kruisveld"))

        load(replace(a_full_network(), name="Kruisveld en omgeving"))

        assert selectors.revision(NetworkId("kruisveld")) != before

    def test_of_a_network_that_is_not_there_is_refused(self):
        with pytest.raises(selectors.NetworkNotFound):
            selectors.revision(NetworkId("nergens"))

# SPDX-License-Identifier: EUPL-1.2
import pytest
from django.core.management import call_command
from django.urls import reverse

from scharnier import example
from scharnier.apps.people import models, selectors
from scharnier.core.kernel import Role
from tests.integration.apps.conftest import ON_SQLITE_ONLY

pytestmark = [pytest.mark.django_db, ON_SQLITE_ONLY]


@pytest.fixture(scope="module")
def kruisveld():
    return example.load_kruisveld()


class TestLoadExample:
    def test_puts_the_whole_neighbourhood_into_the_database(self, kruisveld, capsys):
        call_command("load_example", language="nl")

        snapshot = selectors.read_snapshot(kruisveld.network.id)
        assert snapshot.network == kruisveld.network
        assert snapshot.outcomes == tuple(kruisveld.outcomes)
        assert "samira" in capsys.readouterr().out

    def test_gives_an_account_for_each_role_that_can_sign_in(self, client):
        call_command("load_example")

        accounts = models.Account.objects.select_related("user")
        assert {account.role for account in accounts} == set(Role)
        client.post(reverse("login"), {"username": "samira", "password": "kruisveld"})

        assert "_auth_user_id" in client.session

    def test_does_nothing_twice(self, kruisveld):
        call_command("load_example")
        before = selectors.revision(kruisveld.network.id)

        call_command("load_example")

        assert selectors.revision(kruisveld.network.id) == before

    def test_loads_again_when_the_sources_changed(self, kruisveld):
        call_command("load_example")
        models.Network.objects.update(source_digest="of older sources", name="Oud")

        call_command("load_example")

        assert models.Network.objects.get().name == kruisveld.network.name
        assert models.Account.objects.exists()

# SPDX-License-Identifier: EUPL-1.2
"""The menu: for each role the pages that it can open, and no others."""

from __future__ import annotations

import re

import pytest

from scharnier.core.kernel import Role
from scharnier.site import menu
from tests.factories import a_network, a_person, an_actor
from tests.integration.apps.conftest import ON_SQLITE_ONLY

pytestmark = [pytest.mark.django_db, ON_SQLITE_ONLY]  # it asks the policy, not the database


@pytest.fixture(scope="module", autouse=True)
def _network(_ground, load):
    load(a_network(persons=(a_person(),)))


def addresses(role, *, path="/"):
    groups = menu.menu_for(an_actor(role=role), path=path)
    return [line.address for _, lines in groups for line in lines]


class TestMenu:
    @pytest.mark.parametrize("role", Role)
    def test_leads_to_pages_that_open(self, sign_in, role):
        client = sign_in(role=role)

        answers = {address: client.get(address, follow=True).status_code for address in addresses(role)}

        assert {address: status for address, status in answers.items() if status != 200} == {}

    def test_names_what_the_coordinator_keeps_to_coordinators(self):
        assert "/add/person/" in addresses(Role.COORDINATOR)
        assert "/add/person/" not in addresses(Role.PROFESSIONAL)

    def test_lets_who_may_only_do_it_with_their_own_out_of_what_is_of_all(self):
        assert {"/emergency/reviews/"} == set(addresses(Role.BOARD)) & {
            "/members/", "/network/import/", "/add/organization/", "/add/person/",
            "/emergency/reviews/", "/members/data-requests/",
        }  # fmt: skip

    def test_leaves_out_a_heading_with_nothing_under_it(self):
        titles = [title for title, _ in menu.menu_for(an_actor(role=Role.RESIDENT), path="/")]

        assert len(titles) == len(menu.MENU) - 1

    def test_says_where_one_is(self, sign_in):
        text = sign_in().get("/my/contacts/").text

        assert re.findall(r'<a href="([^"]+)" aria-current="page"', text) == ["/my/contacts/"]

    def test_works_without_a_script(self, sign_in):
        header = sign_in().get("/").text.partition("<header")[2].partition("</header>")[0]

        assert "<details>" in header
        assert "<script" not in header

    def test_is_not_there_for_who_is_not_signed_in(self, client):
        assert 'class="menu"' not in client.get("/login/").text

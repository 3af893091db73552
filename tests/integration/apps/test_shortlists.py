# SPDX-License-Identifier: EUPL-1.2
"""Choosing one person out of too many to list: look for the name first, on the same form."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from scharnier.apps.members.models import HandOver
from scharnier.apps.people import access, models, selectors, services
from scharnier.apps.people.selectors import MOST_LISTED
from scharnier.apps.sharing.models import Sharing
from scharnier.core.kernel import Role
from tests.factories import DAY, NOON, a_membership, a_network, a_person, an_actor, an_organization

pytestmark = pytest.mark.django_db
SAMIRA = an_actor()
SHARE, HAND_OVER = reverse("people:share"), reverse("members:hand_over")
SEARCH = 'name="search"'
RARE = '<option value="zoe">Zoë Zeldzaam</option>'
CHOSEN = RARE.replace(">Zoë", " selected>Zoë")
ENDS = (DAY + timedelta(days=9)).isoformat()


def a_neighbourhood(n_others):
    """Samira of the debt desk, Zoë, and others with one name."""
    others = [a_person(f"p{number}", name=f"Jan {number:03}") for number in range(n_others)]
    return a_network(
        organizations=(an_organization(),),
        persons=(a_person(name="Samira"), a_person("zoe", name="Zoë Zeldzaam"), *others),
        memberships=(a_membership(organization="schuldhulp", role="adviseur"),),
    )


@pytest.fixture(autouse=True)
def _day(settings):
    settings.DAY = DAY


@pytest.fixture
def many(load):
    load(a_neighbourhood(MOST_LISTED + 1))


def listed(**asked):
    return selectors.shortlist(access.persons(SAMIRA, on=DAY), **asked)


class TestShortlist:
    def test_is_everybody_where_they_are_few(self, load):
        load(a_neighbourhood(MOST_LISTED - 2))

        found = listed(name="zoe")

        assert (found.is_whole, len(found.choices), found.found) == (True, MOST_LISTED, ())

    @pytest.mark.usefixtures("many")
    def test_is_nobody_of_many_until_somebody_is_looked_for(self):
        assert (listed().choices, listed(name="  ").choices, listed().is_whole) == ((), (), False)

    @pytest.mark.usefixtures("many")
    @pytest.mark.parametrize("name", ["zoe", "ZOË", " zeldz "])
    def test_finds_a_part_of_a_name_without_its_accents(self, name):
        assert listed(name=name).choices == (("zoe", "Zoë Zeldzaam"),)

    @pytest.mark.usefixtures("many")
    def test_keeps_who_was_chosen_before_and_nobody_else(self):
        found = listed(name="zoe", chosen=("p7", "nobody"))

        assert [person_id for person_id, _name in found.choices] == ["p7", "zoe"]

    @pytest.mark.usefixtures("many")
    def test_says_that_there_are_more_than_it_lists(self):
        found = listed(name="jan")

        assert (len(found.choices), found.has_more) == (MOST_LISTED, True)
        assert not listed(name="jan 00").has_more

    @pytest.mark.usefixtures("many")
    def test_finds_nobody_who_does_not_want_to_be_found(self):
        services.leave_sight(actor=an_actor("zoe"), on=DAY, at=NOON)

        assert listed(name="zoe", chosen=("zoe",)).choices == ()


@pytest.mark.usefixtures("many")
class TestSharing:
    SAYS = {"purpose": "together", "reason": "Wij bereiden het straatfeest voor.", "until": ENDS}

    def test_lists_nobody_and_has_a_box_to_look_in(self, sign_in):
        said = sign_in().get(SHARE).text

        assert SEARCH in said
        assert "Jan 0" not in said
        assert "Schuldhulp" in said

    def test_looks_and_keeps_what_was_written(self, sign_in):
        answer = sign_in().post(SHARE, {**self.SAYS, "search": "zoe"})

        assert answer.status_code == 200
        assert "vonden we één mens. Kies die hierboven" in answer.text
        assert '<option value="person:zoe">' in answer.text
        assert self.SAYS["reason"] in answer.text
        assert not Sharing.objects.exists()

    def test_says_that_nobody_is_called_so_or_too_many(self, sign_in):
        client = sign_in()

        assert "vonden we niemand" in client.post(SHARE, {"search": "xyz"}).text
        assert "Er zijn er meer." in client.post(SHARE, {"search": "jan"}).text

    def test_shares_with_who_was_found(self, sign_in):
        sign_in().post(SHARE, {**self.SAYS, "audience": "person:zoe", "search": ""})

        assert Sharing.objects.get().audience_id == "zoe"

    def test_refuses_who_is_not_there(self, sign_in):
        answer = sign_in().post(SHARE, {**self.SAYS, "audience": "person:nobody"})

        assert answer.status_code == 422
        assert not Sharing.objects.exists()


@pytest.mark.usefixtures("many")
class TestHandOver:
    def test_lists_nobody_but_the_asker(self, sign_in):
        said = sign_in().get(HAND_OVER).text

        assert '<option value="samira" selected>' in said
        assert SEARCH in said
        assert "Jan 0" not in said

    def test_looks_and_keeps_what_was_chosen(self, sign_in):
        asked = {"from_person": "samira", "to_person": "p7", "on": ENDS, "search": "zoe"}

        said = sign_in(role=Role.COORDINATOR).get(HAND_OVER, asked).text

        assert said.count(RARE) == 2
        assert '<option value="p7" selected>Jan 007</option>' in said
        assert f'value="{ENDS}"' in said
        assert "Draag deze rollen over" not in said

    def test_says_nothing_is_wrong_while_looking(self, sign_in):
        said = sign_in().get(HAND_OVER, {"from_person": "samira", "to_person": "", "on": "", "search": "zoe"})

        assert "Kies wie de rollen overneemt." not in said.text
        assert RARE in said.text

    def test_shows_and_hands_over_to_who_was_found(self, sign_in):
        client = sign_in()
        asked = {"from_person": "samira", "to_person": "zoe", "on": DAY.isoformat()}

        shown = client.get(HAND_OVER, {**asked, "search": ""}).text
        client.post(HAND_OVER, asked)

        assert CHOSEN in shown
        assert "Draag deze rollen over" in shown
        assert HandOver.objects.get().to_person.text_id == "zoe"


@pytest.mark.usefixtures("many")
class TestEndingARole:
    def test_looks_for_who_takes_it_over_and_takes_them(self, sign_in):
        role = models.Membership.objects.get()
        client, address = sign_in(), reverse("people:end_role", args=[role.pk])

        found = client.post(address, {"last_day": ENDS, "search": "zoe"})
        client.post(address, {"last_day": ENDS, "successor": "zoe"})

        assert (SEARCH in found.text, RARE in found.text) == (True, True)
        role.refresh_from_db()
        assert role.successor.text_id == "zoe"


class TestFewPeople:
    @pytest.mark.parametrize("address", [SHARE, HAND_OVER])
    def test_are_listed_without_a_box_to_look_in(self, sign_in, load, address):
        load(a_neighbourhood(3))

        said = sign_in().get(address).text

        assert SEARCH not in said
        assert "Zoë Zeldzaam" in said

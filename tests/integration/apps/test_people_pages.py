# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from scharnier.core import network
from scharnier.core.network import Purpose
from tests.factories import (
    DAY,
    a_community,
    a_membership,
    a_network,
    a_person,
    a_service,
    a_topic,
    an_area,
    an_availability,
    an_organization,
)

pytestmark = pytest.mark.django_db
HIDDEN = "Deze kaart is er niet"


def _person(person_id):
    return reverse("people:person", args=[person_id])


def _organization(organization_id):
    return reverse("people:organization", args=[organization_id])


@pytest.fixture
def neighbourhood(load):
    schedule = network.Schedule(
        weekdays=frozenset({network.Weekday.TUESDAY}), opens_at=time(9), closes_at=time(12)
    )
    spreekuur = replace(
        a_service(description="Kom met je brieven.", topics="debt"),
        schedules=(schedule,),
        capacity=network.Capacity(available=4, unit="plekken"),
    )
    return load(
        a_network(
            areas=(an_area("noord"),),
            topics=(a_topic("debt", nl="schulden", en="debts"),),
            organizations=(
                replace(
                    an_organization(name="Schuldhulp", remit="Wij helpen met schulden.", topics="debt"),
                    website="javascript:alert(1)",
                ),
                an_organization("team", name="Jong team", parent="schuldhulp"),
            ),
            services=(spreekuur,),
            communities=(a_community(),),
            persons=(
                a_person(name="Samira", purposes=(Purpose.LISTING,)),
                a_person(
                    "karel",
                    name="Karel",
                    summary="Ik loop mee naar het loket.",
                    topics="debt",
                    areas="noord",
                    email="karel@example.org",
                ),
                a_person("noor", email="noor@example.org", purposes=(Purpose.LISTING,)),
                a_person("stil", name="Stille Kracht", purposes=()),
            ),
            memberships=(
                a_membership("karel", organization="schuldhulp", role="adviseur", start=date(2024, 5, 1)),
                a_membership("stil", organization="schuldhulp", role="vrijwilliger"),
                a_membership("karel", community="koor", start=date(2020, 1, 1), end=date(2022, 1, 1)),
            ),
        )
    )


@pytest.mark.usefixtures("neighbourhood")
class TestPersonPage:
    def test_says_who_it_is_and_where_they_belong(self, sign_in):
        text = sign_in().get(_person("karel")).text

        for expected in ("Karel", "Ik loop mee naar het loket.", "schulden", "Noord", "adviseur"):
            assert expected in text
        assert f'href="{_organization("schuldhulp")}"' in text

    def test_tells_the_story_latest_first(self, sign_in):
        text = sign_in().get(_person("karel")).text

        days = [text.index(f'datetime="{day}"') for day in ("2024-05-01", "2022-01-01", "2020-01-01")]
        assert days == sorted(days)

    def test_shows_how_to_reach_someone_with_their_consent_only(self, sign_in):
        client = sign_in()

        assert "karel@example.org" in client.get(_person("karel")).text
        assert "noor@example.org" not in client.get(_person("noor")).text

    def test_shows_ones_own_card_in_full(self, sign_in):
        text = sign_in("noor").get(_person("noor")).text

        assert "noor@example.org" in text
        assert reverse("people:stop_listing") in text

    @pytest.mark.parametrize("person_id", ["stil", "niemand"])
    def test_is_not_there_for_who_is_hidden_or_unknown_in_the_same_words(self, sign_in, person_id):
        response = sign_in().get(_person(person_id))

        assert response.status_code == 404
        assert HIDDEN in response.text
        assert "Stille" not in response.text

    def test_is_not_there_for_a_member_of_another_network(self, sign_in, load):
        load(a_network(network_id="elders", persons=[a_person("ria")]))

        response = sign_in("ria", network_id="elders").get(_person("karel"))

        assert response.status_code == 404

    def test_asks_to_sign_in(self, client):
        response = client.get(_person("karel"))

        assert response.status_code == 302
        assert response["Location"].startswith(reverse("login"))

    def test_speaks_english_to_who_asks_so(self, sign_in):
        response = sign_in().get(_person("karel"), headers={"accept-language": "en"})

        assert "debts" in response.text
        assert response["Content-Language"] == "en"

    @pytest.mark.parametrize(
        ("availability", "state"),
        [
            (an_availability(network.Accepting.YES), "state--yes"),
            (an_availability(network.Accepting.LIMITED), "state--limited"),
            (an_availability(network.Accepting.NO), "state--no"),
            (an_availability(network.Accepting.YES, open_requests=2, capacity=2), "state--no"),
            (an_availability(network.Accepting.NO, until=date(2020, 1, 1)), 'class="state"'),
        ],
    )
    def test_says_whether_there_is_room_today(self, sign_in, load, availability, state):
        load(a_network(persons=(a_person(), a_person("karel", availability=availability))))

        text = sign_in().get(_person("karel")).text

        assert state in text

    @pytest.mark.parametrize("n_roles", [1, 50])
    def test_takes_the_same_queries_for_few_and_many_roles(
        self, sign_in, load, django_assert_num_queries, n_roles
    ):
        koren = [a_community(f"koor{number}") for number in range(n_roles)]
        roles = [a_membership(community=koor.id) for koor in koren]
        load(a_network(communities=koren, persons=(a_person(),), memberships=roles))
        client = sign_in()

        with django_assert_num_queries(7):  # session, user, account, roles; card, consents, roles
            client.get(_person("samira"))

    def test_never_stays_in_a_cache(self, sign_in):
        assert "no-store" in sign_in().get(_person("karel"))["Cache-Control"]


@pytest.mark.usefixtures("neighbourhood")
class TestOrganizationPage:
    def test_says_what_it_is_offers_and_when(self, sign_in):
        text = sign_in().get(_organization("schuldhulp")).text

        for expected in ("Wij helpen met schulden.", "Spreekuur", "Kom met je brieven.", "09:00", "plekken"):
            assert expected in text
        assert "dinsdag" in text.lower()

    def test_names_its_parts_and_its_listed_people_only(self, sign_in):
        text = sign_in().get(_organization("schuldhulp")).text

        assert f'href="{_person("karel")}"' in text
        assert f'href="{_organization("team")}"' in text
        assert "Stille" not in text

    def test_names_what_it_is_part_of(self, sign_in):
        assert f'href="{_organization("schuldhulp")}"' in sign_in().get(_organization("team")).text

    def test_does_not_link_to_a_website_that_is_no_website(self, sign_in):
        assert 'href="javascript' not in sign_in().get(_organization("schuldhulp")).text

    def test_is_not_there_for_a_member_of_another_network(self, sign_in, load):
        load(a_network(network_id="elders", persons=[a_person("ria")]))

        assert sign_in("ria", network_id="elders").get(_organization("schuldhulp")).status_code == 404

    @pytest.mark.parametrize("n_people", [1, 50])
    def test_takes_the_same_queries_for_few_and_many_people(
        self, sign_in, load, django_assert_num_queries, n_people
    ):
        people = [a_person(f"p{number}") for number in range(n_people)]
        load(
            a_network(
                organizations=(an_organization(),),
                services=[a_service(f"s{number}") for number in range(n_people)],
                persons=(a_person(), *people),
                memberships=[a_membership(person.id, organization="schuldhulp") for person in people],
            )
        )
        client = sign_in()

        with django_assert_num_queries(
            12
        ):  # who asks: 4; card, people twice, story twice, parts, services, checks
            client.get(_organization("schuldhulp"))

    def test_names_its_people_fifty_at_a_time_by_name(self, sign_in, load):
        people = [a_person(f"p{number:02}") for number in range(51)]
        roles = [a_membership(person.id, organization="schuldhulp") for person in reversed(people)]
        load(a_network(organizations=(an_organization(),), persons=(a_person(), *people), memberships=roles))
        client = sign_in()

        first, second = (client.get(_organization("schuldhulp"), {"page": number}).text for number in (1, 2))

        assert (first.count('href="/people/p'), second.count('href="/people/p')) == (50, 1)
        assert ("P50" in first, "P50" in second) == (False, True)
        assert 'href="?page=2#in"' in first

    @pytest.mark.parametrize(("n_people", "is_cut"), [(20, False), (21, True)])
    def test_tells_the_latest_of_a_long_story_and_says_so(self, sign_in, load, settings, n_people, is_cut):
        settings.DAY = DAY
        people = [a_person(f"p{number:02}") for number in range(n_people)]
        roles = [
            a_membership(person.id, organization="schuldhulp", start=DAY - timedelta(days=number))
            for number, person in enumerate(people)
        ]
        load(a_network(organizations=(an_organization(),), persons=(a_person(), *people), memberships=roles))

        text = sign_in().get(_organization("schuldhulp")).text

        assert text.count("<li><time") == 20
        assert ("Wat langer geleden is" in text) is is_cut
        assert ("P20 begon" in text, "P00 begon" in text) == (False, True)


@pytest.mark.usefixtures("neighbourhood")
class TestStopListing:
    def test_takes_the_own_card_away_from_others_at_once(self, sign_in):
        karel, samira = sign_in("karel"), sign_in("samira")

        response = karel.post(reverse("people:stop_listing"), follow=True)

        assert response.status_code == 200
        assert reverse("people:stop_listing") not in response.text
        assert samira.get(_person("karel")).status_code == 404

    def test_is_not_done_by_following_a_link(self, sign_in):
        response = sign_in("karel").get(reverse("people:stop_listing"))

        assert response.status_code == 405

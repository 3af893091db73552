# SPDX-License-Identifier: EUPL-1.2
"""The map of a network: what stands on the page and in its data, and for whom."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from scharnier.core.kernel import LocationId, NetworkId, Role
from tests.factories import (
    DAY,
    a_location,
    a_membership,
    a_network,
    a_person,
    a_service,
    a_topic,
    an_area,
    an_organization,
)

pytestmark = pytest.mark.django_db
RING = ((5.0, 52.0), (5.1, 52.0), (5.1, 52.1), (5.0, 52.1), (5.0, 52.0))
READERS = set(Role) - {Role.ADMINISTRATOR}


@pytest.fixture(autouse=True)
def _day(settings):
    settings.DAY = DAY


@pytest.fixture
def neighbourhood(load):
    return load(a_neighbourhood())


def a_neighbourhood(network_id="kruisveld", **more):
    service = replace(
        a_service(name="Budgetspreekuur", topics="debt"), location_ids=frozenset({LocationId("buurthuis")})
    )
    return a_network(
        network_id=NetworkId(network_id),
        areas=(
            replace(an_area("noord", alternate_names=("de Bloemen",)), outline=((RING,),)),
            an_area("zuid"),
        ),
        locations=(
            replace(a_location(area="noord", coordinates=(52.05, 5.05)), address="Plein 1"),
            replace(a_location("thuis", area="noord", coordinates=(52.06, 5.06)), address="Merelstraat 3"),
        ),
        topics=(a_topic("debt", nl="schulden", en="debts"), a_topic("sport", nl="sport", en="sport")),
        organizations=(
            an_organization(name="Schuldhulp", topics="debt"),
            an_organization("club", name="Sportclub", topics="sport", areas="zuid"),
        ),
        services=(service,),
        persons=(replace(a_person(name="Samira Bakker"), summary="Merelstraat 3"), a_person("ria")),
        memberships=(a_membership(organization="schuldhulp", role="adviseur"),),
        **more,
    )


def page(client, **query):
    return client.get(reverse("mapping:map"), query)


def data(client, **query):
    return client.get(reverse("mapping:data"), query).json()


def main_of(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.partition("<main")[2]))


@pytest.mark.usefixtures("neighbourhood")
class TestMapPage:
    def test_lists_areas_with_their_places_organizations_and_services(self, sign_in):
        text = main_of(page(sign_in()).text)

        assert "2 gebieden, 1 plek waar organisaties zitten." in text
        for expected in ("Noord", "Heet ook: de Bloemen", "Buurthuis", "Plein 1", "Budgetspreekuur"):
            assert expected in text
        assert re.search(r"Zuid .*Werkt hier: Sportclub", text)

    def test_says_the_same_as_the_map_draws(self, sign_in):
        client = sign_in()

        text, drawn = page(client).text, data(client)

        features = [*drawn["areas"]["features"], *drawn["places"]["features"]]
        assert {one["properties"]["key"] for one in features} == set(re.findall(r'data-show="([^"]+)"', text))
        listed = main_of(text)
        for one in features:
            told = one["properties"]
            words = [told["name"], *told["organizations"], *told.get("services", ()), told.get("address", "")]
            assert all(word in listed for word in words)

    def test_draws_areas_and_places_as_geojson(self, sign_in):
        drawn = data(sign_in())

        (area,), (place,) = drawn["areas"]["features"], drawn["places"]["features"]
        assert area["geometry"] == {
            "type": "MultiPolygon",
            "coordinates": [[[list(point) for point in RING]]],
        }
        assert area["properties"]["middle"] == [5.05, 52.05]
        assert place["geometry"] == {"type": "Point", "coordinates": [5.05, 52.05]}

    def test_never_names_a_person_or_where_nobody_gives_a_service(self, sign_in):
        client = sign_in("samira")

        for address in ("mapping:map", "mapping:data"):
            text = (
                client.get(reverse(address)).text.partition("<main")[2] or client.get(reverse(address)).text
            )
            assert "Samira" not in text
            assert "Merelstraat" not in text

    @pytest.mark.parametrize(
        ("query", "shown", "gone"),
        [
            ({"area": "zuid"}, "Sportclub", "Buurthuis"),
            ({"topic": "debt"}, "Buurthuis", "Sportclub"),
            ({"topic": "sport"}, "Sportclub", "Buurthuis"),
        ],
    )
    def test_is_narrowed_with_its_data(self, sign_in, query, shown, gone):
        client = sign_in()

        text = main_of(page(client, **query).text)

        assert shown in text
        assert gone not in text
        assert gone not in str(data(client, **query))

    @pytest.mark.parametrize("query", [{"area": "elders"}, {"topic": "onzin"}, {"area": "'; --"}])
    @pytest.mark.parametrize("address", ["mapping:map", "mapping:data"])
    def test_says_when_a_choice_is_not_there(self, sign_in, address, query):
        answer = sign_in().get(reverse(address), query)

        assert answer.status_code == 422
        assert "is er niet (meer)" in answer.text

    def test_brings_the_map_only_where_there_is_something_to_draw(self, sign_in):
        client = sign_in()

        assert "map.js" in page(client).text
        assert "map.js" not in page(client, area="zuid").text
        assert "maplibre" not in client.get(reverse("picture:picture")).text

    def test_offers_areas_of_cbs_to_who_keeps_the_network(self, sign_in):
        address = reverse("people:import_areas")

        assert address not in main_of(page(sign_in()).text)
        assert address in page(sign_in("ria", role=Role.COORDINATOR)).text

    def test_is_in_the_menu(self, sign_in):
        assert f'href="{reverse("mapping:map")}"' in sign_in().get(reverse("overview:ask")).text

    @pytest.mark.parametrize("role", Role)
    def test_is_for_who_may_see_organizations_and_places(self, sign_in, role):
        answers = {
            sign_in("samira", role=role).get(reverse(address)).status_code
            for address in ("mapping:map", "mapping:data")
        }

        assert answers == ({200} if role in READERS else {404})

    def test_is_not_for_a_stranger(self, client):
        for address in ("mapping:map", "mapping:data"):
            assert "Noord" not in client.get(reverse(address), follow=True).text


class TestEmptyMap:
    def test_says_the_first_step(self, sign_in, load):
        load(a_network(persons=(a_person(),)))

        text = page(sign_in()).text

        assert "Er is hier geen gebied en geen plek te zien." in text
        assert data(sign_in()) == {
            "areas": {"type": "FeatureCollection", "features": []},
            "places": {"type": "FeatureCollection", "features": []},
        }

# SPDX-License-Identifier: EUPL-1.2
"""Places that never count: who leaves one out, what it does to the next scan, and how it counts again."""

from __future__ import annotations

import html
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.members.access import NotForThisRole
from scharnier.apps.people import services as people
from scharnier.apps.situations import models, selectors, services
from scharnier.core import situations, text
from scharnier.core.kernel import AreaId, LocationId
from scharnier.core.network import Location, LocationType
from scharnier.core.signals import Place, Precision, Spot
from tests.factories import DAY, NOON, a_service, an_area
from tests.integration.apps import scan_scenes as scenes
from tests.integration.apps import situations_scenes
from tests.integration.apps.reading import words_of
from tests.integration.apps.scan_scenes import KRUISVELD
from tests.integration.apps.situations_scenes import ACTORS, KAREL, RIA, VERA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
PAGE, FOUND = reverse("situations:excluded"), reverse("situations:found")
SQUARE = situations.name_square(scenes.SQUARE)
ELSEWHERE = Spot(longitude=5.1277, latitude=52.0957)
HOME = Place(precision=Precision.ADDRESS, words="De Linde, Marsstraat 12", spot=scenes.SQUARE)
PERSONAL = "Bel Jan de Vries, geboren 12-03-2009, op 06-12345678."
OTHERS = [actor for actor in ACTORS if actor is not RIA]


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    situations_scenes.settle()
    value = situations_scenes.kruisveld()
    linde = Location(
        id=LocationId("linde"),
        name="De Linde",
        location_type=LocationType.PHYSICAL,
        address="Marsstraat 12",
        area_id=AreaId("noord"),
        longitude=scenes.SQUARE.longitude,
        latitude=scenes.SQUARE.latitude,
    )
    adrift = Location(
        id=LocationId("adrift"),
        name="De Vlieger",
        location_type=LocationType.PHYSICAL,
        area_id=AreaId("noord"),
    )
    offered = [
        replace(a_service(name, organization="jongerenwerk"), location_ids=(location.id,))
        for name, location in (("inloop", linde), ("koffie", adrift))
    ]
    areas = (replace(an_area("noord"), name="Noord", outline=scenes.NORTH), an_area("zuid"))
    value = replace(value, areas=areas, locations=(linde, adrift), services=tuple(offered))
    people.load_network(value, at=NOON)
    scenes.live_a_year()


@pytest.fixture
def as_(sign_in):
    return lambda actor: sign_in(actor.person_id, network_id=actor.network_id, role=actor.role)


def exclude(place=HOME, *, actor=RIA) -> str:
    return services.exclude_place(place, actor=actor, at=NOON)


def count_again(square=SQUARE, *, actor=RIA) -> None:
    services.count_again(square, actor=actor, at=NOON)


def excluded() -> list[str]:
    return models.ScanGround.objects.get().excluded


def acts() -> list[tuple[str, str]]:
    found = AuditEvent.objects.filter(act__startswith="network.place_").order_by("number")
    return list(found.values_list("act", "facts"))


def page_of(square: str) -> str:
    return reverse("situations:count_again", args=[square])


class TestExcludePlace:
    def test_leaves_out_the_square_and_puts_it_on_record(self):
        assert exclude() == SQUARE

        assert excluded() == [SQUARE]
        assert acts() == [("network.place_excluded", f'{{"square":"{SQUARE.replace(" ", "/")}"}}')]

    def test_comes_once_and_takes_another_name(self):
        exclude()
        exclude(replace(HOME, words="Verzorgingshuis De Linde 12"))

        (place,) = selectors.excluded_places(RIA)
        assert (place.words, place.area_name) == ("Verzorgingshuis De Linde 12", "Noord")
        assert len(acts()) == 1

    @pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.person_id)
    def test_is_for_the_coordinator(self, actor):
        with pytest.raises(NotForThisRole):
            exclude(actor=actor)

        assert not models.ScanGround.objects.exists()

    def test_takes_no_whole_street_or_neighbourhood(self):
        for place in (
            Place(precision=Precision.AREA, area_id=AreaId("noord")),
            Place(precision=Precision.STREET, words="Marsstraat", area_id=AreaId("noord")),
        ):
            with pytest.raises(situations.PlaceNotExact):
                exclude(place)

        assert not models.ScanGround.objects.exists()

    def test_stays_within_its_network(self):
        exclude()

        services.exclude_place(HOME, actor=replace(VERA, acts_for=frozenset()), at=NOON)

        assert models.ScanGround.objects.get(network_id="kruisveld").excluded == [SQUARE]
        assert models.ScanGround.objects.get(network_id="elders").excluded == [SQUARE]


class TestScan:
    def test_makes_no_find_of_what_happens_there(self):
        scenes.burst(jongerenwerk=6, politie=6, school=11)
        exclude()

        found = scenes.scan()

        assert found is not None
        assert found.begun == ()
        assert not models.Situation.objects.exists()

    def test_finds_what_happens_elsewhere(self):
        scenes.burst(jongerenwerk=6, politie=6, school=11)
        exclude(Place(precision=Precision.POINT, spot=ELSEWHERE))

        scenes.scan()

        assert models.Situation.objects.count() == 1

    def test_finds_what_an_institution_would_hide(self):
        """Far more happens at the institution; what is met elsewhere comes up all the same."""
        scenes.burst(jongerenwerk=30, politie=30)
        scenes.burst(jongerenwerk=7, politie=7, spot=ELSEWHERE)
        exclude()

        scenes.scan()

        answer = models.Situation.objects.get().found.answer
        assert situations.name_square(ELSEWHERE) in answer.squares

    def test_counts_it_again_once_it_is_let(self):
        scenes.burst(jongerenwerk=6, politie=6, school=11)
        exclude()
        scenes.scan()
        count_again()

        scenes.scan(on=DAY + timedelta(days=1))

        assert models.Situation.objects.count() == 1

    def test_leaves_what_was_found_before(self):
        scenes.burst(jongerenwerk=6, politie=6, school=11)
        scenes.scan()
        exclude()

        scenes.scan(on=DAY + timedelta(days=1))

        row = models.Situation.objects.get()
        assert row.state == "signal_bundle"
        assert row.found.answer.partners == {
            "partner jongerenwerk": 5, "partner politie": 5, "partner school": 10,
        }  # fmt: skip

    def test_goes_on_where_nothing_counts(self):
        models.ScanRun.objects.all().delete()
        for square in {situations.name_square(spot) for spot in _spots()}:
            exclude(Place(precision=Precision.POINT, spot=situations.spot_of_square(square)))

        found = scenes.scan()

        assert found is not None
        assert found.n_signals == 0


def _spots() -> list[Spot]:
    steps = [(east, north) for east in range(-4, 5) for north in range(-5, 6)]
    return [
        Spot(
            longitude=scenes.SQUARE.longitude + scenes.STEP * east,
            latitude=scenes.SQUARE.latitude + scenes.STEP / 2 * north,
        )
        for east, north in steps
    ]


class TestCountAgain:
    def test_takes_it_off_the_list_and_puts_it_on_record(self):
        exclude()

        count_again()

        assert excluded() == []
        assert models.ScanGround.objects.get().excluded_words == {}
        assert [act for act, _facts in acts()] == ["network.place_excluded", "network.place_counted_again"]

    def test_is_once(self):
        exclude()
        count_again()

        with pytest.raises(situations.PlaceNotExcluded):
            count_again()

    def test_takes_none_that_is_not_there(self):
        for square in (SQUARE, "", "x"):
            with pytest.raises(situations.PlaceNotExcluded):
                count_again(square)

    def test_is_for_the_coordinator_of_that_network(self):
        exclude()

        with pytest.raises(NotForThisRole):
            count_again(actor=KAREL)
        with pytest.raises(situations.PlaceNotExcluded):
            count_again(actor=VERA)

        assert excluded() == [SQUARE]


class TestPage:
    def test_says_what_it_means_and_the_first_step(self, as_):
        said = words_of(as_(RIA).get(PAGE))

        assert "telt niet mee in wat opvalt" in said
        assert "Elke plek telt mee." in said

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"place": "De Linde"}, "De Linde, Marsstraat 12"),
            ({"place": "marsstraat 12"}, "Marsstraat 12"),
            ({"place": "52,0907 5,1213"}, ""),
            ({"place": "52.0907, 5.1213"}, ""),
            ({"longitude": "5.1213", "latitude": "52.0907"}, ""),
            ({"place": "De opvang", "longitude": "5.1213", "latitude": "52.0907"}, "De opvang"),
        ],
    )
    def test_leaves_out_a_place_that_is_typed_or_pointed_out(self, as_, sent, words):
        answer = as_(RIA).post(PAGE, sent, follow=True)

        said = words_of(answer)
        assert "Weggelaten. Vanaf de volgende nacht telt het niet mee." in said
        assert models.ScanGround.objects.get().excluded_words == {SQUARE: words}
        assert f"{words or 'Een plek in Noord'} , " in said
        assert "het vak rond 52.0909, 5.1208" in said

    @pytest.mark.parametrize(
        ("sent", "wrong"),
        [
            ({}, "Zeg welke plek het is."),
            ({"place": "  "}, "Zeg welke plek het is."),
            ({"place": "Noord"}, "We weten niet precies waar "),
            ({"place": "De Vlieger"}, "We weten niet precies waar "),
            ({"place": "Nergensstraat 3"}, "We weten niet precies waar "),
            ({"place": "99,5 5,1"}, "Zeg welke plek het is."),
            ({"longitude": "x", "latitude": "52.09"}, "Zeg welke plek"),
            ({"place": PERSONAL, "longitude": "5.1213", "latitude": "52.0907"}, "06-12345678"),
        ],
    )
    def test_says_what_is_wrong_and_loses_nothing(self, as_, sent, wrong):
        answer = as_(RIA).post(PAGE, sent)

        assert answer.status_code == 422
        assert wrong in html.unescape(answer.text)
        assert html.escape(sent.get("place", "").strip(), quote=False) in answer.text
        assert not models.ScanGround.objects.exists()

    def test_offers_only_places_of_which_the_point_is_known(self, as_):
        page = as_(RIA).get(PAGE).text

        assert '<option value="De Linde">' in page
        assert '<option value="Marsstraat 12">' in page
        assert "De Vlieger" not in page

    def test_asks_before_it_counts_again(self, as_):
        exclude()
        ria = as_(RIA)

        asked = ria.get(page_of(SQUARE))
        assert excluded() == [SQUARE]
        answer = ria.post(page_of(SQUARE), follow=True)

        assert "Weer laten meetellen?" in asked.text
        assert "De Linde, Marsstraat 12" in asked.text
        assert "Vanaf de volgende nacht telt het weer mee." in words_of(answer)
        assert "Elke plek telt mee." in words_of(answer)

    def test_is_not_found_twice(self, as_):
        ria = as_(RIA)

        assert ria.get(page_of(SQUARE)).status_code == 404
        assert ria.post(page_of(SQUARE)).status_code == 404

    @pytest.mark.parametrize("actor", OTHERS, ids=lambda actor: actor.person_id)
    def test_is_closed_to_others(self, as_, actor):
        exclude()
        client = as_(actor)

        answers = [client.get(PAGE), client.post(PAGE, {"place": "De Linde"}), client.get(page_of(SQUARE))]

        assert {answer.status_code for answer in answers} == {403}
        assert not any("De Linde" in answer.text for answer in answers)

    def test_is_reached_from_what_stands_out(self, as_):
        assert f'href="{PAGE}"' in as_(RIA).get(FOUND).text
        assert f'href="{PAGE}"' not in as_(KAREL).get(FOUND).text

    def test_asks_as_much_of_one_place_as_of_many(self, as_, django_assert_max_num_queries):
        ria = as_(RIA)
        exclude()
        with django_assert_max_num_queries(40) as first:
            ria.get(PAGE)
        for spot in _spots():
            exclude(Place(precision=Precision.POINT, spot=spot))

        with django_assert_max_num_queries(len(first)):
            ria.get(PAGE)


class TestWords:
    def test_of_a_place_hold_nobody(self):
        with pytest.raises(text.PersonalDataFound):
            exclude(Place(precision=Precision.POINT, spot=scenes.SQUARE, words=PERSONAL))

    def test_are_gone_with_the_network(self):
        exclude()

        models.ScanGround.objects.get().network.delete()

        assert not models.ScanGround.objects.exists()
        assert KRUISVELD not in models.ScanRun.objects.values_list("network_id", flat=True)

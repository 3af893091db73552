# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
import math

import numpy as np
import pytest

from scharnier.core.kernel import ScharnierError
from scharnier.core.network import AreaKind
from scharnier.formats import areas_geojson, wording
from tests.maps import a_collection, a_feature, a_grid_of_areas, a_square, a_wfs_answer, rd_square

METRES_PER_DEGREE = 111_320
RD = "urn:ogc:def:crs:EPSG::28992"
PUBLISHED = {  # the points by which RDNAPTRANS2018 is checked: RD in metres, ETRS89 in degrees
    "Texel": ((117380.1200, 575040.3400), (4.824761912, 53.160753042)),
    "Noord-Groningen": ((247380.5600, 604580.7800), (6.776726674, 53.419482050)),
    "Amersfoort": ((155000.0000, 463000.0000), (5.387203657, 52.155172897)),
    "Zeeuws-Vlaanderen": ((16460.9100, 377380.2300), (3.397588595, 51.368607152)),
    "Zuid-Limburg": ((182260.4500, 311480.6700), (5.773795548, 50.792584916)),
    "Maasvlakte": ((64640.8900, 440700.0101), (4.072887101, 51.947393898)),
}


def read(*features, crs=None):
    return areas_geojson.read_areas(a_collection(*features, crs=crs))


def points_of(area):
    return [point for polygon in area.outline for ring in polygon for point in ring]


class TestToDegrees:
    @pytest.mark.parametrize("place", PUBLISHED)
    def test_is_within_a_metre_of_the_published_points(self, place):
        metres, (longitude, latitude) = PUBLISHED[place]

        ((found_longitude, found_latitude),) = areas_geojson.to_degrees(np.array([metres]))

        east_m = (found_longitude - longitude) * METRES_PER_DEGREE * math.cos(math.radians(latitude))
        north_m = (found_latitude - latitude) * METRES_PER_DEGREE
        assert math.hypot(east_m, north_m) < 1


class TestNames:
    @pytest.mark.parametrize(
        "properties",
        [
            {"buurtcode": "BU99010401", "buurtnaam": "Bloemenbuurt", "wijkcode": "WK990104"},
            {"statcode": "BU99010401", "statnaam": "Bloemenbuurt", "rubriek": "buurt"},
            {"BU_CODE": "BU99010401", "BU_NAAM": "Bloemenbuurt", "GM_NAAM": None},
            {"buurtcode": "bu99010401", "buurtnaam": "  Bloemenbuurt ", "water": "NEE"},
        ],
        ids=["CBS", "PDOK", "older", "small letters"],
    )
    def test_are_read_as_each_source_writes_them(self, properties):
        district, area = sorted(read(a_feature(properties)), key=lambda area: area.kind)

        assert (area.id, area.name, area.cbs_code) == ("bu99010401", "Bloemenbuurt", "BU99010401")
        assert (area.kind, area.parent_id) == (AreaKind.NEIGHBOURHOOD, district.id)
        assert (district.cbs_code, district.name, district.outline) == ("WK990104", "Wijk 04", ())

    def test_of_those_around_are_taken_from_the_parts(self):
        properties = {
            "buurtcode": "BU99010401",
            "buurtnaam": "Bloemenbuurt",
            "wijknaam": "Kruisveld",
            "gemeentenaam": "Rijnveste",
        }

        areas = read(a_feature(properties))

        assert [(area.name, area.parent_id) for area in areas] == [
            ("Bloemenbuurt", "wk990104"),
            ("Rijnveste", None),
            ("Kruisveld", "gm9901"),
        ]

    def test_of_a_district_are_its_own_before_those_its_parts_tell(self):
        part = {"buurtcode": "BU99010401", "buurtnaam": "Bloemenbuurt", "wijknaam": "Wijk vier"}
        whole = {"wijkcode": "WK990104", "wijknaam": "Kruisveld"}

        areas = {area.cbs_code: area for area in read(a_feature(part), a_feature(whole, a_square(size=2)))}

        assert areas["WK990104"].name == "Kruisveld"
        assert areas["WK990104"].outline

    @pytest.mark.parametrize(
        "properties",
        [
            None,
            {},
            {"naam": "Bloemenbuurt"},
            {"buurtcode": "BU99010401"},
            {"buurtcode": "BU99010401", "buurtnaam": " "},
            {"buurtcode": "9901", "buurtnaam": "Bloemenbuurt"},
            {"buurtcode": "BU99010401", "buurtnaam": "Het meer", "water": "JA"},
        ],
    )
    def test_are_needed_and_water_is_left_out(self, properties):
        with pytest.raises(areas_geojson.NoAreas):
            read(a_feature(properties))


class TestShapes:
    def test_keep_holes_and_pieces_apart(self):
        ring, hole = a_square(size=4), a_square(5.251, 52.551, size=1)
        apart = a_square(5.4, 52.55, size=1)

        (area, _) = read(a_feature(polygons=[[ring, hole], [apart]]))

        assert [len(polygon) for polygon in area.outline] == [2, 1]

    def test_of_one_area_in_two_features_are_put_together(self):
        (area, _) = read(a_feature(), a_feature(polygons=[[a_square(5.4)]]))

        assert len(area.outline) == 2

    def test_in_metres_become_degrees(self):
        (area, _) = read(a_feature(polygons=[[rd_square()]]), crs=RD)

        assert all(
            5.38 < longitude < 5.40 and 52.15 < latitude < 52.17 for longitude, latitude in points_of(area)
        )

    def test_without_a_named_system_are_known_by_their_numbers(self):
        assert read(a_feature(polygons=[[rd_square()]])) == read(a_feature(polygons=[[rd_square()]]), crs=RD)

    @pytest.mark.parametrize(
        "crs", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4258"]
    )
    def test_in_degrees_stay_as_they_are(self, crs):
        assert read(a_feature(), crs=crs) == read(a_feature())

    def test_may_have_heights(self):
        high = [[*point, 3.5] for point in a_square()]

        assert read(a_feature(polygons=[[high]])) == read(a_feature())

    def test_are_kept_to_a_metre(self):
        (area, _) = read(a_feature(polygons=[[a_square(5.123456789)]]))

        assert all(round(value, 5) == value for point in points_of(area) for value in point)

    def test_that_overlap_are_simplified_each_for_itself(self):
        other = {"buurtcode": "BU99010402", "buurtnaam": "Vogelbuurt"}

        areas = read(a_feature(), a_feature(other, a_square(5.2505)))

        assert all(area.outline for area in areas if area.kind is AreaKind.NEIGHBOURHOOD)


def in_degrees(x, y):
    ((longitude, latitude),) = areas_geojson.to_degrees(np.array([(x, y)])).tolist()
    return longitude, latitude


def latitude_first(x, y):
    return in_degrees(x, y)[::-1]


class TestAnswersOfPdok:
    """In each form in which a WFS, or the OGC API beside it, answers for the same neighbourhoods."""

    FORMS = (
        (lambda x, y: (x, y), RD),
        (lambda x, y: (x, y), "http://www.opengis.net/def/crs/EPSG/0/28992"),
        (lambda x, y: (x, y), None),
        (in_degrees, "urn:ogc:def:crs:OGC:1.3:CRS84"),
        (in_degrees, "http://www.opengis.net/def/crs/OGC/1.3/CRS84"),
        (in_degrees, "urn:ogc:def:crs:EPSG::4326"),
        (in_degrees, None),
        (latitude_first, "urn:ogc:def:crs:EPSG::4326"),
        (latitude_first, "http://www.opengis.net/def/crs/EPSG/0/4326"),
        (latitude_first, None),
    )

    @pytest.mark.parametrize(("turned", "crs"), FORMS, ids=range(len(FORMS)))
    def test_are_read_alike(self, turned, crs):
        areas = areas_geojson.read_areas(a_wfs_answer(turned, crs=crs))

        parts = [area for area in areas if area.kind is AreaKind.NEIGHBOURHOOD]
        assert [(area.cbs_code, area.name, area.parent_id) for area in parts] == [
            ("BU99010401", "Bloemenbuurt", "wk990104"),
            ("BU99010402", "Vogelbuurt", "wk990104"),
            ("BU99010500", "Het Veld", "wk990105"),
        ]
        south_west = min(points_of(parts[0]))
        assert south_west == pytest.approx((5.38720, 52.15517), abs=2e-5)  # the tower of Amersfoort

    def test_keep_the_line_between_neighbours_in_common(self):
        first, second, *_ = areas_geojson.read_areas(a_wfs_answer(crs=RD))

        assert len(set(points_of(first)) & set(points_of(second))) == 2

    @pytest.mark.parametrize(
        "crs", ["urn:ogc:def:crs:EPSG::3035", "http://www.opengis.net/def/crs/EPSG/0/3857"]
    )
    def test_in_other_coordinates_are_told_how_to_be_fetched(self, crs):
        with pytest.raises(areas_geojson.UnknownCoordinates) as raised:
            areas_geojson.read_areas(a_wfs_answer(crs=crs))

        said = wording.say_error(raised.value, language="nl")
        assert crs in said
        assert "srsName=EPSG:4326" in said


class TestSimplifying:
    def test_keeps_a_municipality_of_a_hundred_under_its_weight(self):
        areas = areas_geojson.read_areas(a_grid_of_areas(10, points_a_side=400))

        weight = len(json.dumps([area.outline for area in areas], separators=(",", ":")))
        assert sum(area.kind is AreaKind.NEIGHBOURHOOD for area in areas) == 100
        assert weight < 300_000

    def test_leaves_neighbours_the_line_between_them(self):
        areas = [
            area
            for area in areas_geojson.read_areas(a_grid_of_areas(2, points_a_side=400))
            if area.kind is AreaKind.NEIGHBOURHOOD
        ]

        shared = set(points_of(areas[0])) & set(points_of(areas[1]))
        assert len(points_of(areas[0])) < 400
        assert len(shared) > 2

    def test_does_not_depend_on_the_order_of_the_file(self):
        forwards = json.loads(a_grid_of_areas(3, points_a_side=40))
        backwards = {**forwards, "features": forwards["features"][::-1]}

        there = areas_geojson.read_areas(json.dumps(forwards).encode())
        back = areas_geojson.read_areas(json.dumps(backwards).encode())

        assert [(area.id, set(points_of(area))) for area in there] == [
            (area.id, set(points_of(area))) for area in back
        ]


POINT = {"type": "Point", "coordinates": [5, 52]}
BOW_TIE = [[5, 52], [5.1, 52.1], [5.1, 52], [5, 52.1], [5, 52]]
FAR = a_square(500_000, 6_800_000, size=1e6)  # Web Mercator


def with_shape(*polygons):
    return a_collection(a_feature(polygons=polygons))


class TestFaults:
    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (b"", areas_geojson.NotGeoJson),
            (b"\xff\xfe", areas_geojson.NotGeoJson),
            (b"PK\x03\x04", areas_geojson.NotGeoJson),
            (b"[1, 2]", areas_geojson.NotGeoJson),
            (b'{"type": "Feature"}', areas_geojson.NotGeoJson),
            (b'{"type": "FeatureCollection"}', areas_geojson.NotGeoJson),
            (a_collection()[:-3], areas_geojson.NotGeoJson),
            (b"[" * 100_000, areas_geojson.NotGeoJson),
            (b'{"type": "FeatureCollection", "features": []}', areas_geojson.NoAreas),
            (a_collection(a_feature(geometry=None)), areas_geojson.UnreadableShape),
            (a_collection(a_feature(geometry=POINT)), areas_geojson.UnreadableShape),
            (with_shape(), areas_geojson.UnreadableShape),
            (with_shape([]), areas_geojson.UnreadableShape),
            (with_shape([a_square()[:-1]]), areas_geojson.UnreadableShape),
            (with_shape([[["a", 1], ["b", 2]]]), areas_geojson.UnreadableShape),
            (with_shape([[[5.0]]]), areas_geojson.UnreadableShape),
            (with_shape([None]), areas_geojson.UnreadableShape),
            (with_shape([BOW_TIE]), areas_geojson.SelfCrossing),
            (a_collection(a_feature(), crs="EPSG:3857"), areas_geojson.UnknownCoordinates),
            (with_shape([FAR]), areas_geojson.UnknownCoordinates),
            (a_collection(a_feature(), crs=RD), areas_geojson.UnknownCoordinates),
            (a_grid_of_areas(40), areas_geojson.TooLarge),
            (b" " * (areas_geojson.MOST_BYTES + 1), areas_geojson.TooLarge),
        ],
        ids=range(23),
    )
    def test_are_told_in_one_sentence(self, data, kind):
        with pytest.raises(ScharnierError) as raised:
            areas_geojson.read_areas(data)

        assert type(raised.value) is kind
        said = {language: wording.say_error(raised.value, language=language) for language in ("nl", "en")}
        assert all(text and "{" not in text for text in said.values())
        assert said["nl"] != said["en"]

# SPDX-License-Identifier: EUPL-1.2
"""Zones as map programs save them, and files that hold none."""

from __future__ import annotations

import json
from math import pi, sqrt

import pytest

from scharnier.core.kernel import Invalid
from scharnier.formats import wording, zone_geojson

SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
POLYGON = {"type": "Polygon", "coordinates": [SQUARE]}
FAR = {"type": "Polygon", "coordinates": [[[x + 100, y] for x, y in SQUARE]]}


def feature(geometry: object, **more: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": {"naam": "Zone"}, **more}


def features(*geometries: object) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": [feature(each) for each in geometries]}


def read(value: object) -> zone_geojson.Zone:
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return zone_geojson.read_zone(data, placed=lambda place: place)


class TestShapes:
    @pytest.mark.parametrize(
        "value",
        [
            POLYGON,
            {"type": "MultiPolygon", "coordinates": [[SQUARE]]},
            {"type": "GeometryCollection", "geometries": [POLYGON]},
            feature(POLYGON),
            feature(POLYGON, id="a", bbox=[0, 0, 10, 10]),
            features(POLYGON),
            features(POLYGON, POLYGON),
            features(POLYGON, {"type": "Point", "coordinates": [500, 500]}),
            features({"type": "LineString", "coordinates": [[0, 0], [500, 500]]}, POLYGON),
            feature({"type": "GeometryCollection", "geometries": [POLYGON]}),
            POLYGON | {"crs": {"type": "name", "properties": {"name": "EPSG:28992"}}},
            {"type": "Polygon", "coordinates": [[[x, y, 3.5] for x, y in SQUARE]]},
            {"type": "Polygon", "coordinates": [SQUARE[::-1]]},
        ],
        ids=lambda value: json.dumps(value)[:60],
    )
    def test_are_one_zone_however_they_are_wrapped(self, value: object) -> None:
        found = read(value)

        assert found.distances_m([(5, 5), (0, 0), (13, 14), (5, -7)]) == [0.0, 0.0, 5.0, 7.0]
        assert found.radius_m == pytest.approx(sqrt(100 / pi))

    @pytest.mark.parametrize("indent", [None, 2])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_do_not_go_by_how_the_file_is_laid_out(self, indent: int | None, encoding: str) -> None:
        data = json.dumps(feature(POLYGON), indent=indent).encode(encoding)

        assert read(data).distances_m([(5, 5)]) == [0.0]

    def test_that_lie_apart_are_both_in_it(self) -> None:
        found = read(features(POLYGON, FAR))

        assert found.distances_m([(5, 5), (105, 5), (50, 5)]) == [0.0, 0.0, 40.0]
        assert found.radius_m == pytest.approx(sqrt(200 / pi))

    def test_that_overlap_count_once(self) -> None:
        half = {"type": "Polygon", "coordinates": [[[x + 5, y] for x, y in SQUARE]]}

        assert read(features(POLYGON, half)).radius_m == pytest.approx(sqrt(150 / pi))

    def test_have_holes_that_are_outside(self) -> None:
        hole = [[3, 3], [7, 3], [7, 7], [3, 7], [3, 3]]

        found = read({"type": "Polygon", "coordinates": [SQUARE, hole]})

        assert found.distances_m([(5, 5), (3, 3), (1, 1)]) == [2.0, 0.0, 0.0]
        assert found.radius_m == pytest.approx(sqrt(84 / pi))


class TestNoZone:
    @pytest.mark.parametrize(
        "value",
        [
            None,
            3,
            "Polygon",
            [POLYGON],
            {"type": None},
            {"type": "polygon", "coordinates": [SQUARE]},
            {"type": "Polygon"},
            {"type": "Polygon", "coordinates": None},
            {"type": "Polygon", "coordinates": "hier"},
            {"type": "Polygon", "coordinates": [[]]},
            {"type": "Polygon", "coordinates": [[[1], [2], [3], [1]]]},
            {"type": "Polygon", "coordinates": SQUARE},
            {"type": "LineString", "coordinates": SQUARE},
            {"type": "MultiPoint", "coordinates": SQUARE},
            {"type": "GeometryCollection", "geometries": []},
            {"type": "GeometryCollection", "geometries": [None]},
            {"type": "FeatureCollection", "features": {}},
            {"type": "Feature"},
            {"type": "Feature", "geometry": [POLYGON]},
            features(None),
            features({"type": "Point", "coordinates": [1, 1]}),
        ],
        ids=lambda value: json.dumps(value)[:60],
    )
    def test_is_told_of_a_file_without_a_shape(self, value: object) -> None:
        with pytest.raises(zone_geojson.NotAZone):
            read(value)

    @pytest.mark.parametrize(
        "data",
        [
            b"\xef\xbb\xbf",
            b"<kml/>",
            b"PK\x03\x04",
            b"[" * 5000,
            b'{"type": "Polygon", "coordinates": [[[NaN, 0]]]}',
        ],
        ids=["mark", "kml", "zip", "deep", "no number"],
    )
    def test_is_told_of_another_kind_of_file(self, data: bytes) -> None:
        with pytest.raises(zone_geojson.NotAZone):
            read(data)

    def test_is_told_of_a_collection_within_a_collection_without_end(self) -> None:
        deep = b'{"type": "GeometryCollection", "geometries": [' * 5000 + b"]}" * 5000

        with pytest.raises(zone_geojson.NotAZone):
            read(deep)

    @pytest.mark.parametrize(
        "ring",
        [
            [[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]],
            [[0, 0], [10, 0], [0, 0], [10, 0], [0, 0]],
        ],
        ids=["a bow", "a line"],
    )
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_crosses_itself_and_is_told_what_to_do(
        self, ring: list[list[int]], language: wording.Language
    ) -> None:
        with pytest.raises(zone_geojson.CrossesItself) as refused:
            read({"type": "Polygon", "coordinates": [ring]})

        said = wording.say_error(refused.value, language=language)
        assert ("kaartprogramma" in said) is (language == "nl")
        assert ("map program" in said) is (language == "en")

    def test_is_invalid_and_no_fault_of_ours(self) -> None:
        assert issubclass(zone_geojson.NotAZone, Invalid)
        assert issubclass(zone_geojson.CrossesItself, Invalid)

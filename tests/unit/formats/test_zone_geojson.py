# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json

import pytest

from scharnier.formats import zone_geojson

SQUARE = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]


def a_zone(*rings, kind="Polygon"):
    return json.dumps({"type": kind, "coordinates": list(rings)}).encode()


def read(data, placed=lambda place: place):
    return zone_geojson.read_zone(data, placed=placed)


class TestReadZone:
    def test_tells_how_far_places_lie_from_it(self):
        found = read(a_zone(SQUARE))

        assert found.distances_m([(5, 5), (10, 10), (13, 14)]) == [0.0, 0.0, 5.0]
        assert found.distances_m([]) == []

    def test_has_holes(self):
        hole = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]

        assert read(a_zone(SQUARE, hole)).distances_m([(5, 5)]) == [1.0]

    def test_puts_shapes_together(self):
        other = [[x + 10, y] for x, y in SQUARE]
        both = a_zone([SQUARE], [other], kind="MultiPolygon")
        collection = json.dumps(
            {
                "type": "GeometryCollection",
                "geometries": [json.loads(a_zone(each)) for each in (SQUARE, other)],
            }
        ).encode()

        assert read(collection).radius_m == pytest.approx(7.98, abs=0.01)
        with pytest.raises(zone_geojson.CrossesItself):  # of one shape no parts touch along a line
            read(both)

    def test_reads_its_coordinates_as_those_of_the_signals(self):
        found = read(a_zone(SQUARE), placed=lambda place: (place[0] * 2, place[1] + 1))

        assert found.distances_m([(20, 11), (21, 11)]) == [0.0, 1.0]

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"{",
            b"[]",
            b"\xff",
            b"{}",
            b'{"type": "Point", "coordinates": [1, 2]}',
            b'{"type": "FeatureCollection", "features": []}',
            b'{"type": "Feature", "geometry": null}',
            b'{"type": "FeatureCollection", "features": [3]}',
            a_zone(),
            a_zone([[0, 0], [1, 1]]),
            a_zone([["a", "b"]] * 4),
            a_zone([[0, 0], [1, 0], [1, 1e400], [0, 0]]),
        ],
    )
    def test_says_what_is_no_zone(self, data):
        with pytest.raises(zone_geojson.NotAZone):
            read(data)

    def test_takes_no_edge_that_crosses_itself(self):
        with pytest.raises(zone_geojson.CrossesItself):
            read(a_zone([[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]))

# SPDX-License-Identifier: EUPL-1.2
"""Small neighbourhoods to scan, and the scan in the plainest way there is."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from math import log

import numpy as np

from scharnier.core.detection import Band, Cell, Release, Sighting, Width, Window

TODAY = date(2026, 3, 31)
MARCH = Window(first_day=date(2026, 3, 1), last_day=date(2026, 3, 31))


def a_sighting(partner="police", x=0.0, y=0.0, *, ago=0, topic=""):
    """One signal, so many days ago."""
    return Sighting(partner=partner, x_m=x, y_m=y, on=TODAY - timedelta(days=ago), topic=topic)


def some_sightings(
    seed, *, n=60, n_places=12, partners=("police", "school", "youth work"), n_days=90, topics=("",)
):
    """Sightings without a pattern, on a grid where many distances are equal."""
    chance = np.random.default_rng(seed)
    places = chance.choice(25, n_places, replace=False)
    return [
        a_sighting(
            str(chance.choice(partners)),
            100.0 * (place % 5),
            100.0 * (place // 5),
            ago=int(chance.integers(n_days)),
            topic=topics[number % len(topics)],
        )
        for number, place in enumerate(chance.choice(places, n))
    ]


def a_burst(partner, n, *, x=200.0, y=200.0, within=5):
    """So many sightings by one partner at one place, in the last days."""
    return [a_sighting(partner, x, y, ago=number % within) for number in range(n)]


def by_hand(inside, zone, window, total):
    """The log likelihood ratio, with logarithms of the numbers themselves."""
    expected = zone * window / total
    if inside <= expected:
        return 0.0
    rest = (total - inside) * log((total - inside) / (total - expected)) if inside < total else 0.0
    return inside * log(inside / expected) + rest


def scan_by_hand(sightings, *, max_radius_m, max_days):
    """Return the best value of each statistic, looking at every zone, window, partner and topic."""
    places = sorted({(each.x_m, each.y_m) for each in sightings})
    partners = sorted({each.partner for each in sightings})
    topics = sorted({each.topic for each in sightings})
    best = [0.0, 0.0, 0.0]
    for centre, edge, days in product(places, places, range(1, max_days + 1)):
        radius = np.hypot(centre[0] - edge[0], centre[1] - edge[1])
        zone = [
            each
            for each in sightings
            if np.hypot(centre[0] - each.x_m, centre[1] - each.y_m) <= radius + 1e-9
        ]
        if radius > max_radius_m or 2 * len(zone) > len(sightings):
            continue
        ratios = [
            sum(_ratio(sightings, zone, days=days, partner=partner, topic=topic) for topic in topics)
            for partner in partners
        ]
        found = (_ratio(sightings, zone, days=days), sum(ratios), sum(ratios) - max(ratios))
        best = [max(one, other) for one, other in zip(best, found, strict=True)]
    return best


def _ratio(sightings, zone, *, days, partner=None, topic=None):
    whole, near = (
        [each for each in some if partner in {None, each.partner} and topic in {None, each.topic}]
        for some in (sightings, zone)
    )
    if not whole:
        return 0.0
    first = TODAY - timedelta(days=days - 1)
    return by_hand(
        sum(each.on >= first for each in near), len(near), sum(each.on >= first for each in whole), len(whole)
    )


def a_cell(square, *lows):
    """A square that showed such bands, or nothing."""
    if not lows:
        return Cell(square=square, release=None)
    bands = {str(number): Band(low=low, high=None) for number, low in enumerate(lows)}
    shown = Release(
        width=Width.CELL, name=str(square), window=MARCH, n_addresses=Band(low=10, high=19), partners=bands
    )
    return Cell(square=square, release=shown)

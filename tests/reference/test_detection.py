# SPDX-License-Identifier: EUPL-1.2
"""Situations beside SaTScan, rival libraries and published figures, on real incidents."""

from __future__ import annotations

import numpy as np
import pytest

from scharnier.core import detection
from scharnier.core.detection import BandPlan, ScanPlan, Statistic
from scharnier.formats import signals_csv
from scharnier.formats.signals_csv import Columns
from tests.shared import SHARED_DATA, needs_shared_data
from tests.unit.detection.scenes import TODAY, a_sighting

FOLDER = SHARED_DATA / "situations"
CATEGORIES = {"theft", "burglary", "auto theft", "aggravated assault", "robbery"}


def read(name, **columns):
    return signals_csv.read_signals((FOLDER / name).read_bytes(), Columns(**columns)).sightings


def scan(seen, **more):
    last = max(each.on for each in seen)
    plan = ScanPlan(max_days=28, n_clusters=1, **more)
    found = detection.scan_signals(seen, today=last, plan=plan)
    return {cluster.statistic: cluster for cluster in found.clusters}, found


@needs_shared_data("situations/nbh_houston.csv")
class TestNeighbourhood:
    """SaTScan 10.3.2: LLR 5.745213 pooled, 6.938201 of five streams; p .41, .68; 5 % beyond 7.97, 10.08."""

    @pytest.fixture(scope="class")
    @classmethod
    def found(cls):
        return scan(read("nbh_houston.csv", partner="stream"), max_radius_m=500, stop_after=None)

    def test_has_the_log_likelihood_ratios_of_satscan(self, found):
        clusters, _ = found

        assert round(clusters[Statistic.POOLED].llr, 6) == 5.745213
        assert round(clusters[Statistic.JOINT].llr, 6) == 6.938201

    def test_has_chances_like_those_of_satscan(self, found):
        clusters, whole = found

        assert clusters[Statistic.POOLED].p == pytest.approx(0.41, abs=0.05)
        assert clusters[Statistic.JOINT].p == pytest.approx(0.65, abs=0.05)
        quantiles = whole.null_quantiles()
        assert quantiles[Statistic.POOLED][0.95] == pytest.approx(7.91, abs=0.25)
        assert quantiles[Statistic.JOINT][0.95] == pytest.approx(10.0, abs=0.4)

    def test_has_the_value_that_its_own_zone_gives_by_hand(self, found):
        cluster = found[0][Statistic.JOINT]
        seen = read("nbh_houston.csv", partner="stream")

        ratios = []
        for partner in cluster.observed:
            own = [each for each in seen if each.partner == partner]
            zone = [each for each in own if (each.x_m, each.y_m) in cluster.locations]
            c = sum(each.on >= cluster.first_day for each in zone)
            mu = len(zone) * sum(each.on >= cluster.first_day for each in own) / len(own)
            rest = len(own) - c
            ratios.append(c * np.log(c / mu) + rest * np.log(rest / (len(own) - mu)) if c > mu else 0.0)

        assert cluster.llr == pytest.approx(sum(ratios))


@needs_shared_data("situations/houston_2010.csv.gz")
class TestCity:
    def test_has_the_log_likelihood_ratio_of_satscan(self):
        """SaTScan 10.3.2: 14.319855, of 85,565 incidents at 24,130 locations within 1,000 m."""
        seen = [
            each for each in read("houston_2010.csv.gz", partner="category") if each.partner in CATEGORIES
        ]

        clusters, _ = scan(seen, max_radius_m=1000, n_replicates=1)

        assert len(seen) == 85_565
        assert round(clusters[Statistic.POOLED].llr, 6) == 14.319855


@needs_shared_data("situations/chicago_be_2016.csv.gz")
class TestNearRepeats:
    def test_are_those_published_for_chicago(self):
        """NearRepeat 0.1.1: the same address within a week 6.4 times as often as by chance."""
        seen = read("chicago_be_2016.csv.gz", partner=None)

        found = detection.find_near_repeats(seen, BandPlan(distances_m=(0, 200), days=(7,), n_replicates=99))

        assert [round(each.ratio, 1) for each in found] == [pytest.approx(6.4, abs=0.15), 1.4]
        assert [each.p for each in found] == [0.01, 0.01]

    def test_are_counted_as_pointpats_counts_them(self):
        pointpats = pytest.importorskip("pointpats", reason="pointpats absent")
        seen = read("chicago_be_2016.csv.gz", partner=None)[:2000]
        days = np.array([[each.on.toordinal()] for each in seen])
        places = np.array([(each.x_m, each.y_m) for each in seen])

        rival = pointpats.Knox(places, days, delta=200, tau=7, permutations=0)

        ours = detection.find_near_repeats(seen, BandPlan(distances_m=(200,), days=(7,), n_replicates=1))
        assert ours[0].observed == rival.statistic_


class TestSecondStage:
    """The strongest partner is kept as it is; worked out on two partners at two places."""

    def test_is_the_share_of_dealings_by_hand(self):
        """School saw one of its four there, and lately: a quarter of dealings puts it there as well.

        Police bursts there beyond chance, so that this counts twice.
        """
        police = [a_sighting("police", 0, ago=0)] * 3 + [a_sighting("police", 900, ago=60)] * 9
        school = [a_sighting("school", 0, ago=0)] + [a_sighting("school", 900, ago=60)] * 3
        plan = ScanPlan(max_radius_m=100, n_replicates=4000, stop_after=None, n_clusters=1)

        found = detection.scan_signals([*police, *school], today=TODAY, plan=plan).clusters

        shared = next(each for each in found if each.statistic is Statistic.SHARED)
        assert shared.p == pytest.approx(2 / 4, abs=0.06)

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from statistics import median

import pytest

from scharnier.core import detection
from scharnier.core.detection import ScanPlan, Statistic
from scharnier.core.detection._board import set_board
from scharnier.core.detection._engines import find_engine
from scharnier.core.detection._scan import BURST_P, Loudest, _Scanner
from scharnier.core.detection._sightings import tally_sightings
from tests.unit.detection.scenes import TODAY, a_burst, a_sighting, by_hand, scan_by_hand, some_sightings

NUMBA = pytest.mark.skipif(not detection.has_numba(), reason="numba absent: extra fast")
PLAN = ScanPlan(max_radius_m=250, max_days=14, n_replicates=99, stop_after=None)


def scan(sightings, plan=PLAN, **more):
    return detection.scan_signals(sightings, today=TODAY, plan=plan, **more)


def best(found, statistic):
    return next(cluster for cluster in found.clusters if cluster.statistic is statistic)


class TestScanPlan:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"max_radius_m": 0},
            {"max_radius_m": float("nan")},
            {"max_days": 0},
            {"n_replicates": 0},
            {"stop_after": 0},
            {"every_days": -1},
            {"n_clusters": 0},
        ],
    )
    def test_is_above_nought(self, wrong):
        with pytest.raises(detection.BadPlan):
            ScanPlan(**wrong)


class TestScanSignals:
    def test_finds_the_sum_by_hand(self):
        """Police: 2 of its 4 in zone and window, where 2 x 2 / 4 = 1 is expected."""
        seen = [
            a_sighting(x=0), a_sighting(x=0), a_sighting(x=500, ago=40), a_sighting(x=500, ago=50),
        ]  # fmt: skip

        found = best(scan(seen), Statistic.POOLED)

        assert found.llr == pytest.approx(by_hand(2, 2, 2, 4))
        assert (found.observed, found.expected) == ({"police": 2}, {"police": 1.0})
        assert (found.center, found.radius_m, found.locations) == ((0.0, 0.0), 0.0, ((0.0, 0.0),))
        assert (found.first_day, found.last_day) == (TODAY, TODAY)

    @pytest.mark.parametrize("seed", range(6))
    def test_finds_what_looking_everywhere_finds(self, seed):
        seen = some_sightings(seed, n=40, n_places=8, n_days=20)
        plan = replace(PLAN, max_days=7, n_replicates=1)

        found = scan(seen, plan)

        by_looking = scan_by_hand(seen, max_radius_m=250, max_days=7)
        assert [best(found, statistic).llr for statistic in Statistic] == pytest.approx(by_looking)

    @pytest.mark.parametrize("with_numba", [False, pytest.param(True, marks=NUMBA)])
    @pytest.mark.parametrize("seed", range(4))
    def test_takes_each_topic_of_a_partner_as_a_stream_of_its_own(self, seed, with_numba):
        seen = some_sightings(seed, n=40, n_places=8, n_days=20, topics=("noise", "fire", "litter"))

        found = scan(seen, replace(PLAN, max_days=7, n_replicates=1), with_numba=with_numba)

        by_looking = scan_by_hand(seen, max_radius_m=250, max_days=7)
        assert [best(found, statistic).llr for statistic in Statistic] == pytest.approx(by_looking)

    def test_does_not_take_one_partner_with_two_topics_for_two_partners(self):
        both = [a_sighting("police", 200, 200, ago=n % 5, topic=("noise", "fire")[n % 2]) for n in range(18)]
        quiet = some_sightings(3, n=240, n_places=16, topics=("noise", "fire"))

        found = best(scan([*quiet, *both]), Statistic.SHARED)

        assert found.p > 0.05
        assert set(found.observed) == {"police", "school", "youth work"}

    def test_counts_a_partner_over_its_topics(self):
        seen = [a_sighting(x=x, ago=x, topic=topic) for x in (0, 50) for topic in ("noise", "fire")]

        found = best(scan(seen, replace(PLAN, max_radius_m=10)), Statistic.JOINT)

        assert found.llr == pytest.approx(2 * by_hand(1, 1, 1, 2))
        assert (found.observed, found.expected) == ({"police": 2}, {"police": 1.0})

    def test_tells_a_shared_burst_from_a_lone_one(self):
        quiet = some_sightings(3, n=240, n_places=16)
        shared = [*quiet, *a_burst("police", 6), *a_burst("school", 6), *a_burst("youth work", 6)]
        lone = [*quiet, *a_burst("police", 18)]

        both, one = (best(scan(seen), Statistic.SHARED) for seen in (shared, lone))

        assert both.p < 0.01
        assert one.p > 0.05
        assert best(scan(lone), Statistic.JOINT).p < 0.01
        assert set(both.observed) == {"police", "school", "youth work"}

    def test_finds_further_clusters_that_share_no_location(self):
        seen = [
            *some_sightings(5, n=300, n_places=20),
            *a_burst("police", 12),
            *a_burst("school", 8, x=400.0, y=400.0),
        ]

        found = [each for each in scan(seen).clusters if each.statistic is Statistic.JOINT]

        places = [place for cluster in found for place in cluster.locations]
        assert len(found) == 5
        assert len(places) == len(set(places))
        assert [each.llr for each in found] == sorted((each.llr for each in found), reverse=True)
        assert (found[0].p, found[1].p) < (0.05, 0.05)

    def test_has_nothing_shared_of_one_partner(self):
        found = scan(some_sightings(1, partners=("police",)))

        assert Statistic.SHARED not in {each.statistic for each in found.clusters}
        assert best(found, Statistic.POOLED).llr == best(found, Statistic.JOINT).llr

    def test_finds_nothing_when_nothing_is_recent(self):
        found = scan([a_sighting(x=x, ago=40) for x in (0, 50, 100, 400)])

        assert found.clusters == ()
        assert set(found.null_maxima[Statistic.POOLED]) == {0.0}

    def test_finds_nothing_at_one_place(self):
        assert scan([a_sighting(ago=ago) for ago in (0, 0, 30)]).clusters == ()

    @pytest.mark.parametrize("seen", [[], [a_sighting(ago=-3)]])
    def test_needs_signals(self, seen):
        with pytest.raises(detection.NothingSeen):
            scan(seen)

    def test_does_not_heed_what_is_seen_later(self):
        seen = some_sightings(2)

        assert scan([*seen, *a_burst("police", 9, within=1), a_sighting(ago=-1)]) == scan(
            [*seen, *a_burst("police", 9, within=1)]
        )

    def test_is_the_same_for_the_same_seed_and_another_for_another(self):
        seen = some_sightings(4)

        one, again = (scan(seen, replace(PLAN, seed=8)) for _ in range(2))
        other = scan(seen, replace(PLAN, seed=9))

        assert one == again
        assert one.null_maxima != other.null_maxima
        assert [each.llr for each in one.clusters] == [each.llr for each in other.clusters]

    def test_makes_the_same_dealings_whatever_their_number(self):
        seen = some_sightings(4)

        few, many = (scan(seen, replace(PLAN, n_replicates=n)).null_maxima for n in (70, 200))

        assert all(many[statistic][:70] == few[statistic] for statistic in Statistic)

    def test_stops_when_enough_did_as_well(self):
        found = scan(some_sightings(4), replace(PLAN, n_replicates=9999, stop_after=10))

        reached = [
            sum(value >= best(found, statistic).llr for value in found.null_maxima[statistic])
            for statistic in Statistic
        ]
        assert found.n_replicates < 9999
        assert min(reached) == 10

    def test_tells_how_seldom_chance_does_as_well(self):
        seen = [*some_sightings(3, n=240, n_places=16), *a_burst("police", 9)]

        nightly, weekly = (best(scan(seen, replace(PLAN, every_days=n)), Statistic.JOINT) for n in (1, 7))

        assert weekly.recurrence_weeks == pytest.approx(1 / weekly.p)
        assert nightly.recurrence_weeks == pytest.approx(weekly.recurrence_weeks / 7)

    def test_reaches_no_further_back_than_the_longest_window(self):
        found = scan([*some_sightings(3, n=240, n_places=16), *a_burst("police", 9, within=14)])

        assert all(each.first_day > TODAY - timedelta(days=14) for each in found.clusters)


class TestScan:
    def test_tells_what_chance_stays_under(self):
        found = scan(some_sightings(4))

        quantiles = found.null_quantiles()

        assert set(quantiles) == set(Statistic)
        for statistic, under in quantiles.items():
            assert list(under) == [0.5, 0.9, 0.95, 0.99]
            assert under[0.5] == median(found.null_maxima[statistic])
            assert list(under.values()) == sorted(under.values())


def scanner(sightings, *, with_numba=False):
    tally = tally_sightings(sightings, today=TODAY)
    board = set_board(tally, max_radius_m=250, max_days=14)
    return _Scanner(tally=tally, board=board, plan=PLAN, engine=find_engine(with_numba=with_numba))


class TestFindLoudest:
    @pytest.mark.parametrize("with_numba", [False, pytest.param(True, marks=NUMBA)])
    @pytest.mark.parametrize("name", ["police", "school", "youth work"])
    def test_is_who_has_a_burst_of_its_own(self, name, with_numba):
        made = scanner([*some_sightings(3, n=240), *a_burst(name, 9)], with_numba=with_numba)

        loudest = made.find_loudest()

        assert made.tally.partners[loudest.number] == name
        assert loudest.p < BURST_P

    def test_is_the_first_when_nothing_is_raised(self):
        assert scanner([a_sighting()]).find_loudest() == Loudest(number=0, p=1.0)

    def test_is_not_sure_of_a_burst_that_chance_gives_often(self):
        assert scanner(some_sightings(3, n=240)).find_loudest().p > BURST_P


class TestSecondP:
    def test_counts_twice_beside_a_burst_of_one_partner(self):
        made = scanner([*some_sightings(3, n=240), *a_burst("police", 9)])
        value = 1.2 * float(made.engine.find_best(made.board, made.board.dealt).values[2])

        quiet, loud = (made.second_p(value, loudest=Loudest(number=0, p=p)) for p in (0.011, 0.01))

        assert 0 < quiet < 0.5
        assert loud == 2 * quiet

    def test_is_at_most_one(self):
        made = scanner(some_sightings(3, n=240))

        assert made.second_p(0.0, loudest=Loudest(number=0, p=0.001)) == 1.0

# SPDX-License-Identifier: EUPL-1.2
"""Detection: what several partners meet, where and since when, and what may be shown of it."""

from scharnier.core.detection._bands import Band, NegativeCount, add_bands, band_count
from scharnier.core.detection._busy import find_busy
from scharnier.core.detection._cells import (
    WIDEST_M,
    Cell,
    Square,
    draw_cells,
    month_of,
    stand_in,
    stand_ins,
)
from scharnier.core.detection._engines import has_numba
from scharnier.core.detection._evaluation import (
    Change,
    PeakAsBaseline,
    UnequalPeriods,
    Weeks,
    choose_baseline,
    count_weeks,
    measure_change,
    overdispersion,
)
from scharnier.core.detection._evaluation_bands import NOTHING_TOLD, BandMonths, count_release, measure_bands
from scharnier.core.detection._heat import BadHeatPlan, Heat, HeatPlan, HotSpot, measure_heat
from scharnier.core.detection._naming import Saying, TypicalWord, name_find
from scharnier.core.detection._near_repeat import BadBands, BandPlan, NearRepeat, find_near_repeats
from scharnier.core.detection._projection import Projection
from scharnier.core.detection._release import (
    Area,
    Ledger,
    Located,
    Refused,
    Release,
    Released,
    Width,
    fix_circle,
    may_show,
)
from scharnier.core.detection._scan import BadPlan, Cluster, Scan, ScanPlan, Statistic, scan_signals
from scharnier.core.detection._sightings import BadSighting, NothingSeen, Sighting
from scharnier.core.detection._significance import count_p, find_p, recurrence_weeks, tail_p
from scharnier.core.detection._windows import BadWindow, Window, fix_days

__all__ = [
    "NOTHING_TOLD",
    "WIDEST_M",
    "Area",
    "BadBands",
    "BadHeatPlan",
    "BadPlan",
    "BadSighting",
    "BadWindow",
    "Band",
    "BandMonths",
    "BandPlan",
    "Cell",
    "Change",
    "Cluster",
    "Heat",
    "HeatPlan",
    "HotSpot",
    "Ledger",
    "Located",
    "NearRepeat",
    "NegativeCount",
    "NothingSeen",
    "PeakAsBaseline",
    "Projection",
    "Refused",
    "Release",
    "Released",
    "Saying",
    "Scan",
    "ScanPlan",
    "Sighting",
    "Square",
    "Statistic",
    "TypicalWord",
    "UnequalPeriods",
    "Weeks",
    "Width",
    "Window",
    "add_bands",
    "band_count",
    "choose_baseline",
    "count_p",
    "count_release",
    "count_weeks",
    "draw_cells",
    "find_busy",
    "find_near_repeats",
    "find_p",
    "fix_circle",
    "fix_days",
    "has_numba",
    "may_show",
    "measure_bands",
    "measure_change",
    "measure_heat",
    "month_of",
    "name_find",
    "overdispersion",
    "recurrence_weeks",
    "scan_signals",
    "stand_in",
    "stand_ins",
    "tail_p",
]

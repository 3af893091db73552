# SPDX-License-Identifier: EUPL-1.2
"""Signals and matches as rows: whatever the core can say comes back, and counts the same without words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from scharnier.apps.people.models import Organization
from scharnier.apps.signals import models, rows, services
from scharnier.core import signals
from scharnier.core.kernel import AreaId, MatchId, SignalId, TopicId
from scharnier.core.signals import Naming, Place, Precision, Seriousness, Side, Spot, Trace
from tests.factories import DAY, NOON
from tests.integration.apps.signals_scenes import KRUISVELD, LIBRARY, LITTER, SCHOOL, SQUARE, tell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kruisveld_of_signals")]

SPOTS = st.builds(Spot, longitude=st.floats(-180, 180), latitude=st.floats(-85, 85))
AREAS = st.sampled_from(["noord", "zuid"]).map(AreaId)
WORDS = st.sampled_from(["Marsstraat", "naast de glasbak", "bij het bankje"])
PLACES = st.one_of(
    st.builds(Place, precision=st.just(Precision.POINT), spot=SPOTS, area_id=st.none() | AREAS),
    st.builds(
        Place,
        precision=st.sampled_from([Precision.ADDRESS, Precision.STREET]),
        spot=st.none() | SPOTS,
        words=WORDS,
        area_id=AREAS,
    ),
    st.builds(Place, precision=st.just(Precision.AREA), spot=st.none() | SPOTS, area_id=AREAS),
)
HAPPENINGS = st.builds(
    signals.Happening,
    on=st.dates(min_value=date(2025, 1, 1), max_value=DAY),
    grain=st.sampled_from(signals.Grain),
)
SIGNALS = st.builds(
    signals.Signal,
    id=st.just(SignalId("1")),
    network_id=st.just(KRUISVELD),
    owner_id=st.just(SCHOOL),
    text=st.sampled_from(["Glas op straat", "Ruzie bij de ingang"]),
    place=PLACES,
    happened=HAPPENINGS,
    told_on=st.just(DAY),
    kept_until=st.integers(0, 700).map(lambda days: DAY + timedelta(days=days)),
    topics=st.frozensets(st.sampled_from(["litter", "noise"]).map(TopicId)),
    seriousness=st.sampled_from(Seriousness),
    author_id=st.none(),
)


def a_row(value):
    """Return the row of a signal of the school, not stored."""
    return models.Signal(
        id=value.id,
        network_id=value.network_id,
        organization=Organization(text_id="school", name="De Regenboog"),
        source=value.source.value,
        told_at=NOON,
        **rows.signal_parts(value),
    )


def columns_of(row):
    return {
        name: "school" if name.startswith("organization") else getattr(row, name) for name in rows.OF_TRACE
    }


def organization(text_id):
    return Organization.objects.get(network_id=KRUISVELD, text_id=text_id)


def a_trace(partner_id):
    return Trace(
        partner_id=partner_id,
        spot=signals.coarsen(SQUARE),
        spread_m=100,
        area_id=AreaId("noord"),
        first_day=DAY,
        last_day=DAY,
        kept_until=DAY + timedelta(days=9),
        topics=frozenset({LITTER}),
    )


def a_match():
    match = models.Match.objects.create(id="m", network_id=KRUISVELD, asked_on=DAY)
    told = tell()
    for partner_id in (SCHOOL, LIBRARY):
        side = rows.side_row(
            a_trace(partner_id), match=match, organization_pk=organization(partner_id).pk, signal_pk=told.pk
        )
        side.save()
    return match


class TestSignalValue:
    @given(value=SIGNALS)
    def test_is_what_was_stored(self, value):
        assert rows.signal_value(a_row(value)) == value

    @given(value=SIGNALS)
    def test_leaves_the_trace_that_is_stored_beside_it(self, value):
        row = a_row(value)

        assert rows.trace_of(columns_of(row)) == signals.leave_trace(value)

    @given(value=SIGNALS)
    def test_counts_the_same_once_the_words_went(self, value):
        row = a_row(value)
        before = rows.trace_of(columns_of(row))

        for name, emptied in services.WITHOUT_WORDS.items():
            setattr(row, name, emptied)

        after = signals.leave_trace(rows.signal_value(row))
        assert rows.trace_of(columns_of(row)) == before
        assert (after.area_id, after.first_day, after.topics) == (
            before.area_id,
            before.first_day,
            before.topics,
        )
        assert after.spot == before.spot

    @given(value=SIGNALS)
    def test_holds_no_exact_place_in_what_counts(self, value):
        row = a_row(value)

        if value.place.spot is not None:
            cell = Spot(longitude=row.cell_longitude, latitude=row.cell_latitude)
            assert cell == signals.coarsen(cell)


class TestMatchRow:
    def test_gives_the_match_back(self):
        row = a_match()

        assert rows.match_value(row) == signals.Match(
            id=MatchId("m"),
            sides=(Side(trace=a_trace(SCHOOL)), Side(trace=a_trace(LIBRARY))),
            asked_on=DAY,
        )

    def test_gives_what_was_decided(self):
        row = a_match()
        row.sides.filter(organization__text_id="school").update(naming="named", decided_on=DAY)

        first, second = rows.match_value(row).sides

        assert (first.naming, first.decided_on) == (Naming.NAMED, DAY)
        assert (second.naming, second.decided_on) == (Naming.ASKED, None)

    def test_is_no_match_any_more_when_one_of_the_two_left(self):
        row = a_match()

        organization("bibliotheek").delete()

        assert rows.match_value(row) is None
        assert rows.match_values(models.Match.objects.all()) == ()

    def test_outlives_the_signal(self):
        row = a_match()

        models.Signal.objects.all().delete()

        assert rows.match_value(row) is not None

    @pytest.mark.parametrize(
        "parts",
        [
            {"naming": "perhaps"},
            {"naming": "named"},
            {"decided_on": DAY},
            {"naming": "lapsed", "decided_on": None},
        ],
        ids=str,
    )
    def test_is_refused_by_the_database_when_it_breaks_a_rule(self, parts):
        a_match()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Side.objects.update(**parts)

    def test_has_each_partner_once(self):
        row = a_match()
        again = row.sides.get(organization__text_id="school")
        again.pk = None

        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()


class TestCountRow:
    def test_is_there_once_for_a_day(self):
        models.Count.objects.create(network_id=KRUISVELD, key="0", day=DAY, n=1)

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Count.objects.create(network_id=KRUISVELD, key="0", day=DAY, n=1)

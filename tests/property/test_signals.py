# SPDX-License-Identifier: EUPL-1.2
"""Laws of signals: what others can ever come to know, and how a match can go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from scharnier.core import signals
from scharnier.core.kernel import AreaId, MatchId, NetworkId, OrganizationId, PersonId, SignalId, TopicId
from scharnier.core.signals import (
    Grain,
    Happening,
    Looking,
    Naming,
    NamingStep,
    Place,
    Precision,
    Side,
    SignalState,
    Spot,
)

MONDAY = date(2026, 3, 2)
ORGANIZATIONS = tuple(map(OrganizationId, ("bibliotheek", "corporatie", "politie", "school")))
TOPICS = tuple(map(TopicId, ("litter", "waste", "noise")))
BROADER = {
    TOPICS[0]: frozenset(TOPICS[:2]),
    TOPICS[1]: frozenset({TOPICS[1]}),
    TOPICS[2]: frozenset({TOPICS[2]}),
}
MARK = "kersenbloesem"  # stands in every text, and must stand nowhere else

spots = st.builds(
    Spot,
    longitude=st.floats(5.10, 5.13, allow_nan=False),
    latitude=st.floats(52.08, 52.10, allow_nan=False),
)
places = st.builds(
    Place,
    precision=st.sampled_from(Precision),
    spot=spots,
    words=st.sampled_from((f"{MARK}laan", f"{MARK}plein 4")),
    area_id=st.sampled_from((AreaId("noord"), AreaId("zuid"))),
)
happenings = st.builds(
    Happening,
    on=st.integers(-60, 0).map(lambda n: MONDAY + timedelta(days=n)),
    grain=st.sampled_from(Grain),
)
all_signals = st.builds(
    signals.Signal,
    id=st.integers(1, 9).map(lambda n: SignalId(str(n))),
    network_id=st.just(NetworkId("n")),
    owner_id=st.sampled_from(ORGANIZATIONS),
    text=st.sampled_from((f"de {MARK} ligt vol afval", f"lawaai bij de {MARK}")),
    place=places,
    happened=happenings,
    told_on=st.just(MONDAY),
    kept_until=st.integers(0, 90).map(lambda n: MONDAY + timedelta(days=n)),
    author_id=st.just(PersonId(MARK)),
    topics=st.frozensets(st.sampled_from(TOPICS)),
    state=st.sampled_from(SignalState),
)
whole_earth = st.builds(Spot, longitude=st.floats(-180, 180), latitude=st.floats(-85, 85))


def values_in(thing: object) -> Iterator[object]:
    """Yield everything that can be reached from a value, however deep."""
    yield thing
    if is_dataclass(thing):
        for each in fields(thing):
            yield from values_in(getattr(thing, each.name))
    elif isinstance(thing, (tuple, frozenset, list, set)):
        for each in thing:
            yield from values_in(each)


def traces_of(told):
    return [trace for trace in map(signals.leave_trace, told) if trace is not None]


class TestCoarsen:
    @given(spot=whole_earth)
    def test_stays_near_and_stays_put(self, spot):
        middle = signals.coarsen(spot)

        assert signals.measure_distance(spot, middle) <= 75
        assert signals.measure_distance(signals.coarsen(middle), middle) <= 0.01

    @given(a=whole_earth, b=whole_earth, c=whole_earth)
    def test_measures_as_a_distance_does(self, a, b, c):
        there, back = signals.measure_distance(a, b), signals.measure_distance(b, a)
        round_about = signals.measure_distance(a, c) + signals.measure_distance(c, b)

        assert there == back
        assert there <= round_about + 1


class TestIsAlike:
    @given(told=st.lists(all_signals, min_size=2, max_size=2))
    def test_does_not_depend_on_the_order(self, told):
        a, b = (replace(signal, state=SignalState.OPEN) for signal in told)
        first, second = traces_of([a, b])

        forwards = signals.is_alike(first, second, broader=BROADER)

        assert forwards == signals.is_alike(second, first, broader=BROADER)

    @given(signal=all_signals)
    def test_holds_of_whatever_has_a_topic_with_itself(self, signal):
        for trace in traces_of([signal]):
            assert signals.is_alike(trace, trace) is bool(trace.topics)


class TestFindOthers:
    @given(asked=all_signals, told=st.lists(all_signals, max_size=12))
    def test_lets_nobody_reach_a_text_a_name_or_a_place_of_another(self, asked, told):
        for trace in traces_of([asked]):
            looking = Looking(trace=trace, on=MONDAY)

            answer = signals.find_others(looking, traces_of(told), broader=BROADER)

            assert all(type(value) in {int, bool} for value in list(values_in(answer))[1:])
            assert MARK not in repr(answer)
            assert MARK not in repr(traces_of(told))

    @given(asked=all_signals, told=st.lists(all_signals, max_size=12), times=st.integers(1, 4))
    def test_is_the_same_however_often_something_was_met(self, asked, told, times):
        for trace in traces_of([asked]):
            looking, once = Looking(trace=trace, on=MONDAY), traces_of(told)

            answer = signals.find_others(looking, once, broader=BROADER)

            assert signals.find_others(looking, once * times, broader=BROADER) == answer

    @given(asked=all_signals, told=st.lists(all_signals, max_size=12))
    def test_never_counts_the_asker(self, asked, told):
        for trace in traces_of([asked]):
            looking = Looking(trace=trace, on=MONDAY)
            others = [each for each in traces_of(told) if each.partner_id != trace.partner_id]

            answer = signals.find_others(looking, traces_of(told), broader=BROADER)

            assert answer == signals.find_others(looking, others, broader=BROADER)
            assert answer.n_partners <= len({each.partner_id for each in others})

    @given(asked=all_signals, told=st.lists(all_signals, max_size=12))
    def test_counts_whom_it_notifies(self, asked, told):
        for trace in traces_of([asked]):
            looking = Looking(trace=trace, on=MONDAY)

            notified = signals.partners_to_notify(looking, traces_of(told), broader=BROADER)

            assert len(notified) == signals.find_others(looking, traces_of(told), broader=BROADER).n_partners
            assert trace.partner_id not in notified


class MatchLife(RuleBasedStateMachine):
    """Whatever two partners do: a name is told only by whom it is of, and never taken back."""

    @initialize(told=st.lists(all_signals, min_size=1, max_size=1))
    def begin(self, told):
        trace = traces_of([replace(told[0], state=SignalState.OPEN)])[0]
        self.pair = ORGANIZATIONS[:2]
        sides = tuple(Side(trace=replace(trace, partner_id=partner_id)) for partner_id in self.pair)
        self.match = signals.Match(id=MatchId("m"), sides=sides, asked_on=MONDAY)
        self.agreed: set[OrganizationId] = set()

    @rule(place=st.integers(0, 1), step=st.sampled_from(NamingStep), n_days=st.integers(0, 30))
    def take(self, place, step, n_days):
        partner_id, before = self.pair[place], self.match
        try:
            self.match = signals.step_match(before, step, by=partner_id, on=MONDAY + timedelta(days=n_days))
        except signals.NamingClosed:
            assert self.match == before
        else:
            self.agreed |= {partner_id} if step is NamingStep.NAME else set()

    @invariant()
    def a_name_is_told_by_whom_it_is_of(self):
        for own, other in (self.pair, self.pair[::-1]):
            assert signals.view_match(self.match, own).other_id == (other if other in self.agreed else None)

    @invariant()
    def who_looks_sees_nothing_of_a_signal(self):
        for partner_id in self.pair:
            view = signals.view_match(self.match, partner_id)
            assert MARK not in repr(view)
            assert not any(isinstance(value, (Side, Spot)) for value in values_in(view))

    @invariant()
    def nobody_waits_for_ever(self):
        late = signals.lapses_on(self.match)
        for side in self.match.sides:
            if side.naming is Naming.ASKED:
                lapsed = signals.step_match(self.match, NamingStep.LAPSE, by=side.partner_id, on=late)
                assert signals.view_match(lapsed, side.partner_id).own is Naming.LAPSED


TestMatchLife = MatchLife.TestCase

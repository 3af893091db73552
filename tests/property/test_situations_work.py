# SPDX-License-Identifier: EUPL-1.2
"""Laws of what partners do together: agendas, figures, agreements, the coalition and who may act."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import policy, situations
from scharnier.core.kernel import (
    ActionId,
    Actor,
    AgreementId,
    Conflict,
    IndicatorId,
    Invalid,
    InvitationId,
    MeetingId,
    NetworkId,
    NotAllowed,
    OrganizationId,
    PersonId,
    Role,
)
from scharnier.core.situations import (
    ENDED,
    Action,
    ActionState,
    Agreement,
    AgreementState,
    Audience,
    Awaited,
    Capacity,
    Event,
    Indicator,
    IndicatorHint,
    Invitation,
    InvitationPart,
    InvitationState,
    InvitationStep,
    Meeting,
    Progress,
    Readers,
    Reading,
    State,
    Step,
    StoryLine,
    Template,
    Topical,
    Wanted,
)
from scharnier.formats.situation_templates import load_templates
from tests.unit.situations.scenes import a_situation

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ORGANIZATIONS = tuple(map(OrganizationId, ("bibliotheek", "corporatie", "politie", "school")))
organizations = st.sampled_from(ORGANIZATIONS)
days = st.integers(-60, 60).map(lambda n: MONDAY + timedelta(days=n))
figures = st.integers(-1000, 1000).map(float)
EXPLAINED = {ActionState.NOT_DONE, ActionState.NOT_POSSIBLE}
LOOSE = {ActionState.NOT_DONE: 0, ActionState.NOT_POSSIBLE: 1, ActionState.OPEN: 2}


def _action(name: str, state: ActionState, due: date, *, has_owner: bool, organization: str) -> Action:
    return Action(
        id=ActionId(name),
        text="De lamp maken",
        person_id=PersonId("karel") if has_owner else None,
        organization_id=OrganizationId(organization),
        due=due,
        state=state,
        reason="Het regende" if state in EXPLAINED else "",
        ended_on=None if state is ActionState.OPEN else due,
    )


def _agreement(name: str, state: AgreementState, review_on: date) -> Agreement:
    return Agreement(
        id=AgreementId(name),
        text="We bellen elkaar",
        party_ids=frozenset(ORGANIZATIONS[:2]),
        made_on=MONDAY - timedelta(days=90),
        review_on=review_on,
        state=state,
    )


def _invitation(name: str, organization: OrganizationId, state: InvitationState, on: date) -> Invitation:
    return Invitation(id=InvitationId(name), organization_id=organization, invited_on=on, state=state)


def named(prefix, strategy, *, most=6):
    """Return a list of which each has a name of its own."""
    return st.lists(strategy, max_size=most).map(
        lambda makers: [make(f"{prefix}{place}") for place, make in enumerate(makers)]
    )


actions = named(
    "a",
    st.builds(
        lambda state, due, has_owner, organization: (
            lambda name: _action(name, state, due, has_owner=has_owner, organization=organization)
        ),
        st.sampled_from(ActionState),
        days,
        st.booleans(),
        organizations,
    ),
)
agreements = named(
    "g",
    st.builds(
        lambda state, on: lambda name: _agreement(name, state, on), st.sampled_from(AgreementState), days
    ),
)
invitations = named(
    "i",
    st.builds(
        lambda who, state, on: lambda name: _invitation(name, who, state, on),
        organizations,
        st.sampled_from(InvitationState),
        days,
    ),
)
indicators = named(
    "n",
    st.builds(lambda word: lambda name: Indicator(id=IndicatorId(name), name=word), st.sampled_from("abc")),
)
readings = st.lists(
    st.builds(lambda on, low: Reading(on=on, low=low, high=low), days, figures),
    unique_by=lambda each: each.on,
    max_size=6,
)


def _agenda(done, *, on, meetings=()):
    return situations.make_agenda(
        actions=done, agreements=[], invitations=[], indicators=[], meetings=meetings, on=on
    )


def _has_ended(action: Action, on: date) -> bool:
    return action.ended_on is not None and action.ended_on <= on


class TestMakeAgenda:
    @given(st.data(), actions, agreements, invitations, indicators, days)
    def test_does_not_depend_on_the_order_of_what_it_is_made_of(self, data, done, agreed, asked, counted, on):
        forwards = situations.make_agenda(
            actions=done, agreements=agreed, invitations=asked, indicators=counted, on=on
        )

        mixed = [data.draw(st.permutations(each)) for each in (done, agreed, asked, counted)]

        assert forwards == situations.make_agenda(
            actions=mixed[0], agreements=mixed[1], invitations=mixed[2], indicators=mixed[3], on=on
        )

    @given(actions, agreements, invitations, indicators, days)
    def test_speaks_of_each_once_and_of_nothing_that_is_settled(self, done, agreed, asked, counted, on):
        agenda = situations.make_agenda(
            actions=done, agreements=agreed, invitations=asked, indicators=counted, on=on
        )

        order = [list(Topical).index(point.about) for point in agenda]
        subjects = [point.subject_id for point in agenda]
        waiting = {
            each.id for each in asked if each.state in {InvitationState.INVITED, InvitationState.LAPSED}
        }
        assert order == sorted(order)
        assert len(subjects) == len(set(subjects))
        assert {each for each in subjects if each.startswith("i")} == waiting
        assert {each for each in subjects if each.startswith("n")} == {each.id for each in counted}
        assert not {each.id for each in done if each.state is ActionState.DONE} & set(subjects)
        assert {each.id for each in agreed if each.state is not AgreementState.OPEN}.isdisjoint(subjects)

    @given(actions, days, st.integers(0, 60))
    def test_speaks_once_of_what_ended_undone_and_goes_on_about_what_is_open(self, done, on, n_days):
        starts_at = datetime.combine(on, time(10), UTC)
        first = _agenda(done, on=on)
        held = Meeting(
            id=MeetingId("1"),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            agenda=first,
            present_ids=frozenset(ORGANIZATIONS[:1]),
        )

        later = {point.subject_id for point in _agenda(done, on=on + timedelta(days=n_days), meetings=[held])}

        before = {point.subject_id for point in first}
        stays = {each.id for each in done if each.id in before and not _has_ended(each, on)}
        assert later & before == stays

    @given(actions, days)
    def test_begins_with_what_was_not_done_then_the_oldest_promise(self, done, on):
        found = situations.incomplete_actions(done, on=on)

        keys = [(LOOSE[each.state], each.due, each.id) for each in found]
        assert keys == sorted(keys)
        assert {each.id for each in found} == {
            each.id
            for each in done
            if each.state in LOOSE and (each.due < on or (each.state in EXPLAINED and each.due == on))
        }

    @given(actions, days, st.integers(0, 60))
    def test_grows_only_longer_when_nobody_does_anything(self, done, on, n_days):
        now = situations.incomplete_actions(done, on=on)
        later = situations.incomplete_actions(done, on=on + timedelta(days=n_days))

        assert {each.id for each in now} <= {each.id for each in later}


class TestCountKept:
    @given(agreements)
    def test_counts_no_more_than_was_judged(self, agreed):
        kept = situations.count_kept(agreed)

        assert 0 <= kept.n_kept <= kept.n_judged <= len(agreed)
        assert kept == situations.count_kept(reversed(agreed))

    @given(agreements)
    def test_is_not_changed_by_what_is_open_or_was_dropped(self, agreed):
        judged = [each for each in agreed if each.state in {AgreementState.KEPT, AgreementState.NOT_KEPT}]

        assert situations.count_kept(agreed) == situations.count_kept(judged)


class TestEndAction:
    @given(actions, st.sampled_from(ActionState), days)
    def test_can_be_undone_and_ends_one_way(self, done, state, on):
        for action in done:
            try:
                ended = situations.end_action(action, state, on=on, reason="Het regende")
            except Conflict:
                is_open = action.state is ActionState.OPEN
                assert is_open is (state is ActionState.OPEN)
                continue
            if state is not ActionState.OPEN:
                again = situations.end_action(ended, ActionState.OPEN, on=on)
                assert again == replace(action, reason="", ended_on=None)
                with pytest.raises(Conflict):
                    situations.end_action(ended, state, on=on, reason="Het regende")


class TestEnterReading:
    @given(readings, st.builds(lambda on, low: Reading(on=on, low=low, high=low), days, figures))
    def test_twice_is_as_once_and_the_last_of_a_day_counts(self, entered, reading):
        indicator = Indicator(id=IndicatorId("n"), name="Meldingen")
        for each in entered:
            indicator = situations.enter_reading(indicator, each)

        once = situations.enter_reading(indicator, reading)

        assert situations.enter_reading(once, reading) == once
        assert [each for each in once.readings if each.on == reading.on] == [reading]
        assert {each.on for each in once.readings} == {each.on for each in entered} | {reading.on}

    @given(st.data(), readings)
    def test_does_not_depend_on_the_order_of_entering(self, data, entered):
        made = []
        for order in (entered, data.draw(st.permutations(entered))):
            indicator = Indicator(id=IndicatorId("n"), name="Meldingen")
            for each in order:
                indicator = situations.enter_reading(indicator, each)
            made.append(indicator)

        assert made[0] == made[1]


class TestJudgeProgress:
    @given(figures, st.integers(1, 500), st.lists(figures, min_size=2, max_size=2))
    def test_is_the_same_seen_in_a_mirror(self, baseline, gain, ends):
        low, high = sorted(ends)
        more = Indicator(
            id=IndicatorId("n"),
            name="Bezoekers",
            wanted=Wanted.MORE,
            baseline=baseline,
            target=baseline + gain,
            readings=(Reading(on=MONDAY, low=low, high=high),),
        )
        fewer = replace(
            more,
            wanted=Wanted.FEWER,
            baseline=-baseline,
            target=-(baseline + gain),
            readings=(Reading(on=MONDAY, low=-high, high=-low),),
        )

        assert situations.judge_progress(more) is situations.judge_progress(fewer)

    @given(figures, figures, st.integers(0, 500))
    def test_never_falls_when_the_figure_goes_the_wanted_way(self, baseline, figure, gain):
        ranks = [Progress.WORSE, Progress.UNCHANGED, Progress.BETTER, Progress.REACHED]
        goal = Indicator(
            id=IndicatorId("n"),
            name="Meldingen",
            wanted=Wanted.MORE,
            baseline=baseline,
            target=baseline + 5,
        )

        before, after = (
            situations.judge_progress(
                situations.enter_reading(goal, Reading(on=MONDAY, low=value, high=value))
            )
            for value in (figure, figure + gain)
        )

        assert ranks.index(before) <= ranks.index(after)


class TestCoalition:
    @given(
        st.lists(
            st.tuples(organizations, st.sampled_from(InvitationStep), st.sampled_from(InvitationPart)),
            max_size=20,
        )
    )
    def test_holds_who_last_said_yes_and_nobody_who_said_no_or_left(self, steps):
        asked = {each: _invitation(each, each, InvitationState.INVITED, MONDAY) for each in ORGANIZATIONS}
        on = MONDAY + timedelta(days=30)
        last = dict.fromkeys(ORGANIZATIONS)
        for who, step, part in steps:
            try:
                asked[who] = situations.step_invitation(asked[who], step, by=part, on=on, reason="Geen tijd")
            except (Conflict, Invalid, NotAllowed):
                continue
            last[who] = step

        found = situations.coalition_of(asked.values())

        assert found == {who for who, step in last.items() if step is InvitationStep.ACCEPT}

    @given(invitations, organizations)
    def test_is_never_asked_twice_at_once(self, asked, who):
        new = _invitation("new", who, InvitationState.INVITED, MONDAY)
        takes_part = {InvitationState.INVITED, InvitationState.LAPSED, InvitationState.ACCEPTED}
        is_in = any(each.organization_id == who and each.state in takes_part for each in asked)

        if is_in:
            with pytest.raises(situations.InvitedTwice):
                situations.invite(tuple(asked), new)
        else:
            assert situations.invite(tuple(asked), new) == (*asked, new)


class TestCapacities:
    @given(
        role=st.sampled_from(Role),
        acts_for=st.frozensets(organizations),
        state=st.sampled_from(State),
        is_elsewhere=st.booleans(),
    )
    def test_are_no_more_than_the_policy_allows(self, role, acts_for, state, is_elsewhere):
        situation = a_situation(state)
        network_id = NetworkId("elders") if is_elsewhere else situation.network_id
        actor = Actor(network_id=network_id, person_id=PersonId("noor"), role=role, acts_for=acts_for)
        thing = policy.Thing(
            kind=policy.Kind.SITUATION,
            network_id=situation.network_id,
            organization_id=situation.owner_id,
            coalition_ids=situation.coalition,
        )

        found = situations.capacities_of(situation, actor)

        allowed = {
            Capacity.OWNER: policy.Act.FOLLOW,
            Capacity.PARTNER: policy.Act.CHANGE,
            Capacity.COORDINATOR: policy.Act.MEND,
        }
        assert found == {
            capacity for capacity, act in allowed.items() if policy.allow(actor, act, thing, at=MONDAY)
        }

    @given(
        role=st.sampled_from(Role),
        acts_for=st.frozensets(organizations),
        state=st.sampled_from(State),
        on=days,
    )
    def test_have_waiting_for_them_what_waits_and_nothing_else(self, role, acts_for, state, on):
        situation = a_situation(state)
        actor = Actor(
            network_id=situation.network_id, person_id=PersonId("noor"), role=role, acts_for=acts_for
        )

        mine = situations.waiting_for(actor, [situation], on=on)
        every = situations.what_waits(situation, on=on)

        assert [each for each in every if each in mine] == list(mine)
        if state in ENDED:
            assert {each.awaited for each in mine} <= {Awaited.RECHECK}


class TestOrderStory:
    lines = st.lists(
        st.builds(
            lambda hour, event, source, subject, audience: StoryLine(
                at=NOON + timedelta(hours=hour),
                event=event,
                subject_id=subject,
                readers=Readers(
                    source_id=source,
                    audience=audience,
                    named_ids=frozenset(ORGANIZATIONS[:1]) if audience is Audience.NAMED else frozenset(),
                ),
            ),
            st.integers(0, 5),
            st.sampled_from(Event),
            organizations,
            st.sampled_from(("a", "b")),
            st.sampled_from(Audience),
        ),
        max_size=8,
    )

    @given(lines, organizations, st.frozensets(organizations))
    def test_tells_all_that_one_may_read_in_order(self, told, reader, coalition):
        story = situations.order_story(told, reader, coalition=coalition)

        assert [each.at for each in story] == sorted(each.at for each in story)
        assert len(story) == sum(
            situations.is_reader(each.readers, reader, coalition=coalition) for each in told
        )
        if reader not in coalition:
            assert all(each.readers.source_id == reader for each in story)

    @given(lines, organizations, st.frozensets(organizations), organizations)
    def test_grows_only_longer_for_who_comes_in(self, told, reader, coalition, other):
        before = situations.order_story(told, reader, coalition=coalition)
        after = situations.order_story(told, reader, coalition=coalition | {other})

        assert [each for each in after if each in before] == list(before)


class TestStartFrom:
    @given(
        n_days=st.integers(1, 730),
        names=st.lists(st.sampled_from("abcdefg"), unique=True),
        on=st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    )
    def test_gives_a_plan_that_can_be_followed(self, n_days, names, on):
        template = Template(
            id="eigen",
            name="Eigen",
            goal="Rust",
            baseline="Lawaai",
            days=n_days,
            indicators=tuple(IndicatorHint(name=name) for name in names),
        )
        ids = [IndicatorId(f"id-{name}") for name in names]

        start = situations.start_from(template, on=on, indicator_ids=ids)

        assert start.plan.deadline == on + timedelta(days=n_days)
        assert [(each.id, each.name) for each in start.indicators] == list(zip(ids, names, strict=True))

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_of_every_template_of_the_product_lacks_only_the_action_before_planning(self, language):
        for template in load_templates(language=language):
            ids = [IndicatorId(str(place)) for place in range(len(template.indicators))]
            start = situations.start_from(template, on=MONDAY, indicator_ids=ids)
            situation = a_situation(State.ACCEPTED, plan=start.plan, indicators=start.indicators, actions=())

            lacks = set(situations.what_is_missing(situation, Step.PLAN))

            assert situations.Lack.DEADLINE not in lacks
            assert situations.Lack.ACTION in lacks
            assert (situations.Lack.GOAL in lacks) is (not template.goal)

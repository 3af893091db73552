# SPDX-License-Identifier: EUPL-1.2
"""Laws of working together: who is invited, where the scan keeps silent, what figures and scores tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from scharnier.core import network, situations
from scharnier.core.detection import band_count
from scharnier.core.kernel import (
    ActionId,
    AgreementId,
    AreaId,
    IndicatorId,
    InvitationId,
    OrganizationId,
    PartId,
    PersonId,
    TopicId,
)
from scharnier.core.network import Consent, Purpose
from scharnier.core.situations import (
    Action,
    ActionState,
    Agreement,
    AgreementState,
    Audience,
    Event,
    Find,
    GoalScore,
    Hinge,
    Indicator,
    Invitation,
    InvitationState,
    Matter,
    Part,
    Progress,
    Readers,
    Reading,
    Silence,
    StoryLine,
    Topical,
    Wanted,
    Weight,
    Zone,
)

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ORGANIZATIONS = tuple(map(OrganizationId, ("bibliotheek", "corporatie", "politie", "school")))
TOPICS = tuple(map(TopicId, ("litter", "noise", "safety")))
AREAS = tuple(map(AreaId, ("noord", "zuid")))
AGREED = tuple(Consent(purpose=each, given_date=MONDAY) for each in (Purpose.LISTING, Purpose.INTRODUCTION))

organizations = st.sampled_from(ORGANIZATIONS)
some = st.frozensets(organizations)
dates = st.integers(-60, 120).map(lambda n: MONDAY + timedelta(days=n))
topics, areas = st.frozensets(st.sampled_from(TOPICS)), st.frozensets(st.sampled_from(AREAS))
networks = st.lists(
    st.builds(network.Organization, id=organizations, name=st.just("Een"), topics=topics, area_ids=areas),
    unique_by=lambda each: each.id,
)
matters = st.builds(
    Matter,
    topics=topics,
    area_ids=areas,
    shares=st.dictionaries(organizations, st.floats(0, 1)),
)
hinges = st.lists(
    st.builds(
        Hinge,
        person_id=st.sampled_from(("karel", "noor", "samira")).map(PersonId),
        organization_ids=some,
        consents=st.sampled_from((AGREED, AGREED[:1], AGREED[1:], ())),
    ),
    max_size=5,
)
zones = st.builds(Zone, x_m=st.floats(-500, 500), y_m=st.floats(-500, 500), radius_m=st.floats(0, 400))
finds = st.builds(
    Find,
    zone=zones,
    first_day=st.just(MONDAY - timedelta(days=14)),
    last_day=st.just(MONDAY),
    llr=st.floats(0, 50),
    recurrence_weeks=st.floats(0.1, 1000),
    partner_ids=st.frozensets(organizations, min_size=1),
)
silences = st.lists(st.builds(Silence, zone=zones, since=dates, recurrence_weeks=st.floats(0.1, 1000)))
figures = st.floats(-1000, 1000)
readings = st.tuples(dates, figures, st.floats(0, 50)).map(
    lambda each: Reading(on=each[0], low=each[1], high=each[1] + each[2])
)
actions = st.lists(
    st.builds(
        Action,
        id=st.integers(1, 99).map(lambda n: ActionId(str(n))),
        text=st.just("De lamp maken"),
        person_id=st.sampled_from((None, PersonId("karel"))),
        organization_id=organizations,
        due=dates,
        state=st.sampled_from(ActionState),
        reason=st.just("Het regende"),
    ),
    unique_by=lambda each: each.id,
)
agreements = st.lists(
    st.builds(
        Agreement,
        id=st.integers(1, 99).map(lambda n: AgreementId(str(n))),
        text=st.just("We bellen eerst"),
        party_ids=st.frozensets(organizations, min_size=2),
        made_on=st.just(MONDAY - timedelta(days=90)),
        review_on=dates,
        state=st.sampled_from(AgreementState),
    ),
    unique_by=lambda each: each.id,
)
invitations = st.lists(
    st.builds(
        Invitation,
        id=st.integers(1, 99).map(lambda n: InvitationId(str(n))),
        organization_id=organizations,
        invited_on=dates,
        state=st.sampled_from(InvitationState),
    ),
    unique_by=lambda each: each.id,
)
readers = st.builds(
    lambda source, audience, named: Readers(
        source_id=source,
        audience=audience,
        named_ids=named if audience is Audience.NAMED else frozenset(),
    ),
    organizations,
    st.sampled_from(Audience),
    st.frozensets(organizations, min_size=1),
)


def propose(matter, known, tied=(), **more):
    return situations.propose_coalition(matter, known, tied, on=MONDAY, **more)


class TestProposeCoalition:
    @given(matter=matters, known=networks, tied=hinges, data=st.data())
    def test_does_not_depend_on_any_order(self, matter, known, tied, data):
        mixed = data.draw(st.permutations(known)), data.draw(st.permutations(tied))

        assert propose(matter, *mixed) == propose(matter, known, tied)

    @given(matter=matters, known=networks, tied=hinges)
    def test_gives_a_reason_that_stands_by_itself(self, matter, known, tied):
        by_id = {each.id: each for each in known}

        for partner in propose(matter, known, tied):
            organization = by_id[partner.organization_id]
            has_signals = matter.shares.get(organization.id, 0) > 0
            is_here = not organization.area_ids or bool(organization.area_ids & matter.area_ids)
            assert has_signals or (organization.topics & matter.topics and is_here)
            assert (partner.weight is not None) is has_signals
            assert partner.works_here is is_here
            assert partner.topics == organization.topics & matter.topics

    @given(matter=matters, known=networks)
    def test_leaves_out_nobody_who_has_signals(self, matter, known):
        proposed = {partner.organization_id for partner in propose(matter, known)}

        assert {each.id for each in known if matter.shares.get(each.id, 0) > 0} <= proposed

    @given(matter=matters, known=networks, tied=hinges, barred=some)
    def test_proposes_nobody_who_is_excluded_and_no_hinge_to_them(self, matter, known, tied, barred):
        left = propose(matter, known, tied, excluded=barred)

        assert left == propose(matter, [each for each in known if each.id not in barred], tied)
        assert not barred & {partner.organization_id for partner in left}

    @given(matter=matters, known=networks, tied=hinges)
    def test_names_a_person_only_with_consent_and_between_two(self, matter, known, tied):
        proposed = propose(matter, known, tied)
        ids = {partner.organization_id for partner in proposed}

        for partner in proposed:
            assert set(partner.hinge_ids) == {
                hinge.person_id
                for hinge in tied
                if set(hinge.consents) == set(AGREED)
                and partner.organization_id in hinge.organization_ids
                and len(hinge.organization_ids & ids) >= 2
            }
            assert list(partner.hinge_ids) == sorted(partner.hinge_ids)

    @given(matter=matters, known=networks, tied=hinges)
    def test_proposes_the_same_whoever_hinges(self, matter, known, tied):
        with_hinges, without = propose(matter, known, tied), propose(matter, known)

        assert [replace(each, hinge_ids=()) for each in with_hinges] == list(without)

    @given(matter=matters, known=networks)
    def test_puts_who_meets_more_first(self, matter, known):
        weights = [partner.weight for partner in propose(matter, known)]
        order = [*Weight, None]

        assert weights == sorted(weights, key=order.index)


class TestIsSilenced:
    @given(one=zones, other=zones)
    def test_meets_both_ways_and_itself(self, one, other):
        assert one.meets(other) is other.meets(one)
        assert one.meets(one)

    @given(find=finds, quiet=silences, on=dates, data=st.data())
    def test_does_not_depend_on_the_order(self, find, quiet, on, data):
        mixed = data.draw(st.permutations(quiet))

        assert situations.is_silenced(find, mixed, on=on) is situations.is_silenced(find, quiet, on=on)

    @given(find=finds, quiet=silences, more=silences, on=dates)
    def test_is_never_ended_by_another_silence(self, find, quiet, more, on):
        before = situations.is_silenced(find, quiet, on=on)

        assert situations.is_silenced(find, [*quiet, *more], on=on) is (
            before or situations.is_silenced(find, more, on=on)
        )

    @given(find=finds, quiet=silences, on=dates, times=st.floats(1, 100))
    def test_is_never_begun_by_being_rarer(self, find, quiet, on, times):
        rarer = replace(find, recurrence_weeks=find.recurrence_weeks * times)

        begun = situations.is_silenced(rarer, quiet, on=on)

        assert situations.is_silenced(find, quiet, on=on) or not begun

    @given(find=finds, quiet=silences)
    def test_ends_for_everything_in_time(self, find, quiet):
        over = max((silence.until for silence in quiet), default=MONDAY)

        assert not situations.is_silenced(find, quiet, on=over)


class TestEnterReading:
    @given(entered=st.lists(readings, max_size=8))
    def test_keeps_the_last_figure_of_each_day_in_order(self, entered):
        indicator = Indicator(id=IndicatorId("1"), name="Klachten")
        for reading in entered:
            indicator = situations.enter_reading(indicator, reading)

        last = {reading.on: reading for reading in entered}
        assert indicator.readings == tuple(last[on] for on in sorted(last))

    @given(entered=st.lists(readings, max_size=5), reading=readings)
    def test_changes_nothing_when_done_twice(self, entered, reading):
        indicator = Indicator(id=IndicatorId("1"), name="Klachten")
        for each in [*entered, reading]:
            indicator = situations.enter_reading(indicator, each)

        assert situations.enter_reading(indicator, reading) == indicator


class TestJudgeProgress:
    ORDER = (Progress.WORSE, Progress.UNCHANGED, Progress.BETTER, Progress.REACHED)

    @given(base=figures, gain=st.floats(1, 100), figure=figures, step=st.floats(0, 100))
    def test_never_falls_when_the_figure_gets_better(self, base, gain, figure, step):
        judged = [
            situations.judge_progress(
                Indicator(
                    id=IndicatorId("1"),
                    name="Bezoekers",
                    wanted=Wanted.MORE,
                    baseline=base,
                    target=base + gain,
                    readings=(Reading(on=MONDAY, low=value, high=value),),
                )
            )
            for value in (figure, figure + step)
        ]

        assert self.ORDER.index(judged[0]) <= self.ORDER.index(judged[1])

    @given(base=figures, gain=st.floats(1, 100), low=figures, width=st.floats(0, 100))
    def test_turns_with_what_is_wanted(self, base, gain, low, width):
        more, fewer = (
            Indicator(
                id=IndicatorId("1"),
                name="Figuur",
                wanted=wanted,
                baseline=sign * base,
                target=sign * base + sign * gain,
                readings=(Reading(on=MONDAY, low=min(ends), high=max(ends)),),
            )
            for wanted, sign, ends in (
                (Wanted.MORE, 1, (low, low + width)),
                (Wanted.FEWER, -1, (-low, -(low + width))),
            )
        )

        assert situations.judge_progress(more) is situations.judge_progress(fewer)

    @given(base=st.integers(0, 60), gain=st.integers(1, 20), count=st.integers(0, 60))
    def test_says_of_a_band_only_what_holds_for_each_count_in_it(self, base, gain, count):
        band = band_count(count)
        indicator = Indicator(id=IndicatorId("1"), name="Klachten", baseline=base, target=base - gain)

        def judge(low, high):
            return situations.judge_progress(
                replace(indicator, readings=(Reading(on=MONDAY, low=low, high=high),))
            )

        told = judge(band.low, band.high)
        each = {judge(n, n) for n in range(band.low, (band.high or 2000) + 1)}
        if told is Progress.BETTER:
            assert each <= {Progress.BETTER, Progress.REACHED}
        elif told is not Progress.UNCHANGED:
            assert each == {told}


class TestMakeAgenda:
    @given(acts=actions, agreed=agreements, asked=invitations, on=dates, data=st.data())
    def test_holds_once_all_that_is_due_and_nothing_else(self, acts, agreed, asked, on, data):
        points = situations.make_agenda(
            actions=data.draw(st.permutations(acts)),
            agreements=data.draw(st.permutations(agreed)),
            invitations=data.draw(st.permutations(asked)),
            indicators=[],
            on=on,
        )

        open_states = {InvitationState.INVITED, InvitationState.LAPSED}
        late = [
            each.id
            for each in acts
            if each.state in {ActionState.NOT_DONE, ActionState.NOT_POSSIBLE}
            or (each.state is ActionState.OPEN and each.due < on)
        ]
        review = [each.id for each in agreed if each.state is AgreementState.OPEN and each.review_on <= on]
        waiting = [each.id for each in asked if each.state in open_states]
        found = {
            about: sorted(point.subject_id for point in points if point.about is about) for about in Topical
        }
        assert found == {
            Topical.INCOMPLETE_ACTION: sorted(late),
            Topical.AGREEMENT: sorted(review),
            Topical.INVITATION: sorted(waiting),
            Topical.INDICATOR: [],
        }
        places = [list(Topical).index(point.about) for point in points]
        assert places == sorted(places)

    @given(agreed=agreements)
    def test_counts_as_kept_no_more_than_was_judged(self, agreed):
        kept = situations.count_kept(agreed)

        assert 0 <= kept.n_kept <= kept.n_judged <= len(agreed)
        assert kept.n_kept == sum(each.state is AgreementState.KEPT for each in agreed)


class TestGiveScore:
    @given(
        given_scores=st.lists(st.tuples(organizations, st.integers(1, 5)), max_size=12),
        coalition=st.frozensets(organizations, min_size=1),
    )
    def test_counts_one_a_partner_and_the_last_before_all_were_shown(self, given_scores, coalition):
        scores, told = (), {}
        for organization_id, score in given_scores:
            is_open = told.keys() != coalition
            try:
                scores = situations.give_score(
                    scores, GoalScore(organization_id=organization_id, score=score), coalition=coalition
                )
            except situations.NotInCoalition:
                assert organization_id not in coalition
            except situations.ScoreUnclear:
                assert not is_open
            else:
                assert is_open
                told[organization_id] = score

        assert {each.organization_id: each.score for each in scores} == told
        shown = situations.shown_goals(scores, coalition=coalition)
        assert shown.n_missing == len(coalition - told.keys())
        assert {each.organization_id for each in shown.scores} == (
            set() if shown.n_missing else set(coalition)
        )


class TestIsReader:
    @given(whose=readers, reader=organizations, coalition=some, joins=organizations)
    def test_is_never_ended_by_who_joins(self, whose, reader, coalition, joins):
        before = situations.is_reader(whose, reader, coalition=coalition)

        assert situations.is_reader(whose, reader, coalition=coalition | {joins}) or not before

    @given(whose=readers, reader=organizations, coalition=some, on=dates, closes=dates)
    def test_reads_of_a_part_what_a_reader_may_and_only_in_time(self, whose, reader, coalition, on, closes):
        assume(closes >= MONDAY)
        part = Part(
            id=PartId("1"), title="Een", text="Twee", readers=whose, opens_on=MONDAY, closes_on=closes
        )

        may = situations.may_read(part, reader, coalition=coalition, on=on)

        is_source = reader == whose.source_id
        is_in_time = MONDAY <= on <= closes
        assert may is (is_source or (is_in_time and situations.is_reader(whose, reader, coalition=coalition)))


class TestOrderStory:
    lines = st.lists(
        st.builds(
            StoryLine,
            at=st.integers(0, 3).map(lambda n: NOON + timedelta(hours=n)),
            event=st.sampled_from(Event),
            subject_id=st.sampled_from("abc"),
            readers=readers,
        ),
        max_size=8,
    )

    @given(told=lines, reader=organizations, coalition=some)
    def test_tells_in_order_what_may_be_read_and_all_of_it(self, told, reader, coalition):
        story = situations.order_story(told, reader, coalition=coalition)

        moments = [line.at for line in story]
        assert moments == sorted(moments)
        assert sorted(map(repr, story)) == sorted(
            repr(line) for line in told if situations.is_reader(line.readers, reader, coalition=coalition)
        )

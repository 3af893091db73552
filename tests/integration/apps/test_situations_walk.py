# SPDX-License-Identifier: EUPL-1.2
"""Everybody does whatever they may to a stored situation, in any order: it stays whole."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.situations import access, models, services
from scharnier.core import situations
from scharnier.core.kernel import Conflict, Invalid, NotAllowed, NotFound, OrganizationId
from scharnier.core.situations import (
    ENDED,
    ActionState,
    AgreementState,
    Audience,
    Capacity,
    InvitationState,
    InvitationStep,
    PartnerState,
    Plan,
    Said,
    State,
    Step,
)
from tests.factories import DAY, NOON
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import BAS, CLOCK, HANGING, JOKE, KAREL, MO, NOOR, RIA, WIM

pytestmark = pytest.mark.django_db
N_ACTS = 40
PEOPLE = (NOOR, KAREL, JOKE, BAS, MO, RIA, WIM)
PARTNERS = tuple(map(OrganizationId, ("school", "politie", "gemeente", "zorg")))
PLAN = Plan(goal="Rust na schooltijd", baseline="Elke dag lawaai", deadline=DAY + timedelta(days=90))
REFUSED = (Conflict, Invalid, NotAllowed, NotFound)
ONLY_TOLD = {"situation.result_kept"}


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


class Walk:
    """One situation, and a next thing that somebody tries to do to it, drawn from a seed."""

    def __init__(self, seed):
        self.chance = random.Random(seed)  # noqa: S311  # no secret
        scenes.begin(State.PROPOSED, partners="politie")
        self.day, self.at = DAY, NOON
        self.n_done = 0

    @property
    def value(self):
        return scenes.whole()

    def when(self, actor):
        return {"actor": actor, "on": self.day, "at": self.at}

    def go_on(self):
        """Let somebody try something; tell whether it was let pass. What was refused has done nothing."""
        hours = self.chance.choice((1, 1, 30))
        self.at += timedelta(hours=hours)
        self.day = self.at.date()
        before, n_before = self.value, models.StoryLine.objects.count()
        actor = self.chance.choice(PEOPLE)
        act = self.chance.choice((self.of_whole, self.of_coalition, self.of_work, self.of_rooms, self.of_end))
        try:
            act(actor)
        except REFUSED:
            assert self.value == before
            assert models.StoryLine.objects.count() == n_before
            return False
        self.n_done += 1
        return True

    def of_whole(self, actor):
        step = self.chance.choice(list(Step))
        if step in {Step.DISMISS, Step.HAND_OVER} and self.chance.random() < 0.8:
            step = Step.ACCEPT
        services.take_step(
            HANGING, step, said=self.chance.choice(("", "Omdat het zo beter gaat")), **self.when(actor)
        )

    def of_coalition(self, actor):
        invitations = self.value.invitations
        if invitations and self.chance.random() < 0.7:
            asked = self.chance.choice(invitations)
            if self.chance.random() < 0.1:
                services.withdraw(HANGING, asked.id, **self.when(actor))
                return
            step = self.chance.choice((InvitationStep.ACCEPT, InvitationStep.DECLINE, InvitationStep.LEAVE))
            reply = services.Reply(step=step, reason=self.chance.choice(("", "Geen tijd nu", "Wij doen mee")))
            services.answer(HANGING, asked.id, reply, **self.when(actor))
            return
        services.invite(HANGING, [self.chance.choice(PARTNERS)], words="Doe je mee?", **self.when(actor))

    def of_work(self, actor):
        value = self.value
        kind = self.chance.randrange(6)
        if kind == 0:
            services.write_plan(HANGING, PLAN, actor=actor, at=self.at)
        elif kind == 1:
            task = services.Task(
                text="Langs het plein lopen",
                organization_id=self.chance.choice(PARTNERS),
                due=self.day + timedelta(days=7),
                person_id=self.chance.choice(PEOPLE).person_id,
            )
            services.make_action(HANGING, task, **self.when(actor))
        elif kind == 2 and value.actions:
            state, reason = self.chance.choice(list(ActionState)), self.chance.choice(("", "Het regende"))
            action = self.chance.choice(value.actions)
            services.end_action(HANGING, action.id, state, reason=reason, **self.when(actor))
        elif kind == 3:
            promise = services.Promise(
                text="We bellen elkaar eerst",
                party_ids=frozenset(self.chance.sample(PARTNERS, 2)),
                review_on=self.day + timedelta(days=self.chance.randint(0, 20)),
            )
            services.agree(HANGING, promise, **self.when(actor))
        elif kind == 4 and value.agreements:
            state = self.chance.choice(list(AgreementState))
            agreement = self.chance.choice(value.agreements)
            services.judge_agreement(HANGING, agreement.id, state, actor=actor, at=self.at)
        else:
            raise situations.StepClosed(state=value.state.value, step="nothing to do it to")

    def of_rooms(self, actor):
        audience = self.chance.choice(list(Audience))
        named = frozenset([self.chance.choice(PARTNERS)]) if audience is Audience.NAMED else frozenset()
        meant_for = services.For(audience=audience, named_ids=named)
        if self.chance.random() < 0.5:
            standing = services.Standing(
                state=self.chance.choice(list(PartnerState)), words="Het gaat.", meant_for=meant_for
            )
            services.tell_status(HANGING, standing, **self.when(actor))
            return
        room = services.Furnishing(
            title="Rooster", text="Om tien uur", meant_for=meant_for, opens_on=self.day
        )
        services.open_room(HANGING, room, actor=actor, at=self.at)

    def of_end(self, actor):
        if self.chance.random() < 0.6:
            services.give_score(HANGING, self.chance.randint(1, 5), actor=actor, at=self.at)
            return
        findings = services.Findings(lesson="Eerder bellen helpt", hours=12.0)
        services.evaluate(HANGING, findings, **self.when(actor))

    def check(self):
        """See that the rows are a situation that the core knows, that waits for somebody or has ended."""
        row, value = models.Situation.objects.get(pk=HANGING), self.value
        waits = situations.what_waits(value, on=self.day)
        assert (row.ended_on is not None) is (value.state in ENDED)
        assert bool(waits) or value.state in ENDED
        self.check_who_sees(value)
        self.check_result(value)

    def check_who_sees(self, value):
        """Whoever takes part reads it whole; nobody else does."""
        readers = {who.person_id for who in PEOPLE if access.seen(who).filter(pk=HANGING).exists()}
        assert readers == {who.person_id for who in PEOPLE if who.acts_for & value.coalition}
        for who in PEOPLE:
            if Capacity.OWNER in situations.capacities_of(value, who):
                assert who.person_id in readers

    def check_result(self, value):
        """What stays when the words go is there as long as it has ended, and holds no organization."""
        kept = models.Result.objects.filter(situation_id=HANGING)
        assert kept.count() == (value.state in ENDED)
        assert all(each.n_partners >= len(value.coalition) for each in kept)  # who left since took part

    def bring_to_an_end(self):
        """Take the shortest way to an end that the table has, as its owner and for the owner's reasons."""
        for _ in range(12):
            value = self.value
            if value.state in ENDED:
                return
            self.take_next(value)
        raise AssertionError(self.value.state)

    def take_next(self, value):
        open_steps = situations.steps_for(value.state, Capacity.COORDINATOR)
        wanted = next(each for each in (Step.DISMISS, Step.HAND_OVER, Step.ACCEPT) if each in open_steps)
        said = situations.find_move(value.state, wanted).said
        services.take_step(HANGING, wanted, said="" if said is Said.NOTHING else "De wijk", **self.when(RIA))


class TestAnyWalk:
    @pytest.mark.parametrize("seed", range(6))
    def test_stays_whole_and_can_be_brought_to_an_end(self, seed):
        walk = Walk(seed)

        for _ in range(N_ACTS * 8):
            if walk.n_done == N_ACTS:
                break
            if walk.go_on():
                walk.check()
        walk.bring_to_an_end()

        walk.check()
        assert walk.value.state in ENDED

    @pytest.mark.parametrize("seed", range(3))
    def test_keeps_every_act_in_the_story_and_in_the_log_once(self, seed):
        walk = Walk(seed)
        n_before = AuditEvent.objects.filter(kind="situation").count()
        for _ in range(N_ACTS * 4):
            walk.go_on()

        acts = AuditEvent.objects.filter(kind="situation").exclude(act__in=ONLY_TOLD)
        assert walk.n_done
        assert acts.count() - n_before == walk.n_done
        assert models.StoryLine.objects.count() == walk.n_done

    @pytest.mark.parametrize("seed", range(3))
    def test_shows_a_room_to_nobody_but_its_readers(self, seed):
        walk = Walk(seed)
        for _ in range(N_ACTS * 4):
            walk.go_on()

        value = walk.value
        for who in PEOPLE:
            for part in value.parts:
                reads = any(
                    situations.may_read(part, each, coalition=value.coalition, on=walk.day)
                    for each in who.acts_for
                )
                is_own = part.readers.source_id in who.acts_for
                is_meant = (
                    part.readers.audience is Audience.COALITION or part.readers.named_ids & who.acts_for
                )
                takes_part = bool(who.acts_for & value.coalition)
                assert reads == (is_own or bool(is_meant and takes_part))


class TestTheClock:
    def test_lets_what_nobody_answered_lapse_and_nothing_else(self):
        scenes.begin(State.PROPOSED, partners="")
        row = models.Situation.objects.get(pk=HANGING)
        scenes.ask(row, "politie", place=1, state=InvitationState.INVITED)
        scenes.ask(row, "gemeente", place=2)
        late = DAY + timedelta(days=situations.INVITATION_DAYS + 1)

        invited, accepted = scenes.whole().invitations
        services.lapse(HANGING, invited.id, clock=CLOCK, on=late, at=NOON)
        with pytest.raises(situations.InvitationClosed):
            services.lapse(HANGING, accepted.id, clock=CLOCK, on=late, at=NOON)

        states = [each.state for each in scenes.whole().invitations]
        assert states == [InvitationState.LAPSED, InvitationState.ACCEPTED]

    def test_evaluates_what_is_past_its_day_and_closes_nothing(self):
        scenes.begin(State.RUNNING)

        services.take_step(HANGING, Step.EVALUATE, actor=CLOCK, on=DAY, at=NOON)
        with pytest.raises(situations.StepOfOthers):
            services.take_step(HANGING, Step.CLOSE, actor=CLOCK, on=DAY, at=NOON)

        assert scenes.whole().state is State.EVALUATING


class TestAfterTheEnd:
    def test_lets_nobody_in_who_did_not_answer_before(self):
        scenes.begin(State.CLOSED, partners="politie")
        row = models.Situation.objects.get(pk=HANGING)
        scenes.ask(row, "gemeente", place=1, state=InvitationState.INVITED)
        asked = scenes.whole().invitations[-1]

        for step in (InvitationStep.ACCEPT, InvitationStep.DECLINE):
            reply = services.Reply(step=step, reason="Toch nog")
            with pytest.raises(situations.StepClosed):
                services.answer(HANGING, asked.id, reply, actor=BAS, on=DAY, at=NOON)

        assert not access.reads(scenes.whole(), BAS, on=DAY)

    def test_lets_a_partner_leave(self):
        scenes.begin(State.CLOSED, partners="politie")
        accepted = scenes.whole().invitations[0]

        reply = services.Reply(step=InvitationStep.LEAVE, reason="We stoppen ermee")
        services.answer(HANGING, accepted.id, reply, actor=KAREL, on=DAY, at=NOON)

        assert not access.reads(scenes.whole(), KAREL, on=DAY)


class TestOfOthers:
    def test_is_not_there_for_who_takes_no_part(self):
        scenes.begin(State.RUNNING, partners="politie")

        assert not access.reads(scenes.whole(), MO, on=DAY)
        with pytest.raises(access.SituationNotFound):
            services.open_room(
                HANGING,
                services.Furnishing(title="Mijn", text="Ik wil mee", meant_for=services.For(), opens_on=DAY),
                actor=MO,
                at=NOON,
            )

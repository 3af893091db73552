# SPDX-License-Identifier: EUPL-1.2
"""Everybody does whatever they may to stored referrals, in any order: none is lost, and the rows say so."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from scharnier.apps.people.models import Outcome
from scharnier.apps.referral import models, selectors, services
from scharnier.apps.referral.selectors import Whose
from scharnier.core import referral
from scharnier.core.kernel import Conflict, NotAllowed, NotFound, TurnId
from scharnier.core.referral import Awaited, Part, Reason, State
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import BAS, CLOCK, JOKE, KAREL, MO, NOOR, RIA

pytestmark = pytest.mark.django_db
N_STEPS = 10
PEOPLE = (NOOR, KAREL, JOKE, BAS, MO, RIA)
PARTIES = ("karel", "bas", "mo")


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


class Walk:
    """One referral, and a next thing that somebody tries to do to it, drawn from a seed."""

    def __init__(self, seed):
        self.chance = random.Random(seed)  # noqa: S311  # no secret
        self.made = scenes.draft(*self.asks())
        self.at = NOON
        self.n_done = 0

    def asks(self):
        names = self.chance.sample(PARTIES, self.chance.randint(1, 2))
        asks = [scenes.a_person_of(name) for name in names]
        return (*asks, scenes.an_organization_of()) if self.chance.random() < 0.3 else tuple(asks)

    def go_on(self):
        self.at += timedelta(hours=1)
        turn_id = self.chance.choice(scenes.turns_of(self.made))
        theirs = [who for who in PEOPLE if who.person_id == scenes.row(turn_id).person_text_id] or [JOKE]
        actor = self.chance.choice((NOOR, NOOR, *theirs, *theirs, self.chance.choice(PEOPLE)))
        act = self.chance.choice((*self.of_turn(turn_id, actor), *self.of_whole(actor)))
        try:
            act()
        except (Conflict, NotAllowed, NotFound, referral.BadParties):
            return False
        self.n_done += 1
        return True

    def of_turn(self, turn_id, actor):
        when = {"actor": actor, "on": DAY, "at": self.at}
        said = services.Decline(reason=self.chance.choice(list(Reason)), words="Omdat.")
        return [
            lambda: services.send(turn_id, **when),
            lambda: services.accept(turn_id, **when),
            lambda: services.decline(turn_id, said, **when),
            lambda: services.start(turn_id, **when),
            lambda: services.pause(turn_id, until=DAY + timedelta(days=3), **when),
            lambda: services.resume(turn_id, **when),
            lambda: services.complete(turn_id, result="Gedaan.", **when),
            lambda: services.fail(turn_id, cause="Het lukte niet.", **when),
            *([lambda: services.cancel(turn_id, cause="Niet nodig.", **when)] if self.is_rare() else []),
            *([lambda: services.void(turn_id, cause="Vergissing.", **when)] if self.is_rare() else []),
            lambda: services.lapse(turn_id, **{**when, "actor": CLOCK}),
        ]

    def is_rare(self):
        return self.chance.random() < 0.2

    def of_whole(self, actor):
        when = {"actor": actor, "on": DAY, "at": self.at}
        asks = self.asks()
        return [
            lambda: services.ask_next(self.made, asks, **when),
            lambda: services.reopen(self.made, asks, reason="Weer raak.", **when),
            lambda: services.give_up(self.made, cause="Niemand kon.", **when),
            lambda: scenes.tell(self.made, actor=actor, at=self.at),
        ]

    def check(self):
        row = models.Referral.objects.get(pk=self.made)
        chain = scenes.whole(self.made).chain
        waits = referral.waits(chain)
        whole = [wait.awaited.value for wait in waits if wait.turn_id is None]
        assert [row.awaited] == (whole or [""])
        assert (row.over_at is None) is bool(waits)
        assert self.listed() == {(wait.turn_id, wait.awaited) for wait in waits}
        self.check_learned()

    def listed(self):
        """Return what stands in somebody's list of what waits."""
        pages = [selectors.work_list(actor) for actor in PEOPLE]
        pages += [selectors.work_list(JOKE, whose=Whose.ORGANIZATIONS)]
        lines = [line for found in pages for line in found.lines]
        assert {line.referral_id for line in lines} <= {self.made}
        return {(line.turn_id, line.awaited) for line in lines}

    def check_learned(self):
        """Each turn taught at most once, and what it stands at."""
        taught = {turn.learned_id for turn in models.Turn.objects.filter(learned__isnull=False)}
        assert set(Outcome.objects.values_list("pk", flat=True)) == taught
        for turn in models.Turn.objects.select_related("learned"):
            expected = {
                State.COMPLETED: "completed",
                State.REJECTED: "declined",
                State.UNANSWERED: "unanswered",
                State.ACCEPTED: "accepted",
                State.IN_PROGRESS: "accepted",
                State.ON_HOLD: "accepted",
            }.get(State(turn.state))
            assert expected in (None, turn.learned.response if turn.learned else None)

    def finish(self):
        """Do what is waited for until nothing is."""
        for _ in range(4 * len(scenes.turns_of(self.made)) + 2):
            waits = referral.waits(scenes.whole(self.made).chain)
            if not waits:
                return
            self.do(waits[0])

    def do(self, wait):
        self.at += timedelta(hours=1)
        when = {"on": DAY, "at": self.at}
        if wait.awaited is Awaited.NEXT_PARTY:
            services.give_up(self.made, cause="Niemand kon.", actor=NOOR, **when)
        elif wait.awaited is Awaited.OUTCOME:
            scenes.tell(self.made, at=self.at)
        elif wait.part is Part.SENDER:
            services.send(wait.turn_id, actor=NOOR, **when)
        elif wait.awaited is Awaited.ANSWER:
            services.lapse(wait.turn_id, actor=CLOCK, **when)
        else:
            cause = "Het lukte niet."
            services.fail(TurnId(wait.turn_id), cause=cause, actor=NOOR, **when)


class TestAnyWalk:
    @pytest.mark.parametrize("seed", range(2))
    def test_loses_no_referral_and_can_be_brought_to_an_end(self, seed):
        walk = Walk(seed)

        while walk.n_done < N_STEPS:
            if walk.go_on():
                walk.check()
        walk.finish()

        walk.check()
        assert walk.listed() == set()
        assert models.Referral.objects.get().over_at is not None

    def test_keeps_every_step_in_the_story_and_in_the_log(self):
        walk = Walk(1)
        while walk.n_done < N_STEPS:
            walk.go_on()

        whole = models.Referral.objects.get()
        n_told = models.Feedback.objects.count()
        assert whole.events.count() + n_told == walk.n_done + 1

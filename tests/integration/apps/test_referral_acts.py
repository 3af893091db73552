# SPDX-License-Identifier: EUPL-1.2
"""Every act on referrals alike: one event, nothing half done, nothing across networks, few queries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from scharnier.apps.audit import services as log
from scharnier.apps.people.models import Outcome
from scharnier.apps.referral import access, models, services
from scharnier.core import referral
from scharnier.core.kernel import Actor, Conflict, NetworkId, NotFound, PersonId
from scharnier.core.referral import Reason, Teller
from tests.factories import DAY, NOON
from tests.integration import neighbourhood as here
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import BAS, CLOCK, KAREL, NOOR, RIA, VERA

pytestmark = pytest.mark.django_db
KINDS = (
    models.Referral,
    models.Turn,
    models.Event,
    models.Feedback,
    models.Remark,
    models.Introduction,
    Outcome,
)
REFUSED = services.Decline(reason=Reason.NO_CAPACITY, words="Deze week niet.")
NEXT = (scenes.a_person_of("bas"),)
TOLD = services.Telling(by=Teller.SENDER, helped=referral.Helped.YES, words="Het is rustig.")


def requested():
    return scenes.a_turn()


def accepted():
    turn_id = requested()
    services.accept(turn_id, actor=KAREL, on=DAY, at=NOON)
    return turn_id


def paused():
    turn_id = accepted()
    services.pause(turn_id, until=DAY + timedelta(days=3), actor=KAREL, on=DAY, at=NOON)
    return turn_id


def drafted():
    return scenes.turns_of(scenes.draft())[0]


def refused():
    made = scenes.sent()
    services.decline(scenes.turns_of(made)[0], REFUSED, actor=KAREL, on=DAY, at=NOON)
    return made


def over():
    made = refused()
    services.give_up(made, cause="Niemand kon.", actor=NOOR, on=DAY, at=NOON)
    return made


def introduced():
    return services.ask_introduction(requested(), (PersonId("bas"),), actor=NOOR, on=DAY, at=NOON)


@dataclass(frozen=True, kw_only=True)
class Act:
    """An act: on what, by whom, and what it is called in the log."""

    on_what: Callable[[], object]
    take: Callable[..., object]
    by: object
    logged: str
    most_queries: int = 22


ACTS = {
    "send": Act(
        on_what=drafted,
        take=services.send,
        by=NOOR,
        logged="referral.sent",
    ),
    "accept": Act(
        on_what=requested,
        take=services.accept,
        by=KAREL,
        logged="referral.accepted",
    ),
    "decline": Act(
        on_what=requested,
        take=lambda pk, **when: services.decline(pk, REFUSED, **when),
        by=KAREL,
        logged="referral.declined",
    ),
    "start": Act(
        on_what=accepted,
        take=services.start,
        by=KAREL,
        logged="referral.started",
    ),
    "pause": Act(
        on_what=accepted,
        take=lambda pk, **when: services.pause(pk, until=DAY + timedelta(days=3), **when),
        by=KAREL,
        logged="referral.paused",
    ),
    "resume": Act(
        on_what=paused,
        take=services.resume,
        by=KAREL,
        logged="referral.resumed",
    ),
    "complete": Act(
        on_what=accepted,
        take=lambda pk, **when: services.complete(pk, result="Gepraat.", hours=2, **when),
        by=KAREL,
        logged="referral.completed",
    ),
    "fail": Act(
        on_what=accepted,
        take=lambda pk, **when: services.fail(pk, cause="Niemand deed open.", **when),
        by=KAREL,
        logged="referral.failed",
    ),
    "cancel": Act(
        on_what=requested,
        take=lambda pk, **when: services.cancel(pk, cause="Niet meer nodig.", **when),
        by=NOOR,
        logged="referral.cancelled",
    ),
    "void": Act(
        on_what=requested,
        take=lambda pk, **when: services.void(pk, cause="Dubbel.", **when),
        by=NOOR,
        logged="referral.voided",
    ),
    "lapse": Act(
        on_what=requested,
        take=services.lapse,
        by=CLOCK,
        logged="referral.lapsed",
    ),
    "remark": Act(
        on_what=requested,
        take=lambda pk, **when: services.remark(pk, words="Hoe laat?", **when),
        by=KAREL,
        logged="referral.remarked",
    ),
    "ask_next": Act(
        on_what=refused,
        take=lambda pk, **when: services.ask_next(pk, NEXT, **when),
        by=NOOR,
        logged="referral.next_asked",
    ),
    "reopen": Act(
        on_what=over,
        take=lambda pk, **when: services.reopen(pk, NEXT, reason="Weer raak.", **when),
        by=NOOR,
        logged="referral.reopened",
    ),
    "give_up": Act(
        on_what=refused,
        take=lambda pk, **when: services.give_up(pk, cause="Niemand kon.", **when),
        by=NOOR,
        logged="referral.given_up",
    ),
    "tell_outcome": Act(
        on_what=scenes.done,
        take=lambda pk, **when: services.tell_outcome(pk, TOLD, **when),
        by=NOOR,
        logged="referral.outcome_told",
    ),
    "ask_introduction": Act(
        on_what=requested,
        take=lambda pk, **when: services.ask_introduction(pk, (PersonId("bas"),), **when),
        by=NOOR,
        logged="referral.introduction_asked",
    ),
    "reply_to_introduction": Act(
        on_what=introduced,
        take=lambda pk, **when: services.reply_to_introduction(pk, referral.Reply.YES, **when),
        by=BAS,
        logged="introduction.replied",
    ),
}
BY_MEMBERS = [name for name, act in ACTS.items() if isinstance(act.by, Actor)]
WORDS = ("Deze week niet.", "Gepraat.", "deed open", "nodig", "Dubbel", "Hoe laat", "raak", "kon.", "rustig")


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def everything():
    return [list(kind.objects.order_by("pk").values()) for kind in KINDS], here.acts(), here.revision()


def take(name, what, *, by=None):
    return ACTS[name].take(what, actor=by or ACTS[name].by, on=DAY, at=scenes.later())


class TestEveryAct:
    @pytest.mark.parametrize("name", ACTS)
    def test_is_one_event_of_the_log_in_identifiers(self, name):
        what = ACTS[name].on_what()
        before = here.acts()

        take(name, what)

        assert here.acts() == [*before, ACTS[name].logged]
        event = here.last_event()
        assert event.actor_id == (getattr(ACTS[name].by, "person_id", None) or "")
        assert [words for words in WORDS if words in event.facts] == []

    @pytest.mark.parametrize("name", ACTS)
    def test_is_undone_as_a_whole_when_the_log_takes_nothing(self, name, monkeypatch):
        what = ACTS[name].on_what()
        before = everything()

        def fail(**_parts):
            raise IntegrityError

        monkeypatch.setattr(log, "record", fail)
        with pytest.raises(IntegrityError):
            take(name, what)

        assert everything() == before

    @pytest.mark.parametrize("name", BY_MEMBERS)
    @pytest.mark.parametrize("who", ["a stranger", "somebody elsewhere", "the same name elsewhere"])
    def test_is_not_there_for_others(self, name, who):
        act = ACTS[name]
        what = act.on_what()
        by = {
            "a stranger": scenes.MO,
            "somebody elsewhere": VERA,
            "the same name elsewhere": replace(act.by, network_id=NetworkId("elders")),
        }[who]
        before = everything()

        with pytest.raises(NotFound):
            take(name, what, by=by)

        assert everything() == before

    @pytest.mark.parametrize("name", BY_MEMBERS)
    def test_gives_one_answer_for_not_yours_and_not_there(self, name):
        what = ACTS[name].on_what()
        nowhere = 0 if isinstance(what, int) else "x"

        codes = []
        for each in (what, nowhere):
            with pytest.raises(NotFound) as refusal:
                take(name, each, by=scenes.MO)
            codes.append(refusal.value.code)

        assert codes[0] == codes[1]

    @pytest.mark.parametrize(
        "name", [name for name in ACTS if name not in {"remark", "reply_to_introduction"}]
    )
    def test_is_taken_once(self, name):
        what = ACTS[name].on_what()
        take(name, what)
        before = everything()

        with pytest.raises(Conflict):
            take(name, what)

        assert everything() == before


class TestAmongManyReferrals:
    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _eight_that_are_done(cls, _kruisveld):
        with transaction.atomic():
            for _ in range(8):
                scenes.done()
            yield
            transaction.set_rollback(True)

    @pytest.mark.parametrize("name", ACTS)
    def test_every_act_takes_as_many_queries(self, name, django_assert_max_num_queries):
        what = ACTS[name].on_what()

        with django_assert_max_num_queries(ACTS[name].most_queries):
            take(name, what)


class TestLinks:
    def test_open_one_turn_and_nothing_of_another(self):
        turn_id, other_id = requested(), requested()
        link = access.TurnLink(network_id=NetworkId("kruisveld"), turn_id=turn_id)

        for step in (services.accept, services.start, services.resume):
            with pytest.raises(referral.TurnNotFound):
                step(other_id, actor=link, on=DAY, at=NOON)
        services.accept(turn_id, actor=link, on=DAY, at=NOON)
        services.start(turn_id, actor=link, on=DAY, at=NOON)
        services.complete(turn_id, result="Gepraat.", actor=link, on=DAY, at=NOON)

        assert scenes.row(turn_id).state == "completed"
        assert set(models.Event.objects.filter(turn_id=turn_id, part="candidate").values_list("by")) == {
            (None,)
        }

    def test_do_nothing_that_is_the_senders(self):
        turn_id = requested()
        link = access.TurnLink(network_id=NetworkId("kruisveld"), turn_id=turn_id)

        for step in (services.cancel, services.void):
            with pytest.raises(referral.NotYourStep):
                step(turn_id, cause="Weg ermee.", actor=link, on=DAY, at=NOON)

    def test_open_no_draft(self):
        turn_id = drafted()
        link = access.TurnLink(network_id=NetworkId("kruisveld"), turn_id=turn_id)

        with pytest.raises((referral.NotYourStep, referral.TurnNotFound)):
            services.accept(turn_id, actor=link, on=DAY, at=NOON)

    def test_reach_into_no_other_network(self):
        turn_id = requested()
        link = access.TurnLink(network_id=NetworkId("elders"), turn_id=turn_id)

        with pytest.raises(referral.TurnNotFound):
            services.accept(turn_id, actor=link, on=DAY, at=NOON)


class TestRoles:
    def test_of_a_sender_end_with_the_account_and_come_back_with_it(self):
        turn_id = requested()
        account = scenes.person("noor").account
        account.delete()
        with pytest.raises((referral.NotYourStep, referral.TurnNotFound)):
            take("cancel", turn_id)

        account.pk = None
        account.save(force_insert=True)
        take("cancel", turn_id)

        assert scenes.row(turn_id).state == "cancelled"

    def test_of_a_coordinator_who_is_asked_are_those_of_who_is_asked(self):
        turn_id = scenes.a_turn(scenes.a_person_of("ria"))

        services.accept(turn_id, actor=RIA, on=DAY, at=NOON)

        assert models.Event.objects.get(step="accept").part == "candidate"

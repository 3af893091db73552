# SPDX-License-Identifier: EUPL-1.2
"""What pages get of referrals: what each may see, what waits for whom, and how well it goes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scharnier.apps.referral import access, models, selectors, services
from scharnier.apps.referral.selectors import Whose
from scharnier.core import referral
from scharnier.core.kernel import AreaId, NetworkId, PersonId, Role
from scharnier.core.referral import Awaited, Deed, Part, Progress, Reason, Step, Teller
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import AD, BAS, CLOCK, ELS, JOKE, KAREL, NOOR, RIA, VERA, WIM

pytestmark = pytest.mark.django_db
EASTER_MONDAY = date(2026, 4, 6)  # and Good Friday before it
BUSY = services.Decline(reason=Reason.OTHER, words="Deze week niet.")


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def page(made, actor, *, on=DAY):
    return selectors.referral_page(made, actor=actor, on=on)


def steps_for(made, actor):
    return [turn.steps for turn in page(made, actor).turns]


def passed_on():
    """Return a referral that Karel declined with words, and that went to Bas."""
    made = scenes.sent()
    (turn_id,) = scenes.turns_of(made)
    services.decline(turn_id, BUSY, actor=KAREL, on=DAY, at=NOON)
    services.ask_next(made, (scenes.a_person_of("bas"),), actor=NOOR, on=DAY, at=scenes.later())
    services.send_all(made, actor=NOOR, on=DAY, at=scenes.later())
    return made


class TestReferralPage:
    def test_says_what_it_is(self):
        made = scenes.sent(area_id=AreaId("noord"), topics=frozenset({"debt"}))

        shown = page(made, KAREL)

        assert (shown.text, shown.area, shown.topics) == (scenes.WORDS, "Noord", ("debt",))
        assert shown.sender.person.name == "Noor"

    def test_says_what_is_needed_now_and_of_whom(self):
        made = scenes.sent()

        (wait,) = page(made, NOOR).waits

        assert (wait.part, wait.awaited, wait.who.person.name) == (Part.CANDIDATE, Awaited.ANSWER, "Karel")
        assert wait.since == NOON

    def test_tells_the_story_to_who_sent_it(self):
        story = page(passed_on(), NOOR).story

        assert [line.step for line in story] == [
            Deed.MAKE,
            Step.SEND,
            Step.DECLINE,
            Deed.ASK_NEXT,
            Step.SEND,
        ]
        assert [line.words for line in story if line.words] == ["Deze week niet."]

    def test_keeps_from_who_is_asked_what_others_said(self):
        made = passed_on()

        shown = page(made, BAS)

        assert [turn.party.person.name for turn in shown.turns] == ["Bas"]
        assert [line.step for line in shown.story] == [Deed.MAKE, Step.SEND]
        assert "Deze week niet." not in str(shown)
        assert "Karel" not in str(shown)

    def test_keeps_from_who_declined_what_came_after(self):
        shown = page(passed_on(), KAREL)

        assert [turn.party.person.name for turn in shown.turns] == ["Karel"]
        assert shown.waits == ()

    def test_shows_the_coordinator_everything_and_lets_them_do_nothing(self):
        shown = page(passed_on(), RIA)

        assert len(shown.turns) == 2
        assert (shown.parts, shown.deeds) == ((), ())
        assert {turn.steps for turn in shown.turns} == {()}

    def test_lets_the_coordinator_act_once_the_sender_has_gone(self):
        made = scenes.sent()
        scenes.person("noor").delete()

        assert steps_for(made, RIA) == [(Step.CANCEL, Step.VOID)]

    @pytest.mark.parametrize("actor", [BAS, ELS, WIM, AD, VERA])
    def test_is_not_there_for_others(self, actor):
        made = scenes.sent()

        with pytest.raises(access.ReferralNotFound):
            page(made, actor)

    def test_is_not_there_for_who_is_in_a_draft(self):
        with pytest.raises(access.ReferralNotFound):
            page(scenes.draft(), KAREL)

    def test_offers_each_the_steps_of_their_own(self):
        made = scenes.sent()

        assert steps_for(made, KAREL) == [(Step.ACCEPT, Step.DECLINE)]
        assert steps_for(made, NOOR) == [(Step.CANCEL, Step.VOID)]

    def test_offers_the_sender_what_is_to_be_done_with_the_whole(self):
        refused = scenes.sent()
        services.decline(scenes.turns_of(refused)[0], BUSY, actor=KAREL, on=DAY, at=NOON)
        told = scenes.done()
        scenes.tell(told)

        offered = [page(made, NOOR).deeds for made in (refused, scenes.done(), told, scenes.sent())]

        assert offered == [
            (Deed.ASK_NEXT, Deed.GIVE_UP),
            (Deed.ASK_NEXT, Deed.TELL_OUTCOME),
            (Deed.REOPEN,),
            (),
        ]
        assert page(told, KAREL).deeds == ()

    def test_asks_each_once_whether_it_helped(self):
        made = scenes.done()
        asked = [page(made, actor).tells_as for actor in (NOOR, KAREL)]
        scenes.tell(made)
        scenes.tell(made, by=Teller.RECEIVER, actor=KAREL)

        assert asked == [(Teller.SENDER,), (Teller.RECEIVER,)]
        assert [page(made, actor).tells_as for actor in (NOOR, KAREL)] == [(), ()]

    def test_shows_feedback_to_who_did_it_and_to_nobody_else_asked(self):
        made = scenes.sent(scenes.BY_KAREL, scenes.a_person_of("bas"))
        karels, bas = scenes.turns_of(made)
        services.accept(karels, actor=KAREL, on=DAY, at=NOON)
        services.complete(karels, result="Gepraat.", actor=KAREL, on=DAY, at=NOON)
        services.decline(bas, BUSY, actor=BAS, on=DAY, at=NOON)
        scenes.tell(made, words="Fijn.")

        seen = {actor.person_id: page(made, actor).feedback for actor in (NOOR, KAREL, BAS)}

        assert [line.words for line in seen["noor"]] == [line.words for line in seen["karel"]] == ["Fijn."]
        assert seen["bas"] == ()

    def test_shows_remarks_and_what_was_said_instead(self):
        made = scenes.sent(scenes.a_service_of())
        (turn_id,) = scenes.turns_of(made)
        services.remark(turn_id, words="Waar precies?", actor=JOKE, on=DAY, at=NOON)
        rather = referral.Party(person_id=PersonId("bas"))
        said = services.Decline(reason=Reason.NOT_MY_AREA, rather=rather)
        services.decline(turn_id, said, actor=JOKE, on=DAY, at=NOON)

        (turn,) = page(made, NOOR).turns

        assert (turn.service, turn.party.organization.name) == ("Spreekuur", "Schuldhulp")
        assert [(line.who.person.name, line.words) for line in turn.remarks] == [("Joke", "Waar precies?")]
        assert turn.rather.person.name == "Bas"
        assert not turn.can_remark

    def test_tells_the_sender_alone_how_an_introduction_goes_and_never_a_no(self):
        made = scenes.sent()
        (turn_id,) = scenes.turns_of(made)
        pk = services.ask_introduction(turn_id, (PersonId("bas"),), actor=NOOR, on=DAY, at=NOON)
        services.reply_to_introduction(pk, referral.Reply.NO, actor=BAS, on=DAY, at=NOON)

        days = (DAY, DAY + timedelta(days=10))
        told = [page(made, NOOR, on=day).turns[0].introductions[0].progress for day in days]

        assert told == [Progress.WAITING, Progress.OTHER_WAY]
        assert [page(made, actor).turns[0].introductions for actor in (KAREL, RIA)] == [(), ()]

    def test_counts_no_holiday_before_it_shows_another_way_in(self):
        made = scenes.sent()
        (turn_id,) = scenes.turns_of(made)
        services.ask_introduction(turn_id, (PersonId("bas"),), actor=NOOR, on=DAY, at=NOON)

        days = [EASTER_MONDAY + timedelta(days=n) for n in range(3)]
        told = [page(made, NOOR, on=day).turns[0].introductions[0].progress for day in days]

        assert told == [Progress.WAITING, Progress.WAITING, Progress.OTHER_WAY]

    def test_takes_as_many_queries_for_many_turns(self, django_assert_max_num_queries):
        few, many = scenes.sent(), scenes.sent(*(scenes.a_person_of(name) for name in ("karel", "bas", "mo")))

        for made in (few, many):
            with django_assert_max_num_queries(9):
                page(made, NOOR)


class TestReadReferral:
    def test_is_the_whole_for_who_sees_all_of_it(self):
        made = passed_on()

        values = {selectors.read_referral(made, actor=actor, on=DAY) for actor in (NOOR, RIA)}

        assert values == {scenes.whole(made)}

    @pytest.mark.parametrize("actor", [KAREL, BAS, ELS, VERA])
    def test_is_not_there_for_who_sees_a_part(self, actor):
        with pytest.raises(access.ReferralNotFound):
            selectors.read_referral(passed_on(), actor=actor, on=DAY)


def waiting(actor, whose=Whose.MINE):
    return [(line.referral_id, line.awaited) for line in selectors.work_list(actor, whose=whose).lines]


class TestWorkList:
    def test_begins_with_the_oldest_promise(self):
        made = [scenes.sent(at=scenes.later(hours)) for hours in (3, 1, 2)]

        found = selectors.work_list(KAREL)

        assert [line.referral_id for line in found.lines] == [made[1], made[2], made[0]]
        assert [line.since for line in found.lines] == [scenes.later(hours) for hours in (1, 2, 3)]

    def test_comes_in_parts(self):
        made = [scenes.sent(at=scenes.later(hours)) for hours in range(5)]

        found = selectors.work_list(KAREL, first=1, most=2)

        assert [line.referral_id for line in found.lines] == made[1:3]
        assert found.total == 5

    def test_holds_drafts_next_parties_and_outcomes_of_the_sender(self):
        draft = scenes.draft(at=scenes.later(1))
        refused = scenes.sent(at=scenes.later(2))
        services.decline(scenes.turns_of(refused)[0], BUSY, actor=KAREL, on=DAY, at=scenes.later(2))
        told = scenes.done(at=scenes.later(3))

        assert waiting(NOOR) == [
            (draft, Awaited.SENDING),
            (refused, Awaited.NEXT_PARTY),
            (told, Awaited.OUTCOME),
        ]

    def test_holds_for_an_organization_what_is_not_ones_own(self):
        desk = scenes.sent(scenes.an_organization_of())
        party = referral.Party(
            person_id=PersonId("karel"), organization_id=scenes.an_organization_of().party.organization_id
        )
        karels = scenes.sent(services.Ask(party=party), at=scenes.later())

        assert waiting(KAREL) == [(karels, Awaited.ANSWER)]
        assert waiting(KAREL, Whose.ORGANIZATIONS) == [(desk, Awaited.ANSWER)]
        assert waiting(JOKE, Whose.ORGANIZATIONS) == [(desk, Awaited.ANSWER), (karels, Awaited.ANSWER)]
        assert waiting(BAS, Whose.ORGANIZATIONS) == []

    def test_holds_for_the_network_what_a_sender_left_and_silence_that_went_on(self):
        left = scenes.done()
        silent = scenes.sent(actor=BAS, at=scenes.later())
        scenes.sent(actor=BAS)
        for rung in (referral.Rung.CANDIDATE, referral.Rung.COORDINATOR):
            services.climb(scenes.turns_of(silent)[0], rung, network_id=NetworkId("kruisveld"), at=NOON)
        scenes.person("noor").account.delete()

        assert waiting(RIA, Whose.NETWORK) == [(left, Awaited.OUTCOME), (silent, Awaited.ANSWER)]

    @pytest.mark.parametrize("actor", [NOOR, ELS, WIM, AD, VERA])
    def test_of_the_network_is_the_coordinators(self, actor):
        scenes.done()
        scenes.person("noor").account.delete()

        assert waiting(actor, Whose.NETWORK) == []

    def test_is_empty_once_it_is_over(self):
        made = scenes.done()
        scenes.tell(made)

        assert [waiting(actor) for actor in (NOOR, KAREL)] == [[], []]

    def test_holds_nothing_that_nobody_sent(self):
        scenes.draft()

        assert waiting(KAREL) == []

    @pytest.mark.parametrize("n", [1, 50])
    def test_takes_as_many_queries_at_fifty_as_at_one(self, n, django_assert_num_queries):
        for _ in range(n):
            scenes.sent()
        scenes.done()
        services.lapse(scenes.a_turn(actor=BAS), actor=CLOCK, on=DAY, at=NOON)

        for actor in (KAREL, NOOR):
            with django_assert_num_queries(3):
                selectors.work_list(actor)


class TestIntroductionsToMake:
    def test_say_who_would_like_to_meet_whom_and_why(self):
        services.ask_introduction(scenes.a_turn(), (PersonId("bas"),), actor=NOOR, on=DAY, at=NOON)

        (asked,) = selectors.introductions_to_make(BAS)

        assert (asked.asker.person.name, asked.party.person.name) == ("Noor", "Karel")
        assert asked.because == scenes.WORDS

    def test_come_to_the_second_after_the_first_said_yes(self):
        introducers = (PersonId("bas"), PersonId("mo"))
        pk = services.ask_introduction(scenes.a_turn(), introducers, actor=NOOR, on=DAY, at=NOON)
        before = selectors.introductions_to_make(scenes.MO)
        services.reply_to_introduction(pk, referral.Reply.YES, actor=BAS, on=DAY, at=NOON)

        assert before == selectors.introductions_to_make(BAS) == ()
        assert [asked.pk for asked in selectors.introductions_to_make(scenes.MO)] == [pk]

    def test_show_who_introduces_nothing_else(self):
        made = scenes.sent()
        services.ask_introduction(scenes.turns_of(made)[0], (PersonId("bas"),), actor=NOOR, on=DAY, at=NOON)

        with pytest.raises(access.ReferralNotFound):
            page(made, BAS)


class TestReadAdequacy:
    def test_counts_by_topic_and_area_from_five_on(self):
        for _ in range(5):
            scenes.tell(scenes.done(topics=frozenset({"debt"})))
        for _ in range(4):
            scenes.tell(scenes.done(area_id=AreaId("noord")))

        found = selectors.read_adequacy(NOOR, on=DAY)

        assert (found.whole.n_referrals, found.whole.right_at_once_share) == (9, 1.0)
        assert set(found.by_topic) == {"debt"}
        assert found.by_topic["debt"].helped_share == 1.0
        assert found.by_area == {}

    def test_counts_only_what_is_over_and_was_asked(self):
        for _ in range(5):
            scenes.done()
        (turn_id,) = scenes.turns_of(scenes.draft())
        services.void(turn_id, actor=NOOR, on=DAY, at=NOON)

        assert selectors.read_adequacy(NOOR, on=DAY).whole is None

    def test_is_for_researchers_and_not_for_who_keeps_the_house(self):
        assert selectors.read_adequacy(WIM, on=DAY).whole is None
        with pytest.raises(access.MayNotCount):
            selectors.read_adequacy(AD, on=DAY)

    def test_takes_as_many_queries_for_many(self, django_assert_max_num_queries):
        for _ in range(6):
            scenes.tell(scenes.done())

        with django_assert_max_num_queries(5):
            selectors.read_adequacy(NOOR, on=DAY)


class TestAccess:
    @pytest.mark.parametrize("role", Role)
    def test_gives_the_referrals_and_turns_that_the_policy_allows(self, role):
        scenes.draft()
        scenes.sent(actor=BAS)
        scenes.sent(scenes.an_organization_of(), scenes.a_person_of("mo"))
        scenes.sent(scenes.a_person_of("bas"), actor=KAREL)
        actors = [
            an_actor(name, role=role, acts_for=desk)
            for name in ("noor", "karel", "bas", "mo", "els")
            for desk in ("", "schuldhulp")
        ]

        for actor in actors:
            helds = [
                access.hold(row.id, network_id=NetworkId("kruisveld"))
                for row in models.Referral.objects.all()
            ]
            seen = {held.row.id for held in helds if access.is_seen(held, by=actor, on=DAY)}
            turns = {
                turn.id
                for held in helds
                for turn in held.turns
                if access.is_turn_seen(turn, held=held, by=actor, on=DAY)
            }

            assert set(access.referrals(actor).values_list("pk", flat=True)) == seen
            assert set(access.turns(actor).values_list("pk", flat=True)) == turns

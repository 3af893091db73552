# SPDX-License-Identifier: EUPL-1.2
"""A referral from its first word to its end: made, brought to the next, opened again, told, given up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scharnier.apps.people import access as people
from scharnier.apps.referral import access, models, services
from scharnier.core import referral
from scharnier.core.kernel import (
    AreaId,
    CommunityId,
    NetworkId,
    OrganizationId,
    PersonId,
    ReferralId,
    ResidentGroupId,
    Role,
    ServiceId,
)
from scharnier.core.network import UnknownPlace
from scharnier.core.referral import About, Helped, Party, Proposal, ProposedBy, Reason, State, Teller
from scharnier.core.text import EmptyText, PersonalDataFound, TextTooLong, UnknownLanguage
from tests.factories import DAY, NOON, an_actor
from tests.integration import neighbourhood as here
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import AD, BAS, CLOCK, ELS, JOKE, KAREL, NOOR, RIA, VERA, WIM

pytestmark = pytest.mark.django_db
KINDS = (models.Referral, models.Turn, models.Event, models.Feedback, models.Remark, models.Introduction)
DECLINED = services.Decline(reason=Reason.NO_CAPACITY)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def everything():
    return [list(kind.objects.order_by("pk").values()) for kind in KINDS], here.acts()


def declined():
    """Return a referral that Karel declined."""
    referral_id = scenes.sent()
    services.decline(scenes.turns_of(referral_id)[0], DECLINED, actor=KAREL, on=DAY, at=NOON)
    return referral_id


def link_to(referral_id):
    return access.ReferralLink(network_id=NetworkId("kruisveld"), referral_id=referral_id)


class TestMakeReferral:
    def test_keeps_everything_that_was_said(self):
        proposal = Proposal(by=ProposedBy.SUGGESTION, place=1, propensity=0.5)
        party = Party(
            person_id=PersonId("karel"),
            organization_id=OrganizationId("schuldhulp"),
            community_id=CommunityId("koor"),
        )
        asks = (services.Ask(party=party, service_id=ServiceId("spreekuur"), proposal=proposal),)

        made = scenes.draft(*asks, area_id=AreaId("noord"), topics=frozenset({"debt"}), actor=JOKE,
                            organization_id=OrganizationId("schuldhulp"))  # fmt: skip

        whole = scenes.whole(made)
        assert (whole.text, whole.language, whole.about) == (scenes.WORDS, "nl", About.PROBLEM)
        assert (whole.area_id, whole.topics) == ("noord", {"debt"})
        assert whole.sender == Party(person_id=PersonId("joke"), organization_id=OrganizationId("schuldhulp"))
        (handling,) = whole.handlings
        assert (handling.turn.candidate, handling.service_id, handling.proposal) == (
            party,
            "spreekuur",
            proposal,
        )
        assert scenes.awaited(made) == ["sender sending"]

    def test_puts_one_event_on_record_without_words(self):
        made = scenes.draft()

        event = here.last_event()
        assert (event.act, event.object_id, event.actor_id) == ("referral.made", made, "noor")
        assert here.acts() == ["referral.made"]
        assert "plein" not in event.facts

    def test_knows_what_language_it_is_in(self):
        made = scenes.draft(text="Two boys are fighting about money on the square.")

        assert scenes.whole(made).language == "en"

    def test_asks_several_parties_together(self):
        made = scenes.sent(scenes.BY_KAREL, scenes.an_organization_of("jongerenwerk"), scenes.a_service_of())

        assert scenes.awaited(made) == ["candidate answer"] * 3
        assert {handling.turn.round for handling in scenes.whole(made).handlings} == {1}
        assert scenes.whole(made).handlings[2].turn.candidate == Party(
            organization_id=OrganizationId("schuldhulp")
        )

    @pytest.mark.parametrize(
        "parts",
        [
            {"about": About.SITUATION},
            {"about": About.GROUP, "resident_group_id": ResidentGroupId("jongeren")},
            {"about": About.RESIDENT, "purpose": "Hulp bij brieven.", "consented_on": DAY},
        ],
        ids=str,
    )
    def test_is_about_a_problem_a_situation_a_group_or_a_resident(self, parts):
        whole = scenes.whole(scenes.draft(**parts))

        assert {name: getattr(whole, name) for name in parts} == parts

    @pytest.mark.parametrize(
        ("parts", "refusal"),
        [
            ({"text": "  "}, EmptyText),
            ({"text": "x" * 2001}, TextTooLong),
            ({"text": "Bel hem op 06 12345678."}, PersonalDataFound),
            ({"text": "я не знаю что делать"}, UnknownLanguage),
            ({"asks": ()}, referral.BadParties),
            ({"asks": (scenes.BY_KAREL, scenes.BY_KAREL)}, referral.BadParties),
            ({"asks": (scenes.a_person_of("noor"),)}, referral.BadParties),
            ({"asks": (services.Ask(),)}, referral.InvalidNeed),
            ({"asks": (scenes.a_person_of("stil"),)}, people.PersonNotFound),
            ({"asks": (scenes.a_person_of("vera"),)}, people.PersonNotFound),
            ({"asks": (scenes.an_organization_of("x"),)}, people.OrganizationNotFound),
            ({"asks": (scenes.a_service_of("x"),)}, people.ServiceNotFound),
            ({"about": About.GROUP}, referral.BadReferral),
            ({"about": About.GROUP, "resident_group_id": ResidentGroupId("x")}, services.GroupNotFound),
            ({"about": About.RESIDENT, "purpose": "Hulp."}, referral.BadReferral),
            (
                {"about": About.RESIDENT, "purpose": "Hulp.", "consented_on": DAY + timedelta(days=1)},
                referral.BadReferral,
            ),
            (
                {"about": About.RESIDENT, "purpose": "Mail sam@example.org.", "consented_on": DAY},
                PersonalDataFound,
            ),
            ({"area_id": AreaId("x")}, UnknownPlace),
            ({"organization_id": OrganizationId("schuldhulp")}, people.OrganizationNotFound),
        ],
        ids=str,
    )
    def test_is_refused_as_a_whole(self, parts, refusal):
        before = everything()

        wish = services.ReferralWish(**{"text": scenes.WORDS, "asks": (scenes.BY_KAREL,), **parts})
        with pytest.raises(refusal):
            services.make_referral(wish, actor=NOOR, on=DAY, at=NOON)

        assert everything() == before

    @pytest.mark.parametrize(
        "party",
        [
            Party(person_id=PersonId("bas"), organization_id=OrganizationId("schuldhulp")),
            Party(person_id=PersonId("karel"), organization_id=OrganizationId("jongerenwerk")),
        ],
    )
    def test_asks_nobody_on_behalf_of_what_they_do_not_belong_to(self, party):
        with pytest.raises(referral.BadParties):
            scenes.draft(services.Ask(party=party))

    def test_asks_nobody_for_a_service_of_another_organization(self):
        party = Party(organization_id=OrganizationId("jongerenwerk"))

        with pytest.raises(referral.BadParties):
            scenes.draft(services.Ask(party=party, service_id=ServiceId("spreekuur")))

    def test_knows_no_communities_of_elsewhere(self):
        party = Party(person_id=PersonId("karel"), community_id=CommunityId("x"))

        with pytest.raises(services.CommunityNotFound):
            scenes.draft(services.Ask(party=party))

    @pytest.mark.parametrize("actor", [WIM, AD])
    def test_is_not_for_who_keeps_the_house_or_counts(self, actor):
        with pytest.raises(access.MayNotRefer):
            scenes.draft(actor=actor)

    def test_takes_a_few_queries_more_for_each_party(self, django_assert_max_num_queries):
        scenes.draft()  # reads the words of both languages

        with django_assert_max_num_queries(24):
            scenes.draft(scenes.BY_KAREL, scenes.a_person_of("bas"))


class TestAskNext:
    def test_begins_a_round_in_the_same_chain(self):
        made = declined()

        services.ask_next(made, (scenes.a_person_of("bas"),), actor=NOOR, on=DAY, at=scenes.later())

        whole = scenes.whole(made)
        assert [handling.turn.round for handling in whole.handlings] == [1, 2]
        assert scenes.awaited(made) == ["sender sending"]
        assert here.last_event().act == "referral.next_asked"

    def test_waits_for_who_still_has_it(self):
        made = scenes.sent()
        before = everything()

        with pytest.raises(referral.StillRunning):
            services.ask_next(made, (scenes.a_person_of("bas"),), actor=NOOR, on=DAY, at=NOON)

        assert everything() == before

    def test_does_not_open_what_is_over(self):
        made = declined()
        services.give_up(made, cause="Niemand kon.", actor=NOOR, on=DAY, at=NOON)

        with pytest.raises(services.ReferralOver):
            services.ask_next(made, (scenes.a_person_of("bas"),), actor=NOOR, on=DAY, at=NOON)

    @pytest.mark.parametrize(
        ("actor", "refusal"),
        [
            (KAREL, referral.NotYourStep),
            (RIA, referral.NotYourStep),
            (BAS, access.ReferralNotFound),
            (ELS, access.ReferralNotFound),
            (VERA, access.ReferralNotFound),
        ],
    )
    def test_is_the_senders_only(self, actor, refusal):
        made = declined()
        before = everything()

        with pytest.raises(refusal):
            services.ask_next(made, (scenes.a_person_of("bas"),), actor=actor, on=DAY, at=NOON)

        assert everything() == before

    def test_is_the_coordinators_once_the_sender_has_gone(self):
        made = declined()
        scenes.person("noor").account.delete()

        services.ask_next(made, (scenes.a_person_of("bas"),), actor=RIA, on=DAY, at=NOON)
        sent = services.send_all(made, actor=RIA, on=DAY, at=NOON)

        assert len(sent) == 1
        assert scenes.awaited(made) == ["candidate answer"]


class TestReopen:
    def test_begins_again_with_a_reason(self):
        made = scenes.done()
        scenes.tell(made)
        assert models.Referral.objects.get().over_at == NOON

        services.reopen(
            made, (scenes.a_person_of("bas"),), reason="Ze zijn er weer.", actor=NOOR, on=DAY, at=NOON
        )

        row = models.Referral.objects.get()
        assert (row.over_at, row.outcome_told_at, row.open_since) == (None, None, 2)
        assert models.Event.objects.get(step="reopen").words == "Ze zijn er weer."

    def test_lets_everybody_tell_again(self):
        made = scenes.done()
        scenes.tell(made)
        services.reopen(made, (scenes.BY_KAREL,), reason="Weer raak.", actor=NOOR, on=DAY, at=NOON)
        (turn_id,) = services.send_all(made, actor=NOOR, on=DAY, at=NOON)
        services.accept(turn_id, actor=KAREL, on=DAY, at=NOON)
        services.complete(turn_id, result="Nog eens.", actor=KAREL, on=DAY, at=NOON)

        scenes.tell(made, Helped.NO)

        assert [said.helped for said in scenes.whole(made).feedback] == [Helped.YES, Helped.NO]

    def test_opens_nothing_that_runs(self):
        with pytest.raises(referral.StillRunning):
            services.reopen(declined(), (scenes.BY_KAREL,), reason="Zomaar.", actor=NOOR, on=DAY, at=NOON)

    def test_needs_a_reason(self):
        made = scenes.done()
        scenes.tell(made)

        with pytest.raises(EmptyText):
            services.reopen(made, (scenes.BY_KAREL,), reason=" ", actor=NOOR, on=DAY, at=NOON)

    def test_opens_nothing_whose_words_are_gone(self):
        made = declined()
        scenes.person("noor").delete()
        services.give_up(made, cause="Niemand kon.", actor=RIA, on=DAY, at=NOON)
        assert models.Referral.objects.get().text == ""

        with pytest.raises(services.WordsGone):
            services.reopen(made, (scenes.BY_KAREL,), reason="Toch nog.", actor=RIA, on=DAY, at=NOON)

    def test_takes_no_late_answer_to_words_that_are_gone(self):
        made = scenes.sent()
        (turn_id,) = scenes.turns_of(made)
        services.lapse(turn_id, actor=CLOCK, on=DAY, at=NOON)
        scenes.person("noor").delete()
        services.give_up(made, cause="Niemand kon.", actor=RIA, on=DAY, at=NOON)

        with pytest.raises(services.WordsGone):
            services.accept(turn_id, actor=KAREL, on=DAY, at=NOON)

        assert scenes.row(turn_id).state == State.UNANSWERED


class TestGiveUp:
    def test_ends_it_with_its_cause(self):
        made = declined()

        services.give_up(made, cause="Niemand kon.", actor=NOOR, on=DAY, at=scenes.later())

        assert (scenes.awaited(made), scenes.whole(made).cause) == ([], "Niemand kon.")
        assert models.Referral.objects.get().over_at == scenes.later()

    def test_ends_nothing_that_somebody_has(self):
        with pytest.raises(referral.NotOver):
            services.give_up(scenes.sent(), cause="Niemand kon.", actor=NOOR, on=DAY, at=NOON)

    @pytest.mark.parametrize(("cause", "refusal"), [("", EmptyText), ("Bel 06 12345678", PersonalDataFound)])
    def test_needs_a_cause_about_nobody(self, cause, refusal):
        with pytest.raises(refusal):
            services.give_up(declined(), cause=cause, actor=NOOR, on=DAY, at=NOON)

    def test_knows_nothing_of_elsewhere(self):
        with pytest.raises(access.ReferralNotFound):
            services.give_up(ReferralId("x"), cause="Niemand kon.", actor=NOOR, on=DAY, at=NOON)


class TestTellOutcome:
    @pytest.mark.parametrize(
        ("by", "actor", "is_over"),
        [
            (Teller.SENDER, NOOR, True),
            (Teller.RECEIVER, KAREL, False),
            (Teller.CONCERNED, None, True),
        ],
    )
    def test_is_for_the_three_who_know(self, by, actor, is_over):
        made = scenes.done()

        scenes.tell(made, Helped.PARTLY, by=by, actor=actor or link_to(made), words="Het scheelt.")

        (said,) = scenes.whole(made).feedback
        assert (said.by, said.helped, said.words) == (by, Helped.PARTLY, "Het scheelt.")
        assert (scenes.awaited(made) == []) is is_over
        assert here.last_event().act == "referral.outcome_told"
        assert "scheelt" not in here.last_event().facts

    @pytest.mark.parametrize(
        ("by", "actor"),
        [
            (Teller.RECEIVER, NOOR),
            (Teller.SENDER, KAREL),
            (Teller.CONCERNED, NOOR),
            (Teller.SENDER, RIA),
        ],
    )
    def test_is_not_for_who_says_to_be_another(self, by, actor):
        made = scenes.done()

        with pytest.raises(referral.NotYourStep):
            scenes.tell(made, by=by, actor=actor)

    def test_by_link_is_for_one_referral_and_as_the_one_concerned(self):
        made = scenes.done()

        with pytest.raises(access.ReferralNotFound):
            scenes.tell(made, by=Teller.CONCERNED, actor=link_to(ReferralId("x")))
        with pytest.raises(referral.NotYourStep):
            scenes.tell(made, by=Teller.SENDER, actor=link_to(made))

    def test_is_not_for_strangers(self):
        with pytest.raises(access.ReferralNotFound):
            scenes.tell(scenes.done(), actor=BAS)

    def test_is_said_once_by_each_also_after_it_is_over(self):
        made = scenes.done()
        scenes.tell(made)
        over_at = models.Referral.objects.get().over_at
        scenes.tell(made, Helped.NO, by=Teller.RECEIVER, actor=KAREL, at=scenes.later())

        for by, actor in ((Teller.SENDER, NOOR), (Teller.RECEIVER, KAREL)):
            with pytest.raises(services.AlreadyTold):
                scenes.tell(made, by=by, actor=actor)
        assert models.Referral.objects.get().over_at == over_at

    def test_waits_until_something_was_done(self):
        for made in (scenes.sent(), declined()):
            with pytest.raises(referral.NotOver):
                scenes.tell(made)

    def test_is_the_coordinators_once_the_sender_has_gone(self):
        made = scenes.done()
        scenes.person("noor").delete()

        scenes.tell(made, actor=RIA)

        assert scenes.awaited(made) == []
        assert models.Referral.objects.get().text == ""


class TestRemark:
    def test_goes_back_and_forth(self):
        turn_id = scenes.a_turn()

        services.remark(turn_id, words="Hoe laat is het?", actor=KAREL, on=DAY, at=NOON)
        services.remark(turn_id, words="Na schooltijd.", actor=NOOR, on=DAY, at=scenes.later())

        said = models.Remark.objects.order_by("pk").values_list("part", "by_text_id", "words")
        assert list(said) == [
            ("candidate", "karel", "Hoe laat is het?"),
            ("sender", "noor", "Na schooltijd."),
        ]
        assert here.acts()[-2:] == ["referral.remarked", "referral.remarked"]
        assert scenes.row(turn_id).state == State.REQUESTED

    def test_is_open_by_link(self):
        turn_id = scenes.a_turn()
        link = access.TurnLink(network_id=NetworkId("kruisveld"), turn_id=turn_id)

        services.remark(turn_id, words="Hoe laat is het?", actor=link, on=DAY, at=NOON)

        assert models.Remark.objects.get().by_text_id == ""

    @pytest.mark.parametrize(
        ("actor", "refusal"),
        [(BAS, referral.TurnNotFound), (VERA, referral.TurnNotFound), (RIA, referral.NotYourStep)],
    )
    def test_is_for_the_two_only(self, actor, refusal):
        turn_id = scenes.a_turn()

        with pytest.raises(refusal):
            services.remark(turn_id, words="Mag ik ook?", actor=actor, on=DAY, at=NOON)

    def test_is_not_made_before_or_after(self):
        (draft,) = scenes.turns_of(scenes.draft())
        (ended,) = scenes.turns_of(declined())

        for turn_id in (draft, ended):
            with pytest.raises(services.ReferralOver):
                services.remark(turn_id, words="Nog iets.", actor=NOOR, on=DAY, at=NOON)

    @pytest.mark.parametrize(("words", "refusal"), [("", EmptyText), ("x" * 2001, TextTooLong)])
    def test_says_something(self, words, refusal):
        with pytest.raises(refusal):
            services.remark(scenes.a_turn(), words=words, actor=KAREL, on=DAY, at=NOON)


def introduced_by(*names, turn_id=None, actor=NOOR, at=NOON, on=DAY):
    asked = tuple(map(PersonId, names))
    return services.ask_introduction(turn_id or scenes.a_turn(), asked, actor=actor, on=on, at=at)


def reply(pk, said, actor):
    return services.reply_to_introduction(pk, said, actor=actor, on=DAY, at=NOON)


class TestIntroductions:
    def test_go_from_one_to_the_next_until_made(self):
        pk = introduced_by("bas", "mo")
        mo = an_actor("mo", role=Role.RESIDENT)

        with pytest.raises(access.IntroductionNotFound):
            reply(pk, referral.Reply.YES, mo)
        assert reply(pk, referral.Reply.LATER, BAS) is None
        assert reply(pk, referral.Reply.YES, BAS) is None
        assert reply(pk, referral.Reply.YES, mo) is referral.Progress.MADE

        acts = ["referral.introduction_asked", *["introduction.replied"] * 3]
        assert here.acts()[-4:] == acts

    def test_keep_a_no_out_of_the_log(self):
        pk = introduced_by("bas")

        reply(pk, referral.Reply.NO, BAS)

        event = here.last_event()
        assert (event.kind, event.object_id, event.facts) == ("introduction", str(pk), "")

    def test_are_answered_once(self):
        pk = introduced_by("bas")
        reply(pk, referral.Reply.NO, BAS)

        with pytest.raises(referral.IntroductionOver):
            reply(pk, referral.Reply.YES, BAS)

    def test_are_answered_by_who_is_asked_now(self):
        pk = introduced_by("bas", "mo")
        reply(pk, referral.Reply.YES, BAS)

        with pytest.raises(referral.NotYourStep):
            reply(pk, referral.Reply.YES, BAS)

    @pytest.mark.parametrize("actor", [KAREL, NOOR, RIA, VERA])
    def test_are_not_there_for_others(self, actor):
        pk = introduced_by("bas")

        with pytest.raises(access.IntroductionNotFound):
            reply(pk, referral.Reply.YES, actor)

    @pytest.mark.parametrize(
        ("names", "refusal"),
        [
            ((), referral.BadIntroduction),
            (("bas", "bas"), referral.BadIntroduction),
            (("noor",), referral.BadIntroduction),
            (("karel",), referral.BadIntroduction),
            (("bas", "mo", "joke"), referral.BadIntroduction),
            (("stil",), people.PersonNotFound),
        ],
    )
    def test_are_by_one_or_two_others_who_introduce(self, names, refusal):
        with pytest.raises(refusal):
            introduced_by(*names)

        assert not models.Introduction.objects.exists()

    def test_are_asked_by_the_sender(self):
        turn_id = scenes.a_turn()

        for actor, refusal in ((KAREL, referral.NotYourStep), (BAS, referral.TurnNotFound)):
            with pytest.raises(refusal):
                introduced_by("mo", turn_id=turn_id, actor=actor)

    def test_are_to_a_person_who_has_not_finished(self):
        desk = scenes.a_turn(scenes.an_organization_of())
        (ended,) = scenes.turns_of(declined())

        for turn_id in (desk, ended):
            with pytest.raises(referral.IllegalStep):
                introduced_by("bas", turn_id=turn_id)

    @pytest.mark.parametrize("day", [date(2026, 4, 6), date(2026, 4, 7)], ids=["Easter Monday", "Tuesday"])
    def test_run_on_over_holidays(self, day):
        turn_id = scenes.a_turn()
        introduced_by("bas", turn_id=turn_id)

        with pytest.raises(services.IntroductionRunning):
            introduced_by("mo", turn_id=turn_id, on=day, at=NOON + (day - DAY))

    def test_run_one_at_a_time_and_a_no_looks_like_silence(self):
        turn_id = scenes.a_turn()
        reply(introduced_by("bas", turn_id=turn_id), referral.Reply.NO, BAS)

        with pytest.raises(services.IntroductionRunning):
            introduced_by("mo", turn_id=turn_id)
        week_later = DAY + timedelta(days=10)
        assert introduced_by("mo", turn_id=turn_id, on=week_later, at=NOON + timedelta(days=10))

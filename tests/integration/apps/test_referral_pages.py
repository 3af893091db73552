# SPDX-License-Identifier: EUPL-1.2
"""The pages of referrals: from the answer to the outcome, for each who takes part, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from scharnier.apps.referral import links, models, proposals, selectors, services
from scharnier.core import referral
from scharnier.core.kernel import PersonId
from scharnier.core.referral import Party, Reason, State
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import KAREL, NOOR, ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
NEW, WORK = reverse("referral:new"), reverse("referral:work")
KEY = "6f1c9d8e-1f0a-4a7b-9a66-0d6a3f0f9d11"
FILLED = {"text": scenes.WORDS, "place": "Noord", "about": "problem", "key": KEY}
BY_HAND = {**FILLED, "to": "person:karel", "send": "1"}
BSN = "Het gaat om BSN 111222333."


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def as_(sign_in):
    """A client signed in as somebody of the scene."""
    return lambda name: sign_in(name, role=ROLES[name])


def sealed(party="karel", *introducers, place=2):
    suggestion = referral.Suggestion(
        party=Party(person_id=PersonId(party)),
        score=1.0,
        expertise=referral.Expertise(score=1.0),
        mandate=referral.Mandate(score=1.0),
        room=referral.Room(score=1.0),
        way_in=referral.WayIn(
            score=1.0, entry=referral.Entry.INTRODUCED, introducers=tuple(map(PersonId, introducers))
        ),
        propensity=0.5,
    )
    return proposals.seal(suggestion, place=place)


def page_of(made):
    return reverse("referral:referral", args=[made])


def step_of(made, step, *, number=0):
    return reverse("referral:step", args=[made, scenes.turns_of(made)[number], step])


def said(answer):
    return answer.content.decode()


def the_turn():
    return models.Turn.objects.get()


class TestRefer:
    def test_is_filled_in_by_the_answer(self, as_):
        answer = as_("noor").post(NEW, {**FILLED, "proposed": sealed()})

        assert answer.status_code == 200
        assert "Vraag Karel" in said(answer)
        assert scenes.WORDS in said(answer)
        assert not models.Referral.objects.exists()

    def test_sends_in_two_steps_and_keeps_how_it_was_proposed(self, as_):
        answer = as_("noor").post(NEW, {**FILLED, "proposed": sealed(), "send": "1"})

        turn = the_turn()
        assert answer.url == page_of(turn.referral_id)
        assert (turn.state, turn.person_text_id) == (State.REQUESTED, "karel")
        assert (turn.proposed_by, turn.place, turn.propensity) == ("suggestion", 2, 0.5)
        assert (turn.referral.text, turn.referral.area.name) == (scenes.WORDS, "Noord")

    def test_asks_several_together(self, as_):
        as_("noor").post(NEW, {**FILLED, "proposed": [sealed(), sealed("bas", place=3)], "send": "1"})

        asked = models.Turn.objects.order_by("place_in_round").values_list("person_text_id", "round")
        assert list(asked) == [("karel", 1), ("bas", 1)]

    def test_keeps_a_draft_that_nobody_else_sees(self, as_):
        as_("noor").post(NEW, {**FILLED, "to": "person:karel", "keep": "1"})

        made = models.Referral.objects.get().pk
        assert the_turn().state == State.DRAFT
        assert as_("karel").get(page_of(made)).status_code == 404
        assert "Dit is een concept" in said(as_("noor").get(page_of(made)))

    def test_lets_somebody_introduce_first(self, as_):
        consent_to_introduce("bas")
        as_("noor").post(
            NEW, {**FILLED, "proposed": sealed("karel", "bas"), "way": "introduced", "send": "1"}
        )

        introduction = models.Introduction.objects.get()
        assert (the_turn().state, introduction.first_text_id) == (State.DRAFT, "bas")
        shown = said(as_("noor").get(page_of(the_turn().referral_id)))
        assert "Bas is gevraagd om je voor te stellen." in shown
        assert "Vraag het toch zelf" in shown

    def test_asks_directly_when_that_is_chosen(self, as_):
        as_("noor").post(NEW, {**FILLED, "proposed": sealed("karel", "bas"), "way": "directly", "send": "1"})

        assert the_turn().state == State.REQUESTED
        assert not models.Introduction.objects.exists()

    def test_is_about_a_group(self, as_):
        as_("noor").post(NEW, {**BY_HAND, "about": "group", "resident_group": "jongeren"})

        row = models.Referral.objects.get()
        assert (row.about, row.resident_group.text_id) == ("group", "jongeren")

    def test_is_about_a_resident_who_agrees(self, as_):
        as_("noor").post(
            NEW,
            {**BY_HAND, "about": "resident", "purpose": "hulp bij formulieren", "consented_on": "2026-03-01"},
        )

        row = models.Referral.objects.get()
        assert (row.purpose, row.consented_on.isoformat()) == ("hulp bij formulieren", "2026-03-01")

    def test_is_asked_on_behalf_of_an_organization(self, as_):
        as_("karel").post(NEW, {**BY_HAND, "to": "person:bas", "on_behalf": "schuldhulp"})

        assert models.Referral.objects.get().sender_organization.text_id == "schuldhulp"

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"text": ""}, "Schrijf in een paar woorden wat er aan de hand is."),
            ({"text": BSN}, "burgerservicenummer"),
            ({"place": "Atlantis"}, "Atlantis"),
            ({"to": ""}, "Kies wie je vraagt."),
            ({"to": "person:stil"}, "Kies"),
            ({"about": "group"}, "Kies de groep."),
            ({"about": "resident", "purpose": "hulp"}, "Vraag het eerst aan de bewoner zelf."),
            ({"about": "resident", "consented_on": "2026-03-01"}, "Zeg wat je voor de bewoner vraagt."),
            ({"about": "resident", "purpose": "x", "consented_on": "gisteren"}, "Dit is geen dag."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_written(self, as_, wrong, sentence):
        answer = as_("noor").post(NEW, BY_HAND | wrong)

        assert answer.status_code == 422
        assert sentence in said(answer)
        assert wrong.get("text", scenes.WORDS) in said(answer)
        assert not models.Referral.objects.exists()

    def test_sends_once_what_is_sent_again(self, as_):
        noor = as_("noor")

        first, second = (noor.post(NEW, BY_HAND) for _ in range(2))

        assert first.url == second.url
        assert models.Turn.objects.count() == 1

    def test_asks_once_for_an_introduction_that_is_asked_again(self, as_):
        consent_to_introduce("bas")
        noor, filled = as_("noor"), {**BY_HAND, "proposed": sealed("karel", "bas"), "way": "introduced"}

        first, second = (noor.post(NEW, filled) for _ in range(2))

        assert first.url == second.url
        assert models.Introduction.objects.count() == 1

    @pytest.mark.parametrize(
        "other", [{"key": KEY.replace("6", "7")}, {"text": f"{scenes.WORDS} Elke dag."}, {"to": "person:bas"}]
    )
    def test_sends_anew_what_is_something_else(self, as_, other):
        noor = as_("noor")

        noor.post(NEW, BY_HAND)
        noor.post(NEW, BY_HAND | other)

        assert models.Referral.objects.count() == 2

    def test_keeps_apart_what_two_people_send(self, as_):
        for name in ("noor", "mo"):
            as_(name).post(NEW, BY_HAND)

        assert models.Referral.objects.count() == 2

    def test_takes_no_key_that_is_none(self, as_):
        assert as_("noor").post(NEW, BY_HAND | {"key": "x"}).status_code == 422

    def test_takes_no_proposal_that_we_did_not_make(self, as_):
        answer = as_("noor").post(NEW, {**FILLED, "proposed": f"{sealed()}x", "send": "1"})

        assert answer.status_code == 422
        assert "Kies wie je vraagt." in said(answer)
        assert not models.Referral.objects.exists()

    def test_asks_nobody_who_left_sight_meanwhile(self, as_):
        answer = as_("noor").post(NEW, {**FILLED, "proposed": sealed("stil"), "send": "1"})

        assert answer.status_code == 422
        assert not models.Referral.objects.exists()

    def test_begins_from_a_card(self, as_):
        answer = as_("noor").get(NEW, {"to": "person:karel"})

        assert '<option value="person:karel" selected' in said(answer)

    @pytest.mark.parametrize("name", ["wim", "ad"])
    def test_is_not_for_who_refers_nothing(self, as_, name):
        assert as_(name).get(NEW).status_code == 403
        assert as_(name).post(NEW, BY_HAND).status_code == 403


def consent_to_introduce(name):
    scenes.person(name).consents.create(purpose="introduction", given_date=DAY)


class TestShow:
    def test_shows_the_five_parts_to_the_sender(self, as_):
        made = scenes.sent()

        shown = said(as_("noor").get(page_of(made)))

        assert "Karel is gevraagd en heeft nog niet geantwoord." in shown
        for title in (
            "Hoe het ervoor staat",
            "Wat er tot nu toe gebeurde",
            "Wie erbij horen",
            "Wat ervan kwam",
        ):
            assert title in shown
        assert "Ja, ik pak dit op" not in shown

    def test_asks_the_candidate(self, as_):
        shown = said(as_("karel").get(page_of(scenes.sent())))

        assert "Jij bent gevraagd. Pak je dit op?" in shown
        assert "Ja, ik pak dit op" in shown
        assert "Trek het in" not in shown

    def test_asks_who_acts_for_the_organization(self, as_):
        made = scenes.sent(scenes.an_organization_of())

        assert "Jij bent gevraagd. Pak je dit op?" in said(as_("joke").get(page_of(made)))

    def test_lets_a_coordinator_look_on(self, as_):
        shown = said(as_("ria").get(page_of(scenes.sent())))

        assert "Karel is gevraagd en heeft nog niet geantwoord." in shown
        assert "<button" not in shown.split("<main")[1]

    @pytest.mark.parametrize("name", ["bas", "els", "wim", "ad"])
    def test_is_not_there_for_others(self, as_, name):
        assert as_(name).get(page_of(scenes.sent())).status_code == 404

    def test_tells_the_next_one_nothing_of_who_said_no(self, as_):
        made = scenes.sent()
        decline(made, words="Deze week niet.")
        services.ask_next(made, (scenes.a_person_of("bas"),), actor=NOOR, on=DAY, at=NOON)
        services.send_all(made, actor=NOOR, on=DAY, at=NOON)

        shown = said(as_("bas").get(page_of(made)))

        assert "Karel" not in shown
        assert "Deze week niet." not in shown

    def test_says_how_it_ended(self, as_):
        made = scenes.done()
        scenes.tell(made, words="De ruzie is over.")

        shown = said(as_("noor").get(page_of(made)))

        assert "Het is gedaan." in shown
        assert "De ruzie is over." in shown
        assert "Open het opnieuw" in shown

    def test_names_nobody_who_was_erased(self, as_):
        made = scenes.sent()
        services.forget_person(scenes.person("karel"), at=NOON)
        scenes.person("karel").delete()

        assert "Karel" not in said(as_("noor").get(page_of(made)))


def decline(made, *, words="", rather=None, reason=Reason.NO_CAPACITY):
    (turn_id,) = scenes.turns_of(made)
    said = services.Decline(reason=reason, words=words, rather=rather)
    services.decline(turn_id, said, actor=KAREL, on=DAY, at=NOON)


class TestLinks:
    def test_lead_the_sender_to_a_link_for_the_one_it_was_for(self, as_):
        made = scenes.done()
        address = reverse("referral_link:outcome_link", args=[made])

        assert address in said(as_("noor").get(page_of(made)))
        assert address not in said(as_("karel").get(page_of(made)))
        assert address not in said(as_("noor").get(page_of(scenes.sent())))

    def test_in_a_mail_can_be_taken_back_by_the_sender_only(self, as_):
        made = scenes.sent()
        (turn_id,) = scenes.turns_of(made)
        turn = models.Turn.objects.select_related("referral").get(pk=turn_id)
        address = reverse("referral_link:revoke_links", args=[made, turn_id])
        noor = as_("noor")
        before = said(noor.get(page_of(made)))
        links.make_link(turn, referral.LinkPurpose.ANSWER, models.Holder.PERSON, at=NOON)

        assert address not in before
        assert address in said(noor.get(page_of(made)))
        assert address not in said(as_("karel").get(page_of(made)))
        noor.post(address)
        assert address not in said(noor.get(page_of(made)))


class TestSend:
    def test_sends_a_draft_once(self, as_):
        made = scenes.draft()
        noor = as_("noor")

        first = noor.post(reverse("referral:send", args=[made]), follow=True)
        second = noor.post(reverse("referral:send", args=[made]), follow=True)

        assert "Verstuurd." in said(first)
        assert "Dit was al verstuurd." in said(second)
        assert the_turn().state == State.REQUESTED

    def test_sends_nothing_of_others(self, as_):
        made = scenes.draft()

        assert as_("karel").post(reverse("referral:send", args=[made])).status_code == 404


class TestStep:
    @pytest.mark.parametrize(
        ("steps", "state"),
        [
            ([("accept", {})], State.ACCEPTED),
            ([("decline", {"reason": "not_my_area", "rather": "", "words": ""})], State.REJECTED),
            ([("accept", {}), ("start", {})], State.IN_PROGRESS),
            ([("accept", {}), ("pause", {"until": "2099-01-04", "words": "vakantie"})], State.ON_HOLD),
            ([("accept", {}), ("pause", {"until": "2099-01-04"}), ("resume", {})], State.IN_PROGRESS),
            ([("accept", {}), ("complete", {"result": "Gesproken.", "hours": "1,5"})], State.COMPLETED),
            ([("accept", {}), ("fail", {"cause": "Ze kwamen niet."})], State.FAILED),
        ],
        ids=lambda value: "-".join(step for step, _ in value) if isinstance(value, list) else "",
    )
    def test_is_taken_on_the_page(self, as_, steps, state):
        made, karel = scenes.sent(), as_("karel")

        for step, filled in steps:
            answer = karel.post(step_of(made, step), filled)
            assert (answer.status_code, answer.headers.get("Location")) == (302, page_of(made))

        assert the_turn().state == state

    def test_keeps_what_was_said(self, as_):
        made = scenes.sent()
        as_("karel").post(
            step_of(made, "decline"),
            {"reason": "other", "rather": "person:bas", "words": "Dit past Bas beter."},
        )

        shown = said(as_("noor").get(page_of(made)))

        assert "Dit past Bas beter." in shown
        assert "Ga liever naar" in shown
        assert "Niemand heeft dit nu. Vraag iemand anders, of zeg waarom het stopt." in shown

    @pytest.mark.parametrize(
        ("step", "filled", "sentence"),
        [
            ("decline", {}, "Kies waarom niet."),
            ("decline", {"reason": "other"}, "Zeg"),
            ("decline", {"reason": "conflict", "words": BSN}, "burgerservicenummer"),
            ("decline", {"reason": "conflict", "rather": "person:stil"}, "Kies"),
            ("remark", {"words": ""}, "Schrijf wat je wilt vragen of zeggen."),
        ],
    )
    def test_says_what_is_wrong(self, as_, step, filled, sentence):
        made = scenes.sent()

        answer = as_("karel").post(step_of(made, step), filled)

        assert answer.status_code == 422
        assert sentence in said(answer)
        assert the_turn().state == State.REQUESTED

    def test_refuses_a_day_that_is_past(self, as_):
        made, karel = scenes.sent(), as_("karel")
        karel.post(step_of(made, "accept"))

        answer = karel.post(step_of(made, "pause"), {"until": DAY.isoformat()})

        assert answer.status_code == 422
        assert the_turn().state == State.ACCEPTED

    def test_says_so_when_somebody_was_first(self, as_):
        made = scenes.sent(scenes.an_organization_of())
        as_("joke").post(step_of(made, "accept"))

        answer = as_("karel").post(step_of(made, "accept"), follow=True)

        assert answer.redirect_chain[-1][0] == page_of(made)
        assert 'class="utrecht-alert utrecht-alert--error' in said(answer)

    @pytest.mark.parametrize("step", ["cancel", "void"])
    def test_lets_the_sender_take_it_back(self, as_, step):
        made = scenes.sent()

        as_("noor").post(step_of(made, step), {"cause": "Het is al opgelost."})

        assert the_turn().state in {State.CANCELLED, State.ENTERED_IN_ERROR}
        assert "Het is al opgelost." in said(as_("karel").get(page_of(made)))

    def test_carries_a_question_and_its_answer(self, as_):
        made = scenes.sent()

        as_("karel").post(step_of(made, "remark"), {"words": "Hoe laat is dat meestal?"})
        as_("noor").post(step_of(made, "remark"), {"words": "Rond het eten."})

        shown = said(as_("karel").get(page_of(made)))
        assert shown.index("Hoe laat is dat meestal?") < shown.index("Rond het eten.")

    @pytest.mark.parametrize("name", ["noor", "ria"])
    def test_is_refused_to_who_is_not_asked(self, as_, name):
        assert as_(name).post(step_of(scenes.sent(), "accept")).status_code == 403

    def test_is_not_there_for_strangers_or_unheard_of(self, as_):
        made = scenes.sent()

        assert as_("bas").post(step_of(made, "accept")).status_code == 404
        assert as_("karel").post(step_of(made, "steal")).status_code == 404
        assert as_("karel").post(reverse("referral:step", args=[made, "x", "accept"])).status_code == 404


class TestAskNext:
    def next_of(self, made):
        return reverse("referral:next", args=[made])

    def test_puts_first_whom_the_decliner_named(self, as_):
        made = scenes.sent()
        decline(made, rather=Party(person_id=PersonId("bas")))
        noor = as_("noor")

        shown = said(noor.get(self.next_of(made)))
        noor.post(self.next_of(made), {"rather": "person:bas"})

        assert "Karel zegt: ga liever naar Bas." in shown
        newest = models.Turn.objects.get(round=2)
        assert (newest.person_text_id, newest.proposed_by, newest.state) == ("bas", "rather", State.REQUESTED)

    def test_proposes_nobody_who_was_asked_before(self, as_):
        made = scenes.sent(text="Er zijn schulden")
        decline(made)

        shown = said(as_("noor").get(self.next_of(made)))

        assert "Vraag Karel" not in shown.split("<ol")[-1].split("</ol>")[0]

    def test_asks_whom_the_sender_knows(self, as_):
        made = scenes.sent()
        decline(made)

        as_("noor").post(self.next_of(made), {"to": "organization:jongerenwerk"})

        newest = models.Turn.objects.get(round=2)
        assert (newest.organization.text_id, newest.proposed_by) == ("jongerenwerk", "hand")

    def test_asks_who_was_suggested(self, as_):
        made = scenes.sent()
        decline(made)

        as_("noor").post(self.next_of(made), {"proposed": sealed("bas", place=1)})

        assert models.Turn.objects.get(round=2).proposed_by == "suggestion"

    def test_lets_somebody_introduce_first(self, as_):
        consent_to_introduce("mo")
        made = scenes.sent()
        decline(made, rather=Party(person_id=PersonId("bas")))

        as_("noor").post(self.next_of(made), {"introduced": sealed("bas", "mo", place=1)})

        newest = models.Turn.objects.get(round=2)
        assert (newest.state, newest.proposed_by) == (State.DRAFT, "rather")
        assert models.Introduction.objects.get().first_text_id == "mo"

    def test_opens_again_with_a_reason_only(self, as_):
        made = scenes.done()
        scenes.tell(made)
        noor = as_("noor")

        wrong = noor.post(self.next_of(made), {"to": "person:bas"})
        noor.post(self.next_of(made), {"to": "person:bas", "reason": "Het begon weer."})

        assert wrong.status_code == 422
        assert models.Turn.objects.filter(round=2).count() == 1
        assert "Het begon weer." in said(noor.get(page_of(made)))

    @pytest.mark.parametrize(
        ("filled", "sentence"),
        [({}, "Kies wie je vraagt."), ({"proposed": "x"}, ""), ({"to": "person:stil"}, "Kies")],
    )
    def test_says_what_is_wrong(self, as_, filled, sentence):
        made = scenes.sent()
        decline(made)

        answer = as_("noor").post(self.next_of(made), filled)

        assert answer.status_code == 422
        assert sentence in said(answer)
        assert models.Turn.objects.count() == 1

    def test_is_refused_while_somebody_has_it(self, as_):
        assert as_("noor").get(self.next_of(scenes.sent())).status_code == 403
        assert as_("karel").get(self.next_of(scenes.sent())).status_code == 403


class TestDeed:
    def test_tells_whether_it_helped(self, as_):
        made = scenes.done()

        as_("noor").post(
            reverse("referral:outcome", args=[made]), {"helped": "partly", "words": "Het scheelt."}
        )
        as_("karel").post(reverse("referral:outcome", args=[made]), {"helped": "yes"})

        told = models.Feedback.objects.order_by("pk").values_list("told_by", "helped", "words")
        assert list(told) == [("sender", "partly", "Het scheelt."), ("receiver", "yes", "")]
        assert "Wie het vroeg: <strong>Een beetje</strong>" in said(as_("noor").get(page_of(made)))

    def test_gives_up_with_a_cause(self, as_):
        made = scenes.sent()
        decline(made)

        as_("noor").post(reverse("referral:give_up", args=[made]), {"cause": "Niemand heeft ruimte."})

        assert "Het is gestopt: Niemand heeft ruimte." in said(as_("noor").get(page_of(made)))

    @pytest.mark.parametrize(
        ("deed", "filled"), [("outcome", {}), ("outcome", {"helped": "yes", "words": BSN}), ("give_up", {})]
    )
    def test_says_what_is_wrong(self, as_, deed, filled):
        made = scenes.done()

        answer = as_("noor").post(reverse(f"referral:{deed}", args=[made]), filled)

        assert answer.status_code == 422
        assert not models.Feedback.objects.exists()

    @pytest.mark.parametrize(
        ("deed", "filled"), [("outcome", {"helped": "yes"}), ("give_up", {"cause": "Zomaar."})]
    )
    def test_leads_back_when_it_is_too_early(self, as_, deed, filled):
        made = scenes.sent()

        answer = as_("noor").post(reverse(f"referral:{deed}", args=[made]), filled, follow=True)

        assert answer.redirect_chain[-1][0] == page_of(made)
        assert 'class="utrecht-alert utrecht-alert--error' in said(answer)


class TestIntroduce:
    @pytest.fixture
    def asked(self):
        consent_to_introduce("bas")
        made = scenes.draft()
        (turn_id,) = scenes.turns_of(made)
        return services.ask_introduction(turn_id, (PersonId("bas"),), actor=NOOR, on=DAY, at=NOON)

    def address(self, pk):
        return reverse("referral:introduction", args=[pk])

    def test_asks_why_and_whom(self, as_, asked):
        bas = as_("bas")

        assert "Noor wil graag kennismaken met Karel" in said(bas.get(WORK))
        assert scenes.WORDS in said(bas.get(self.address(asked)))

    @pytest.mark.parametrize("reply", ["yes", "no", "later"])
    def test_takes_each_answer(self, as_, asked, reply):
        answer = as_("bas").post(self.address(asked), {"reply": reply}, follow=True)

        row = models.Introduction.objects.get()
        assert answer.status_code == 200
        assert (row.n_yes, row.is_declined) == (int(reply == "yes"), reply == "no")

    def test_shows_the_sender_the_same_for_no_and_for_silence(self, as_, asked):
        noor = as_("noor")
        silent = said(noor.get(page_of(the_turn().referral_id)))

        as_("bas").post(self.address(asked), {"reply": "no"})

        assert without_token(said(noor.get(page_of(the_turn().referral_id)))) == without_token(silent)

    def test_asks_for_a_choice(self, as_, asked):
        assert as_("bas").post(self.address(asked), {}).status_code == 422

    def test_says_so_when_it_was_answered(self, as_, asked):
        bas = as_("bas")
        bas.post(self.address(asked), {"reply": "yes"})

        answer = bas.post(self.address(asked), {"reply": "no"}, follow=True)

        assert 'class="utrecht-alert utrecht-alert--error' in said(answer)

    @pytest.mark.parametrize("name", ["noor", "karel", "ria"])
    def test_is_not_there_for_others(self, as_, asked, name):
        assert as_(name).get(self.address(asked)).status_code == 404


def without_token(html):
    return [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line]


class TestWork:
    def test_shows_what_waits_oldest_first(self, as_):
        scenes.sent(text="Eerst de ruzie op het plein", at=NOON - timedelta(days=3))
        scenes.sent(text="Daarna de schulden van iemand")

        shown = said(as_("karel").get(WORK))

        assert shown.index("Eerst de ruzie op het plein") < shown.index("Daarna de schulden van iemand")
        assert "3 dagen geleden" in shown

    def test_keeps_apart_what_waits_for_the_organization(self, as_):
        scenes.sent(scenes.an_organization_of())

        assert "Voor de organisaties waarvoor je optreedt" in said(as_("karel").get(WORK))

    def test_says_the_first_step_when_nothing_waits(self, as_):
        shown = said(as_("mo").get(WORK))

        assert "Er wacht niets op jou." in shown
        assert reverse("overview:ask") in shown

    def test_waits_for_the_sender_when_nobody_has_it(self, as_):
        decline(scenes.sent())

        assert "Niemand heeft dit nu." in said(as_("noor").get(WORK))

    def test_comes_in_parts(self, as_):
        for number in range(selectors_per_page() + 1):
            scenes.sent(text=f"Vraag nummer {number} over geld op het plein")

        karel = as_("karel")

        assert "Pagina 1 van 2" in said(karel.get(WORK))
        assert "Pagina 2 van 2" in said(karel.get(WORK, {"mine_page": "2"}))
        assert karel.get(WORK, {"mine_page": "²"}).status_code == 200


def selectors_per_page():
    from scharnier.apps.referral.views import _referral  # noqa: PLC0415  # its own number

    return _referral.PER_PAGE


class TestBegin:
    def test_leads_to_what_waits(self, as_):
        scenes.sent(scenes.an_organization_of())

        assert as_("joke").get(reverse("referral:begin")).url == WORK

    def test_leads_who_may_introduce_somebody_there_too(self, as_):
        consent_to_introduce("bas")
        (turn_id,) = scenes.turns_of(scenes.draft())
        services.ask_introduction(turn_id, (PersonId("bas"),), actor=NOOR, on=DAY, at=NOON)

        assert as_("bas").get(reverse("referral:begin")).url == WORK

    def test_leads_to_the_question_when_nothing_waits(self, as_):
        assert as_("mo").get(reverse("referral:begin")).url == reverse("overview:ask")


class TestCards:
    @pytest.mark.parametrize("address", ["/people/karel/", "/organizations/schuldhulp/"])
    def test_lead_to_asking(self, as_, address):
        shown = said(as_("noor").get(address))

        assert f"{NEW}?to=" in shown

    def test_lead_nobody_to_themselves(self, as_):
        assert f"{NEW}?to=" not in said(as_("karel").get("/people/karel/"))
        assert f"{NEW}?to=" not in said(as_("karel").get("/my/card/preview/"))

    def test_lead_nobody_who_refers_nothing(self, as_):
        assert f"{NEW}?to=" not in said(as_("ad").get("/organizations/schuldhulp/"))


class TestProposals:
    def test_come_back_as_they_went_out(self):
        proposed = proposals.unseal(sealed("karel", "bas", place=4))

        assert proposed.party == Party(person_id=PersonId("karel"))
        assert (proposed.place, proposed.propensity, proposed.introducers) == (4, 0.5, ("bas",))

    @pytest.mark.parametrize("wrong", ["", "x", "a:b:c", "\x00"])
    def test_that_are_not_ours_are_refused(self, wrong):
        with pytest.raises(proposals.BadProposal):
            proposals.unseal(wrong)


class TestPupil:
    def test_hears_each_outcome_once(self):
        need = referral.Need(text=scenes.WORDS)
        made = scenes.sent()
        fitted = selectors.KEEPER.read(NOOR.network_id, on=DAY).made
        (turn_id,) = scenes.turns_of(made)
        services.accept(turn_id, actor=KAREL, on=DAY, at=NOON)

        for _ in range(2):
            found = fitted.pupil.find_parties(need, network_id=NOOR.network_id)

        assert found.evidence.facts("person/karel").n_similar == 1

# SPDX-License-Identifier: EUPL-1.2
"""What people read when something of signals or situations is refused, in both languages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scharnier.core import detection, signals, situations
from scharnier.core.detection import BandPlan, ScanPlan, Sighting, Weeks, Window
from scharnier.core.kernel import AreaId, Conflict, Invalid, NotAllowed, NotFound, OrganizationId, PersonId
from scharnier.core.signals import Naming, NamingStep, Place, Precision, Side, SignalState, SignalStep
from scharnier.core.situations import (
    ActionState,
    Capacity,
    GoalScore,
    InvitationPart,
    InvitationState,
    InvitationStep,
    Lasting,
    Lead,
    State,
    Step,
)
from scharnier.formats import situation_templates, wording
from tests.unit.signals import scenes as of_signals
from tests.unit.situations import scenes

MONDAY = scenes.MONDAY
SCHOOL, LIBRARY, POLICE = scenes.SCHOOL, scenes.LIBRARY, scenes.POLICE
JANUARY = Window(first_day=date(2026, 1, 5), last_day=date(2026, 1, 11))
FEBRUARY = Window(first_day=date(2026, 2, 2), last_day=date(2026, 2, 9))
SAME = Weeks(before=(5,), after=(5,))


def take(state, step, by=Capacity.OWNER, said="", **changes):
    return situations.take_step(scenes.a_situation(state, **changes), step, by=by, on=MONDAY, said=said)


def answer(state, step, by, *, on=MONDAY, reason=""):
    asked = scenes.an_invitation(LIBRARY, state)
    return situations.step_invitation(asked, step, by=by, on=on, reason=reason)


def decide(naming, step, by=SCHOOL):
    match = of_signals.a_match()
    sides = (Side(trace=match.sides[0].trace, naming=naming), match.sides[1])
    return signals.step_match(
        signals.Match(id=match.id, sides=sides, asked_on=MONDAY), step, by=by, on=MONDAY + timedelta(days=1)
    )


def of_wrong_template(text):
    return situation_templates.read_templates(text, language="nl")


REFUSALS = {
    "a step that is closed": (
        lambda: take(State.RUNNING, Step.DISMISS, said="Toch niet"),
        Conflict,
        {"state": "running", "step": "dismiss"},
        "Deze stap kan nu niet. Kijk eerst hoe het ervoor staat.",
        "This step is not open now. Look first at how things stand.",
    ),
    "a step of others": (
        lambda: take(State.PROPOSED, Step.ACCEPT, Capacity.PARTNER),
        NotAllowed,
        {"state": "proposed", "step": "accept", "capacity": "partner"},
        "Deze stap is aan een ander: aan de trekker of de coördinator.",
        "This step is for somebody else: for who leads, or for the coordinator.",
    ),
    "dismissing without a word": (
        lambda: take(State.PROPOSED, Step.DISMISS, said=" \n"),
        Invalid,
        {"step": "dismiss", "said": "reason"},
        "Zeg erbij waarom, of aan wie.",
        "Say why, or to whom.",
    ),
    "handing over to nobody": (
        lambda: take(State.RUNNING, Step.HAND_OVER),
        Invalid,
        {"step": "hand_over", "said": "to_whom"},
        "Zeg erbij waarom, of aan wie.",
        "Say why, or to whom.",
    ),
    "closing without an evaluation": (
        lambda: take(State.EVALUATING, Step.CLOSE),
        Conflict,
        {"step": "close", "lacks": ("evaluation",)},
        "Zover is het nog niet. Vul eerst aan wat ontbreekt.",
        "It has not come to that yet. First add what is missing.",
    ),
    "standing closed without an evaluation": (
        lambda: scenes.a_situation(State.CLOSED, evaluation=None),
        Invalid,
        {"lack": "evaluation", "state": "closed"},
        "Hier ontbreekt nog iets. Kijk na wie de trekker is, waarom het stopt en of er een evaluatie is.",
        "Something is missing here. Check who leads, why it ends and whether there is an evaluation.",
    ),
    "answering an invitation that was declined": (
        lambda: answer(InvitationState.DECLINED, InvitationStep.ACCEPT, InvitationPart.INVITED),
        Conflict,
        {"state": "declined", "step": "accept"},
        "Op deze uitnodiging kan dit niet meer, of nog niet.",
        "This invitation does not allow that any more, or not yet.",
    ),
    "accepting for somebody else": (
        lambda: answer(InvitationState.INVITED, InvitationStep.ACCEPT, InvitationPart.INVITER),
        NotAllowed,
        {"step": "accept"},
        "Dit is aan een ander: aan wie is uitgenodigd, of aan wie uitnodigde.",
        "This is for somebody else: for who was invited, or for who invited them.",
    ),
    "declining without a word": (
        lambda: answer(InvitationState.INVITED, InvitationStep.DECLINE, InvitationPart.INVITED),
        Invalid,
        {"step": "decline"},
        "Zeg in een paar woorden waarom, dan kunnen de anderen verder.",
        "Say why in a few words, so that the others can go on.",
    ),
    "inviting twice": (
        lambda: situations.invite(
            (scenes.an_invitation(LIBRARY),), scenes.an_invitation(LIBRARY, invitation_id="again")
        ),
        Conflict,
        {"organization_id": LIBRARY},
        "Deze organisatie doet al mee, of kan nog antwoorden.",
        "This organization takes part already, or can still answer.",
    ),
    "an agreement with oneself": (
        lambda: scenes.an_agreement(party_ids=frozenset({SCHOOL})),
        Invalid,
        {"n_parties": 1},
        "Een afspraak is tussen twee of meer partners, en je kijkt er later op terug.",
        "An agreement is between two or more partners, and you look back on it later.",
    ),
    "ending an action twice": (
        lambda: situations.end_action(
            scenes.an_action(state=ActionState.DONE, ended_on=MONDAY), ActionState.DONE, on=MONDAY
        ),
        Conflict,
        {"state": "done"},
        "Deze actie is al afgelopen, of nog open. Kijk eerst hoe het ervoor staat.",
        "This action has ended already, or is still open. Look first at how things stand.",
    ),
    "not doing an action without a reason": (
        lambda: situations.end_action(scenes.an_action(), ActionState.NOT_DONE, on=MONDAY),
        Invalid,
        {"state": "not_done"},
        "Zeg erbij waarom het niet kon, of niet is gedaan.",
        "Say why it was not possible, or not done.",
    ),
    "a score of six": (
        lambda: GoalScore(organization_id=SCHOOL, score=6),
        Invalid,
        {"lowest": 1, "highest": 5},
        "Geef een cijfer van 1 tot en met 5. Zijn alle cijfers zichtbaar, dan staan ze vast.",
        "Give a score from 1 to 5. Once all scores can be seen, they stand.",
    ),
    "a score from outside": (
        lambda: situations.give_score(
            (), GoalScore(organization_id=POLICE, score=4), coalition={SCHOOL, LIBRARY}
        ),
        NotAllowed,
        {},
        "Dit is alleen voor wie meedoet.",
        "This is only for those who take part.",
    ),
    "a lead from outside": (
        lambda: situations.pass_lead(
            scenes.a_situation(State.RUNNING),
            Lead(organization_id=POLICE, person_id=PersonId("piet")),
            invitation_id=scenes.an_invitation().id,
            on=MONDAY,
        ),
        NotAllowed,
        {},
        "Dit is alleen voor wie meedoet.",
        "This is only for those who take part.",
    ),
    "looking again too early": (
        lambda: situations.do_recheck(situations.plan_rechecks(MONDAY), Lasting.HOLDS, on=MONDAY),
        Conflict,
        {},
        "Er is nu niets om opnieuw te bekijken.",
        "There is nothing to look at again now.",
    ),
    "hours below nought": (
        lambda: scenes.an_evaluation(hours=-1.0),
        Invalid,
        {"hours": -1.0},
        "Kijk de cijfers van de evaluatie na. Uren zijn niet minder dan nul.",
        "Check the figures of the evaluation. Hours are not below nought.",
    ),
    "a template twice": (
        lambda: of_wrong_template('[[template]]\nid = "a"\ndays = 1\nnl.name = "A"\nen.name = "A"\n' * 2),
        Invalid,
        {"template": "a"},
        "Het sjabloon a staat er twee keer in.",
        "The template a is in it twice.",
    ),
    "a template without days": (
        lambda: of_wrong_template('[[template]]\nid = "a"\ndays = 0\nnl.name = "A"\nen.name = "A"\n'),
        Invalid,
        {"template": "a"},
        "Dit sjabloon klopt niet: geef het dagen, en elk meetpunt één keer.",
        "This template is not right: give it days, and each indicator once.",
    ),
    "a signal that was withdrawn": (
        lambda: signals.step_signal(of_signals.a_signal(state=SignalState.WITHDRAWN), SignalStep.HANDLE),
        Conflict,
        {"state": "withdrawn", "step": "handle"},
        "Dit signaal is al afgehandeld of ingetrokken.",
        "This signal has been handled or withdrawn already.",
    ),
    "a place that nobody knows": (
        lambda: signals.find_place("achter de Bult", areas=[]),
        Invalid,
        {"words": "achter de Bult", "candidates": ()},
        (
            "We kennen hier geen plek die \u2018achter de Bult\u2019 heet."
            " Kies erbij in welke buurt het is; wat je schreef blijft staan."
        ),
        (
            "We know no place here called \u201cachter de Bult\u201d."
            " Choose in which neighbourhood it is; what you wrote stays."
        ),
    ),
    "no place at all": (
        lambda: signals.find_place(" ", areas=[]),
        Invalid,
        {"lacks": "place"},
        "Zeg waar het was: een straat, een buurt, of een plek die iedereen kent.",
        "Say where it was: a street, a neighbourhood, or a place everybody knows.",
    ),
    "a street without an area": (
        lambda: Place(precision=Precision.AREA, area_id=None),
        Invalid,
        None,
        "Zeg waar het was: een straat, een buurt, of een plek die iedereen kent.",
        "Say where it was: a street, a neighbourhood, or a place everybody knows.",
    ),
    "taking back a name": (
        lambda: decide(Naming.NAMED, NamingStep.KEEP_UNNAMED),
        Conflict,
        {"naming": "named", "step": "keep_unnamed"},
        "Je organisatie is al genoemd. Dat kun je niet meer terugnemen.",
        "Your organization has been named. That cannot be taken back.",
    ),
    "deciding in a match of others": (
        lambda: decide(Naming.ASKED, NamingStep.NAME, by=POLICE),
        NotFound,
        {"match_id": "m"},
        "Dit is er niet, of niet voor jou.",
        "This is not there, or not for you.",
    ),
    "a second match on the same": (
        lambda: signals.open_match(
            of_signals.a_match(match_id="n"), [of_signals.a_match()], broader=of_signals.BROADER
        ),
        Conflict,
        {},
        (
            "Hierover heb je al bericht gekregen. Hoe het ervoor staat, lees je bij Signalen, onder"
            " \u2018Anderen komen hetzelfde tegen\u2019."
        ),
        (
            "You have been told of this already. How it stands, you read at Signals, under"
            " “Others meet the same”."
        ),
    ),
    "a match with oneself": (
        lambda: of_signals.a_match(of_signals.a_trace(SCHOOL), of_signals.a_trace(SCHOOL)),
        Invalid,
        {"n_partners": 1},
        "Dit zijn geen twee partners die hetzelfde tegenkomen.",
        "These are not two partners who meet the same thing.",
    ),
    "a signal of nobody": (
        lambda: of_signals.a_signal(owner_id=None, author_id=None),
        Invalid,
        {"source": "member"},
        "Zeg van welke organisatie dit signaal is.",
        "Say which organization this signal belongs to.",
    ),
    "nothing seen yet": (
        lambda: detection.scan_signals(
            [Sighting(partner="politie", x_m=0, y_m=0, on=MONDAY)], today=date(2026, 3, 1), plan=ScanPlan()
        ),
        Invalid,
        {"day": date(2026, 3, 1)},
        "Er zijn geen signalen tot en met 1 maart 2026. Kies een latere dag.",
        "There are no signals up to and with 1 March 2026. Choose a later day.",
    ),
    "days the wrong way round": (
        lambda: Window(first_day=date(2026, 3, 2), last_day=date(2026, 3, 1)),
        Invalid,
        {"first": date(2026, 3, 2), "last": date(2026, 3, 1)},
        "De periode eindigt (1 maart 2026) voor ze begint (2 maart 2026).",
        "The period ends (1 March 2026) before it starts (2 March 2026).",
    ),
    "a number below nought": (
        lambda: detection.band_count(-3),
        Invalid,
        {"count": -3},
        "Een aantal is niet kleiner dan nul; hier staat -3.",
        "A number is not below nought; here it is -3.",
    ),
    "bands that fall": (
        lambda: BandPlan(days=(7, 3)),
        Invalid,
        {},
        "Geef afstanden en dagen van klein naar groot, elk een keer en niet onder nul.",
        "Give distances and days from small to large, each once and none below nought.",
    ),
    "a radius of nought": (
        lambda: ScanPlan(max_radius_m=0),
        Invalid,
        {},
        "Een straal, een aantal dagen en een aantal herhalingen zijn meer dan nul.",
        "A radius, a number of days and a number of replicates are more than nought.",
    ),
    "a peak to compare with": (
        lambda: detection.measure_change(SAME, SAME, SAME, baseline=JANUARY, found_from=date(2026, 1, 11)),
        Invalid,
        {"last": date(2026, 1, 11), "found": date(2026, 1, 11)},
        (
            "De vergelijking loopt tot 11 januari 2026, maar de plek is gekozen om wat er vanaf"
            " 11 januari 2026 gebeurde. Kies een periode daarvoor: anders lijkt elke piek vanzelf te dalen."
        ),
        (
            "The comparison runs to 11 January 2026, but the place was picked for what happened from"
            " 11 January 2026 on. Choose a period before that: or every peak seems to fall by itself."
        ),
    ),
    "periods that are not as long": (
        lambda: detection.count_weeks([], [], ring_m=10, before=JANUARY, after=FEBRUARY),
        Invalid,
        {"days": 7},
        "Voor en na zijn even lang, hele weken, en overlappen niet; hier gaat het om 7 dagen.",
        "Before and after are as long, whole weeks, and do not overlap; here it is about 7 days.",
    ),
}


class TestRefusals:
    @pytest.mark.parametrize("name", REFUSALS)
    def test_are_of_a_kind_with_their_facts(self, name):
        attempt, kind, facts, _, _ = REFUSALS[name]

        with pytest.raises(kind) as refusal:
            attempt()

        assert facts is None or refusal.value.facts == facts

    @pytest.mark.parametrize("name", REFUSALS)
    def test_say_what_is_wrong_in_dutch_and_english(self, name):
        attempt, kind, _, dutch, english = REFUSALS[name]

        with pytest.raises(kind) as refusal:
            attempt()

        assert wording.say_error(refusal.value, language="nl") == dutch
        assert wording.say_error(refusal.value, language="en") == english

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_repeat_no_word_that_points_at_a_person(self, language):
        with pytest.raises(Invalid) as refusal:
            scenes.a_situation(question=f"Wat doet hij? {scenes.PHONE}")

        said = wording.say_error(refusal.value, language=language)
        assert said.endswith(".")
        assert "{" not in said

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_make_no_difference_between_who_is_missing_and_who_may_not_know(self, language):
        said = {
            wording.say_error(signals.MatchNotFound(match_id=name), language=language)
            for name in ("mine", "theirs", "nobody's")
        }

        assert len(said) == 1

    @pytest.mark.parametrize("organization_id", [SCHOOL, LIBRARY, OrganizationId("onbekend")])
    def test_name_no_organization(self, organization_id):
        refusal = situations.InvitedTwice(organization_id=organization_id)

        assert organization_id not in wording.say_error(refusal, language="nl")

    def test_know_an_area_only_by_what_was_typed(self):
        with pytest.raises(signals.PlaceUnknown) as refusal:
            signals.find_place("Nergenslaan 3", areas=[])

        assert AreaId("noord") not in wording.say_error(refusal.value, language="en")

# SPDX-License-Identifier: EUPL-1.2
"""What partners do together: every act alike, then agreements, actions, plan, figures and the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people.access import PersonNotFound
from scharnier.apps.people.models import Membership
from scharnier.apps.situations import access, models, services, templates_of
from scharnier.core import situations
from scharnier.core.kernel import Actor, AgreementId, IndicatorId, PersonId
from scharnier.core.situations import ActionState, AgreementState, FigureSource, State, Wanted
from scharnier.core.text import PersonalDataFound
from tests.factories import DAY, NOON
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import (
    BAS,
    CARE,
    HANGING,
    JOKE,
    KAREL,
    LATER,
    MO,
    NOOR,
    PERSONAL,
    RIA,
    SOON,
    VERA,
    WIM,
)
from tests.integration.apps.members_scenes import acts

pytestmark = pytest.mark.django_db
NOISE = services.Aim(name="Klachten over lawaai", unit="per week", baseline=12.0, target=5.0)
KINDS: tuple[type[Model], ...] = (
    models.Situation,
    models.Agreement,
    models.Action,
    models.Indicator,
    models.Reading,
    models.StoryLine,
    models.Score,
    models.Evaluation,
)


@pytest.fixture(scope="module", autouse=True)
def _settled(_ground):
    scenes.settle()


@pytest.fixture
def running():
    scenes.begin()


@dataclass(frozen=True, kw_only=True)
class Deed:
    """An act on a situation: what has to be there, what is done, and how it is called on record."""

    act: str
    do: Callable[[Actor], object]
    state: State = State.RUNNING
    before: Callable[[], object] = lambda: None
    by: Actor = KAREL


def _agreement() -> AgreementId:
    return AgreementId(models.Agreement.objects.get().pk)


def _indicator() -> IndicatorId:
    return IndicatorId(models.Indicator.objects.get().pk)


def _add(aim: services.Aim = NOISE, *, actor: Actor = NOOR) -> IndicatorId:
    return services.add_indicator(HANGING, aim, actor=actor, at=NOON)


def _end(state: ActionState = ActionState.DONE, *, actor: Actor = KAREL, reason: str = "") -> None:
    action_id = models.Action.objects.get().pk
    services.end_action(HANGING, action_id, state, reason=reason, actor=actor, on=DAY, at=NOON)


def _judge(state: AgreementState = AgreementState.KEPT, *, actor: Actor = KAREL) -> None:
    services.judge_agreement(HANGING, _agreement(), state, actor=actor, at=NOON)


def _give(actor: Actor, *, person_id: str = "joke") -> None:
    services.give_action(
        HANGING,
        models.Action.objects.get().pk,
        person_id=PersonId(person_id),
        due=LATER,
        actor=actor,
        on=DAY,
        at=NOON,
    )


def _enter(actor: Actor = KAREL, *, on=DAY, figure=8.0) -> None:
    services.enter_figure(HANGING, _indicator(), on=on, figure=figure, actor=actor, at=NOON)


def _blank() -> situations.Template:
    return templates_of.template_of("kruisveld", "safety", language="nl").template


def _begin_plan(actor: Actor) -> None:
    services.begin_plan(HANGING, _blank(), actor=actor, on=DAY, at=NOON)


A_PLAN = situations.Plan(goal="Rust op het plein", baseline="Tien klachten per week", deadline=LATER)
FOUND = services.Findings(lesson="Eerder bellen helpt.", hours=12.5, residents_noticed="Het is stiller.")
DEEDS = {
    deed.act: deed
    for deed in (
        Deed(act="situation.agreed", do=lambda by: scenes.agree(actor=by)),
        Deed(act="situation.agreement_judged", before=scenes.agree, do=lambda by: _judge(actor=by)),
        Deed(act="situation.action_made", do=lambda by: scenes.make_action(actor=by)),
        Deed(act="situation.action_ended", before=scenes.make_action, do=lambda by: _end(actor=by)),
        Deed(act="situation.action_given", before=scenes.make_action, do=_give),
        Deed(act="situation.indicator_added", do=lambda by: _add(actor=by)),
        Deed(
            act="situation.indicator_changed",
            before=_add,
            do=lambda by: services.change_indicator(HANGING, _indicator(), NOISE, actor=by, at=NOON),
        ),
        Deed(act="situation.figure_entered", before=_add, do=_enter),
        Deed(
            act="situation.plan_written",
            do=lambda by: services.write_plan(HANGING, A_PLAN, actor=by, at=NOON),
        ),
        Deed(act="situation.plan_begun", do=_begin_plan),
        Deed(
            act="situation.evaluated",
            state=State.EVALUATING,
            by=NOOR,
            do=lambda by: services.evaluate(HANGING, FOUND, actor=by, on=DAY, at=NOON),
        ),
        Deed(
            act="situation.scored",
            state=State.EVALUATING,
            do=lambda by: services.give_score(HANGING, 4, actor=by, at=NOON),
        ),
    )
}


@pytest.fixture(params=DEEDS.values(), ids=DEEDS.keys())
def deed(request):
    scenes.begin(request.param.state)
    request.param.before()
    return request.param


def stored() -> list[object]:
    return [list(kind.objects.order_by("pk").values()) for kind in KINDS]


class TestEveryDeed:
    def test_is_put_on_record_once_in_identifiers(self, deed):
        n_before = len(acts())

        deed.do(deed.by)

        assert acts()[n_before:] == [deed.act]
        event = AuditEvent.objects.filter(network_id="kruisveld").latest("number")
        assert (event.object_id, event.on_behalf_of) == (HANGING, sorted(deed.by.acts_for)[0])
        said = ("lawaai", "bellen", "lopen", "Rust", "stiller")
        assert [word for word in said if word in event.facts] == []

    @pytest.mark.parametrize("stranger", [MO, VERA, WIM], ids=["no_partner", "other_network", "researcher"])
    def test_is_of_nothing_for_who_does_not_take_part(self, deed, stranger):
        before = stored()

        with pytest.raises(access.SituationNotFound):
            deed.do(stranger)

        assert stored() == before

    def test_is_not_for_a_coordinator_who_takes_no_part(self, deed):
        before = stored()

        with pytest.raises(situations.NotInCoalition):
            deed.do(RIA)

        assert stored() == before

    def test_is_not_open_once_it_has_ended(self, deed):
        models.Situation.objects.filter(pk=HANGING).update(
            state=State.HANDED_OVER.value, handed_to="De wijkagent", ended_on=DAY
        )
        before = stored()

        with pytest.raises(situations.StepClosed):
            deed.do(deed.by)

        assert stored() == before

    def test_leaves_nothing_when_it_cannot_be_put_on_record(self, deed, monkeypatch):
        before = stored()

        def refuse(**_facts: object) -> None:
            raise IntegrityError

        monkeypatch.setattr("scharnier.apps.audit.services.record", refuse)
        with pytest.raises(IntegrityError), transaction.atomic():
            deed.do(deed.by)

        assert stored() == before

    def test_costs_no_more_in_a_long_story(self, deed, django_assert_max_num_queries):
        for _ in range(10):
            models.StoryLine.objects.create(
                network_id="kruisveld", situation_id=HANGING, at=NOON, event="met", source_text_id="school"
            )

        with django_assert_max_num_queries(40):
            deed.do(deed.by)


@pytest.mark.usefixtures("running")
class TestAgreements:
    def test_stand_with_their_parties_and_day_to_look_back(self):
        scenes.agree()

        (agreement,) = scenes.whole().agreements
        assert agreement.party_ids == {"school", "politie"}
        assert (agreement.made_on, agreement.review_on) == (DAY, SOON)
        assert scenes.story() == [("agreed", "")]

    def test_are_between_partners_only(self):
        with pytest.raises(situations.NotInCoalition):
            scenes.agree(parties="school zorg")

    def test_are_between_two_at_least(self):
        with pytest.raises(situations.AgreementUnclear):
            scenes.agree(parties="school")

    def test_are_looked_back_on_later(self):
        with pytest.raises(situations.AgreementUnclear):
            scenes.agree(review_on=DAY)

    def test_name_no_person(self):
        with pytest.raises(PersonalDataFound):
            scenes.agree(PERSONAL)

        assert not models.Agreement.objects.exists()

    @pytest.mark.parametrize("state", list(AgreementState))
    def test_are_judged_and_taken_back(self, state):
        scenes.agree()

        _judge(state)

        assert scenes.whole().agreements[0].state is state
        assert scenes.story()[-1] == ("agreement_judged", state.value)

    def test_wait_for_another_day(self):
        scenes.agree()
        _judge(AgreementState.NOT_KEPT)

        services.review_later(HANGING, _agreement(), review_on=LATER, actor=BAS, at=NOON)

        (agreement,) = scenes.whole().agreements
        assert (agreement.review_on, agreement.state) == (LATER, AgreementState.OPEN)

    def test_wait_for_no_day_before_they_were_made(self):
        scenes.agree()

        with pytest.raises(situations.AgreementUnclear):
            services.review_later(HANGING, _agreement(), review_on=DAY, actor=BAS, at=NOON)

    def test_of_another_situation_are_not_there(self):
        scenes.begin(situation_id="elders")
        scenes.agree()
        models.Agreement.objects.update(situation_id="elders")

        with pytest.raises(services.PieceNotFound):
            _judge()


@pytest.mark.usefixtures("running")
class TestActions:
    def test_stand_with_who_does_them(self):
        scenes.make_action()

        (action,) = scenes.whole().actions
        assert (action.person_id, action.organization_id, action.due) == ("karel", "politie", SOON)
        assert action.state is ActionState.OPEN

    def test_may_wait_for_the_organization_to_say_who(self):
        scenes.make_action(person_id=None)

        assert scenes.whole().actions[0].has_owner is False

    def test_are_done_by_somebody_of_that_organization(self):
        with pytest.raises(PersonNotFound):
            scenes.make_action(person_id="bas")

    def test_are_not_done_by_who_has_left_it(self):
        Membership.objects.filter(person__text_id="karel").update(end_date=DAY.replace(day=1))

        with pytest.raises(PersonNotFound):
            scenes.make_action()

    def test_are_for_partners_only(self):
        with pytest.raises(situations.NotInCoalition):
            scenes.make_action(organization_id=CARE, person_id="mo")

    def test_name_no_person_in_their_words(self):
        with pytest.raises(PersonalDataFound):
            scenes.make_action(PERSONAL)

    def test_end_and_are_taken_up_again(self):
        scenes.make_action()

        _end()
        ended = scenes.whole().actions[0]
        _end(ActionState.OPEN)
        again = scenes.whole().actions[0]

        assert (ended.state, ended.ended_on) == (ActionState.DONE, DAY)
        assert (again.state, again.ended_on) == (ActionState.OPEN, None)
        assert [what for event, what in scenes.story() if event == "action_ended"] == ["done", "open"]

    def test_end_once(self):
        scenes.make_action()
        _end()

        with pytest.raises(situations.ActionClosed):
            _end(ActionState.NOT_DONE, reason="Geen tijd.")

    @pytest.mark.parametrize("state", [ActionState.NOT_DONE, ActionState.NOT_POSSIBLE])
    def test_that_were_not_done_say_why(self, state):
        scenes.make_action()

        with pytest.raises(situations.ActionUnexplained):
            _end(state, reason="  ")
        with pytest.raises(PersonalDataFound):
            _end(state, reason=PERSONAL)
        _end(state, reason=" Er was geen lamp. ")

        action = scenes.whole().actions[0]
        assert (action.state, action.reason) == (state, "Er was geen lamp.")

    def test_go_to_somebody_else_when_who_did_them_was_erased(self):
        scenes.make_action()
        models.Action.objects.update(person=None)
        assert scenes.whole().actions[0].has_owner is False

        _give(JOKE)

        action = scenes.whole().actions[0]
        assert (action.person_id, action.due) == ("joke", LATER)

    def test_go_to_nobody_of_another_organization(self):
        scenes.make_action()

        with pytest.raises(PersonNotFound):
            _give(KAREL, person_id="bas")

    def test_that_ended_go_to_nobody(self):
        scenes.make_action()
        _end()

        with pytest.raises(situations.ActionClosed):
            _give(KAREL)


@pytest.mark.usefixtures("running")
class TestFigures:
    def test_have_a_beginning_and_an_aim(self):
        _add()

        (indicator,) = scenes.whole().indicators
        assert (indicator.name, indicator.unit) == ("Klachten over lawaai", "per week")
        assert (indicator.baseline, indicator.target, indicator.wanted) == (12.0, 5.0, Wanted.FEWER)

    def test_aim_the_right_way(self):
        with pytest.raises(situations.IndicatorUnclear):
            _add(services.Aim(name="Lawaai", baseline=5.0, target=12.0))

    def test_are_entered_and_corrected(self):
        _add()

        _enter(figure=9.0)
        _enter(figure=8.0)
        _enter(on=SOON, figure=4.0)

        indicator = scenes.whole().indicators[0]
        assert [(each.on, each.low, each.high) for each in indicator.readings] == [
            (DAY, 8.0, 8.0),
            (SOON, 4.0, 4.0),
        ]
        assert situations.judge_progress(indicator) is situations.Progress.REACHED

    @pytest.mark.parametrize("figure", [float("nan"), float("inf")])
    def test_are_numbers(self, figure):
        _add()

        with pytest.raises(situations.IndicatorUnclear):
            _enter(figure=figure)

    def test_that_are_counted_are_not_entered(self):
        _add(services.Aim(name="Signalen", source=FigureSource.SIGNALS))

        with pytest.raises(services.FigureCounted):
            _enter()

    def test_keep_what_was_entered_when_the_aim_changes(self):
        _add()
        _enter()
        more = services.Aim(name="Veilige bewoners", wanted=Wanted.MORE, baseline=2.0, target=8.0)

        services.change_indicator(HANGING, _indicator(), more, actor=BAS, at=NOON)

        indicator = scenes.whole().indicators[0]
        assert (indicator.name, indicator.target, len(indicator.readings)) == ("Veilige bewoners", 8.0, 1)

    def test_name_no_person(self):
        with pytest.raises(PersonalDataFound):
            _add(services.Aim(name=PERSONAL))


@pytest.mark.usefixtures("running")
class TestPlan:
    def test_is_written_piece_by_piece(self):
        services.write_plan(HANGING, situations.Plan(goal="Rust op het plein"), actor=BAS, at=NOON)
        services.write_plan(HANGING, A_PLAN, actor=NOOR, at=NOON)

        assert scenes.whole().plan == A_PLAN

    def test_is_not_emptied_once_partners_work_by_it(self):
        services.write_plan(HANGING, A_PLAN, actor=NOOR, at=NOON)

        with pytest.raises(situations.PlanEmptied):
            services.write_plan(HANGING, situations.Plan(goal="Rust op het plein"), actor=BAS, at=NOON)

        assert scenes.whole().plan == A_PLAN

    def test_begins_from_a_template(self):
        _begin_plan(NOOR)

        situation, template = scenes.whole(), _blank()
        assert situation.plan.goal == template.goal
        assert (situation.plan.deadline - DAY).days == template.days
        assert {each.name for each in situation.indicators} == {each.name for each in template.indicators}
        assert models.Situation.objects.get(pk=HANGING).template_id == "safety"

    def test_keeps_what_partners_wrote_and_no_figure_twice(self):
        services.write_plan(HANGING, situations.Plan(goal="Eigen doel"), actor=BAS, at=NOON)

        _begin_plan(NOOR)
        _begin_plan(NOOR)

        assert scenes.whole().plan.goal == "Eigen doel"
        assert len(scenes.whole().indicators) == len(_blank().indicators)


class TestEvaluating:
    @pytest.fixture(autouse=True)
    def _evaluating(self):
        scenes.begin(State.EVALUATING)

    def test_counts_agreements_by_itself(self):
        scenes.agree()
        _judge(AgreementState.KEPT)
        scenes.agree("Jongerenwerk is er op vrijdag")

        services.evaluate(HANGING, FOUND, actor=NOOR, on=DAY, at=NOON)

        found = scenes.whole().evaluation
        assert found.kept == situations.Kept(n_kept=1, n_judged=1)
        assert (found.lesson, found.hours, found.residents_noticed) == (
            "Eerder bellen helpt.",
            12.5,
            "Het is stiller.",
        )
        assert situations.what_is_missing(scenes.whole(), situations.Step.CLOSE) == ()

    def test_is_mended_as_long_as_it_is_open(self):
        measured = situations.Measured(rate_ratio=0.6, low=0.4, high=0.9, displacement=0.1)
        services.evaluate(HANGING, FOUND, actor=NOOR, on=DAY, at=NOON)

        findings = services.Findings(lesson="Samen lopen helpt.", measured=measured)
        services.evaluate(HANGING, findings, actor=NOOR, on=DAY, at=NOON)

        assert scenes.whole().evaluation.measured == measured
        assert models.Evaluation.objects.count() == 1

    def test_is_for_who_leads(self):
        with pytest.raises(situations.StepOfOthers):
            services.evaluate(HANGING, FOUND, actor=KAREL, on=DAY, at=NOON)

    @pytest.mark.parametrize("state", [State.ACCEPTED, State.PLAN, State.RUNNING])
    def test_waits_until_it_is_time(self, state):
        models.Situation.objects.update(state=state.value)

        with pytest.raises(situations.StepClosed):
            services.evaluate(HANGING, FOUND, actor=NOOR, on=DAY, at=NOON)
        with pytest.raises(situations.StepClosed):
            services.give_score(HANGING, 3, actor=NOOR, at=NOON)

    @pytest.mark.parametrize("score", [0, 6, -1])
    def test_takes_scores_from_one_to_five(self, score):
        with pytest.raises(situations.ScoreUnclear):
            services.give_score(HANGING, score, actor=NOOR, at=NOON)

    def test_lets_a_partner_change_its_score_until_all_have_answered(self):
        for actor, score in ((NOOR, 2), (NOOR, 3), (KAREL, 4), (BAS, 5)):
            services.give_score(HANGING, score, actor=actor, at=NOON)

        shown = situations.shown_goals(scenes.whole().scores, coalition=scenes.whole().coalition)
        assert [each.score for each in shown.scores] == [5, 4, 3]  # by the names of the organizations
        with pytest.raises(situations.ScoreUnclear):
            services.give_score(HANGING, 1, actor=NOOR, at=NOON)

    def test_tells_nobody_which_score_was_given(self):
        services.give_score(HANGING, 5, actor=KAREL, at=NOON)

        event = AuditEvent.objects.filter(network_id="kruisveld").latest("number")
        assert event.facts in ("", "{}")
        assert scenes.story() == []


class TestRecheck:
    @pytest.fixture(autouse=True)
    def _closed(self):
        scenes.begin(State.CLOSED)

    def test_is_done_by_who_leads_when_it_is_due(self):
        first = situations.plan_rechecks(DAY)[0].due

        services.recheck(HANGING, situations.Lasting.SLIPPED, actor=NOOR, on=first, at=NOON)

        done, waiting = scenes.whole().rechecks
        assert (done.done_on, done.found) == (first, situations.Lasting.SLIPPED)
        assert waiting.done_on is None
        assert scenes.story() == [("rechecked", "slipped")]
        assert acts()[-1] == "situation.rechecked"

    def test_waits_for_its_day(self):
        with pytest.raises(situations.NothingToRecheck):
            services.recheck(HANGING, situations.Lasting.HOLDS, actor=NOOR, on=LATER, at=NOON)

    def test_is_for_who_leads(self):
        due = situations.plan_rechecks(DAY)[0].due

        with pytest.raises(situations.StepOfOthers):
            services.recheck(HANGING, situations.Lasting.HOLDS, actor=KAREL, on=due, at=NOON)
        with pytest.raises(access.SituationNotFound):
            services.recheck(HANGING, situations.Lasting.HOLDS, actor=MO, on=due, at=NOON)


class TestKeepResult:
    def test_keeps_figures_and_no_organization(self):
        scenes.begin(State.CLOSED)
        models.Evaluation.objects.update(n_kept=2, n_judged=3, rate_ratio=0.5, low=0.3, high=0.8, hours=10.0)
        row = models.Situation.objects.get(pk=HANGING)

        services.keep_result(row, scenes.whole(), on=DAY)
        services.keep_result(row, scenes.whole(), on=DAY)

        kept = models.Result.objects.get()
        assert (kept.state, kept.n_partners, kept.n_kept, kept.n_judged) == ("closed", 3, 2, 3)
        assert (kept.rate_ratio, kept.low, kept.high, kept.hours) == (0.5, 0.3, 0.8, 10.0)
        assert (kept.topic_ids, kept.area_ids) == (["street-hangout"], ["noord"])
        assert [name for name in ("school", "politie", "bellen") if name in str(vars(kept))] == []

    def test_keeps_what_was_dismissed_without_figures(self):
        scenes.begin(State.DISMISSED)
        row = models.Situation.objects.get(pk=HANGING)

        services.keep_result(row, scenes.whole(), on=DAY)

        kept = models.Result.objects.get()
        assert (kept.state, kept.rate_ratio, kept.hours) == ("dismissed", None, None)


class TestTemplates:
    OWN = situations.Template(id="pleinen", name="Pleinen", goal="Rust", days=60, actions=("Lopen",))

    def test_are_those_of_the_product_to_begin_with(self):
        found = templates_of.all_templates("kruisveld", language="nl")

        assert [each.template.name for each in found] == [
            "Veiligheid",
            "Winkelgebied",
            "Sport en gezondheid",
            "Leeg",
        ]
        assert all(each.is_offered and each.is_shipped and not each.is_own for each in found)

    def test_are_changed_by_a_coordinator_for_one_network(self):
        changed = situations.Template(id="safety", name="Veilig op straat", days=90)

        services.save_template(changed, is_offered=True, actor=RIA, on=DAY, at=NOON)

        assert templates_of.template_of("kruisveld", "safety", language="nl").template == changed
        assert templates_of.template_of("elders", "safety", language="nl").is_own is False
        assert acts()[-1] == "template.saved"

    def test_are_added_and_taken_away(self):
        services.save_template(self.OWN, is_offered=True, actor=RIA, on=DAY, at=NOON)
        assert templates_of.all_templates("kruisveld", language="nl")[-1].template == self.OWN

        services.drop_template("pleinen", actor=RIA, on=DAY, at=NOON)

        assert len(templates_of.all_templates("kruisveld", language="nl")) == 4
        assert acts()[-1] == "template.dropped"
        with pytest.raises(templates_of.TemplateNotFound):
            services.drop_template("pleinen", actor=RIA, on=DAY, at=NOON)

    def test_are_offered_or_not(self):
        services.save_template(_blank(), is_offered=False, actor=RIA, on=DAY, at=NOON)

        offered = templates_of.offered_templates("kruisveld", language="nl")
        assert [each.name for each in offered] == ["Winkelgebied", "Sport en gezondheid", "Leeg"]

    def test_survive_being_stored_whole(self):
        template = _blank()

        services.save_template(template, is_offered=True, actor=RIA, on=DAY, at=NOON)

        assert templates_of.template_of("kruisveld", "safety", language="nl").template == template

    @pytest.mark.parametrize("actor", [NOOR, KAREL, MO, WIM], ids=lambda actor: actor.person_id)
    def test_are_changed_by_nobody_else(self, actor):
        with pytest.raises(services.MayNotShape):
            services.save_template(self.OWN, is_offered=True, actor=actor, on=DAY, at=NOON)
        with pytest.raises(services.MayNotShape):
            services.drop_template("safety", actor=actor, on=DAY, at=NOON)

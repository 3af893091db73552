# SPDX-License-Identifier: EUPL-1.2
"""The life of a situation: begun by hand or of a match, step by step, and who leads it."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Membership
from scharnier.apps.people.services import UnknownArea, UnknownTopic
from scharnier.apps.situations import access, models, services
from scharnier.core import audit, situations, text
from scharnier.core.kernel import NetworkId, OrganizationId, PersonId, SituationId
from scharnier.core.situations import Capacity, State, Step
from scharnier.formats.situation_templates import load_templates
from tests.factories import DAY, NOON
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.situations_scenes import BAS, JOKE, KAREL, MO, NOOR, RIA, VERA, WIM

pytestmark = pytest.mark.django_db
CLOCK = audit.System(network_id=NetworkId("kruisveld"))
PLEIN = SituationId("plein")
WORK, POLICE, SCHOOL = map(OrganizationId, ("jongerenwerk", "politie", "school"))
PERSONAL = "Bel Jan de Vries, geboren 12-03-2009, op 06-12345678."
NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def begin(actor=NOOR, **parts):
    wish = {"question": scenes.QUESTION, "organization_id": next(iter(actor.acts_for), None), **parts}
    return services.begin_situation(services.SituationWish(**wish), actor=actor, on=DAY, at=NOON)


def step(which, *, actor=NOOR, said="", situation_id=PLEIN):
    return services.take_step(situation_id, which, said=said, actor=actor, on=NEXT_DAY, at=NOON)


def row(situation_id=PLEIN):
    return models.Situation.objects.get(pk=situation_id)


def story(situation_id=PLEIN):
    lines = models.StoryLine.objects.filter(situation_id=situation_id).order_by("pk")
    return [(line.event, line.what, line.by_text_id) for line in lines]


def acts():
    return list(AuditEvent.objects.order_by("number").values_list("act", flat=True))


def last():
    return AuditEvent.objects.filter(network_id="kruisveld").order_by("-number")[0]


def facts():
    return json.loads(last().facts)


def stands(state, **parts):
    """Leave a situation in a state, with all that this state must have."""
    ended = {"ended_on": DAY} if state in situations.ENDED else {}
    said = {"reason": "Het waaide over."} if state is State.DISMISSED else {}
    said |= {"handed_to": "De gemeente"} if state is State.HANDED_OVER else {}
    made = scenes.a_situation(
        state=state.value,
        goal="Rust na tienen",
        baseline="Acht meldingen per week",
        deadline=DAY + timedelta(days=90),
        **{**ended, **said, **parts},
    )
    scenes.fill_all(made, by=scenes.person("karel"), partner=scenes.organization("politie"))
    return made


class TestBeginSituation:
    def test_makes_one_that_the_organization_leads_and_partners_can_join(self):
        situation_id = begin(topics=frozenset({"noise"}), area_ids=frozenset({"noord"}))

        made = row(situation_id)
        assert (made.state, made.owner_text_id, made.lead_text_id, made.origin) == (
            "proposed", "jongerenwerk", "noor", "hand",
        )  # fmt: skip
        assert (made.topic_ids, made.area_ids, made.made_on, made.since) == (["noise"], ["noord"], DAY, DAY)
        assert story(situation_id) == [("step", "begun", "noor")]
        assert (last().act, last().object_id, last().on_behalf_of) == (
            "situation.begun", situation_id, "jongerenwerk",
        )  # fmt: skip

    def test_is_led_by_nobody_yet_when_a_coordinator_begins_for_none(self):
        made = row(begin(RIA))

        assert (made.state, made.owner, made.lead) == ("proposed", None, None)

    def test_makes_nothing_new_when_the_same_page_is_sent_again(self):
        key = uuid4()

        first, again = begin(key=key), begin(key=key)

        assert first == again
        assert models.Situation.objects.count() == 1
        assert acts().count("situation.begun") == 1

    def test_makes_another_when_something_else_is_written(self):
        key = uuid4()

        assert begin(key=key) != begin(key=key, question="Geen licht in de steeg")

    def test_fills_in_the_plan_of_a_template(self):
        template = load_templates(language="nl")[0]

        made = row(begin(template=template))

        assert (made.template_id, made.goal) == ("safety", template.goal)
        assert made.deadline == DAY + timedelta(days=template.days)
        assert {each.name for each in made.indicators.all()} == {each.name for each in template.indicators}

    def test_takes_a_topic_of_the_thesaurus_that_the_network_had_not(self):
        made = row(begin(topics=frozenset({"litter"})))

        assert made.topic_ids == ["litter"]

    @pytest.mark.parametrize(
        ("wrong", "error"),
        [
            ({"question": PERSONAL}, text.PersonalDataFound),
            ({"question": "   "}, text.EmptyText),
            ({"question": "a " * 2000}, text.TextTooLong),
            ({"topics": frozenset({"nergens"})}, UnknownTopic),
            ({"area_ids": frozenset({"nergens"})}, UnknownArea),
            ({"resident_group_ids": frozenset({"nergens"})}, services.GroupNotFound),
            ({"organization_id": POLICE}, access.MayNotBegin),
            ({"organization_id": None}, access.MayNotBegin),
        ],
    )
    def test_refuses_what_is_wrong_and_leaves_nothing(self, wrong, error):
        with pytest.raises(error):
            begin(**wrong)

        assert not models.Situation.objects.exists()
        assert not models.StoryLine.objects.exists()
        assert "situation.begun" not in acts()

    @pytest.mark.parametrize("actor", [MO, WIM])
    def test_is_not_for_who_acts_for_nobody(self, actor):
        with pytest.raises(access.MayNotBegin):
            begin(actor)

        assert not models.Situation.objects.exists()

    def test_takes_few_queries(self, django_assert_max_num_queries):
        with django_assert_max_num_queries(20):
            begin()


class TestBeginOfMatch:
    def make(self, *names, actor=KAREL, **parts):
        match = services.Match(
            organization_ids=frozenset(names), question="Meer partners komen dit tegen", **parts
        )
        return services.begin_of_match(match, actor=actor, on=DAY, at=NOON)

    def test_makes_a_bundle_of_both_that_nobody_leads(self):
        made = row(self.make(POLICE, SCHOOL, topics=frozenset({"noise"})))

        assert (made.state, made.origin, made.owner) == ("signal_bundle", "others", None)
        assert {each.organization.text_id: each.share for each in made.bundle.all()} == {
            "politie": 0.5,
            "school": 0.5,
        }
        assert (last().act, facts()) == ("situation.begun", {"origin": "others"})

    def test_is_read_by_both_and_by_nobody_else(self):
        situation_id = self.make(POLICE, SCHOOL)

        reading = [actor.person_id for actor in scenes.ACTORS if access.seen(actor).exists()]

        assert reading == ["karel", "bas"]
        assert access.situation_row(situation_id, actor=BAS).pk == situation_id

    @pytest.mark.parametrize("names", [(POLICE,), (), (POLICE, "nergens")])
    def test_is_of_two_organizations_at_least(self, names):
        with pytest.raises(services.TooFewPartners):
            self.make(*names)

        assert not models.Situation.objects.exists()

    def test_is_begun_by_one_of_them(self):
        with pytest.raises(people.OrganizationNotFound):
            self.make(POLICE, SCHOOL, actor=NOOR)

        assert not models.Situation.objects.exists()


class TestTakeStep:
    def test_goes_on_when_everything_is_there(self):
        made = scenes.a_situation()
        scenes.an_invitation(made, "politie")

        assert step(Step.ACCEPT) is State.ACCEPTED

        assert (row().state, row().since) == ("accepted", NEXT_DAY)
        assert story() == [("step", "accept", "noor")]
        assert (last().act, facts()) == (
            "situation.stepped",
            {"step": "accept", "state": "accepted"},
        )

    def test_says_what_is_missing_and_changes_nothing(self):
        scenes.a_situation()

        with pytest.raises(situations.NotReady) as refused:
            step(Step.ACCEPT)

        assert refused.value.facts["lacks"] == ("heard",)
        assert (row().state, story()) == ("proposed", [])

    @pytest.mark.parametrize(
        ("state", "which", "to"),
        [
            (State.PROPOSED, Step.DISMISS, State.DISMISSED),
            (State.RUNNING, Step.HAND_OVER, State.HANDED_OVER),
            (State.ACCEPTED, Step.DISMISS, State.DISMISSED),
        ],
    )
    def test_ends_with_words_and_leaves_the_figures(self, state, which, to):
        stands(state)

        step(which, said="De gemeente pakt het op")

        made = row()
        assert (made.state, made.ended_on) == (to.value, NEXT_DAY)
        assert "De gemeente pakt het op" in (made.reason, made.handed_to)
        assert models.Result.objects.get(situation_id="plein").state == to.value

    @pytest.mark.parametrize("said", ["", "  "])
    def test_does_not_end_without_a_reason(self, said):
        stands(State.PROPOSED)

        with pytest.raises(situations.NothingSaid):
            step(Step.DISMISS, said=said)

        assert row().state == "proposed"

    def test_refuses_a_reason_that_points_at_a_person(self):
        stands(State.PROPOSED)

        with pytest.raises(text.PersonalDataFound):
            step(Step.DISMISS, said=PERSONAL)

        assert row().reason == ""

    def test_closes_and_plans_to_look_again(self):
        made = stands(State.EVALUATING)
        made.rechecks.all().delete()

        step(Step.CLOSE)

        due = list(made.rechecks.order_by("due").values_list("due", flat=True))
        assert due == [each.due for each in situations.plan_rechecks(NEXT_DAY)]
        assert row().ended_on == NEXT_DAY

    def test_opens_again_with_a_clean_slate_and_the_earlier_evaluation_kept(self):
        made = stands(State.CLOSED)

        step(Step.REOPEN, said="Het kwam terug.")

        assert (row().state, row().ended_on) == ("running", None)
        assert [each.is_earlier for each in made.evaluations.all()] == [True]
        assert not made.scores.exists()
        assert not made.rechecks.exists()

    def test_takes_back_the_figures_of_what_goes_on(self):
        stands(State.PROPOSED)
        step(Step.DISMISS, said="Het waaide over.")

        step(Step.REOPEN, said="Het kwam terug.")

        assert not models.Result.objects.filter(situation_id="plein").exists()

    def test_is_taken_by_the_coordinator_where_nobody_leads(self):
        scenes.a_situation(owner="", state="signal_bundle")

        assert step(Step.PROPOSE, actor=RIA) is State.PROPOSED

    def test_is_taken_by_the_clock_on_nobodys_behalf(self):
        stands(State.RUNNING)

        step(Step.EVALUATE, actor=CLOCK)

        assert (row().state, last().actor_id, last().on_behalf_of) == ("evaluating", "", "")

    @pytest.mark.parametrize("actor", [KAREL])
    def test_is_for_who_leads(self, actor):
        stands(State.RUNNING)

        with pytest.raises(situations.StepOfOthers):
            step(Step.EVALUATE, actor=actor)

        assert row().state == "running"

    @pytest.mark.parametrize("actor", [BAS, MO, WIM, VERA])
    def test_is_not_there_for_who_takes_no_part(self, actor):
        stands(State.RUNNING)

        with pytest.raises(access.SituationNotFound):
            step(Step.EVALUATE, actor=actor)

        assert row().state == "running"

    @pytest.mark.parametrize("state", State)
    def test_is_open_only_where_the_core_opens_it(self, state):
        stands(state)

        for which in Step:
            if which not in situations.MOVES[state]:
                with pytest.raises(situations.StepClosed):
                    step(which, said="Daarom")

        assert row().state == state.value

    def test_leaves_nothing_when_it_cannot_be_put_on_record(self):
        scenes.an_invitation(scenes.a_situation(), "politie")
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_audithead RENAME TO gone")

        with pytest.raises(DatabaseError):
            step(Step.ACCEPT)


class TestCapacityFor:
    def test_is_the_one_to_which_the_step_is_open(self):
        made = scenes.a_situation(owner="", state="proposed")
        acted = services_acted(made, {Capacity.COORDINATOR, Capacity.PARTNER})

        assert services.capacity_for(acted, Step.DISMISS) is Capacity.COORDINATOR

    def test_is_any_other_where_it_is_open_to_none(self):
        acted = services_acted(stands(State.ACCEPTED), {Capacity.PARTNER})

        assert services.capacity_for(acted, Step.PLAN) is Capacity.PARTNER


def services_acted(made, capacities):
    held = access.hold(SituationId(made.pk), network_id="kruisveld")
    value = scenes.value_of(held)
    return scenes.Acted(row=held, value=value, by=RIA, capacities=frozenset(capacities))


class TestPassLead:
    def give(self, organization=POLICE, *, person="karel", actor=NOOR):
        services.pass_lead(
            PLEIN, organization, person_id=person and PersonId(person), actor=actor, on=DAY, at=NOON
        )

    def test_goes_to_a_partner_and_the_former_goes_on_as_one(self):
        scenes.an_invitation(scenes.a_situation(owner_name="Jongerenwerk"), "politie")

        self.give()

        made = row()
        assert (made.owner_text_id, made.lead_text_id, made.owner_name) == ("politie", "karel", "Politie")
        former = made.invitations.get(organization_text_id="jongerenwerk")
        assert (former.state, former.organization_name) == ("accepted", "Jongerenwerk")
        assert story() == [("step", "lead_passed", "noor")]
        assert facts() == {"organization": "politie"}

    def test_goes_to_a_colleague_and_makes_no_invitation(self):
        scenes.a_situation(lead=scenes.person("noor"), lead_text_id="noor")

        self.give(WORK, person="joke")

        assert (row().lead_text_id, row().invitations.count()) == ("joke", 0)

    def test_is_taken_up_by_a_partner_where_nobody_leads(self):
        made = scenes.a_situation(owner="", state="signal_bundle")
        models.BundlePartner.objects.create(
            network_id="kruisveld", situation=made, organization=scenes.organization("politie")
        )

        self.give(POLICE, person=None, actor=KAREL)

        assert (row().owner_text_id, row().lead_text_id) == ("politie", "karel")

    def test_is_mended_by_the_coordinator(self):
        scenes.an_invitation(scenes.a_situation(owner=""), "politie")

        self.give(actor=RIA)

        assert row().owner_text_id == "politie"

    @pytest.mark.parametrize("actor", [KAREL])
    def test_is_not_taken_from_who_leads(self, actor):
        scenes.an_invitation(scenes.a_situation(), "politie")

        with pytest.raises(situations.StepOfOthers):
            self.give(actor=actor)

        assert row().owner_text_id == "jongerenwerk"

    @pytest.mark.parametrize("state", ["invited", "declined", "left"])
    def test_goes_to_nobody_who_did_not_say_yes(self, state):
        scenes.an_invitation(scenes.a_situation(), "politie", state=state)

        with pytest.raises(situations.NotInCoalition):
            self.give()

        assert row().owner_text_id == "jongerenwerk"

    def test_goes_to_nobody_once_it_has_ended(self):
        stands(State.DISMISSED)

        with pytest.raises(situations.StepClosed):
            self.give()

        assert row().owner_text_id == "jongerenwerk"

    @pytest.mark.parametrize("person", ["bas", "nergens", None])
    def test_goes_to_a_person_with_a_role_there(self, person):
        scenes.an_invitation(scenes.a_situation(), "politie")

        with pytest.raises(people.PersonNotFound):
            self.give(person=person)

        assert row().owner_text_id == "jongerenwerk"

    def test_goes_to_nobody_whose_role_has_ended(self):
        scenes.an_invitation(scenes.a_situation(), "politie")
        Membership.objects.filter(person__text_id="karel").update(end_date=DAY - timedelta(days=1))

        with pytest.raises(people.PersonNotFound):
            self.give()

        assert row().owner_text_id == "jongerenwerk"

    @pytest.mark.parametrize("actor", [BAS, VERA])
    def test_is_not_there_for_who_takes_no_part(self, actor):
        scenes.an_invitation(scenes.a_situation(), "politie")

        with pytest.raises(access.SituationNotFound):
            self.give(actor=actor)

        assert row().owner_text_id == "jongerenwerk"


class TestMayBegin:
    def test_is_for_who_acts_for_an_organization_and_for_coordinators(self):
        may = [actor.person_id for actor in scenes.ACTORS if access.may_begin(actor, on=DAY)]

        assert may == ["noor", "joke", "karel", "bas", "ria"]

    def test_is_not_for_a_colleague_who_left(self):
        assert not access.may_begin(scenes.an_actor("joke"), on=DAY)
        assert access.may_begin(JOKE, on=DAY)

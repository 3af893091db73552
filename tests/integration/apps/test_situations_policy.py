# SPDX-License-Identifier: EUPL-1.2
"""What somebody reaches of a shared situation, and does in it, is what the policy allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse

from scharnier.apps.situations import access, models, services
from scharnier.core import policy, situations
from scharnier.core.kernel import NetworkId, NotAllowed, NotFound, OrganizationId, Role, SituationId
from scharnier.core.policy import Act, Kind
from scharnier.core.situations import InvitationState, InvitationStep, PartnerState, State, Step
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.situations_scenes import a_situation, an_invitation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
WORK, POLICE, SCHOOL = map(OrganizationId, ("jongerenwerk", "politie", "school"))
INVITED = {f"{state.value}": state for state in InvitationState}  # how the school stands in each
RELATIONS = ("owner", *INVITED, "bundled", "was-bundled", "none", "ended-owner", "ended-invited", "elsewhere")
READERS = {
    "own": ("school", "own", []),
    "of-police": ("politie", "own", []),
    "by-name": ("politie", "named", ["school"]),
    "for-others": ("politie", "named", ["jongerenwerk"]),
    "all": ("politie", "coalition", []),
}
TO_ANSWER = {InvitationState.INVITED, InvitationState.LAPSED}
FOR = {"nobody": "", "school": "school", "both": "school politie"}
ACTORS = {
    f"{role.value}-for-{name}": an_actor("bas", role=role, acts_for=acts_for)
    for role, (name, acts_for) in product(Role, FOR.items())
}
PARTS = ("overview", "work", "plan", "agree", "act", "meetings", "figures", "closing")
UNTIL = {"closes_on": DAY + timedelta(days=30)}


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()
    for name, state in INVITED.items():
        an_invitation(a_situation(name, state="running"), "school", state=state.value)
    a_situation("owner", owner="school", state="running")
    a_situation("none", state="running")
    for name, state in (("bundled", "signal_bundle"), ("was-bundled", "proposed")):
        _bundle(a_situation(name, owner="", state=state))
    ended = {"state": "handed_over", "handed_to": "De gemeente", "ended_on": DAY}
    a_situation("ended-owner", owner="school", **ended)
    an_invitation(a_situation("ended-invited", **ended), "school", state="invited")
    elders = scenes.organization("jongerenwerk", network_id="elders")
    a_situation("elsewhere", owner="", network_id="elders", owner_id=elders.pk, owner_text_id="school")
    _values.cache_clear()
    for row in models.Situation.objects.exclude(pk="elsewhere"):
        an_invitation(row, "politie", state="accepted")
        _furnish(row)


def _bundle(row):
    of_it = {"network_id": "kruisveld", "situation": row}
    models.BundlePartner.objects.create(**of_it, organization=scenes.organization("school"), share=0.5)


def _furnish(row):
    for name, (source, audience, named) in READERS.items():
        models.Room.objects.create(
            id=f"{row.pk}-{name}", network_id="kruisveld", situation=row, title="Rooster", text="Om tien uur",
            source_text_id=source, audience=audience, named_ids=named, opens_on=DAY, **UNTIL,
        )  # fmt: skip


def rows():
    return models.Situation.objects.order_by("pk")


@cache
def _values() -> dict[str, situations.Situation]:
    """Return all as they were settled: every act of a test is undone."""
    return {row.pk: scenes.value_of(row) for row in rows()}


def partners(value: situations.Situation) -> frozenset[OrganizationId]:
    """Return who reads it whole: the coalition; in a bundle also who has signals in it."""
    is_bundle = value.state is State.SIGNAL_BUNDLE
    return value.coalition | (value.signal_partner_ids if is_bundle else frozenset())


def a_thing(situation_id: str, kind: Kind = Kind.SITUATION) -> policy.Thing:
    value = _values()[situation_id]
    return policy.Thing(
        kind=kind,
        network_id=value.network_id,
        organization_id=value.owner_id,
        coalition_ids=partners(value),
        asked_organization_ids=frozenset(
            each.organization_id for each in value.invitations if each.state in TO_ANSWER
        ),
    )


def allowed(actor, act: Act, kind: Kind) -> set[str]:
    return {name for name in RELATIONS if policy.allow(actor, act, a_thing(name, kind), at=DAY)}


def passes(act: Callable[[], object]) -> bool:
    """Tell whether somebody is let through; what was done is undone."""
    try:
        with transaction.atomic():
            act()
            transaction.set_rollback(True)
    except (NotAllowed, NotFound):
        return False
    return True


@pytest.mark.parametrize("name", ACTORS)
class TestAccess:
    def test_gives_the_situations_that_the_policy_allows(self, name):
        actor = ACTORS[name]

        found = {row.pk for row in access.seen(actor)}

        assert found == allowed(actor, Act.SEE, Kind.SITUATION)
        assert "elsewhere" not in found

    def test_gives_the_figures_that_the_policy_allows(self, name):
        actor = ACTORS[name]

        found = {row.pk for row in access.figures(actor)}

        assert found == allowed(actor, Act.SEE, Kind.SITUATION_FIGURES)

    def test_says_who_knows_of_all_and_who_mends_as_the_policy_does(self, name):
        actor = ACTORS[name]
        figures = {pk for pk in _values() if pk != "elsewhere"}

        known = allowed(actor, Act.SEE, Kind.SITUATION_FIGURES)

        assert access.knows_of_all(actor) is (actor.role in {Role.COORDINATOR, Role.RESEARCHER})
        assert known >= figures or not access.knows_of_all(actor)
        assert access.knows_of_others(actor) or not known
        assert access.may_mend(actor) is (actor.role is Role.COORDINATOR)

    def test_lets_wait_nothing_of_which_somebody_may_not_know(self, name):
        actor = ACTORS[name]

        found = {row.pk for row in access.concerning(actor)}

        assert found <= allowed(actor, Act.SEE, Kind.SITUATION_FIGURES)
        assert not found & {"ended-owner", "ended-invited"}

    def test_gives_the_invitations_to_answer_that_the_policy_allows(self, name):
        actor = ACTORS[name]
        expected = set()
        for value in _values().values():
            for each in value.invitations if value.state not in situations.ENDED else ():
                thing = policy.Thing(
                    kind=Kind.SITUATION_INVITATION,
                    network_id=value.network_id,
                    asked_organization_ids=frozenset({each.organization_id}),
                )
                if each.state in TO_ANSWER and policy.allow(actor, Act.HANDLE, thing, at=DAY):
                    expected.add(each.id)

        assert {row.pk for row in access.asking(actor)} == expected

    def test_gives_the_rooms_to_change_that_the_policy_allows(self, name):
        actor = ACTORS[name]

        found = {room.pk for row in rows() for room in access.own_rooms(row, actor=actor)}

        assert found == {
            room.pk
            for room in models.Room.objects.all()
            if policy.allow(actor, Act.CHANGE, _of(room), at=DAY)
        }

    def test_lets_begin_whom_the_policy_allows(self, name):
        actor = ACTORS[name]

        for organization_id in (None, SCHOOL, POLICE):
            thing = policy.Thing(
                kind=Kind.SITUATION, network_id=actor.network_id, organization_id=organization_id
            )
            wish = services.SituationWish(question=scenes.QUESTION, organization_id=organization_id)

            has_begun = passes(lambda wish=wish: services.begin_situation(wish, actor=actor, on=DAY, at=NOON))

            is_own = organization_id is None or organization_id in actor.acts_for
            assert has_begun is (is_own and policy.allow(actor, Act.CREATE, thing, at=DAY))

    def test_lets_begin_of_a_match_whom_the_policy_allows(self, name):
        actor = ACTORS[name]
        thing = policy.Thing(kind=Kind.SITUATION, network_id=actor.network_id, organization_id=SCHOOL)
        match = services.Match(organization_ids=frozenset({SCHOOL, WORK}), question=scenes.QUESTION)

        has_begun = passes(lambda: services.begin_of_match(match, actor=actor, on=DAY, at=NOON))

        assert has_begun is (SCHOOL in actor.acts_for and policy.allow(actor, Act.CREATE, thing, at=DAY))


def _of(room) -> policy.Thing:
    return policy.Thing(
        kind=Kind.SITUATION_PART,
        network_id=NetworkId(room.network_id),
        organization_id=OrganizationId(room.source_text_id),
    )


@pytest.mark.parametrize("name", ACTORS)
class TestActs:
    """What the services do, whoever calls them: a page, the API, or another app."""

    def test_of_partners_are_for_whom_the_policy_allows(self, name):
        actor = ACTORS[name]
        going_on = rows().exclude(state__in=["signal_bundle", "handed_over"])
        standing = services.Standing(state=PartnerState.BUSY)

        done = {
            row.pk
            for row in going_on
            if passes(
                lambda row=row: services.tell_status(
                    SituationId(row.pk), standing, actor=actor, on=DAY, at=NOON
                )
            )
        }

        assert done == allowed(actor, Act.CHANGE, Kind.SITUATION) - {
            "bundled",
            "ended-owner",
            "ended-invited",
        }

    def test_on_a_bundle_are_for_whom_the_policy_allows(self, name):
        actor = ACTORS[name]
        is_partner = policy.allow(actor, Act.CHANGE, a_thing("bundled"), at=DAY)
        mends = actor.role is Role.COORDINATOR

        is_done = passes(
            lambda: services.take_step(SituationId("bundled"), Step.PROPOSE, actor=actor, on=DAY, at=NOON)
        )

        assert is_done is (is_partner or mends)

    def test_of_who_leads_are_for_whom_the_policy_allows(self, name):
        actor = ACTORS[name]
        expected = {
            row.pk
            for row in rows().filter(state="running")
            if policy.allow(actor, Act.FOLLOW, a_thing(row.pk), at=DAY)
            or policy.allow(actor, Act.MEND, a_thing(row.pk), at=DAY)
        }

        done = {
            row.pk
            for row in rows().filter(state="running")
            if passes(
                lambda row=row: services.take_step(
                    SituationId(row.pk), Step.EVALUATE, actor=actor, on=DAY, at=NOON
                )
            )
        }

        assert done == expected

    @pytest.mark.parametrize("step", [InvitationStep.ACCEPT, InvitationStep.DECLINE])
    def test_of_who_is_asked_are_for_whom_the_policy_allows(self, name, step):
        actor = ACTORS[name]
        reply = services.Reply(step=step, reason="Geen tijd in dit jaar")
        expected = {row.pk for row in access.asking(actor)}
        invitations = models.Invitation.objects.filter(state__in=[each.value for each in TO_ANSWER])

        done = {
            each.pk
            for each in invitations.exclude(situation_id="ended-invited")
            if passes(
                lambda each=each: services.answer(
                    SituationId(each.situation_id), each.pk, reply, actor=actor, on=DAY, at=NOON
                )
            )
        }

        assert done == expected

    def test_on_rooms_are_for_whom_the_policy_allows(self, name):
        actor = ACTORS[name]
        room = models.Room.objects.get(pk="owner-own")
        furnishing = services.Furnishing(
            title="Rooster", text="Om elf uur", meant_for=services.For(), opens_on=DAY
        )

        is_changed = passes(
            lambda: services.change_room(SituationId("owner"), room.pk, furnishing, actor=actor, at=NOON)
        )
        is_removed = passes(lambda: services.remove_room(SituationId("owner"), room.pk, actor=actor, at=NOON))

        assert is_changed is policy.allow(actor, Act.CHANGE, _of(room), at=DAY)
        assert is_removed is policy.allow(actor, Act.REMOVE, _of(room), at=DAY)


@pytest.mark.parametrize("role", Role)
class TestPages:
    def test_of_a_situation_are_there_when_the_policy_allows(self, sign_in, role):
        client, actor = sign_in("bas", role=role), an_actor("bas", role=role, acts_for="school")
        may_see = allowed(actor, Act.SEE, Kind.SITUATION)
        may_know = allowed(actor, Act.SEE, Kind.SITUATION_FIGURES)  # from outside, without a word of it

        codes = {
            (name, part): client.get(reverse(f"situations:{part}", args=[name])).status_code
            for name, part in product(RELATIONS, PARTS)
        }

        assert codes == {
            (name, part): 200 if name in (may_know if part == "overview" else may_see) else 404
            for name, part in product(RELATIONS, PARTS)
        }

    def test_take_nothing_in_from_whom_the_policy_refuses(self, sign_in, role):
        client, actor = sign_in("bas", role=role), an_actor("bas", role=role, acts_for="school")
        refused = set(RELATIONS) - allowed(actor, Act.CHANGE, Kind.SITUATION)
        posts = {
            "plan": {"goal": "Rust op het plein"},
            "act": {"text": "Langs het plein lopen", "who": "school/", "due": "2026-05-01"},
            "add_indicator": {"name": "Meldingen", "source": "entered", "wanted": "fewer"},
            "plan_meeting": {"on": "2026-05-01", "starts": "10:00", "ends": "11:00"},
        }

        codes = {
            client.post(reverse(f"situations:{part}", args=[name]), said).status_code
            for name, (part, said) in product(refused, posts.items())
        }

        assert codes == {404}
        assert not models.Situation.objects.exclude(goal="").exists()
        assert not models.Action.objects.exists()
        assert not models.Indicator.objects.exists()
        assert not models.Meeting.objects.exists()

    def test_of_templates_are_for_whom_may_shape_them(self, sign_in, role):
        client = sign_in("bas", role=role)
        may_shape = services.may_shape(an_actor("bas", role=role), on=DAY)

        code = client.get(reverse("situations:templates")).status_code

        assert code == (200 if may_shape else 403)
        assert may_shape is (role is Role.COORDINATOR)


class TestAnotherNetwork:
    @pytest.mark.parametrize("name", RELATIONS[:-1])
    def test_reaches_nothing(self, sign_in, name):
        client = sign_in("vera", network_id="elders", role=Role.COORDINATOR)

        assert client.get(reverse("situations:overview", args=[name])).status_code == 404
        assert not access.figures(scenes.VERA).exclude(network_id="elders").exists()
        assert not passes(
            lambda: services.take_step(
                SituationId(name), Step.HAND_OVER, said="Iemand", actor=scenes.VERA, on=DAY, at=NOON
            )
        )

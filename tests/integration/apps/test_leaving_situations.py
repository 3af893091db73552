# SPDX-License-Identifier: EUPL-1.2
"""Who leaves: erased persons, colleagues whose role ends, leads handed over, organizations that go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account, Membership, Organization, Person
from scharnier.apps.rights import labels, selectors, services
from scharnier.apps.situations import access, models
from scharnier.apps.situations import selectors as shown
from scharnier.apps.situations import services as acts
from scharnier.core import situations
from scharnier.core.kernel import OrganizationId, PersonId, SituationId
from scharnier.core.situations import ActionState, Audience, InvitationState, PartnerState, Step
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import BAS, HANGING, JOKE, KAREL, NOOR, POLICE, RIA, SCHOOL, SOON
from tests.integration.apps.reading import paper_of, words_on
from tests.integration.apps.rights_scenes import whole_database

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
JSON, PDF = (reverse(f"rights:{name}") for name in ("own_copy", "own_document"))
ROOM_WORDS, STATUS_WORDS = "Zilverspoor om tien uur", "Kwikstaart helpt mee"
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
ONE = f"/api/v1/situations/{HANGING}"


@pytest.fixture(scope="module", autouse=True)
def _settled(_ground):
    scenes.settle()


@pytest.fixture
def running():
    return scenes.begin()


@pytest.fixture
def busy(running):
    """Karel of the police did everything that one can do in a situation."""
    scenes.make_action()
    scenes.agree(actor=KAREL)
    furnishing = acts.Furnishing(
        title="Rooster", text=ROOM_WORDS, meant_for=acts.For(audience=Audience.OWN), opens_on=DAY
    )
    acts.open_room(running, furnishing, actor=KAREL, at=NOON)
    acts.tell_status(
        running, acts.Standing(state=PartnerState.BUSY, words=STATUS_WORDS), actor=KAREL, on=DAY, at=NOON
    )
    meeting_id = scenes.meet(actor=KAREL)
    models.Meeting.objects.filter(pk=meeting_id).update(present_ids=["school", "politie"])
    return running


def erase(actor):
    services.erase_self(actor=actor, on=DAY, at=NOON)


def copied(actor):
    return selectors.copy_of(actor, on=DAY, at=NOON)


def end_role(name, *, last_day=YESTERDAY):
    Membership.objects.filter(person__text_id=name).update(end_date=last_day)


def row():
    return models.Situation.objects.get(pk=HANGING)


def waits(actor, *, on=DAY):
    return [line.awaiting.awaited.value for line in shown.waiting_lines(actor, on=on)]


class TestCopy:
    @pytest.mark.usefixtures("busy")
    def test_tells_every_act_of_a_person_first_things_first(self):
        found = copied(KAREL).situation_acts

        assert {each.situation_id for each in found} == {HANGING}
        assert [each.at for each in found] == sorted(each.at for each in found)
        assert len(found) == models.StoryLine.objects.filter(by__text_id="karel").count() > 3

    @pytest.mark.usefixtures("busy")
    def test_holds_no_word_that_belongs_to_an_organization(self):
        said = str(copied(KAREL))

        assert ROOM_WORDS not in said
        assert STATUS_WORDS not in said
        assert scenes.QUESTION not in said

    @pytest.mark.usefixtures("busy")
    @pytest.mark.parametrize("actor", [JOKE, BAS, RIA])
    def test_holds_nothing_of_what_a_colleague_did(self, actor):
        copy = copied(actor)

        assert (copy.situations, copy.situation_acts) == ([], [])

    @pytest.mark.usefixtures("running")
    def test_tells_the_reason_that_somebody_gave(self):
        action_id = scenes.make_action()
        acts.end_action(
            HANGING, action_id, ActionState.NOT_POSSIBLE, reason="Te weinig mensen.",
            actor=KAREL, on=DAY, at=NOON,
        )  # fmt: skip

        (found,) = copied(KAREL).situations

        assert (found.state, found.reason, found.due) == ("action_not_possible", "Te weinig mensen.", SOON)

    @pytest.mark.usefixtures("running")
    def test_puts_what_one_leads_before_what_one_does(self):
        scenes.make_action(organization_id=SCHOOL, person_id="noor")

        assert [each.your_part for each in copied(NOOR).situations] == ["lead", "action"]

    @pytest.mark.parametrize("actor", [NOOR, KAREL])
    def test_leaves_no_word_to_explain(self, actor, busy):
        copy = copied(actor)

        assert busy
        for each in copy.situations:
            assert each.your_part in labels.CODES
            assert not each.state or each.state in labels.CODES

    @pytest.mark.usefixtures("busy")
    def test_is_the_same_for_programs(self, sign_in):
        told = sign_in("karel").get(JSON).json()

        assert [(each["id"], each["your_part"], each["text"]) for each in told["situations"]] == [
            (HANGING, "action", "Met bewoners langs het plein lopen")
        ]
        assert {each["situation_id"] for each in told["situation_acts"]} == {HANGING}
        assert ROOM_WORDS not in str(told)

    @pytest.mark.usefixtures("busy")
    @pytest.mark.parametrize(
        ("language", "titles"),
        [
            ("nl", ("Met bewoners langs het plein lopen",)),
            ("en", ("Shared situations you have a part in", "What you did in shared situations")),
        ],
    )
    def test_can_be_read_by_people(self, sign_in, language, titles):
        client = sign_in("karel")
        client.cookies["django_language"] = language

        said = words_on(paper_of(client.get(PDF)))

        assert "Met bewoners langs het plein lopen" in said
        assert [each for each in titles if each not in said] == []
        assert not [code for code in ("action_open", "part_shared", "status_told") if code in said]
        assert ROOM_WORDS not in said

    @pytest.mark.usefixtures("busy")
    def test_says_it_in_one_language_at_a_time(self, sign_in):
        client = sign_in("karel")
        client.cookies["django_language"] = "nl"

        said = words_on(paper_of(client.get(PDF)))

        assert "Shared situations" not in said
        assert "What you did" not in said


@pytest.mark.usefixtures("busy")
class TestErased:
    def test_leave_no_name_behind(self):
        assert "Karel" in whole_database()

        erase(KAREL)

        assert "Karel" not in whole_database()

    def test_leave_what_their_organization_opened_and_told(self):
        erase(KAREL)

        assert models.Room.objects.get().text == ROOM_WORDS
        assert models.Status.objects.get().words == STATUS_WORDS
        assert models.Agreement.objects.get().party_ids == ["politie", "school"]

    def test_leave_the_minutes_with_who_was_present(self):
        erase(KAREL)

        assert models.Meeting.objects.get().present_ids == ["school", "politie"]

    def test_leave_the_story_without_who_did_it(self):
        before = models.StoryLine.objects.count()

        erase(KAREL)

        assert models.StoryLine.objects.count() == before
        assert not models.StoryLine.objects.filter(by__text_id="karel").exists()
        assert {each.source_text_id for each in models.StoryLine.objects.all()} >= {"politie"}

    def test_leave_an_action_that_a_colleague_takes_up(self):
        erase(KAREL)
        action = models.Action.objects.get()
        before = waits(JOKE)

        acts.give_action(
            HANGING, action.pk, person_id=PersonId("joke"), due=SOON, actor=JOKE, on=DAY, at=NOON
        )

        action.refresh_from_db()
        assert (action.person.text_id, action.organization_text_id, action.state) == (
            "joke", "politie", "open",
        )  # fmt: skip
        assert "action_owner" in before
        assert "action_owner" not in waits(JOKE)

    def test_leave_a_page_that_colleagues_can_still_read(self, sign_in):
        erase(KAREL)

        client = sign_in("joke")
        pages = [client.get(f"/situations/{HANGING}/"), client.get(ONE)]

        assert [page.status_code for page in pages] == [200, 200]
        assert "Karel" not in "".join(page.text for page in pages)

    def test_leave_a_situation_that_the_coordinator_gives_to_somebody_else(self):
        erase(NOOR)
        left = row()

        acts.pass_lead(HANGING, POLICE, person_id=PersonId("joke"), actor=RIA, on=DAY, at=NOON)

        assert (left.lead, left.owner_text_id) == (None, "school")
        assert (row().owner_text_id, row().lead.text_id) == ("politie", "joke")

    def test_change_nothing_for_who_works_on(self):
        before = scenes.whole()

        erase(KAREL)

        after = scenes.whole()
        assert (after.coalition, after.state, after.owner_id) == (
            before.coalition, before.state, before.owner_id,
        )  # fmt: skip
        assert len(after.actions) == len(before.actions)

    def test_are_told_to_nobody_by_the_api(self, sign_in):
        erase(KAREL)

        answer = sign_in("noor").get(ONE)

        assert answer.json()["partner_ids"] == ["gemeente", "politie", "school"]
        assert "karel" not in answer.text


class TestRoleEnded:
    @pytest.mark.usefixtures("busy")
    def test_closes_the_situation_for_who_left(self, sign_in):
        client = sign_in("karel")
        before = client.get(ONE).status_code
        end_role("karel")

        after = client.get(ONE)

        assert (before, after.status_code) == (200, 404)
        assert client.get(f"/situations/{HANGING}/").status_code == 404
        assert client.get("/api/v1/situations").json()["total"] == 0

    @pytest.mark.usefixtures("busy")
    def test_lasts_until_the_end_of_the_last_day(self, sign_in, settings):
        end_role("karel", last_day=DAY)
        client = sign_in("karel")

        on_the_day = client.get(ONE).status_code
        settings.DAY = TOMORROW

        assert (on_the_day, client.get(ONE).status_code) == (200, 404)

    @pytest.mark.usefixtures("busy")
    def test_opens_nothing_of_the_former_employer(self, sign_in):
        end_role("karel")
        Membership.objects.create(
            network_id="kruisveld", person=scenes.person("karel"), organization=scenes.organization("zorg")
        )

        client = sign_in("karel")

        assert client.get(ONE).status_code == 404
        assert client.get(f"/situations/{HANGING}/").status_code == 404

    @pytest.mark.usefixtures("busy")
    def test_leaves_the_copy_of_what_one_did(self):
        end_role("karel")

        copy = copied(an_actor("karel"))

        assert [each.your_part for each in copy.situations] == ["action"]
        assert copy.situation_acts

    @pytest.mark.usefixtures("running")
    def test_lets_nobody_give_an_action_to_who_left(self):
        action_id = scenes.make_action(person_id=None)
        end_role("karel")

        with pytest.raises(people.PersonNotFound):
            acts.give_action(
                HANGING, action_id, person_id=PersonId("karel"), due=SOON, actor=JOKE, on=DAY, at=NOON
            )

        assert models.Action.objects.get().person is None

    @pytest.mark.usefixtures("running")
    def test_is_only_seen_once_it_is_over(self):
        end_role("noor", last_day=DAY)

        acts.take_step(HANGING, Step.EVALUATE, said="", actor=NOOR, on=DAY, at=NOON)

        assert row().state == "evaluating"


class TestHandOver:
    @pytest.mark.usefixtures("running")
    def test_moves_what_waits_to_who_leads_now(self):
        before = [waits(actor) for actor in (NOOR, KAREL)]

        acts.pass_lead(HANGING, POLICE, person_id=PersonId("karel"), actor=NOOR, on=DAY, at=NOON)

        assert before == [["evaluating"], []]
        assert [waits(actor) for actor in (NOOR, KAREL)] == [[], ["evaluating"]]

    @pytest.mark.usefixtures("running")
    def test_keeps_the_former_lead_in_the_coalition(self):
        acts.pass_lead(HANGING, POLICE, person_id=PersonId("karel"), actor=NOOR, on=DAY, at=NOON)

        assert scenes.whole().coalition == {SCHOOL, POLICE, OrganizationId("gemeente")}
        assert access.seen(NOOR).filter(pk=HANGING).exists()

    @pytest.mark.usefixtures("running")
    def test_takes_the_steps_from_who_led(self, sign_in):
        acts.pass_lead(HANGING, POLICE, person_id=PersonId("karel"), actor=NOOR, on=DAY, at=NOON)

        steps = {name: sign_in(name).get(ONE).json()["steps"] for name in ("noor", "karel")}

        assert steps["noor"] == []
        assert {each["step"] for each in steps["karel"]} == {"evaluate", "hand_over"}

    @pytest.mark.usefixtures("running")
    def test_lets_the_former_lead_go_afterwards(self, sign_in):
        acts.pass_lead(HANGING, POLICE, person_id=PersonId("karel"), actor=NOOR, on=DAY, at=NOON)
        invitation = models.Invitation.objects.get(organization_text_id="school")
        client = sign_in("noor")

        answer = client.post(
            f"{ONE}/invitations/{invitation.pk}/answer",
            {"answer": "leave", "reason": "De school sluit."},
            content_type="application/json",
        )

        assert answer.json() == {"state": "left"}
        assert client.get(ONE).status_code == 404
        assert scenes.whole().coalition == {POLICE, OrganizationId("gemeente")}

    @pytest.mark.usefixtures("running")
    def test_is_not_to_who_left(self):
        models.Invitation.objects.filter(organization_text_id="politie").update(
            state=InvitationState.LEFT.value, reason="Ander werk."
        )

        with pytest.raises(situations.NotInCoalition):
            acts.pass_lead(HANGING, POLICE, person_id=PersonId("karel"), actor=NOOR, on=DAY, at=NOON)

        assert (row().owner_text_id, row().lead.text_id) == ("school", "noor")

    @pytest.mark.usefixtures("running")
    def test_can_go_there_and_back(self):
        acts.pass_lead(HANGING, POLICE, person_id=PersonId("karel"), actor=NOOR, on=DAY, at=NOON)

        acts.pass_lead(HANGING, SCHOOL, person_id=PersonId("noor"), actor=KAREL, on=DAY, at=NOON)

        assert (row().owner_text_id, row().lead.text_id) == ("school", "noor")
        assert scenes.whole().coalition == {SCHOOL, POLICE, OrganizationId("gemeente")}
        assert [what for event, what in scenes.story() if event == "step"] == ["lead_passed"] * 2


class TestOrganizationGone:
    @pytest.fixture(autouse=True)
    def _everything(self, busy):
        assert busy

    def go(self, name):
        Organization.objects.get(network_id="kruisveld", text_id=name).delete()

    def test_leaves_its_name_with_what_it_answered(self):
        self.go("politie")

        invitation = models.Invitation.objects.get(organization_text_id="politie")
        assert (invitation.organization, invitation.organization_name) == (None, "Politie")
        assert invitation.state == "accepted"

    def test_leaves_the_name_of_who_led(self):
        self.go("school")

        assert (row().owner, row().owner_text_id, row().owner_name) == (None, "school", "School")

    @pytest.mark.parametrize("name", ["politie", "school"])
    def test_leaves_a_value_that_can_be_read(self, name):
        before = scenes.whole()

        self.go(name)

        after = scenes.whole()
        assert (after.state, after.question) == (before.state, before.question)
        assert len(after.actions) == len(before.actions)

    @pytest.mark.parametrize(
        ("gone", "reader"), [("politie", "noor"), ("school", "karel"), ("politie", "bas")]
    )
    def test_leaves_pages_that_open_for_who_stays(self, sign_in, gone, reader):
        self.go(gone)
        client = sign_in(reader)

        places = ("", "work/", "meetings/", "rooms/", "figures/", "partners/", "closing/")
        pages = {place: client.get(f"/situations/{HANGING}/{place}").status_code for place in places}

        for_who_leads = pages.pop("partners/")
        assert set(pages.values()) == {200}
        assert for_who_leads == (200 if reader == "noor" else 404)
        assert client.get(ONE).status_code == 200

    def test_still_says_who_it_was_on_the_page(self, sign_in):
        self.go("politie")

        assert "Politie" in sign_in("noor").get(f"/situations/{HANGING}/").text

    def test_closes_the_situation_for_who_worked_there(self, sign_in):
        self.go("politie")
        client = sign_in("karel")

        assert client.get(ONE).status_code == 404
        assert client.get(f"/situations/{HANGING}/").status_code == 404

    def test_keeps_its_own_room_from_all_others(self, sign_in):
        self.go("politie")

        for name in ("noor", "bas"):
            client = sign_in(name)
            pages = [client.get(f"/situations/{HANGING}/{place}") for place in ("", "rooms/", "work/")]
            assert ROOM_WORDS not in "".join(page.text for page in pages)

    def test_leaves_an_action_that_nobody_does_any_more(self):
        self.go("politie")

        action = models.Action.objects.get()
        assert (action.organization_text_id, action.state) == ("politie", "open")
        assert all("action" not in waits(actor) for actor in (NOOR, BAS))

    def test_lets_who_stays_go_on(self):
        self.go("gemeente")

        acts.take_step(HANGING, Step.EVALUATE, said="", actor=NOOR, on=DAY, at=NOON)

        assert row().state == "evaluating"

    def test_lets_the_coordinator_find_another_to_lead(self):
        self.go("school")

        acts.pass_lead(HANGING, POLICE, person_id=PersonId("karel"), actor=RIA, on=DAY, at=NOON)

        assert (row().owner_text_id, row().owner.text_id) == ("politie", "politie")

    def test_takes_no_other_situation_with_it(self):
        scenes.begin(situation_id=SituationId("licht"), partners="gemeente")

        self.go("politie")

        assert set(models.Situation.objects.values_list("pk", flat=True)) == {HANGING, "licht"}


class TestAccountEnded:
    @pytest.mark.usefixtures("busy")
    def test_leaves_the_action_with_the_person(self):
        Account.objects.filter(person__text_id="karel").delete()

        assert models.Action.objects.get().person == Person.objects.get(
            network_id="kruisveld", text_id="karel"
        )

    @pytest.mark.usefixtures("busy")
    def test_lets_in_nobody(self, sign_in):
        client = sign_in("karel")
        Account.objects.filter(person__text_id="karel").delete()

        answer = client.get(ONE)

        assert answer.status_code in {401, 403, 404}
        assert scenes.QUESTION not in answer.text

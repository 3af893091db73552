# SPDX-License-Identifier: EUPL-1.2
"""Who takes part: asked with words of their own, answered with a reason, left, withdrawn or lapsed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people import access as people
from scharnier.apps.situations import access, models, services
from scharnier.core import audit, situations, text
from scharnier.core.kernel import InvitationId, NetworkId, OrganizationId, SituationId
from scharnier.core.situations import INVITATION_DAYS, InvitationState, InvitationStep
from tests.factories import DAY, NOON
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.situations_scenes import BAS, JOKE, KAREL, MO, NOOR, RIA, VERA, WIM

pytestmark = pytest.mark.django_db
CLOCK = audit.System(network_id=NetworkId("kruisveld"))
PLEIN = SituationId("plein")
POLICE, SCHOOL = OrganizationId("politie"), OrganizationId("school")
WORDS = "Wij zien elke avond onrust op het plein. Jullie ook?"
PERSONAL = "Bel Jan de Vries, geboren 12-03-2009, op 06-12345678."


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def plein():
    return scenes.a_situation()


def invite(*names, actor=NOOR, words=WORDS):
    wanted = [OrganizationId(name) for name in names or ("politie",)]
    return services.invite(PLEIN, wanted, words=words, actor=actor, on=DAY, at=NOON)


def answer(invitation_id, step=InvitationStep.ACCEPT, *, reason="", actor=KAREL, on=DAY):
    reply = services.Reply(step=step, reason=reason)
    return services.answer(PLEIN, invitation_id, reply, actor=actor, on=on, at=NOON)


def states():
    return dict(models.Invitation.objects.values_list("organization_text_id", "state"))


def story():
    return list(models.StoryLine.objects.order_by("pk").values_list("event", "what", "source_text_id"))


def last():
    return AuditEvent.objects.filter(network_id="kruisveld").order_by("-number")[0]


@pytest.mark.usefixtures("plein")
class TestInvite:
    def test_asks_each_with_the_words_of_who_invites(self):
        invite("politie", "school")

        found = models.Invitation.objects.order_by("place")
        assert [(each.organization_text_id, each.words, each.state) for each in found] == [
            ("politie", WORDS, "invited"),
            ("school", WORDS, "invited"),
        ]
        assert story() == [("invited", "", "jongerenwerk")] * 2
        assert (last().act, last().on_behalf_of) == ("situation.invited", "jongerenwerk")

    def test_puts_no_word_on_record(self):
        invite()

        assert all("onrust" not in each.facts for each in AuditEvent.objects.all())

    def test_is_for_the_coordinator_too(self):
        invite(actor=RIA)

        assert states() == {"politie": "invited"}

    @pytest.mark.parametrize(
        ("words", "error"),
        [("", text.EmptyText), (PERSONAL, text.PersonalDataFound), ("a " * 3000, text.TextTooLong)],
    )
    def test_refuses_words_that_will_not_do(self, words, error):
        with pytest.raises(error):
            invite(words=words)

        assert states() == {}

    @pytest.mark.parametrize("name", ["politie", "jongerenwerk"])
    def test_asks_nobody_twice_and_not_who_leads(self, name):
        invite()

        with pytest.raises(situations.InvitedTwice):
            invite("school", name)

        assert states() == {"politie": "invited"}

    def test_asks_again_who_declined(self):
        (first,) = invite()
        answer(first, InvitationStep.DECLINE, reason="Geen mensen.")

        invite()

        assert sorted(models.Invitation.objects.values_list("state", flat=True)) == ["declined", "invited"]

    def test_asks_only_who_is_in_the_network(self):
        with pytest.raises(people.OrganizationNotFound):
            invite("politie", "nergens")

        assert states() == {}

    def test_is_not_for_a_partner(self):
        (first,) = invite()
        answer(first)

        with pytest.raises(situations.StepOfOthers):
            invite("school", actor=KAREL)

        assert states() == {"politie": "accepted"}

    @pytest.mark.parametrize("actor", [BAS, MO, WIM, VERA])
    def test_is_not_there_for_who_takes_no_part(self, actor):
        with pytest.raises(access.SituationNotFound):
            invite(actor=actor)

        assert states() == {}

    def test_is_over_once_it_has_ended(self):
        models.Situation.objects.update(state="dismissed", reason="Voorbij.", ended_on=DAY)

        with pytest.raises(situations.StepClosed):
            invite()

        assert states() == {}


@pytest.mark.usefixtures("plein")
class TestAnswer:
    def test_brings_an_organization_in(self):
        (asked,) = invite()

        assert answer(asked) is InvitationState.ACCEPTED

        assert access.seen(KAREL).filter(pk="plein").exists()
        assert story()[-1] == ("answered", "accept", "politie")
        assert (last().act, last().on_behalf_of) == ("situation.answered", "politie")

    def test_declines_with_a_reason_and_reads_nothing(self):
        (asked,) = invite()

        answer(asked, InvitationStep.DECLINE, reason="Wij werken hier niet meer.")

        row = models.Invitation.objects.get()
        assert (row.state, row.reason, row.changed_on) == ("declined", "Wij werken hier niet meer.", DAY)
        assert not access.seen(KAREL).exists()
        assert not access.figures(KAREL).exists()

    @pytest.mark.parametrize("step", [InvitationStep.DECLINE, InvitationStep.LEAVE])
    def test_asks_for_a_reason_to_say_no(self, step):
        (asked,) = invite()
        if step is InvitationStep.LEAVE:
            answer(asked)

        with pytest.raises(situations.NoReason):
            answer(asked, step, reason=" ")

        assert states()["politie"] in {"invited", "accepted"}

    def test_refuses_a_reason_that_points_at_a_person(self):
        (asked,) = invite()

        with pytest.raises(text.PersonalDataFound):
            answer(asked, InvitationStep.DECLINE, reason=PERSONAL)

        assert states() == {"politie": "invited"}

    def test_leaves_again_and_reads_no_further(self):
        (asked,) = invite()
        answer(asked)

        answer(asked, InvitationStep.LEAVE, reason="Wij stoppen in deze wijk.")

        assert states() == {"politie": "left"}
        assert not access.seen(KAREL).exists()
        assert (last().act, story()[-1]) == ("situation.left", ("left", "leave", "politie"))

    def test_may_still_come_when_it_lapsed(self):
        (asked,) = invite()
        late = DAY + timedelta(days=INVITATION_DAYS + 1)
        services.lapse(PLEIN, asked, clock=CLOCK, on=late, at=NOON)

        assert answer(asked, on=late) is InvitationState.ACCEPTED

    def test_comes_once(self):
        (asked,) = invite()
        answer(asked)

        with pytest.raises(situations.InvitationClosed):
            answer(asked)

        assert len(story()) == 2

    @pytest.mark.parametrize("actor", [NOOR, JOKE, BAS, MO, RIA, WIM, VERA])
    def test_is_given_for_the_own_organization_only(self, actor):
        (asked,) = invite()

        with pytest.raises(access.SituationNotFound):
            answer(asked, actor=actor)

        assert states() == {"politie": "invited"}

    def test_is_not_found_under_another_number(self):
        invite()

        with pytest.raises(access.SituationNotFound):
            answer(InvitationId("geraden"))

        assert states() == {"politie": "invited"}


@pytest.mark.usefixtures("plein")
class TestWithdraw:
    @pytest.mark.parametrize("actor", [NOOR, RIA])
    def test_takes_an_invitation_back(self, actor):
        (asked,) = invite()

        services.withdraw(PLEIN, asked, actor=actor, on=DAY, at=NOON)

        assert states() == {"politie": "withdrawn"}
        assert not access.figures(KAREL).exists()
        assert last().act == "situation.invitation_withdrawn"

    def test_is_too_late_once_accepted(self):
        (asked,) = invite()
        answer(asked)

        with pytest.raises(situations.InvitationClosed):
            services.withdraw(PLEIN, asked, actor=NOOR, on=DAY, at=NOON)

        assert states() == {"politie": "accepted"}

    def test_is_not_for_a_partner(self):
        asked, other = invite("politie", "school")
        answer(asked)

        with pytest.raises(situations.StepOfOthers):
            services.withdraw(PLEIN, other, actor=KAREL, on=DAY, at=NOON)

        assert states()["school"] == "invited"

    def test_finds_only_what_is_of_this_situation(self):
        elsewhere = scenes.an_invitation(scenes.a_situation("elders"), "school", state="invited")

        with pytest.raises(services.PieceNotFound):
            services.withdraw(PLEIN, InvitationId(elsewhere.pk), actor=NOOR, on=DAY, at=NOON)

        assert states() == {"school": "invited"}


@pytest.mark.usefixtures("plein")
class TestLapse:
    def test_comes_after_the_last_day(self):
        (asked,) = invite()

        services.lapse(PLEIN, asked, clock=CLOCK, on=DAY + timedelta(days=INVITATION_DAYS + 1), at=NOON)

        assert states() == {"politie": "lapsed"}
        assert (last().act, last().actor_id) == ("situation.invitation_lapsed", "")

    def test_does_not_come_on_the_last_day(self):
        (asked,) = invite()

        with pytest.raises(situations.InvitationClosed):
            services.lapse(PLEIN, asked, clock=CLOCK, on=DAY + timedelta(days=INVITATION_DAYS), at=NOON)

        assert states() == {"politie": "invited"}


@pytest.mark.usefixtures("plein")
class TestAccess:
    def test_lets_who_is_asked_know_that_it_is_there_and_no_more(self):
        invite()

        assert access.figures(KAREL).filter(pk="plein").exists()
        assert not access.seen(KAREL).exists()
        assert [each.organization_text_id for each in access.asking(KAREL)] == ["politie"]

    def test_asks_nobody_about_what_has_ended(self):
        invite()
        models.Situation.objects.update(state="dismissed", reason="Voorbij.", ended_on=DAY)

        assert not access.asking(KAREL).exists()

    def test_shows_figures_to_coordinators_and_researchers_and_words_to_neither(self):
        knows = [actor.person_id for actor in scenes.ACTORS if access.figures(actor).exists()]
        reads = [actor.person_id for actor in scenes.ACTORS if access.seen(actor).exists()]

        assert knows == ["noor", "joke", "ria", "wim"]
        assert reads == ["noor", "joke"]

# SPDX-License-Identifier: EUPL-1.2
"""An organization that leaves, and a file over what runs: no turn is lost, and none waits for nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from scharnier.apps import wall
from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people import services as people
from scharnier.apps.people.models import Network, Organization
from scharnier.apps.referral import links, models, night, selectors, services, showing
from scharnier.core import referral
from scharnier.core.kernel import NetworkId, OrganizationId, PersonId
from scharnier.core.referral import LinkPurpose, Standing, State
from tests.factories import DAY, NOON, a_membership, a_network, a_person, an_organization
from tests.integration.apps import letters_scenes as letters
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import JOKE, NOOR

pytestmark = pytest.mark.django_db
HERE = NetworkId("kruisveld")
AT = {"on": DAY, "at": NOON}
DESK = scenes.an_organization_of("schuldhulp")
YOUTH = scenes.an_organization_of("jongerenwerk")
LEFT = "Jongerenwerk (no longer in the network)"


@pytest.fixture(autouse=True)
def _kruisveld(settings):
    settings.DAY = DAY
    settings.LANGUAGE_CODE = "en"
    letters.settle()


def leave(text_id):
    with wall.in_network(HERE):
        Organization.objects.get(network_id=HERE, text_id=text_id).delete()


def a_night():
    letters.mails()
    with wall.in_network(HERE):
        return night.remind(HERE, **AT)


def stored():
    """Return every row of referrals that has to be found again, by what it says."""
    of_turn = ("pk", "state", "person_text_id", "organization_text_id", "organization_name", "reason")
    return {
        "referrals": set(models.Referral.objects.values_list("pk", "text", "sender_text_id", "awaited")),
        "turns": set(models.Turn.objects.values_list(*of_turn)),
        "events": set(models.Event.objects.values_list("turn", "step", "words", "by_text_id")),
        "remarks": set(models.Remark.objects.values_list("turn", "words")),
        "feedback": set(models.Feedback.objects.values_list("referral", "helped", "words")),
        "introductions": set(models.Introduction.objects.values_list("turn", "first_text_id")),
        "links": set(models.Link.objects.values_list("turn", "purpose")),
    }


def stories(*referral_ids):
    pages = (selectors.referral_page(each, actor=NOOR, on=DAY) for each in referral_ids)
    return [[(line.step, line.words) for line in page.story] for page in pages]


def who_was_asked(referral_id):
    page = selectors.referral_page(referral_id, actor=NOOR, on=DAY)
    shown = showing.show_referral(page, actor=NOOR, topics=())
    return [", ".join(link.name for link in turn.who) for turn in shown.turns]


def running_and_ended():
    ended = scenes.done(DESK, by=JOKE)
    scenes.tell(ended, words="Dat hielp.")
    declined = scenes.sent(YOUTH)
    return ended, declined, scenes.sent(DESK, YOUTH)


class TestAnOrganizationThatLeft:
    def test_leaves_every_turn_event_and_story(self):
        made = running_and_ended()
        before, told = stored(), stories(*made)

        leave("jongerenwerk")
        leave("schuldhulp")

        assert stored() == before
        assert stories(*made) == told

    def test_is_named_without_a_page_to_go_to(self):
        made = scenes.sent(YOUTH)

        leave("jongerenwerk")

        assert who_was_asked(made) == [LEFT]
        (turn,) = selectors.referral_page(made, actor=NOOR, on=DAY).turns
        assert turn.party.organization.kind == selectors.GONE
        assert turn.handling.turn.candidate.organization_id == "jongerenwerk"

    def test_opens_nothing_by_the_link_it_was_mailed(self):
        turn = scenes.row(scenes.a_turn(YOUTH))
        token = links.make_link(turn, LinkPurpose.ANSWER, models.Holder.ORGANIZATION, at=NOON)
        assert links.find_link(token, at=NOON).standing is Standing.OPEN

        leave("jongerenwerk")

        assert links.find_link(token, at=NOON).standing is Standing.REVOKED

    def test_can_still_be_called_off_and_opened_for_another(self):
        made = scenes.sent(YOUTH)
        (turn_id,) = scenes.turns_of(made)
        leave("jongerenwerk")

        services.cancel(turn_id, cause="Ze zijn gestopt.", actor=NOOR, **AT)
        services.reopen(made, (DESK,), reason="Er is een ander.", actor=NOOR, **AT)

        assert [turn.state for turn in models.Turn.objects.order_by("round")] == ["cancelled", "draft"]

    def test_cannot_be_a_turn_of_nobody(self):
        turn_id = scenes.a_turn(YOUTH)

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Turn.objects.filter(pk=turn_id).update(organization_text_id="")


class TestTheNight:
    @pytest.mark.parametrize(
        ("steps", "state", "act"),
        [
            ((), State.UNANSWERED, "referral.lapsed"),
            (("accept",), State.FAILED, "referral.failed"),
            (("accept", "start"), State.FAILED, "referral.failed"),
        ],
    )
    def test_brings_what_ran_back_to_who_asked(self, steps, state, act):
        made = scenes.sent(DESK)
        (turn_id,) = scenes.turns_of(made)
        for step in steps:
            getattr(services, step)(turn_id, actor=JOKE, **AT)
        leave("schuldhulp")

        done = a_night()

        assert done.n_unheld == 1
        assert scenes.row(turn_id).state == state
        assert scenes.awaited(made) == ["sender next_party"]
        assert [address for address, _ in letters.mails()] == ["noor@mail.example"]
        assert AuditEvent.objects.filter(act=act, object_id=made).count() == 1

    def test_does_so_once(self):
        scenes.sent(DESK)
        leave("schuldhulp")
        a_night()

        assert a_night().n_unheld == 0

    def test_leaves_a_person_their_turn(self):
        party = referral.Party(person_id=PersonId("karel"), organization_id=OrganizationId("schuldhulp"))
        turn_id = scenes.a_turn(services.Ask(party=party))
        leave("schuldhulp")

        assert a_night().n_unheld == 0
        assert scenes.row(turn_id).state == State.REQUESTED

    def test_leaves_drafts_and_what_ended_alone(self):
        scenes.draft(YOUTH)
        scenes.done(DESK, by=JOKE)
        leave("schuldhulp")
        leave("jongerenwerk")
        before = stored()

        assert a_night().n_unheld == 0
        assert stored() == before

    def test_finds_nothing_to_end_twice(self):
        turn_id = scenes.a_turn(YOUTH)
        leave("jongerenwerk")
        services.end_unheld(turn_id, actor=scenes.CLOCK, at=NOON)

        with pytest.raises(referral.IllegalStep):
            services.end_unheld(turn_id, actor=scenes.CLOCK, at=NOON)


def another_file():
    """Return a file in which the debt desk has another name, and the youth workers are not named."""
    whole = scenes.kruisveld()
    return replace(whole, organizations=(an_organization(name="Het schuldenloket"),), memberships=())


class TestAnotherFile:
    def test_over_a_network_that_is_lived_in_loses_nothing(self):
        made = running_and_ended()
        before, told = stored(), stories(*made)

        people.load_network(another_file(), at=scenes.later())

        assert stored() == before
        assert stories(*made) == told
        assert Organization.objects.filter(network_id=HERE, text_id="jongerenwerk").exists()


def a_quiet_network():
    """Return the rows of a network that nobody signs in to, with a referral to two organizations."""
    whole = a_network(
        network_id="stil",
        organizations=(an_organization("schuldhulp"), an_organization("jongerenwerk")),
        persons=(a_person("noor"), a_person("karel")),
        memberships=(a_membership("karel", organization="schuldhulp"),),
    )
    people.load_network(whole, at=NOON)
    network = Network.objects.get(pk="stil")
    scenes.store_turns(network)
    return whole


class TestAnotherFileOverAQuietNetwork:
    def test_keeps_turns_and_who_they_were_for(self):
        whole = a_quiet_network()
        before = stored()

        people.load_network(
            replace(whole, organizations=whole.organizations[:1]),
            at=scenes.later(),
        )

        assert stored() == before
        found = dict(models.Turn.objects.filter(network_id="stil").values_list("pk", "organization__text_id"))
        assert found == {"oud-schuldhulp": "schuldhulp", "oud-jongerenwerk": None}
        assert models.Referral.objects.get(pk="oud").sender_person.text_id == "noor"

    def test_says_what_the_file_says_now(self):
        whole = a_quiet_network()
        told = replace(
            whole,
            organizations=(an_organization("schuldhulp", name="Het schuldenloket"),),
            persons=(a_person("noor", name="Noor de Wit"),),
            memberships=(),
        )

        people.load_network(told, at=scenes.later())

        network = Network.objects.get(pk="stil")
        assert [each.name for each in network.organizations.all()] == ["Het schuldenloket"]
        assert [each.name for each in network.persons.all()] == ["Noor de Wit"]
        assert not network.memberships.exists()

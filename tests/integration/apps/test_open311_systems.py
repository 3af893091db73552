# SPDX-License-Identifier: EUPL-1.2
"""Coordinators keep the systems of organizations, and who asks sees that something goes there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.members.access import NotForThisRole
from scharnier.apps.open311 import client, systems
from scharnier.apps.open311.access import PassageNotFound, SystemNotFound
from scharnier.apps.open311.models import Passage, System
from scharnier.apps.people.access import OrganizationNotFound
from scharnier.core.kernel import OrganizationId, Role
from scharnier.core.webhooks import BadAddress, ForbiddenAddress
from tests import receiver as receiving
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import referral_scenes
from tests.integration.apps import systems_scenes as scenes
from tests.integration.apps.open311_scenes import RIA
from tests.integration.apps.referral_scenes import ELS, KAREL, ROLES, VERA
from tests.integration.apps.systems_scenes import asked, offering, pass_on, taken, the_passage

pytestmark = pytest.mark.django_db
PAGE, ADD = reverse("open311:reporting"), reverse("open311:add_system")
OFFERED_IN_XML = b"""<?xml version="1.0" encoding="utf-8"?>
<services><service><service_code>9</service_code><service_name>Lamp</service_name>
<metadata>false</metadata><type>realtime</type></service></services>"""


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DAY = DAY
    settings.WEBHOOKS_ON_LOOPBACK = True


@pytest.fixture
def receiver():
    with receiving.run_receiver() as found:
        yield found


@pytest.fixture
def as_(sign_in):
    return lambda name: sign_in(name, role=ROLES[name])


@pytest.fixture
def ria(as_):
    return as_("ria")


def add(receiver, *, actor=RIA, **parts):
    return systems.add_system(scenes.a_wish(scenes.address_of(receiver), **parts), actor=actor, at=NOON)


def filled(receiver, **parts):
    return {"organization": "schuldhulp", "address": scenes.address_of(receiver), **parts}


def the_acts():
    return list(AuditEvent.objects.filter(kind="system").order_by("pk").values_list("act", flat=True))


class TestAddSystem:
    def test_asks_the_other_system_what_it_takes(self, receiver):
        offering(receiver)

        add(receiver, jurisdiction_id="de stad")

        (request,) = receiver.received
        assert request.path == "/open311/v2/services.json?jurisdiction_id=de+stad"
        row = System.objects.get()
        assert (row.form, row.services, row.codes) == ("json", [["71", "Afval op straat"]], {})
        assert the_acts() == ["system.added"]

    def test_speaks_xml_where_json_is_not_understood(self, receiver):
        receiver.answers = [receiving.status(404), receiving.saying(OFFERED_IN_XML)]

        add(receiver)

        assert [request.path for request in receiver.received] == [
            "/open311/v2/services.json",
            "/open311/v2/services.xml",
        ]
        assert (System.objects.get().form, System.objects.get().services) == ("xml", [["9", "Lamp"]])

    @pytest.mark.parametrize(
        "answer",
        [receiving.status(500), receiving.hang_up, receiving.status(302), receiving.saying(b"<html>")],
        ids=["broken", "hung up", "redirect", "a page"],
    )
    def test_stores_nothing_of_what_does_not_answer_as_it_should(self, receiver, answer):
        receiver.always = answer

        with pytest.raises(client.SystemSilent):
            add(receiver)

        assert not System.objects.exists()
        assert the_acts() == []

    def test_stores_nothing_that_takes_no_reports(self, receiver):
        receiver.answers = [scenes.saying([])]

        with pytest.raises(systems.NothingOffered):
            add(receiver)

    @pytest.mark.parametrize(
        ("address", "refusal"),
        [
            ("http://example.org/v2", BadAddress),
            ("https://example.org/v2?key=1", BadAddress),
            ("https://10.0.0.1/v2", ForbiddenAddress),
            ("", BadAddress),
        ],
    )
    def test_asks_no_address_that_it_should_not(self, address, refusal):
        with pytest.raises(refusal):
            systems.add_system(scenes.a_wish(address), actor=RIA, at=NOON)

    @pytest.mark.parametrize("actor", [KAREL, ELS, referral_scenes.AD], ids=["karel", "els", "ad"])
    def test_is_for_coordinators(self, receiver, actor):
        with pytest.raises(NotForThisRole):
            add(receiver, actor=actor)

        assert receiver.received == []

    def test_asks_nobody_for_an_organization_of_another_network(self, receiver):
        with pytest.raises(OrganizationNotFound):
            add(receiver, organization_id=OrganizationId("elders"))

        assert receiver.received == []

    def test_keeps_one_of_each_organization(self, receiver):
        scenes.a_system(receiver)
        offering(receiver)

        with pytest.raises(systems.SystemThere):
            add(receiver)

    @pytest.mark.parametrize("address", ["https://example.org/v2", " https://example.org/v2/ "])
    def test_takes_an_address_with_and_without_its_last_slash(self, address):
        assert systems.checked_address(address) == "https://example.org/v2"


class TestChooseCodes:
    @pytest.mark.parametrize(
        "codes", [{"litter": "72"}, {"debt": "71"}, {"elders": "71"}], ids=["code", "topic", "unknown"]
    )
    def test_takes_only_what_both_sides_have(self, receiver, codes):
        system = scenes.a_system(receiver)

        with pytest.raises(systems.NotOffered):
            systems.choose_codes(system.pk, codes, actor=RIA, at=NOON)

        assert System.objects.get().codes == {"litter": "71"}

    def test_forgets_what_does_not_go_there_any_more(self, receiver):
        system = scenes.a_system(receiver)

        systems.choose_codes(system.pk, {"litter": "", "trees": "71"}, actor=RIA, at=NOON)

        assert System.objects.get().codes == {"trees": "71"}

    @pytest.mark.parametrize(
        ("actor", "refusal"), [(VERA, SystemNotFound), (KAREL, SystemNotFound)], ids=["elsewhere", "another"]
    )
    def test_answers_others_as_if_it_were_not_there(self, receiver, actor, refusal):
        system = scenes.a_system(receiver)

        with pytest.raises(refusal):
            systems.choose_codes(system.pk, {}, actor=actor, at=NOON)
        with pytest.raises(refusal):
            systems.remove_system(system.pk, actor=actor, at=NOON)


class TestRemoveSystem:
    def test_forgets_the_key_and_what_was_sent(self, receiver):
        system = scenes.a_system(receiver)
        receiver.answers = [taken()]
        asked()
        pass_on()

        systems.remove_system(system.pk, actor=RIA, at=NOON)

        assert not System.objects.exists()
        assert not Passage.objects.exists()
        assert the_acts()[-1] == "system.removed"


class TestStuckOfOthers:
    @pytest.mark.parametrize("act", ["send_again", "let_go"])
    def test_is_for_coordinators_of_the_network(self, receiver, act):
        scenes.a_system(receiver)
        receiver.answers = [receiving.hang_up]
        asked()
        pass_on()

        for actor in (KAREL, VERA, an_actor("bas", role=Role.RESIDENT)):
            with pytest.raises(PassageNotFound):
                getattr(systems, act)(the_passage().pk, actor=actor, at=NOON)

        assert the_passage().step == "unknown"

    def test_is_decided_once(self, receiver):
        scenes.a_system(receiver)
        receiver.answers = [receiving.hang_up]
        asked()
        pass_on()
        systems.let_go(the_passage().pk, actor=RIA, at=NOON)

        with pytest.raises(PassageNotFound):
            systems.send_again(the_passage().pk, actor=RIA, at=NOON)


class TestPages:
    def test_say_the_first_step_where_there_is_nothing(self, ria):
        assert ADD in ria.get(PAGE).text

    def test_say_to_the_coordinator_what_goes_along(self, ria):
        page = ria.get(ADD).text

        assert "Wat over een bewoner gaat, gaat er nooit heen" in page
        assert "De woorden van wie vraagt, gaan mee" in page

    def test_lead_from_the_address_to_the_topics(self, ria, receiver):
        offering(receiver)

        answer = ria.post(ADD, filled(receiver, takes_words="on"), follow=True)

        page = answer.text
        assert "Afval op straat" in page
        assert "zwerfafval" in page
        assert System.objects.get().takes_words

    def test_store_which_topics_go_there(self, ria, receiver):
        offering(receiver)
        ria.post(ADD, filled(receiver))
        page = reverse("open311:system", args=[System.objects.get().pk])

        answer = ria.post(page, {"topic0": "", "topic1": "71"}, follow=True)

        assert System.objects.get().codes == {"litter": "71"}
        assert "Schuldhulp" in answer.text

    def test_say_what_is_wrong_and_lose_nothing(self, ria, receiver):
        receiver.always = receiving.status(500)

        answer = ria.post(ADD, filled(receiver, jurisdiction_id="de stad"))

        assert answer.status_code == 422
        assert "antwoordt niet zoals Open311 het beschrijft" in answer.text
        assert 'value="de stad"' in answer.text

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({"organization": ""}, "Kies een organisatie"),
            ({"address": ""}, "Vul het adres in"),
            ({"address": "http://example.org"}, "https://"),
        ],
    )
    def test_say_what_is_missing(self, ria, receiver, said, sentence):
        answer = ria.post(ADD, filled(receiver) | said)

        assert answer.status_code == 422
        assert sentence in answer.text

    def test_refuse_a_code_that_is_not_offered(self, ria, receiver):
        page = reverse("open311:system", args=[scenes.a_system(receiver).pk])

        assert ria.post(page, {"topic0": "", "topic1": "99"}).status_code == 422
        assert System.objects.get().codes == {"litter": "71"}

    def test_remove_a_system(self, ria, receiver):
        ria.post(reverse("open311:remove_system", args=[scenes.a_system(receiver).pk]))

        assert not System.objects.exists()

    def test_never_show_the_key(self, ria, receiver):
        page = reverse("open311:system", args=[scenes.a_system(receiver).pk])

        assert "sleutel" not in ria.get(page).text.casefold().replace("toegangssleutel", "")

    @pytest.mark.parametrize("name", ["noor", "els", "bas"])
    def test_are_for_coordinators(self, as_, receiver, name):
        system = scenes.a_system(receiver)
        visitor = as_(name)

        assert visitor.get(ADD).status_code == 403
        assert visitor.get(reverse("open311:system", args=[system.pk])).status_code in (403, 404)


class TestToldSystems:
    """Who refers reads it before anything goes."""

    NEW = "/referrals/new/?to=organization:gemeente"

    def test_are_told_before_anything_is_sent(self, as_, receiver):
        nobody_yet = as_("noor").get(self.NEW).text
        row = scenes.a_system(receiver)
        System.objects.update(takes_words=True)

        shown = as_("noor").get(self.NEW).text

        assert "gaat ook naar hun eigen systeem" not in nobody_yet
        assert "gaat ook naar hun eigen systeem" in shown
        assert f"{row.organization.name} (je woorden gaan mee)" in shown

    def test_are_not_told_of_where_nothing_goes(self, as_, receiver):
        offering(receiver)
        add(receiver)

        assert "gaat ook naar hun eigen systeem" not in as_("noor").get(self.NEW).text


class TestStuckPages:
    @pytest.fixture
    def page(self, receiver):
        scenes.a_system(receiver)
        receiver.answers = [receiving.hang_up]
        asked()
        pass_on()
        return reverse("open311:passage", args=[the_passage().pk])

    def test_are_on_the_list_of_the_coordinator(self, ria, page):
        assert page in ria.get(PAGE).text
        assert "Misschien staat het er" in ria.get(page).text

    def test_take_the_number(self, ria, page):
        answer = ria.post(page, {"number": "Z-7"}, follow=True)

        assert page not in answer.text
        assert (the_passage().request_id, the_passage().step) == ("Z-7", "passed")

    def test_ask_for_a_number_that_is_missing(self, ria, page):
        answer = ria.post(page, {"number": ""})

        assert answer.status_code == 422
        assert "Vul het nummer in" in answer.text

    @pytest.mark.usefixtures("page")
    @pytest.mark.parametrize(("name", "after"), [("send_again", "waiting"), ("let_go", "over")])
    def test_do_what_the_coordinator_decides(self, ria, name, after):
        answer = ria.post(reverse(f"open311:{name}", args=[the_passage().pk]), follow=True)

        assert answer.status_code == 200
        assert the_passage().step == after

    def test_say_that_it_was_refused(self, ria, page):
        Passage.objects.update(step="failed", status=403)

        assert "Het antwoordde 403." in ria.get(page).text


class TestReferralPage:
    @pytest.fixture(autouse=True)
    def _system(self, receiver):
        scenes.a_system(receiver)

    def page(self, visitor, made):
        return visitor.get(reverse("referral:referral", args=[made])).text

    def a_draft(self):
        return referral_scenes.draft(referral_scenes.an_organization_of(), topics=frozenset({"litter"}))

    def test_says_before_sending_that_it_goes_to_the_system(self, as_):
        page = self.page(as_("noor"), self.a_draft())

        assert "gaat het ook naar het systeem van Schuldhulp" in page
        assert "de woorden niet" in page

    def test_says_before_sending_that_the_words_go_along(self, as_):
        System.objects.update(takes_words=True)

        assert "De woorden gaan mee." in self.page(as_("noor"), self.a_draft())

    def test_says_under_what_number_it_is_there(self, as_, receiver):
        receiver.answers = [taken()]
        made = asked()
        pass_on()

        assert "onder nummer Z-7" in self.page(as_("noor"), made)

    def test_says_that_it_did_not_certainly_arrive(self, as_, receiver):
        receiver.answers = [receiving.hang_up]
        made = asked()
        pass_on()

        assert "niet zeker aangekomen" in self.page(as_("noor"), made)

    def test_says_nothing_of_it_where_it_goes_nowhere(self, as_):
        made = asked(topics=("debt",))

        assert "het systeem van" not in self.page(as_("noor"), made)

    def test_says_nothing_of_it_to_who_is_asked(self, as_, receiver):
        receiver.answers = [taken()]
        made = asked()
        pass_on()

        assert "Z-7" not in self.page(as_("karel"), made)


def test_what_is_recorded_holds_no_key(receiver):
    scenes.a_system(receiver)

    assert "sleutel" not in "".join(AuditEvent.objects.values_list("facts", flat=True))

# SPDX-License-Identifier: EUPL-1.2
"""Two partners who met the same, and are both named, begin something together; nobody else learns why."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Organization
from scharnier.apps.signals import services as signals_services
from scharnier.apps.signals.models import Side
from scharnier.apps.situations import access, models, selectors, services, taking_up
from scharnier.core import signals, text
from scharnier.core.kernel import MatchId, OrganizationId, Role
from scharnier.core.signals import NamingStep
from scharnier.core.situations import InvitationStep, Step
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps.reading import words_of
from tests.integration.apps.signals_scenes import (
    BY_LIBRARY,
    LIBRARY,
    LIES,
    PIET,
    SAMIRA,
    SCHOOL,
    WORDS,
    open_match,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kruisveld_of_signals", "_today")]
QUESTION = "Samen het Zilverspoor schoonhouden"
PERSONAL = "Bel Jan de Vries, geboren 12-03-2009, op 06-12345678."
BOTH = {SCHOOL: SAMIRA, LIBRARY: LIES}
BEGIN = "Begin samen iets"
TOGETHER = "Wat jullie er samen aan doen"


@pytest.fixture
def match_id() -> MatchId:
    """A match of the school and the library, of which neither said anything yet."""
    return open_match()


@pytest.fixture
def named(match_id) -> MatchId:
    """The same match, once both are named."""
    for organization_id in BOTH:
        decide(match_id, organization_id, NamingStep.NAME)
    return match_id


def decide(match_id, organization_id: OrganizationId, step: NamingStep) -> None:
    signals_services.name_side(match_id, organization_id, step, actor=BOTH[organization_id], at=NOON)


def page_of(match_id) -> str:
    return reverse("signals:match", args=[match_id])


def form_of(match_id) -> str:
    return reverse("situations:begin_of_match", args=[match_id])


def begin(match_id, *, actor=SAMIRA, question=QUESTION):
    wish = taking_up.Wish(question=question)
    return taking_up.begin_together(match_id, wish, actor=actor, on=DAY, at=NOON)


class TestBeginTogether:
    def test_is_led_by_who_begins_and_asks_the_other(self, named):
        situation_id, is_new = begin(named)

        made = models.Situation.objects.get()
        assert (made.pk, is_new) == (situation_id, True)
        assert (made.state, made.origin, made.owner_text_id, made.lead_text_id) == (
            "proposed", "others", "school", "samira",
        )  # fmt: skip
        asked = models.Invitation.objects.get()
        assert (asked.organization_text_id, asked.state, asked.words) == ("bibliotheek", "invited", QUESTION)

    def test_puts_each_part_of_it_on_record(self, named):
        begin(named)

        done = AuditEvent.objects.filter(kind="situation").order_by("number").values_list("act", flat=True)
        assert list(done) == [
            "situation.begun", "situation.lead_passed", "situation.stepped", "situation.invited",
        ]  # fmt: skip

    def test_writes_to_the_other_without_a_word_of_it(self, named):
        Message.objects.all().delete()
        Organization.objects.filter(text_id="bibliotheek").update(email="balie@example.org")

        begin(named)

        letter = Message.objects.get()
        assert letter.to == "balie@example.org"
        assert QUESTION not in f"{letter.subject}{letter.text}"

    @pytest.mark.parametrize("again", [SAMIRA, LIES])
    def test_is_once_whoever_begins_again(self, named, again):
        first, _ = begin(named)
        n_events = AuditEvent.objects.count()

        second, is_new = begin(named, actor=again, question="Nog een keer")

        assert (second, is_new) == (first, False)
        assert models.Situation.objects.get().question == QUESTION
        assert AuditEvent.objects.count() == n_events

    @pytest.mark.parametrize("who", [(), (SCHOOL,), (LIBRARY,)])
    def test_takes_two_who_are_named(self, match_id, who):
        for organization_id in who:
            decide(match_id, organization_id, NamingStep.NAME)

        for actor in (SAMIRA, LIES):
            with pytest.raises(signals.NotBothNamed):
                begin(match_id, actor=actor)
        assert not models.Situation.objects.exists()

    def test_tells_no_difference_between_a_no_and_silence(self, match_id):
        decide(match_id, SCHOOL, NamingStep.NAME)
        with pytest.raises(signals.NotBothNamed) as silent:
            begin(match_id)
        decide(match_id, LIBRARY, NamingStep.KEEP_UNNAMED)

        with pytest.raises(signals.NotBothNamed) as refused:
            begin(match_id)

        assert refused.value.facts == silent.value.facts

    @pytest.mark.parametrize("actor", [PIET, an_actor("anneke", role=Role.COORDINATOR)])
    def test_is_for_the_two_alone(self, named, actor):
        with pytest.raises(signals.MatchNotFound):
            begin(named, actor=actor)

        assert not models.Situation.objects.exists()

    def test_is_over_when_one_of_them_left(self, named):
        Side.objects.filter(organization__text_id="bibliotheek").delete()

        with pytest.raises(signals.MatchNotFound):
            begin(named)

    def test_leaves_nothing_when_it_cannot_be_asked(self, named):
        with pytest.raises(text.PersonalDataFound):
            begin(named, question=PERSONAL)

        assert not models.Situation.objects.exists()
        assert not AuditEvent.objects.filter(kind="situation").exists()

    def test_takes_no_more_queries_than_its_four_acts(self, named, django_assert_max_num_queries):
        with django_assert_max_num_queries(115):
            begin(named)


class TestMatchPage:
    def test_offers_to_begin_only_once_both_are_named(self, sign_in, match_id):
        samira, lies = sign_in("samira"), sign_in("lies")

        offered = [BEGIN in client.get(page_of(match_id)).text for client in (samira, lies)]
        decide(match_id, LIBRARY, NamingStep.NAME)
        offered += [BEGIN in client.get(page_of(match_id)).text for client in (samira, lies)]
        decide(match_id, SCHOOL, NamingStep.NAME)
        offered += [BEGIN in client.get(page_of(match_id)).text for client in (samira, lies)]

        assert offered == [False, False, False, False, True, True]

    def test_leads_both_to_what_was_begun(self, sign_in, named):
        situation_id, _ = begin(named)
        address = reverse("situations:overview", args=[situation_id])

        for name in ("samira", "bram", "lies"):
            page = sign_in(name).get(page_of(named)).text
            assert TOGETHER in page
            assert f'href="{address}"' in page
            assert BEGIN not in page


def reply(situation_id, step, *, reason="", actor=LIES, on=DAY):
    asked = models.Invitation.objects.order_by("place").last()
    said = services.Reply(step=step, reason=reason)
    taking_up.telling.answer(situation_id, asked.pk, said, actor=actor, on=on, at=NOON)


class TestWhoTakesNoPart:
    @pytest.fixture
    def begun(self, named):
        situation_id, _ = begin(named)
        return situation_id

    @pytest.fixture
    def page(self, sign_in, named):
        return lambda name="lies": sign_in(name).get(page_of(named))

    def test_reads_that_they_said_no_why_and_whom_to_ask(self, begun, page):
        reply(begun, InvitationStep.DECLINE, reason="Geen <b>tijd</b>")

        answer = page()

        said = words_of(answer)
        assert "Jullie kregen de vraag om er samen iets aan te doen, en zeiden op 29 maart 2026 nee." in said
        assert "Geen &lt;b&gt;tijd&lt;/b&gt;" in answer.text
        assert "De reden die jullie gaven" in said
        assert "Willen jullie toch meedoen? Vraag het aan De Regenboog." in said
        way = reverse("people:organization", args=["school"])
        assert answer.text.count(f'href="{way}"') == 1

    def test_reads_that_they_stopped(self, begun, page):
        reply(begun, InvitationStep.ACCEPT)
        reply(begun, InvitationStep.LEAVE, reason="Te druk", on=DAY + timedelta(days=40))

        said = words_of(page())

        assert "Jullie deden er samen iets aan, en stopten daarmee op 8 mei 2026." in said
        assert "Te druk" in said

    def test_reads_that_the_invitation_was_taken_back(self, begun, page):
        asked = models.Invitation.objects.get()
        services.withdraw(begun, asked.pk, actor=SAMIRA, on=DAY, at=NOON)

        said = words_of(page())

        assert "Op 29 maart 2026 is die vraag ingetrokken." in said
        assert "De reden die jullie gaven" not in said

    def test_finds_the_way_in_when_they_are_invited_again(self, begun, page):
        reply(begun, InvitationStep.DECLINE, reason="Geen tijd")
        taking_up.telling.invite(begun, [LIBRARY], words="Toch?", actor=SAMIRA, on=DAY, at=NOON)

        answer = page()

        assert TOGETHER in answer.text
        assert "Geen tijd" not in answer.text
        assert f'href="{reverse("situations:overview", args=[begun])}"' in answer.text

    @pytest.mark.parametrize("is_over", [False, True])
    def test_reads_no_more_than_their_own_answer(self, begun, page, is_over):
        reply(begun, InvitationStep.DECLINE, reason="Geen tijd")
        if is_over:
            taking_up.take_step(begun, Step.DISMISS, said="Niet nodig", actor=SAMIRA, on=DAY, at=NOON)

        answer = page()

        assert not any(words in answer.text for words in (begun, QUESTION, TOGETHER, BEGIN))
        assert "Willen jullie toch meedoen?" in answer.text

    def test_tells_the_other_nothing_new(self, begun, page):
        reply(begun, InvitationStep.DECLINE, reason="Geen tijd")

        answer = page("samira")

        assert TOGETHER in answer.text
        assert "Geen tijd" not in answer.text
        assert "toch meedoen" not in answer.text

    @pytest.mark.parametrize("role", [Role.PROFESSIONAL, Role.COORDINATOR])
    def test_is_not_there_for_others(self, begun, sign_in, named, role):
        reply(begun, InvitationStep.DECLINE, reason="Geen tijd")
        piet = sign_in("piet", role=role)

        answers = [piet.get(page_of(match)) for match in (named, "nergens")]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert len({words_of(answer) for answer in answers}) == 1

    def test_keeps_the_answer_of_an_organization_to_itself(self, begun):
        reply(begun, InvitationStep.DECLINE, reason="Geen tijd")
        coordinator = an_actor("anneke", role=Role.COORDINATOR)

        seen = [
            selectors.own_answer(begun, organization_id=LIBRARY, actor=actor)
            for actor in (LIES, SAMIRA, PIET, coordinator)
        ]

        assert [each and each.reason for each in seen] == ["Geen tijd", None, None, None]

    def test_is_read_in_english(self, begun, sign_in, named):
        reply(begun, InvitationStep.DECLINE, reason="Geen tijd")

        said = words_of(sign_in("lies").get(page_of(named), headers={"Accept-Language": "en"}))

        assert "You were asked to do something together about it, and said no on 29 March 2026." in said
        assert "Do you want to take part after all? Ask De Regenboog." in said


class TestBeginPage:
    def test_starts_with_what_the_reader_met_and_nothing_of_the_other(self, sign_in, named):
        page = sign_in("samira").get(form_of(named)).text

        assert "Met Bibliotheek, die hetzelfde tegenkomt als jullie." in page
        assert re.search(r'name="topics"[^>]*value="litter"[^>]*checked', page)
        assert re.search(r'name="area_ids"[^>]*value="noord"[^>]*checked', page)
        assert WORDS not in page
        assert BY_LIBRARY not in page

    def test_begins_and_shows_it(self, sign_in, named):
        sent = {"question": QUESTION, "topics": "litter", "area_ids": "noord"}

        answer = sign_in("samira").post(form_of(named), sent, follow=True)

        assert "Begonnen. Bibliotheek krijgt de vraag om mee te doen." in answer.text
        made = models.Situation.objects.get()
        assert (made.question, made.topic_ids, made.area_ids) == (QUESTION, ["litter"], ["noord"])
        assert answer.request["PATH_INFO"] == reverse("situations:overview", args=[made.pk])

    def test_brings_who_comes_later_to_what_was_begun(self, sign_in, named):
        situation_id, _ = begin(named)
        lies = sign_in("lies")

        answers = [lies.get(form_of(named)), lies.post(form_of(named), {"question": "Nog eens"})]

        address = reverse("situations:overview", args=[situation_id])
        assert [(answer.status_code, answer.url) for answer in answers] == [(302, address)] * 2
        assert models.Situation.objects.count() == 1

    @pytest.mark.parametrize(
        ("question", "said"),
        [
            ("", "Schrijf in één zin wat er speelt."),
            (PERSONAL, "Bel Jan de Vries"),
            ("x" * 2001, "2001"),
        ],
    )
    def test_says_what_to_mend_and_loses_nothing(self, sign_in, named, question, said):
        answer = sign_in("samira").post(form_of(named), {"question": question, "topics": "litter"})

        assert answer.status_code == 422
        assert said in answer.text
        assert re.search(r'value="litter"[^>]*checked', answer.text)
        assert not models.Situation.objects.exists()

    def test_is_refused_to_a_side_that_is_not_named(self, sign_in, match_id):
        decide(match_id, LIBRARY, NamingStep.NAME)

        answers = [
            each
            for name in ("samira", "lies")
            for client in [sign_in(name)]
            for each in (client.get(form_of(match_id)), client.post(form_of(match_id), {"question": "x"}))
        ]

        assert [answer.status_code for answer in answers] == [409] * 4
        assert all("Samen beginnen kan zodra jullie allebei genoemd zijn." in each.text for each in answers)

    @pytest.mark.parametrize(("name", "role"), [("piet", Role.PROFESSIONAL), ("anneke", Role.COORDINATOR)])
    def test_is_not_there_for_others(self, sign_in, named, name, role):
        client = sign_in(name, role=role)

        assert client.get(form_of(named)).status_code == 404
        assert client.get(form_of("nergens")).status_code == 404

    @pytest.mark.parametrize(("name", "role"), [("piet", Role.PROFESSIONAL), ("anneke", Role.COORDINATOR)])
    def test_tells_others_neither_what_it_is_nor_where_it_came_from(self, sign_in, named, name, role):
        situation_id, _ = begin(named)
        client = sign_in(name, role=role)
        addresses = ["/", "/work/", "/situations/", "/situations/found/", f"/situations/{situation_id}/"]

        pages = [client.get(address).text for address in addresses]

        assert not any(QUESTION in page or named in page for page in pages)
        assert access.seen(an_actor(name, role=role)).count() == 0

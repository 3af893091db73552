# SPDX-License-Identifier: EUPL-1.2
"""What waits for whom: on the list, on the page of all that waits, and in the digest, without a word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from scharnier.apps.digest import access as digest_access
from scharnier.apps.digest import labels as digest_labels
from scharnier.apps.digest import letters
from scharnier.apps.digest import selectors as digest
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Account
from scharnier.apps.situations import labels, models, selectors, showing
from scharnier.core import situations
from scharnier.core.kernel import NetworkId
from scharnier.core.situations import Awaited
from tests.factories import DAY
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.reading import words_of
from tests.integration.apps.situations_scenes import AD, BAS, ELS, JOKE, KAREL, MO, NOOR, RIA, WIM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
WORK = "/work/"
WORDS = "Zien jullie ook elke avond onrust?"


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def waits(actor, *, on=DAY):
    return [(line.awaiting.awaited.value, line.text) for line in selectors.waiting_lines(actor, on=on)]


def an_action(made, *, name="karel", organization="politie", **parts):
    return models.Action.objects.create(**{
        "id": f"{made.pk}-{made.actions.count()}", "network_id": "kruisveld", "situation": made,
        "text": "Loop elke avond langs.", "person": scenes.person(name) if name else None,
        "person_text_id": name, "organization_text_id": organization, "due": DAY, **parts,
    })  # fmt: skip


class TestLabels:
    def test_are_there_for_everything(self):
        assert set(labels.AWAITED) == set(labels.AWAITED_OF_OTHERS) == set(Awaited)
        assert set(labels.EVENTS) == set(situations.Event)
        assert set(labels.STEPS) == set(labels.STEP_LEADS) == set(situations.Step)
        assert {step.value for step in situations.Step} <= set(labels.STEP_DONE)
        assert set(labels.LACKS) == set(labels.LACK_PAGES) == set(situations.Lack)
        assert set(labels.REASONS) == set(situations.ReasonKind)
        assert set(labels.WEIGHTS) == set(situations.Weight)
        assert set(labels.INVITATION_STATES) == set(situations.InvitationState)
        assert set(labels.PARTNER_STATES) == set(situations.PartnerState)
        assert set(labels.AUDIENCES) == set(situations.Audience)
        answers = {"accept", "decline", "withdraw", "lapse"}
        assert set(labels.ANSWERS) == answers
        assert answers | {"leave"} == {step.value for step in situations.InvitationStep}

    @pytest.mark.parametrize(
        "name", ["AWAITED", "AWAITED_OF_OTHERS", "STEPS", "STEP_LEADS", "LACKS", "EVENTS"]
    )
    def test_say_something_else_in_each_language(self, name):
        said = {}
        for language in ("nl", "en"):
            with translation.override(language):
                said[language] = {str(each) for each in getattr(labels, name).values()}

        assert not said["nl"] & said["en"]
        assert len(said["nl"]) == len(said["en"]) == len(getattr(labels, name))


class TestWaitingLines:
    def test_tell_who_leads_what_is_next_with_the_question(self):
        scenes.a_situation()

        assert waits(NOOR) == [("accepting", scenes.QUESTION)]
        assert waits(JOKE) == waits(NOOR)

    def test_tell_who_is_invited_the_words_meant_for_them(self):
        scenes.an_invitation(scenes.a_situation(), "politie", state="invited", words=WORDS)

        assert waits(KAREL) == [("answer", WORDS)]
        assert waits(BAS) == []

    def test_tell_a_coordinator_of_what_nobody_leads_and_what_it_is_about_without_the_question(self):
        scenes.a_situation(owner="", topic_ids=["noise", "gone"], area_ids=["noord", "zuid"])
        scenes.a_situation("elders", owner="")

        assert {text for _awaited, text in waits(RIA)} == {"Geluidsoverlast (Noord, Zuid)", ""}
        assert ("owner", "Geluidsoverlast (Noord, Zuid)") in waits(RIA)

    def test_tell_a_person_of_their_own_action_and_nobody_else(self):
        made = scenes.a_situation(state="running")
        scenes.an_invitation(made, "politie")
        an_action(made)

        assert ("action", scenes.QUESTION) in waits(KAREL)
        assert "action" not in [awaited for awaited, _ in waits(NOOR)]

    def test_tell_an_organization_of_an_action_that_nobody_does(self):
        made = scenes.a_situation(state="running")
        scenes.an_invitation(made, "politie")
        an_action(made, name="")

        assert ("action_owner", scenes.QUESTION) in waits(KAREL)

    def test_put_the_oldest_promise_first(self):
        made = scenes.a_situation(state="running", deadline=DAY + timedelta(days=9))
        scenes.an_invitation(made, "politie")
        an_action(made, due=DAY + timedelta(days=2))
        an_action(made, due=DAY - timedelta(days=2))

        due = [line.awaiting.due for line in selectors.waiting_lines(KAREL, on=DAY)]

        assert due == sorted(due)
        assert len(due) == 2

    def test_are_none_once_it_has_ended(self):
        made = scenes.a_situation(state="dismissed", reason="Voorbij.", ended_on=DAY)
        scenes.an_invitation(made, "politie", state="invited", words=WORDS)

        assert [waits(actor) for actor in (NOOR, KAREL, RIA)] == [[], [], []]

    def test_ask_to_look_again_when_that_is_due(self):
        made = scenes.a_situation(state="evaluating")
        scenes.fill_all(made, by=scenes.person("karel"), partner=scenes.organization("politie"))
        models.Situation.objects.update(state="closed", ended_on=DAY)

        assert waits(NOOR) == [("recheck", scenes.QUESTION)]
        assert waits(NOOR, on=DAY - timedelta(days=1)) == []

    @pytest.mark.parametrize("actor", [MO, ELS, WIM, AD])
    def test_are_none_for_who_takes_no_part(self, actor):
        made = scenes.a_situation(owner="")
        scenes.an_invitation(made, "politie", state="invited", words=WORDS)

        assert waits(actor) == []

    @pytest.mark.parametrize("actor", [NOOR, RIA])
    def test_take_the_same_queries_for_one_and_for_many(self, actor):
        about = {"topic_ids": ["noise"], "area_ids": ["noord"]}
        owner = "jongerenwerk" if actor is NOOR else ""
        scenes.an_invitation(scenes.a_situation(owner=owner, **about), "politie")
        with CaptureQueriesContext(connection) as of_one:
            selectors.waiting_lines(actor, on=DAY)
        for number in range(9):
            state = "running" if owner else "proposed"
            made = scenes.a_situation(f"s{number}", owner=owner, state=state, **about)
            scenes.an_invitation(made, "politie")
            an_action(made)

        with CaptureQueriesContext(connection) as of_many:
            lines = selectors.waiting_lines(actor, on=DAY)

        assert len({line.awaiting.situation_id for line in lines}) == 10
        assert len(of_many) <= len(of_one) + 1


class TestPlaceOf:
    @pytest.mark.parametrize("awaited", Awaited)
    def test_is_a_page_that_is_there(self, awaited):
        awaiting = situations.Awaiting(
            situation_id="plein",
            awaited=awaited,
            capacity=situations.Capacity.OWNER,
            subject_id="x" if awaited is Awaited.ANSWER else "",
        )

        assert showing.place_of(awaiting).startswith("/situations/plein/")


class TestWorkPage:
    def test_shows_what_waits_in_situations_too(self, sign_in):
        scenes.a_situation()

        text = words_of(sign_in("noor").get(WORK))

        assert "In wat je samen aanpakt" in text
        assert scenes.QUESTION in text
        assert "Er wacht niets op je." not in text

    def test_says_so_when_nothing_waits(self, sign_in):
        text = words_of(sign_in("noor").get(WORK))

        assert "In wat je samen aanpakt" not in text

    def test_tells_who_is_invited_no_more_than_is_meant_for_them(self, sign_in):
        scenes.an_invitation(scenes.a_situation(), "politie", state="invited", words=WORDS)

        text = words_of(sign_in("karel").get(WORK))

        assert WORDS in text
        assert scenes.QUESTION not in text

    def test_tells_since_when_something_is_late(self, sign_in):
        made = scenes.a_situation(state="running")
        scenes.an_invitation(made, "politie")
        an_action(made, due=DAY - timedelta(days=3))

        assert "had af moeten zijn op" in words_of(sign_in("karel").get(WORK))


class TestDigest:
    def account(self, name):
        return Account.objects.select_related("user", "network", "person").get(
            network_id="kruisveld", person__text_id=name
        )

    def test_counts_what_waits_and_holds_no_word_of_it(self):
        scenes.a_situation()

        n_things = letters.send(self.account("noor"), actor=NOOR, on=DAY)

        mail = Message.objects.get()
        assert n_things == 1
        assert "In wat je samen aanpakt, wacht één ding op je:" in mail.text
        assert "/situations/" in mail.text
        assert scenes.QUESTION not in mail.text

    def test_goes_to_nobody_for_whom_nothing_waits(self):
        scenes.a_situation()

        assert letters.send(self.account("bas"), actor=BAS, on=DAY) == 0
        assert not Message.objects.exists()

    @pytest.mark.parametrize("actor", scenes.ACTORS)
    def test_looks_at_everybody_for_whom_something_waits(self, actor):
        made = scenes.a_situation(state="running")
        scenes.an_invitation(made, "politie", state="invited")
        scenes.a_situation("licht", owner="")

        looked_at = digest_access.concerned(NetworkId("kruisveld"))

        if digest.what_waits(actor, on=DAY).total:
            assert self.account(actor.person_id).pk in looked_at
        assert self.account("mo").pk not in looked_at

    @pytest.mark.parametrize(("n_things", "said"), [(0, ""), (1, "one thing"), (3, "3 things")])
    def test_says_how_much(self, n_things, said):
        with translation.override("en"):
            assert said in digest_labels.say_shared(n_things)
            assert bool(digest_labels.say_shared(n_things)) is bool(n_things)

# SPDX-License-Identifier: EUPL-1.2
"""Breaking the glass: one card for three hours, told to who judges it, and judged once."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from scharnier.apps.emergency import access, mails, services
from scharnier.apps.emergency.models import Attempt, Review
from scharnier.apps.emergency.tasks import forget_attempts, remind_judges
from scharnier.apps.http import now
from scharnier.apps.mail.models import Message
from scharnier.apps.members.access import NotForThisRole
from scharnier.apps.people import models as people_models
from scharnier.apps.sharing.access import received
from scharnier.apps.sharing.models import Sharing
from scharnier.core.kernel import Role
from scharnier.core.sharing import EMERGENCY_LASTS, Verdict
from scharnier.core.text import EmptyText, PersonalDataFound, TextTooLong
from tests.factories import DAY, an_actor
from tests.integration import neighbourhood as here
from tests.integration.apps.emergency_scenes import (
    ANNEKE,
    HIDDEN,
    KAREL,
    REASON,
    SAMIRA,
    break_glass,
    judge,
    letters,
    settle,
    to,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    settle()


class TestOpenCard:
    def test_shares_it_for_three_hours_on_vital_interests(self):
        at = now()

        opened = break_glass(at=at)

        row = Sharing.objects.get()
        assert opened == row.person_id == "stil"
        assert (row.audience_kind, row.audience_id, row.made_by) == ("person", "karel", "karel")
        assert (row.purpose, row.basis, row.on_behalf_of) == ("emergency", "vital_interests", "schuldhulp")
        assert (row.starts_at, row.ends_at) == (at, at + EMERGENCY_LASTS)
        assert row.reason == REASON

    def test_is_on_record_without_a_name_or_a_word(self):
        break_glass()

        event = here.last_event()
        assert (event.act, event.actor_id, event.object_id) == ("sharing.begun", "karel", "stil")
        assert (event.purpose, event.basis, event.on_behalf_of) == (
            "emergency",
            "vital_interests",
            "schuldhulp",
        )
        assert "wakker" not in event.facts

    def test_tells_the_coordinators_and_the_person_at_once(self):
        break_glass()

        judged, told = to("anneke", "samira"), to("stil")
        assert letters() == [(mails.OPENED, name) for name in judged] + [(mails.TOLD, name) for name in told]
        assert all("Karel de Bruin" in message.subject for message in Message.objects.all())
        assert all(REASON in message.text for message in Message.objects.all())
        assert all(HIDDEN not in message.text + message.subject for message in Message.objects.all())

    def test_tells_the_other_coordinators_what_one_of_them_opens(self):
        break_glass(actor=ANNEKE)

        assert (mails.OPENED, *to("samira")) in letters()
        assert (mails.OPENED, *to("anneke")) not in letters()

    def test_tells_the_board_what_the_only_coordinator_opens(self):
        people_models.Account.objects.filter(person__text_id="samira").update(role="board")

        break_glass(actor=ANNEKE)

        assert (mails.OPENED, *to("samira")) in letters()

    def test_tells_the_administrator_that_nobody_can_judge_the_only_coordinator(self):
        people_models.Account.objects.filter(person__text_id="samira").update(role="administrator")

        break_glass(actor=ANNEKE)

        told = Message.objects.get(template=mails.UNJUDGED)
        assert [told.to] == to("samira")
        assert "Anneke" not in told.subject + told.text
        assert REASON not in told.text
        assert "blijft open" in Message.objects.get(template=mails.TOLD).text
        assert Review.objects.get().judged_at is None

    def test_leaves_a_review_for_five_working_days_later(self):
        break_glass()

        review = Review.objects.get()
        assert (review.asked_by, review.due_date) == ("karel", DAY + timedelta(days=5))  # DAY is a Sunday
        assert review.judged_at is None

    @pytest.mark.parametrize("name", ["stille kracht", "  Stille   Kracht ", "STILLE KRACHT"])
    def test_takes_a_name_in_any_capitals(self, name):
        assert break_glass(name) == "stil"

    @pytest.mark.parametrize("name", ["Stille", "Kracht", "Stille Krach", "stil", "Nie Mand", "%", ""])
    def test_finds_nobody_by_less_than_the_name_and_tells_that_too(self, name):
        with pytest.raises(services.NobodyFound):
            break_glass(name)

        assert letters() == [(mails.FAILED, address) for address in to("anneke", "samira")]
        event = here.last_event()
        assert (event.act, event.kind, event.object_id) == ("emergency.tried", "nobody", "-")
        assert (event.outcome, event.facts) == ("refused", '{"why":"nobody"}')
        assert not Sharing.objects.exists()

    def test_answers_the_same_for_several_of_one_name(self):
        people_models.Person.objects.create(network_id="kruisveld", text_id="stil-2", name=HIDDEN)

        with pytest.raises(services.NobodyFound) as caught:
            break_glass()

        assert caught.value.facts == {}

    def test_does_not_bring_back_who_was_erased(self):
        here.person("stil").delete()

        with pytest.raises(services.NobodyFound):
            break_glass()

    def test_finds_nobody_of_another_network(self):
        people_models.Network.objects.create(id="elders", name="Elders")
        people_models.Person.objects.create(network_id="elders", text_id="ver", name="Vera Elders")

        with pytest.raises(services.NobodyFound):
            break_glass("Vera Elders")

    def test_breaks_nothing_for_who_can_be_reached_anyway(self):
        assert break_glass("Samira Ouaddi") == "samira"

        assert (Sharing.objects.count(), Attempt.objects.count(), letters()) == (0, 0, [])

    def test_breaks_nothing_twice(self):
        break_glass()
        actor = an_actor("karel", shared="stil")

        assert break_glass(actor=actor) == "stil"
        assert Sharing.objects.count() == 1

    @pytest.mark.parametrize(
        ("reason", "error"),
        [
            ("", EmptyText),
            ("Het moet nu.", services.ReasonTooShort),
            (" " * 30 + "nu", services.ReasonTooShort),
            ("Bel meteen Jan op 06 12345678, hij weet het.", PersonalDataFound),
            ("nu " * 300, TextTooLong),
        ],
        ids=lambda part: getattr(part, "__name__", "reason"),
    )
    @pytest.mark.parametrize("name", [HIDDEN, "Nie Mand"])
    def test_judges_the_reason_before_it_looks_for_anybody(self, name, reason, error):
        with pytest.raises(error):
            break_glass(name, reason=reason)

        assert (Attempt.objects.count(), letters()) == (0, [])

    @pytest.mark.parametrize("role", Role)
    def test_is_for_who_helps_or_answers_for_it(self, role):
        actor = an_actor("karel", role=role)
        if role in {Role.PROFESSIONAL, Role.COORDINATOR, Role.BOARD}:
            assert break_glass(actor=actor) == "stil"
            return

        with pytest.raises(NotForThisRole):
            break_glass(actor=actor)

    def test_is_tried_three_times_a_day(self):
        for name in ("Nie Mand", "Nog Niemand", HIDDEN):
            with suppress(services.NobodyFound):
                break_glass(name)
        n_letters = Message.objects.count()

        with pytest.raises(services.TooManyAttempts):
            break_glass("Nie Mand")

        assert here.last_event().facts == '{"why":"too_many"}'
        assert (Attempt.objects.count(), Message.objects.count()) == (3, n_letters)

    def test_is_tried_again_a_day_later_and_by_somebody_else(self):
        at = now()
        for _ in range(services.MOST_ATTEMPTS):
            with pytest.raises(services.NobodyFound):
                break_glass("Nie Mand", at=at)

        assert break_glass(at=at, actor=ANNEKE) == "stil"
        assert break_glass(at=at + services.WITHIN) == "stil"

    def test_leaves_nothing_behind_when_the_mail_cannot_be_written(self, monkeypatch):
        monkeypatch.setattr(mails, "TOLD", "no_such_letter")

        with pytest.raises(Exception, match=r"mail\.unknown_template"):
            break_glass()

        assert (Sharing.objects.count(), Review.objects.count(), letters()) == (0, 0, [])
        assert Attempt.objects.count() == 1  # a try is a try


class TestJudge:
    def test_keeps_who_judged_what_and_why(self):
        break_glass()
        review = Review.objects.get()

        judge(review)

        review.refresh_from_db()
        assert (review.judged_by, review.verdict, review.words) == (
            "anneke",
            "justified",
            "Het kon niet anders.",
        )
        event = here.last_event()
        assert (event.act, event.object_id) == ("emergency.judged", "stil")
        assert event.facts == f'{{"review":"{review.pk}","verdict":"justified"}}'
        assert (mails.JUDGED, *to("karel")) in letters()

    def test_is_done_once(self):
        break_glass()
        review = Review.objects.get()
        judge(review)

        with pytest.raises(services.AlreadyJudged):
            judge(review, Verdict.NOT_JUSTIFIED, actor=SAMIRA)

        assert Review.objects.get().verdict == "justified"

    @pytest.mark.parametrize(("verdict", "n_left"), [(Verdict.JUSTIFIED, 1), (Verdict.NOT_JUSTIFIED, 0)])
    def test_closes_the_card_when_it_was_not_needed(self, verdict, n_left):
        break_glass()

        judge(Review.objects.get(), verdict)

        assert received(KAREL, at=now()).count() == n_left

    @pytest.mark.parametrize(
        "actor",
        [
            KAREL,
            an_actor("samira"),
            an_actor("samira", role=Role.ADMINISTRATOR),
            an_actor("karel", role=Role.COORDINATOR),
            an_actor("vera", network_id="elders", role=Role.COORDINATOR),
        ],
        ids=["the asker", "a professional", "an administrator", "the asker, now coordinator", "a stranger"],
    )
    def test_is_for_another_judge_of_the_network(self, actor):
        break_glass()

        with pytest.raises(access.ReviewNotFound):
            judge(Review.objects.get(), actor=actor)

    def test_refuses_personal_data_in_the_words(self):
        break_glass()

        with pytest.raises(PersonalDataFound):
            judge(Review.objects.get(), words="Vraag piet@example.org maar.")

    def test_never_leaves_half_a_judgement_in_the_database(self):
        break_glass()

        for half in ({"verdict": "justified"}, {"judged_at": now(), "judged_by": "karel"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Review.objects.update(**half)

    def test_is_never_by_the_asker_in_the_database(self):
        break_glass()

        with pytest.raises(IntegrityError), transaction.atomic():
            Review.objects.update(
                judged_at=now(), judged_by="karel", verdict="justified", words="Ik vond van wel."
            )


class TestRemindJudges:
    def test_writes_to_who_can_judge_once_a_day_from_the_day_after(self):
        break_glass()
        due = Review.objects.get().due_date
        Message.objects.all().delete()

        reminded = [
            services.remind_judges(day)
            for day in (due, due + timedelta(days=1), due + timedelta(days=1), due + timedelta(days=2))
        ]

        assert reminded == [0, 1, 0, 1]
        assert letters() == [(mails.OVERDUE, name) for name in to("anneke", "anneke", "samira", "samira")]

    def test_writes_one_mail_for_several_of_one_asker(self):
        for at in (now(), now() + timedelta(hours=4)):
            break_glass(at=at)
        Message.objects.all().delete()

        services.remind_judges(DAY + timedelta(days=30))

        assert letters() == [(mails.OVERDUE, name) for name in to("anneke", "samira")]

    def test_leaves_what_is_judged(self):
        break_glass()
        judge(Review.objects.get())

        assert services.remind_judges(DAY + timedelta(days=30)) == 0

    def test_runs_as_a_nightly_task(self, settings):
        break_glass()
        settings.DAY = DAY + timedelta(days=30)

        remind_judges.func()

        assert Review.objects.get().reminded_date == settings.DAY
        assert "emergency.remind_judges" in settings.PERIODIC_TASKS


class TestForgetAttempts:
    def test_deletes_what_counts_no_more(self):
        at = now()
        for made_at in (at - services.WITHIN, at):
            Attempt.objects.create(network_id="kruisveld", asked_by="karel", made_at=made_at)

        assert services.forget_attempts(at) == 1
        forget_attempts.func()
        assert Attempt.objects.count() == 1

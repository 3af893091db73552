# SPDX-License-Identifier: EUPL-1.2
"""What runs at night without anybody looking: once a day, each network by itself, and each letter once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings as site

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Account, Network
from scharnier.apps.situations import coalition_tasks, doing_tasks, models, services, tasks
from scharnier.apps.tasks.definitions import load_task
from scharnier.apps.tasks.models import Task
from scharnier.core.situations import INVITATION_DAYS, InvitationStep, Lasting, State
from tests.factories import DAY, NOON, a_network, an_organization
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.situations_scenes import KAREL, NOOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LATE = DAY + timedelta(days=INVITATION_DAYS + 1)
CHORES = ("situations.look_after", "situations.lapse", "situations.draw_maps", "situations.scan")
OF_ALL_AND_ONE = {
    "look_after": (doing_tasks.look_after, doing_tasks.look_after_network),
    "lapse": (coalition_tasks.lapse_invitations, coalition_tasks.lapse_in_network),
    "draw_maps": (tasks.draw_maps, tasks.draw_maps_of_network),
    "scan": (tasks.scan, tasks.scan_network),
}


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def plein():
    return scenes.a_situation(lead=scenes.person("noor"), lead_text_id="noor")


def asked(row: models.Situation, *names: str, **parts) -> list[models.Invitation]:
    return [scenes.an_invitation(row, name, **{"state": "invited", **parts}) for name in names]


def states() -> dict[str, str]:
    return dict(models.Invitation.objects.values_list("organization_text_id", "state"))


def answered_to() -> list[str]:
    return sorted(Message.objects.filter(template="situation_answered").values_list("to", flat=True))


def refuse(*_row, **_at):
    raise OSError("the disk is full")


class TestEveryChore:
    @pytest.mark.parametrize("name", CHORES)
    def test_is_done_every_day(self, name):
        path, seconds = site.PERIODIC_TASKS[name]

        assert seconds == 24 * 60 * 60
        assert load_task(path).module_path.startswith("scharnier.apps.situations.")

    @pytest.mark.parametrize("name", sorted(OF_ALL_AND_ONE))
    def test_is_handed_out_for_each_network_apart(self, name, load):
        load(a_network(network_id="drie", organizations=(an_organization("school"),)))
        of_all, of_one = OF_ALL_AND_ONE[name]

        of_all.call()

        found = Task.objects.filter(task_path=of_one.module_path)
        assert sorted(task.args for task in found) == sorted(
            [network_id] for network_id in Network.objects.values_list("pk", flat=True)
        )

    @pytest.mark.parametrize("name", sorted(OF_ALL_AND_ONE))
    def test_does_nothing_in_a_network_where_nothing_happens(self, name):
        _of_all, of_one = OF_ALL_AND_ONE[name]
        before = AuditEvent.objects.count()

        of_one.call("elders")
        of_one.call("elders")

        assert AuditEvent.objects.count() == before
        assert not Message.objects.exists()
        assert not models.Situation.objects.exists()

    @pytest.mark.parametrize("name", sorted(OF_ALL_AND_ONE))
    def test_leaves_what_goes_on_as_it_is(self, name, plein):
        asked(plein, "politie")
        before = scenes.value_of(plein)

        OF_ALL_AND_ONE[name][1].call("kruisveld")

        assert scenes.value_of(plein) == before
        assert not Message.objects.exists()


class TestLapse:
    @pytest.mark.parametrize(
        ("days", "state"),
        [(0, "invited"), (INVITATION_DAYS, "invited"), (INVITATION_DAYS + 1, "lapsed"), (400, "lapsed")],
    )
    def test_comes_the_day_after_the_last_and_also_when_nights_were_left_out(self, plein, days, state):
        asked(plein, "politie")

        scenes.lapse(DAY + timedelta(days=days))

        assert states() == {"politie": state}

    def test_is_done_once_with_one_letter(self, plein):
        asked(plein, "politie")

        n_lapsed = [scenes.lapse(LATE), scenes.lapse(LATE), scenes.lapse(LATE + timedelta(days=1))]

        assert n_lapsed == [1, 0, 0]
        assert answered_to() == ["joke@example.org", "noor@example.org"]

    def test_is_told_for_each_who_gave_no_answer(self, plein):
        asked(plein, "politie", "school")

        assert scenes.lapse(LATE) == 2
        assert answered_to() == ["joke@example.org"] * 2 + ["noor@example.org"] * 2

    @pytest.mark.parametrize("state", ["accepted", "declined", "withdrawn", "left", "lapsed"])
    def test_leaves_alone_what_is_no_question_any_more(self, plein, state):
        asked(plein, "politie", state=state, reason="Zo is het.")

        assert scenes.lapse(LATE) == 0
        assert states() == {"politie": state}
        assert not Message.objects.exists()

    @pytest.mark.parametrize(
        "parts",
        [
            {"state": "dismissed", "reason": "Klaar.", "ended_on": DAY},
            {"state": "handed_over", "handed_to": "De wijkagent", "ended_on": DAY},
        ],
        ids=["dismissed", "handed over"],
    )
    def test_leaves_alone_what_has_ended(self, parts):
        asked(scenes.a_situation(**parts), "politie")

        assert scenes.lapse(LATE) == 0
        assert states() == {"politie": "invited"}

    def test_goes_on_when_nobody_can_be_written_to(self, plein):
        asked(plein, "politie")
        Account.objects.filter(person__text_id__in=["noor", "joke"]).delete()

        assert scenes.lapse(LATE) == 1
        assert answered_to() == []

    def test_is_told_to_coordinators_where_nobody_leads(self):
        asked(scenes.a_situation(owner=""), "politie")

        scenes.lapse(LATE)

        assert answered_to() == ["ria@example.org"]

    def test_stands_in_the_story_as_what_the_site_noted(self, plein):
        asked(plein, "politie")
        scenes.lapse(LATE)

        (line,) = plein.story.all()
        assert (line.event, line.what, line.by_text_id) == ("answered", "lapse", "")

    def test_is_of_the_network_that_it_is_done_in(self, plein, settings):
        asked(plein, "politie")
        settings.DAY = LATE

        coalition_tasks.lapse_in_network.call("elders")
        assert states() == {"politie": "invited"}

        coalition_tasks.lapse_in_network.call("kruisveld")
        assert states() == {"politie": "lapsed"}

    def test_lets_who_was_late_still_answer(self, plein):
        (row,) = asked(plein, "politie")
        scenes.lapse(LATE)

        services.answer(
            plein.pk,
            row.pk,
            services.Reply(step=InvitationStep.ACCEPT),
            actor=KAREL,
            on=LATE,
            at=NOON + (LATE - DAY),
        )

        assert states() == {"politie": "accepted"}
        assert scenes.lapse(LATE + timedelta(days=90)) == 0


class TestLookAfter:
    @pytest.fixture
    def closed(self):
        row = scenes.a_situation(
            state="closed", ended_on=DAY, lead=scenes.person("noor"), lead_text_id="noor"
        )
        models.Evaluation.objects.create(
            network_id="kruisveld", situation=row, lesson="Eerder bellen helpt.", made_on=DAY
        )
        models.Recheck.objects.create(network_id="kruisveld", situation=row, due=LATE)
        models.Recheck.objects.create(network_id="kruisveld", situation=row, due=LATE + timedelta(days=90))
        return row

    def reminded(self) -> list[str]:
        found = Message.objects.filter(template="recheck_due").order_by("queued_at", "id")
        return [each.to for each in found]

    @pytest.mark.usefixtures("closed")
    def test_writes_once_however_often_it_runs_on_a_day(self, settings):
        settings.DAY = LATE

        for _ in range(3):
            doing_tasks.look_after_network.call("kruisveld")

        assert self.reminded() == ["noor@example.org"]

    @pytest.mark.usefixtures("closed")
    def test_makes_up_for_nights_that_were_left_out(self, settings):
        settings.DAY = LATE + timedelta(days=200)

        doing_tasks.look_after_network.call("kruisveld")

        assert self.reminded() == ["noor@example.org"] * 2
        assert not models.Recheck.objects.filter(reminded_on=None).exists()

    @pytest.mark.usefixtures("closed")
    def test_goes_on_the_next_night_when_one_letter_could_not_be_written(self, settings, monkeypatch):
        settings.DAY = LATE
        with monkeypatch.context() as broken:
            broken.setattr(services, "record_reminder", refuse)
            with pytest.raises(OSError, match="full"):
                doing_tasks.look_after_network.call("kruisveld")
        assert self.reminded() == []

        doing_tasks.look_after_network.call("kruisveld")

        assert self.reminded() == ["noor@example.org"]

    @pytest.mark.parametrize("address", ["", "geen adres", "a@b\nBcc: x@y.nl"])
    @pytest.mark.usefixtures("closed")
    def test_writes_to_no_address_that_is_none(self, settings, address):
        account = Account.objects.select_related("user").get(person__text_id="noor")
        account.user.email = address
        account.user.save()
        settings.DAY = LATE

        doing_tasks.look_after_network.call("kruisveld")

        assert self.reminded() == ["joke@example.org"]  # who acts for the same organization

    def test_leaves_what_goes_on_alone(self, closed, settings):
        models.Situation.objects.filter(pk=closed.pk).update(state=State.RUNNING.value, ended_on=None)
        settings.DAY = LATE

        doing_tasks.look_after_network.call("kruisveld")

        assert self.reminded() == []

    def test_lets_who_leads_look_without_another_letter(self, closed, settings):
        services.recheck(closed.pk, Lasting.HOLDS, actor=NOOR, on=LATE, at=NOON + (LATE - DAY))
        settings.DAY = LATE + timedelta(days=1)

        doing_tasks.look_after_network.call("kruisveld")

        assert self.reminded() == []

# SPDX-License-Identifier: EUPL-1.2
"""Notes: kept once, for the writer alone, taken back or gone."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from scharnier.apps.audit import models as audit
from scharnier.apps.http import now
from scharnier.apps.notes import access, models, selectors, services
from scharnier.apps.people.models import Person
from scharnier.apps.rights import selectors as rights
from scharnier.apps.rights.sweeps import SWEEPS, Limit
from scharnier.core import notes, text
from scharnier.core.kernel import Role
from scharnier.core.notes import KEPT_DAYS, MOST_WAITING
from tests.factories import DAY, NOON, an_actor
from tests.integration import neighbourhood as here

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
WRITE, LIST, SHELL = reverse("notes:write"), reverse("notes:own_notes"), reverse("notes:shell")
KEY = UUID("6f1c3f0e-6f43-4a3a-9a3b-2f3f7a1f0a01")
LAMP = "De lamp in de steeg is stuk"
SAMIRA, KAREL = an_actor("samira"), an_actor("karel")
PHONE_NUMBER = "06 12345678"
JSON = {"Accept": "application/json"}
OTHERS = [role for role in Role if role not in {Role.RESEARCHER, Role.ADMINISTRATOR}]


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(here.a_neighbourhood())


def make(actor=SAMIRA, *, key=KEY, about="", at=NOON, **parts):
    note = notes.Note(**{"text": LAMP, **parts})
    return services.make_note(note, about=about, key=key, actor=actor, at=at)


def acts():
    return list(audit.AuditEvent.objects.filter(act__startswith="note.").values_list("act", flat=True))


def a_row(**parts):
    return models.Note(
        **{
            "network_id": "kruisveld",
            "writer": Person.objects.get(text_id="samira"),
            "key": uuid4(),
            "text": LAMP,
            "made_at": NOON,
            **parts,
        }
    )


class TestNoteRow:
    @pytest.mark.parametrize(
        "parts", [{"about": "somebody"}, {"text": ""}, {"text": None}, {"made_at": None}], ids=str
    )
    def test_is_refused_by_the_database_when_it_breaks_a_rule(self, parts):
        with pytest.raises(IntegrityError), transaction.atomic():
            a_row(**parts).save()

    def test_has_its_key_once_for_a_writer(self):
        a_row(key=KEY).save()

        with pytest.raises(IntegrityError), transaction.atomic():
            a_row(key=KEY).save()

        a_row(key=KEY, writer=Person.objects.get(text_id="karel")).save()
        assert models.Note.objects.count() == 2


class TestMakeNote:
    def test_keeps_the_words_and_puts_on_record_that_there_are_some(self):
        is_new = make(place="noord", about="problem", candidate="de gemeente", remind_date=DAY)

        row = models.Note.objects.get()
        event = audit.AuditEvent.objects.get(act="note.made")
        assert is_new
        assert (row.text, row.place, row.about, row.candidate) == (LAMP, "noord", "problem", "de gemeente")
        assert (event.kind, event.object_id, event.actor_id) == ("note", str(KEY), "samira")
        assert LAMP not in str(event.__dict__)

    def test_keeps_what_comes_in_twice_once(self):
        answers = [make(), make(text="iets anders")]

        assert answers == [True, False]
        assert models.Note.objects.get().text == LAMP
        assert acts() == ["note.made"]

    def test_brings_nothing_back_that_was_thrown_away(self):
        make()
        services.throw_away(KEY, actor=SAMIRA, at=NOON)

        assert not make()
        assert not access.waiting(SAMIRA).exists()

    def test_does_not_tell_one_writer_of_the_key_of_another(self):
        answers = [make(SAMIRA), make(KAREL)]

        assert answers == [True, True]

    @pytest.mark.parametrize(
        ("parts", "error"),
        [
            ({"text": " "}, text.EmptyText),
            ({"text": f"Bel {PHONE_NUMBER}"}, text.PersonalDataFound),
            ({"place": f"bij {PHONE_NUMBER}"}, text.PersonalDataFound),
            ({"remind_date": DAY - timedelta(days=1)}, notes.ReminderOutOfReach),
        ],
    )
    def test_leaves_nothing_behind_when_it_is_refused(self, parts, error):
        with pytest.raises(error):
            make(**parts)

        assert not models.Note.objects.exists()
        assert acts() == []

    @pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
    def test_is_not_for_who_asks_nothing(self, role):
        with pytest.raises(access.MayNotNote):
            make(an_actor(role=role))

    def test_takes_as_many_as_a_list_can_hold(self):
        models.Note.objects.bulk_create(a_row() for _ in range(MOST_WAITING))

        with pytest.raises(services.TooManyNotes):
            make()

        services.throw_away(models.Note.objects.latest("pk").key, actor=SAMIRA, at=NOON)
        assert make()


class TestThrowAway:
    def test_takes_it_out_of_the_list_and_lets_it_be_taken_back(self):
        make()

        services.throw_away(KEY, actor=SAMIRA, at=NOON)
        gone = list(access.waiting(SAMIRA))
        services.take_back(KEY, actor=SAMIRA, at=NOON)

        assert gone == []
        assert [row.key for row in access.waiting(SAMIRA)] == [KEY]
        assert acts() == ["note.made", "note.thrown_away", "note.taken_back"]

    def test_done_twice_is_on_record_once(self):
        make()

        for act in (services.throw_away, services.throw_away, services.take_back, services.take_back):
            act(KEY, actor=SAMIRA, at=NOON)

        assert acts() == ["note.made", "note.thrown_away", "note.taken_back"]

    @pytest.mark.parametrize("act", [services.throw_away, services.take_back])
    @pytest.mark.parametrize("actor", [KAREL, an_actor("anneke", role=Role.COORDINATOR)], ids=str)
    def test_is_for_the_writer_alone(self, act, actor):
        make()

        with pytest.raises(access.NoteNotFound) as not_yours:
            act(KEY, actor=actor, at=NOON)
        with pytest.raises(access.NoteNotFound) as not_there:
            act(uuid4(), actor=actor, at=NOON)

        assert not_yours.value.code == not_there.value.code
        assert models.Note.objects.get().thrown_away_at is None

    def test_cannot_be_undone_once_the_words_have_gone(self):
        make()
        services.throw_away(KEY, actor=SAMIRA, at=NOON)
        SWEEPS["note_thrown_away"].carry_out(
            Limit(day=DAY + timedelta(days=1)), network_id="kruisveld", at=NOON
        )

        with pytest.raises(access.NoteNotFound):
            services.take_back(KEY, actor=SAMIRA, at=NOON)


class TestRetention:
    @pytest.mark.parametrize(("days", "is_left"), [(KEPT_DAYS, True), (KEPT_DAYS + 1, False)])
    def test_keeps_a_note_for_sixty_days(self, days, is_left):
        make()
        on = DAY + timedelta(days=days)

        SWEEPS["note"].carry_out(Limit(day=on - timedelta(days=KEPT_DAYS)), network_id="kruisveld", at=NOON)

        assert models.Note.objects.exists() is is_left

    def test_leaves_of_what_was_thrown_away_only_that_it_was_there(self):
        make(place="noord", about="group", candidate="de gemeente", remind_date=DAY)
        make(key=uuid4())
        services.throw_away(KEY, actor=SAMIRA, at=NOON)
        sweep, limit = SWEEPS["note_thrown_away"], Limit(day=DAY + timedelta(days=1))

        n_before = sweep.count(limit, network_id="kruisveld")
        sweep.carry_out(limit, network_id="kruisveld", at=NOON)

        row = models.Note.objects.get(key=KEY)
        assert (n_before, sweep.count(limit, network_id="kruisveld")) == (1, 0)
        assert (row.text, row.place, row.about, row.candidate, row.remind_date) == ("", "", "", "", None)
        assert not make()


class TestRights:
    def test_are_kept_with_a_copy_of_the_words_for_the_writer_only(self):
        make(candidate="de gemeente")

        own, other = (rights.copy_of(actor, on=DAY, at=NOON) for actor in (SAMIRA, KAREL))

        assert [(note.text, note.candidate) for note in own.notes] == [(LAMP, "de gemeente")]
        assert other.notes == []

    def test_take_the_notes_along_when_the_writer_is_erased(self):
        make()
        make(KAREL, text="Van Karel")

        Person.objects.get(text_id="samira").delete()

        assert [row.text for row in models.Note.objects.all()] == ["Van Karel"]


class TestAccountKey:
    def test_differs_by_person_and_by_network_and_names_nobody(self):
        actors = [SAMIRA, KAREL, an_actor("samira", network_id="anders")]

        keys = [selectors.account_key(actor) for actor in actors]

        assert len(set(keys)) == len(actors)
        assert keys[0] == selectors.account_key(an_actor("samira", role=Role.BOARD))
        assert not any("samira" in key or "kruisveld" in key for key in keys)

    def test_cannot_be_made_without_the_secret(self, settings):
        before = selectors.account_key(SAMIRA)

        settings.SECRET_KEY = str(uuid4())

        assert selectors.account_key(SAMIRA) != before


class TestWritePage:
    @pytest.mark.parametrize("role", OTHERS)
    def test_opens_for_who_may_ask(self, sign_in, role):
        assert sign_in(role=role).get(WRITE).status_code == 200

    @pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
    def test_stays_closed_for_who_may_not(self, sign_in, role):
        assert sign_in(role=role).get(WRITE).status_code == 403

    def test_keeps_what_was_written_and_is_ready_for_the_next(self, sign_in):
        client = sign_in()

        answer = client.post(WRITE, {"key": KEY, "text": LAMP, "place": "noord"}, follow=True)

        assert models.Note.objects.get().key == KEY
        assert "Genoteerd. Alleen jij ziet het." in answer.text
        assert LAMP not in answer.text

    def test_keeps_it_without_a_key_too(self, sign_in):
        sign_in().post(WRITE, {"text": LAMP})

        assert models.Note.objects.get().text == LAMP

    def test_keeps_once_what_a_finger_sends_twice(self, sign_in):
        client = sign_in()

        for _ in range(2):
            client.post(WRITE, {"key": KEY, "text": LAMP})

        assert models.Note.objects.count() == 1

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            ({"text": ""}, "Schrijf in een paar woorden"),
            ({"text": "x" * 2001}, "2000"),
            ({"text": f"Bel {PHONE_NUMBER}"}, "telefoonnummer"),
            ({"text": LAMP, "place": f"bij {PHONE_NUMBER}"}, "telefoonnummer"),
            ({"text": LAMP, "candidate": f"wie {PHONE_NUMBER} heeft"}, "telefoonnummer"),
            ({"text": LAMP, "about": "somebody"}, "lijst"),
            ({"text": LAMP, "remind_date": "morgen"}, "31-12-2026"),
            ({"text": LAMP, "remind_date": "2026-03-28"}, "29 maart"),
            ({"text": LAMP, "key": "geraden"}, "geldige"),
        ],
        ids=str,
    )
    def test_says_what_is_wrong_and_keeps_what_was_written(self, sign_in, said, words):
        answer = sign_in().post(WRITE, said)

        assert answer.status_code == 422
        assert words in answer.text
        assert said["text"] in answer.text
        assert not models.Note.objects.exists()

    def test_opens_what_could_be_left_out_when_something_is_wrong_there(self, sign_in):
        client = sign_in()

        answer = client.post(WRITE, {"text": LAMP, "remind_date": "morgen"})

        assert '<details class="more" open>' in answer.text
        assert '<details class="more">' in client.get(WRITE).text


class TestWriteForAProgram:
    def test_hears_that_it_is_kept_and_the_second_time_that_it_was(self, sign_in):
        client = sign_in()

        answers = [client.post(WRITE, {"key": KEY, "text": LAMP}, headers=JSON) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [201, 200]
        assert [answer.json() for answer in answers] == [{"is_new": True}, {"is_new": False}]

    def test_hears_at_which_field_it_is_refused_and_why(self, sign_in):
        answer = sign_in().post(WRITE, {"key": KEY, "text": f"Bel {PHONE_NUMBER}"}, headers=JSON)

        assert answer.status_code == 422
        assert list(answer.json()["errors"]) == ["text"]
        assert "telefoonnummer" in answer.json()["errors"]["text"]

    def test_hears_that_the_list_is_full(self, sign_in):
        models.Note.objects.bulk_create(a_row() for _ in range(MOST_WAITING))

        answer = sign_in().post(WRITE, {"key": KEY, "text": LAMP}, headers=JSON)

        assert answer.status_code == 422
        assert str(MOST_WAITING) in str(answer.json())

    def test_is_told_for_whom_it_can_send(self, sign_in, client):
        told = sign_in().get(reverse("notes:account"))

        assert told.json()["account"] == selectors.account_key(SAMIRA)
        assert told.json()["token"]
        assert "no-store" in told["Cache-Control"]
        assert client.get(reverse("notes:account")).status_code == 302


class TestShell:
    def test_is_the_same_for_everybody_and_names_nobody(self, sign_in, client):
        signed_in = sign_in()
        make()

        pages = [each.get(SHELL).content for each in (signed_in, client)]

        assert pages[0] == pages[1]
        assert not any(word in pages[0] for word in (b"samira", b"Samira", LAMP.encode(), b"csrf", b"noord"))

    def test_asks_the_database_nothing_and_sets_no_cookie(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            answer = client.get(SHELL)

        assert not answer.cookies


class TestOwnNotes:
    def test_show_what_is_due_first_then_the_oldest(self):
        for number, due in enumerate([None, DAY + timedelta(days=3), DAY]):
            make(key=uuid4(), text=f"steeg {number}", remind_date=due, at=NOON + timedelta(minutes=number))

        page = selectors.notes_page(SAMIRA, on=DAY, at=NOON, kept_days=KEPT_DAYS)

        assert [line.text for line in page.lines] == ["steeg 2", "steeg 0", "steeg 1"]
        assert [line.is_due for line in page.lines] == [True, False, False]
        assert page.lines[0].gone_date == DAY + timedelta(days=KEPT_DAYS)
        assert selectors.count_due(SAMIRA, on=DAY) == 1

    def test_are_brought_to_mind_at_the_front_door_from_the_day_on(self, sign_in, settings):
        client = sign_in()
        make(remind_date=DAY + timedelta(days=1))

        before = client.get("/").text
        settings.DAY = DAY + timedelta(days=1)
        after = client.get("/").text
        services.throw_away(KEY, actor=SAMIRA, at=NOON)
        done = client.get("/").text

        words = "Je wilde aan een aantekening herinnerd worden"
        assert [words in page for page in (before, after, done)] == [False, True, False]

    @pytest.mark.parametrize("role", Role)
    def test_of_others_are_seen_by_nobody(self, sign_in, role):
        make()

        answer = sign_in("karel", role=role).get(LIST)

        assert LAMP not in answer.text

    def test_lead_to_who_can_take_it_with_the_words_filled_in(self, sign_in):
        client = sign_in()
        make(text="Iemand heeft schulden", place="Noord")

        page = client.get(LIST).text
        answer = client.post("/", {"text": "Iemand heeft schulden", "place": "Noord"})

        assert 'method="post" action="/">' in page
        assert '<input type="hidden" name="text" value="Iemand heeft schulden">' in page
        assert '<input type="hidden" name="place" value="Noord">' in page
        assert answer.status_code == 200

    def test_go_and_come_back_with_one_button_each(self, sign_in):
        client = sign_in()
        make(at=now())

        thrown = client.post(reverse("notes:throw_away", args=[KEY]), follow=True)
        waiting = [row.key for row in access.waiting(SAMIRA)]
        back = client.post(reverse("notes:take_back", args=[KEY]), follow=True)

        assert waiting == []
        assert "Haal terug" in thrown.text
        assert LAMP in back.text
        assert "Haal terug" not in back.text

    def test_of_somebody_else_are_not_there(self, sign_in):
        make()
        client = sign_in("karel")

        answers = [
            client.post(reverse(f"notes:{act}", args=[key])).status_code
            for act in ("throw_away", "take_back")
            for key in (KEY, uuid4())
        ]

        assert answers == [404] * 4

    def test_escape_what_was_written(self, sign_in):
        make(text="<b>Lamp</b> stuk")

        page = sign_in().get(LIST).text

        assert "<b>Lamp</b>" not in page
        assert "&lt;b&gt;Lamp&lt;/b&gt;" in page


class TestLeaving:
    def test_offers_to_log_out_anyway(self, sign_in):
        page = sign_in().get(reverse("notes:leaving")).text

        assert "/logout/?anyway=1" in page
        assert selectors.account_key(SAMIRA) in page

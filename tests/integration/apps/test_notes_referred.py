# SPDX-License-Identifier: EUPL-1.2
"""A note that becomes a referral: in one step, once, with nothing of anybody else in it."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.notes import access as note_access
from scharnier.apps.notes import models as notes
from scharnier.apps.notes import services as writing
from scharnier.apps.people.models import Organization
from scharnier.apps.referral import access, models, services
from scharnier.apps.rights import selectors as rights
from scharnier.core.kernel import Role
from scharnier.core.notes import Note
from scharnier.core.text import PersonalDataFound
from tests.factories import DAY, NOON, an_actor
from tests.integration import neighbourhood as here
from tests.integration.apps import digest_scenes as digests
from tests.integration.apps import referral_scenes
from tests.integration.apps.digest_scenes import send, told

pytestmark = pytest.mark.django_db
KEY = UUID("6f1c3f0e-6f43-4a3a-9a3b-2f3f7a1f0a01")
DEBTS = "Een gezin heeft schulden en durft de post niet open te maken"
AT = {"on": DAY, "at": NOON}
SAMIRA = an_actor("samira")
LIST = reverse("notes:own_notes")


def write(actor=SAMIRA, *, about="", key=KEY, text=DEBTS, **parts):
    writing.make_note(Note(text=text, **parts), about=about, key=key, actor=actor, at=NOON)


def the_note():
    return notes.Note.objects.get()


def make(actor=SAMIRA):
    return services.make_of_note(KEY, actor=actor, **AT)


def acts(prefix):
    found = AuditEvent.objects.filter(act__startswith=prefix).order_by("number")
    return list(found.values_list("act", flat=True))


class TestOfANote:
    @pytest.fixture(autouse=True)
    def _kruisveld(self, load, settings):
        settings.DAY = DAY
        load(here.a_neighbourhood())

    @pytest.fixture
    def desk(self):
        return Organization.objects.order_by("pk").first()

    def test_becomes_a_draft_with_words_place_and_matters(self):
        write(place="Noord")

        made = make()

        row = models.Referral.objects.get(pk=made)
        assert (row.text, row.area and row.area.name, bool(row.topic_ids)) == (DEBTS, "Noord", True)
        assert [turn.state for turn in row.turns.all()] == ["draft"]
        assert (the_note().referral_id, row.sender_text_id) == (made, "samira")
        assert not note_access.waiting(SAMIRA).exists()
        assert acts("note.") == ["note.made", "note.became_referral"]

    def test_goes_to_the_organization_that_it_names(self, desk):
        write(candidate=f" {desk.name.upper()} ")

        make()

        assert models.Turn.objects.get().organization == desk

    def test_tells_who_is_asked_about_a_place_that_is_no_neighbourhood(self):
        write(place="Achterstraat")

        row = models.Referral.objects.get(pk=make())

        assert (row.text, row.area) == (f"{DEBTS}\nAchterstraat", None)

    def test_is_made_once(self):
        write()

        assert make() == make()
        assert models.Referral.objects.count() == 1
        assert acts("note.") == ["note.made", "note.became_referral"]

    @pytest.mark.parametrize("about", ["group", "resident"])
    def test_waits_for_more_where_more_has_to_be_said(self, about):
        write(about=about)

        assert make() is None
        assert the_note().referral_id == ""
        assert not models.Referral.objects.exists()

    def test_with_data_of_somebody_in_it_stays_a_note(self):
        write()
        notes.Note.objects.update(text="Bel hem op 06 12345678 over zijn schulden")

        with pytest.raises(PersonalDataFound):
            make()

        assert (the_note().referral_id, models.Referral.objects.count()) == ("", 0)

    def test_is_for_the_writer_alone(self):
        write()

        with pytest.raises(note_access.NoteNotFound):
            make(an_actor("karel"))

    def test_stays_where_the_role_brings_nothing_to_others(self):
        write()

        with pytest.raises(access.MayNotRefer):
            make(an_actor("samira", role=Role.RESEARCHER))

        assert the_note().referral_id == ""

    def test_says_in_the_copy_what_became_of_it(self):
        write()
        made = make()

        (copy,) = rights.copy_of(SAMIRA, on=DAY, at=NOON).notes

        assert copy.referral_id == made


class TestPages:
    @pytest.fixture(autouse=True)
    def _kruisveld(self, load, settings):
        settings.DAY = DAY
        load(here.a_neighbourhood())

    @pytest.fixture
    def samira(self, sign_in):
        return sign_in("samira")

    @staticmethod
    def said(key=KEY, **parts):
        return {"text": DEBTS, "place": "", "about": "", "note": str(key), **parts}

    def test_have_one_button_that_leads_to_the_draft(self, samira):
        write()
        address = reverse("referral:of_note", args=[KEY])
        assert f'formaction="{address}"' in samira.get(LIST).text

        answer = samira.post(address, self.said(), follow=True)

        made = the_note().referral_id
        assert answer.redirect_chain[-1][0] == reverse("referral:referral", args=[made])
        assert "Dit is nu een concept." in answer.text
        shown = samira.get(LIST).text
        assert reverse("referral:referral", args=[made]) in shown
        assert f'formaction="{address}"' not in shown

    def test_fill_the_form_in_where_somebody_has_to_choose(self, samira):
        write(about="group")

        form = samira.post(reverse("referral:of_note", args=[KEY]), {"text": DEBTS, "about": "group"})

        assert form.status_code == 200
        assert "Kies wie je vraagt." in form.text
        assert DEBTS in form.text
        assert f'name="note" value="{KEY}"' in form.text

    def test_point_at_what_the_form_made(self, samira):
        write(about="group")
        asked = {
            "to": "person:karel",
            "way": "directly",
            "key": str(uuid4()),
            "about": "problem",
            "keep": "1",
        }

        answer = samira.post(reverse("referral:new"), self.said(about="problem") | asked)

        assert answer.status_code == 302
        assert the_note().referral_id == models.Referral.objects.get().pk

    def test_know_no_note_of_another(self, samira):
        write(an_actor("karel"))

        assert samira.post(reverse("referral:of_note", args=[KEY]), self.said()).status_code == 404
        assert the_note().referral_id == ""

    def test_say_what_may_not_stand_in_a_referral_and_keep_the_note(self, samira):
        write()
        notes.Note.objects.update(text="Bel hem op 06 12345678 over zijn schulden")

        answer = samira.post(reverse("referral:of_note", args=[KEY]), self.said(), follow=True)

        assert "utrecht-alert--error" in answer.text
        assert "Bel hem op 06 12345678" in answer.text
        assert the_note().referral_id == ""


class TestDigest:
    @pytest.fixture(autouse=True)
    def _kruisveld(self, settings):
        settings.ADDRESS = "https://kruisveld.example.org"
        digests.settle()

    def test_names_notes_that_wait_and_none_of_their_words(self):
        write(referral_scenes.BAS)
        write(referral_scenes.BAS, key=uuid4())

        assert send() == 1

        mail = told()["bas"]
        assert "Je hebt 2 aantekeningen die nog op iemand wachten, de oudste" in mail.text
        assert "https://kruisveld.example.org/notes/" in mail.text
        assert "schulden" not in mail.text
        assert "oudste belofte" not in mail.text

    def test_says_nothing_of_what_was_thrown_away_or_became_a_referral(self):
        write(referral_scenes.BAS)
        write(referral_scenes.NOOR, key=uuid4())
        writing.throw_away(KEY, actor=referral_scenes.BAS, at=NOON)
        notes.Note.objects.filter(writer__text_id="noor").update(referral_id="x")

        assert send() == 0

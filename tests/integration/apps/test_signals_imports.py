# SPDX-License-Identifier: EUPL-1.2
"""A list of signals: looked at first, taken in once, and of what is refused nothing is kept."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people import drafts, models, services, tasks
from scharnier.apps.signals import access, imports, selectors
from scharnier.apps.signals.models import Signal
from scharnier.core.kernel import Invalid, NotAllowed, OrganizationId, Role
from scharnier.core.signals import Source
from scharnier.formats import signals_list
from tests.factories import DAY, NOON, a_membership, an_actor
from tests.integration.apps.signals_scenes import (
    ANNEKE,
    BRAM,
    KRUISVELD,
    LIBRARY,
    LIES,
    SAMIRA,
    SCHOOL,
    acts,
    tell,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kruisveld_of_signals", "_today")]
HOUR = timedelta(hours=1)
HEADINGS = ("Kenmerk", "Wat", "Datum", "Plaats", "Onderwerp")
LAMP = ("17", "Lamp stuk bij de glijbaan", DAY, "Marsstraat 12", "zwerfafval")
GLASS = ("", "Glas op het schoolplein", DAY, "Noord", "")
NAMED = ("18", "Bel mevrouw op 06-12345678", DAY, "Noord", "")
PAGE, CHECK, DROP = (reverse(f"signals:{name}") for name in ("import", "check_list", "drop_list"))
TEMPLATE = reverse("signals:list_template")


def a_list(*rows, headings=HEADINGS):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([headings, *rows])
    return text.getvalue().encode()


def keep(*rows, actor=SAMIRA, owner_id=SCHOOL, at=NOON, headings=HEADINGS):
    data = a_list(*rows, headings=headings)
    imports.keep_list(data, file_name="lijst.csv", owner_id=owner_id, actor=actor, on=DAY, at=at)
    return models.ImportDraft.objects.get(person__text_id=actor.person_id)


def bring_in(*rows, actor=SAMIRA, owner_id=SCHOOL, at=NOON, headings=HEADINGS):
    draft = keep(*rows, actor=actor, owner_id=owner_id, at=at, headings=headings)
    return imports.import_list(draft.digest, actor=actor, on=DAY, at=at)


def own(actor=SAMIRA):
    return selectors.read_signals(actor).signals


class TestImportList:
    def test_keeps_each_good_row_as_a_signal_of_the_organization(self):
        fates = bring_in(LAMP, GLASS)

        lamp, glass = sorted(own(), key=lambda one: one.reference, reverse=True)
        assert (len(fates.new), fates.n_known) == (2, 0)
        assert lamp.value.text == LAMP[1]
        assert (lamp.value.place.words, lamp.value.place.area_id) == ("Marsstraat 12", "marsstraat")
        assert lamp.value.topics == {"litter"}
        assert lamp.value.source is Source.FILE
        assert lamp.value.owner_id == SCHOOL
        assert lamp.is_own
        assert lamp.reference == "17"
        assert glass.value.place.spot is not None  # the middle of Noord
        assert not models.ImportDraft.objects.exists()

    def test_lets_others_count_with_them_and_read_nothing(self):
        bring_in(LAMP)

        (trace,) = selectors.read_traces(KRUISVELD, since=DAY)

        assert trace.partner_id == SCHOOL
        assert own(LIES) == ()

    def test_adds_nothing_when_the_same_list_comes_twice(self):
        bring_in(LAMP, GLASS, GLASS)

        again = bring_in(GLASS, LAMP, GLASS)
        by_colleague = bring_in(LAMP, GLASS, actor=BRAM)

        assert (len(again.new), again.n_known) == (0, 3)
        assert (len(by_colleague.new), by_colleague.n_known) == (0, 2)
        assert Signal.objects.count() == 3

    def test_adds_what_says_the_same_under_another_reference_or_none(self):
        bring_in(LAMP)

        fates = bring_in(("18", *LAMP[1:]))
        loose = bring_in(("", *LAMP[1:]))

        assert (len(fates.new), len(loose.new)) == (1, 1)
        assert Signal.objects.count() == 3

    def test_adds_what_is_new_in_a_longer_list(self):
        bring_in(LAMP, GLASS)

        fates = bring_in(LAMP, ("19", *LAMP[1:]), GLASS, GLASS)

        assert [signal.reference for _, signal in fates.new] == ["19", ""]

    def test_leaves_what_is_here_as_it_is_whatever_the_list_says_of_it(self):
        tell(reference="17")

        fates = bring_in(LAMP)

        assert fates.n_known == 1
        assert [one.value.text for one in own()] != [LAMP[1]]

    def test_knows_each_organization_by_its_own_references(self):
        bring_in(LAMP, GLASS)

        fates = bring_in(LAMP, GLASS, actor=LIES, owner_id=LIBRARY)

        assert len(fates.new) == 2

    def test_puts_counts_and_a_fingerprint_on_record_and_no_words(self):
        bring_in(LAMP, GLASS)

        event = AuditEvent.objects.get(network_id=KRUISVELD, act="signal.imported")
        facts = dict(json.loads(event.facts))
        assert (facts["new"], facts["known"], event.object_id) == ("2", "0", SCHOOL)
        assert "Lamp" not in event.facts

    def test_takes_in_what_was_looked_at_and_no_other_list(self):
        looked_at = keep(LAMP).digest
        keep(GLASS)

        with pytest.raises(services.DraftReplaced):
            imports.import_list(looked_at, actor=SAMIRA, on=DAY, at=NOON)

        assert not Signal.objects.exists()

    def test_waits_an_hour_and_then_it_is_gone(self):
        digest = keep(LAMP).digest

        with pytest.raises(drafts.DraftNotFound):
            imports.import_list(digest, actor=SAMIRA, on=DAY, at=NOON + HOUR)
        tasks.forget_drafts.func()

        assert acts() == []

    def test_is_for_who_still_belongs_to_the_organization(self):
        digest = keep(LAMP).digest
        left = an_actor("samira")

        with pytest.raises(access.MayNotTell):
            imports.import_list(digest, actor=left, on=DAY, at=NOON)

        assert not Signal.objects.exists()

    def test_refuses_a_group_that_left_meanwhile_and_adds_nothing(self):
        digest = keep((*LAMP, "jongeren"), headings=(*HEADINGS, "Groep")).digest
        models.ResidentGroup.objects.all().delete()

        with pytest.raises(Invalid):
            imports.import_list(digest, actor=SAMIRA, on=DAY, at=NOON)

        assert not Signal.objects.exists()
        assert models.ImportDraft.objects.exists()

    def test_asks_the_database_no_more_for_many_rows(self, django_assert_max_num_queries):
        few = [(str(number), *LAMP[1:]) for number in range(300)]
        digest = keep(*few).digest

        with django_assert_max_num_queries(25):
            imports.import_list(digest, actor=SAMIRA, on=DAY, at=NOON)

        assert Signal.objects.count() == 300


class TestKeepList:
    @pytest.mark.parametrize(("actor", "owner_id"), [(ANNEKE, SCHOOL), (LIES, SCHOOL), (SAMIRA, LIBRARY)])
    def test_is_for_members_of_that_organization(self, actor, owner_id):
        with pytest.raises(NotAllowed):
            keep(LAMP, actor=actor, owner_id=owner_id)

        assert not models.ImportDraft.objects.exists()

    def test_keeps_nothing_of_a_row_with_personal_data_but_the_reason(self):
        draft = keep(LAMP, NAMED, headings=HEADINGS)

        kept = bytes(draft.data).decode() + json.dumps(draft.preview)
        assert "12345678" not in kept
        assert "mevrouw" not in kept
        assert "Je tekst noemt" in kept
        assert "Your text mentions" in kept

    def test_refuses_days_to_come_and_areas_of_nobody_by_their_row(self):
        keep(LAMP, ("20", "Lamp", DAY + HOUR * 24, "Noord", ""), ("21", "Lamp", DAY, "Atlantis", ""))

        page = imports.preview_list(SAMIRA, at=NOON)

        assert [(line.row, len(line.said["nl"])) for line in page.refused.lines] == [(3, 1), (4, 1)]
        assert page.refused.lines[0].said["nl"][0].startswith("lijst, rij 3: Kijk de dagen na")
        assert [signal.row for signal in page.new] == [2]

    def test_says_what_is_wrong_with_a_hundred_rows_and_counts_the_rest(self):
        keep(LAMP, *[NAMED] * 130)

        page = imports.preview_list(SAMIRA, at=NOON)

        assert (page.refused.n_rows, len(page.refused.lines)) == (130, imports.MOST_SAID)

    def test_recognises_a_topic_in_plain_words(self):
        keep((*LAMP[:4], "Overal zwerfvuil en rommel op straat"))

        (signal,) = imports.preview_list(SAMIRA, at=NOON).new

        assert signal.topics

    def test_refuses_a_file_that_is_too_large(self):
        with pytest.raises(services.FileTooLarge):
            imports.keep_list(
                b"x" * (imports.MOST_BYTES + 1),
                file_name="groot.csv",
                owner_id=SCHOOL,
                actor=SAMIRA,
                on=DAY,
                at=NOON,
            )

    def test_leaves_the_file_before_when_the_next_cannot_be_read(self):
        before = keep(LAMP)

        with pytest.raises(signals_list.NoList):
            imports.keep_list(b"%PDF", file_name="a.pdf", owner_id=SCHOOL, actor=SAMIRA, on=DAY, at=NOON)

        assert models.ImportDraft.objects.get() == before

    def test_of_one_is_seen_by_nobody_else(self):
        keep(LAMP)

        with pytest.raises(drafts.DraftNotFound):
            imports.preview_list(BRAM, at=NOON)

    def test_is_no_list_for_the_network(self):
        keep(LAMP, actor=SAMIRA)

        with pytest.raises(drafts.DraftNotFound):
            drafts.own_draft(an_actor("samira", role=Role.COORDINATOR), on=DAY, at=NOON)


def upload(client, data, *, name="lijst.csv", **more):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data), **more})


class TestImportPage:
    def test_shows_what_would_come_of_a_list_and_then_does_it(self, samira):
        tell(reference="16")

        looked = upload(samira, a_list(("16", *LAMP[1:]), LAMP, GLASS, NAMED), name="<b>lijst.csv")
        page = samira.get(looked["Location"], headers={"accept-language": "nl"}).text
        before = Signal.objects.count()
        done = samira.post(CHECK, {"digest": models.ImportDraft.objects.get().digest})
        told = samira.get(done["Location"], headers={"accept-language": "nl"}).text

        assert looked["Location"] == CHECK
        assert "&lt;b&gt;lijst.csv" in page
        assert "<strong>2</strong> signalen zijn nieuw" in page
        assert "<strong>1</strong> is er al" in page
        assert "<strong>1</strong> rij nemen we niet op" in page
        assert "rij 5: Je tekst noemt" in page
        assert "12345678" not in page
        assert LAMP[1] in page
        assert before == 1
        assert "Klaar. 2 nieuwe signalen. Eén was er al." in told

    def test_shows_days_as_they_are_known(self, samira):
        upload(samira, a_list(("1", "Lamp", "2026-W08", "Noord", ""), ("2", "Lamp", "2026-01", "Noord", "")))

        page = samira.get(CHECK, headers={"accept-language": "en"}).text

        assert "some day from 16 February 2026 to 22 February 2026" in page
        assert "some day from 1 January 2026 to 31 January 2026" in page

    def test_says_which_columns_were_not_read(self, samira):
        upload(samira, a_list((*LAMP, "Ria Smit"), headings=(*HEADINGS, "Melder")))

        page = samira.get(CHECK).text

        assert "Melder" in page
        assert "Ria Smit" not in page

    @pytest.mark.parametrize(
        ("data", "name", "said"),
        [
            (b"", "leeg.csv", "leeg"),
            (b"%PDF-1.7", "brief.pdf", "kunnen we hier niet lezen"),
            (b"PK\x03\x04 kapot", "kapot.xlsx", "beschadigd"),
            (b"x" * (imports.MOST_BYTES + 1), "groot.csv", "groter dan 5 MB"),
            (a_list(headings=("Wat", "Plaats")), "zonder.csv", "ontbreekt"),
            (a_list(), "kop.csv", "nog geen enkele rij"),
        ],
    )
    def test_says_at_the_file_what_is_wrong_with_it_and_keeps_nothing(self, samira, data, name, said):
        answer = samira.post(
            PAGE, {"file": SimpleUploadedFile(name, data)}, headers={"accept-language": "nl"}
        )

        assert answer.status_code == 422
        assert said in answer.text
        assert 'id="id_file_error"' in answer.text
        assert not models.ImportDraft.objects.exists()

    def test_asks_whose_the_signals_are_of_who_acts_for_two(self, samira):
        membership = a_membership("samira", organization="bibliotheek", start=date(2026, 1, 1))
        person = models.Person.objects.get(text_id="samira")
        library = models.Organization.objects.get(text_id="bibliotheek")
        models.Membership.objects.create(
            network_id=KRUISVELD,
            person=person,
            organization=library,
            role=membership.role,
            start_date=membership.start_date,
        )

        asked = upload(samira, a_list(LAMP))
        upload(samira, a_list(LAMP), owner=LIBRARY)
        samira.post(CHECK, {"digest": models.ImportDraft.objects.get().digest})

        assert asked.status_code == 422
        assert [row.organization.text_id for row in Signal.objects.all()] == [LIBRARY]

    def test_cannot_be_told_another_organization(self, samira):
        upload(samira, a_list(LAMP), owner=LIBRARY)
        samira.post(CHECK, {"digest": models.ImportDraft.objects.get().digest})

        assert [row.organization.text_id for row in Signal.objects.all()] == [SCHOOL]

    def test_puts_the_list_away(self, samira):
        upload(samira, a_list(LAMP))

        answer = samira.post(DROP)

        assert answer["Location"] == PAGE
        assert not models.ImportDraft.objects.exists()
        assert samira.get(CHECK).status_code == 404

    def test_offers_nothing_to_bring_in_when_there_is_nothing_new(self, samira):
        bring_in(LAMP)
        upload(samira, a_list(LAMP))

        page = samira.get(CHECK, headers={"accept-language": "nl"}).text

        assert "In deze lijst staat niets nieuws." in page
        assert "Lees 0" not in page

    def test_shows_the_other_list_when_it_was_replaced(self, samira):
        upload(samira, a_list(LAMP))
        looked_at = models.ImportDraft.objects.get().digest
        upload(samira, a_list(GLASS))

        answer = samira.post(CHECK, {"digest": looked_at})

        assert answer["Location"] == CHECK
        assert not Signal.objects.exists()

    @pytest.mark.parametrize("address", [PAGE, TEMPLATE])
    def test_is_not_for_who_acts_for_no_organization(self, sign_in, address):
        assert sign_in("anneke").get(address).status_code == 403

    def test_gives_the_empty_list_with_the_names_of_the_network(self, samira):
        answer = samira.get(TEMPLATE, headers={"accept-language": "nl"})

        names = load_workbook(io.BytesIO(answer.content))["Namen"]

        assert "Marsstraat" in [cell.value for cell in names["A"]]
        assert "attachment" in answer["Content-Disposition"]


class TestOwners:
    def test_are_named(self):
        assert imports.owners(SAMIRA, on=DAY) == ((OrganizationId("school"), "De Regenboog"),)

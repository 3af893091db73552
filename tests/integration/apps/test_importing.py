# SPDX-License-Identifier: EUPL-1.2
"""A file adds and changes; it takes nothing away, and speaks for nobody who is here."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from openpyxl import Workbook

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people import drafts, gone, models, selectors, services, tasks
from scharnier.apps.tombstones.services import mark_gone
from scharnier.core import network
from scharnier.core.kernel import NetworkId, Role
from scharnier.formats import tables
from tests.factories import (
    DAY,
    NOON,
    a_consent,
    a_membership,
    a_network,
    a_person,
    a_tie,
    an_actor,
    an_area,
    an_organization,
)
from tests.integration.apps.members_scenes import let_in

pytestmark = pytest.mark.django_db
KRUISVELD = NetworkId("kruisveld")
RIA = an_actor("ria", role=Role.COORDINATOR)
LISTING, HOUR = network.Purpose.LISTING, timedelta(hours=1)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    """Ria coordinates, Samira keeps her own card, Karel's waits for him."""
    load(
        a_network(
            areas=(an_area("noord"),),
            organizations=(an_organization("schuldhulp", name="Schuldhulp"),),
            persons=(a_person("ria"), a_person("samira"), a_person("karel", purposes=())),
            memberships=(a_membership("samira", organization="schuldhulp", role="adviseur"),),
            ties=(a_tie("samira", "ria"),),
        )
    )
    let_in("kruisveld", {"ria": Role.COORDINATOR, "samira": Role.PROFESSIONAL})


def a_workbook(**sheets):
    """A workbook with a sheet for each name, its rows told as dictionaries."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        headings = list(dict.fromkeys(heading for row in rows for heading in row))
        sheet.append(headings)
        for row in rows:
            sheet.append([row.get(heading) for heading in headings])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def keep(data, *, actor=RIA, at=NOON, file_name="mensen.xlsx"):
    services.keep_draft(data, file_name=file_name, actor=actor, on=DAY, at=at)


def bring_in(*, is_vouched=False, actor=RIA, at=NOON, **sheets):
    keep(a_workbook(**sheets), actor=actor, at=at)
    digest = models.ImportDraft.objects.get(person__text_id=actor.person_id).digest
    return services.import_draft(digest, is_vouched=is_vouched, actor=actor, on=DAY, at=at)


def person(name):
    return models.Person.objects.get(network_id="kruisveld", name=name)


def consents(name):
    return list(person(name).consents.order_by("pk").values_list("purpose", "given_date", "end_date"))


def facts_of(act):
    return dict(json.loads(AuditEvent.objects.get(network_id="kruisveld", act=act).facts))


class TestImportDraft:
    def test_adds_and_changes_rows_and_keeps_their_keys(self):
        before = {row.text_id: row.pk for row in models.Person.objects.all()}

        bring_in(
            Gebieden=[{"Naam": "Zuid", "Onderdeel van": "Noord"}],
            Organisaties=[{"Naam": "Schuldhulp", "Taak": "Geldzaken"}, {"Naam": "Bieb"}],
            Mensen=[
                {"Naam": "Karel", "E-mail": "karel@example.org"},
                {"Naam": "Noor", "Onderwerpen": "schulden"},
            ],
            Rollen=[{"Persoon": "Noor", "Organisatie": "Bieb", "Rol": "bibliothecaris"}],
            Banden=[{"Van": "Noor", "Naar": "Karel", "Datum": "2026-03-01"}],
        )

        after = selectors.read_snapshot(KRUISVELD).network
        assert [(area.id, area.parent_id) for area in after.areas] == [("noord", None), ("zuid", "noord")]
        assert [(each.name, each.remit) for each in after.organizations] == [
            ("Schuldhulp", "Geldzaken"),
            ("Bieb", ""),
        ]
        assert person("Karel").email == "karel@example.org"
        assert before.items() <= {row.text_id: row.pk for row in models.Person.objects.all()}.items()
        assert len(after.memberships) == len(after.ties) == 2
        assert after.topics

    def test_gives_new_persons_an_identifier_that_tells_nothing_and_stays(self):
        bring_in(Mensen=[{"Naam": "Noor de Wit"}])
        found = person("Noor de Wit").text_id

        bring_in(Mensen=[{"Naam": "Noor  de wit", "Telefoon": "06 12345678"}])

        assert "noor" not in found
        assert (person("Noor  de wit").text_id, person("Noor  de wit").phone) == (found, "06 12345678")

    def test_leaves_the_card_of_somebody_who_keeps_it(self):
        merge = bring_in(Mensen=[{"Naam": "Samira", "E-mail": "iemand@example.org"}])

        assert person("Samira").email == ""
        assert [step.item.name for step in merge.of("persons", network.Fate.KEPT)] == ["Samira"]

    def test_does_not_bring_back_who_left_sight(self):
        services.leave_sight(actor=an_actor("samira"), on=DAY, at=NOON)
        before = consents("Samira")

        bring_in(is_vouched=True, Mensen=[{"Naam": "Samira", "Vindbaar sinds": "2026-01-01"}])

        assert consents("Samira") == before
        assert not person("Samira").consents.filter(end_date__isnull=True).exists()

    def test_does_not_bring_back_a_tie_that_was_taken_away(self):
        models.Tie.objects.all().delete()

        bring_in(Banden=[{"Van": "Karel", "Naar": "Samira", "Datum": "2026-03-01"}])

        assert not models.Tie.objects.exists()

    def test_says_yes_to_a_role_that_its_person_claimed(self):
        bieb = models.Organization.objects.create(network_id="kruisveld", text_id="bieb", name="Bieb")
        claim = models.Membership.objects.create(
            network_id="kruisveld", person=person("Samira"), organization=bieb, is_confirmed=False
        )

        bring_in(Rollen=[{"Persoon": "Samira", "Organisatie": "Bieb"}])

        claim.refresh_from_db()
        assert claim.is_confirmed
        assert models.Membership.objects.filter(organization=bieb).count() == 1

    def test_ends_a_role(self):
        bring_in(
            Rollen=[
                {
                    "Persoon": "Samira",
                    "Organisatie": "Schuldhulp",
                    "Rol": "adviseur",
                    "Tot en met": "2026-03-01",
                }
            ]
        )

        assert str(models.Membership.objects.get().end_date) == "2026-03-01"

    @pytest.mark.parametrize(("is_vouched", "n_consents"), [(False, 0), (True, 1)])
    def test_shows_who_is_new_when_somebody_answers_for_the_dates(self, is_vouched, n_consents):
        bring_in(
            is_vouched=is_vouched,
            Mensen=[{"Naam": name, "Vindbaar sinds": "2026-01-01"} for name in ("Noor", "Bewoner Bo")],
            Rollen=[{"Persoon": "Noor", "Organisatie": "Schuldhulp"}],
        )

        assert len(consents("Noor")) == n_consents
        assert consents("Bewoner Bo") == []
        assert facts_of("network.imported")["vouched"] == ("yes" if is_vouched else "no")

    def test_makes_nobody_again_who_was_erased(self):
        bring_in(Mensen=[{"Naam": "Noor"}])
        noor = person("Noor")
        mark_gone(gone.PERSON, noor.text_id, network_id=KRUISVELD, by="right.erasure", on=DAY)
        noor.delete()

        merge = bring_in(Mensen=[{"Naam": "Noor"}])

        assert not models.Person.objects.filter(name="Noor").exists()
        assert merge.of("persons", network.Fate.REFUSED)

    def test_is_one_event_of_counts_and_a_new_revision(self):
        before = selectors.revision(KRUISVELD)

        bring_in(Mensen=[{"Naam": "Noor"}, {"Naam": "Samira", "Samenvatting": "Iets anders"}])

        assert selectors.revision(KRUISVELD) != before
        facts = facts_of("network.imported")
        assert (facts["persons_added"], facts["persons_kept"]) == ("1", "1")
        assert not models.ImportDraft.objects.exists()

    def test_leaves_nothing_behind_when_a_part_fails(self, monkeypatch):
        monkeypatch.setattr(models.Tie.objects, "bulk_create", _fail)

        with pytest.raises(RuntimeError):
            bring_in(Mensen=[{"Naam": "Noor"}])

        assert not models.Person.objects.filter(name="Noor").exists()
        assert models.ImportDraft.objects.exists()

    def test_asks_the_same_queries_for_few_and_many(self, django_assert_max_num_queries):
        crowd = [{"Naam": f"Nieuw {number}", "Vindbaar sinds": "2026-01-01"} for number in range(60)]
        keep(a_workbook(Mensen=crowd))
        digest = models.ImportDraft.objects.get().digest

        with django_assert_max_num_queries(70):
            services.import_draft(digest, is_vouched=True, actor=RIA, on=DAY, at=NOON)

    def test_is_refused_to_others(self):
        for role in set(Role) - {Role.COORDINATOR}:
            with pytest.raises(drafts.MayNotImport):
                bring_in(actor=an_actor("ria", role=role), Mensen=[{"Naam": "Noor"}])

    def test_does_only_what_was_looked_at(self):
        keep(a_workbook(Mensen=[{"Naam": "Noor"}]))
        looked_at = models.ImportDraft.objects.get().digest
        keep(a_workbook(Mensen=[{"Naam": "Bo"}]))

        with pytest.raises(services.DraftReplaced):
            services.import_draft(looked_at, is_vouched=False, actor=RIA, on=DAY, at=NOON)

    def test_knows_no_file_after_an_hour(self):
        keep(a_workbook(Mensen=[{"Naam": "Noor"}]))
        digest = models.ImportDraft.objects.get().digest

        with pytest.raises(drafts.DraftNotFound):
            services.import_draft(digest, is_vouched=False, actor=RIA, on=DAY, at=NOON + HOUR)


def _fail(*_, **__):
    raise RuntimeError


class TestKeepDraft:
    def test_keeps_nothing_of_a_file_with_a_fault(self):
        with pytest.raises(tables.MalformedTables):
            keep(a_workbook(Rollen=[{"Persoon": "Niemand", "Organisatie": "Schuldhulp"}]))

        assert not models.ImportDraft.objects.exists()

    def test_refuses_what_is_too_large_unread(self):
        with pytest.raises(services.FileTooLarge):
            keep(b"x" * (selectors.MOST_BYTES + 1))

    def test_refuses_what_holds_nothing(self):
        with pytest.raises(services.NothingInFile):
            keep(tables.write_template("nl"))


class TestImportPreview:
    def preview(self):
        return selectors.import_preview(RIA, on=DAY, at=NOON)

    def test_is_made_when_the_file_comes_in(self, django_assert_max_num_queries):
        keep(a_workbook(Mensen=[{"Naam": "Noor"}, {"Naam": "Karel", "E-mail": "karel@example.org"}]))

        with django_assert_max_num_queries(2):  # the file, and whether the network is still what it was
            found = self.preview()

        (persons,) = found.parts
        assert (persons.added, persons.changed) == (("Noor",), ("Karel",))

    def test_tells_that_the_network_changed_since(self):
        keep(a_workbook(Mensen=[{"Naam": "Noor"}]), at=NOON)
        before = self.preview()
        services.bump_revision(KRUISVELD)

        after = self.preview()

        assert (before.older_since, after.older_since) == (None, NOON)
        assert replace(after, older_since=None) == before

    def test_is_of_then_and_the_file_is_weighed_anew_when_brought_in(self):
        keep(a_workbook(Mensen=[{"Naam": "Noor"}]))
        models.Person.objects.create(network_id="kruisveld", text_id="noor", name="Noor", awaits_person=True)
        services.bump_revision(KRUISVELD)
        page = self.preview()

        merge = services.import_draft(page.digest, is_vouched=False, actor=RIA, on=DAY, at=NOON)

        assert page.parts[0].added == ("Noor",)
        assert merge.of("persons", network.Fate.ADDED) == ()


class TestForgetDrafts:
    def test_deletes_what_waited_for_an_hour(self):
        keep(a_workbook(Mensen=[{"Naam": "Noor"}]))

        assert services.forget_drafts(at=NOON + HOUR - timedelta(seconds=1)) == 0
        assert services.forget_drafts(at=NOON + HOUR) == 1

    def test_is_done_at_night(self, settings):
        keep(a_workbook(Mensen=[{"Naam": "Noor"}]), at=NOON - timedelta(days=9000))

        tasks.forget_drafts.func()

        assert settings.PERIODIC_TASKS["people.forget_drafts"][0] == tasks.forget_drafts.module_path
        assert not models.ImportDraft.objects.exists()


class TestLoadNetworkWherePeopleLive:
    def load(self, **parts):
        services.load_network(a_network(**parts), at=NOON)

    def test_keeps_accounts_and_rows_of_who_is_not_in_the_file(self):
        before = set(models.Account.objects.values_list("pk", "person_id"))

        self.load(persons=(a_person("noor"),))

        assert set(models.Account.objects.values_list("pk", "person_id")) == before
        assert models.Person.objects.filter(text_id="noor").exists()

    def test_does_not_bring_back_who_left_sight(self):
        services.leave_sight(actor=an_actor("samira"), on=DAY, at=NOON)

        self.load(persons=(a_person("samira"), a_person("noor")))

        assert not person("Samira").consents.filter(end_date__isnull=True).exists()
        assert person("Noor").consents.count() == len(network.Purpose)

    def test_merges_too_once_the_last_account_went(self):
        services.leave_sight(actor=an_actor("samira"), on=DAY, at=NOON)
        models.Account.objects.all().delete()

        self.load(persons=(a_person("samira"),))

        assert not person("Samira").consents.filter(end_date__isnull=True).exists()

    def test_gives_new_consents_to_nobody_who_is_there(self):
        self.load(persons=(replace(a_person("karel"), consents=(a_consent(LISTING),)),))

        assert consents("Karel") == []

# SPDX-License-Identifier: EUPL-1.2
"""The pages to bring a list in and take a copy out: what they show, refuse and keep."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people import exporting, models, selectors, services
from scharnier.core import network
from scharnier.core.kernel import Role
from scharnier.formats import network_json, tables
from tests.factories import (
    DAY,
    NOON,
    a_consent,
    a_membership,
    a_network,
    a_person,
    a_service,
    a_tie,
    an_actor,
    an_organization,
)
from tests.integration.apps.members_scenes import PASSWORD, letters, link_in
from tests.integration.apps.test_importing import a_workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LISTING, CONTACT = network.Purpose.LISTING, network.Purpose.CONTACT
IMPORT, CHECK, DROP = (
    reverse(f"people:{name}") for name in ("import_network", "check_import", "drop_import")
)
EXPORT, TEMPLATE = reverse("people:export_network"), reverse("people:import_template")
API = "/api/v1/network/export"
MEMBERS = set(Role) - {Role.RESEARCHER, Role.ADMINISTRATOR}
UNTIL = DAY + timedelta(days=30)


def a_card(name, *purposes):
    return replace(
        a_person(name, summary=f"Verhaal van {name}", email=f"{name}@example.org"),
        phone="06 12345678",
        consents=tuple(a_consent(purpose) for purpose in purposes),
    )


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(
        a_network(
            organizations=(an_organization("schuldhulp", name="Schuldhulp"),),
            services=(a_service(),),
            persons=(
                a_card("ria"),
                a_card("samira", LISTING, CONTACT),
                a_card("karel", LISTING),
                a_card("verborgen"),
            ),
            memberships=[
                a_membership(name, organization="schuldhulp") for name in ("samira", "karel", "verborgen")
            ],
            ties=(a_tie("samira", "karel"), a_tie("samira", "verborgen")),
        )
    )


def upload(client, data, *, name="mensen.xlsx", **more):
    return client.post(IMPORT, {"file": SimpleUploadedFile(name, data), **more})


def confirm(client, **answers):
    return client.post(
        CHECK,
        {"digest": models.ImportDraft.objects.values_list("digest", flat=True).first() or "", **answers},
    )


class TestImportPage:
    def test_gives_the_empty_workbook_in_the_language_of_the_reader(self, ria):
        book = load_workbook(io.BytesIO(ria.get(TEMPLATE, headers={"accept-language": "nl"}).content))

        assert "Mensen" in book.sheetnames

    def test_shows_what_would_come_of_a_file_and_then_does_it(self, ria):
        rows = [{"Naam": "Noor"}, {"Naam": "Karel", "Telefoon": "06 1"}]

        looked = upload(ria, a_workbook(Mensen=rows), name="<b>lijst.xlsx")
        page = ria.get(looked["Location"])
        before = models.Person.objects.count()
        done = confirm(ria)

        assert looked["Location"] == CHECK
        assert "&lt;b&gt;lijst.xlsx" in page.text
        assert "Noor" in page.text
        assert done["Location"] == IMPORT
        assert models.Person.objects.count() == before + 1
        assert "1" in ria.get(IMPORT).text

    def test_names_every_fault_by_its_place_and_keeps_nothing(self, ria):
        answer = upload(
            ria,
            a_workbook(Mensen=[{"Naam": "Noor", "Vindbaar sinds": "ja"}], Rollen=[{"Persoon": "Piet"}]),
            name="mensen.xlsx",
        )

        assert answer.status_code == 422
        assert "Mensen, rij 2, kolom \N{LEFT SINGLE QUOTATION MARK}Vindbaar sinds" in answer.text
        assert "Rollen, rij 2, kolom \N{LEFT SINGLE QUOTATION MARK}Persoon" in answer.text
        assert "2 dingen in het bestand kloppen niet" in answer.text
        assert not models.ImportDraft.objects.exists()

    @pytest.mark.parametrize(
        ("data", "name", "said"),
        [
            (b"", "leeg.xlsx", "leeg"),
            (b"%PDF-1.7", "brief.pdf", "kunnen we hier niet lezen"),
            (b"PK\x03\x04 kapot", "kapot.xlsx", "beschadigd"),
            (b"\xd0\xcf\x11\xe0", "oud.xls", "xlsx"),
            (b"x" * (selectors.MOST_BYTES + 1), "groot.xlsx", "groter dan 5 MB"),
            (tables.write_template("nl"), "leeg.xlsx", "nog geen enkele rij"),
            (b'{"format": "scharnier-network"', "half.json", "geen JSON"),
        ],
    )
    def test_says_what_is_wrong_with_a_file_as_a_whole(self, ria, data, name, said):
        answer = upload(ria, data, name=name)

        assert answer.status_code == 422
        assert said in answer.text

    def test_asks_for_a_file_when_there_is_none(self, ria):
        answer = ria.post(IMPORT, {"x": "1"})

        assert answer.status_code == 422
        assert "Kies een bestand" in answer.text

    def test_asks_who_answers_for_consents_only_where_there_are_any(self, ria):
        rows = [{"Naam": "Noor", "Vindbaar sinds": "2026-01-01"}]
        upload(ria, a_workbook(Mensen=rows))
        resident = ria.get(CHECK).text
        upload(ria, a_workbook(Mensen=rows, Rollen=[{"Persoon": "Noor", "Organisatie": "Schuldhulp"}]))
        working = ria.get(CHECK).text

        assert "is_vouched" not in resident
        assert "is_vouched" in working
        confirm(ria, is_vouched="on")
        assert models.Consent.objects.filter(person__name="Noor").exists()

    def test_says_that_a_card_is_for_its_person_to_change(self, ria, sign_in):
        sign_in("samira")

        upload(ria, a_workbook(Mensen=[{"Naam": "Samira", "E-mail": "x@example.org"}]))

        page = ria.get(CHECK).text
        assert "voor de mensen zelf" in page
        assert "x@example.org" not in page

    def test_throws_the_file_away_when_asked(self, ria):
        upload(ria, a_workbook(Mensen=[{"Naam": "Noor"}]))

        assert ria.post(DROP)["Location"] == IMPORT
        assert ria.get(CHECK).status_code == 404

    def test_shows_another_file_first_that_came_in_between(self, ria):
        upload(ria, a_workbook(Mensen=[{"Naam": "Noor"}]))

        answer = ria.post(CHECK, {"digest": "0" * 64}, follow=True)

        assert "intussen een ander bestand" in answer.text
        assert not models.Person.objects.filter(name="Noor").exists()

    def test_says_so_when_the_database_cannot_keep_what_is_in_it(self, ria):
        group = network.ResidentGroup(id="jongeren", name="Jongeren", n_people=10**30)
        upload(ria, network_json.write_network(a_network(resident_groups=(group,))), name="groot.json")

        answer = ria.post(CHECK, {"digest": models.ImportDraft.objects.get().digest}, follow=True)

        assert "te groot" in answer.text
        assert not models.ResidentGroup.objects.exists()

    def test_keeps_a_file_to_whoever_chose_it(self, ria, sign_in):
        upload(ria, a_workbook(Mensen=[{"Naam": "Noor"}]))

        assert sign_in("karel", role=Role.COORDINATOR).get(CHECK).status_code == 404

    @pytest.mark.parametrize("role", set(Role) - {Role.COORDINATOR})
    def test_is_for_the_coordinator_alone(self, sign_in, role):
        client = sign_in("samira", role=role)

        codes = {client.get(address).status_code for address in (IMPORT, TEMPLATE, CHECK)}
        codes.add(upload(client, a_workbook(Mensen=[{"Naam": "Noor"}])).status_code)

        assert codes == {403}

    @pytest.mark.parametrize("n_persons", [1, 60])
    def test_takes_the_same_queries_for_few_and_many(self, ria, n_persons, django_assert_max_num_queries):
        upload(ria, a_workbook(Mensen=[{"Naam": f"Nieuw {number}"} for number in range(n_persons)]))

        with django_assert_max_num_queries(40):
            ria.get(CHECK)


class TestInvitePage:
    def test_offers_cards_that_wait_for_their_person(self, ria):
        upload(ria, a_workbook(Mensen=[{"Naam": "Noor"}]))
        confirm(ria)
        noor = models.Person.objects.get(name="Noor")

        page = ria.get(reverse("members:invite"), {"card": noor.text_id}).text

        assert f'<option value="{noor.text_id}" selected>Noor</option>' in page

    def test_does_not_name_who_withdrew_before_they_came_in(self, ria):
        models.Consent.objects.filter(person__text_id="karel").update(end_date=DAY - timedelta(days=1))

        page = ria.get(reverse("members:invite")).text

        assert "Karel" not in page
        assert "Verborgen" in page

    def test_gives_the_card_to_whoever_comes_in_by_the_link(self, ria, client):
        upload(ria, a_workbook(Mensen=[{"Naam": "Noor"}]))
        confirm(ria)
        noor = models.Person.objects.get(name="Noor")
        ria.post(
            reverse("members:invite"),
            {"email": "noor@example.org", "role": "professional", "person_id": noor.text_id},
        )

        client.post(link_in(letters()[-1]), {"name": "Noortje", "password": PASSWORD})

        noor.refresh_from_db()
        assert models.Account.objects.get(user__username="noor@example.org").person == noor
        assert not noor.awaits_person
        upload(ria, a_workbook(Mensen=[{"Naam": "Noor", "Telefoon": "06 1"}]))
        assert "voor de mensen zelf" in ria.get(CHECK).text

    def test_does_not_name_them_to_the_administrator(self, sign_in):
        page = sign_in("karel", role=Role.ADMINISTRATOR).get(reverse("members:invite")).text

        assert "Verborgen" not in page


class TestFirstSteps:
    @pytest.fixture
    def _nobody_listed(self):
        models.Consent.objects.all().delete()

    @pytest.mark.usefixtures("_nobody_listed")
    def test_are_shown_to_the_coordinator_before_and_after_a_question(self, ria):
        assert IMPORT in ria.get("/").text.partition("<main")[2]
        assert "Hier is nog niemand te vinden" in ria.get("/").text

    @pytest.mark.usefixtures("_nobody_listed")
    def test_are_not_for_others(self, sign_in):
        assert IMPORT not in sign_in("samira").get("/").text

    def test_are_over_once_somebody_can_be_found(self, ria):
        assert IMPORT not in ria.get("/").text.partition("<main")[2]

    def test_stand_in_an_answer_that_knows_nobody(self, ria):
        models.Network.objects.update(revision="leeg")
        models.Outcome.objects.all().delete()
        models.Person.objects.exclude(text_id="ria").delete()
        models.Organization.objects.all().delete()

        answer = ria.post("/", {"text": "Wie helpt bij schulden?", "place": ""}).text

        assert IMPORT in answer.partition("<main")[2]


def wish(form=exporting.Form.JSON, **more):
    return {"aim": "meeting", "until": UNTIL.isoformat(), "form": form.value, **more}


def text_of(answer):
    """Return all that a copy says, whatever its form."""
    if not answer.content.startswith(b"PK"):
        return answer.content.decode()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


class TestExportPage:
    @pytest.mark.parametrize("form", exporting.Form)
    def test_holds_who_wants_to_be_found_and_nobody_else(self, sign_in, form):
        answer = sign_in("samira").post(EXPORT, wish(form))

        said = text_of(answer)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].startswith('attachment; filename="kruisveld-2026-03-29')
        assert ("Karel" in said) is (form is not exporting.Form.HSDS)
        assert "Spreekuur" in said or form is not exporting.Form.HSDS
        assert "erborgen" not in said
        assert "karel@example.org" not in said

    def test_holds_ways_to_reach_and_fields_as_their_person_agreed(self, sign_in):
        answer = sign_in("karel").post(EXPORT, wish())

        whole = network_json.read_network(answer.content)

        ways = {person.id: (person.email, person.phone) for person in whole.persons}
        assert ways == {"samira": ("samira@example.org", "06 12345678"), "karel": ("", "")}
        assert not any(person.consents for person in whole.persons)
        assert [(tie.source_id, tie.target_id) for tie in whole.ties] == [("samira", "karel")]

    def test_leaves_out_what_a_person_keeps_to_themselves_even_for_themselves(self, sign_in):
        models.Person.objects.filter(text_id="samira").update(visibility={"summary": "private"})

        said = sign_in("samira").post(EXPORT, wish()).content.decode()

        assert "Verhaal van karel" in said
        assert "Verhaal van samira" not in said

    def test_leaves_out_who_left_sight_a_moment_ago(self, sign_in):
        client = sign_in("karel")
        services.leave_sight(actor=an_actor("samira"), on=DAY, at=NOON)

        assert "amira" not in client.post(EXPORT, wish()).content.decode()

    def test_puts_on_record_what_the_copy_is_for(self, sign_in):
        sign_in("samira").post(EXPORT, wish())

        event = AuditEvent.objects.get(act="network.exported")
        assert (event.purpose, event.basis, event.actor_id) == ("meeting", "consent", "samira")
        assert dict(json.loads(event.facts)) == {"form": "json", "persons": "2", "until": UNTIL.isoformat()}

    def test_is_a_graph_that_other_programs_read(self, sign_in):
        answer = sign_in("samira").post(EXPORT, wish(exporting.Form.GRAPHML))

        assert ElementTree.fromstring(answer.content).tag.endswith("graphml")  # noqa: S314  our own

    def test_comes_back_in_by_the_import_and_changes_nothing(self, ria):
        upload(ria, ria.post(EXPORT, wish(exporting.Form.XLSX)).content)

        assert "staat hier al" in ria.get(CHECK).text

    @pytest.mark.parametrize("until", [DAY - timedelta(days=1), DAY + timedelta(days=366), ""])
    def test_asks_for_a_day_within_a_year(self, sign_in, until):
        answer = sign_in("samira").post(EXPORT, wish(until=str(until)))

        assert answer.status_code == 422
        assert not AuditEvent.objects.filter(act="network.exported").exists()

    @pytest.mark.parametrize("role", Role)
    def test_is_for_who_sees_the_people(self, sign_in, role):
        client = sign_in("samira", role=role)

        codes = {client.get(EXPORT).status_code, client.post(EXPORT, wish()).status_code}
        asked = client.get(API, {"purpose": "meeting", "until": UNTIL.isoformat()})

        assert codes == ({200} if role in MEMBERS else {403})
        assert asked.status_code == (200 if role in MEMBERS else 403)


class TestExportNetwork:
    def test_holds_nobody_who_left_sight_while_it_was_written(self):
        wish = exporting.Wish(aim=exporting.Aim.FIGURES, until=UNTIL, form=exporting.Form.JSON)
        samira = an_actor("samira", role=Role.PROFESSIONAL)
        left = []

        def leave_before_the_record(execute, sql, *rest):
            if sql.startswith("SAVEPOINT") and not left:
                left.append("karel")
                services.leave_sight(actor=an_actor("karel"), on=DAY, at=NOON)
            return execute(sql, *rest)

        with connection.execute_wrapper(leave_before_the_record):
            copy = exporting.export_network(wish, actor=samira, on=DAY, at=NOON)

        names = [person.name for person in network_json.read_network(copy.data).persons]
        assert (left, names) == (["karel"], ["Samira"])


class TestExportApi:
    def test_is_the_same_copy_as_on_the_page(self, sign_in):
        client = sign_in("samira")

        asked = client.get(API, {"purpose": "figures", "until": UNTIL.isoformat()})

        assert asked.content == client.post(EXPORT, wish()).content
        assert AuditEvent.objects.filter(act="network.exported", purpose="figures").exists()

    @pytest.mark.parametrize("query", [{}, {"purpose": "figures"}, {"purpose": "x", "until": "2026-04-01"}])
    def test_asks_what_it_is_for_and_until_when(self, sign_in, query):
        assert sign_in("samira").get(API, query).status_code == 422

    def test_refuses_a_day_too_far_away(self, sign_in):
        answer = sign_in("samira").get(API, {"purpose": "figures", "until": "2099-01-01"})

        assert answer.status_code == 422
        assert answer["Content-Type"] == "application/problem+json"

# SPDX-License-Identifier: EUPL-1.2
"""A copy of everything: complete, the same for programs and readers, and on record."""

from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from scharnier.apps.audit import services as log
from scharnier.apps.audit.labels import ACTS
from scharnier.apps.digest import services as digest
from scharnier.apps.digest.models import Sending
from scharnier.apps.mail import services as mail
from scharnier.apps.members.models import HandOver
from scharnier.apps.people.models import Account, Organization, User
from scharnier.apps.rights import labels, selectors
from scharnier.core.digest import MailTerms, Often
from scharnier.core.kernel import Role
from tests.factories import DAY, NOON, a_network, a_person
from tests.integration.apps import rights_scenes as scenes
from tests.integration.apps.reading import paper_of, words_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
OWN, JSON, PDF = (reverse(f"rights:{name}") for name in ("own_data", "own_copy", "own_document"))


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def copied(subject=scenes.SAMIRA):
    return selectors.copy_of(subject, on=DAY, at=NOON)


def user():
    return User.objects.get(username="samira@kruisveld")


class TestCopyOf:
    def test_holds_the_card_with_what_is_private(self):
        person = scenes.row()
        person.visibility = {"summary": "private"}
        person.save()

        card = copied().card

        assert (card.name, card.summary, card.email) == (scenes.NAME, "Ik help bij schulden.", scenes.EMAIL)
        assert card.visibility == {"summary": "private"}

    def test_holds_what_was_agreed_to_with_its_dates(self):
        assert {(each.purpose, each.end_date) for each in copied().consents} == {
            (purpose, None) for purpose in ("listing", "contact", "introduction", "research")
        }

    def test_holds_roles_that_ended_and_claims_too(self):
        person = scenes.row()
        person.memberships.filter(role="adviseur").update(end_date=DAY, is_confirmed=False)

        roles = {each.where: each for each in copied().roles}

        assert set(roles) == {"Schuldhulp", "Koor"}
        assert (roles["Schuldhulp"].end_date, roles["Schuldhulp"].is_confirmed) == (DAY, False)

    def test_holds_contacts_from_both_sides_and_names_nobody_who_is_hidden(self):
        ties = {(each.other, each.said_by, each.kind) for each in copied().ties}

        assert ties == {
            ("Karel", "you", "knows"),
            ("Karel", "other", "works_with"),
            ("Karel", "other", "trusts"),
            ("", "other", "knows"),
            ("", "you", "knows"),
        }

    def test_holds_the_account_and_what_went_wrong_with_it(self):
        AccessAttempt.objects.create(
            username="Samira@Kruisveld", ip_address="127.0.0.9", user_agent="Vreemd", failures_since_start=1
        )

        copy = copied()

        assert (copy.account.username, copy.account.role) == ("samira@kruisveld", "professional")
        assert [each.address for each in copy.failed_logins] == ["127.0.0.9"]

    def test_holds_sessions(self, client):
        someone = user()
        someone.password = make_password("een lange zin")
        someone.save()
        client.post("/login/", {"username": someone.username, "password": "een lange zin"})

        (session,) = copied().sessions

        assert session.address == "127.0.0.1"

    def test_holds_invitations_mails_and_hand_overs(self):
        scenes.invite(scenes.EMAIL.upper())
        mail.queue_message(to=scenes.EMAIL, template="erased", facts={"network": "Kruisveld"}, language="nl")
        HandOver.objects.create(
            network_id="kruisveld", from_person=scenes.row(), to_person=scenes.row("karel"),
            on_date=DAY, made_date=DAY,
        )  # fmt: skip

        copy = copied()

        assert [each.email for each in copy.invitations] == [scenes.EMAIL.upper()]
        assert [each.subject for each in copy.mails] == ["Je bent gewist uit Kruisveld"]
        assert [each.is_from_you for each in copy.hand_overs] == [True]

    def test_holds_how_and_when_what_waits_was_told_and_not_the_key_to_it(self):
        samira = Account.objects.get(person__text_id="samira", network_id="kruisveld")
        terms = MailTerms(often=Often.WORKING_DAYS, weekday=2, hour=17)
        digest.choose_terms(terms, language="en", actor=scenes.SAMIRA, at=NOON)
        digest.open_calendar(actor=scenes.SAMIRA, at=NOON)
        Sending.objects.create(network_id="kruisveld", account=samira, day=DAY, n_things=3, made_at=NOON)

        copy = copied()

        (chosen,) = copy.mail_terms
        assert (chosen.often, chosen.weekday, chosen.hour, chosen.language) == ("working_days", 2, 17, "en")
        assert [each.made_at for each in copy.calendar_feeds] == [NOON]
        assert [(each.day, each.n_things) for each in copy.mail_digests] == [(DAY, 3)]
        assert samira.calendar_feed.version not in str(copy)

    def test_holds_how_questions_ended_and_never_their_words(self):
        copy = copied()

        assert [each.response for each in copy.outcomes] == ["accepted", "accepted"]
        assert "schulden?" not in str(copy.outcomes)

    def test_holds_whom_one_named_instead_but_for_who_is_hidden(self):
        desk = Organization.objects.get(text_id="schuldhulp")
        for person_id, organization in (("karel", None), (None, desk), ("stil", None)):
            scenes.decline(
                "samira", person=scenes.row(person_id) if person_id else None, organization=organization
            )

        declined = [each for each in copied().outcomes if each.response == "declined"]

        assert [(each.reason, each.rather) for each in declined] == [
            ("conflict", "Karel"),
            ("conflict", "Schuldhulp"),
            ("conflict", ""),
        ]

    def test_holds_that_one_was_named_and_not_by_whom_or_why(self):
        scenes.decline("karel", person=scenes.row())

        (named,) = (each for each in copied().outcomes if each.response == "named")

        assert (named.happened_date, named.reason, named.rather) == (DAY, "", "")

    def test_holds_who_looked_and_what_one_did(self, sign_in):
        sign_in("karel", role=Role.RESIDENT).get(reverse("people:person", args=["samira"]))
        sign_in("samira").get(reverse("people:person", args=["karel"]))

        copy = copied()

        assert [(each.who, each.outcome) for each in copy.card_reads] == [("Karel", "done")]
        assert [(each.act, each.object_id) for each in copy.acts] == [("card.read", "karel")]

    def test_names_no_reader_who_is_hidden(self, sign_in):
        scenes.row("karel").consents.all().delete()
        sign_in("karel", role=Role.RESIDENT).get(reverse("people:person", args=["samira"]))

        assert [each.who for each in copied().card_reads] == [""]

    def test_holds_nothing_of_another_network(self, load):
        load(a_network(network_id="elders", persons=(a_person("samira", name="Een ander"),)))
        scenes.invite(scenes.EMAIL, network_id="elders")

        copy = copied()

        assert "Een ander" not in str(copy)
        assert copy.invitations == []

    def test_has_a_name_for_each_part_a_reader_sees(self):
        named = {part.name for part in labels.PARTS}

        assert named == set(selectors.DataCopy.__annotations__) - {"network", "network_id", "made_at"}

    def test_reads_as_often_for_fifty_contacts_as_for_some(self, django_assert_num_queries):
        with django_assert_num_queries(40, exact=False) as counted:
            copied()
        person, karel = scenes.row(), scenes.row("karel")
        for _ in range(50):
            person.ties_from.create(
                network_id="kruisveld", target=karel, kind="knows", strength=1, observed_date=DAY,
                origin="declared",
            )  # fmt: skip

        with django_assert_num_queries(len(counted.captured_queries)):
            copied()


class TestDownloads:
    def test_give_the_same_to_programs_on_the_page_and_through_the_api(self, sign_in):
        client = sign_in("samira")

        page, api = client.get(JSON), client.get("/api/v1/me/data")

        told = {**page.json(), "made_at": ""}
        assert page["Content-Disposition"].startswith('attachment; filename="scharnier-')
        assert told["card"]["name"] == scenes.NAME
        answered = {**api.json(), "made_at": ""}
        assert set(answered) == set(told)
        moments = {"account", "acts"}  # written to the microsecond, and to the millisecond; the first copy
        assert {name for name in told if told[name] != answered[name]} == moments

    @pytest.mark.parametrize(
        ("language", "title"), [("nl", "Mijn gegevens in Kruisveld"), ("en", "My data in Kruisveld")]
    )
    def test_give_a_document_everyone_can_read(self, sign_in, language, title):
        client = sign_in("samira")
        client.cookies["django_language"] = language

        answer = client.get(PDF)

        reader = paper_of(answer)
        assert answer["Content-Type"] == "application/pdf"
        assert reader.metadata.title == title
        assert reader.trailer["/Root"]["/Lang"] == language
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]

    def test_say_it_in_words(self, sign_in):
        said = words_on(paper_of(sign_in("samira").get(PDF)))

        for words in (
            scenes.NAME,
            "Ik help bij schulden.",
            "Je bent te vinden",
            "werkt samen met",
            "Schuldhulp",
        ):
            assert words in said, words
        assert "works_with" not in said

    def test_name_topics_languages_and_parts_of_the_card(self, sign_in):
        person = scenes.row()
        person.topic_ids, person.languages = ["evening-nuisance", "van-ons"], ["nl", "rif"]
        person.visibility = {"area_ids": "private"}
        person.save()

        said = words_on(paper_of(sign_in("samira").get(PDF)))

        for words in (
            "overlast op straat in de avond, van-ons",
            "Nederlands, Riffijns",
            "Waar je actief bent: alleen jij",
        ):
            assert words in said, words

    def test_say_what_was_done_in_words(self, sign_in):
        client = sign_in("samira")
        client.get(reverse("people:person", args=["karel"]))

        said = words_on(paper_of(client.get(PDF)))

        assert "een kaart geopend" in said
        assert not [act for act in ACTS if act in said]

    def test_take_nothing_on_a_card_for_markup(self, sign_in):
        person = scenes.row()
        person.name, person.summary = "#panic() *Samira*", "$x$ <a> @b `c` // weg"
        person.save()

        said = words_on(paper_of(sign_in("samira").get(PDF)))

        assert "#panic() *Samira*" in said
        assert "$x$ <a> @b `c` // weg" in said

    @pytest.mark.parametrize(("address", "form"), [(JSON, "json"), (PDF, "pdf")])
    def test_are_on_record(self, sign_in, address, form):
        sign_in("samira").get(address)

        event = scenes.last_event()
        assert (event.act, event.actor_id, event.object_id) == ("data.copied", "samira", "samira")
        assert event.facts == f'{{"format":"{form}"}}'

    def test_are_not_made_without_the_record(self, monkeypatch, sign_in):
        def fail(**_facts):
            raise RuntimeError

        client = sign_in("samira")
        monkeypatch.setattr(log, "record", fail)

        assert client.get(JSON).status_code == 500

    @pytest.mark.parametrize("role", list(Role))
    def test_are_for_every_role(self, sign_in, role):
        client = sign_in("samira", role=role)

        assert client.get(JSON).json()["card"]["id"] == "samira"
        assert client.get(OWN).status_code == 200

    def test_need_a_login(self, client):
        assert client.get(JSON).status_code == 302
        assert client.get("/api/v1/me/data").status_code == 401

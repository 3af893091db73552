# SPDX-License-Identifier: EUPL-1.2
"""Who told signals and leaves: a copy to take along, nothing left of the person, partners that go."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import translation

from scharnier.apps.people.models import Membership, Organization
from scharnier.apps.people.services import Login, load_logins
from scharnier.apps.rights import labels, selectors
from scharnier.apps.rights import services as rights
from scharnier.apps.signals import models, services
from scharnier.core.kernel import PersonId, Role, SignalId
from scharnier.core.signals import NamingStep, Seriousness, SignalState, SignalStep
from tests.factories import DAY, NOON
from tests.integration.apps.reading import paper_of, words_on
from tests.integration.apps.rights_scenes import whole_database
from tests.integration.apps.signals_scenes import (
    ANNEKE,
    BRAM,
    BY_LIBRARY,
    HOUSE,
    KRUISVELD,
    LIBRARY,
    LIES,
    SAMIRA,
    SCHOOL,
    WORDS,
    a_neighbourhood,
    open_match,
    tell,
    tell_by_library,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
JSON, PDF = (reverse(f"rights:{name}") for name in ("own_copy", "own_document"))
SIGNALS = "/api/v1/signals"
ALONE = "Bij de beek ligt grofvuil"


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(a_neighbourhood())
    logins = [
        Login(name=f"{name}@kruisveld", password="", person_id=PersonId(name), role=Role.PROFESSIONAL)
        for name in ("samira", "bram", "lies", "anneke")
    ]
    load_logins(KRUISVELD, logins=logins)


@pytest.fixture
def matched():
    """The match of the school and the library."""
    return open_match()


def copied(actor):
    return selectors.copy_of(actor, on=DAY, at=NOON)


def erase(actor):
    rights.erase_self(actor=actor, on=DAY, at=NOON)


def squeezed(words):
    """Return words as they are when no column is too narrow for them."""
    return re.sub(r"[-\u2010\u00ad\s]", "", words).lower()


def go(name):
    Organization.objects.get(network_id=KRUISVELD, text_id=name).delete()


class TestCopy:
    def test_holds_what_one_told_for_an_organization_and_alone(self):
        tell(place=HOUSE, seriousness=Seriousness.HARMFUL)
        tell(SAMIRA, owner_id=None, text=ALONE)

        found = {each.text: each for each in copied(SAMIRA).signals}

        assert {text: each.on_behalf_of for text, each in found.items()} == {WORDS: "De Regenboog", ALONE: ""}
        assert found[WORDS].place.startswith("Marsstraat 12")
        assert (found[WORDS].seriousness, found[WORDS].state) == ("harmful", "open")
        assert found[WORDS].kept_until > DAY

    def test_holds_none_of_colleagues_or_others(self):
        tell(BRAM)
        tell_by_library()

        assert copied(SAMIRA).signals == []

    def test_holds_what_was_taken_back_without_its_words(self):
        row = tell()
        services.step_signal(SignalId(row.pk), SignalStep.WITHDRAW, actor=SAMIRA, at=NOON)

        (found,) = copied(SAMIRA).signals

        assert (found.text, found.state) == ("", "withdrawn")

    def test_is_taken_along_by_who_left_the_organization(self):
        tell()
        Membership.objects.filter(person__text_id="samira").update(end_date=DAY)

        assert [each.text for each in copied(SAMIRA).signals] == [WORDS]

    def test_is_the_same_for_programs(self, sign_in):
        tell()

        (found,) = sign_in("samira").get(JSON).json()["signals"]

        assert (found["text"], found["on_behalf_of"], found["topics"]) == (WORDS, "De Regenboog", ["litter"])

    @pytest.mark.parametrize(
        ("language", "words"),
        [
            (
                "nl",
                ("Signalen die je doorgaf", "zwerfafval", "Mensen hebben er last van, of er gaat iets stuk"),
            ),
            ("en", ("Signals that you told", "litter", "People suffer from it, or things get broken")),
        ],
    )
    def test_can_be_read_by_people(self, sign_in, language, words):
        tell(text="Afval", seriousness=Seriousness.HARMFUL)
        client = sign_in("samira")
        client.cookies["django_language"] = language

        said = words_on(paper_of(client.get(PDF)))

        assert [each for each in ("Afval", *words) if squeezed(each) not in squeezed(said)] == []
        assert "harmful" not in said

    @pytest.mark.parametrize("code", [*Seriousness, *SignalState])
    def test_says_every_code_of_a_signal_in_words_of_each_language(self, code):
        said = []
        for language in ("nl", "en"):
            with translation.override(language):
                said.append(str(labels.CODES[code.value]))

        assert len(set(said)) == 1 + (code is not SignalState.OPEN)
        assert code.value not in said

    def test_holds_nothing_of_the_other_side_of_a_match(self, sign_in, matched):
        services.name_side(matched, LIBRARY, NamingStep.NAME, actor=LIES, at=NOON)

        told = str(copied(SAMIRA)) + sign_in("samira").get(JSON).text

        assert BY_LIBRARY not in told


class TestErased:
    def test_leave_no_name_behind(self):
        tell()
        tell(SAMIRA, owner_id=None, text=ALONE)
        before = whole_database()

        erase(SAMIRA)

        assert "Samira Ouaddi" in before
        assert "Samira Ouaddi" not in whole_database()

    def test_leave_what_was_told_for_an_organization_with_it(self):
        row = tell()

        erase(SAMIRA)

        row.refresh_from_db()
        assert (row.text, row.author, row.organization.text_id) == (WORDS, None, "school")

    def test_take_what_they_told_alone(self):
        tell(ANNEKE, owner_id=None, text=ALONE)

        erase(ANNEKE)

        assert not models.Signal.objects.exists()
        assert ALONE not in whole_database()

    def test_leave_colleagues_to_read_and_handle_it(self, sign_in):
        row = tell()
        erase(SAMIRA)
        bram = sign_in("bram")

        read = bram.get(f"{SIGNALS}/{row.pk}").json()
        handled = bram.patch(
            f"{SIGNALS}/{row.pk}", {"state": "handled"}, content_type="application/json"
        ).json()

        assert (read["text"], handled["state"]) == (WORDS, "handled")

    def test_leave_the_count_of_others_as_it_was(self, sign_in):
        theirs, _ours = tell_by_library(), tell()
        lies = sign_in("lies")
        before = lies.get(f"{SIGNALS}/{theirs.pk}/others").json()

        erase(SAMIRA)

        assert before["n_partners"] == 1
        assert lies.get(f"{SIGNALS}/{theirs.pk}/others").json() == before

    def test_leave_a_match_to_their_colleagues(self, matched):
        erase(SAMIRA)

        services.name_side(matched, SCHOOL, NamingStep.NAME, actor=BRAM, at=NOON)

        naming = dict(models.Side.objects.values_list("organization__text_id", "naming"))
        assert naming == {"bibliotheek": "asked", "school": "named"}

    def test_are_forgotten_once(self):
        tell()
        tell(BRAM)

        erase(SAMIRA)

        assert [row.author.text_id for row in models.Signal.objects.exclude(author=None)] == ["bram"]


class TestOrganizationGone:
    def test_leaves_nothing_that_its_people_can_read(self, sign_in):
        row = tell_by_library()
        go("bibliotheek")

        answers = [sign_in("samira").get(f"{SIGNALS}/{row.pk}"), sign_in("samira").get(SIGNALS)]

        assert answers[0].status_code == 404
        assert BY_LIBRARY not in answers[1].text

    def test_is_no_partner_any_more(self, sign_in):
        ours, _theirs = tell(), tell_by_library()
        samira = sign_in("samira")
        before = samira.get(f"{SIGNALS}/{ours.pk}/others").json()["n_partners"]

        go("bibliotheek")

        assert (before, samira.get(f"{SIGNALS}/{ours.pk}/others").json()["n_partners"]) == (1, 0)

    def test_leaves_pages_that_open_for_the_other_side(self, sign_in, matched):
        go("bibliotheek")
        samira = sign_in("samira")

        pages = [samira.get("/signals/"), samira.get("/work/"), samira.get(f"/signals/matches/{matched}/")]

        assert [page.status_code for page in pages][:2] == [200, 200]
        assert pages[2].status_code in {200, 404}
        assert all(BY_LIBRARY not in page.text for page in pages)

    def test_lets_nobody_tell_for_it(self, sign_in):
        go("school")

        answer = sign_in("samira").post(
            SIGNALS,
            {"text": WORDS, "place": {"area_id": "noord"}, "happened_on": DAY.isoformat()},
            content_type="application/json",
        )

        assert answer.status_code == 422
        assert not models.Signal.objects.exists()

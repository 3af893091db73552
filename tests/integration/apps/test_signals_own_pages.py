# SPDX-License-Identifier: EUPL-1.2
"""One's own signals over time: the list narrowed and paged, steps back and forth, and lists brought in."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from scharnier.apps.people.models import ImportDraft
from scharnier.apps.signals.models import Signal
from scharnier.core.kernel import Role
from tests.factories import NOON
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.signals_scenes import NOISE, WORDS, acts, tell, tell_by_library

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kruisveld_of_signals", "_today")]
LIST, IMPORT, CHECK, DROP, TEMPLATE = (
    reverse(f"signals:{name}")
    for name in ("own_signals", "import", "check_list", "drop_list", "list_template")
)
HEADINGS = ("Kenmerk", "Wat", "Datum", "Plaats", "Onderwerp")
LAMP = ("17", "Lamp stuk bij de glijbaan", "2026-03-01", "Noord", "zwerfafval")


def shown(client, **asked):
    """The numbers of the signals on a page of the list, in their order."""
    page = client.get(LIST, asked)
    assert page.status_code == 200
    return re.findall(r"Nummer (\d+)!", page.text)


def step(client, row, word):
    return client.post(reverse("signals:step_signal", args=[row.pk, word]))


def many(n, **changes):
    return [tell(text=f"Nummer {each}!", at=NOON - timedelta(minutes=each), **changes) for each in range(n)]


def a_csv(*rows, headings=HEADINGS, encoding="utf-8", mark=";"):
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark).writerows([headings, *rows])
    return text.getvalue().encode(encoding)


def a_book(*rows, headings=HEADINGS):
    book = Workbook()
    for row in (headings, *rows):
        book.worksheets[0].append(list(row))
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def upload(client, data, *, name="lijst.csv", language="nl"):
    return client.post(
        IMPORT, {"file": SimpleUploadedFile(name, data)}, headers={"accept-language": language}
    )


def take(client):
    return client.post(CHECK, {"digest": ImportDraft.objects.get().digest}, follow=True)


class TestListPage:
    @pytest.mark.parametrize(
        ("n", "page", "first", "length"),
        [
            (20, 1, "0", 20),
            (21, 1, "0", 20),
            (21, 2, "20", 1),
            (41, 3, "40", 1),
            (41, 99, "40", 1),
            (41, 0, "40", 1),
            (41, "", "0", 20),
            (41, "zes", "0", 20),
            (1, 2, "0", 1),
        ],
    )
    def test_has_twenty_at_a_time_and_no_page_that_is_none(self, samira, n, page, first, length):
        many(n)

        found = shown(samira, page=page)

        assert (found[0], len(found)) == (first, length)

    def test_keeps_what_was_chosen_on_the_next_page(self, samira):
        many(21, topics=frozenset({NOISE}))
        tell(text="Iets anders")

        page = unescape(samira.get(LIST, {"topic": "noise"}).text)

        (following,) = set(re.findall(r'href="([^"]*page=2[^"]*)"', page))
        assert "topic=noise" in following
        assert "Iets anders" not in page

    @pytest.mark.parametrize(
        ("asked", "expected"),
        [
            ({}, ["0", "1"]),
            ({"state": "open"}, ["0"]),
            ({"state": "handled"}, ["1"]),
            ({"state": "", "topic": ""}, ["0", "1"]),
            ({"topic": "litter"}, ["0", "1"]),
            ({"topic": "noise"}, ["0", "1"]),
            ({"topic": "ufo", "state": "handled"}, ["1"]),
            ({"state": "OPEN"}, ["0", "1"]),
            ({"state": "a\0b"}, ["0", "1"]),
            ({"anything": "else"}, ["0", "1"]),
        ],
        ids=str,
    )
    def test_narrows_by_what_makes_sense(self, samira, asked, expected):
        rows = many(3)
        step(samira, rows[1], "handle")
        step(samira, rows[2], "withdraw")

        found = shown(samira, **asked)

        assert found == expected  # of what was taken back the words are gone

    @pytest.mark.parametrize(
        ("language", "none", "narrowed"),
        [
            ("nl", "gaven nog niets door", "signaal is er niet."),
            ("en", "told nothing yet", "There is no such signal."),
        ],
    )
    def test_says_why_it_is_empty(self, samira, language, none, narrowed):
        empty = samira.get(LIST, headers={"accept-language": language}).text
        tell()
        other = samira.get(LIST, {"state": "handled"}, headers={"accept-language": language}).text

        assert none in unescape(empty)
        assert none not in unescape(other)
        assert narrowed in unescape(other)
        assert WORDS not in other

    @pytest.mark.parametrize("verb", ["post", "put", "delete"])
    def test_is_only_read(self, samira, verb):
        assert getattr(samira, verb)(LIST).status_code == 405

    def test_offers_a_list_to_who_acts_for_an_organization(self, samira, sign_in):
        assert IMPORT in samira.get(LIST).text
        assert IMPORT not in sign_in("anneke", role=Role.RESIDENT).get(LIST).text

    def test_of_one_alone_holds_nothing_of_an_organization(self, sign_in):
        many(2)

        assert shown(sign_in("anneke", role=Role.RESIDENT)) == []
        assert shown(sign_in("bram")) == ["0", "1"]


class TestWayBack:
    WORDS = {
        "nl": ("Signalen van jou en je organisatie", "Mijn signalen"),
        "en": ("Signals of you and your organization", "My signals"),
    }

    def ways(self, client, address, language):
        page = client.get(address, headers={"accept-language": language}).text
        return [unescape(words) for words in re.findall(rf'<a class="reach" href="{LIST}">([^<]+)</a>', page)]

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_is_called_alike_on_every_page(self, samira, language):
        match_id = here.open_match()
        addresses = (
            reverse("signals:tell"),
            IMPORT,
            reverse("signals:match", args=[match_id]),
            reverse("signals:signal", args=[tell().pk]),
        )

        assert [self.ways(samira, address, language) for address in addresses] == [
            [self.WORDS[language][0]]
        ] * 4

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_of_who_acts_for_nobody_leads_to_their_own(self, sign_in, language):
        anneke = sign_in("anneke", role=Role.RESIDENT)
        told = tell(here.ANNEKE, owner_id=None)

        ways = [
            self.ways(anneke, address, language)
            for address in (reverse("signals:tell"), reverse("signals:signal", args=[told.pk]))
        ]

        assert ways == [[self.WORDS[language][1]]] * 2


class TestForWhoTellsNone:
    """The same address for a role that tells no signals: the ways to what it may see, or why none."""

    COUNTS = (f"{reverse('mapping:map')}#signals", reverse("situations:found"), reverse("situations:list"))

    @pytest.mark.parametrize(
        ("language", "said"), [("nl", "Je leest geen signalen"), ("en", "You read no signals")]
    )
    def test_leads_who_counts_to_pages_that_open(self, sign_in, language, said):
        tell()
        nadia = sign_in(role=Role.RESEARCHER)

        page = nadia.get(LIST, headers={"accept-language": language})

        ways = re.findall(r'<a class="reach" href="([^"]+)"', page.text)
        assert (page.status_code, tuple(ways)) == (200, self.COUNTS)
        assert [nadia.get(way).status_code for way in ways] == [200, 200, 200]
        assert said in page.text
        assert not any(words in page.text for words in (WORDS, "De Regenboog", "<form class", "signals/new"))

    @pytest.mark.parametrize(
        ("language", "said"),
        [("nl", "In jouw rol geef je geen signalen door."), ("en", "In your role you tell no signals.")],
    )
    @pytest.mark.parametrize(
        ("role", "names"),
        [
            (Role.ADMINISTRATOR, ("own_signals", "tell", "import")),
            (Role.RESEARCHER, ("tell", "import")),
        ],
    )
    def test_speaks_of_the_role_and_of_no_organization(self, sign_in, role, names, language, said):
        client = sign_in(role=role)

        answers = [
            client.get(reverse(f"signals:{name}"), headers={"accept-language": language}) for name in names
        ]

        assert {answer.status_code for answer in answers} == {403}
        assert all(said in answer.text for answer in answers)

    @pytest.mark.parametrize("role", [Role.BOARD, Role.ENTREPRENEUR, Role.RESIDENT, Role.COORDINATOR])
    def test_is_the_list_for_everybody_else(self, sign_in, role):
        page = sign_in("anneke", role=role).get(LIST)

        assert reverse("signals:tell") in page.text
        assert self.COUNTS[1] + '">' not in page.text.partition("<main")[2]


class TestSteps:
    @pytest.mark.parametrize(
        ("words", "state"),
        [
            (["handle"], "handled"),
            (["handle", "reopen"], "open"),
            (["handle", "reopen", "handle"], "handled"),
            (["withdraw"], "withdrawn"),
            (["handle", "withdraw"], "withdrawn"),
            (["handle", "handle"], "handled"),
            (["reopen"], "open"),
            (["withdraw", "reopen"], "withdrawn"),
            (["withdraw", "handle"], "withdrawn"),
        ],
        ids=" ".join,
    )
    def test_lead_where_they_can(self, samira, words, state):
        row = tell()

        for word in words:
            step(samira, row, word)

        row.refresh_from_db()
        assert row.state == state
        assert (row.text is None) is (state == "withdrawn")

    @pytest.mark.parametrize("word", ["delete", "HANDLE", "lapse", "x"])
    def test_have_no_other_name(self, samira, word):
        row = tell()

        assert step(samira, row, word).status_code == 404
        assert acts() == ["signal.told"]

    @pytest.mark.parametrize("who", ["lies", "anneke"])
    @pytest.mark.parametrize("word", ["handle", "reopen", "withdraw"])
    def test_are_not_for_others(self, sign_in, who, word):
        row = tell()

        assert step(sign_in(who), row, word).status_code == 404
        row.refresh_from_db()
        assert (row.state, row.text) == ("open", WORDS)

    def test_are_not_taken_by_looking(self, samira):
        row = tell()

        assert samira.get(reverse("signals:step_signal", args=[row.pk, "withdraw"])).status_code == 405
        row.refresh_from_db()
        assert row.text == WORDS


class TestBringInAList:
    @pytest.mark.parametrize(
        ("data", "name"),
        [
            (a_csv(LAMP), "lijst.csv"),
            (a_csv(LAMP, mark=","), "LIJST.CSV"),
            (a_csv(LAMP, mark="\t"), "lijst.tsv"),
            (a_csv(LAMP, encoding="utf-8-sig"), "lijst.csv"),
            (a_book(LAMP), "lijst.xlsx"),
            (a_book((17, LAMP[1], date(2026, 3, 1), *LAMP[3:])), "lijst.xlsx"),
            (a_book(LAMP), "naam zonder eind"),
        ],
        ids=["semicolon", "comma", "tab", "mark", "text cells", "typed cells", "no end"],
    )
    def test_gives_the_same_signal_however_it_was_saved(self, samira, data, name):
        upload(samira, data, name=name)
        take(samira)

        row = Signal.objects.get()
        assert (row.reference, row.text, row.happened_on, row.area_text_id, row.topic_ids) == (
            "17",
            LAMP[1],
            date(2026, 3, 1),
            "noord",
            ["litter"],
        )

    def test_takes_the_same_list_once_as_csv_and_as_workbook(self, samira):
        loose = ("", *LAMP[1:])
        for data, name in ((a_csv(LAMP, loose), "a.csv"), (a_book(LAMP, loose), "a.xlsx")):
            upload(samira, data, name=name)
            take(samira)

        assert Signal.objects.count() == 2

    @pytest.mark.parametrize(
        ("language", "new", "known", "refused"),
        [
            ("nl", "is nieuw", "is er al", "nemen we niet op"),
            ("en", "is new", "is here already", "is not taken"),
        ],
    )
    def test_says_beforehand_what_comes_of_it(self, samira, language, new, known, refused):
        tell(reference="16")

        upload(samira, a_csv(LAMP, ("16", *LAMP[1:]), ("18", "Lamp", "ooit", "Noord", "")))
        page = samira.get(CHECK, headers={"accept-language": language}).text

        assert [words for words in (new, known, refused) if words not in page] == []
        assert Signal.objects.count() == 1

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ((LAMP,), (True, False, False)),
            ((("16", *LAMP[1:]),), (True, True, False)),
            ((LAMP, ("18", "Lamp", "ooit", "Noord", "")), (True, False, True)),
        ],
        ids=["new", "known", "refused"],
    )
    def test_counts_nothing_of_what_there_is_none(self, samira, rows, said):
        tell(reference="16")

        upload(samira, a_csv(*rows))
        page = samira.get(CHECK).text

        assert tuple(words in page for words in ("nieuw.", "is er al", "nemen we niet op")) == said

    @pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_says_how_to_save_it_again(self, samira, encoding, language):
        answer = upload(samira, a_csv(("1", "Café dicht", *LAMP[2:]), encoding=encoding), language=language)

        assert answer.status_code == 422
        assert "UTF-8" in answer.text
        assert not ImportDraft.objects.exists()

    def test_asks_for_a_file(self, samira):
        said = {
            language: samira.post(IMPORT, {"file": ""}, headers={"accept-language": language}).text
            for language in ("nl", "en")
        }

        assert "Kies een bestand." in said["nl"]
        assert "Choose a file." in said["en"]

    @pytest.mark.parametrize("digest", ["", "x", "0" * 64])
    def test_takes_nothing_that_was_not_looked_at(self, samira, digest):
        upload(samira, a_csv(LAMP))

        samira.post(CHECK, {"digest": digest})

        assert not Signal.objects.exists()
        assert ImportDraft.objects.exists()

    @pytest.mark.parametrize("twice", [CHECK, DROP])
    def test_is_over_once_it_is_done(self, samira, twice):
        upload(samira, a_csv(LAMP))
        digest = ImportDraft.objects.get().digest
        take(samira)

        answer = samira.post(twice, {"digest": digest})

        assert answer.status_code in {302, 404}
        assert Signal.objects.count() == 1

    def test_lets_no_formula_of_a_cell_reach_the_page_as_one(self, samira):
        upload(
            samira,
            a_csv(("1", '=HYPERLINK("https://example.org")', *LAMP[2:]), ("2", "<b>Lamp</b>", *LAMP[2:])),
        )

        page = samira.get(CHECK).text

        assert "<b>Lamp</b>" not in page
        assert "&lt;b&gt;Lamp" in page
        assert 'href="https://example.org"' not in page

    @pytest.mark.parametrize(
        ("language", "said"),
        [("nl", "Een lijst is van een organisatie"), ("en", "A list is of an organization")],
    )
    def test_says_to_who_acts_for_none_what_they_can_do(self, sign_in, language, said):
        answer = sign_in("anneke", role=Role.RESIDENT).get(IMPORT, headers={"accept-language": language})

        assert answer.status_code == 403
        assert said in answer.text

    @pytest.mark.parametrize("address", [IMPORT, CHECK, TEMPLATE])
    @pytest.mark.parametrize("who", ["anneke", None])
    def test_is_for_who_acts_for_an_organization(self, sign_in, client, address, who):
        reached = sign_in(who) if who else client

        answer = reached.get(address)

        assert answer.status_code in ({403, 404} if who else {302})

    def test_shows_nobody_the_list_of_another(self, samira, sign_in):
        upload(samira, a_csv(LAMP))

        answers = [sign_in(who).get(CHECK) for who in ("bram", "lies")]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert [answer for answer in answers if LAMP[1] in answer.text] == []

    def test_leaves_the_signals_of_others_alone(self, samira):
        theirs = tell_by_library(reference="17")

        upload(samira, a_csv(LAMP))
        take(samira)

        theirs.refresh_from_db()
        assert theirs.text == here.BY_LIBRARY
        assert Signal.objects.filter(reference="17").count() == 2

# SPDX-License-Identifier: EUPL-1.2
"""What comes next: of a signal that nobody else meets, and of a match until both are named."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from scharnier.apps.signals import models, services
from scharnier.core.kernel import Role, SignalId
from scharnier.core.signals import Happening
from tests.factories import DAY, NOON
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.reading import markup_at
from tests.integration.apps.signals_scenes import BY_LIBRARY, WORDS, tell, tell_by_library

LIST = reverse("signals:own_signals")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kruisveld_of_signals", "_today")]


@pytest.fixture
def lies(sign_in):
    return sign_in("lies")


def page_of(row):
    return reverse("signals:signal", args=[row.pk])


def without_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


class TestNextStep:
    """Of a signal of which nobody is to be let know."""

    ASK = reverse("overview:ask")

    def step(self, client, row, *, language="nl"):
        """The part of the page that says who else meets it."""
        page = client.get(page_of(row), headers={"accept-language": language}).text
        return page.partition('id="others-title"')[2].partition("</section>")[0]

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nl", ("Het blijft meetellen.", "Kijk wie kan helpen.", "Zoek wie kan helpen</button>")),
            ("en", ("It goes on counting.", "See who can help.", "Find who can help</button>")),
        ],
    )
    def test_is_to_see_who_can_help(self, samira, language, said):
        part = self.step(samira, tell(place=here.MARS), language=language)

        assert [words for words in said if words not in part] == []
        assert f'action="{self.ASK}"' in part

    @pytest.mark.parametrize(
        ("place", "area"), [(here.MARS, "Marsstraat"), (here.NORTH, "Noord"), (here.AT_SQUARE, "Noord")]
    )
    def test_asks_with_the_words_and_the_place_and_no_address_of_them(self, samira, place, area):
        part = self.step(samira, tell(place=place))
        sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', part))
        sent.pop("csrfmiddlewaretoken", None)

        answer = samira.post(self.ASK, sent)

        assert sent == {"text": WORDS, "place": area}
        assert answer.status_code == 200
        assert WORDS in answer.text
        assert not re.search("(?:href|action)=[^>]*container", part)

    @pytest.mark.parametrize(
        ("days", "language", "said"),
        [
            (0, "nl", "Komt een ander tot en met 26 april 2026 zoiets tegen"),
            (0, "en", "If another meets something like it by 26 April 2026"),
            (28, "nl", "tot en met 29 maart 2026"),
            (29, "nl", None),
        ],
    )
    def test_says_until_which_day_others_are_found(self, samira, days, language, said):
        row = tell(happened=Happening(on=DAY - timedelta(days=days)))

        part = self.step(samira, row, language=language)

        assert ("Komt een ander" in part or "If another" in part) is (said is not None)
        assert (said or "Het blijft meetellen.") in part

    def test_keeps_what_looks_like_markup_as_words(self, samira):
        part = self.step(samira, tell(text='Bord "<b>stuk</b>" bij de goot'))

        assert 'value="Bord &quot;&lt;b&gt;stuk&lt;/b&gt;&quot; bij de goot"' in part

    def test_is_to_say_what_it_is_about_where_that_lacks(self, samira):
        row = tell(topics=frozenset())

        part = self.step(samira, row)

        assert reverse("signals:change_signal", args=[row.pk]) in part
        assert "<form" not in part

    def test_of_what_one_told_for_oneself_is_the_same(self, samira):
        tell_by_library()
        part = self.step(samira, tell(owner_id=None))

        assert "Je gaf het door voor jezelf." in part
        assert "Kijk wie kan helpen." in part
        assert "Het blijft meetellen." not in part

    @pytest.mark.parametrize("step", ["handle", "withdraw"])
    def test_is_none_once_it_is_done(self, samira, step):
        row = tell()

        samira.post(reverse("signals:step_signal", args=[row.pk, step]))

        assert "<form" not in self.step(samira, row)

    def test_is_none_without_the_words(self, samira):
        row = tell()
        models.Signal.objects.update(**services.WITHOUT_WORDS)

        assert "<form" not in self.step(samira, row)

    def test_is_one_only_where_others_can_be_let_know_or_were(self, samira):
        tell_by_library()
        row = tell()
        before = self.step(samira, row)
        samira.post(reverse("signals:let_know", args=[row.pk]))
        after = self.step(samira, row)

        assert [part.count("<form") for part in (before, after)] == [1, 0]
        assert "Laat het weten</button>" in before


class TestMatchPage:
    @pytest.fixture
    def address(self):
        return reverse("signals:match", args=[here.open_match()])

    def decide(self, client, address, step, organization_id):
        return client.post(address, {"step": step, "organization_id": organization_id}, follow=True)

    def test_names_nobody_before_they_say_so(self, samira, lies, address):
        pages = [client.get(address).text for client in (samira, lies)]

        assert "Bibliotheek" not in pages[0]
        assert "De Regenboog" not in pages[1]
        assert all("Dat kan tot en met 12 april" in page for page in pages)

    def test_tells_the_other_who_it_is(self, samira, lies, address):
        own = self.decide(lies, address, "name", "bibliotheek")
        other = samira.get(address).text

        assert "De ander hoort dat jullie het zijn." in own.text
        assert "Bibliotheek komt hetzelfde tegen als jullie" in other
        assert reverse("people:organization", args=["bibliotheek"]) in other
        assert BY_LIBRARY not in other

    def test_leaves_it_unsaid(self, samira, lies, address):
        own = self.decide(lies, address, "keep_unnamed", "bibliotheek")

        assert "Jullie worden niet genoemd." in own.text
        assert "Bibliotheek" not in samira.get(address).text

    def test_cannot_be_taken_back(self, lies, address):
        self.decide(lies, address, "name", "bibliotheek")

        answer = self.decide(lies, address, "keep_unnamed", "bibliotheek")

        assert "Dat kun je niet meer terugnemen." in answer.text

    @pytest.mark.parametrize(
        ("step", "organization_id"),
        [("name", "school"), ("lapse", "bibliotheek"), ("", ""), ("x", "bibliotheek")],
    )
    def test_takes_no_other_answer(self, lies, address, step, organization_id):
        assert self.decide(lies, address, step, organization_id).status_code == 404
        assert {side.naming for side in models.Side.objects.all()} == {"asked"}

    def test_is_not_there_for_others(self, sign_in, address):
        for client in (sign_in("piet"), sign_in("anneke", role=Role.COORDINATOR)):
            assert client.get(address).status_code == 404

    @pytest.mark.parametrize("who", ["samira", "lies"])
    @pytest.mark.parametrize(
        ("language", "said"),
        [("nl", ("Waarover", "zwerfafval", "Waar", "Noord")), ("en", ("About", "litter", "Where", "Noord"))],
    )
    def test_says_to_either_side_what_it_is_about(self, sign_in, address, who, language, said):
        client = sign_in(who)

        page = client.get(address, headers={"accept-language": language}).text
        line = client.get(LIST, headers={"accept-language": language}).text

        facts = re.findall(
            r"<d[td]>([^<]+)</d[td]>", page.partition('class="facts"')[2].partition("</dl>")[0]
        )
        assert tuple(facts) == said
        assert f'<p class="quiet">{said[3]} · {said[1]}</p>' in line

    def test_says_of_each_only_what_its_own_organization_met(self, sign_in):
        tell_by_library(topics=frozenset({"waste"}))
        services.open_matches(SignalId(tell().pk), actor=here.SAMIRA, at=NOON)
        address = reverse("signals:match", args=[models.Match.objects.get().pk])

        about = [
            re.findall(r"<dd>(\w*afval)</dd>", markup_at(sign_in(who), address)) for who in ("samira", "lies")
        ]

        assert about == [["zwerfafval"], ["afval"]]

    @pytest.mark.parametrize(("language", "title"), [("nl", "Wat daarna komt"), ("en", "What comes after")])
    def test_says_what_comes_after_before_one_decides(self, samira, lies, address, language, title):
        pages = [client.get(address, headers={"accept-language": language}).text for client in (samira, lies)]

        assert all(title in page for page in pages)

    def test_says_what_a_yes_and_a_no_bring_about(self, samira, address):
        page = markup_at(samira, address)

        for said in (
            "krijgt de ander een mail met de naam De Regenboog en ziet hoe jullie te bereiken zijn.",
            "Zegt de ander het ook, dan lees je wie het is en kun je samen iets beginnen.",
            "Zegt een van jullie nee of niets, dan hoort de ander dat niet.",
            "Geen van beiden leest het signaal van de ander.",
        ):
            assert said in page

    def test_says_it_by_name_once_the_other_is_named(self, samira, lies, address):
        self.decide(lies, address, "name", "bibliotheek")

        page = markup_at(samira, address)

        assert "krijgt Bibliotheek een mail met de naam De Regenboog" in page
        assert "Zeg je nee of niets, dan hoort Bibliotheek dat niet." in page
        assert "de ander" not in page.partition("Wat daarna komt")[2].partition("Geen van beiden")[0]

    def test_says_to_who_is_named_that_nothing_waits_for_them(self, lies, address):
        self.decide(lies, address, "name", "bibliotheek")

        page = markup_at(lies, address)

        assert "Jullie hoeven nu niets te doen." in page
        assert "Wat daarna komt" not in page

    @pytest.mark.parametrize("step", ["keep_unnamed", None])
    def test_reads_alike_whether_the_other_said_no_or_nothing(self, samira, lies, address, step):
        self.decide(samira, address, "name", "school")
        silent = markup_at(samira, address)

        if step:
            self.decide(lies, address, step, "bibliotheek")

        assert without_tokens(markup_at(samira, address)) == without_tokens(silent)

    def test_leads_on_once_both_are_named(self, samira, lies, address):
        self.decide(samira, address, "name", "school")
        self.decide(lies, address, "name", "bibliotheek")

        pages = [markup_at(client, address) for client in (samira, lies)]

        assert not any("Wat daarna komt" in page or "niets te doen" in page for page in pages)
        assert all("Begin samen iets" in page for page in pages)

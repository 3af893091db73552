# SPDX-License-Identifier: EUPL-1.2
"""What the pages of signals say to whom: of an organization only to who acts for one."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest
from django.urls import reverse

from scharnier.core.kernel import Role
from tests.factories import a_membership, a_person, an_actor, an_organization
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.reading import markup_at
from tests.integration.apps.signals_scenes import LIES, PIET, POLICE, tell, tell_by_library

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
NEW, LIST = reverse("signals:tell"), reverse("signals:own_signals")
RESIDENT = replace(an_actor("anneke"), role=Role.RESIDENT, acts_for=frozenset())


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    value = here.a_neighbourhood()
    load(
        replace(
            value,
            organizations=(*value.organizations, an_organization("wijk", name="Wijkteam")),
            persons=(*value.persons, a_person("vera", name="Vera Vos")),
            memberships=(*value.memberships, a_membership("vera", organization="wijk")),
        )
    )


def page_of(row) -> str:
    return reverse("signals:signal", args=[row.pk])


class TestForWhoActsForNobody:
    @pytest.fixture
    def anneke(self, sign_in):
        return sign_in("anneke", role=Role.RESIDENT)

    def test_no_page_speaks_of_an_organization_of_theirs(self, anneke):
        own = tell(RESIDENT, owner_id=None)

        pages = [markup_at(anneke, address) for address in (NEW, LIST, page_of(own))]

        assert [page for page in pages if "je organisatie" in page.casefold()] == []
        assert "Alleen jij leest de woorden." in pages[0]
        assert "Mijn signalen" in pages[2]

    def test_an_empty_list_speaks_of_them_alone(self, anneke):
        assert "Je gaf nog niets door." in markup_at(anneke, LIST)

    def test_a_signal_that_others_meet_says_why_they_are_not_let_know(self, anneke):
        tell_by_library()

        page = markup_at(anneke, page_of(tell(RESIDENT, owner_id=None)))

        assert "Je gaf het door voor jezelf. Daarom krijgen zij er geen mail over." in page
        assert ">Laat het weten<" not in page


class TestForWhoActsForAnOrganization:
    def test_pages_speak_of_it(self, sign_in):
        samira = sign_in("samira")

        assert "Je organisatie leest de woorden, en verder niemand." in markup_at(samira, NEW)
        assert "Wat jij en je organisatie in de buurt tegenkomen." in markup_at(samira, LIST)


class TestPlaces:
    def test_nobody_is_promised_a_map_that_needs_a_script(self, sign_in):
        page = markup_at(sign_in("samira"), NEW)
        seen = page.partition('<form class="form" id="signal"')[2].partition('<div class="point"')
        refused = unescape(sign_in("samira").post(NEW, {"text": "De lamp is stuk.", "place": ""}).text)

        assert "<summary>Geef de plek op een andere manier aan</summary>" in seen[0]
        assert "op de kaart" not in seen[0]
        assert "Zeg waar het was: een straat, een buurt, of een plek die iedereen kent." in refused


class TestLetKnow:
    THEY_KNOW = "al dat iemand hetzelfde tegenkomt:"
    BUTTON = "Laat het weten</button>"

    def let_know(self, client, row):
        client.post(reverse("signals:let_know", args=[row.pk]))

    def matches_on(self, client, row):
        """The matches that the page of a signal leads to, and whether it offers to let others know."""
        page = markup_at(client, page_of(row))
        assert (self.THEY_KNOW in page) is ("/signals/matches/" in page)
        return page.count("/signals/matches/"), self.BUTTON in page

    def test_shows_how_it_stands_with_the_one_partner(self, sign_in):
        tell_by_library()
        own, samira = tell(), sign_in("samira")
        before = self.matches_on(samira, own)

        self.let_know(samira, own)

        assert (before, self.matches_on(samira, own)) == ((0, True), (1, False))
        for address in (page_of(own), LIST):
            assert "of jullie genoemd worden. Dat kan tot en met" in markup_at(samira, address)

    def test_shows_it_on_the_page_of_the_other_too(self, sign_in):
        theirs, own = tell_by_library(), tell()
        self.let_know(sign_in("samira"), own)
        lies = sign_in("lies")

        assert self.matches_on(lies, theirs) == (1, False)
        assert self.matches_on(lies, tell_by_library(topics=frozenset({here.NOISE}))) == (0, False)
        assert "De Regenboog" not in markup_at(lies, page_of(theirs))

    def test_of_several_none_is_left_out(self, sign_in):
        tell(LIES, owner_id=here.LIBRARY)
        tell(PIET, owner_id=POLICE)
        own, samira = tell(), sign_in("samira")

        self.let_know(samira, own)

        assert self.matches_on(samira, own) == (2, False)
        assert markup_at(samira, LIST).count("Een andere partner komt hetzelfde tegen") == 2

    @pytest.mark.parametrize(
        ("n", "said"), [(1, "Eén partner weet het nog niet."), (2, "2 partners weten het")]
    )
    def test_offers_to_tell_who_came_later(self, sign_in, n, said):
        tell_by_library()
        own, samira = tell(), sign_in("samira")
        self.let_know(samira, own)
        for later in ((PIET, POLICE), (an_actor("vera", acts_for="wijk"), "wijk"))[:n]:
            tell(later[0], owner_id=later[1])

        page = markup_at(samira, page_of(own))

        assert said in page
        assert self.matches_on(samira, own) == (1, True)

    def test_offers_nothing_of_what_was_taken_back(self, sign_in):
        tell_by_library()
        own, samira = tell(), sign_in("samira")

        samira.post(reverse("signals:step_signal", args=[own.pk, "withdraw"]))

        assert self.matches_on(samira, own) == (0, False)

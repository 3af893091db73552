# SPDX-License-Identifier: EUPL-1.2
"""What the pages of signals say to whom: of an organization only to who acts for one."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import pytest
from django.urls import reverse

from scharnier.core.kernel import Role
from tests.factories import an_actor
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.reading import markup_at
from tests.integration.apps.signals_scenes import LIES, PIET, POLICE, tell, tell_by_library

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
NEW, LIST = reverse("signals:tell"), reverse("signals:own_signals")
RESIDENT = replace(an_actor("anneke"), role=Role.RESIDENT, acts_for=frozenset())


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(here.a_neighbourhood())


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
    def test_one_partner_is_a_step_away(self, sign_in):
        tell_by_library()
        own, samira = tell(), sign_in("samira")

        samira.post(reverse("signals:let_know", args=[own.pk]))

        assert "Ze weten het. Kijk hoe het ervoor staat" in markup_at(samira, page_of(own))
        assert "of jullie genoemd worden. Dat kan tot en met" in markup_at(samira, LIST)

    def test_of_several_none_is_left_out(self, sign_in):
        tell(LIES, owner_id=here.LIBRARY)
        tell(PIET, owner_id=POLICE)
        own, samira = tell(), sign_in("samira")

        samira.post(reverse("signals:let_know", args=[own.pk]))

        page = markup_at(samira, page_of(own))
        assert f'href="{LIST}#matches-title">Ze weten het. Kijk per partner' in page
        assert markup_at(samira, LIST).count("Een andere partner komt hetzelfde tegen") == 2

# SPDX-License-Identifier: EUPL-1.2
"""What comes out twice says the same twice: minutes on screen and on paper, a picture and its table."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from pypdf import PdfReader

from scharnier.apps.people.models import Network
from scharnier.apps.situations import models, services
from scharnier.core.kernel import MeetingId, OrganizationId
from scharnier.core.situations import FigureSource, Reading, State, Wanted
from tests.factories import DAY, NOON
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import HANGING, NOOR
from tests.integration.apps.reading import paper_of, words_in, words_on

pytestmark = pytest.mark.django_db
DECISIONS = ("We lopen elke vrijdag samen.", "De lamp gaat 's avonds aan & blijft aan.", "Meer < dan eerst.")
APOSTROPHE = "\u2019"  # as a printer sets it
SVG = re.compile(r'<svg [^>]*role="img".*?</svg>', re.DOTALL)
BEFORE_MIDNIGHT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # half past twelve at night, the first of July
AFTERWARDS = DAY + timedelta(days=100)


@pytest.fixture(scope="module", autouse=True)
def _settled(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _running(settings):
    settings.DAY = DAY
    scenes.begin()


def record(meeting_id: MeetingId, *decisions: str, present="school politie", apologies="gemeente") -> None:
    minutes = services.Minutes(
        present_ids=frozenset(map(OrganizationId, present.split())),
        apologies_ids=frozenset(map(OrganizationId, apologies.split())),
        decisions=decisions,
    )
    services.record_meeting(HANGING, meeting_id, minutes, actor=NOOR, on=AFTERWARDS, at=NOON)


def screen(client, meeting_id: MeetingId, **headers: str) -> str:
    return words_in(client.get(f"/situations/{HANGING}/meetings/{meeting_id}/", headers=headers).text)


def paper(client, meeting_id: MeetingId) -> PdfReader:
    return paper_of(client.get(f"/situations/{HANGING}/meetings/{meeting_id}/minutes.pdf"))


class TestMinutes:
    def test_say_the_same_on_screen_and_on_paper(self, noor):
        scenes.make_action("Lamp maken", due=DAY - timedelta(days=3))
        scenes.agree("Elkaar eerst bellen", review_on=DAY + timedelta(days=1))
        meeting_id = scenes.meet()
        record(meeting_id, *DECISIONS)

        on_screen, on_paper = screen(noor, meeting_id), words_on(paper(noor, meeting_id))

        told = [*DECISIONS, "Politie, School", "Gemeente", "Buurthuis, zaal 2", "Lamp maken"]
        told += ["Elkaar eerst bellen", "31 maart 2026"]
        for each in told:
            assert each in on_screen
            assert each in on_paper.replace(APOSTROPHE, "'")

    def test_keep_decisions_in_order(self, noor):
        meeting_id = scenes.meet()
        record(meeting_id, *(f"Besluit {name}" for name in ("een", "twee", "drie", "vier")))

        for said in (screen(noor, meeting_id), words_on(paper(noor, meeting_id))):
            places = [said.index(f"Besluit {name}") for name in ("een", "twee", "drie", "vier")]
            assert all(one < other for one, other in pairwise(places))

    @pytest.mark.parametrize(("starts_at", "day", "time"), [
        (NOON + timedelta(days=2), "31 maart 2026", "14:00"),
        (BEFORE_MIDNIGHT, "1 juli 2026", "00:30"),
    ], ids=["by day", "after midnight"])  # fmt: skip
    def test_are_in_the_time_of_the_neighbourhood(self, noor, starts_at, day, time):
        meeting_id = scenes.meet(starts_at)
        record(meeting_id)

        reader = paper(noor, meeting_id)
        assert reader.metadata.title == f"Verslag van {day}"
        for said in (screen(noor, meeting_id), words_on(reader)):
            assert day in said
            assert time in said

    def test_are_accessible_on_paper(self, noor):
        meeting_id = scenes.meet()
        record(meeting_id, *DECISIONS)

        root = paper(noor, meeting_id).trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert "/StructTreeRoot" in root
        assert b"pdfuaid:part" in root["/Metadata"].get_data()

    def test_are_in_english_where_the_network_is(self, sign_in):
        Network.objects.filter(pk="kruisveld").update(language="en")
        meeting_id = scenes.meet()
        record(meeting_id)

        client = sign_in("noor")
        answer = client.get(
            f"/situations/{HANGING}/meetings/{meeting_id}/minutes.pdf", headers={"accept-language": "en"}
        )
        reader = paper_of(answer)
        assert reader.trailer["/Root"]["/Lang"].startswith("en")
        assert "No decision was noted." in words_on(reader)

    def test_say_so_where_nobody_sent_apologies(self, noor):
        meeting_id = scenes.meet()
        record(meeting_id, apologies="")

        assert "niemand genoteerd" in screen(noor, meeting_id)
        assert "niemand genoteerd" in words_on(paper(noor, meeting_id))

    def test_name_no_person_who_was_there(self, noor):
        scenes.make_action("Lamp maken", due=DAY)
        meeting_id = scenes.meet()
        record(meeting_id, *DECISIONS)

        said = words_on(paper(noor, meeting_id)).lower()
        assert [name for name in scenes.ROLES if re.search(rf"\b{name}\b", said)] == []

    def test_hold_what_was_mended_last(self, noor):
        meeting_id = scenes.meet()
        record(meeting_id, "Eerst dit.")
        record(meeting_id, "Toch dat.", present="school gemeente", apologies="")

        for said in (screen(noor, meeting_id), words_on(paper(noor, meeting_id))):
            assert "Toch dat." in said
            assert "Eerst dit." not in said
            assert "Gemeente, School" in said

    def test_take_many_decisions_over_pages(self, noor):
        meeting_id = scenes.meet()
        record(meeting_id, *(f"Besluit nummer {n} {'en zo verder ' * 20}" for n in range(40)))

        reader = paper(noor, meeting_id)
        assert len(reader.pages) > 1
        assert [n for n in range(40) if f"Besluit nummer {n} " not in words_on(reader)] == []

    @pytest.mark.parametrize("state", [State.HANDED_OVER, State.DISMISSED])
    def test_are_there_after_it_has_ended(self, noor, state):
        meeting_id = scenes.meet()
        record(meeting_id, *DECISIONS)
        models.Situation.objects.update(
            state=state.value, handed_to="Wijkagent", reason="Klaar.", ended_on=DAY
        )

        assert DECISIONS[0] in words_on(paper(noor, meeting_id))


class TestPictureAndTable:
    def a_series(self, *ends: tuple[float, float | None], **parts) -> None:
        aim = services.Aim(**{"name": "Klachten", "source": FigureSource.SIGNALS, **parts})
        services.add_indicator(HANGING, aim, actor=NOOR, at=NOON)
        row = models.Indicator.objects.get(name=parts.get("name", "Klachten"))
        for place, (low, high) in enumerate(ends):
            services.store_reading(row, Reading(on=DAY + timedelta(days=7 * place), low=low, high=high))

    def page(self, client, language: str = "nl") -> str:
        return client.get(f"/situations/{HANGING}/figures/", headers={"accept-language": language}).text

    def drawn(self, markup: str) -> ET.Element:
        (svg,) = SVG.findall(markup)
        return ET.fromstring(svg)  # noqa: S314  # our own page

    def table(self, markup: str) -> list[str]:
        (body,) = re.findall(r"<caption>.*?<tbody>(.*?)</tbody>", markup, re.DOTALL)
        return [words_in(cell) for cell in re.findall(r"<td>(.*?)</td>", body, re.DOTALL)]

    def test_hold_as_many_figures(self, noor):
        self.a_series((5, 9), (7, 7), (10, 19), (1000, None), (3, 3))

        markup = self.page(noor)
        marks = [
            each
            for each in self.drawn(markup).iter()
            if each.get("class") in {"chart__dot", "chart__band", "chart__least"}
        ]
        assert len(marks) == len(self.table(markup)) == 5

    @pytest.mark.parametrize(
        ("language", "months"), [("nl", ["29 mrt", "5 apr"]), ("en", ["29 Mar", "5 Apr"])]
    )
    def test_write_months_as_the_language_does(self, noor, language, months):
        self.a_series((5, 9), (7, 7))

        texts = [each.text for each in self.drawn(self.page(noor, language)).iter() if each.text]

        assert [each for each in texts if each in months] == months

    @pytest.mark.parametrize(("language", "last"), [("nl", "mrt 2027"), ("en", "Mar 2027")])
    def test_write_the_year_where_there_are_several(self, noor, language, last):
        self.a_series(*[(5, 5)] * 53)

        texts = [each.text for each in self.drawn(self.page(noor, language)).iter() if each.text]

        assert last in texts

    def test_tell_a_number_a_band_and_an_open_band_apart(self, noor):
        self.a_series((5, 9), (7, 7), (1000, None))

        markup = self.page(noor)

        assert self.table(markup) == ["5 tot en met 9", "7", "1000 of meer"]
        kinds = [each.get("class") for each in self.drawn(markup).iter() if each.get("class")]
        assert [kinds.count(f"chart__{kind}") for kind in ("dot", "band", "least", "open")] == [1, 1, 1, 1]
        assert "of meer: hoeveel weten we niet" in markup

    def test_put_the_figures_of_the_table_where_the_scale_says(self, noor):
        self.a_series((2, 2), (4, 4), (8, 8))

        svg = self.drawn(self.page(noor))
        heights = [float(each.get("cy")) for each in svg.iter() if each.get("class") == "chart__dot"]
        one, two, three = heights
        assert one - two == pytest.approx((two - three) / 2, abs=0.2)

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_draw_numbers_that_a_browser_can_read_in_each_language(self, noor, language):
        self.a_series((1.5, 1.5), (2.25, 2.25), baseline=3.5, target=1.25, wanted=Wanted.FEWER)

        svg = self.drawn(self.page(noor, language))

        for each in svg.iter():
            for name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy"):
                if each.get(name) is not None:
                    assert float(each.get(name)) >= 0  # a comma would be no number here

    def test_write_numbers_as_the_reader_does(self, noor):
        self.a_series((1.5, 1.5))

        assert self.table(self.page(noor, "nl")) == ["1,5"]
        assert self.table(self.page(noor, "en")) == ["1.5"]

    def test_are_not_there_without_a_figure(self, noor):
        self.a_series()

        assert SVG.findall(self.page(noor).split("<main")[1]) == []

    def test_name_the_picture_by_its_own_title(self, noor):
        self.a_series((5, 5), name="Lawaai & <geluid>")

        markup = self.page(noor)
        svg = self.drawn(markup)
        title = next(each for each in svg.iter() if each.tag.endswith("title"))
        assert svg.get("aria-labelledby") == title.get("id")
        assert title.text.startswith("Lawaai & <geluid>")
        assert "<geluid>" not in markup

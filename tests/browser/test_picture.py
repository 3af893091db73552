# SPDX-License-Identifier: EUPL-1.2
"""Someone looks at the network, as a picture and as a table, and keeps their own contacts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor, picture, wait_until

pytestmark = pytest.mark.needs_browser
NETWORK, CONTACTS = "/network/picture/", "/my/contacts/"
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])

# Drawn and read in one turn: what WebGL drew is gone once the browser has shown it.
INKED = """() => {
  const { renderer } = document.querySelector('.picture__stage').picture;
  renderer.refresh();
  return Object.fromEntries(Object.entries(renderer.getCanvases()).map(([name, canvas]) => {
    const paper = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
    paper.drawImage(canvas, 0, 0);
    const data = paper.getImageData(0, 0, canvas.width, canvas.height).data;
    let inked = 0;
    for (let at = 3; at < data.length; at += 4) inked += data[at] > 0;
    return [name, inked];
  }));
}"""
PLACE = """id => {
  const { renderer, graph, stage } = document.querySelector('.picture__stage').picture;
  const place = renderer.graphToViewport(graph.getNodeAttributes(id));
  const frame = stage.getBoundingClientRect();
  return { x: place.x + frame.left, y: place.y + frame.top };
}"""
CHOSEN = """() => {
  const { renderer, graph, chosen } = document.querySelector('.picture__stage').picture;
  const near = new Set(graph.neighbors(chosen));
  const others = graph.filterNodes(id => id !== chosen && !near.has(id));
  const strong = [...near].every(id => renderer.getNodeDisplayData(id).forceLabel);
  const faint = others.every(id => renderer.getNodeDisplayData(id).label === '');
  return { chosen, strong, faint, many: near.size };
}"""
SIZES_OF_NODES = """() => {
  const { graph } = document.querySelector('.picture__stage').picture;
  return graph.mapNodes((id, node) => [graph.degree(id), node.size]).sort((one, other) => one[0] - other[0]);
}"""
RATIO = "() => document.querySelector('.picture__stage').picture.renderer.getCamera().ratio"
# A page under our policy lets nobody wait for a text that is code, so this waits by itself.
COMES_TO = """([least, most]) => new Promise(resolve => {
  const look = () => {
    const { ratio } = document.querySelector('.picture__stage').picture.renderer.getCamera();
    if (ratio >= least && ratio <= most) resolve(ratio); else requestAnimationFrame(look);
  };
  look();
})"""
IS_SCROLLED = """() => new Promise(resolve => {
  const look = () => scrollY > 0 ? resolve(scrollY) : requestAnimationFrame(look);
  look();
})"""
AN_ORGANIZATION = """() => {
  const { graph } = document.querySelector('.picture__stage').picture;
  return graph.findNode((_id, node) => node.kind === 'organization');
}"""
COLOUR = "() => document.querySelector('.picture__stage').picture.colours.person"


def open_picture(visitor: Visitor, query: str = "") -> Page:
    page = visitor.open(f"{NETWORK}{query}")
    page.locator("[data-drawn]").wait_for()
    return page


def choose(page: Page, node: str) -> None:
    page.locator(".picture__stage").scroll_into_view_if_needed()
    place = page.evaluate(PLACE, node)
    page.mouse.click(place["x"], place["y"])


class TestPicture:
    @SIZES
    @pytest.mark.parametrize("query", ["", "?show=groups"], ids=["people", "groups"])
    def test_is_drawn(self, visit, size, query):
        page = open_picture(visit(size=size), query)

        inked = page.evaluate(INKED)

        assert min(inked["nodes"], inked["edges"], inked["labels"]) > 500
        picture(page, f"picture{query.replace('?show=', '-')}")

    def test_is_hidden_from_a_screen_reader_and_the_keyboard(self, visit):
        page = open_picture(visit())

        expect(page.locator(".picture__stage")).to_have_attribute("aria-hidden", "true")
        assert page.locator(".picture__stage :is(a, button, input, [tabindex])").count() == 0

    @SIZES
    def test_shows_the_way_to_a_card_after_a_click(self, visit, size):
        page = open_picture(visit(size=size))
        expect(page.locator(".picture__who")).to_be_hidden()

        choose(page, "person:karel")

        chosen = page.locator(".picture__who")
        name = chosen.locator("strong").inner_text()
        expect(chosen).to_contain_text(re.compile(r"\d+ contacten in dit beeld"))
        assert page.evaluate(CHOSEN)["chosen"] == "person:karel"
        picture(page, "picture-chosen")

        chosen.get_by_role("link", name="Bekijk de kaart").click()

        expect(page.get_by_role("heading", level=1)).to_have_text(name)

    def test_lights_the_neighbours_and_dims_the_rest(self, visit):
        page = open_picture(visit())

        choose(page, "person:samira")

        found = page.evaluate(CHOSEN)
        assert found["many"] > 1
        assert (found["strong"], found["faint"]) == (True, True)

    def test_shows_an_organization_with_its_people(self, visit):
        page = open_picture(visit(), "?show=groups")
        choose(page, page.evaluate(AN_ORGANIZATION))

        expect(page.locator(".picture__who")).to_contain_text("mensen in dit beeld")
        page.get_by_role("link", name="Bekijk de kaart").click()
        expect(page).to_have_url(re.compile("/organizations/"))

    def test_gives_more_room_to_more_contacts_within_bounds(self, visit):
        page = open_picture(visit())

        sizes = [size for _degree, size in page.evaluate(SIZES_OF_NODES)]

        assert sizes == sorted(sizes)
        assert (sizes[0] >= 4, sizes[-1] <= 11) == (True, True)

    def test_comes_closer_and_goes_back_with_buttons(self, visit):
        page = open_picture(visit(size=PHONE))

        page.get_by_role("button", name="Dichterbij").click()
        page.evaluate(COMES_TO, [0.6, 0.7])
        page.get_by_role("button", name="Alles in beeld").click()
        page.evaluate(COMES_TO, [1, 1])
        page.get_by_role("button", name="Verder weg").click()
        page.evaluate(COMES_TO, [1.4, 1.6])

    def test_leaves_the_wheel_to_the_page(self, visit):
        page = open_picture(visit())
        page.locator(".picture__stage").hover()

        page.mouse.wheel(0, 300)
        page.evaluate(IS_SCROLLED)

        assert page.evaluate(RATIO) == 1

    def test_takes_the_colours_of_the_dark(self, visit):
        page = open_picture(visit())
        light = page.evaluate(COLOUR)

        page.emulate_media(color_scheme="dark")

        wait_until(page, f"() => ({COLOUR})() !== '{light}'")


class TestWithoutPicture:
    @SIZES
    def test_says_so_and_has_the_table_when_there_is_no_script(self, visit, size):
        page = visit(size=size, javascript=False).open(NETWORK)

        expect(page.locator("figure")).to_be_hidden()
        expect(page.get_by_text("Je browser tekent het beeld niet.")).to_be_visible()
        expect(page.get_by_role("row")).to_have_count(51)

    def test_says_so_when_the_picture_cannot_be_drawn(self, visit):
        visitor = visit()
        visitor.context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")

        page = visitor.open(NETWORK)

        expect(page.get_by_text("Je browser tekent het beeld niet.")).to_be_visible()
        expect(page.locator("figure")).to_be_hidden()
        visitor.complaints.clear()  # sigma itself stops where nothing can be drawn


class TestNarrowing:
    @pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
    @SIZES
    def test_shows_part_of_the_network_in_picture_and_table(self, visit, size, javascript):
        page = visit(size=size, javascript=javascript).open(NETWORK)
        before = page.locator(".lead").inner_text()

        page.get_by_text("Kies wat je ziet").click()
        page.get_by_label("Groep").select_option(index=1)
        page.get_by_label("Contact bevestigd").select_option("year")
        with page.expect_navigation():
            page.get_by_role("button", name="Laat dit zien").click()

        assert "age=year" in page.url
        assert page.locator(".lead").inner_text() != before
        expect(page.get_by_label("Contact bevestigd")).to_have_value("year")
        if javascript:
            page.locator("[data-drawn]").wait_for()
            shown = page.evaluate("() => document.querySelector('.picture__stage').picture.graph.order")
            assert page.locator(".lead").inner_text().startswith(f"{shown} mens")

        page.get_by_role("link", name="Laat iedereen zien").click()

        expect(page.locator(".lead")).to_have_text(before)

    def test_turns_the_pages_of_the_table_and_stays_there(self, visit):
        page = visit(javascript=False).open(f"{NETWORK}?show=groups")

        page.get_by_role("link", name="Volgende").click()

        assert "show=groups" in page.url
        assert page.url.endswith("#table")
        expect(page.locator(".pager")).to_contain_text("Pagina 2 van")


class TestTable:
    def test_is_read_and_followed_with_a_keyboard(self, visit):
        page = open_picture(visit())
        page.get_by_role("button", name="Alles in beeld").focus()

        page.keyboard.press("Tab")
        expect(page.get_by_role("region", name="Hetzelfde als tabel").last).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile("/people/"))

    def test_stays_on_paper_and_the_picture_does_not(self, visit):
        page = open_picture(visit(scheme="dark"))

        page.emulate_media(media="print")

        expect(page.locator("figure")).to_be_hidden()
        expect(page.get_by_role("table")).to_be_visible()

    def test_still_is_a_table_on_a_phone(self, visit):
        page = visit(size=PHONE).open(NETWORK)

        assert page.get_by_role("table").get_by_role("columnheader").count() == 5
        assert page.get_by_role("row").nth(1).get_by_role("cell").count() == 4


class TestContacts:
    @pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
    def test_are_added_confirmed_taken_away_and_put_back(self, visit, javascript):
        page = visit(size=PHONE, javascript=javascript).open(CONTACTS)
        mine = page.get_by_role("region", name="Wie jij noemt")
        n_before = mine.get_by_role("listitem").count()

        page.get_by_label("Wie ken je?").fill("corrie")
        with page.expect_navigation():
            page.get_by_role("button", name="Zoek de naam").click()
        page.get_by_label("Hoe kennen jullie elkaar?").last.select_option("trusts")
        with page.expect_navigation():
            page.get_by_role("button", name="Voeg toe aan mijn contacten").click()

        expect(mine.get_by_role("listitem")).to_have_count(n_before + 1)
        newest = mine.get_by_role("listitem").first
        expect(newest).to_contain_text("Je vertrouwt Corrie")
        expect(newest).to_contain_text("vandaag")
        expect(newest.get_by_role("button", name="Klopt nog")).to_have_count(0)
        picture(page, "contacts")

        with page.expect_navigation():
            newest.get_by_role("button", name=re.compile("Haal .*weg")).click()
        expect(mine.get_by_role("listitem")).to_have_count(n_before)
        with page.expect_navigation():
            page.get_by_role("button", name="Zet terug").click()
        expect(mine.get_by_role("listitem")).to_have_count(n_before + 1)

        with page.expect_navigation():
            mine.get_by_role("listitem").first.get_by_role("button", name=re.compile("Haal .*weg")).click()
        expect(mine.get_by_role("listitem")).to_have_count(n_before)

    def test_say_again_what_still_holds(self, visit):
        page = visit(size=PHONE, javascript=False).open(CONTACTS)
        mine = page.get_by_role("region", name="Wie jij noemt")
        oldest = mine.get_by_role("listitem").last.locator("strong").inner_text()

        with page.expect_navigation():
            mine.get_by_role("button", name=f"Klopt nog met {oldest}").click()

        expect(mine.get_by_role("listitem").first).to_contain_text("vandaag")
        expect(page.get_by_role("status")).to_contain_text("Het geldt vanaf vandaag.")

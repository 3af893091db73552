# SPDX-License-Identifier: EUPL-1.2
"""Someone looks where everything is, on the map and in the list."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor, picture, wait_until
from tests.browser.map_pages import open_found_areas

pytestmark = pytest.mark.needs_browser
MAP = "/network/map/"
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])

# Drawn and read in one turn: what WebGL drew is gone once the browser has shown it.
COLOURS = """() => new Promise(resolve => {
  const { map } = document.querySelector('.map__stage').networkMap;
  map.once('render', () => {
    const canvas = map.getCanvas();
    const paper = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d');
    paper.drawImage(canvas, 0, 0);
    const data = paper.getImageData(0, 0, canvas.width, canvas.height).data;
    const found = {};
    for (let at = 0; at < data.length; at += 4) {
      const colour = `${data[at]},${data[at + 1]},${data[at + 2]}`;
      found[colour] = (found[colour] ?? 0) + 1;
    }
    const shares = Object.values(found).map(n => n / (canvas.width * canvas.height));
    resolve({ n: Object.keys(found).length, shares: shares.sort((one, other) => other - one).slice(0, 3) });
  });
  map.triggerRepaint();
})"""
GROUND = """() =>
  document.querySelector('.map__stage').networkMap.map.getPaintProperty('ground', 'background-color')"""
ZOOM = "() => document.querySelector('.map__stage').networkMap.map.getZoom()"
# A page under our policy lets nobody wait for a text that is code, so this waits by itself.
RESTS = """() => new Promise(resolve => {
  const { map } = document.querySelector('.map__stage').networkMap;
  const look = () => map.isMoving() ? requestAnimationFrame(look) : resolve(map.getZoom());
  requestAnimationFrame(look);
})"""
STILL = """() => new Promise(resolve => {
  const { map } = document.querySelector('.map__stage').networkMap;
  map.once('idle', () => resolve());
  map.triggerRepaint();
})"""
PLACE = """key => {
  const { map, found, stage } = document.querySelector('.map__stage').networkMap;
  const point = map.project(found.get(key).feature.geometry.coordinates);
  const frame = stage.getBoundingClientRect();
  return { x: point.x + frame.left, y: point.y + frame.top };
}"""
OVERLAPPING = """() => {
  const names = [...document.querySelectorAll('.map__name:not(.map__name--covered)')];
  const boxes = names.map(name => [name.textContent, name.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], at) => boxes.slice(at + 1)
    .filter(([_other, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map(([other]) => `${one} covers ${other}`));
}"""
COVERED = """() => {
  const { map, found, stage } = document.querySelector('.map__stage').networkMap;
  const frame = stage.getBoundingClientRect();
  const places = [...found.values()].filter(({ overlay }) => overlay.name === 'places').map(({ feature }) => {
    const { x, y } = map.project(feature.geometry.coordinates);
    return [feature.properties.name, x + frame.left, y + frame.top];
  });
  const near = 7;
  return [...document.querySelectorAll('.map__name:not(.map__name--covered)')].flatMap(name => {
    const { left, right, top, bottom } = name.getBoundingClientRect();
    return places
      .filter(([_, x, y]) => x > left - near && x < right + near && y > top - near && y < bottom + near)
      .map(([place]) => `${name.textContent} covers ${place}`);
  });
}"""
ASTRAY = """() => {
  const { map, names, stage } = document.querySelector('.map__stage').networkMap;
  const frame = stage.getBoundingClientRect();
  const shown = names.map(({ element }) => element)
    .filter(({ classList }) => !classList.contains('map__name--covered'));
  return shown.filter(element => {
    const box = element.getBoundingClientRect();
    const x = (box.left + box.right) / 2 - frame.left, y = (box.top + box.bottom) / 2 - frame.top;
    const around = [[x - 3, y - 3], [x + 3, y + 3]]; // labels and lines are both set to whole pixels
    const under = map.queryRenderedFeatures(around, { layers: ['areas-0'] });
    return !under.some(({ properties }) => properties.name === element.textContent);
  }).map(({ textContent }) => textContent);
}"""
SHOWN = "() => document.querySelectorAll('.map__name:not(.map__name--covered)').length"
OVERLAY = """() => new Promise(resolve => {
  const made = document.querySelector('.map__stage').networkMap;
  const ring = made.found.get('area:bloemenbuurt').feature.geometry.coordinates[0];
  made.add({
    name: 'cells',
    data: { type: 'FeatureCollection', features: [{ type: 'Feature',
      properties: { key: 'cell:1', name: 'Vak', band: '5 tot 9' },
      geometry: { type: 'Polygon', coordinates: ring } }] },
    layers: colours => [{ type: 'fill', paint: { 'fill-color': colours.ink } }],
    say: ({ band }) => band,
  });
  made.map.once('idle', () => resolve(made.map.getStyle().layers.map(({ id }) => id)));
})"""


def open_map(visitor: Visitor, query: str = "") -> Page:
    page = visitor.open(f"{MAP}{query}")
    page.locator("[data-drawn]").wait_for()
    return page


class TestMap:
    @SIZES
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_is_drawn(self, visit, size, scheme):
        page = open_map(visit(size=size, scheme=scheme))

        colours = page.evaluate(COLOURS)

        assert colours["n"] > 10
        assert colours["shares"][1] > 0.1  # areas beside the ground
        picture(page, f"map-{scheme}")

    def test_writes_the_names_of_the_innermost_areas(self, visit):
        page = open_map(visit())

        for name in ("Bloemenbuurt", "Vogelbuurt", "Planetenbuurt", "Nieuw-Kruisveld"):
            expect(page.locator(".map__name", has_text=re.compile(f"^{name}$"))).to_be_visible()
        assert page.evaluate(OVERLAPPING) == []

    @SIZES
    def test_lets_no_name_cover_a_place_or_leave_its_area(self, visit, size):
        page = open_map(visit(size=size))

        for way in (None, "Dichterbij", "Dichterbij", "Alles in beeld"):
            if way:
                page.get_by_role("button", name=way).click()
                page.evaluate(STILL)
            assert page.evaluate(SHOWN) > 0
            assert (page.evaluate(COVERED), page.evaluate(OVERLAPPING), page.evaluate(ASTRAY)) == ([], [], [])

    @SIZES
    def test_says_what_was_chosen_and_leads_to_it_in_the_list(self, visit, size):
        page = open_map(visit(size=size))
        page.locator(".map__stage").scroll_into_view_if_needed()
        place = page.evaluate(PLACE, "place:de-brink")

        page.mouse.click(place["x"], place["y"])

        expect(page.locator(".map__what")).to_contain_text("De Brink")
        page.get_by_role("button", name="Lees het in de lijst").click()
        expect(page.locator("[data-key='place:de-brink']")).to_be_focused()

    def test_shows_a_place_that_has_the_focus_in_the_list(self, visit):
        page = open_map(visit())
        before = page.evaluate(ZOOM)

        page.get_by_role("button", name=re.compile("Op de kaart ?: Bloemenbuurt")).focus()

        expect(page.locator(".map__what strong")).to_have_text("Bloemenbuurt")
        assert page.evaluate(RESTS) > before
        expect(page.locator(".mapped--chosen")).to_have_count(1)
        picture(page, "map-chosen")

    def test_comes_to_the_map_of_a_phone_from_the_list(self, visit):
        page = open_map(visit(size=PHONE))

        page.get_by_role("button", name=re.compile("Op de kaart ?: Vogelbuurt")).click()

        expect(page.locator(".map__what")).to_be_in_viewport()

    def test_is_skipped_with_a_keyboard(self, visit):
        page = open_map(visit())
        page.get_by_text("Kies wat je ziet").focus()

        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Sla de kaart over")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")

        assert page.evaluate("() => document.activeElement.closest('#list') !== null")

    def test_comes_closer_and_goes_back_with_buttons(self, visit):
        page = open_map(visit(size=PHONE))
        areas = page.evaluate(ZOOM)

        page.get_by_role("button", name="Dichterbij").click()
        assert page.evaluate(RESTS) == pytest.approx(areas + 1)
        page.get_by_role("button", name="Verder weg").click()
        assert page.evaluate(RESTS) == pytest.approx(areas)
        page.get_by_role("button", name="Alles in beeld").click()
        assert page.evaluate(RESTS) < areas - 0.1  # the town hall lies outside

    def test_leaves_the_wheel_to_the_page(self, visit):
        page = open_map(visit(size=PHONE))
        before = page.evaluate(ZOOM)
        page.locator(".map__stage").hover()

        page.mouse.wheel(0, 300)

        assert page.evaluate(RESTS) == before

    def test_takes_the_colours_of_the_dark(self, visit):
        page = open_map(visit())
        light = page.evaluate(GROUND)

        page.emulate_media(color_scheme="dark")

        wait_until(page, f"() => ({GROUND})() !== '{light}'")

    def test_takes_a_layer_of_another_script_under_the_places(self, visit):
        page = open_map(visit())
        before = page.evaluate(COLOURS)

        layers = page.evaluate(OVERLAY)

        assert layers.index("areas-1") < layers.index("cells-0") < layers.index("places-0")
        assert page.evaluate(COLOURS)["shares"] != before["shares"]


class TestWithoutMap:
    @SIZES
    def test_says_so_and_has_the_list_when_there_is_no_script(self, visit, size):
        page = visit(size=size, javascript=False).open(MAP)

        expect(page.locator("figure")).to_be_hidden()
        expect(page.get_by_text("Je browser tekent de kaart niet.")).to_be_visible()
        expect(page.get_by_role("heading", name="Vogelbuurt")).to_be_visible()
        expect(page.get_by_role("button", name=re.compile("Op de kaart"))).to_have_count(0)

    @SIZES
    def test_says_so_when_there_is_no_webgl(self, visit, size):
        visitor = visit(size=size)
        visitor.context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")

        page = visitor.open(MAP)

        expect(page.get_by_text("Je browser tekent de kaart niet.")).to_be_visible()
        expect(page.locator("figure")).to_be_hidden()
        expect(page.get_by_role("heading", name="Vogelbuurt")).to_be_visible()

    def test_stays_off_paper_and_the_list_does_not(self, visit):
        page = open_map(visit(scheme="dark"))

        page.emulate_media(media="print")

        expect(page.locator("figure")).to_be_hidden()
        expect(page.get_by_role("heading", name="Vogelbuurt")).to_be_visible()


class TestTakingAreas:
    @pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
    def test_shows_what_is_in_the_map_and_throws_it_away(self, visit, javascript):
        page = open_found_areas(visit(size=PHONE, javascript=javascript))

        expect(page.get_by_role("checkbox", name=re.compile("Rijnveste.*is er al"))).to_be_visible()
        expect(page.get_by_role("checkbox", checked=True)).to_have_count(0)  # else all of Rijnveste came in
        picture(page, "areas-found")
        with page.expect_navigation():
            page.get_by_role("button", name="Neem niets over").click()

        expect(page.get_by_text("Er is niets ingelezen.")).to_be_visible()


class TestNarrowing:
    @pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
    @SIZES
    def test_shows_part_of_the_network_on_map_and_list(self, visit, size, javascript):
        page = visit(size=size, javascript=javascript).open(MAP)
        before = page.locator(".lead").inner_text()

        page.get_by_text("Kies wat je ziet").click()
        page.get_by_label("Buurt", exact=True).select_option(label="Vogelbuurt")
        with page.expect_navigation():
            page.get_by_role("button", name="Laat dit zien").click()

        assert page.locator(".lead").inner_text() != before
        expect(page.get_by_role("heading", name="Bloemenbuurt")).to_have_count(0)
        if javascript:
            page.locator("[data-drawn]").wait_for()
            keys = page.evaluate("() => [...document.querySelector('.map__stage').networkMap.found.keys()]")
            assert "area:vogelbuurt" in keys
            assert "area:bloemenbuurt" not in keys

        page.get_by_role("link", name="Laat alles zien").click()
        expect(page.locator(".lead")).to_have_text(before)

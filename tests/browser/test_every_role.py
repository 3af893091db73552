# SPDX-License-Identifier: EUPL-1.2
"""Every page for every role: found by its address and by following links, a new one too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import Page, expect

from scharnier import example
from scharnier.core.kernel import Role
from tests.browser import members_pages
from tests.browser.conftest import Visits
from tests.browser.measures import Looked, ask_axe
from tests.integration.apps.test_isolation import patterns

pytestmark = pytest.mark.needs_browser

FOCUS = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  return {html: element.outerHTML.slice(0, 200), top: box.top + window.scrollY, left: box.left,
    right: box.right, ring: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
    inView: box.bottom > 0 && box.top < window.innerHeight};
}"""
UNDRAWN = "[data-map][hidden], [data-picture][hidden]"  # what is drawn pushes what stands beside it
ONE_LINE = 60  # px that the next may stand higher
MOST_STOPS = 400  # of the Tab key on one page


def login_of(role: Role) -> str:
    """Return the name with which somebody of the example logs in who has a role."""
    return next(account.login for account in example.load_kruisveld().accounts if account.role is role)


def plain_addresses() -> Iterator[str]:
    """Yield the addresses of pages without a part to fill in."""
    for route, pattern in patterns(get_resolver()):
        if not pattern.pattern.converters and "(?P" not in route and not route.startswith("api/"):
            yield f"/{route}".replace("^", "").replace("$", "")


def name_at(address: str) -> str:
    try:
        return resolve(address.partition("?")[0]).view_name
    except Resolver404:
        return ""


def find_pages(request: Any) -> dict[str, str]:
    """Return the pages that open for somebody: name -> address, from each page on to what it links to."""
    waiting, found = list(dict.fromkeys(plain_addresses())), {}
    tried: set[str] = set()
    while waiting:
        address = waiting.pop(0)
        name = name_at(address)
        if not name or name in found or name.startswith("api-") or "logout" in name or address in tried:
            continue
        tried.add(address)
        answer = request.get(address, max_redirects=0)
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        found[name] = address
        waiting += [link for link in re.findall(r'href="(/[^"#?]*)', answer.text()) if link not in tried]
    return found


@pytest.fixture(scope="module")
def looked() -> Looked:
    return Looked()


@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
class TestEveryRole:
    def test_gives_axe_nothing_to_say_on_any_page(self, visit: Visits, role: Role, looked: Looked) -> None:
        visitor = visit()
        members_pages.be(visitor, login_of(role))
        pages = find_pages(visitor.context.request)
        page = visitor.context.new_page()

        said = {}
        for name, address in pages.items():
            page.goto(address)
            if not looked.is_anything_new(page, name=name):
                continue
            results = ask_axe(page)
            if results.violations_count:
                said[name] = results.generate_report()

        assert len(pages) > 20
        assert said == {}


class TestByKeyboard:
    def test_goes_through_every_page_in_reading_order_with_the_focus_in_sight(self, visit: Visits) -> None:
        visitor = visit()
        members_pages.be(visitor, members_pages.COORDINATOR)
        page = visitor.context.new_page()

        wrong = {}
        for name, address in find_pages(visitor.context.request).items():
            page.goto(address)
            expect(page.locator(UNDRAWN)).to_have_count(0)
            if found := _faults(page):
                wrong[name] = found

        assert wrong == {}, "\n".join(f"{name}: {found}" for name, found in wrong.items())


def _faults(page: Page) -> list[str]:
    """Return what is wrong with the way of the Tab key through a page."""
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["html"].startswith("<body") or (stops and stop["html"] == stops[0]["html"]):
            break  # out of the page, or round it
        stops.append(stop)
    else:
        return ["no way out"]
    higher = [(before, stop) for before, stop in pairwise(stops) if stop["top"] < before["top"] - ONE_LINE]
    jumps = [stop for before, stop in higher if stop["left"] < before["right"]]  # else on to the next column
    unseen = [stop for stop in stops if not (stop["ring"] and stop["inView"])]
    skipped = [] if "skip-link" in stops[0]["html"] else ["begins past the way to the content"]
    return skipped + [f"back up to {stop}" for stop in jumps] + [f"not to be seen: {stop}" for stop in unseen]

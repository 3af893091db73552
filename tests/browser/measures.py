# SPDX-License-Identifier: EUPL-1.2
"""What is measured of a page, whoever opened it."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SMALLEST = (320, 640)  # what 1280 px becomes at 400 % (WCAG 1.4.10)
ZOOMED = (640, 400)  # what 1280 x 800 px becomes at 200 %
LEAST_TARGET = 44  # px
LONGEST_LINE = 75  # characters, before a reader loses the line

STICKING_OUT = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll('body *')]
  .filter(element => element.getBoundingClientRect().right > document.documentElement.clientWidth)
  .map(element => element.outerHTML.slice(0, 120))"""
SMALL_TARGETS = """least => [...document.querySelectorAll(
    'button, summary, input:not([type=hidden]), textarea, select, header a, .utrecht-button, .reach')]
  .filter(element => element.checkVisibility())
  .filter(element => element.getBoundingClientRect().height < least - 0.5)
  .map(element => element.outerHTML.slice(0, 120))"""
LONGEST = """() => Math.max(...[...document.querySelectorAll('main p, main li')].map(element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom)));
  return lines.size > 1 ? element.innerText.length / lines.size : 0;
}))"""

KINDS = """() => {
  const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')];
  const telling = /^(aria-(?!.*(by|controls|label)$)|class$|lang$|role$|tabindex$|type$)/;
  const told = ({name, value}) => telling.test(name) ? `${name}=${value}` : name;
  const kind = element => [
    element.localName, ...[...element.attributes].map(told).sort(), element.checkVisibility() ? 'shown' : '',
    [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim()) ? 'text' : '',
    levels.includes(element) ? (levels[levels.indexOf(element) - 1]?.localName ?? 'first') : ''].join(' ');
  const kinds = {'': new Set(), main: new Set()};
  const walk = (element, above, part) => {
    const path = `${above} > ${kind(element)}`;
    kinds[part].add(path);
    for (const child of element.children) walk(child, path, child.localName === 'main' ? 'main' : part);
  };
  walk(document.body, '', '');
  return {around: [...kinds['']], inside: [...kinds.main]};
}"""


class Looked:
    """What axe looked at so far: the kinds of elements of each page, and of what stands around all pages."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()

    def is_anything_new(self, page: Page, *, name: str) -> bool:
        """Tell whether a page shows a kind of element, where it stands, that axe did not look at there yet.

        Axe reads what an element is and has, whether there are words in it and how they are coloured, and not
        what the words say; so it says the same of a page with more rows, or with the name of somebody else.
        """
        kinds = page.evaluate(KINDS)
        shown = {("", kind) for kind in kinds["around"]} | {(name, kind) for kind in kinds["inside"]}
        found = not shown <= self._seen
        self._seen |= shown
        return found


def ask_axe(page: Page) -> AxeResults:
    """Return what axe says of a page; it is brought in once a page, so that it is quicker the second time."""
    is_there = page.evaluate("() => 'axe' in window")
    return Axe(axe_script="" if is_there else AXE_SCRIPT).run(page)

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


def ask_axe(page: Page) -> AxeResults:
    """Return what axe says of a page; it is brought in once a page, so that it is quicker the second time."""
    is_there = page.evaluate("() => 'axe' in window")
    return Axe(axe_script="" if is_there else AXE_SCRIPT).run(page)

# SPDX-License-Identifier: EUPL-1.2
"""The pages of members, each with the way to it, for all tests that look at pages."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import PASSWORD, Visitor

COORDINATOR = "anneke"


_KEPT: dict[tuple[str, str], list[Any]] = {}  # cookies of who logged in before, by server and name


def be(visitor: Visitor, name: str) -> None:
    """Go on as somebody of the example, whose form was filled in once for all tests."""
    server = visitor.address
    if (server, name) not in _KEPT:
        log_in(visitor, name).close()
        _KEPT[server, name] = visitor.context.cookies()
    visitor.context.clear_cookies()
    visitor.context.add_cookies(_KEPT[server, name])


def log_in(visitor: Visitor, name: str, *, password: str = PASSWORD) -> Page:
    """Log in anew as somebody."""
    visitor.context.clear_cookies()
    page = visitor.open("/login/")
    page.locator("main input[name=username]").fill(name)
    page.locator("main input[name=password]").fill(password)
    with page.expect_navigation():
        page.locator("main form button").first.click()
    return page


def open_members(visitor: Visitor) -> Page:
    return _open(visitor, "/members/")


def open_member(visitor: Visitor) -> Page:
    page = _open(visitor, "/members/")
    page.goto(page.locator("main table a").first.get_attribute("href") or "")
    return page


def open_invite(visitor: Visitor) -> Page:
    return _open(visitor, "/members/invite/")


def open_failed_invite(visitor: Visitor) -> Page:
    return _send(_open(visitor, "/members/invite/"), email="nobody")


def open_invitations(visitor: Visitor) -> Page:
    page = _open(visitor, "/members/invite/")
    return _send(page, email=f"{id(visitor)}@example.org")


def open_requests(visitor: Visitor) -> Page:
    page = _open(visitor, "/members/requests/")
    with page.expect_navigation():
        page.locator("main .aside button").click()
    return page


def look_for(page: Page, name: str) -> None:
    """Look for a name in a form that has more people to choose from than it lists."""
    page.locator("input[name=search]").fill(name)
    with page.expect_navigation():
        page.locator("input[name=search]").press("Enter")


def open_hand_over(visitor: Visitor) -> Page:
    page = visitor.open("/members/hand-over/")
    look_for(page, "Wilma")
    page.locator("main select[name=to_person]").select_option("wilma")
    with page.expect_navigation():
        page.locator("main form .buttons button").first.click()
    return page


def open_own_account(visitor: Visitor) -> Page:
    return log_in_to(visitor, "samira", "/my/account/")


def open_second_step(visitor: Visitor) -> Page:
    return visitor.open("/my/account/second-step/")


def open_confirm(visitor: Visitor) -> Page:
    return visitor.open("/my/account/second-step/app/")


def open_app(visitor: Visitor) -> Page:
    return _confirm(visitor.open("/my/account/second-step/app/"))


def open_passkey(visitor: Visitor) -> Page:
    return _confirm(visitor.open("/my/account/second-step/keys/add/"))


def open_change_password(visitor: Visitor) -> Page:
    return visitor.open("/my/account/password/")


def open_forgotten(visitor: Visitor) -> Page:
    visitor.context.clear_cookies()
    return visitor.open("/password/forgotten/")


def open_join_closed(visitor: Visitor) -> Page:
    return visitor.open("/join/nowhere/")


def log_in_to(visitor: Visitor, name: str, path: str) -> Page:
    be(visitor, name)
    return visitor.open(path)


def _open(visitor: Visitor, path: str) -> Page:
    return log_in_to(visitor, COORDINATOR, path)


def _send(page: Page, *, email: str) -> Page:
    page.locator("main input[name=email]").fill(email)
    with page.expect_navigation():
        page.locator("main form button").first.click()
    return page


def _confirm(page: Page) -> Page:
    if page.locator("main input[name=password]").count():
        page.locator("main input[name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("main form button").first.click()
    return page


PAGES = [
    open_members,
    open_member,
    open_invite,
    open_failed_invite,
    open_invitations,
    open_requests,
    open_hand_over,
    open_own_account,
    open_second_step,
    open_confirm,
    open_app,
    open_passkey,
    open_change_password,
    open_forgotten,
    open_join_closed,
]

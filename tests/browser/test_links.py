# SPDX-License-Identifier: EUPL-1.2
"""A link from the mail, on a phone, by who has no account: read, answered, finished."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from scharnier import example
from tests.browser.conftest import PHONE, Visitor, Visits, picture
from tests.browser.measures import LEAST_TARGET, SMALL_TARGETS, STICKING_OUT

pytestmark = pytest.mark.needs_browser

ReadLink = Callable[[str], str]
MAKE_LINK = """
import sys
import django
django.setup()
from django.db import transaction
from scharnier.apps.http import now, today
from scharnier.apps.people import access
from scharnier.apps.people.models import Organization, User
from scharnier.apps.referral import by_link, letters, links, models, services, telling
from scharnier.core import referral
from scharnier.core.kernel import OrganizationId, TurnId

actor = access.actor_of_user(User.objects.get(username="samira").pk, on=today(), at=now())
own = Organization.objects.filter(network_id=actor.network_id).exclude(text_id__in=actor.acts_for)
party = referral.Party(organization_id=OrganizationId(own.earliest("pk").text_id))
wish = services.ReferralWish(text="Twee jongens maken ruzie om geld.", asks=(services.Ask(party=party),))
moment = {"on": today(), "at": now()}
made = services.make_referral(wish, actor=actor, **moment)
turn_id = services.send_all(made, actor=actor, **moment)[0]
purpose, holder = referral.LinkPurpose(sys.argv[1]), models.Holder.ORGANIZATION

def make(purpose):
    with transaction.atomic():
        turn = models.Turn.objects.select_related("referral").get(pk=turn_id)
        return links.make_link(turn, purpose, holder, at=now())

token = make(referral.LinkPurpose.ANSWER)
if purpose is not referral.LinkPurpose.ANSWER:
    by_link.take_step(token, referral.Step.ACCEPT, by_link.Said(), **moment)
    token = make(referral.LinkPurpose.FINISH)
if purpose is referral.LinkPurpose.OUTCOME:
    by_link.take_step(token, referral.Step.COMPLETE, by_link.Said(words="Gesproken."), **moment)
    token = links.make_outcome_link(made, actor=actor, **moment)
print(links.address_of(token))
"""


@pytest.fixture
def read_link(address: str, tmp_path_factory: pytest.TempPathFactory) -> ReadLink:
    """Makes a link as somebody gets it by mail, beside the running demo."""
    database = tmp_path_factory.getbasetemp() / "demo0" / "scharnier.sqlite3"  # of the fixture `address`
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
        "SCHARNIER_FOLDER": str(database.parent),
        "SCHARNIER_DATABASE_URL": f"sqlite:///{database}",
        "SCHARNIER_SECRET_KEY_FILE": str(database.parent / "secret_key"),
        "SCHARNIER_ADDRESS": address,
        "SCHARNIER_DAY": example.KRUISVELD_DAY.isoformat(),
    }

    def read(purpose: str) -> str:
        made = subprocess.run(  # noqa: S603  # our own words
            [sys.executable, "-c", MAKE_LINK, purpose],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return made.stdout.strip().splitlines()[-1]

    return read


def stranger(visit: Visits, **parts: object) -> Visitor:
    visitor = visit(size=PHONE, **parts)
    visitor.context.clear_cookies()
    return visitor


def press(page: Page, name: str, *, role: str = "button") -> str:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role(role, name=name).click()
    return page.locator("main").inner_text()


class TestALink:
    @pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
    def test_is_answered_once_by_who_is_not_signed_in(self, visit, read_link, javascript):
        link = read_link("answer")
        page = stranger(visit, javascript=javascript).open(link)
        shown = page.locator("main").inner_text()

        said = press(page, "Ja, ik pak dit op")
        page.goto(link)

        assert "Twee jongens" in shown
        assert "link om later te zeggen" in said
        assert "Je hebt hier al op geantwoord" in page.locator("main").inner_text()

    def test_is_declined_in_a_form_that_says_what_is_missing(self, visit, read_link):
        page = stranger(visit).open(read_link("answer"))

        press(page, "Dit kan ik niet oppakken", role="link")
        missing = press(page, "Wijs af")
        page.locator("input[name=reason][value=no_capacity]").check()
        said = press(page, "Wijs af")

        assert "Kies waarom niet." in missing
        assert "verder zoeken" in said

    def test_finishes_what_was_taken_on(self, visit, read_link):
        page = stranger(visit).open(read_link("finish"))

        press(page, "Het is klaar", role="link")
        page.locator("textarea[name=result]").fill("We hebben met beiden gesproken.")
        said = press(page, "Het is klaar")

        assert "hoort het" in said

    def test_says_whether_it_helped(self, visit, read_link):
        page = stranger(visit).open(read_link("outcome"))

        page.locator("input[name=helped][value=yes]").check()
        said = press(page, "Versturen")

        assert "Bedankt" in said

    @pytest.mark.parametrize("purpose", ["answer", "finish", "outcome"])
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_gives_axe_nothing_to_say(self, visit, read_link, purpose, language):
        link = read_link(purpose)
        visitor = stranger(visit, language=language)
        step = {"answer": "decline/", "finish": "complete/", "outcome": "outcome/"}[purpose]

        for address in (link, f"{link}{step}", f"{link}remark/") if purpose != "outcome" else (link,):
            page = visitor.open(address)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                picture(page, f"link-{purpose}-{address[len(link) :].strip('/')}-{language}-{scheme}")
                assert Axe().run(page).violations_count == 0
            assert page.evaluate(STICKING_OUT) == []
            assert page.evaluate(SMALL_TARGETS, LEAST_TARGET) == []

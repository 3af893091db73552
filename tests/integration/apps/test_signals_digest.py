# SPDX-License-Identifier: EUPL-1.2
"""A match waits in the mail of what waits, without a word of what is met, until it is decided."""

from __future__ import annotations

import pytest
from django.utils import translation

from scharnier.apps.digest import access, letters, selectors
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Account
from scharnier.apps.people.services import Login, load_logins
from scharnier.apps.referral.selectors import Whose
from scharnier.apps.signals import services
from scharnier.core.kernel import PersonId, Role
from scharnier.core.signals import NamingStep
from tests.factories import DAY, NOON
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.signals_scenes import (
    BY_LIBRARY,
    KRUISVELD,
    LIBRARY,
    LIES,
    PIET,
    WORDS,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(here.a_neighbourhood())
    names = ("lies", "piet")
    load_logins(
        KRUISVELD,
        logins=[
            Login(name=f"{name}@x", password="", person_id=PersonId(name), role=Role.PROFESSIONAL)
            for name in names
        ],
    )
    for account in Account.objects.select_related("user"):
        account.user.email = f"{account.person.text_id}@example.org"
        account.user.save()


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DAY = DAY
    with translation.override("nl"):
        yield


@pytest.fixture
def match_id():
    opened = here.open_match()
    Message.objects.all().delete()
    return opened


def account_of(name):
    return Account.objects.get(person__text_id=name)


class TestWhatWaits:
    def test_holds_a_match_of_one_s_organization(self, match_id):
        waits = selectors.what_waits(LIES, on=DAY)

        (line,) = waits.lines
        assert line.said == "Een andere partner komt hetzelfde tegen als Bibliotheek"
        assert line.address.endswith(f"/signals/matches/{match_id}/")
        assert waits.totals[Whose.ORGANIZATIONS] == waits.total == 1

    @pytest.mark.usefixtures("match_id")
    def test_holds_none_of_others(self):
        assert selectors.what_waits(PIET, on=DAY).total == 0

    def test_holds_none_that_is_decided(self, match_id):
        services.name_side(match_id, LIBRARY, NamingStep.KEEP_UNNAMED, actor=LIES, at=NOON)

        assert selectors.what_waits(LIES, on=DAY).total == 0


class TestLetter:
    @pytest.mark.usefixtures("match_id")
    def test_says_that_there_is_one_and_no_word_of_it(self):
        account = account_of("lies")

        n_things = letters.send(account, actor=LIES, on=DAY)

        said = Message.objects.get(template="digest").text
        assert n_things == 1
        assert "Een andere partner komt hetzelfde tegen als Bibliotheek" in said
        assert not any(words in said for words in (WORDS, BY_LIBRARY, "De Regenboog", "zwerfafval"))

    @pytest.mark.usefixtures("match_id")
    def test_goes_to_whom_it_concerns_only(self):
        concerned = access.concerned(KRUISVELD)

        assert account_of("lies").pk in concerned
        assert account_of("piet").pk not in concerned

    def test_concerns_nobody_once_it_is_decided(self, match_id):
        services.name_side(match_id, LIBRARY, NamingStep.NAME, actor=LIES, at=NOON)

        assert account_of("lies").pk not in access.concerned(KRUISVELD)

# SPDX-License-Identifier: EUPL-1.2
"""Every address of members, for every role and from another network: what the policy refuses is not there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from scharnier.apps.members import models, services, urls
from scharnier.apps.people.models import Account, Membership, Network
from scharnier.core.kernel import Role
from tests.factories import DAY, NOON
from tests.integration.apps import members_scenes as scenes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
KEEPERS = {Role.COORDINATOR, Role.ADMINISTRATOR}
EVERYBODY = set(Role)
COORDINATOR = {Role.COORDINATOR}
READS = {
    "accounts": KEEPERS,
    "account": KEEPERS,
    "invite": KEEPERS,
    "invitations": KEEPERS,
    "requests": KEEPERS,
    "hand_over": EVERYBODY,
    "own_account": EVERYBODY,
}
ACTS = {
    "account": (KEEPERS, {"role": "board"}),
    "end_account": (KEEPERS, {}),
    "invite": (KEEPERS, {"email": "nieuw@example.org", "role": "resident"}),
    "send_again": (KEEPERS, {}),
    "withdraw": (KEEPERS, {}),
    "accept_request": (KEEPERS, {"role": "resident"}),
    "decline_request": (KEEPERS, {}),
    "open_or_close": (COORDINATOR, {"is_open": "no"}),
    "undo_hand_over": (COORDINATOR, {}),
}
OPEN = {"invitation", "join"}
FOR_ONESELF = {"switch_network", "leave", "end_sessions", "start_network"}


@pytest.fixture(scope="module", autouse=True)
def things(_ground):
    """One of everything of Kruisveld, and the arguments of the address of each."""
    scenes.settle()
    Network.objects.update(takes_requests=True)
    invitation = services.invite(
        email="noor@example.org",
        role=Role.RESIDENT,
        actor=scenes.RIA,
        at=timezone.now(),
        link_to=scenes.link_to,
    )
    wish = services.Wish(name="Bas", email="bas@example.org", why="Daarom.")
    services.ask_to_join("kruisveld", wish=wish, at=NOON, link="https://scharnier.test/")
    handed = services.hand_over(
        from_person="samira", to_person="karel", actor=scenes.RIA, on=DAY, today=DAY, at=NOON
    )
    pk = scenes.account_of("karel").pk
    request_pk = models.JoinRequest.objects.get().pk
    return {
        "account": [pk],
        "end_account": [pk],
        "send_again": [invitation.pk],
        "withdraw": [invitation.pk],
        "accept_request": [request_pk],
        "decline_request": [request_pk],
        "undo_hand_over": [handed.pk],
        "invitation": [scenes.token_in(scenes.letters()[0])],
        "join": ["kruisveld"],
    }


def address(name, things):
    return reverse(f"members:{name}", args=things.get(name, []))


def state():
    """Return everything of Kruisveld that an act could change."""
    return (
        list(Account.objects.order_by("pk").values("pk", "role", "network_id")),
        list(models.Invitation.objects.order_by("pk").values()),
        list(models.JoinRequest.objects.order_by("pk").values()),
        list(models.HandOver.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
        list(Network.objects.order_by("pk").values("id", "takes_requests")),
    )


class TestEveryAddress:
    def test_is_looked_at_here(self):
        named = {pattern.name for pattern in urls.urlpatterns}

        assert named == {*READS, *ACTS, *OPEN, *FOR_ONESELF}

    @pytest.mark.parametrize("name", sorted({*READS, *ACTS, *FOR_ONESELF}))
    def test_asks_who_it_is_first(self, client, things, name):
        before = state()

        answers = [client.get(address(name, things)), client.post(address(name, things))]

        assert all(answer.status_code in {302, 405} for answer in answers)
        assert answers[1]["Location"].startswith(reverse("login"))
        assert state() == before

    @pytest.mark.parametrize("name", sorted(ACTS))
    def test_takes_no_act_without_the_token_of_its_form(self, things, sign_in, name):
        sign_in("ria", role=Role.COORDINATOR)
        client = Client(enforce_csrf_checks=True)
        scenes.log_in(client, "ria@kruisveld")
        before = state()

        answer = client.post(address(name, things), ACTS[name][1])

        assert answer.status_code == 403
        assert state() == before


@pytest.mark.parametrize("role", Role)
class TestEveryRole:
    @pytest.mark.parametrize("name", sorted(READS))
    def test_sees_what_the_policy_allows(self, sign_in, things, role, name):
        answer = sign_in("samira", role=role).get(address(name, things))

        assert (answer.status_code == 200) is (role in READS[name])
        assert answer.status_code in {200, 403, 404}

    @pytest.mark.parametrize("name", sorted(ACTS))
    def test_does_what_the_policy_allows(self, sign_in, things, role, name):
        roles, given = ACTS[name]
        may = role in roles or name == "undo_hand_over"  # Samira handed over her own roles
        client, before = sign_in("samira", role=role), state()

        answer = client.post(address(name, things), given)

        assert (answer.status_code == 302) is may
        assert (state() != before) is may


class TestEveryOtherNetwork:
    @pytest.fixture
    def vera(self, sign_in):
        """The coordinator of another network."""
        return sign_in("vera", network_id="elders", role=Role.COORDINATOR)

    @pytest.mark.parametrize("name", sorted(READS))
    def test_shows_nothing_of_this_one(self, vera, things, name):
        said = vera.get(address(name, things)).text

        assert [word for word in ("Karel", "Ria", "noor@example.org", "Bas") if word in said] == []

    @pytest.mark.parametrize(
        "name", ["account", "end_account", "send_again", "withdraw", "accept_request", "decline_request"]
    )
    def test_changes_nothing_of_this_one(self, vera, things, name):
        before = state()

        answer = vera.post(address(name, things), ACTS[name][1])

        assert answer.status_code == 404
        assert state() == before

    def test_undoes_no_hand_over_of_this_one(self, vera, things):
        before = state()

        assert vera.post(address("undo_hand_over", things)).status_code == 404
        assert state() == before

    def test_gives_the_same_answer_for_what_is_not_there(self, vera, things):
        there = vera.get(address("account", things))
        not_there = vera.get(reverse("members:account", args=[10**9]))

        assert there.status_code == not_there.status_code == 404
        assert _sentence(there) == _sentence(not_there)


def _sentence(answer):
    return answer.context["page"].sentence


class TestEveryPage:
    @pytest.mark.parametrize("name", sorted(READS))
    def test_speaks_both_languages(self, sign_in, things, name):
        client = sign_in("ria", role=Role.COORDINATOR)

        heads = {}
        for language in ("nl", "en"):
            said = client.get(address(name, things), headers={"Accept-Language": language}).text
            heads[language] = said.partition("<title>")[2].partition("</title>")[0]
            assert f'<html lang="{language}">' in said

        assert name == "account" or heads["nl"] != heads["en"]  # an account's head is a name

    @pytest.mark.parametrize("name", sorted(OPEN))
    def test_of_who_comes_in_is_kept_by_no_browser(self, client, things, name):
        assert "no-store" in client.get(address(name, things))["Cache-Control"]

    @pytest.mark.parametrize("name", sorted(READS))
    def test_is_kept_by_no_browser(self, sign_in, things, name):
        answer = sign_in("ria", role=Role.COORDINATOR).get(address(name, things))

        assert "no-store" in answer["Cache-Control"]

    def test_of_members_is_in_the_menu_of_who_keeps_them(self, sign_in):
        link = f'href="{reverse("members:accounts")}"'

        shown = {
            role: link in sign_in("samira", role=role).get(reverse("members:own_account")).text
            for role in Role
        }

        assert {role for role, is_shown in shown.items() if is_shown} == KEEPERS

# SPDX-License-Identifier: EUPL-1.2
"""Behind the wall the database itself shows one network only, whatever is asked of it, by hand too."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.urls import reverse

from scharnier.apps import wall
from scharnier.apps.members.tokens import digest_of
from scharnier.apps.people.models import Account, Network
from scharnier.apps.people.views._moving import WORKBOOK
from scharnier.core.kernel import Role
from tests import site_role
from tests.integration.apps import wall_scenes as scenes
from tests.integration.apps.conftest import ON_POSTGRESQL_ONLY
from tests.integration.apps.test_isolation import addresses
from tests.integration.apps.wall_scenes import FOREIGN, HERE, THERE, ask, ask_as_site, rows_in, what_is_told

pytestmark = [pytest.mark.django_db, *ON_POSTGRESQL_ONLY]

OUTSIDE = {  # tables of ours without a wall, and why
    "people_user": "somebody who can sign in is of no network; the accounts say of which",
    "people_user_groups": "Django's, empty",
    "people_user_user_permissions": "Django's, empty",
    "rights_retentionreport": "numbers only, of all networks and of the installation",
    "referral_linkcount": "keyed digests and numbers, counted before anybody knows of which network",
    "tasks_task": "identifiers only, and one worker does the work of all networks",
    "tasks_periodictask": "names and times",
}
REFUSED = re.compile(
    "row-level security|append-only|starts at nothing|moves on by one"
)  # the log guards itself too
NEW_EACH_TIME = {"made_at", "acts", "card_reads", "token"}  # parts of a copy of one's data, and a token
CHANGES_EACH_TIME = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=name="started" value=")[^"]+|x-[0-9a-f]{8}'
    r'|(?<=name="key" value=")[^"]+'
)


def _refusal(statement: str | scenes.sql.Composable, *values: object) -> str:
    """Return what the database says to a statement of the site, when it does not take it."""
    try:
        with transaction.atomic(), site_role.taken(connection):
            ask(statement, *values)
    except Error as error:
        return str(error)
    return "taken"


def _foreign_row(table: str) -> dict[str, object]:
    return next(row for row in rows_in(table, as_site=False) if row["network_id"] == THERE)


@pytest.fixture(autouse=True)
def _two_networks():
    scenes.settle()


class TestTables:
    def test_all_have_a_wall_or_a_reason(self):
        ours = {
            model._meta.db_table
            for model in apps.get_models(include_auto_created=True)
            if model.__module__.startswith("scharnier.") or model._meta.label.startswith("people.")
        }

        assert ours - set(scenes.names(scenes.WALLED)) == set(OUTSIDE), (
            "name the new table in a migration of apps/wall"
        )

    def test_show_nothing_to_a_connection_that_was_told_nothing(self):
        walled = scenes.names(scenes.WALLED)

        empty = [table for table in walled if not rows_in(table, as_site=False)]
        assert empty == [], "let wall_scenes.fill put a row in the new table"
        assert [table for table in walled if rows_in(table)] == []

    def test_show_one_network_to_who_works_in_it(self):
        everything = {table: rows_in(table, as_site=False) for table in scenes.names(scenes.OF_A_NETWORK)}

        with wall.in_network(HERE):
            seen = {table: rows_in(table) for table in scenes.names(scenes.OF_A_NETWORK)}
            networks = rows_in("people_network")

        assert seen == {
            table: [row for row in rows if row["network_id"] == HERE] for table, rows in everything.items()
        }
        assert [table for table in seen if len(seen[table]) == len(everything[table])] == []
        assert [row["id"] for row in networks] == [HERE]

    @pytest.mark.parametrize(
        ("table", "parent", "column"),
        [
            ("people_consent", "people_person", "person_id"),
            ("members_handoverstep", "members_handover", "hand_over_id"),
            ("signals_side", "signals_match", "match_id"),
        ],
    )
    def test_show_what_goes_with_a_row_only_with_it(self, table, parent, column):
        everywhere = {row[column] for row in rows_in(table, as_site=False)}

        with wall.in_network(HERE):
            keys = {row["id"] for row in rows_in(parent)}
            found = {row[column] for row in rows_in(table)}

        assert found == everywhere & keys
        assert everywhere - keys

    def test_take_no_row_of_another_network(self):
        rows = {table: _foreign_row(table) for table in scenes.names(scenes.OF_A_NETWORK)}

        with wall.in_network(HERE):
            said = {table: _refusal(scenes.insert(table), json.dumps(row)) for table, row in rows.items()}

        assert {table: words for table, words in said.items() if not REFUSED.search(words)} == {}

    def test_send_no_row_to_another_network(self):
        with wall.in_network(HERE):
            said = {
                table: _refusal(scenes.of(scenes.MOVE, table), THERE)
                for table in scenes.names(scenes.OF_A_NETWORK)
            }

        assert {table: words for table, words in said.items() if not REFUSED.search(words)} == {}

    @pytest.mark.parametrize("statement", [scenes.TOUCH, scenes.DELETE], ids=["change", "delete"])
    def test_let_no_row_of_another_network_be_touched(self, statement):
        before = {table: rows_in(table, as_site=False) for table in scenes.names(scenes.OF_A_NETWORK)}

        with wall.in_network(HERE):
            n_rows = {
                table: ask_as_site(scenes.of(statement, table), THERE)[0][0]
                for table in scenes.names(scenes.OF_A_NETWORK)
            }

        assert {table for table, n in n_rows.items() if n} == set()
        assert {table: rows_in(table, as_site=False) for table in scenes.names(scenes.OF_A_NETWORK)} == before

    def test_let_no_consent_be_given_for_somebody_of_another_network(self):
        person = _foreign_row("people_person")
        consent = {**rows_in("people_consent", as_site=False)[0], "id": 0, "person_id": person["id"]}

        with wall.in_network(HERE):
            assert "row-level security" in _refusal(scenes.insert("people_consent"), json.dumps(consent))

    def test_cannot_be_opened_or_emptied_by_the_site(self):
        statements = (
            "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
            "DROP POLICY wall ON people_person",
            "TRUNCATE people_person CASCADE",
            "SET row_security = off; SELECT count(*) FROM people_person",
        )

        said = [_refusal(statement) for statement in statements]

        assert [words.split("\n")[0] for words in said] == [
            "must be owner of table people_person",
            "must be owner of relation people_person",
            "permission denied for table people_person",
            'query would be affected by row-level security policy for table "people_person"',
        ]

    def test_lose_their_wall_and_get_it_back(self):
        walled = scenes.names(scenes.WALLED)
        Network.objects.all().delete()
        ask("SET CONSTRAINTS ALL IMMEDIATE")

        call_command("migrate", "wall", "zero", verbosity=0)
        without = scenes.names(scenes.WALLED)
        call_command("migrate", "wall", verbosity=0)

        assert without == []
        assert scenes.names(scenes.WALLED) == walled


class TestDoors:
    def test_let_a_user_see_the_own_accounts_and_their_networks(self):
        user = Account.objects.get(network_id=HERE, role="resident").user
        Account.objects.filter(network_id=THERE, role="resident").update(user=user)

        wall.tell(network_id=HERE, user_pk=user.pk)
        accounts, networks = rows_in("people_account"), rows_in("people_network")

        others = [row for row in accounts if row["network_id"] == THERE]
        assert [row["user_id"] for row in others] == [user.pk]
        assert {row["id"] for row in networks} == {HERE, THERE}

    def test_let_nobody_change_an_own_account_elsewhere(self):
        user = Account.objects.get(network_id=THERE, role="resident").user

        wall.tell(network_id=HERE, user_pk=user.pk)

        statement = "UPDATE people_account SET role = 'coordinator' WHERE user_id = %s"
        assert ask_as_site(statement, user.pk) == [(0,)]

    def test_let_one_invitation_be_seen_by_who_knows_its_token(self):
        wanted, _ = rows_in("members_invitation", as_site=False)

        with wall.holding(wall.pass_of_invitation(str(wanted["token_digest"]))):
            assert rows_in("members_invitation") == [wanted]
            assert rows_in("people_network") == []

    def test_let_one_link_be_seen_by_who_knows_its_token(self):
        wanted, _ = rows_in("referral_link", as_site=False)

        with wall.holding(wall.pass_of_link(str(wanted["token_digest"]))):
            assert rows_in("referral_link") == [wanted]
            assert rows_in("referral_turn") == []

    @pytest.mark.parametrize(
        ("held", "tables"),
        [
            (wall.MAIL, {"mail_message"}),
            (wall.NETWORKS, {"people_network"}),
            (wall.LOG, {"audit_auditevent", "audit_audithead"}),
            (wall.pass_of_invitation(""), set()),
            (wall.pass_of_link(""), set()),
            (wall.Pass("anything"), set()),
        ],
    )
    def test_are_opened_by_their_own_pass_only(self, held, tables):
        with wall.holding(held):
            seen = {table for table in scenes.names(scenes.WALLED) if rows_in(table)}

        assert seen == tables

    @pytest.mark.parametrize(
        ("held", "statement"),
        [
            (wall.NETWORKS, "UPDATE people_network SET name = 'ons'"),
            (wall.LOG, "UPDATE audit_audithead SET number = number + 1"),
            (
                wall.pass_of_link(digest_of(f"link-{scenes.HERE}")),
                "UPDATE referral_link SET used_at = made_at",
            ),
        ],
    )
    def test_that_are_for_reading_let_nothing_be_changed(self, held, statement):
        with wall.holding(held):
            assert ask_as_site(statement) == [(0,)]


class TestRequests:
    @pytest.fixture
    def seen(self):
        """The role, and what the connection was told, at each query of Django's."""
        noted = []

        def note(execute, statement, values, is_many, context):
            with connection.create_cursor() as cursor:
                cursor.execute("SELECT current_user, current_setting('scharnier.network', true)")
                noted.append(cursor.fetchone())
            return execute(statement, values, is_many, context)

        with connection.execute_wrapper(note):
            yield noted

    def test_are_answered_as_the_role_of_a_site(self, sign_in, seen):
        client = sign_in()
        del seen[:]

        assert client.get("/people/karel/").status_code == 200
        assert {role for role, _ in seen} == {site_role.NAME}
        assert seen[-1] == (site_role.NAME, HERE)

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.PROFESSIONAL])
    def test_say_at_every_address_what_they_say_without_the_wall(self, sign_in, monkeypatch, role):
        client = sign_in("samira", role=role)
        paths = [path for path in addresses() if "logout" not in path]

        behind = {path: _said(client, path) for path in paths}
        monkeypatch.setattr(site_role, "take", lambda _wrapper: None)
        without = {path: _said(client, path) for path in paths}

        assert [path for path in paths if behind[path] != without[path]] == []
        told_to_all = [f"/join/{THERE}/", f"/tell/{THERE}/"]  # what their coordinator opened for anybody
        assert [path for path in paths if FOREIGN in behind[path]] == told_to_all

    def test_leave_nothing_told_behind(self, sign_in, client):
        client_of_a_member = sign_in()

        for asker in (client_of_a_member, client):
            for path in ("/", "/people/karel/", "/nowhere/", f"/join/{THERE}/", "/people/nobody/"):
                asker.get(path)

                assert what_is_told() == ["", "", ""]

    def test_know_nothing_of_what_the_connection_was_told_before(self, client, seen):
        wall.tell(network_id=THERE, user_pk=1)

        client.get("/login/")
        client.get(f"/join/{HERE}/")

        assert THERE not in {network for _, network in seen}

    def test_of_anyone_ask_to_join_the_network_of_the_address(self, client):
        page = client.get(f"/join/{quote(THERE)}/")

        assert FOREIGN in page.text

    def test_of_a_member_can_go_to_another_network_and_back(self, sign_in):
        client = sign_in("samira")
        Account.objects.filter(network_id=THERE, person__text_id="samira").update(
            user=Account.objects.get(network_id=HERE, user__username="samira@kruisveld").user
        )

        client.post(reverse("members:switch_network"), {"network": THERE})
        there = client.get(reverse("people:person", args=["karel"])).text
        client.post(reverse("members:switch_network"), {"network": HERE})
        here = client.get(reverse("people:person", args=["karel"])).text

        assert (FOREIGN in there, FOREIGN in here) == (True, False)


def _said(client, path):
    """Return an answer without what differs from one moment to the next: numbers, and what was just done."""
    response = client.get(path)
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if kind in {"application/pdf", WORKBOOK}:  # it says when it was made
        return f"{response.status_code} {kind}"
    text = b"".join(response).decode(errors="replace")
    found = json.loads(text) if kind == "application/json" else None
    if isinstance(found, dict):
        text = str({part: found[part] for part in found if part not in NEW_EACH_TIME})
    return f"{response.status_code} {CHANGES_EACH_TIME.sub('', text)}"

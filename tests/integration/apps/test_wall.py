# SPDX-License-Identifier: EUPL-1.2
"""Behind the wall the database itself shows one network only, whatever is asked of it, by hand too."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.apps import apps
from django.conf import settings
from django.core.checks.registry import registry
from django.core.management import call_command
from django.db import Error, connection, connections, transaction
from django.urls import reverse
from django.utils import timezone

from scharnier.apps import wall
from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.emergency import services as emergency
from scharnier.apps.mail.models import Message, State
from scharnier.apps.mail.retention import erase_contents
from scharnier.apps.mail.selectors import undelivered
from scharnier.apps.members import services as members
from scharnier.apps.people import links
from scharnier.apps.people import services as people
from scharnier.apps.people.demonstration import demo_accounts
from scharnier.apps.people.models import Account, CardCheck, Network, Person, User
from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.worker import Worker
from scharnier.apps.wall import checks
from scharnier.core.kernel import Role
from scharnier.site import audit_log
from tests import site_role
from tests.factories import NOON
from tests.integration.apps import wall_scenes as scenes
from tests.integration.apps.conftest import ON_POSTGRESQL_ONLY
from tests.integration.apps.test_isolation import addresses
from tests.integration.apps.wall_scenes import FOREIGN, HERE, THERE, ask, ask_as_site, rows_in

pytestmark = [pytest.mark.django_db, *ON_POSTGRESQL_ONLY]

OUTSIDE = {  # tables of ours without a wall, and why
    "people_user": "somebody who can sign in is of no network; the accounts say of which",
    "people_user_groups": "Django's, empty",
    "people_user_user_permissions": "Django's, empty",
    "tasks_task": "identifiers only, and one worker does the work of all networks",
    "tasks_periodictask": "names and times",
}
REFUSED = re.compile(
    "row-level security|append-only|starts at nothing|moves on by one"
)  # the log guards itself too
TOLD = "SELECT coalesce(current_setting(%s, true), '')"
CHANGES_EACH_TIME = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=name="started" value=")[^"]+|x-[0-9a-f]{8}'
)


def what_is_told() -> list[str]:
    return [str(ask(TOLD, f"scharnier.{name}")[0][0]) for name in ("network", "user", "pass")]


def _refusal(statement: str | scenes.sql.Composable, *values: object) -> str:
    """Return what the database says to a statement of the site, when it does not take it."""
    try:
        with transaction.atomic(), site_role.taken(connection):
            ask(statement, *values)
    except Error as error:
        return str(error)
    return "taken"


@transaction.atomic
def _tell_and_break() -> None:
    wall.tell(network_id=THERE)
    try:
        ask("SELECT 1/0")
    finally:
        wall.forget()


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

    @pytest.mark.parametrize(
        ("held", "tables"),
        [
            (wall.MAIL, {"mail_message"}),
            (wall.NETWORKS, {"people_network"}),
            (wall.LOG, {"audit_auditevent", "audit_audithead"}),
            (wall.pass_of_invitation(""), set()),
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
        assert [path for path in paths if FOREIGN in behind[path]] == [f"/join/{THERE}/"]

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
    response = client.get(path)
    text = b"".join(response).decode(errors="replace")
    return f"{response.status_code} {CHANGES_EACH_TIME.sub('', text)}"


class TestWork:
    """What goes past a request: each finds the way that was made for it, as the role of a site."""

    @pytest.fixture(autouse=True)
    def _as_site(self, _two_networks):
        with site_role.taken(connection):
            yield

    def test_loads_a_network_and_lets_its_people_in(self):
        scenes.load_both()

        assert what_is_told() == ["", "", ""]
        with wall.in_network(THERE):
            assert {row.network_id for row in Person.objects.all()} == {THERE}
            assert Account.objects.count() == 2

    def test_starts_a_network_beside_one_of_that_name(self):
        user = User.objects.create_user("oprichter", is_superuser=True)

        new = members.start_network(name=HERE, language="nl", own_name="Opa", user=user, at=NOON)

        assert new.startswith(f"{HERE}-")
        with wall.in_network(new):
            assert Account.objects.get().user == user

    def test_lets_in_whom_another_network_invited(self):
        token = scenes.invite(THERE)
        wall.tell(network_id=HERE)

        new_user = members.NewUser(name="Nieuw", password="een lange zin die niemand raadt")  # noqa: S106  invented
        user = members.accept_with_new_user(token, new_user=new_user, at=NOON)

        assert what_is_told() == [HERE, "", ""]
        assert not Account.objects.filter(user=user).exists()
        with wall.in_network(THERE):
            assert Account.objects.get(user=user).network_id == THERE

    def test_asks_the_people_of_every_network_to_look_their_card_over(self):
        assert people.ask_to_confirm(scenes.DAY + timedelta(days=1000)) == 2

        with wall.holding(wall.MAIL):
            texts = [row.text for row in Message.objects.filter(template="confirm_card")]
        assert len(texts) == 2

    def test_confirms_a_card_by_a_link(self, client):
        with wall.in_network(THERE):
            address = links.link_of(CardCheck.objects.get())
        path = address.removeprefix(settings.ADDRESS)

        page, answer = client.get(path), client.post(path)

        assert f"samira@{THERE}.example.org" in page.text
        assert answer.status_code == 200

    def test_sends_and_erases_mail(self):
        Worker(pace=Pace(pause_seconds=1e-6, longest_pause_seconds=1e-6), is_burst=True).run()

        with wall.holding(wall.MAIL):
            states = set(Message.objects.values_list("state", flat=True))
        assert states == {State.SENT}
        assert undelivered() == ()
        assert erase_contents(at=timezone.now() + timedelta(days=31)) == 2

    def test_reminds_the_judges_of_every_network_and_forgets_old_attempts(self):
        later = NOON + timedelta(days=8)

        assert emergency.remind_judges(later.date()) == 2
        assert emergency.remind_judges(later.date()) == 0
        emergency.forget_attempts(later)

        assert rows_in("emergency_attempt", as_site=False) == []

    def test_verifies_the_log_of_every_network(self, capsys):
        audit_log.verify(language="nl")

        said = capsys.readouterr().out
        assert [line.split(":")[0] for line in said.splitlines()] == [THERE, HERE]

    def test_exports_the_log_of_one_network(self, tmp_path):
        file = tmp_path / "log.csv"

        audit_log.export(THERE, form="csv", path=file, is_forced=False, language="nl")

        assert THERE in file.read_text(encoding="utf-8")
        with wall.in_network(THERE):
            assert AuditEvent.objects.order_by("-number").first().act == "audit.exported"

    def test_shows_who_can_sign_in_to_a_demonstration(self):
        assert {account.username for account in demo_accounts()} == {f"samira@{HERE}", f"karel@{HERE}"}

    def test_loads_the_example_once(self, capsys):
        for _ in range(2):
            call_command("load_example")

        with wall.in_network(HERE):
            loaded = AuditEvent.objects.filter(act="network.loaded", network_id=HERE)
            assert loaded.count() == 2  # by this test, and by its beginning
        assert "samira" in capsys.readouterr().out


class TestTelling:
    def test_goes_back_to_what_was_told_before(self):
        wall.tell(network_id=HERE, user_pk=3)

        with wall.in_network(THERE), wall.holding(wall.MAIL):
            inside = what_is_told()

        assert inside == [THERE, "3", "mail"]
        assert what_is_told() == [HERE, "3", ""]

    def test_goes_back_after_an_error(self):
        with pytest.raises(KeyError), transaction.atomic(), wall.in_network(THERE):
            raise KeyError

        assert what_is_told() == ["", "", ""]

    def test_goes_back_after_an_error_of_the_database(self):
        wall.tell(network_id=HERE)

        with pytest.raises(Error), transaction.atomic(), wall.in_network(THERE):
            ask("SELECT 1/0")

        assert what_is_told() == [HERE, "", ""]

    def test_takes_a_pass_back(self):
        with wall.holding(wall.LOG):
            wall.tell(network_id=HERE)

            assert what_is_told() == [HERE, "", ""]

    def test_is_none_of_the_queries_that_are_counted(self, django_assert_num_queries):
        with django_assert_num_queries(0), wall.in_network(HERE):
            wall.forget()

    def test_closes_a_connection_that_answers_no_more(self, other_connection):
        (pid,) = other_connection.connection.execute("SELECT pg_backend_pid()").fetchone()
        wall.tell(network_id=HERE)
        other_connection.terminate(pid)

        wall.forget()

        assert other_connection.connection is None
        assert what_is_told() == ["", "", ""]

    def test_leaves_a_broken_transaction_to_its_rollback(self):
        wall.tell(network_id=HERE)

        with pytest.raises(Error):
            _tell_and_break()

        assert what_is_told() == [HERE, "", ""]

    def test_opens_no_connection_to_forget(self, other_connection):
        other_connection.close()

        wall.forget()

        assert other_connection.connection is None

    @pytest.fixture
    def other_connection(self):
        """A connection of its own, outside the transaction of the test."""
        usual = connections["default"]
        other = usual.copy()
        other.terminate = lambda pid: usual.connection.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        other.ensure_connection()
        connections["default"] = other
        yield other
        connections["default"] = usual
        other.close()


class TestCheckRole:
    def test_warns_of_a_role_that_may_see_everything(self):
        (warning,) = checks.check_role(databases=["default"])

        assert warning.id == "scharnier.W001"
        assert "postgres" in warning.msg

    def test_is_content_with_the_role_of_a_site(self):
        with site_role.taken(connection):
            assert checks.check_role(databases=["default"]) == []

    def test_asks_no_database_that_was_not_named(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert checks.check_role(databases=None) == []

    def test_is_one_of_the_checks_before_serving_not_before_migrating(self):
        assert checks.check_role in registry.get_checks(include_deployment_checks=True)
        assert checks.check_role not in registry.get_checks(include_deployment_checks=False)

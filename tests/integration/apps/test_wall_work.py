# SPDX-License-Identifier: EUPL-1.2
"""Work past a request finds its way through the wall; telling; the check that the wall stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.checks.registry import registry
from django.core.management import call_command
from django.db import Error, connection, connections, transaction
from django.db.models import F

from scharnier.apps import wall
from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.emergency import services as emergency
from scharnier.apps.mail.models import Message, State
from scharnier.apps.mail.selectors import undelivered
from scharnier.apps.members import services as members
from scharnier.apps.people import links, selectors
from scharnier.apps.people import services as people
from scharnier.apps.people.demonstration import demo_accounts
from scharnier.apps.people.models import Account, CardCheck, Person, User
from scharnier.apps.referral import link_pages as referral_pages
from scharnier.apps.referral import links as referral_links
from scharnier.apps.referral import night
from scharnier.apps.rights.services import run_retention
from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.worker import Worker
from scharnier.apps.wall import checks
from scharnier.apps.webhooks import tidying
from scharnier.apps.webhooks.models import Delivery, Webhook
from scharnier.apps.webhooks.services import publish
from scharnier.core.kernel import NetworkId
from scharnier.core.webhooks import Event
from scharnier.site import audit_log
from tests import site_role
from tests.factories import NOON
from tests.integration.apps import wall_scenes as scenes
from tests.integration.apps.conftest import ON_POSTGRESQL_ONLY
from tests.integration.apps.wall_scenes import HERE, THERE, ask, what_is_told
from tests.receiver import run_receiver, status

pytestmark = [pytest.mark.django_db, *ON_POSTGRESQL_ONLY]


@pytest.fixture(autouse=True)
def _two_networks():
    scenes.settle()


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

    def test_sends_mail(self):
        Worker(pace=Pace(pause_seconds=1e-6, longest_pause_seconds=1e-6), is_burst=True).run()

        with wall.holding(wall.MAIL):
            states = set(Message.objects.values_list("state", flat=True))
        assert states == {State.SENT}
        assert undelivered() == ()

    def test_tells_another_system_and_hears_that_it_is_gone(self, settings):
        settings.WEBHOOKS_ON_LOOPBACK = True
        with run_receiver() as receiver, wall.in_network(THERE):
            receiver.answers = [status(503), status(204), status(410)]
            Webhook.objects.update(address=receiver.address)
            for number in range(2):
                _announce(f"referral-{number}")
                Worker(pace=Pace(pause_seconds=1e-6, longest_pause_seconds=1e-6), is_burst=True).run()
                wall.tell(network_id=THERE)  # a worker forgets where it was

            webhook = Webhook.objects.get()
            states = (
                Delivery.objects.exclude(task_id="gone").order_by("object_id").values_list("state", flat=True)
            )
            assert (list(states), webhook.off_because) == (["taken", "dead"], "gone")
        assert len(receiver.received) == 3

    def test_looks_after_the_webhooks_of_every_network(self):
        for network_id in (HERE, THERE):
            with wall.in_network(network_id):
                Webhook.objects.update(old_secret=F("secret"), old_secret_until=NOON)
                Delivery.objects.update(state="waiting", done_at=None)

        assert tidying.give_up_lost(NOON) == 2
        assert tidying.forget_old_secrets(NOON) == 2

    def test_reminds_the_judges_of_every_network_and_forgets_old_attempts(self):
        later = NOON + timedelta(days=8)

        assert emergency.remind_judges(later.date()) == 2
        assert emergency.remind_judges(later.date()) == 0
        assert emergency.forget_attempts(later) == 2

    def test_does_the_night_of_referrals_in_every_network(self):
        at = NOON + timedelta(days=30)

        done = [night.remind(found, on=at.date(), at=at).n_other_ways for found in selectors.each_network()]

        assert done == [1, 1]
        with wall.holding(wall.MAIL):
            assert not Message.objects.filter(template="referral_news").exists()

    def test_opens_a_link_of_another_network_to_who_holds_it(self, client):
        token, at = f"link-{THERE}", NOON

        with wall.in_network(HERE):
            found = referral_links.network_of(token)

        assert found == THERE
        assert referral_pages.read_link(token, at=at).purpose == "answer"
        assert client.get(f"/r/{token}/").status_code in {200, 410}

    def test_puts_away_the_files_of_every_network_that_nobody_imported(self):
        assert people.forget_drafts(at=NOON + timedelta(days=1)) == 2

    def test_clears_up_in_every_network_and_in_the_mail(self):
        years_later = NOON + timedelta(days=3000)

        dry = run_retention(on=years_later.date(), at=years_later, is_dry=True)
        done = run_retention(on=years_later.date(), at=years_later)

        assert {(line.rule, line.network_id) for line in dry} == {
            (line.rule, line.network_id) for line in done
        }
        assert {line.network_id for line in done if line.rule == "invitation"} == {HERE, THERE}
        assert {line.rule for line in done if not line.network_id} >= {"mail"}

    def test_goes_from_one_network_to_the_next_and_sees_only_that(self):
        seen = {network_id: set(_networks_of_persons()) for network_id in selectors.each_network()}

        assert seen == {THERE: {THERE}, HERE: {HERE}}
        assert _networks_of_persons() == []

    def test_reads_a_large_network_again_aside_from_the_request(self):
        aside, seconds = [], iter(range(0, 10_000, 100))
        keeper = selectors.Keeper(
            lambda snapshot, _day: len(snapshot.network.persons),
            at_once=0,
            aside=aside.append,
            clock=lambda: next(seconds),
        )
        with wall.in_network(HERE):
            before = keeper.read(HERE, on=NOON.date())
            Person.objects.create(network_id=HERE, text_id="nieuw", name="Nieuw")
            people.bump_revision(HERE)
            meanwhile = keeper.read(HERE, on=NOON.date())

        (work,) = aside
        work()  # on a connection that was told nothing, as that of a new thread

        with wall.in_network(HERE):
            after = keeper.read(HERE, on=NOON.date())
        assert (meanwhile.made, meanwhile.is_current) == (before.made, False)
        assert (after.made, after.is_current) == (before.made + 1, True)

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


@transaction.atomic
def _announce(object_id):
    publish(Event.REFERRAL_ACCEPTED, network_id=NetworkId(THERE), object_id=object_id, at=NOON)


def _networks_of_persons():
    return list(Person.objects.order_by("network_id").values_list("network_id", flat=True).distinct())


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


@transaction.atomic
def _tell_and_break() -> None:
    wall.tell(network_id=THERE)
    try:
        ask("SELECT 1/0")
    finally:
        wall.forget()

# SPDX-License-Identifier: EUPL-1.2
"""A referral of one network becomes a report in another over real HTTP, and its end comes back."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.db import connection, connections

from scharnier.apps.open311 import services, systems
from scharnier.apps.open311.models import Report, System
from scharnier.apps.people import services as people
from scharnier.apps.referral import services as referrals
from scharnier.apps.referral.models import Event, Remark, Turn
from scharnier.core.kernel import OrganizationId, Role, TopicId
from scharnier.site.wsgi import application
from tests.factories import DAY, NOON, a_network, a_person, an_actor, an_area, an_organization
from tests.integration.apps import referral_scenes
from tests.integration.apps import systems_scenes as scenes
from tests.integration.apps.conftest import ON_SQLITE_ONLY
from tests.integration.apps.members_scenes import let_in
from tests.integration.apps.open311_scenes import RIA, a_public_topic
from tests.integration.apps.referral_scenes import WORDS
from tests.integration.apps.systems_scenes import asked, follow, pass_on, step, the_passage

pytestmark = [pytest.mark.django_db, ON_SQLITE_ONLY]  # both ends share the connection of the test
STAD = "stad"
INA = an_actor("ina", network_id=STAD, role=Role.COORDINATOR, acts_for="reiniging")


@pytest.fixture(autouse=True)
def _two_networks(settings):
    settings.DAY = DAY
    settings.WEBHOOKS_ON_LOOPBACK = True
    scenes.settle()
    stad = a_network(
        network_id=STAD,
        areas=(an_area("centrum"),),
        topics=(a_public_topic("rubbish", nl="rommel op straat", en="rubbish"),),
        organizations=(an_organization("reiniging", name="Reiniging"),),
        persons=(a_person("ina"),),
    )
    people.load_network(stad, at=NOON)
    let_in(STAD, {"ina": Role.COORDINATOR})
    reiniging = OrganizationId("reiniging")
    services.offer(TopicId("rubbish"), organization_id=reiniging, actor=INA, at=NOON)


class Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    """Our own server on a free port of this machine, with the connection of the test."""
    connection.inc_thread_sharing()
    shared = connections["default"]
    found = make_server("127.0.0.1", 0, application, handler_class=Quiet)

    def serve() -> None:
        connections["default"] = shared
        found.serve_forever(poll_interval=0.01)

    thread = Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{found.server_port}/open311/v2"
    found.shutdown()
    found.server_close()
    thread.join()
    connection.dec_thread_sharing()


@pytest.fixture
def key() -> str:
    return services.make_key("Kruisveld", actor=INA, at=NOON)


def connect(server, key, **parts):
    wish = scenes.a_wish(server, api_key=key, jurisdiction_id=STAD, takes_words=True, **parts)
    made = systems.add_system(wish, actor=RIA, at=NOON)
    systems.choose_codes(made, {"litter": "rubbish"}, actor=RIA, at=NOON)


def theirs() -> Turn:
    return Turn.objects.get(network_id=STAD)


def ours() -> Turn:
    return Turn.objects.get(network_id="kruisveld")


class TestBothEnds:
    def test_agree_on_what_may_be_reported(self, server, key):
        connect(server, key)

        assert System.objects.get().services == [["rubbish", "rommel op straat"]]

    def test_bring_a_referral_over_and_its_end_back(self, server, key):
        connect(server, key)
        asked()

        pass_on()

        report = Report.objects.get()
        assert (report.network_id, report.topic_id, report.address) == (STAD, "rubbish", "Noord")
        assert (the_passage().request_id, step()) == (report.id, ("passed", ""))
        assert WORDS in theirs().referral.text
        assert theirs().state == "requested"

        by = {"actor": INA, "on": DAY, "at": NOON}
        referrals.accept(theirs().pk, **by)
        follow()
        assert ours().state == "requested"
        assert Remark.objects.filter(network_id="kruisveld").count() == 1

        referrals.complete(theirs().pk, result="We hebben geveegd.", **by)
        referrals.tell_outcome(
            theirs().referral_id,
            referrals.Telling(by=referral_scenes.referral.Teller.SENDER, helped=a_yes()),
            **by,
        )
        follow()

        assert ours().state == "completed"
        assert step() == ("over", "")
        words = Event.objects.get(network_id="kruisveld", step="complete").words
        assert words
        assert "geveegd" not in words  # what was done there is published by nobody

    def test_do_not_pass_it_round(self, server, key):
        """The other network has our system for its organization: what came from us does not come back."""
        connect(server, key)
        services.offer(TopicId("litter"), organization_id=None, actor=RIA, at=NOON)
        back = services.make_key("Stad", actor=RIA, at=NOON)
        wish = systems.SystemWish(
            organization_id=OrganizationId("reiniging"),
            address=server,
            api_key=back,
            jurisdiction_id="kruisveld",
        )
        made = systems.add_system(wish, actor=INA, at=NOON)
        systems.choose_codes(made, {"rubbish": "litter"}, actor=INA, at=NOON)
        asked()

        pass_on()
        pass_on()

        assert list(Report.objects.values_list("network_id", flat=True)) == [STAD]

    def test_say_that_a_key_was_taken_back(self, server, key):
        connect(server, key)
        services.revoke_key(services.models.Key.objects.get().pk, actor=INA, at=NOON)
        asked()

        pass_on()

        assert (the_passage().status, step()) == (403, ("failed", ""))
        assert not Report.objects.exists()

    def test_speak_xml_too(self, server, key):
        connect(server, key)
        System.objects.update(form="xml")
        asked()

        pass_on()
        follow()

        assert (the_passage().request_id, step()) == (Report.objects.get().id, ("passed", ""))

    def test_leave_nothing_behind_of_a_network_that_is_not_there(self, server, key):
        connect(server, key)
        System.objects.update(jurisdiction_id="nergens")
        asked()

        pass_on()

        assert (the_passage().status, step()) == (404, ("failed", ""))


def a_yes():
    return referral_scenes.referral.Helped.YES

# SPDX-License-Identifier: EUPL-1.2
"""Links and the night among real processes: one wins on a link, and who is killed mails nobody twice."""

from __future__ import annotations

import json
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from pytest_django import DjangoDbBlocker

from scharnier.apps.mail.models import Message
from scharnier.apps.referral.models import Turn
from scharnier.apps.referral.tasks import remind_network
from scharnier.apps.tasks.models import Task
from tests.integration import rivals, working
from tests.integration.working import Installation, until
from tests.post_office import run_post_office

N_RIVALS, N_SILENT = 3, 20
BEGIN = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from django.db import transaction
from scharnier.apps.people.models import Account, Consent, Network, Person, User
from scharnier.apps.referral import by_link, links, models, services, telling
from scharnier.core import referral
from scharnier.core.kernel import Actor, NetworkId, PersonId, Role, ScharnierError
from scharnier.core.referral import Step

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)
ON = {"on": NOON.date(), "at": NOON}
"""
SETTLE = """
import json
Network.objects.create(id="wijk", name="Wijk")
def add(name, email=""):
    person = Person.objects.create(network_id="wijk", text_id=name, name=name, email=email)
    for purpose in ("listing", "contact"):
        Consent.objects.create(person=person, purpose=purpose, given_date=NOON.date())
    return person

user = User.objects.create(username="noor", email="noor@example.org")
Account.objects.create(user=user, network_id="wijk", person=add("noor"), role="professional")
noor = Actor(network_id=NetworkId("wijk"), person_id=PersonId("noor"), role=Role.PROFESSIONAL)
def ask(name):
    add(name, f"{name}@example.org")
    asks = (services.Ask(party=referral.Party(person_id=PersonId(name))),)
    wish = services.ReferralWish(text="Ruzie om geld op het plein.", asks=asks)
    made = services.make_referral(wish, actor=noor, **ON)
    return services.send_all(made, actor=noor, **ON)[0]

def secret(turn_id):
    turn = models.Turn.objects.get(pk=turn_id)
    with transaction.atomic():
        return links.make_link(turn, referral.LinkPurpose.ANSWER, models.Holder.PERSON, at=NOON)

tokens = [secret(ask(name)) for name in ("piet", "bert")]
for number in range(%d):
    ask(f"stil{number}")
print(json.dumps(tokens))
"""
RACE = """
number = int(sys.argv[1])
TOKENS = %s
declined = by_link.Said(decline=services.Decline(reason=referral.Reason.NO_CAPACITY))
ANSWERS = ((Step.ACCEPT, by_link.Said()), (Step.DECLINE, declined), (Step.ACCEPT, by_link.Said()))
ACTS = {
    "accept": lambda: by_link.take_step(TOKENS[0], Step.ACCEPT, by_link.Said(), **ON),
    "answer": lambda: by_link.take_step(TOKENS[1], *ANSWERS[number], **ON),
}
"""
COUNT = """
import json
from scharnier.apps.mail.models import Message
sent = sorted(Message.objects.values_list("to", "template"))
used = models.Link.objects.filter(used_at__isnull=False).count()
print(json.dumps([used, sent]))
"""


class WholeSite(Installation):
    """An installation whose workers do everything, on the day that every silence ends."""

    def environment(self) -> dict[str, str]:
        whole = {"DJANGO_SETTINGS_MODULE": "scharnier.site.settings", "SCHARNIER_DAY": "2026-04-15"}
        return Installation.environment(self) | whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A database in which two hold a link and twenty are silent."""

    track: rivals.Track
    tokens: list[str]


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def settled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Settled:
    track = rivals.lay_track(request, tmp_path_factory, begin=BEGIN)
    return Settled(track=track, tokens=json.loads(track.run(SETTLE % N_SILENT)))


@pytest.fixture
def site(settled: Settled, tmp_path, django_db_blocker: DjangoDbBlocker) -> Iterator[WholeSite]:
    found = WholeSite(folder=tmp_path, url=settled.track.url)
    with django_db_blocker.unblock(), working.connected_to(found.url):
        yield found
    found.end_all()


class TestRivals:
    def test_of_several_at_once_on_one_link_one_wins(self, settled):
        race = RACE % json.dumps(settled.tokens)

        ends = settled.track.race(race, names=("accept", "answer"), n_rivals=N_RIVALS)

        one = {"done": 1, "referral.link_closed": N_RIVALS - 1}
        assert ends == {"accept": one, "answer": one}
        used, sent = json.loads(settled.track.run(COUNT))
        mails = Counter(map(tuple, sent))
        assert used == 2
        assert mails["noor@example.org", "referral_news"] == 2
        assert mails["piet@example.org", "referral_finish"] == 1
        assert mails["bert@example.org", "referral_finish"] <= 1


class TestKilledAtNight:
    def test_writes_to_everybody_once_and_to_nobody_twice(self, site):
        with run_post_office() as office:
            office.is_open.set()
            site.mail_url = f"smtp://127.0.0.1:{office.port}"
            for _ in range(3):  # more often than once a night
                remind_network.enqueue("wijk")
            first = site.start()
            until(lambda: Message.objects.filter(template="referral_reminder").count() > N_SILENT // 4)

            killed = first.end(signal.SIGKILL)
            for _ in range(2):
                site.start()
            until(lambda: not Task.objects.filter(status__in=("ready", "running")).exists())
            received = Counter(str(mail["To"]) for mail in office.received)

        assert killed == -signal.SIGKILL
        reminded = Counter(Message.objects.filter(template="referral_reminder").values_list("to", flat=True))
        assert reminded == Counter(f"stil{number}@example.org" for number in range(N_SILENT))
        assert all(received[to] == 1 for to in reminded)
        silent = Turn.objects.filter(person_text_id__startswith="stil")
        assert set(silent.values_list("state", flat=True)) == {"unanswered"}
        told = Message.objects.filter(to="noor@example.org", subject="Er kwam geen antwoord op je vraag")
        assert told.count() == Turn.objects.filter(state="unanswered").count()

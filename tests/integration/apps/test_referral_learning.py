# SPDX-License-Identifier: EUPL-1.2
"""What came of a referral is what the next answer is made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scharnier.apps.people import selectors as people
from scharnier.apps.people import services as storing
from scharnier.apps.referral import selectors, services
from scharnier.apps.referral.selectors import _answers
from scharnier.core import network, referral
from scharnier.core.kernel import NetworkId
from tests.factories import DAY, NOON, a_network, a_person, a_topic
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.members_scenes import let_in
from tests.integration.apps.referral_scenes import KAREL, NOOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
QUESTION = "Twee jongens maken ruzie over geld op het plein."
BUSY = "Ik help bij ruzie op het plein."


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    topics = (a_topic("debt", nl="geld", en="money", fields=(network.Field.SAFETY,)),)
    persons = (
        a_person("noor", summary="Ik stel vragen."),
        a_person("karel", summary="Ik repareer fietsen."),
        a_person("bas", summary=BUSY),
    )
    storing.load_network(a_network(topics=topics, persons=persons), at=NOON)
    let_in("kruisveld", {name: scenes.ROLES[name] for name in ("noor", "karel", "bas")})


def suggested():
    found = selectors.suggest(QUESTION, place="", actor=NOOR, on=DAY, limit=3)
    return [str(each.party.person_id) for each in found.answer.suggestions]


class TestLearning:
    def test_brings_up_who_took_such_problems(self):
        before = suggested()

        for _ in range(3):
            scenes.tell(scenes.done())

        assert "karel" not in before
        assert "karel" in suggested()

    def test_makes_the_thesaurus_ready_once_and_not_for_each_answer(self):
        finders = set()
        for _ in range(2):
            snapshot = people.read_snapshot(NetworkId("kruisveld"))
            finders.add(id(_answers.fit(snapshot, DAY).pupil.matcher.finder))
            scenes.done()

        assert len(finders) == 1

    def test_makes_it_ready_anew_when_the_network_has_other_topics(self):
        snapshot = people.read_snapshot(NetworkId("kruisveld"))
        more = (*snapshot.network.topics, a_topic("mould", nl="schimmel", fields=(network.Field.LIVING,)))
        wider = replace(snapshot, network=replace(snapshot.network, topics=more))

        before, after = (_answers.fit(each, DAY).pupil.matcher.finder for each in (snapshot, wider))

        assert "mould" not in before.find("schimmel", language="nl")
        assert "mould" in after.find("schimmel", language="nl")

    def test_reads_one_outcome_for_each_turn(self):
        scenes.done()
        turn_id = scenes.a_turn()
        said = services.Decline(reason=referral.Reason.NO_CAPACITY)
        services.decline(turn_id, said, actor=KAREL, on=DAY, at=NOON)

        learned = people.read_snapshot(NetworkId("kruisveld")).outcomes

        assert [(outcome.response.value, outcome.reason) for outcome in learned] == [
            ("completed", None),
            ("declined", referral.Reason.NO_CAPACITY),
        ]
        assert {outcome.party.person_id for outcome in learned} == {"karel"}
        assert {outcome.on for outcome in learned} == {DAY}

# SPDX-License-Identifier: EUPL-1.2
"""What is kept of a large network while it is read again: who is out of sight is so in the next answer."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import count, pairwise

import pytest
from django.urls import reverse

from scharnier.apps.people import models, rows, selectors, services
from scharnier.apps.people.cards import Group
from scharnier.apps.people.selectors import _lasting
from scharnier.apps.picture import aside as layouts
from scharnier.apps.picture.selectors import _scenes as scenes
from scharnier.apps.picture.selectors._scenes import SceneStore
from scharnier.apps.referral import selectors as referral
from scharnier.apps.referral.selectors import _answers as answers
from scharnier.core import network, picture
from scharnier.core.kernel import NetworkId, PersonId, Role, TopicId
from scharnier.core.network import Purpose
from scharnier.core.policy import Visibility
from tests.factories import (
    DAY,
    NOON,
    a_network,
    a_person,
    a_tie,
    an_actor,
    an_area,
    an_availability,
    an_organization,
)
from tests.integration.apps.drawn import drawn
from tests.integration.neighbourhood import KRUISVELD

pytestmark = pytest.mark.django_db
PRIVATE = Visibility.PRIVATE
DEBTS = "Ik heb schulden en krijg elke dag brieven van de deurwaarder"
QUESTION = {"text": DEBTS, "place": ""}
TOMORROW = DAY + timedelta(days=1)


class Work(list[Callable[[], None]]):
    """What is to be done aside, until the test says so."""

    def do(self) -> None:
        while self:
            self.pop(0)()


def a_neighbourhood() -> network.Network:
    """Vera asks, Karel can help, and Nelly introduces them."""
    return a_network(
        areas=(an_area("noord"),),
        organizations=(an_organization(remit="Hulp bij schulden en brieven van de deurwaarder"),),
        persons=(
            a_person("vera", name="Vera Vraag", purposes=()),
            a_person("karel", name="Karel Krediet", summary="Ik help bij schulden."),
            a_person("noor", name="Nelly Nabij", summary="Ik ken iedereen."),
            *(a_person(f"p{number}", summary="Ik geef voetbal.") for number in range(5)),
        ),
        ties=(a_tie("vera", "noor"), a_tie("noor", "karel")),
    )


@pytest.fixture(autouse=True)
def _network(load, settings):
    settings.DAY = DAY
    load(a_neighbourhood())


@pytest.fixture
def work() -> Work:
    return Work()


def a_keeper(make, work: Work) -> selectors.Keeper:
    """Take every network for a large one, seen a minute apart; what is made aside is left to the test."""
    minutes = count(step=60)
    return selectors.Keeper(make, at_once=0, aside=work.append, clock=lambda: next(minutes))


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch, work: Work) -> Work:
    """Let the site itself answer so."""
    monkeypatch.setattr(answers, "KEEPER", a_keeper(referral.fit, work))
    keeper = a_keeper(scenes.set_scene, work)
    monkeypatch.setattr("scharnier.apps.picture.selectors._picture.STORE", SceneStore(keeper))
    return work


def revision_of(snapshot, _day):
    return snapshot.revision


def change(revision="the next"):
    models.Network.objects.update(revision=revision, sight=revision)


def add(value: network.Person) -> None:
    """Let somebody come in, as an act would."""
    row = rows.person_row(value, network_id=KRUISVELD)
    row.save()
    for consent in value.consents:
        row.consents.create(purpose=consent.purpose.value, given_date=consent.given_date)
    change()


class TestKeeper:
    def test_reads_one_number_when_nothing_changed(self, django_assert_num_queries):
        keeper = selectors.Keeper(revision_of)
        first = keeper.read(KRUISVELD, on=DAY)

        with django_assert_num_queries(1):
            assert keeper.read(KRUISVELD, on=DAY) is first

    def test_lets_wait_for_a_small_network_that_changed(self):
        keeper = selectors.Keeper(revision_of)
        keeper.read(KRUISVELD, on=DAY)
        change()

        kept = keeper.read(KRUISVELD, on=DAY)

        assert (kept.made, kept.is_current) == ("the next", True)

    def test_makes_it_again_on_another_day(self):
        keeper = selectors.Keeper(lambda _snapshot, day: day)
        keeper.read(KRUISVELD, on=DAY)

        assert keeper.read(KRUISVELD, on=TOMORROW).made == TOMORROW

    def test_gives_what_there_is_of_a_large_network_and_says_so(self, work):
        keeper = a_keeper(revision_of, work)
        first = keeper.read(KRUISVELD, on=DAY)
        change()

        kept = keeper.read(KRUISVELD, on=DAY)

        assert (kept.made, kept.is_current) == (first.made, False)

    def test_gives_the_newer_once_it_is_made(self, work):
        keeper = a_keeper(revision_of, work)
        keeper.read(KRUISVELD, on=DAY)
        change()
        keeper.read(KRUISVELD, on=DAY)

        work.do()

        kept = keeper.read(KRUISVELD, on=DAY)
        assert (kept.made, kept.is_current) == ("the next", True)

    def test_makes_one_at_a_time(self, work):
        keeper = a_keeper(revision_of, work)
        keeper.read(KRUISVELD, on=DAY)
        change()

        for _ in range(3):
            keeper.read(KRUISVELD, on=DAY)

        assert len(work) == 1

    def test_does_not_make_it_again_within_half_a_minute(self, work):
        seconds = iter([0.0, 29.0, 30.0])
        keeper = selectors.Keeper(revision_of, at_once=0, aside=work.append, clock=lambda: next(seconds))
        keeper.read(KRUISVELD, on=DAY)
        change()

        begun = [(keeper.read(KRUISVELD, on=DAY).is_current, len(work)) for _ in range(2)]

        assert begun == [(False, 0), (False, 1)]

    def test_rests_longer_after_what_took_long(self, work):
        seconds, cpu = iter([0.0, 199.0, 200.0]), iter([0.0, 5.0])
        keeper = selectors.Keeper(
            revision_of,
            at_once=0,
            aside=work.append,
            clock=lambda: next(seconds),
            cpu_clock=lambda: next(cpu),
        )
        keeper.read(KRUISVELD, on=DAY)
        change()

        begun = [(keeper.read(KRUISVELD, on=DAY).is_current, len(work)) for _ in range(2)]

        assert begun == [(False, 0), (False, 1)]

    def test_tries_again_after_a_fall(self, work):
        def make(snapshot, day):
            if snapshot.revision == "broken":
                raise ZeroDivisionError
            return day

        keeper = a_keeper(make, work)
        keeper.read(KRUISVELD, on=DAY)
        change("broken")
        keeper.read(KRUISVELD, on=DAY)
        with pytest.raises(ZeroDivisionError):
            work.do()

        keeper.read(KRUISVELD, on=DAY)

        assert len(work) == 1

    def test_lets_go_of_a_network_that_went_meanwhile(self, work, load):
        load(a_network(network_id="elders", persons=(a_person(),)))
        keeper = a_keeper(revision_of, work)
        keeper.read(NetworkId("elders"), on=DAY)
        models.Network.objects.filter(id="elders").update(revision="the next")
        keeper.read(NetworkId("elders"), on=DAY)
        models.Network.objects.filter(id="elders").delete()

        work.do()

        with pytest.raises(selectors.NetworkNotFound):
            keeper.read(NetworkId("elders"), on=DAY)

    def test_forgets_the_network_not_asked_for_longest(self, load, django_assert_num_queries):
        keeper = selectors.Keeper(revision_of, most=1)
        load(a_network(network_id="elders", persons=(a_person(),)))
        first = keeper.read(KRUISVELD, on=DAY)
        kept = keeper.read(NetworkId("elders"), on=DAY)

        with django_assert_num_queries(1):
            assert keeper.read(NetworkId("elders"), on=DAY) is kept
        assert keeper.read(KRUISVELD, on=DAY) is not first


def a_heap(_snapshot, _day):
    """Return something large that refers to itself, as what it was made with may."""
    heap = Heap()
    heap.itself = heap
    return heap


class Heap:
    itself: Heap


class TestMakingLarge:
    @pytest.fixture(autouse=True)
    def _unfrozen(self):
        gc.unfreeze()
        yield
        gc.unfreeze()

    def test_keeps_what_is_large_from_the_collector(self):
        selectors.Keeper(a_heap, at_once=0).read(KRUISVELD, on=DAY)

        assert gc.get_freeze_count() > 0
        assert gc.isenabled()

    def test_leaves_what_is_small_to_it(self):
        selectors.Keeper(a_heap).read(KRUISVELD, on=DAY)

        assert gc.get_freeze_count() == 0

    def test_collects_again_after_a_fall(self):
        with pytest.raises(ZeroDivisionError):
            selectors.Keeper(lambda *_: 1 // 0, at_once=0).read(KRUISVELD, on=DAY)

        assert gc.isenabled()

    def test_clears_up_what_refers_to_itself_after_some_times(self, work):
        keeper = a_keeper(a_heap, work)
        first = weakref.ref(keeper.read(KRUISVELD, on=DAY).made)

        for number in range(_lasting.SWEEP_EVERY):
            change(f"revision {number}")
            keeper.read(KRUISVELD, on=DAY)
            work.do()

        assert first() is None


class TestReadSnapshot:
    def test_reads_again_when_a_change_came_between(self, monkeypatch):
        monkeypatch.setattr(
            "scharnier.apps.people.selectors._snapshot.revision", lambda _network_id: "always another"
        )

        assert len(selectors.read_snapshot(KRUISVELD).network.persons) == 8


@pytest.mark.usefixtures("aside")
class TestAsking:
    @pytest.fixture
    def client(self, sign_in):
        """Vera, who has asked before: so it is her network as it was that answers."""
        client = sign_in("vera")
        assert "Karel Krediet" in client.post("/", QUESTION).text
        return client

    def test_leaves_out_at_once_who_opts_out(self, client):
        services.leave_sight(actor=an_actor("karel"), on=DAY, at=NOON)

        assert "Karel" not in client.post("/", QUESTION).text

    def test_leaves_out_at_once_who_is_gone(self, client):
        models.Person.objects.filter(text_id="karel").delete()
        change()

        assert "Karel" not in client.post("/", QUESTION).text

    def test_leaves_out_at_once_who_takes_nothing_more(self, client):
        models.Person.objects.filter(text_id="karel").update(accepting="no")
        change()

        assert "Karel" not in client.post("/", QUESTION).text

    def test_names_nobody_who_does_not_introduce_any_more(self, client):
        assert "Nelly" in client.post("/", QUESTION).text

        services.withdraw_consent(Purpose.INTRODUCTION, actor=an_actor("noor"), on=DAY, at=NOON)

        said = client.post("/", QUESTION).text
        assert ("Nelly" in said, "Karel" in said) == (False, True)

    def test_goes_no_way_over_a_tie_that_was_taken_away(self, client):
        models.Tie.objects.filter(source__text_id="noor").delete()
        change()

        assert "Nelly" not in client.post("/", QUESTION).text

    def test_calls_somebody_by_their_new_name(self, client):
        models.Person.objects.filter(text_id="karel").update(name="Karel Contant")
        change()

        assert "Karel Contant" in client.post("/", QUESTION).text

    def test_repeats_nothing_that_went_from_a_card(self, client, work):
        models.Person.objects.filter(text_id="karel").update(summary="Ik help bij deurwaarders.")
        change()

        assert "Karel" not in client.post("/", QUESTION).text
        work.do()
        assert "Karel" in client.post("/", QUESTION).text

    def test_finds_who_is_new_once_it_was_read(self, client, work):
        add(a_person("nieuw", name="Nieuwe Naam", summary="Schulden, brieven, deurwaarder."))

        assert "Nieuwe Naam" not in client.post("/", QUESTION).text
        work.do()
        assert "Nieuwe Naam" in client.post("/", QUESTION).text

    @pytest.mark.usefixtures("client")
    def test_answers_who_came_in_since(self, sign_in):
        add(a_person("gast", name="Gast"))

        answer = sign_in("gast").post("/", QUESTION)

        assert "Karel Krediet" in answer.text


@pytest.mark.usefixtures("aside")
class TestPicture:
    @pytest.fixture
    def client(self, sign_in):
        client = sign_in("noor")
        assert "Karel Krediet" in self.said(client)
        return client

    def said(self, client) -> str:
        return "".join(client.get(reverse(f"picture:{name}")).text for name in ("picture", "data"))

    def test_leaves_out_at_once_who_opts_out(self, client):
        services.leave_sight(actor=an_actor("karel"), on=DAY, at=NOON)

        assert "Karel" not in self.said(client)

    def test_leaves_out_at_once_a_tie_that_was_taken_away(self, client):
        models.Tie.objects.filter(target__text_id="karel").delete()
        change()

        edges = drawn(client)["edges"]

        assert [edge for edge in edges if "person:karel" in edge.values()] == []

    def test_keeps_everybody_else_in_place(self, client):
        before = drawn(client)["nodes"]
        services.leave_sight(actor=an_actor("karel"), on=DAY, at=NOON)

        after = drawn(client)["nodes"]

        assert after == [node for node in before if node["id"] != "person:karel"]

    def test_shows_who_is_new_once_it_was_read(self, client, work):
        add(a_person("nieuw", name="Nieuwe Naam"))

        assert "Nieuwe Naam" not in self.said(client)
        work.do()
        assert "Nieuwe Naam" in self.said(client)


class TestStage:
    """What is drawn once, for whom, and how long that holds."""

    @pytest.fixture
    def store(self, work) -> SceneStore:
        return SceneStore(a_keeper(scenes.set_scene, work))

    def draw(self, store, person="noor", *, role=Role.RESIDENT, **asked):
        return store.stage(KRUISVELD, on=DAY).draw(
            picture.Selection(**asked), actor=an_actor(person, role=role)
        )

    def draw_after_change(self, store):
        """What is drawn of an older reading, which what stands now was looked up for."""
        self.draw(store)
        change()
        return self.draw(store)

    def test_draws_once_for_all_who_see_the_same(self, store):
        assert self.draw(store) is self.draw(store, "karel")

    @pytest.mark.parametrize(
        ("person", "asked"),
        [("vera", {}), ("noor", {"role": Role.COORDINATOR}), ("noor", {"with_groups": True})],
        ids=["hidden themselves", "another role", "another choice"],
    )
    def test_draws_apart_what_may_differ(self, store, person, asked):
        assert self.draw(store, person, **asked) is not self.draw(store)

    def test_draws_apart_for_a_role_that_sees_only_itself(self, store):
        drawings = [self.draw(store, name, role=Role.ADMINISTRATOR) for name in ("noor", "karel")]

        assert [[node.id for node in each.seen.nodes] for each in drawings] == [["noor"], ["karel"]]

    def test_forgets_it_all_when_anything_changed(self, store):
        before = self.draw(store)
        change()

        assert self.draw(store) is not before

    def test_draws_nothing_again_while_what_is_in_sight_stays(self, store):
        before = self.draw_after_change(store)
        change("and one more")

        assert self.draw(store) is before

    def test_looks_nobody_up_again_while_only_cards_change(self, store, django_assert_num_queries):
        before = self.draw_after_change(store)
        services.confirm_group(Group.WAYS, actor=an_actor("karel"), on=DAY, at=NOON)

        with django_assert_num_queries(2):  # of the network, of sight
            assert self.draw(store) is before

    def test_draws_again_when_somebody_left_sight(self, store):
        before = self.draw_after_change(store)
        services.leave_sight(actor=an_actor("karel"), on=DAY, at=NOON)

        after = self.draw(store)

        assert [node.id for node in before.seen.nodes if node not in after.seen.nodes] == ["karel"]

    def test_draws_again_on_another_day(self, store):
        before = self.draw_after_change(store)

        assert store.stage(KRUISVELD, on=TOMORROW).scene.on == TOMORROW
        assert before.scene.on == DAY

    def test_keeps_to_those_asked_for_last(self, store):
        choices = [picture.Selection(topic_id=TopicId(f"t{number}")) for number in range(30)]
        stage = store.stage(KRUISVELD, on=DAY)

        for choice in choices:
            stage.draw(choice, actor=an_actor("noor"))

        assert [selection for selection, _viewpoint in stage.drawings] == choices[-scenes.MOST_DRAWINGS :]

    def test_holds_the_stages_of_some_networks(self, store, load):
        for number in range(scenes.MOST_STAGES + 1):
            load(a_network(network_id=f"n{number}", persons=(a_person(),)))
        first = store.stage(NetworkId("n0"), on=DAY)

        for number in range(1, scenes.MOST_STAGES + 1):
            store.stage(NetworkId(f"n{number}"), on=DAY)

        assert store.stage(NetworkId("n0"), on=DAY) is not first


KAREL = an_actor("karel")
WAYS = services.Reach(email="karel@kruisveld.example", phone="", reach="")
ACTS = {
    "how somebody is reached": lambda: services.change_ways(WAYS, actor=KAREL, on=DAY, at=NOON),
    "whether they take more": lambda: services.change_room(an_availability(), actor=KAREL, on=DAY, at=NOON),
    "a look at the card": lambda: services.confirm_group(Group.WAYS, actor=KAREL, on=DAY, at=NOON),
    "who sees what": lambda: services.change_visibility({"phone": PRIVATE}, actor=KAREL, at=NOON),
}


class TestSightRevision:
    @pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
    def test_stays_where_everybody_and_every_tie_does(self, act):
        before = selectors.sight_revision(KRUISVELD), selectors.read_sight(KRUISVELD, on=DAY)
        revision = selectors.revision(KRUISVELD)

        act()

        assert (selectors.sight_revision(KRUISVELD), selectors.read_sight(KRUISVELD, on=DAY)) == before
        assert selectors.revision(KRUISVELD) != revision

    def test_is_another_once_somebody_left(self):
        before = selectors.sight_revision(KRUISVELD)

        services.leave_sight(actor=an_actor("karel"), on=DAY, at=NOON)

        assert selectors.sight_revision(KRUISVELD) != before

    def test_is_none_of_a_network_that_is_not_there(self):
        assert selectors.sight_revision(NetworkId("nowhere")) == ""


class TestReadStanding:
    @pytest.mark.parametrize("n_more", [1, 50])
    def test_takes_the_same_queries_for_few_and_many(self, load, django_assert_num_queries, n_more):
        value = a_neighbourhood()
        more = tuple(a_person(f"q{number}") for number in range(n_more))
        load(replace(value, persons=(*value.persons, *more)))

        with django_assert_num_queries(4):  # persons, consents, checks, ties
            standing = selectors.read_standing(KRUISVELD, among=[person.id for person in more])

        assert [person.id for person in standing.persons] == [person.id for person in more]


class TestReadSight:
    def test_is_who_wants_to_be_found_on_the_day_and_every_tie(self):
        sight = selectors.read_sight(KRUISVELD, on=DAY)

        assert sight.listed == {"karel", "noor", *(f"p{number}" for number in range(5))}
        assert sight.ties == {("vera", "noor", "knows"), ("noor", "karel", "knows")}

    def test_holds_nobody_of_another_network(self, load):
        load(
            a_network(
                network_id="elders", persons=(a_person("ria"), a_person("bas")), ties=(a_tie("ria", "bas"),)
            )
        )

        assert PersonId("ria") not in selectors.read_sight(KRUISVELD, on=DAY).listed


class TestInThread:
    def test_does_the_work_beside_the_asker(self):
        done = []

        thread = selectors.in_thread(lambda: done.append(True))
        thread.join()

        assert done == [True]


class TestLayOut:
    def test_lays_the_same_graph_out_once(self):
        first = layouts.lay_out(["a", "b"], [("a", "b")])

        assert layouts.lay_out(["b", "a"], [("b", "a"), ("a", "b")]) is first
        assert layouts.lay_out(["b", "a"], []) is not first

    def test_keeps_to_those_asked_for_last(self):
        first = layouts.lay_out(["a"], [])
        for number in range(layouts.MOST_KEPT):
            layouts.lay_out([f"n{number}"], [])

        assert layouts.lay_out(["a"], []) is not first


class TestSetScene:
    def test_places_everybody_of_a_large_network_before_anyone_asks(self):
        persons = tuple(a_person(f"p{number}") for number in range(selectors.MOST_AT_ONCE + 1))
        snapshot = selectors.Snapshot(revision="r", network=a_network(persons=persons), outcomes=())

        scene = scenes.set_scene(snapshot, DAY)

        assert "places" in vars(scene)
        assert "places" not in vars(picture.set_scene(a_network(), on=DAY))

    def test_lays_out_a_large_network_as_a_small_one(self):
        names = [f"p{number}" for number in range(selectors.MOST_AT_ONCE + 1)]
        ties = tuple(a_tie(one, other) for one, other in pairwise(names))
        value = a_network(persons=tuple(map(a_person, names)), ties=ties)

        scene = scenes.set_scene(selectors.Snapshot(revision="r", network=value, outcomes=()), DAY)

        assert scene.places == picture.set_scene(value, on=DAY).places

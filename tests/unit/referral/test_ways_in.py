# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from scharnier.core import network, referral
from scharnier.core.kernel import PersonId
from scharnier.core.referral._ways_in import (
    CONTACT,
    FRONT_DOOR,
    INTRODUCED,
    KNOWN,
    Route,
    find_routes,
    front_door,
    way_in_to_person,
)
from tests.factories import DAY, a_network, a_person, a_tie

LISTED_ONLY = (network.Purpose.LISTING,)
NO_CONTACT = (network.Purpose.LISTING, network.Purpose.INTRODUCTION)
NAMES = ("ann", "bob", "cas", "dia", "eva")


def an_index(*ties, closed=(), reserved=()):
    """Five people with ties; `closed` ones introduce nobody, `reserved` ones show no contact details."""
    purposes = dict.fromkeys(NAMES, tuple(network.Purpose))
    purposes |= dict.fromkeys(reserved, NO_CONTACT) | dict.fromkeys(closed, LISTED_ONLY)
    persons = [a_person(name, purposes=agreed) for name, agreed in purposes.items()]
    return network.index_network(a_network(persons=persons, ties=ties))


def routes_of_ann(*ties, closed=(), on=DAY):
    return find_routes(an_index(*ties, closed=closed), PersonId("ann"), on=on)


class TestFindRoutes:
    def test_reaches_who_the_asker_knows(self):
        routes = routes_of_ann(a_tie("ann", "bob", strength=0.8))

        assert routes == {"bob": Route(strength=pytest.approx(0.8), introducers=(), since=DAY)}

    def test_goes_both_ways(self):
        assert "bob" in routes_of_ann(a_tie("bob", "ann"))

    def test_multiplies_the_strengths_on_the_way(self):
        routes = routes_of_ann(a_tie("ann", "bob", strength=0.5), a_tie("bob", "cas", strength=0.5))

        assert routes["cas"].strength == pytest.approx(0.25)
        assert routes["cas"].introducers == ("bob",)

    def test_goes_over_two_introductions_and_no_more(self):
        chain = [a_tie(*pair) for pair in pairwise(NAMES)]

        routes = routes_of_ann(*chain)

        assert routes["dia"].introducers == ("bob", "cas")
        assert "eva" not in routes

    def test_goes_the_strongest_way(self):
        routes = routes_of_ann(
            a_tie("ann", "cas", strength=0.2),
            a_tie("ann", "bob", strength=0.9),
            a_tie("bob", "cas", strength=0.9),
        )

        assert routes["cas"].introducers == ("bob",)
        assert routes["cas"].strength == pytest.approx(0.81)

    def test_keeps_a_short_weak_way_where_the_strong_one_is_too_long(self):
        weak = a_tie("ann", "cas", strength=0.3)
        strong = [a_tie("ann", "bob"), a_tie("bob", "eva"), a_tie("eva", "cas")]

        routes = routes_of_ann(weak, *strong, a_tie("cas", "dia"))

        assert routes["cas"].introducers == ("bob", "eva")
        assert routes["dia"].introducers == ("cas",)

    def test_asks_nobody_to_introduce_who_did_not_agree_to(self):
        routes = routes_of_ann(a_tie("ann", "bob"), a_tie("bob", "cas"), closed=("bob",))

        assert set(routes) == {"bob"}

    def test_goes_around_who_does_not_introduce(self):
        routes = routes_of_ann(
            a_tie("ann", "bob"),
            a_tie("bob", "dia"),
            a_tie("ann", "cas", strength=0.5),
            a_tie("cas", "dia"),
            closed=("bob",),
        )

        assert routes["dia"].introducers == ("cas",)

    def test_starts_with_the_asker_who_need_agree_to_nothing(self):
        assert "bob" in routes_of_ann(a_tie("ann", "bob"), closed=("ann",))

    def test_uses_no_consent_to_introduce_that_is_over(self):
        routes = routes_of_ann(a_tie("ann", "bob"), a_tie("bob", "cas"), on=DAY)
        earlier = date(2025, 12, 31)  # a day before the consents
        ties = (a_tie("ann", "bob", observed=earlier), a_tie("bob", "cas", observed=earlier))

        assert "cas" in routes
        assert set(routes_of_ann(*ties, on=earlier)) == {"bob"}

    def test_calls_a_way_that_has_nearly_faded_no_way(self):
        assert routes_of_ann(a_tie("ann", "bob", strength=0.049)) == {}

    def test_follows_no_tie_that_was_seen_later(self):
        assert routes_of_ann(a_tie("ann", "bob", observed=DAY + timedelta(days=1))) == {}

    def test_takes_the_strongest_of_several_ties(self):
        old, new = date(2025, 3, 29), DAY

        routes = routes_of_ann(a_tie("ann", "bob", observed=old), a_tie("bob", "ann", observed=new))

        assert (routes["bob"].strength, routes["bob"].since) == (1.0, new)

    @pytest.mark.parametrize("step", [1, -1])
    def test_takes_the_latest_of_equally_strong_ties_in_any_order(self, step):
        faded = a_tie("ann", "bob", strength=1.0, observed=DAY - timedelta(days=365))
        fresh = a_tie("ann", "bob", strength=0.5, observed=DAY)

        routes = routes_of_ann(*(faded, fresh)[::step])

        assert routes["bob"] == Route(strength=0.5, introducers=(), since=DAY)

    def test_says_since_when_by_the_oldest_tie_on_the_way(self):
        old = date(2025, 12, 1)

        routes = routes_of_ann(a_tie("ann", "bob", observed=old), a_tie("bob", "cas"))

        assert routes["cas"].since == old

    def test_leads_nobody_to_themselves(self):
        assert "ann" not in routes_of_ann(a_tie("ann", "bob"), a_tie("bob", "ann"))

    def test_leads_someone_outside_the_network_nowhere(self):
        assert find_routes(an_index(a_tie("ann", "bob")), PersonId("zoë"), on=DAY) == {}


def way_to_cas(*ties, asker="ann", closed=(), reserved=()):
    index = an_index(*ties, closed=closed, reserved=reserved)
    asker_id = None if asker is None else PersonId(asker)
    routes = {} if asker_id is None else find_routes(index, asker_id, on=DAY)
    return way_in_to_person(index, PersonId("cas"), asker_id=asker_id, routes=routes, on=DAY)


class TestWayInToPerson:
    def test_is_no_way_at_all_to_oneself(self):
        way = way_to_cas(asker="cas")

        assert (way.entry, way.score) == (referral.Entry.SELF, KNOWN)

    @pytest.mark.parametrize(("strength", "score"), [(1.0, 1.0), (0.5, 0.975), (0.05, 0.9525)])
    def test_is_worth_more_the_better_they_know_each_other(self, strength, score):
        way = way_to_cas(a_tie("ann", "cas", strength=strength))

        assert way.entry is referral.Entry.KNOWN
        assert way.score == pytest.approx(score)

    def test_names_who_introduces(self):
        way = way_to_cas(a_tie("ann", "bob"), a_tie("bob", "cas", strength=0.5))

        assert (way.entry, way.introducers, way.since) == (referral.Entry.INTRODUCED, ("bob",), DAY)
        assert way.score == pytest.approx((CONTACT + INTRODUCED) / 2)

    def test_is_worth_as_much_as_it_says(self):
        introduced = way_to_cas(a_tie("ann", "bob"), a_tie("bob", "cas"))

        assert introduced.score == pytest.approx(0.95)
        assert (way_to_cas().score, front_door().score) == (0.85, 0.8)

    @pytest.mark.parametrize("asker", ["ann", None])
    def test_is_open_contact_when_nobody_leads_there(self, asker):
        assert way_to_cas(asker=asker) == referral.WayIn(score=CONTACT, entry=referral.Entry.CONTACT)

    def test_is_the_front_door_when_contact_is_not_open(self):
        assert way_to_cas(reserved=("cas",)) == front_door()

    def test_is_better_the_nearer_it_starts(self):
        acquaintance = way_to_cas(a_tie("ann", "cas", strength=0.05))
        friend_of_friend = way_to_cas(a_tie("ann", "bob"), a_tie("bob", "cas"))
        stranger = way_to_cas()

        assert KNOWN > acquaintance.score > friend_of_friend.score > stranger.score > FRONT_DOOR

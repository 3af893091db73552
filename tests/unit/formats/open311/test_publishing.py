# SPDX-License-Identifier: EUPL-1.2
"""A referral about public space as anybody may see it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scharnier.core import network
from scharnier.core.kernel import TopicId
from scharnier.core.referral import Reason, State
from scharnier.formats import open311, skos
from scharnier.formats.open311 import Place, Point, Status
from tests.factories import a_topic, an_area
from tests.unit.formats.fhir_referral.scenes import (
    ALONE,
    DESK,
    MONDAY,
    SAMIRA,
    a_handling,
    a_referral,
    after,
    completed,
    declined,
)
from tests.unit.formats.open311.scenes import BOTH, SQUARE, a_service

NAMES = {"schuldhulp": "Schuldhulp"}
RING = ((5.0, 52.0), (5.5, 52.0), (5.5, 52.5), (5.0, 52.5), (5.0, 52.0))
INNER = ((5.2, 52.0), (5.3, 52.0), (5.3, 52.2), (5.2, 52.2), (5.2, 52.0))


def an_outlined_area(name, outline):
    return replace(an_area(name), outline=((outline,),))


def _shown(*handlings, language="nl", place=None, is_public=False, **parts):
    return open311.request_of_referral(
        a_referral(*handlings, **parts),
        service=a_service(),
        organizations=NAMES,
        place=place or Place(),
        language=language,
        is_public=is_public,
    )


class TestServices:
    def test_are_the_topics_of_public_space_in_their_order(self):
        whole = skos.load_thesaurus()

        found = [topic.id for topic in open311.topics_of_public_space(whole)]
        assert {"litter", "road-damage", "street-lighting"} <= set(found)
        assert "debt" not in found
        assert found == [topic.id for topic in whole if topic.id in found]

    @pytest.mark.parametrize(
        ("language", "name", "group"),
        [("nl", "zwerfafval", "afval"), ("en", "litter", "waste")],
    )
    def test_are_named_and_grouped_in_the_language_asked_for(self, language, name, group):
        among = {topic.id: topic for topic in skos.load_thesaurus()}

        service = open311.service_of_topic(among[TopicId("litter")], language=language, among=among)
        assert (service.code, service.name, service.group) == ("litter", name, group)
        assert service.keywords
        assert name not in service.keywords

    def test_have_no_group_when_nothing_lies_above(self):
        assert open311.service_of_topic(a_topic("litter"), language="nl", among={}).group == ""

    @pytest.mark.parametrize("form", BOTH)
    def test_all_come_back_from_what_is_written(self, form):
        among = {topic.id: topic for topic in skos.load_thesaurus()}
        services = tuple(
            open311.service_of_topic(topic, language="nl", among=among)
            for topic in open311.topics_of_public_space(among.values())
        )

        assert open311.read_services(open311.write_services(services, form=form), form=form) == services


class TestStatus:
    @pytest.mark.parametrize(
        ("handlings", "parts", "status", "note"),
        [
            ([a_handling()], {}, Status.OPEN, "Er is nog niemand gevraagd"),
            ([a_handling(State.REQUESTED)], {}, Status.OPEN, "wachten op antwoord"),
            ([a_handling(State.ACCEPTED)], {}, Status.OPEN, "Aangenomen"),
            ([a_handling(State.IN_PROGRESS)], {}, Status.OPEN, "aan gewerkt"),
            ([a_handling(State.ON_HOLD)], {}, Status.OPEN, "ligt even stil"),
            ([a_handling(State.REJECTED)], {}, Status.OPEN, "zoeken een ander"),
            ([a_handling(State.UNANSWERED)], {}, Status.OPEN, "zoeken een ander"),
            ([a_handling(State.COMPLETED)], {}, Status.OPEN, "of het hielp"),
            ([a_handling(State.COMPLETED)], {"outcome_told_at": after(9)}, Status.CLOSED, "Gedaan."),
            ([a_handling(State.REJECTED)], {"given_up_at": after(9)}, Status.CLOSED, "niemand die dit kon"),
            ([a_handling(State.CANCELLED)], {}, Status.CLOSED, "ingetrokken"),
        ],
    )
    def test_is_closed_exactly_when_the_referral_waits_for_nobody(self, handlings, parts, status, note):
        shown = _shown(*handlings, **parts)

        assert shown.status is status
        assert note in shown.status_notes

    def test_tells_of_the_party_that_is_furthest(self):
        shown = _shown(
            a_handling(State.REQUESTED, number=1, round_=1), a_handling(State.IN_PROGRESS, number=2, round_=1)
        )

        assert "aan gewerkt" in shown.status_notes

    def test_is_told_in_english_too(self):
        assert _shown(language="en").status_notes == "Reported. Nobody has been asked yet."

    def test_says_when_it_last_changed(self):
        shown = _shown(declined(), completed(), outcome_told_at=after(10))

        assert (shown.requested_at, shown.updated_at) == (MONDAY, after(10))


class TestWhatIsPublished:
    def test_is_no_text_unless_who_sent_it_agreed(self):
        assert _shown().description == ""
        assert _shown(is_public=True).description == "lawaai op het plein"

    def test_is_at_most_what_the_specification_takes(self):
        assert len(_shown(is_public=True, text="x" * 5000).description) == 4000

    def test_is_the_organization_that_has_it_and_never_a_person(self):
        shown = _shown(a_handling(State.IN_PROGRESS, candidate=SAMIRA), sender=ALONE)

        assert shown.agency == "Schuldhulp"
        assert "samira" not in repr(shown).lower()
        assert "karel" not in repr(shown).lower()

    @pytest.mark.parametrize(
        "handling",
        [
            a_handling(State.IN_PROGRESS, candidate=ALONE),
            a_handling(State.REQUESTED, candidate=DESK),
            declined(),
        ],
    )
    def test_is_no_agency_where_no_organization_has_it(self, handling):
        assert _shown(handling).agency == ""

    def test_is_the_agency_that_did_it_of_several(self):
        shown = _shown(
            a_handling(State.ACCEPTED, number=1, round_=1, candidate=ALONE), completed(number=2, round_=1)
        )

        assert shown.agency == "Schuldhulp"

    def test_is_not_why_somebody_declined(self):
        shown = _shown(declined(reason=Reason.OTHER, words="wij hebben ruzie"))

        assert "ruzie" not in repr(shown)

    def test_is_the_address_else_the_area(self):
        assert _shown(place=Place(area_name="Noord", address="Plein", point=SQUARE)).address == "Plein"
        assert _shown(place=Place(area_name="Noord")).address == "Noord"
        assert _shown(place=Place(point=SQUARE)).point == SQUARE


class TestAreaAround:
    AREAS = (
        an_outlined_area("wijk", RING),
        an_outlined_area("noord", INNER),
        an_area("nergens"),
    )

    def test_is_the_smallest_around_the_point(self):
        assert open311.area_around(SQUARE, self.AREAS) == "noord"
        assert open311.area_around(Point(latitude=52.4, longitude=5.25), self.AREAS) == "wijk"

    def test_is_none_outside_all(self):
        assert open311.area_around(Point(latitude=51.9, longitude=5.25), self.AREAS) is None
        assert open311.area_around(Point(latitude=52.1, longitude=4.9), self.AREAS) is None
        assert open311.area_around(Point(latitude=52.1, longitude=5.6), self.AREAS) is None

    def test_does_not_depend_on_the_order_of_areas_or_of_an_outline(self):
        turned = (an_outlined_area("noord", INNER[::-1]), *self.AREAS[:1])

        assert open311.area_around(SQUARE, turned) == "noord"

    def test_goes_by_identifier_between_equals(self):
        twins = (an_outlined_area("b", INNER), an_outlined_area("a", INNER))

        assert open311.area_around(SQUARE, twins) == "a"

    def test_knows_that_a_hook_is_not_its_hull(self):
        hook = ((0, 0), (3, 0), (3, 3), (2, 3), (2, 1), (0, 1), (0, 0))
        areas = (an_outlined_area("haak", hook),)

        assert open311.area_around(Point(latitude=2, longitude=1), areas) is None
        assert open311.area_around(Point(latitude=2, longitude=2.5), areas) == "haak"

    def test_knows_that_a_hole_is_outside_and_a_piece_apart_inside(self):
        island = ((7.0, 52.0), (7.1, 52.0), (7.1, 52.1), (7.0, 52.1), (7.0, 52.0))
        ring_road = replace(an_area("rand"), outline=((RING, INNER), (island,)))

        assert open311.area_around(SQUARE, (ring_road,)) is None
        assert open311.area_around(Point(latitude=52.05, longitude=7.05), (ring_road,)) == "rand"

    def test_takes_a_hole_off_the_size_of_an_area(self):
        around = replace(an_area("a"), outline=((RING, INNER),))
        outside = Point(latitude=52.4, longitude=5.25)

        assert open311.area_around(outside, (an_outlined_area("b", RING), around)) == "a"

    def test_takes_areas_of_a_network_as_they_are(self):
        assert open311.area_around(SQUARE, network.Network(id="n", name="N").areas) is None

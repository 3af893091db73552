# SPDX-License-Identifier: EUPL-1.2
"""Laws of what goes in and out around situations: zones on a map, invitations for a calendar, templates."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from math import hypot, pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from scharnier.core.kernel import Invalid
from scharnier.formats import situation_templates, wording, zone_geojson
from scharnier.formats.calendar_invitation import Appointment, Method, write_invitation

ORGANIZER, ATTENDEE = "scharnier@example.org", "noor@example.org"
AT = datetime(2026, 3, 29, 12, tzinfo=UTC)
PAGE = "https://kruisveld.example.org/situations/s/meetings/1/"

metres = st.integers(-2000, 2000)
lengths = st.integers(1, 800)
rectangles = st.tuples(metres, metres, lengths, lengths)
places = st.lists(st.tuples(metres.map(float), metres.map(float)), min_size=1, max_size=6)
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=200).map(str.strip)
titles = words.filter(bool)
sly = st.sampled_from(
    (
        "Overleg\r\nATTENDEE:mailto:mallory@example.org",
        "Overleg\nATTENDEE:mailto:mallory@example.org",
        "Overleg\rATTENDEE:mailto:mallory@example.org",
        "Overleg\\nEND:VEVENT",
        "Overleg; zaal 2, boven\\",
        "END:VEVENT\nBEGIN:VEVENT",
        '"Overleg": het plein',
    )
)


def corners(rectangle):
    west, south, wide, high = rectangle
    east, north = west + wide, south + high
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def polygon(rectangle):
    return {"type": "Polygon", "coordinates": [corners(rectangle)]}


def read(shape, placed=lambda place: place):
    return zone_geojson.read_zone(json.dumps(shape).encode(), placed=placed)


def by_hand(rectangle, place):
    """Return how far a place lies from a rectangle."""
    west, south, wide, high = rectangle
    beside = max(west - place[0], 0, place[0] - west - wide)
    above = max(south - place[1], 0, place[1] - south - high)
    return hypot(beside, above)


class TestReadZone:
    @given(rectangle=rectangles, seen=places)
    def test_measures_as_by_hand(self, rectangle, seen):
        found = read(polygon(rectangle)).distances_m(seen)

        assert found == pytest.approx([by_hand(rectangle, place) for place in seen])

    @given(rectangle=rectangles)
    def test_is_as_wide_as_a_circle_of_its_size(self, rectangle):
        _, _, wide, high = rectangle

        assert read(polygon(rectangle)).radius_m == pytest.approx(sqrt(wide * high / pi))

    @given(several=st.lists(rectangles, min_size=1, max_size=4), seen=places, data=st.data())
    def test_lies_as_far_as_the_nearest_of_its_shapes_in_any_order(self, several, seen, data):
        mixed = data.draw(st.permutations(several))
        features = [{"type": "Feature", "geometry": polygon(each)} for each in mixed]

        found = read({"type": "FeatureCollection", "features": features}).distances_m(seen)

        assert found == pytest.approx([min(by_hand(each, place) for each in several) for place in seen])

    @given(rectangle=rectangles, seen=places, east=metres, north=metres)
    def test_moves_with_its_coordinates(self, rectangle, seen, east, north):
        moved = read(polygon(rectangle), lambda place: (place[0] + east, place[1] + north))

        assert moved.distances_m([(x + east, y + north) for x, y in seen]) == pytest.approx(
            read(polygon(rectangle)).distances_m(seen)
        )

    @given(rectangle=rectangles, seen=places, turns=st.integers(0, 3), is_turned=st.booleans())
    def test_does_not_depend_on_where_its_edge_begins(self, rectangle, seen, turns, is_turned):
        ring = corners(rectangle)[:-1]
        ring = ring[turns:] + ring[:turns]
        ring = [*ring, ring[0]]
        other = {"type": "Polygon", "coordinates": [ring[::-1] if is_turned else ring]}

        assert read(other).distances_m(seen) == read(polygon(rectangle)).distances_m(seen)

    @given(rectangle=rectangles, height=metres)
    def test_does_not_see_height(self, rectangle, height):
        ring = [[*corner, height] for corner in corners(rectangle)]

        high = read({"type": "Polygon", "coordinates": [ring]})

        assert high.radius_m == read(polygon(rectangle)).radius_m

    @given(
        data=st.recursive(
            st.none() | st.integers() | st.text(max_size=4) | st.sampled_from(["Polygon", "Feature"]),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(
                    st.sampled_from(["type", "coordinates", "features", "geometry", "geometries"]), inner
                )
            ),
            max_leaves=12,
        )
    )
    def test_ends_in_a_sentence_on_anything_else(self, data):
        with pytest.raises(zone_geojson.NotAZone) as refusal:
            read(data)

        assert wording.say_error(refusal.value, language="nl").startswith("Dit bestand is geen GeoJSON")


def invite(title, place, **changes):
    values = {
        "uid": "meeting.1@kruisveld.example.org",
        "sequence": 0,
        "starts_at": AT + timedelta(days=4),
        "ends_at": AT + timedelta(days=4, hours=1),
        "title": title,
        "place": place,
        "address": PAGE,
    }
    return write_invitation(
        Appointment(**values | changes),
        method=Method.REQUEST,
        organizer=ORGANIZER,
        attendee=ATTENDEE,
        at=AT,
        language="nl",
    )


def event_of(data):
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    return event


class TestWriteInvitation:
    @given(title=titles, place=words)
    def test_is_read_back_as_it_was_said(self, title, place):
        event = event_of(invite(title, place))

        assert str(event["SUMMARY"]) == title
        assert str(event.get("LOCATION", "")) == place

    @given(title=titles | sly, place=words | sly)
    def test_lets_no_word_become_a_line_of_its_own(self, title, place):
        data = invite(title, place)

        lines = data.decode().replace("\r\n ", "").split("\r\n")
        assert sum(line.startswith("ATTENDEE") for line in lines) == 1
        assert sum(line.startswith("BEGIN:VEVENT") for line in lines) == 1
        assert not any("\n" in line or "\r" in line for line in lines)
        assert str(event_of(data)["ATTENDEE"]) == f"mailto:{ATTENDEE}"

    @given(title=titles, place=words)
    def test_has_no_line_longer_than_calendars_take(self, title, place):
        assert max(map(len, invite(title, place).split(b"\r\n"))) <= 75

    @given(
        hours=st.integers(0, 24 * 700),
        minutes=st.integers(1, 600),
        zone=st.integers(-12, 14).map(lambda n: timezone(timedelta(hours=n))),
    )
    def test_is_the_same_moment_in_every_zone(self, hours, minutes, zone):
        starts = AT + timedelta(hours=hours)
        ends = starts + timedelta(minutes=minutes)

        here = invite("Overleg", "", starts_at=starts.astimezone(zone), ends_at=ends.astimezone(zone))

        assert here == invite("Overleg", "", starts_at=starts, ends_at=ends)
        event = event_of(here)
        assert (event["DTSTART"].dt, event["DTEND"].dt) == (starts, ends)


class TestReadTemplates:
    @given(cut=st.integers(0, 6000), put=st.text(max_size=3), n_gone=st.integers(0, 3))
    def test_ends_in_a_sentence_or_in_templates_whatever_is_changed(self, cut, put, n_gone):
        whole = situation_templates.shipped_templates()
        changed = whole[:cut] + put + whole[cut + n_gone :]

        for language in ("nl", "en"):
            try:
                found = situation_templates.read_templates(changed, language=language)
            except Invalid as refusal:
                said = wording.say_error(refusal, language=language)
            else:
                said = " ".join(template.name for template in found)
            assert said.strip()

    @given(order=st.permutations(range(4)))
    def test_keeps_the_order_that_a_network_gives_them(self, order):
        parts = situation_templates.shipped_templates().split("[[template]]")
        head, bodies = parts[0], parts[1:]
        mixed = head + "".join(f"[[template]]{bodies[place]}" for place in order)

        shipped = situation_templates.load_templates(language="nl")

        assert situation_templates.read_templates(mixed, language="nl") == tuple(
            shipped[place] for place in order
        )

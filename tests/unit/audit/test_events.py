# SPDX-License-Identifier: EUPL-1.2
from datetime import UTC, datetime, timedelta, timezone

import pytest

from scharnier.core import audit
from tests.factories import NOON
from tests.unit.audit.events import an_event


class TestEvent:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("network_id", ""),
            ("network_id", "a\0b"),
            ("number", 0),
            ("number", -1),
            ("at", datetime(2026, 3, 29, 12)),  # noqa: DTZ001  # no zone is what is wrong with it
            ("at", datetime(2026, 3, 29, 14, tzinfo=timezone(timedelta(hours=2)))),
            ("actor_id", ""),
            ("actor_id", "\ud800"),
            ("on_behalf_of", "\0"),
            ("act", "read"),
            ("act", "card."),
            ("act", "Card.read"),
            ("act", "card read"),
            ("kind", ""),
            ("kind", "a person"),
            ("object_id", ""),
            ("object_id", "\udfff"),
            ("purpose", "to see who it is"),
            ("basis", "x" * 101),
            ("outcome", "perhaps"),
            ("facts", (("b", "1"), ("a", "1"))),
            ("facts", (("a", "1"), ("a", "1"))),
            ("facts", (("A name", "1"),)),
            ("facts", (("", "1"),)),
        ],
    )
    def test_refuses_what_breaks_a_rule_and_says_which_part(self, field, value):
        with pytest.raises(audit.InvalidEvent) as caught:
            an_event(**{field: value})

        assert caught.value.facts["field"] == field

    @pytest.mark.parametrize(
        "words",
        ["Karel Jansen", "karel@example.org", "", "x" * 101, "a\tb", "a\n", "a\u00a0b", "\ud800", "\x7f"],
    )
    def test_refuses_facts_that_are_no_identifiers(self, words):
        with pytest.raises(audit.InvalidEvent):
            an_event(facts=(("topic", words),))

    @pytest.mark.parametrize("identifier", ["debt", "3", "kvk/12", "x" * 100, "schuld-hulp_2", "é"])
    def test_takes_identifiers_as_facts(self, identifier):
        assert an_event(facts=(("topic", identifier),)).facts == (("topic", identifier),)

    @pytest.mark.parametrize("object_id", ["kvk/12", "two words", "ria@kruisveld", "é" * 300])
    def test_takes_any_identifier_that_a_row_can_have(self, object_id):
        assert an_event(object_id=object_id).object_id == object_id

    def test_needs_no_more_than_who_what_and_when(self):
        bare = an_event(on_behalf_of="", purpose="", basis="", facts=())

        assert (bare.outcome, bare.facts) == ("done", ())

    def test_may_be_of_the_system(self):
        assert an_event(actor_id=audit.System(network_id="kruisveld").person_id).actor_id is None


class TestIsIdentifier:
    @pytest.mark.parametrize(
        ("text", "is_one"),
        [("debt", True), ("two words", False), ("a@b", False), ("", False), ("x" * 101, False)],
    )
    def test_tells_identifiers_from_words(self, text, is_one):
        assert audit.is_identifier(text) is is_one


class TestCanonicalBytes:
    def test_are_all_fields_in_fixed_order(self):
        assert audit.canonical_bytes(an_event(object_id='k"é')).decode() == (
            '["kruisveld",1,"2026-03-29T12:00:00.000000+00:00","samira","schuldhulp","card.read","person",'
            '"k\\"é","contact","consent","done",[["format","page"],["topic_1","debt"]]]'
        )

    def test_tell_the_system_from_a_person_who_is_called_so(self):
        system, person = an_event(actor_id=None), an_event(actor_id="null")

        assert audit.canonical_bytes(system) != audit.canonical_bytes(person)

    def test_know_one_way_to_write_a_moment(self):
        other_zone_at_zero = datetime(2026, 3, 29, 12, tzinfo=timezone(timedelta(0), "Lisbon"))

        assert audit.canonical_bytes(an_event(at=other_zone_at_zero)) == audit.canonical_bytes(
            an_event(at=NOON)
        )

    def test_see_a_microsecond(self):
        later = NOON + timedelta(microseconds=1)

        assert audit.canonical_bytes(an_event(at=later)) != audit.canonical_bytes(an_event(at=NOON))
        assert later.tzinfo is UTC

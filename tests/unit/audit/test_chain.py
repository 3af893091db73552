# SPDX-License-Identifier: EUPL-1.2
import hashlib
from dataclasses import replace

import pytest

from scharnier.core import audit
from scharnier.core.audit import Break, Fault, Head
from tests.unit.audit.events import a_chain, an_event, head_of

CHAIN = a_chain([an_event(object_id=f"p{number}") for number in range(5)])
HEAD = head_of(CHAIN)


def _rewritten_from(number):
    """A whole chain in which one event is another, with all digests after it computed again."""
    events = [entry.event for entry in CHAIN]
    events[number - 1] = replace(events[number - 1], object_id="iemand")
    return a_chain(events)


class TestLink:
    def test_is_the_hash_of_the_digest_before_and_the_event_by_hand(self):
        written = (
            '["kruisveld",1,"2026-03-29T12:00:00.000000+00:00","samira","schuldhulp","card.read","person",'
            '"karel","contact","consent","done",[["format","page"],["topic_1","debt"]]]'
        )
        first = hashlib.sha256(bytes(32) + written.encode()).digest()
        second = hashlib.sha256(first + written.replace(",1,", ",2,", 1).encode()).hexdigest()

        digest = audit.link(audit.link(audit.GENESIS, an_event()), an_event(number=2))

        assert digest == second

    @pytest.mark.parametrize("digest", ["xyz", "ab" * 31 + "a"])
    def test_follows_on_a_digest_only(self, digest):
        with pytest.raises(ValueError, match="fromhex"):
            audit.link(digest, an_event())


class TestVerifyChain:
    @pytest.mark.parametrize("length", range(6))
    def test_finds_nothing_in_a_whole_chain(self, length):
        part = CHAIN[:length]

        assert audit.verify_chain(part, head=head_of(part)) is None

    @pytest.mark.parametrize("number", range(1, 6))
    def test_finds_an_event_that_was_changed(self, number):
        changed = list(CHAIN)
        event = replace(CHAIN[number - 1].event, object_id="iemand")
        changed[number - 1] = replace(CHAIN[number - 1], event=event)

        assert audit.verify_chain(changed, head=HEAD) == Break(number=number, fault=Fault.CHANGED)

    @pytest.mark.parametrize("number", range(1, 6))
    def test_finds_a_digest_that_was_changed(self, number):
        changed = list(CHAIN)
        changed[number - 1] = replace(CHAIN[number - 1], digest="f" * 64)

        assert audit.verify_chain(changed, head=HEAD) == Break(number=number, fault=Fault.CHANGED)

    @pytest.mark.parametrize("event", [None, CHAIN[3].event])
    def test_finds_an_entry_that_holds_no_event_or_another(self, event):
        changed = [*CHAIN[:2], replace(CHAIN[2], event=event), *CHAIN[3:]]

        assert audit.verify_chain(changed, head=HEAD) == Break(number=3, fault=Fault.CHANGED)

    @pytest.mark.parametrize("number", range(1, 5))
    def test_finds_an_event_that_is_missing(self, number):
        rest = [entry for entry in CHAIN if entry.number != number]

        assert audit.verify_chain(rest, head=HEAD) == Break(number=number, fault=Fault.MISSING)

    def test_finds_events_that_changed_places(self):
        swapped = [CHAIN[0], CHAIN[2], CHAIN[1], *CHAIN[3:]]

        assert audit.verify_chain(swapped, head=HEAD) == Break(number=2, fault=Fault.OUT_OF_ORDER)

    def test_finds_an_event_that_is_there_twice(self):
        twice = [*CHAIN[:3], *CHAIN[2:]]

        assert audit.verify_chain(twice, head=HEAD) == Break(number=4, fault=Fault.OUT_OF_ORDER)

    @pytest.mark.parametrize("length", range(5))
    def test_finds_that_the_end_was_cut_off(self, length):
        found = audit.verify_chain(CHAIN[:length], head=HEAD)

        assert found == Break(number=length + 1, fault=Fault.CUT_OFF)

    def test_finds_an_event_that_the_head_does_not_know_of(self):
        assert audit.verify_chain(CHAIN, head=head_of(CHAIN[:3])) == Break(number=4, fault=Fault.BEYOND_HEAD)

    def test_finds_a_head_with_another_digest(self):
        head = Head(number=5, digest="a" * 64)

        assert audit.verify_chain(CHAIN, head=head) == Break(number=5, fault=Fault.OTHER_HEAD)

    def test_cannot_see_by_itself_that_everything_was_written_anew(self):
        anew = _rewritten_from(2)

        assert audit.verify_chain(anew, head=head_of(anew)) is None

    @pytest.mark.parametrize("noted_at", [2, 3, 5])
    def test_sees_that_with_a_head_that_was_noted_earlier(self, noted_at):
        anew, noted = _rewritten_from(2), head_of(CHAIN[:noted_at])

        found = audit.verify_chain(anew, head=head_of(anew), noted=[noted])

        assert found == Break(number=noted_at, fault=Fault.REWRITTEN)

    def test_sees_with_a_noted_head_that_the_log_and_its_head_were_set_back(self):
        found = audit.verify_chain(CHAIN[:3], head=head_of(CHAIN[:3]), noted=[HEAD])

        assert found == Break(number=4, fault=Fault.CUT_OFF)

    def test_agrees_with_every_head_it_ever_had(self):
        noted = [head_of(CHAIN[:length]) for length in range(1, 6)]

        assert audit.verify_chain(CHAIN, head=HEAD, noted=noted) is None

    def test_reads_its_entries_once(self):
        assert audit.verify_chain(iter(CHAIN), head=HEAD) is None


class TestBreak:
    @pytest.mark.parametrize("fault", Fault)
    def test_has_a_sentence_for_every_fault(self, fault):
        from_toml = Break(number=3, fault=fault)

        assert (from_toml.code, from_toml.facts) == (f"audit.{fault.value}", {"number": 3})

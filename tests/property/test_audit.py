# SPDX-License-Identifier: EUPL-1.2
"""Laws of the log: appending keeps it whole, and no change anywhere in it goes unseen."""

import hashlib
from dataclasses import fields, replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import audit
from tests.unit.audit.events import a_chain, head_of

words = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
tags = st.from_regex(r"[a-z0-9_.-]{0,8}", fullmatch=True)
ids = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=6
)  # commas, quotes, brackets: what could end a field too early
facts = st.dictionaries(
    words,
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="@"), min_size=1, max_size=6
    ),
)
PARTS = {
    "network_id": ids,
    "number": st.integers(1, 10**6),
    "at": st.datetimes(timezones=st.just(UTC)),
    "actor_id": st.none() | ids,
    "on_behalf_of": st.just("") | ids,
    "act": st.builds("{}.{}".format, words, words),
    "kind": words,
    "object_id": ids,
    "purpose": tags,
    "basis": tags,
    "outcome": st.sampled_from(["done", "refused"]),
    "facts": facts.map(lambda found: tuple(sorted(found.items()))),
}
events = st.builds(audit.Event, **PARTS)
chains = st.lists(events, min_size=1, max_size=6).map(a_chain)


class TestCanonicalBytes:
    @given(one=events, other=events)
    def test_are_the_same_for_the_same_event_only(self, one, other):
        assert (audit.canonical_bytes(one) == audit.canonical_bytes(other)) is (one == other)

    @given(event=events, data=st.data())
    def test_change_with_every_part(self, event, data):
        name = data.draw(st.sampled_from(sorted(PARTS)))
        value = data.draw(PARTS[name].filter(lambda drawn: drawn != getattr(event, name)))

        assert audit.canonical_bytes(replace(event, **{name: value})) != audit.canonical_bytes(event)

    @given(event=events)
    def test_hold_every_part_of_an_event(self, event):
        assert {field.name for field in fields(event)} == set(PARTS)

    @given(event=events, moved=st.integers(1, 5))
    def test_keep_neighbouring_parts_apart(self, event, moved):
        """What moves over the border between two parts gives other bytes."""
        whole = event.object_id + event.on_behalf_of
        cut = min(moved, len(whole))
        other = replace(event, object_id=whole[:cut], on_behalf_of=whole[cut:])

        assert (audit.canonical_bytes(other) == audit.canonical_bytes(event)) is (other == event)


class TestVerifyChain:
    @given(chain=chains, event=events)
    def test_stays_content_when_something_is_appended(self, chain, event):
        longer = a_chain([*(entry.event for entry in chain), event])

        assert longer[:-1] == chain
        assert audit.verify_chain(longer, head=head_of(longer), noted=[head_of(chain)]) is None

    @given(chain=chains, data=st.data())
    def test_finds_a_change_of_any_part_of_any_event_at_its_place(self, chain, data):
        entry = data.draw(st.sampled_from(chain))
        name = data.draw(st.sampled_from(sorted(PARTS)))
        value = data.draw(PARTS[name].filter(lambda drawn: drawn != getattr(entry.event, name)))
        changed = list(chain)
        changed[entry.number - 1] = replace(entry, event=replace(entry.event, **{name: value}))

        found = audit.verify_chain(changed, head=head_of(chain))

        assert found == audit.Break(number=entry.number, fault=audit.Fault.CHANGED)

    @given(chain=chains, data=st.data())
    def test_finds_a_change_of_any_byte_of_an_event(self, chain, data):
        entry = data.draw(st.sampled_from(chain))
        written = bytearray(audit.canonical_bytes(entry.event))
        place = data.draw(st.integers(0, len(written) - 1))
        written[place] ^= data.draw(st.integers(1, 255))

        before = audit.GENESIS if entry.number == 1 else chain[entry.number - 2].digest
        digest = hashlib.sha256(bytes.fromhex(before) + bytes(written)).hexdigest()

        assert digest != entry.digest

    @given(chain=chains, data=st.data())
    def test_finds_a_change_of_any_digit_of_any_digest(self, chain, data):
        entry = data.draw(st.sampled_from(chain))
        place = data.draw(st.integers(0, 63))
        digit = data.draw(
            st.sampled_from("0123456789abcdef").filter(lambda drawn: drawn != entry.digest[place])
        )
        changed = list(chain)
        changed[entry.number - 1] = replace(
            entry, digest=entry.digest[:place] + digit + entry.digest[place + 1 :]
        )

        found = audit.verify_chain(changed, head=head_of(chain))

        assert found == audit.Break(number=entry.number, fault=audit.Fault.CHANGED)

    @given(chain=chains, data=st.data())
    def test_finds_the_first_of_those_left_out(self, chain, data):
        kept = data.draw(st.sets(st.sampled_from(range(len(chain))), max_size=len(chain) - 1))
        rest = [entry for place, entry in enumerate(chain) if place in kept]
        first_gone = next(number for number in range(1, len(chain) + 1) if number - 1 not in kept)

        found = audit.verify_chain(rest, head=head_of(chain))

        assert found is not None
        assert found.number == first_gone
        assert found.fault in {audit.Fault.MISSING, audit.Fault.CUT_OFF}

    @given(chain=chains, data=st.data())
    def test_finds_any_other_order(self, chain, data):
        order = data.draw(st.permutations(chain))
        first = next((number for number, entry in enumerate(order, 1) if entry.number != number), None)

        found = audit.verify_chain(order, head=head_of(chain))

        assert found == (None if first is None else audit.Break(number=first, fault=audit.Fault.OUT_OF_ORDER))


class TestMoment:
    @given(at=st.datetimes(timezones=st.just(UTC)))
    def test_is_read_back_to_the_microsecond(self, at):
        event = audit.Event(
            network_id="n", number=1, at=at, actor_id=None, act="a.b", kind="c", object_id="d"
        )

        written = audit.canonical_bytes(event).decode().split('"')[3]

        assert datetime.fromisoformat(written) == at

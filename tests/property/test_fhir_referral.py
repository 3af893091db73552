# SPDX-License-Identifier: EUPL-1.2
"""Laws of referrals in FHIR: what is written comes back, and no person goes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from fhir.resources.R4B.bundle import Bundle
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import referral
from scharnier.core.kernel import AreaId, NetworkId, ReferralId, ResidentGroupId, ServiceId, TopicId, TurnId
from scharnier.core.referral import (
    About,
    Feedback,
    Handling,
    Helped,
    Party,
    Proposal,
    ProposedBy,
    Reason,
    State,
    Teller,
    Turn,
)
from tests.unit.formats.fhir_referral.scenes import ALONE, CHOIR, DESK, NOOR, SAMIRA, read, write

parties = st.sampled_from((DESK, SAMIRA, CHOIR, ALONE))
# without digits and @, so that no text looks like data about a person
words = st.text(st.sampled_from('abcdé \n\t€𐍈"\\<&'), max_size=12)
moments = st.integers(0, 2**52).map(lambda n: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(microseconds=n))
gaps = st.integers(0, 10**12).map(lambda n: timedelta(microseconds=n))


@st.composite
def handlings(draw, *, number, round_):
    asked = draw(moments)
    has_asked, has_answered, has_ended = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    answered = asked + draw(gaps)
    turn = Turn(
        id=TurnId(f"t{number}"), candidate=draw(parties), round=round_, state=draw(st.sampled_from(State))
    )
    return Handling(
        turn=turn,
        service_id=draw(st.none() | st.just(ServiceId("spreekuur"))),
        proposal=draw(st.sampled_from((Proposal(), Proposal(by=ProposedBy.RATHER)))),
        requested_at=asked if has_asked else None,
        answered_at=answered if has_asked and has_answered else None,
        ended_at=answered + draw(gaps) if has_ended else None,
        reason=draw(st.none() | st.sampled_from(Reason)),
        words=draw(words),
        rather=draw(st.none() | parties),
        until=draw(st.none() | st.dates()),
        result=draw(words),
        hours=draw(st.none() | st.floats(0, 10**6)),
    )


feedback = st.builds(
    Feedback, by=st.sampled_from(Teller), helped=st.sampled_from(Helped), words=words, told_at=moments
)


@st.composite
def referrals(draw):
    rounds = sorted(draw(st.lists(st.integers(1, 3), min_size=1, max_size=4)))
    rounds = [sorted(set(rounds)).index(number) + 1 for number in rounds]
    about = draw(st.sampled_from([about for about in About if about is not About.RESIDENT]))
    return referral.Referral(
        id=ReferralId(draw(st.from_regex(r"[A-Za-z0-9:/-]{1,12}", fullmatch=True))),
        network_id=NetworkId("kruisveld"),
        text=draw(words),
        language=draw(st.sampled_from(("nl", "en"))),
        sender=draw(parties),
        made_at=draw(moments),
        handlings=tuple(
            draw(handlings(number=number, round_=round_)) for number, round_ in enumerate(rounds)
        ),
        about=about,
        area_id=draw(st.none() | st.just(AreaId("noord"))),
        topics=draw(st.frozensets(st.sampled_from((TopicId("debt"), TopicId("money"))))),
        resident_group_id=ResidentGroupId("jongeren") if about is About.GROUP else None,
        open_since=draw(st.sampled_from(rounds)),
        outcome_told_at=draw(st.none() | moments),
        given_up_at=draw(st.none() | moments),
        cause=draw(words),
        feedback=tuple(draw(st.lists(feedback, max_size=3))),
    )


def _without_person(party):
    """Return who is left of a party where persons have no names and Noor stands for them."""
    if party is None or party.organization_id:
        return party and Party(organization_id=party.organization_id)
    return replace(party, person_id=NOOR.person_id)


def _as_exported(value, *, with_text):
    kept = (lambda said: said) if with_text else (lambda _said: "")
    return replace(
        value,
        text=kept(value.text),
        sender=_without_person(value.sender),
        cause=kept(value.cause),
        feedback=tuple(replace(told, words=kept(told.words)) for told in value.feedback),
        handlings=tuple(
            replace(
                one,
                turn=replace(one.turn, candidate=_without_person(one.turn.candidate)),
                proposal=Proposal(),
                words=kept(one.words),
                rather=_without_person(one.rather),
                result=kept(one.result),
            )
            for one in value.handlings
        ),
    )


class TestWriteReferrals:
    @given(values=st.lists(referrals(), max_size=2, unique_by=lambda one: one.id), with_text=st.booleans())
    def test_writes_what_comes_back_the_same_as_far_as_it_goes_out(self, values, with_text):
        found = read(write(*values, with_text=with_text), unnamed=NOOR)

        assert found == tuple(_as_exported(value, with_text=with_text) for value in values)

    @given(value=referrals(), language=st.sampled_from(("nl", "en")))
    def test_writes_no_person(self, value, language):
        data = write(value, with_text=False, language=language).lower()

        assert b"karel" not in data
        assert b"samira" not in data
        assert b"person_id" not in data

    @given(value=referrals(), with_text=st.booleans())
    def test_keeps_to_the_shapes_of_fhir(self, value, with_text):
        bundle = Bundle.model_validate_json(write(value, with_text=with_text))

        assert len(bundle.entry) == 1 + len(value.handlings)

# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from scharnier.core import referral
from scharnier.core.kernel import CommunityId, Invalid, OrganizationId, PersonId
from tests.unit.referral.scenes import a_party, a_suggestion


class TestParty:
    @pytest.mark.parametrize(
        ("person", "organization"), [("samira", None), (None, "schuldhulp"), ("samira", "schuldhulp")]
    )
    def test_is_a_person_or_an_organization_or_one_for_the_other(self, person, organization):
        party = a_party(person, organization)

        assert (party.person_id, party.organization_id) == (person, organization)

    def test_cannot_be_nobody(self):
        with pytest.raises(referral.InvalidNeed) as refused:
            referral.Party()

        assert refused.value.facts == {"person_id": None, "organization_id": None}

    def test_cannot_be_a_community_without_a_person_in_it(self):
        with pytest.raises(referral.InvalidNeed):
            referral.Party(community_id=CommunityId("koor"))

    def test_is_the_same_as_another_with_the_same_parts(self):
        party = referral.Party(person_id=PersonId("mo"), organization_id=OrganizationId("reiniging"))

        assert {party, a_party("mo", "reiniging")} == {party}


class TestValues:
    def test_cannot_be_changed(self):
        with pytest.raises(FrozenInstanceError):
            a_suggestion().score = 0.5

    def test_ask_for_nothing_but_words(self):
        need = referral.Need(text="Er ligt afval.")

        assert (need.area_id, need.asker_id) == (None, None)

    def test_say_nothing_that_was_not_said(self):
        assert referral.Expertise(score=0.5).n_similar == 0
        assert referral.Mandate(score=1.0).cover is referral.Cover.NOT_ASKED
        assert referral.WayIn(score=1.0, entry=referral.Entry.SELF).introducers == ()

    def test_refuse_as_what_the_asker_can_mend(self):
        assert issubclass(referral.InvalidNeed, Invalid)

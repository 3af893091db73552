# SPDX-License-Identifier: EUPL-1.2
"""What an answer proposed, sealed so that it comes back from a page as it went out."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import msgspec
from django.core import signing

from scharnier.core import referral
from scharnier.core.kernel import Invalid, PersonId
from scharnier.core.referral import Party, Proposal, ProposedBy

SALT: Final = "referral.proposal"
LASTS: Final = timedelta(days=1)


class BadProposal(Invalid):
    """It is not what a page of ours proposed, or that was too long ago."""

    code = "referral.bad_proposal"


class Proposed(msgspec.Struct, frozen=True, kw_only=True):
    """A party that an answer named, at which place and with what chance, and who introduces."""

    party: Party
    place: int
    propensity: float
    introducers: tuple[PersonId, ...] = ()

    @property
    def proposal(self) -> Proposal:
        """How the party came to be asked."""
        return Proposal(by=ProposedBy.SUGGESTION, place=self.place, propensity=self.propensity)


def seal(suggestion: referral.Suggestion, *, place: int) -> str:
    """Return a suggestion as text that nobody can change unseen."""
    proposed = Proposed(
        party=suggestion.party,
        place=place,
        propensity=suggestion.propensity,
        introducers=suggestion.way_in.introducers,
    )
    return signing.dumps(msgspec.to_builtins(proposed), salt=SALT, compress=True)


def unseal(sealed: str) -> Proposed:
    """Return what was sealed.

    Raises
    ------
    BadProposal
    """
    try:
        return msgspec.convert(signing.loads(sealed, salt=SALT, max_age=LASTS), Proposed)
    except (signing.BadSignature, msgspec.ValidationError) as error:
        raise BadProposal from error

# SPDX-License-Identifier: EUPL-1.2
"""Who may ask the network what to do."""

from __future__ import annotations

from datetime import date

from scharnier.core import policy
from scharnier.core.kernel import Actor, NotAllowed


class MayNotAsk(NotAllowed):
    """Whoever sees nobody in the network would get an answer that names nobody."""

    code = "referral.may_not_ask"


def check_may_ask(actor: Actor, *, on: date) -> None:
    """Let those pass who may ask.

    Raises
    ------
    MayNotAsk
    """
    question = policy.Thing(kind=policy.Kind.QUESTION, network_id=actor.network_id)
    if not policy.allow(actor, policy.Act.CREATE, question, at=on):
        raise MayNotAsk(role=actor.role.value)

# SPDX-License-Identifier: EUPL-1.2
"""What an answer teaches is stored once a turn, where the matching reads it."""

from __future__ import annotations

from datetime import date

from scharnier.apps.people.models import Outcome
from scharnier.apps.people.services import bump_revision
from scharnier.apps.referral import access, models
from scharnier.core import referral
from scharnier.core.kernel import NetworkId


def learn(held: access.Held, turn: models.Turn, step: referral.Step, *, on: date) -> None:
    """Store what a step says of who can take what; the same row again when more becomes known.

    What was entered in error is forgotten. Who has neither a person nor an organization left teaches nothing.
    """
    response = referral.response_of(step)
    if step is referral.Step.VOID and turn.learned is not None:
        turn.learned.delete()
        turn.learned = None
    elif response is not None and (turn.person_id or turn.organization_id) and held.row.text:
        turn.learned = _stored(held.row, turn, response, on=on)
    else:
        return
    turn.save(update_fields=["learned"])
    bump_revision(NetworkId(held.row.network_id), in_sight=False)


def _stored(row: models.Referral, turn: models.Turn, response: referral.Response, *, on: date) -> Outcome:
    outcome = turn.learned or Outcome(
        network_id=row.network_id,
        text=row.text,
        person_id=turn.person_id,
        organization_id=turn.organization_id,
        community_id=turn.community_id,
        topic_ids=row.topic_ids,
    )
    outcome.response, outcome.reason, outcome.happened_date = response.value, turn.reason, on
    outcome.rather_person_id = turn.rather_person_id
    outcome.rather_organization_id = turn.rather_organization_id
    outcome.save()
    return outcome

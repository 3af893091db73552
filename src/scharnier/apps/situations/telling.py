# SPDX-License-Identifier: EUPL-1.2
"""Acts of the coalition with the letters that go with them: what pages, the API and the night call.

Each is the act of `services` of the same name, and raises what that raises. The letters are queued in its
transaction: an act that fails writes to nobody. A mail is an open postcard: it holds no word of a situation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from scharnier.apps.mail import services as mail
from scharnier.apps.people.models import Account, Network, Organization
from scharnier.apps.situations import doers, models, services
from scharnier.core import audit
from scharnier.core.kernel import (
    Actor,
    Conflict,
    InvitationId,
    NetworkId,
    NotFound,
    OrganizationId,
    Role,
    SituationId,
)
from scharnier.core.situations import ENDED, INVITATION_DAYS, InvitationState
from scharnier.formats import wording

INVITED: Final = "situation_invited"
ANSWERED: Final = "situation_answered"
NOBODY: Final = {"nl": "De coördinator van het netwerk", "en": "The coordinator of the network"}


@transaction.atomic
def invite(  # whom, with what words
    situation_id: SituationId,
    organization_ids: Sequence[OrganizationId],
    *,
    words: str,
    actor: Actor,
    on: date,
    at: datetime,
) -> tuple[InvitationId, ...]:
    """Ask organizations to take part; each gets a mail with the way to its answer."""
    made = services.invite(situation_id, organization_ids, words=words, actor=actor, on=on, at=at)
    for row in _rows(made):
        _tell_invited(row, on=on)
    return made


@transaction.atomic
def answer(
    situation_id: SituationId,
    invitation_id: InvitationId,
    reply: services.Reply,
    *,
    actor: Actor,
    on: date,
    at: datetime,
) -> InvitationState:
    """Accept, decline or leave; who leads hears that there is an answer."""
    state = services.answer(situation_id, invitation_id, reply, actor=actor, on=on, at=at)
    for row in _rows([invitation_id]):
        _tell_answered(row, on=on, besides=actor.person_id)
    return state


def lapse_all(network_id: NetworkId, *, on: date, at: datetime) -> int:
    """Note every invitation that got no answer in time; who leads hears it; return how many.

    Each has a transaction of its own: whoever dies in between leaves what is done.
    """
    clock = audit.System(network_id=network_id)
    waiting = models.Invitation.objects.filter(network_id=network_id, state=InvitationState.INVITED.value)
    waiting = waiting.exclude(situation__state__in=[state.value for state in ENDED])
    n_lapsed = 0
    for invitation_id, situation_id in list(waiting.order_by("pk").values_list("pk", "situation_id")):
        try:
            _lapse(SituationId(situation_id), InvitationId(invitation_id), clock=clock, on=on, at=at)
        except (Conflict, NotFound):  # not late yet, or answered meanwhile
            continue
        n_lapsed += 1
    return n_lapsed


@transaction.atomic
def _lapse(
    situation_id: SituationId, invitation_id: InvitationId, *, clock: audit.System, on: date, at: datetime
) -> None:
    services.lapse(situation_id, invitation_id, clock=clock, on=on, at=at)
    for row in _rows([invitation_id]):
        _tell_answered(row, on=on, besides="")


def _rows(ids: Iterable[InvitationId]) -> Iterable[models.Invitation]:
    found = models.Invitation.objects.filter(pk__in=list(ids)).order_by("place")
    return found.select_related("situation__owner", "organization")


def _tell_invited(row: models.Invitation, *, on: date) -> None:
    language = _language_of(row.network_id)
    facts = {
        "inviter": row.situation.owner_name or NOBODY[language],
        "party": row.organization_name,
        "link": _address("situations:invitation", row.situation_id, row.pk),
        "days": str(INVITATION_DAYS),
    }
    for address in _addresses_of(row.organization, on=on):
        mail.queue_message(to=address, template=INVITED, facts=facts, language=language)


def _tell_answered(row: models.Invitation, *, on: date, besides: str) -> None:
    """Write to who leads, unless they did it themselves; where nobody does, to the coordinators."""
    language = _language_of(row.network_id)
    situation = row.situation
    link = _address("situations:overview", situation.pk)
    facts = {"party": row.organization_name, "link": link}
    owner = [situation.owner_text_id] if situation.owner_text_id else []
    accounts = doers.accounts_for(owner, network_id=row.network_id, on=on) if owner else _coordinators(row)
    for account in accounts:
        is_other = account.person.text_id != besides
        if is_other and mail.is_address(account.user.email):
            mail.queue_message(to=account.user.email, template=ANSWERED, facts=facts, language=language)


def _addresses_of(organization: Organization | None, *, on: date) -> list[str]:
    """Return where an organization is written to: who acts for it on the site, else its own address."""
    if organization is None:
        return []
    accounts = doers.accounts_for([organization.text_id], network_id=organization.network_id, on=on)
    found = [account.user.email for account in accounts if mail.is_address(account.user.email)]
    return found or [address for address in (organization.email,) if mail.is_address(address)]


def _coordinators(row: models.Invitation) -> Iterable[Account]:
    found = Account.objects.filter(network_id=row.network_id, role=Role.COORDINATOR.value)
    return found.select_related("user", "person").order_by("pk")


def _address(name: str, *parts: str) -> str:
    return f"{settings.ADDRESS}{reverse(name, args=parts)}"


def _language_of(network_id: str) -> wording.Language:
    language = Network.objects.values_list("language", flat=True).get(id=network_id)
    return "en" if language == "en" else "nl"

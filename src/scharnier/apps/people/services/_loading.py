# SPDX-License-Identifier: EUPL-1.2
"""Write a whole network, and who may sign in to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet

from scharnier.apps import wall
from scharnier.apps.audit import selectors as log_reads
from scharnier.apps.audit import services as log
from scharnier.apps.people import gone, models, rows, selectors
from scharnier.apps.people.services._revisions import bump_revision
from scharnier.apps.people.services._storing import store_merge
from scharnier.apps.tombstones import selectors as tombstones
from scharnier.core import audit, network, referral
from scharnier.core.kernel import Actor, NetworkId, PersonId, Role

LOADED: Final = "network.loaded"
PARTS: Final = (  # with identifiers; nothing goes while something refers to it
    *("persons", "resident_groups", "communities", "services"),
    *("organizations", "topics", "locations", "areas"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Someone who may sign in, and as whom."""

    name: str
    password: str
    person_id: PersonId
    role: Role


@transaction.atomic
def load_network(
    value: network.Network,
    *,
    at: datetime,
    actor: Actor | None = None,
    outcomes: Iterable[referral.Outcome] = (),
    source_digest: str = "",
) -> None:
    """Write a network with what was learned, in place of what stood under its identifier.

    Without an actor the installation itself does it. Where people live in the network already, it is merged:
    nothing goes away, and nobody who left sight comes back. Who was erased never does.
    """
    with wall.in_network(value.id):
        _replace(value, outcomes=outcomes, source_digest=source_digest)
        log.record(
            actor=actor or audit.System(network_id=value.id),
            act=LOADED,
            kind="network",
            object_id=value.id,
            at=at,
            facts={"source": source_digest} if source_digest else {},
        )


def _replace(value: network.Network, *, outcomes: Iterable[referral.Outcome], source_digest: str) -> None:
    row, is_new = models.Network.objects.get_or_create(id=value.id)
    is_lived_in = not is_new and _is_lived_in(row)
    if not is_new and not is_lived_in:
        _clear(row, told=value)
    row.name, row.language, row.source_digest = value.name, value.language, source_digest
    row.save(update_fields=["name", "language", "source_digest"])
    _merge(value, outcomes=outcomes, is_lived_in=is_lived_in)
    bump_revision(value.id)


def _is_lived_in(row: models.Network) -> bool:
    """Tell whether anybody can sign in to a network, or ever did anything in it."""
    return row.accounts.exists() or log_reads.has_other_acts(NetworkId(row.id), than=LOADED)


def _merge(value: network.Network, *, outcomes: Iterable[referral.Outcome], is_lived_in: bool) -> None:
    snapshot = selectors.read_snapshot(value.id) if is_lived_in else None
    here = snapshot.network if snapshot else network.Network(id=value.id, name=value.name)
    told = {part: getattr(value, part) for part in network.PARTS}
    merge = selectors.merge_told(here, told, newcomers=network.Newcomers.AS_TOLD)
    keys = store_merge(merge, is_over=not is_lived_in)
    known = frozenset(snapshot.outcomes) if snapshot else frozenset()
    learned = gone.outcomes_without_gone(outcomes, network_id=value.id)
    models.Outcome.objects.bulk_create(
        rows.outcome_row(outcome, network_id=value.id, keys=keys)
        for outcome in learned
        if outcome not in known
    )


def _clear(row: models.Network, *, told: network.Network) -> None:
    """Take away what stood; what is told again keeps its row, since referrals and others refer to it."""
    for relation in (row.outcomes, row.ties, row.memberships, row.checks):
        relation.all().delete()
    models.Consent.objects.filter(person__network=row).delete()
    row.organizations.update(parent=None)
    row.areas.update(parent=None)
    row.locations.update(area=None)
    for part in PARTS:
        kept = {item.id for item in getattr(told, part)}
        there = getattr(row, part)
        gone_pks = [pk for pk, text_id in there.values_list("pk", "text_id") if text_id not in kept]
        there.filter(pk__in=gone_pks).delete()


@transaction.atomic
def load_logins(network_id: NetworkId, *, logins: Iterable[Login]) -> None:
    """Give the persons of a network accounts to sign in with; existing users keep their passwords.

    Who was erased gets none, and who signs in under another name keeps that.
    """
    with wall.in_network(network_id):
        persons = {row.text_id: row for row in _persons_with_accounts(network_id)}
        hashed = cache(make_password)  # slow by design: once where several share one, as in the demo
        erased = tombstones.gone(gone.PERSON, network_id=network_id)
        for login in (login for login in logins if login.person_id not in erased):
            _let_in(login, person=persons[login.person_id], hashed=hashed)
        models.Person.objects.filter(network_id=network_id, account__isnull=False).update(awaits_person=False)


def _persons_with_accounts(network_id: NetworkId) -> QuerySet[models.Person]:
    return models.Person.objects.filter(network_id=network_id).select_related("account__user")


def _let_in(login: Login, *, person: models.Person, hashed: Callable[[str], str]) -> None:
    account = getattr(person, "account", None)
    if account is not None and account.user.username != login.name:
        return
    models.Account.objects.update_or_create(
        user=_user(login, hashed=hashed),
        network_id=person.network_id,
        defaults={"person": person, "role": login.role},
    )


def _user(login: Login, *, hashed: Callable[[str], str]) -> models.User:
    found = models.User.objects.filter(username=login.name).first()
    return found or models.User.objects.create(username=login.name, password=hashed(login.password))

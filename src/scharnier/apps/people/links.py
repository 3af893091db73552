# SPDX-License-Identifier: EUPL-1.2
"""Links by which somebody confirms one group of one card, without signing in."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.core import signing
from django.urls import reverse

from scharnier.apps.people import access, models
from scharnier.core.kernel import Actor, Conflict, NetworkId, NotFound

SALT: Final = "people.confirm_card"  # a token for something else is none of ours
LINK_LASTS: Final = timedelta(days=30)


class LinkInvalid(NotFound):
    """The link was never ours, was changed, is too old, is somebody else's, or its card is gone."""

    code = "people.link_invalid"


class LinkUsed(Conflict):
    """The group was looked over after the link was sent."""

    code = "people.link_used"


def link_of(row: models.CardCheck) -> str:
    """Return the address that confirms a check, as it stands in a mail."""
    token = signing.dumps([row.network_id, row.pk, row.version], salt=SALT)
    return f"{settings.ADDRESS}{reverse('people:confirm', args=[token])}"


def network_of(token: str) -> NetworkId:
    """Return the network of the card that a link is about.

    Raises
    ------
    LinkInvalid
    """
    network_id, _, _ = _read(token)
    return network_id


def check_of(token: str, *, actor: Actor | None, lock: bool = False) -> models.CardCheck:
    """Return the check that a link is about; who is signed in must be who it was sent to.

    Raises
    ------
    LinkInvalid
    LinkUsed
    """
    network_id, pk, version = _read(token)
    checks = models.CardCheck.objects.select_related("network", "person", "organization")
    found = checks.filter(network_id=network_id, pk=pk)
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None or (actor is not None and not _is_theirs(row, actor)):
        raise LinkInvalid
    if row.version != version:
        raise LinkUsed
    return row


def _read(token: str) -> tuple[NetworkId, int, str]:
    try:
        held = signing.loads(token, salt=SALT, max_age=LINK_LASTS)
    except (signing.BadSignature, ValueError):
        raise LinkInvalid from None
    match held:
        case [str(network_id), int(pk), str(version)]:
            return NetworkId(network_id), pk, version
    raise LinkInvalid


def _is_theirs(row: models.CardCheck, actor: Actor) -> bool:
    if row.network_id != actor.network_id:
        return False
    if row.person is not None:
        return row.person.text_id == actor.person_id
    organizations = access.changeable_organizations(actor)
    return row.organization is not None and organizations.filter(pk=row.organization.pk).exists()

# SPDX-License-Identifier: EUPL-1.2
"""The table of the policy, and the two questions that are asked of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from scharnier.core.kernel import Actor, Role
from scharnier.core.network import Purpose
from scharnier.core.policy._model import Act, Condition, Kind, Thing, Visibility

EVERYBODY = frozenset(Role)
MEMBERS = EVERYBODY - {
    Role.RESEARCHER,
    Role.ADMINISTRATOR,
}  # they keep the house, or count; they need no cards
READERS = MEMBERS | {Role.RESEARCHER}
COORDINATOR = frozenset({Role.COORDINATOR})
JUDGES = frozenset({Role.COORDINATOR, Role.BOARD})
HELPERS = JUDGES | {Role.PROFESSIONAL}
KEEPERS = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})

_Rules = Mapping[tuple[Kind, Act], Mapping[Condition, frozenset[Role]]]

_ALWAYS, _OWN, _ON_BEHALF = Condition.ALWAYS, Condition.OWN, Condition.ON_BEHALF
_SHARED = Condition.SHARED
_SENT, _ASKED, _FOR_ASKED = Condition.SENT, Condition.ASKED, Condition.FOR_ASKED
_IN_COALITION, _READER = Condition.IN_COALITION, Condition.READER
_OF_ITS_OWNER = {_ON_BEHALF: MEMBERS, _SENT: MEMBERS}  # who owns it, and who wrote it; nobody keeps watch
_SEEN = {_SENT: MEMBERS, _ASKED: EVERYBODY, _FOR_ASKED: MEMBERS, _ALWAYS: COORDINATOR}
RULES: _Rules = {
    (Kind.NETWORK, Act.SEE): {_ALWAYS: EVERYBODY},
    (Kind.NETWORK, Act.CHANGE): {_ALWAYS: COORDINATOR},
    (Kind.PERSON, Act.SEE): {_OWN: EVERYBODY, Condition.LISTED: MEMBERS, _SHARED: MEMBERS},
    (Kind.PERSON, Act.CREATE): {_ALWAYS: COORDINATOR},
    (Kind.PERSON, Act.CHANGE): {_OWN: EVERYBODY},
    (Kind.PERSON, Act.REMOVE): {_OWN: EVERYBODY},
    (Kind.CARD_FIELD, Act.SEE): {_OWN: EVERYBODY, Condition.SHOWN: MEMBERS, _SHARED: MEMBERS},
    (Kind.CARD_FIELD, Act.CHANGE): {_OWN: EVERYBODY},
    (Kind.WAYS, Act.SEE): {_OWN: EVERYBODY, Condition.REACHABLE: MEMBERS, _SHARED: MEMBERS},
    (Kind.WAYS, Act.CHANGE): {_OWN: EVERYBODY},
    (Kind.CONSENT, Act.SEE): {_OWN: EVERYBODY},
    (Kind.CONSENT, Act.CREATE): {_OWN: EVERYBODY},
    (Kind.CONSENT, Act.REMOVE): {_OWN: EVERYBODY},
    (Kind.MEMBERSHIP, Act.SEE): {_OWN: EVERYBODY, Condition.LISTED: MEMBERS, _SHARED: MEMBERS},
    (Kind.MEMBERSHIP, Act.CREATE): {_OWN: EVERYBODY, _ALWAYS: COORDINATOR},
    (Kind.MEMBERSHIP, Act.CHANGE): {_OWN: EVERYBODY, _ALWAYS: COORDINATOR},
    (Kind.MEMBERSHIP, Act.REMOVE): {_OWN: EVERYBODY},
    (Kind.TIE, Act.SEE): {_OWN: EVERYBODY, Condition.LISTED: MEMBERS},
    (Kind.TIE, Act.CREATE): {_OWN: EVERYBODY},
    (Kind.TIE, Act.CHANGE): {_OWN: EVERYBODY},
    (Kind.TIE, Act.REMOVE): {_OWN: EVERYBODY},
    (Kind.ORGANIZATION, Act.SEE): {_ALWAYS: READERS},
    (Kind.ORGANIZATION, Act.CREATE): {_ALWAYS: COORDINATOR},
    (Kind.ORGANIZATION, Act.CHANGE): {_ON_BEHALF: MEMBERS, _ALWAYS: COORDINATOR},
    (Kind.SERVICE, Act.SEE): {_ALWAYS: READERS},
    (Kind.SERVICE, Act.CREATE): {_ON_BEHALF: MEMBERS, _ALWAYS: COORDINATOR},
    (Kind.SERVICE, Act.CHANGE): {_ON_BEHALF: MEMBERS, _ALWAYS: COORDINATOR},
    (Kind.COMMUNITY, Act.SEE): {_ALWAYS: READERS},
    (Kind.COMMUNITY, Act.CREATE): {_ALWAYS: COORDINATOR},
    (Kind.COMMUNITY, Act.CHANGE): {_ALWAYS: COORDINATOR},
    (Kind.RESIDENT_GROUP, Act.SEE): {_ALWAYS: READERS},
    (Kind.RESIDENT_GROUP, Act.CHANGE): {_ALWAYS: COORDINATOR},
    (Kind.PLACE, Act.SEE): {_ALWAYS: EVERYBODY},
    (Kind.TOPIC, Act.SEE): {_ALWAYS: EVERYBODY},
    (Kind.ACCOUNT, Act.SEE): {_OWN: EVERYBODY, _ALWAYS: KEEPERS},
    (Kind.ACCOUNT, Act.CHANGE): {_ALWAYS: KEEPERS},
    (Kind.ACCOUNT, Act.REMOVE): {_OWN: EVERYBODY, _ALWAYS: KEEPERS},
    (Kind.INVITATION, Act.SEE): {_ALWAYS: KEEPERS},
    (Kind.INVITATION, Act.CREATE): {_ALWAYS: KEEPERS},
    (Kind.INVITATION, Act.REMOVE): {_ALWAYS: KEEPERS},
    (Kind.JOIN_REQUEST, Act.SEE): {_ALWAYS: KEEPERS},
    (Kind.JOIN_REQUEST, Act.CHANGE): {_ALWAYS: KEEPERS},
    (Kind.AUDIT_EVENT, Act.SEE): {_OWN: EVERYBODY},
    (Kind.SHARING, Act.SEE): {_OWN: EVERYBODY},
    (Kind.SHARING, Act.CREATE): {_OWN: EVERYBODY},
    (Kind.SHARING, Act.REMOVE): {_OWN: EVERYBODY},
    (Kind.EMERGENCY, Act.CREATE): {_ALWAYS: HELPERS},
    (Kind.REVIEW, Act.SEE): {_ALWAYS: JUDGES},
    (Kind.REVIEW, Act.CHANGE): {_ALWAYS: JUDGES},
    (Kind.DATA_REQUEST, Act.SEE): {_ALWAYS: COORDINATOR},
    (Kind.DATA_REQUEST, Act.CREATE): {_ALWAYS: COORDINATOR},
    (Kind.DATA_REQUEST, Act.CHANGE): {_ALWAYS: COORDINATOR},
    (Kind.QUESTION, Act.CREATE): {_ALWAYS: MEMBERS},
    (Kind.REFERRAL, Act.SEE): _SEEN,
    (Kind.REFERRAL, Act.CREATE): {_ALWAYS: MEMBERS},
    (Kind.REFERRAL, Act.FOLLOW): {_SENT: MEMBERS},
    (Kind.REFERRAL, Act.MEND): {Condition.ORPHANED: COORDINATOR},
    (Kind.TURN, Act.SEE): _SEEN,
    (Kind.TURN, Act.HANDLE): {_ASKED: EVERYBODY, _FOR_ASKED: MEMBERS},
    (Kind.ADEQUACY, Act.SEE): {_ALWAYS: READERS},
    (Kind.INTRODUCTION, Act.CREATE): {_SENT: MEMBERS},
    (Kind.INTRODUCTION, Act.SEE): {_ASKED: EVERYBODY},
    (Kind.INTRODUCTION, Act.HANDLE): {_ASKED: EVERYBODY},
    (Kind.REPORTING, Act.SEE): {_ALWAYS: COORDINATOR},
    (Kind.REPORTING, Act.CREATE): {_ALWAYS: COORDINATOR},
    (Kind.REPORTING, Act.CHANGE): {_ALWAYS: COORDINATOR},
    (Kind.WEBHOOK, Act.SEE): {_ALWAYS: KEEPERS},
    (Kind.WEBHOOK, Act.CREATE): {_ALWAYS: KEEPERS},
    (Kind.WEBHOOK, Act.CHANGE): {_ALWAYS: KEEPERS},
    (Kind.WEBHOOK, Act.REMOVE): {_ALWAYS: KEEPERS},
    (Kind.NOTE, Act.SEE): {_OWN: EVERYBODY},
    (Kind.NOTE, Act.CREATE): {_OWN: MEMBERS},
    (Kind.NOTE, Act.CHANGE): {_OWN: EVERYBODY},
    (Kind.NOTE, Act.REMOVE): {_OWN: EVERYBODY},
    (Kind.DIGEST, Act.SEE): {_OWN: EVERYBODY},
    (Kind.DIGEST, Act.CHANGE): {_OWN: EVERYBODY},
    (Kind.SIGNAL, Act.SEE): _OF_ITS_OWNER,
    (Kind.SIGNAL, Act.CREATE): _OF_ITS_OWNER,
    (Kind.SIGNAL, Act.CHANGE): _OF_ITS_OWNER,
    (Kind.SIGNAL, Act.REMOVE): _OF_ITS_OWNER,
    (Kind.SIGNAL_TEXT, Act.SEE): _OF_ITS_OWNER,
    (Kind.SIGNAL_TEXT, Act.CHANGE): _OF_ITS_OWNER,
    (Kind.SIGNAL_BANDS, Act.SEE): {_ALWAYS: READERS},
    (Kind.MATCH, Act.SEE): {_FOR_ASKED: MEMBERS},
    (Kind.MATCH, Act.CREATE): {_ON_BEHALF: MEMBERS},
    (Kind.MATCH, Act.HANDLE): {_FOR_ASKED: MEMBERS},
    (Kind.SITUATION, Act.SEE): {_IN_COALITION: MEMBERS},
    (Kind.SITUATION, Act.CREATE): {_ON_BEHALF: MEMBERS, _ALWAYS: COORDINATOR},
    (Kind.SITUATION, Act.CHANGE): {_IN_COALITION: MEMBERS},
    (Kind.SITUATION, Act.FOLLOW): {_ON_BEHALF: MEMBERS},
    (Kind.SITUATION, Act.MEND): {_ALWAYS: COORDINATOR},
    (Kind.SITUATION_FIGURES, Act.SEE): {
        _IN_COALITION: MEMBERS,
        _FOR_ASKED: MEMBERS,
        _ALWAYS: COORDINATOR | {Role.RESEARCHER},
    },
    (Kind.SITUATION_INVITATION, Act.SEE): {
        _FOR_ASKED: MEMBERS,
        _IN_COALITION: MEMBERS,
        _ALWAYS: COORDINATOR,
    },
    (Kind.SITUATION_INVITATION, Act.CREATE): {_ON_BEHALF: MEMBERS, _ALWAYS: COORDINATOR},
    (Kind.SITUATION_INVITATION, Act.HANDLE): {_FOR_ASKED: MEMBERS},
    (Kind.SITUATION_INVITATION, Act.REMOVE): {_ON_BEHALF: MEMBERS, _ALWAYS: COORDINATOR},
    (Kind.SITUATION_PART, Act.SEE): {_READER: MEMBERS, _ON_BEHALF: MEMBERS},
    (Kind.SITUATION_PART, Act.CREATE): {_IN_COALITION: MEMBERS},
    (Kind.SITUATION_PART, Act.CHANGE): {_ON_BEHALF: MEMBERS},
    (Kind.SITUATION_PART, Act.REMOVE): {_ON_BEHALF: MEMBERS},
    (Kind.EXCLUDED_PLACE, Act.SEE): {_ALWAYS: COORDINATOR},
    (Kind.EXCLUDED_PLACE, Act.CREATE): {_ALWAYS: COORDINATOR},
    (Kind.EXCLUDED_PLACE, Act.REMOVE): {_ALWAYS: COORDINATOR},
}


def conditions_for(role: Role, act: Act, kind: Kind) -> frozenset[Condition]:
    """Return the conditions of which any one allows a role an act on a kind of thing.

    Parameters
    ----------
    role
        Of who acts.
    act, kind
        What is done, to what.

    Returns
    -------
    frozenset of Condition
        Empty: never allowed. Queries are made from it, so that a list shows what `allow` allows.

    Examples
    --------
    >>> sorted(conditions_for(Role.RESIDENT, Act.SEE, Kind.PERSON))
    [<Condition.LISTED: 'listed'>, <Condition.OWN: 'own'>, <Condition.SHARED: 'shared'>]
    >>> conditions_for(Role.ADMINISTRATOR, Act.SEE, Kind.ORGANIZATION)
    frozenset()
    """
    return frozenset(condition for condition, roles in RULES.get((kind, act), {}).items() if role in roles)


def allow(actor: Actor, act: Act, thing: Thing, *, at: date) -> bool:
    """Tell whether somebody may do something to a thing on a day.

    Parameters
    ----------
    actor
        Who acts; only ever on things of their own network.
    act
        What is done.
    thing
        What it is done to.
    at
        The day on which consents count.

    Notes
    -----
    Denied unless the table names kind, act and role, and one of its conditions holds. O(consents).

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId, PersonId
    >>> samira = Actor(network_id=NetworkId("n"), person_id=PersonId("samira"), role=Role.PROFESSIONAL)
    >>> card = Thing(kind=Kind.PERSON, network_id=NetworkId("n"), about=frozenset({PersonId("karel")}))
    >>> allow(samira, Act.SEE, card, at=date(2026, 1, 1))
    False
    """
    if actor.network_id != thing.network_id:
        return False
    conditions = conditions_for(actor.role, act, thing.kind)
    return any(_HOLDS[condition](actor, thing, at) for condition in conditions)


def _everyone_consents(thing: Thing, purpose: Purpose, at: date) -> bool:
    return bool(thing.consents) and all(
        any(consent.purpose is purpose and consent.holds_on(at) for consent in consents)
        for consents in thing.consents
    )


def _is_listed(_actor: Actor, thing: Thing, at: date) -> bool:
    return _everyone_consents(thing, Purpose.LISTING, at)


def _is_reachable(actor: Actor, thing: Thing, at: date) -> bool:
    return _is_listed(actor, thing, at) and _everyone_consents(thing, Purpose.CONTACT, at)


def _is_shown(actor: Actor, thing: Thing, at: date) -> bool:
    return thing.visibility is not Visibility.PRIVATE and _is_listed(actor, thing, at)


def _is_shared(actor: Actor, thing: Thing, _at: date) -> bool:
    is_shared = bool(thing.about) and thing.about <= actor.shared_with_me
    return is_shared and thing.visibility is not Visibility.PRIVATE


def _is_on_behalf(actor: Actor, thing: Thing, _at: date) -> bool:
    return thing.organization_id is not None and thing.organization_id in actor.acts_for


_HOLDS: Mapping[Condition, Callable[[Actor, Thing, date], bool]] = {
    Condition.ALWAYS: lambda _actor, _thing, _at: True,
    Condition.OWN: lambda actor, thing, _at: actor.person_id in thing.about,
    Condition.LISTED: _is_listed,
    Condition.REACHABLE: _is_reachable,
    Condition.SHOWN: _is_shown,
    Condition.SHARED: _is_shared,
    Condition.ON_BEHALF: _is_on_behalf,
    Condition.SENT: lambda actor, thing, _at: actor.person_id == thing.sender_id and not thing.is_orphaned,
    Condition.ASKED: lambda actor, thing, _at: actor.person_id in thing.asked_ids,
    Condition.FOR_ASKED: lambda actor, thing, _at: bool(actor.acts_for & thing.asked_organization_ids),
    Condition.ORPHANED: lambda _actor, thing, _at: thing.is_orphaned,
    Condition.IN_COALITION: lambda actor, thing, _at: bool(actor.acts_for & thing.coalition_ids),
    Condition.READER: lambda actor, thing, _at: bool(actor.acts_for & thing.reader_ids),
}

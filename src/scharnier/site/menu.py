# SPDX-License-Identifier: EUPL-1.2
"""The main menu: a new page gets its line here, for the roles that the policy lets in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scharnier.core import policy
from scharnier.core.kernel import Actor
from scharnier.core.policy import Act, Kind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page of the menu, and what somebody has to be allowed to find anything there."""

    page: str  # name of the address
    title: _StrPromise
    act: Act
    kind: Kind
    is_first: bool = False  # also beside the menu, where there is room


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Entries under one heading."""

    title: _StrPromise
    entries: tuple[Entry, ...]
    of_others: bool = False  # being allowed it with what is one's own is not enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An entry as one reader sees it."""

    address: str
    title: _StrPromise
    is_here: bool
    is_first: bool


MENU = (
    Group(
        title=_("The neighbourhood"),
        entries=(
            Entry(page="overview:ask", title=_("Ask"), act=Act.CREATE, kind=Kind.QUESTION, is_first=True),
            Entry(
                page="referral:work",
                title=_("What waits for me"),
                act=Act.SEE,
                kind=Kind.REFERRAL,
                is_first=True,
            ),
            Entry(
                page="picture:picture",
                title=_("The network"),
                act=Act.SEE,
                kind=Kind.COMMUNITY,
                is_first=True,
            ),
            Entry(
                page="situations:list", title=_("Our situations"), act=Act.SEE, kind=Kind.SITUATION_FIGURES
            ),
            Entry(
                page="situations:found",
                title=_("What stands out"),
                act=Act.SEE,
                kind=Kind.SITUATION_FIGURES,
            ),
            Entry(page="mapping:map", title=_("The map"), act=Act.SEE, kind=Kind.ORGANIZATION),
            Entry(page="referral:adequacy", title=_("How referrals go"), act=Act.SEE, kind=Kind.ADEQUACY),
            Entry(page="notes:write", title=_("Note"), act=Act.CREATE, kind=Kind.NOTE, is_first=True),
            Entry(page="signals:own_signals", title=_("Signals"), act=Act.CREATE, kind=Kind.SIGNAL),
            Entry(page="emergency:open", title=_("In an emergency"), act=Act.CREATE, kind=Kind.EMERGENCY),
        ),
    ),
    Group(
        title=_("Of me"),
        entries=(
            Entry(
                page="people:own_card", title=_("My card"), act=Act.CHANGE, kind=Kind.PERSON, is_first=True
            ),
            Entry(page="picture:contacts", title=_("My contacts"), act=Act.CREATE, kind=Kind.TIE),
            Entry(page="notes:own_notes", title=_("My notes"), act=Act.CREATE, kind=Kind.NOTE),
            Entry(page="people:sharing", title=_("Sharing"), act=Act.CREATE, kind=Kind.SHARING),
            Entry(page="rights:own_data", title=_("My data"), act=Act.SEE, kind=Kind.PERSON),
            Entry(
                page="overview:card_reads",
                title=_("Who looked at my card"),
                act=Act.SEE,
                kind=Kind.AUDIT_EVENT,
            ),
            Entry(page="members:hand_over", title=_("Hand over"), act=Act.CHANGE, kind=Kind.MEMBERSHIP),
        ),
    ),
    Group(
        title=_("Keeping the network"),
        of_others=True,
        entries=(
            Entry(page="members:accounts", title=_("Members"), act=Act.CHANGE, kind=Kind.ACCOUNT),
            Entry(
                page="people:import_network", title=_("Bring in a list"), act=Act.CHANGE, kind=Kind.NETWORK
            ),
            Entry(
                page="people:import_areas",
                title=_("Areas from the map of CBS"),
                act=Act.CHANGE,
                kind=Kind.NETWORK,
            ),
            Entry(
                page="people:add_organization",
                title=_("Add an organization"),
                act=Act.CREATE,
                kind=Kind.ORGANIZATION,
            ),
            Entry(
                page="people:add_person",
                title=_("Make a card ready for somebody"),
                act=Act.CREATE,
                kind=Kind.PERSON,
            ),
            Entry(page="emergency:reviews", title=_("Emergencies to judge"), act=Act.SEE, kind=Kind.REVIEW),
            Entry(
                page="rights:data_requests",
                title=_("Requests about data"),
                act=Act.SEE,
                kind=Kind.DATA_REQUEST,
            ),
            Entry(
                page="open311:reporting",
                title=_("Reports of other systems"),
                act=Act.SEE,
                kind=Kind.REPORTING,
            ),
            Entry(
                page="signals:reception", title=_("Signals of residents"), act=Act.CHANGE, kind=Kind.NETWORK
            ),
            Entry(
                page="situations:templates",
                title=_("Examples to begin a plan from"),
                act=Act.MEND,
                kind=Kind.SITUATION,
            ),
            Entry(page="webhooks:webhooks", title=_("Webhooks"), act=Act.SEE, kind=Kind.WEBHOOK),
        ),
    ),
)


def menu_for(actor: Actor, *, path: str) -> tuple[tuple[_StrPromise, tuple[Line, ...]], ...]:
    """Return the groups of the menu that hold a line for somebody, each with its title."""
    found = ((group.title, tuple(_line(entry, path=path) for entry in _open(group, actor))) for group in MENU)
    return tuple((title, lines) for title, lines in found if lines)


def _open(group: Group, actor: Actor) -> Iterator[Entry]:
    for entry in group.entries:
        conditions = policy.conditions_for(actor.role, entry.act, entry.kind)
        if policy.Condition.ALWAYS in conditions if group.of_others else conditions:
            yield entry


def _line(entry: Entry, *, path: str) -> Line:
    address = reverse(entry.page)
    return Line(address=address, title=entry.title, is_here=path == address, is_first=entry.is_first)

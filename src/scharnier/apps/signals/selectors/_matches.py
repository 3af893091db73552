# SPDX-License-Identifier: EUPL-1.2
"""Matches as one of the two sees them: that there is one, and with whom once the other wants to be named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from scharnier.apps.signals import access, models, rows
from scharnier.core import signals
from scharnier.core.kernel import Actor, AreaId, MatchId, OrganizationId, TopicId
from scharnier.core.signals import MatchView, Naming, NamingStep


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchLine:
    """A match, for one organization of the reader's."""

    view: MatchView
    organization_id: OrganizationId  # the reader's
    organization_name: str
    other_name: str  # empty: not named
    last_day: date  # on which the answer still comes in time
    signal_id: str  # of the reader's organization; empty: it is gone, or it was not by that signal
    steps: tuple[NamingStep, ...]  # open to the reader
    topics: frozenset[TopicId]  # of what the reader's organization met, nothing of the other
    area_id: AreaId | None  # the same

    @property
    def is_asked(self) -> bool:
        """Tell whether the organization still has to decide."""
        return self.view.own is Naming.ASKED

    @property
    def are_both_named(self) -> bool:
        """Tell whether each of the two knows who the other is."""
        return self.view.own is Naming.NAMED and self.view.other_id is not None


def read_matches(actor: Actor, *, most: int = 50) -> tuple[MatchLine, ...]:
    """Return the latest matches of the organizations that the actor acts for."""
    return tuple(line for row in access.matches(actor)[:most] for line in _lines(row, actor))


def read_match(match_id: MatchId, *, actor: Actor) -> tuple[MatchLine, ...]:
    """Return a match, once for each of the two that the actor acts for.

    Raises
    ------
    MatchNotFound
        Also when one of the two left the network.
    """
    lines = tuple(line for row in access.matches(actor).filter(pk=match_id) for line in _lines(row, actor))
    if not lines:
        raise signals.MatchNotFound(match_id=match_id)
    return lines


def hold_pair(match_id: MatchId, *, actor: Actor) -> frozenset[OrganizationId]:
    """Return the two of a match of the actor's that are both named; it stays so until the transaction ends.

    Raises
    ------
    MatchNotFound
    NotBothNamed
    """
    row = access.matches(actor).select_for_update(of=("self",)).filter(pk=match_id).first()
    match = rows.match_value(row) if row else None
    if match is None:
        raise signals.MatchNotFound(match_id=match_id)
    return signals.named_pair(match)


def matches_of(
    signal: signals.Signal, *, running: Collection[MatchId], actor: Actor
) -> tuple[MatchLine, ...]:
    """Return the matches of the owner of a signal that came of it or run on its matter, latest first."""
    came_of_it = models.Side.objects.filter(signal_id=signal.id).values("match_id")
    found = access.matches(actor).filter(Q(pk__in=sorted(running)) | Q(pk__in=came_of_it))
    lines = (line for row in found for line in _lines(row, actor))
    return tuple(line for line in lines if line.organization_id == signal.owner_id)


def _lines(row: models.Match, actor: Actor) -> Iterator[MatchLine]:
    match = rows.match_value(row)
    if match is None:
        return
    sides = {OrganizationId(side.organization.text_id): side for side in row.sides.all()}
    for organization_id in sorted(sides.keys() & actor.acts_for):
        view = signals.view_match(match, organization_id)
        side = sides[organization_id]
        yield MatchLine(
            view=view,
            organization_id=organization_id,
            organization_name=side.organization.name,
            other_name=sides[view.other_id].organization.name if view.other_id else "",
            last_day=signals.lapses_on(match) - timedelta(days=1),
            signal_id=side.signal_id or "",
            steps=signals.naming_steps(view.own),
            topics=frozenset(map(TopicId, side.topic_ids)),
            area_id=AreaId(side.area_text_id) if side.area_text_id else None,
        )

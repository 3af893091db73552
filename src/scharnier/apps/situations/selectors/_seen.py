# SPDX-License-Identifier: EUPL-1.2
"""One situation and who looks at it: the start of every page of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scharnier.apps.situations import access, find_words, models, rows
from scharnier.core import situations
from scharnier.core.kernel import Actor, OrganizationId, SituationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A situation that somebody reads whole, as a row and as a value."""

    row: models.Situation
    value: situations.Situation
    actor: Actor

    @property
    def capacities(self) -> frozenset[situations.Capacity]:
        """In what capacities the reader acts on it."""
        return situations.capacities_of(self.value, self.actor)

    @property
    def partners(self) -> frozenset[OrganizationId]:
        """Who takes part; in a bundle, who has signals in it too."""
        is_bundle = self.value.state is situations.State.SIGNAL_BUNDLE
        return self.value.coalition | (self.value.signal_partner_ids if is_bundle else frozenset())

    @property
    def own_ids(self) -> tuple[OrganizationId, ...]:
        """The organizations that take part for which the reader acts, the owner first."""
        own = self.partners & self.actor.acts_for
        return tuple(sorted(own, key=lambda each: (each != self.value.owner_id, each)))

    @property
    def names(self) -> Mapping[str, str]:
        """The names of the organizations in it, by identifier; also of those that left the network."""
        return {**_names_in_bundle(self.row), **rows.names_of(self.row)}


def _names_in_bundle(row: models.Situation) -> Mapping[str, str]:
    """Return the names of who has signals in a bundle; once it is none, those are known by who was asked."""
    if row.state != situations.State.SIGNAL_BUNDLE:
        return {}
    return {each.organization.text_id: each.organization.name for each in row.bundle.all()}


def look(situation_id: SituationId, *, actor: Actor) -> Seen:
    """Return a situation that somebody reads whole.

    Raises
    ------
    SituationNotFound
    """
    row = access.situation_row(situation_id, actor=actor)
    return Seen(row=row, value=find_words.with_own_words(rows.situation_value(row)), actor=actor)


def glimpse(situation_id: SituationId, *, actor: Actor) -> Seen:
    """Return as much of a situation as says how it stands; its words are for who takes part only.

    Raises
    ------
    SituationNotFound
    """
    row = rows.with_waiting(access.figures(actor)).filter(pk=situation_id).first()
    if row is None:
        raise access.SituationNotFound(situation_id=situation_id)
    return Seen(row=row, value=find_words.with_own_words(rows.situation_value(row)), actor=actor)

# SPDX-License-Identifier: EUPL-1.2
"""Let the people of the example refer to each other, by the same acts as everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypedDict

from scharnier import example
from scharnier.apps import wall
from scharnier.apps.people.models import Membership
from scharnier.apps.referral import models, services
from scharnier.core.audit import System
from scharnier.core.kernel import (
    Actor,
    AreaId,
    NetworkId,
    OrganizationId,
    PersonId,
    ReferralId,
    ResidentGroupId,
    Role,
    TopicId,
    TurnId,
)
from scharnier.core.referral import About, Helped, Party, Proposal, ProposedBy, Reason, Teller

MORNING = time(9, tzinfo=UTC)


class Moment(TypedDict):
    """A day of the story, and a moment on it."""

    on: date
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """One referral of the example, played from its first day on."""

    network_id: NetworkId
    told: example.Referred
    day: date  # of the asking

    def moment(self, after: int) -> Moment:
        """Return a day so many days after the asking."""
        on = self.day + timedelta(days=after)
        return Moment(on=on, at=datetime.combine(on, MORNING))

    def act(self) -> None:
        """Let everybody do what they did."""
        made = self._make()
        for number, ask in enumerate(self.told.asks):
            if number:
                services.ask_next(made, (_ask(ask),), actor=self._sender, **self.moment(ask.after))
            (turn_id,) = services.send_all(made, actor=self._sender, **self.moment(ask.after))
            for step in ask.steps:
                self._take(step, turn_id, by=self._actor(ask.to))
        for said in self.told.told:
            by = Teller(said.by)
            actor = self._sender if by is Teller.SENDER else self._actor(self.told.asks[-1].to)
            telling = services.Telling(by=by, helped=Helped(said.helped), words=said.words)
            services.tell_outcome(made, telling, actor=actor, **self.moment(said.after))

    def _make(self) -> ReferralId:
        told = self.told
        wish = services.ReferralWish(
            text=told.text,
            asks=(_ask(told.asks[0]),),
            about=About(told.about),
            area_id=AreaId(told.area),
            topics=frozenset(map(TopicId, told.topics.split())),
            resident_group_id=ResidentGroupId(told.group) if told.group else None,
        )
        return services.make_referral(wish, actor=self._sender, **self.moment(0))

    def _take(self, step: example.Stepped, turn_id: TurnId, *, by: Actor) -> None:
        moment = self.moment(step.after)
        match step.step:
            case "accept":
                services.accept(turn_id, actor=by, **moment)
            case "start":
                services.start(turn_id, actor=by, **moment)
            case "pause":
                until = self.day + timedelta(days=step.until)
                services.pause(turn_id, until=until, words=step.words, actor=by, **moment)
            case "complete":
                services.complete(turn_id, result=step.words, hours=step.hours, actor=by, **moment)
            case "lapse":
                services.lapse(turn_id, actor=System(network_id=self.network_id), **moment)
            case _:
                rather = _party(step.rather) if step.rather else None
                said = services.Decline(reason=Reason(step.reason), words=step.words, rather=rather)
                services.decline(turn_id, said, actor=by, **moment)

    @property
    def _sender(self) -> Actor:
        return self._actor(f"person:{self.told.sender}")

    def _actor(self, who: str) -> Actor:
        """Return a person, or somebody who acts for an organization."""
        party = _party(who)
        acts_for = frozenset({party.organization_id}) if party.organization_id else frozenset()
        person_id = party.person_id or self._member_of(party.organization_id or "")
        return Actor(
            network_id=self.network_id, person_id=person_id, role=Role.PROFESSIONAL, acts_for=acts_for
        )

    def _member_of(self, organization_id: str) -> PersonId:
        members = Membership.objects.filter(network_id=self.network_id, organization__text_id=organization_id)
        return PersonId(members.order_by("pk").values_list("person__text_id", flat=True)[0])


def play(referrals: Iterable[example.Referred], *, network_id: NetworkId, on: date) -> int:
    """Let the people of a network refer to each other, once; return how many referrals that made."""
    with wall.in_network(network_id):
        if models.Referral.objects.filter(network_id=network_id).exists():
            return 0
        plays = [
            Play(network_id=network_id, told=told, day=on - timedelta(days=told.ago)) for told in referrals
        ]
        for each in plays:
            each.act()
        return len(plays)


def _ask(ask: example.Ask) -> services.Ask:
    return services.Ask(party=_party(ask.to), proposal=Proposal(by=ProposedBy(ask.by)))


def _party(who: str) -> Party:
    kind, _colon, party_id = who.partition(":")
    if kind == "person":
        return Party(person_id=PersonId(party_id))
    return Party(organization_id=OrganizationId(party_id))

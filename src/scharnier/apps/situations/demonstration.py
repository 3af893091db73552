# SPDX-License-Identifier: EUPL-1.2
"""Let the people of the example get a hold on something together, by the same acts as everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypedDict

from django.utils import timezone

from scharnier import example
from scharnier.apps import wall
from scharnier.apps.situations import models, services, templates_of
from scharnier.core import situations
from scharnier.core.kernel import (
    Actor,
    AreaId,
    InvitationId,
    NetworkId,
    OrganizationId,
    PersonId,
    Role,
    SituationId,
    TopicId,
)
from scharnier.core.situations import ActionState, AgreementState, InvitationStep, Step, Wanted

MORNING, HOUR = time(9), timedelta(hours=1)
BASELINES = {  # how it was, by template
    "safety": "Twaalf klachten over lawaai per week, gemiddeld in de weken voor de zomer.",
    "shopping": "Vijf lege winkels, geteld op een gewone dinsdag.",
    "blank": "Drie volle zakken per week.",
}


class Moment(TypedDict):
    """A moment of the story."""

    at: datetime


class MomentOn(Moment):
    """The same, with its day."""

    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """One situation of the example, played from its first day on."""

    network_id: NetworkId
    told: example.Shared
    day: date  # of the begin

    def act(self) -> None:
        """Let everybody do what they did."""
        situation_id = self._begin()
        self._join(situation_id)
        if self.told.state == "proposed":
            return
        self._step(situation_id, Step.ACCEPT, after=4)
        template = templates_of.template_of(self.network_id, self.told.template, language="nl").template
        services.begin_plan(situation_id, template, actor=self._lead, **self._on(5))
        plan = situations.Plan(
            goal=template.goal or "De tuin is schoon en blijft dat.",
            baseline=BASELINES[template.id],
            deadline=self.day + timedelta(days=5 + template.days),
        )
        services.write_plan(situation_id, plan, actor=self._lead, **self._at(5))
        self._meet(situation_id)
        self._promise(situation_id)
        self._step(situation_id, Step.PLAN, after=14)
        self._step(situation_id, Step.RUN, after=15)
        self._measure(situation_id)
        self._end(situation_id)

    def _begin(self) -> SituationId:
        told = self.told
        wish = services.SituationWish(
            question=told.question,
            organization_id=OrganizationId(told.owner),
            topics=frozenset(map(TopicId, told.topics.split())),
            area_ids=frozenset(map(AreaId, told.areas.split())),
        )
        return services.begin_situation(wish, actor=self._lead, **self._on(0))

    def _join(self, situation_id: SituationId) -> None:
        organizations = [OrganizationId(organization) for organization, _person in self.told.partners]
        asked = services.invite(
            situation_id, organizations, words=self.told.words, actor=self._lead, **self._on(1)
        )
        for invitation_id, (organization, person) in zip(asked, self.told.partners, strict=True):
            reply = services.Reply(step=InvitationStep.ACCEPT)
            services.answer(
                situation_id,
                InvitationId(invitation_id),
                reply,
                actor=self._actor(person, organization),
                **self._on(3),
            )

    def _meet(self, situation_id: SituationId) -> None:
        for met in self.told.meetings:
            starts_at = self._moment(met.after, time.fromisoformat(met.at))
            appointment = services.Appointment(starts_at=starts_at, ends_at=starts_at + HOUR, place=met.place)
            meeting_id = services.plan_meeting(
                situation_id, appointment, actor=self._lead, **self._on(met.planned)
            )
            if met.present:
                minutes = services.Minutes(
                    present_ids=_organizations(met.present),
                    apologies_ids=_organizations(met.apologies),
                    decisions=met.decisions,
                )
                services.record_meeting(
                    situation_id, meeting_id, minutes, actor=self._lead, **self._on(met.after)
                )

    def _promise(self, situation_id: SituationId) -> None:
        for agreed in self.told.agreements:
            promise = services.Promise(
                text=agreed.text,
                party_ids=_organizations(agreed.parties),
                review_on=self.day + timedelta(days=agreed.review),
            )
            made = services.agree(situation_id, promise, actor=self._lead, **self._on(agreed.after))
            state = AgreementState(agreed.state)
            if state is not AgreementState.OPEN:
                services.judge_agreement(
                    situation_id, made, state, actor=self._lead, **self._at(agreed.review)
                )
        for done in self.told.actions:
            self._do(situation_id, done)

    def _do(self, situation_id: SituationId, done: example.Done) -> None:
        task = services.Task(
            text=done.text,
            organization_id=OrganizationId(done.organization),
            person_id=PersonId(done.who),
            due=self.day + timedelta(days=done.due),
        )
        made = services.make_action(situation_id, task, actor=self._lead, **self._on(done.after))
        state = ActionState(done.state)
        if state is not ActionState.OPEN:
            by = self._actor(done.who, done.organization)
            services.end_action(
                situation_id, made, state, reason=done.reason, actor=by, **self._on(done.ended)
            )

    def _measure(self, situation_id: SituationId) -> None:
        for series in self.told.figures:
            aim = services.Aim(
                name=series.name,
                unit=series.unit,
                wanted=Wanted(series.wanted),
                baseline=series.baseline,
                target=series.target,
            )
            made = services.add_indicator(situation_id, aim, actor=self._lead, **self._at(15))
            for after, figure in series.readings:
                day = self.day + timedelta(days=after)
                services.enter_figure(
                    situation_id, made, on=day, figure=figure, actor=self._lead, **self._at(after)
                )

    def _end(self, situation_id: SituationId) -> None:
        ended = self.told.ended
        if ended is None or self.told.state == "running":
            return
        self._step(situation_id, Step.EVALUATE, after=ended.after)
        findings = services.Findings(
            lesson=ended.lesson, residents_noticed=ended.residents, hours=ended.hours
        )
        services.evaluate(situation_id, findings, actor=self._lead, **self._on(ended.after))
        people = dict((*self.told.partners, (self.told.owner, self.told.lead)))
        for organization, score in ended.scores:
            actor = self._actor(people[organization], organization)
            services.give_score(situation_id, score, actor=actor, **self._at(ended.after))
        if self.told.state == "closed":
            self._step(situation_id, Step.CLOSE, after=ended.after)

    def _step(self, situation_id: SituationId, step: Step, *, after: int) -> None:
        services.take_step(situation_id, step, actor=self._lead, **self._on(after))

    @property
    def _lead(self) -> Actor:
        return self._actor(self.told.lead, self.told.owner)

    def _actor(self, person: str, organization: str) -> Actor:
        return Actor(
            network_id=self.network_id,
            person_id=PersonId(person),
            role=Role.PROFESSIONAL,
            acts_for=frozenset({OrganizationId(organization)}),
        )

    def _moment(self, after: int, at: time) -> datetime:
        return timezone.make_aware(datetime.combine(self.day + timedelta(days=after), at))

    def _at(self, after: int) -> Moment:
        return Moment(at=self._moment(after, MORNING))

    def _on(self, after: int) -> MomentOn:
        return MomentOn(at=self._moment(after, MORNING), on=self.day + timedelta(days=after))


def play(told: Iterable[example.Shared], *, network_id: NetworkId, on: date) -> int:
    """Let the people of a network share situations, once; return how many that made."""
    with wall.in_network(network_id):
        if models.Situation.objects.filter(network_id=network_id).exists():
            return 0
        plays = [Play(network_id=network_id, told=each, day=on - timedelta(days=each.ago)) for each in told]
        for each in plays:
            each.act()
        return len(plays)


def _organizations(names: Iterable[str]) -> frozenset[OrganizationId]:
    return frozenset(map(OrganizationId, names))

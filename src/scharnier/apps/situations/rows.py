# SPDX-License-Identifier: EUPL-1.2
"""Rows of a situation as the values of the core, and what of a value is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from scharnier.apps.situations import models
from scharnier.core import situations
from scharnier.core.kernel import (
    ActionId,
    AgreementId,
    AreaId,
    IndicatorId,
    InvitationId,
    MeetingId,
    NetworkId,
    OrganizationId,
    PartId,
    PersonId,
    ResidentGroupId,
    SituationId,
    TopicId,
)

OF_WHOLE: Final = ("owner", "lead")
_BY_DAY = models.Reading.objects.order_by("on")


def with_all(found: QuerySet[models.Situation]) -> QuerySet[models.Situation]:
    """Return situations with all that belongs to them, in a fixed number of queries."""
    return found.select_related(*OF_WHOLE).prefetch_related(
        Prefetch("bundle", models.BundlePartner.objects.select_related("organization")),
        Prefetch("invitations", models.Invitation.objects.select_related("organization").order_by("place")),
        Prefetch("agreements", models.Agreement.objects.order_by("made_on", "pk")),
        Prefetch("actions", models.Action.objects.select_related("person").order_by("due", "pk")),
        Prefetch("indicators", models.Indicator.objects.order_by("name", "pk")),
        Prefetch("indicators__readings", _BY_DAY),
        Prefetch("meetings", models.Meeting.objects.order_by("starts_at", "pk")),
        Prefetch("rooms", models.Room.objects.order_by("opens_on", "pk")),
        Prefetch("statuses", models.Status.objects.order_by("source_text_id")),
        Prefetch("evaluations", models.Evaluation.objects.order_by("pk")),
        Prefetch("scores", models.Score.objects.order_by("pk")),
        Prefetch("rechecks", models.Recheck.objects.order_by("due")),
    )


def with_waiting(found: QuerySet[models.Situation]) -> QuerySet[models.Situation]:
    """Return situations with as much as says what they wait for; the rest is as if it were not there."""
    return found.select_related(*OF_WHOLE).prefetch_related(
        Prefetch("bundle", models.BundlePartner.objects.select_related("organization")),
        Prefetch("invitations", models.Invitation.objects.select_related("organization").order_by("place")),
        Prefetch("agreements", models.Agreement.objects.order_by("made_on", "pk")),
        Prefetch("actions", models.Action.objects.select_related("person").order_by("due", "pk")),
        Prefetch("indicators", models.Indicator.objects.none()),
        Prefetch("meetings", models.Meeting.objects.none()),
        Prefetch("rooms", models.Room.objects.none()),
        Prefetch("statuses", models.Status.objects.none()),
        Prefetch("evaluations", models.Evaluation.objects.order_by("pk")),
        Prefetch("scores", models.Score.objects.order_by("pk")),
        Prefetch("rechecks", models.Recheck.objects.order_by("due")),
    )


def situation_value(row: models.Situation) -> situations.Situation:
    """Return a whole situation; `with_all` has read what belongs to it."""
    evaluations = row.evaluations.all()
    now = next((evaluation_value(each) for each in evaluations if not each.is_earlier), None)
    return situations.Situation(
        id=SituationId(row.id),
        network_id=NetworkId(row.network_id),
        question=row.question,
        made_on=row.made_on,
        origin=situations.Origin(row.origin),
        state=situations.State(row.state),
        since=row.since,
        owner_id=OrganizationId(row.owner_text_id) if row.owner_text_id else None,
        lead_id=PersonId(row.lead.text_id) if row.lead else None,
        topics=frozenset(map(TopicId, row.topic_ids)),
        area_ids=frozenset(map(AreaId, row.area_ids)),
        resident_group_ids=frozenset(map(ResidentGroupId, row.resident_group_ids)),
        signal_partner_ids=frozenset(OrganizationId(each.organization.text_id) for each in row.bundle.all()),
        find=find_value(row.find),
        invitations=tuple(map(invitation_value, row.invitations.all())),
        plan=situations.Plan(goal=row.goal, baseline=row.baseline, deadline=row.deadline),
        agreements=tuple(map(agreement_value, row.agreements.all())),
        actions=tuple(map(action_value, row.actions.all())),
        indicators=tuple(map(indicator_value, row.indicators.all())),
        meetings=tuple(map(meeting_value, row.meetings.all())),
        parts=tuple(map(part_value, row.rooms.all())),
        statuses=tuple(map(status_value, row.statuses.all())),
        evaluation=now,
        earlier_evaluations=tuple(evaluation_value(each) for each in evaluations if each.is_earlier),
        scores=tuple(map(score_value, row.scores.all())),
        rechecks=tuple(map(recheck_value, row.rechecks.all())),
        reason=row.reason,
        handed_to=row.handed_to,
    )


def find_value(stored: object) -> situations.Find | None:
    """Return what the scan found, as `find_stored` wrote it."""
    return None if stored is None else msgspec.convert(stored, situations.Find)


def find_stored(find: situations.Find | None) -> object:
    """Return what the scan found, to store it."""
    return None if find is None else msgspec.to_builtins(find)


def invitation_value(row: models.Invitation) -> situations.Invitation:
    """Return an invitation; of an organization that left the identifier stays."""
    return situations.Invitation(
        id=InvitationId(row.id),
        organization_id=OrganizationId(row.organization_text_id),
        invited_on=row.invited_on,
        state=situations.InvitationState(row.state),
        reason=row.reason,
        changed_on=row.changed_on,
    )


def agreement_value(row: models.Agreement) -> situations.Agreement:
    """Return an agreement."""
    return situations.Agreement(
        id=AgreementId(row.id),
        text=row.text,
        party_ids=frozenset(map(OrganizationId, row.party_ids)),
        made_on=row.made_on,
        review_on=row.review_on,
        state=situations.AgreementState(row.state),
        reason=row.reason,
    )


def action_value(row: models.Action) -> situations.Action:
    """Return an action; nobody does it once who did was erased."""
    return situations.Action(
        id=ActionId(row.id),
        text=row.text,
        person_id=PersonId(row.person.text_id) if row.person else None,
        organization_id=OrganizationId(row.organization_text_id),
        due=row.due,
        state=situations.ActionState(row.state),
        reason=row.reason,
        ended_on=row.ended_on,
    )


def indicator_value(row: models.Indicator) -> situations.Indicator:
    """Return an indicator with its figures."""
    return situations.Indicator(
        id=IndicatorId(row.id),
        name=row.name,
        unit=row.unit,
        wanted=situations.Wanted(row.wanted),
        source=situations.FigureSource(row.source),
        baseline=row.baseline,
        target=row.target,
        readings=tuple(
            situations.Reading(on=each.on, low=each.low, high=each.high) for each in row.readings.all()
        ),
    )


def meeting_value(row: models.Meeting) -> situations.Meeting:
    """Return a meeting, in the time of the network."""
    return situations.Meeting(
        id=MeetingId(row.id),
        starts_at=timezone.localtime(row.starts_at),
        ends_at=timezone.localtime(row.ends_at),
        place=row.place,
        agenda=tuple(
            situations.AgendaPoint(about=situations.Topical(about), subject_id=subject_id)
            for about, subject_id in row.agenda
        ),
        present_ids=frozenset(map(OrganizationId, row.present_ids)),
        apologies_ids=frozenset(map(OrganizationId, row.apologies_ids)),
        decisions=tuple(row.decisions),
    )


def part_value(row: models.Room) -> situations.Part:
    """Return a private part; whether somebody reads it, `may_read` says."""
    return situations.Part(
        id=PartId(row.id),
        title=row.title,
        text=row.text,
        readers=readers_value(row),
        opens_on=row.opens_on,
        closes_on=row.closes_on,
    )


def status_value(row: models.Status) -> situations.PartnerStatus:
    """Return how a partner stands; whether somebody reads it, `is_reader` says."""
    return situations.PartnerStatus(
        readers=readers_value(row),
        state=situations.PartnerState(row.state),
        words=row.words,
        told_on=row.told_on,
    )


def readers_value(row: models.Room | models.Status | models.StoryLine) -> situations.Readers:
    """Return for whom something is."""
    return situations.Readers(
        source_id=OrganizationId(row.source_text_id),
        audience=situations.Audience(row.audience),
        named_ids=frozenset(map(OrganizationId, row.named_ids)),
    )


def story_value(row: models.StoryLine) -> situations.StoryLine:
    """Return a line of the story."""
    return situations.StoryLine(
        at=timezone.localtime(row.at),
        event=situations.Event(row.event),
        subject_id=row.subject_id,
        readers=readers_value(row),
    )


def evaluation_value(row: models.Evaluation) -> situations.Evaluation:
    """Return an evaluation."""
    return situations.Evaluation(
        lesson=row.lesson,
        kept=situations.Kept(n_kept=row.n_kept, n_judged=row.n_judged),
        measured=_measured(row),
        hours=row.hours,
        residents_noticed=row.residents_noticed,
        made_on=row.made_on,
    )


def score_value(row: models.Score) -> situations.GoalScore:
    """Return what one partner thinks; shown through `shown_goals` only."""
    return situations.GoalScore(organization_id=OrganizationId(row.organization_text_id), score=row.score)


def recheck_value(row: models.Recheck) -> situations.Recheck:
    """Return a recheck, done or not."""
    found = situations.Lasting(row.found) if row.found else None
    return situations.Recheck(due=row.due, done_on=row.done_on, found=found)


def names_of(row: models.Situation) -> Mapping[str, str]:
    """Return the names of the organizations of a situation, also of those that left the network."""
    names = {row.owner_text_id: row.owner.name if row.owner else row.owner_name} if row.owner_text_id else {}
    for each in row.invitations.all():
        name = each.organization.name if each.organization else each.organization_name
        names.setdefault(each.organization_text_id, name)
    return names


def _measured(row: models.Evaluation) -> situations.Measured | None:
    if row.rate_ratio is None or row.low is None or row.high is None:
        return None
    source = situations.FigureSource.SIGNALS if row.is_from_signals else situations.FigureSource.ENTERED
    return situations.Measured(
        rate_ratio=row.rate_ratio, low=row.low, high=row.high, displacement=row.displacement, source=source
    )

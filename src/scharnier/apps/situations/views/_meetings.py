# SPDX-License-Identifier: EUPL-1.2
"""Meetings: the list, one with its agenda and minutes, the forms, and the files to take along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scharnier.apps.http import ActorRequest, now, posted, request_language, show_and_take, today
from scharnier.apps.people.attempting import doing_on
from scharnier.apps.people.forms import CardForm
from scharnier.apps.situations import forms, meeting_mail, minutes, selectors, services
from scharnier.apps.situations.views._deeds import Deed, carry_out
from scharnier.apps.situations.views._frame import Frame, frame
from scharnier.apps.situations.views._work import address, may_act
from scharnier.core.kernel import MeetingId, SituationId
from scharnier.core.situations import ENDED, Topical
from scharnier.formats import calendar_invitation, pdf

HERE = "meetings"
BACK, BACK_TO_ONE = _("Back to meetings"), _("Back to the meeting")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLink:
    """A point of the agenda with the way to it; without an address it is only told."""

    point: selectors.Point
    address: str


@never_cache
@require_safe
def meetings(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Show the meetings of a situation, and what there would be to talk of today."""
    shown = frame(request, situation_id, here=HERE)
    found = selectors.read_meetings(shown.seen, at=now())
    agenda = selectors.agenda_of(shown.seen.value, on=today())
    context = {
        "frame": shown,
        "coming": tuple(reversed([each for each in found if not each.is_over])),
        "past": [each for each in found if each.is_over],
        "points": tuple(_linked(selectors.read_points(agenda, shown.seen), shown)),
        "may_act": may_act(shown),
    }
    return render(request, "situations/meetings.html", context)


@never_cache
@require_safe
def meeting(request: ActorRequest, situation_id: str, meeting_id: str) -> HttpResponse:
    """Show one meeting: agenda, who was there, what was decided."""
    shown = frame(request, situation_id, here=HERE)
    page = _page(shown, meeting_id)
    context = {
        "frame": shown,
        "page": page,
        "points": tuple(_linked(page.points, shown)),
        "may_act": may_act(shown),
    }
    return render(request, "situations/meeting.html", context)


@never_cache
@show_and_take
def plan_meeting(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Plan a meeting."""
    shown = frame(request, situation_id, here=HERE)
    form = forms.AppointmentForm(posted(request))
    deed = Deed(
        title=_("Plan a meeting"),
        button=_("Plan it and invite everyone"),
        done=_("Planned. Everyone who takes part gets a mail, with an invitation for their calendar."),
        back=address(shown, HERE),
        back_title=BACK,
        lead=_("Scharnier makes the agenda, of what is due on that day."),
    )

    def plan() -> None:
        services.plan_meeting(SituationId(situation_id), form.appointment(), **doing_on(request))

    return carry_out(request, deed, plan, form=form, frame=shown)


@never_cache
@show_and_take
def move_meeting(request: ActorRequest, situation_id: str, meeting_id: str) -> HttpResponse:
    """Hold a meeting at another time or place."""
    shown = frame(request, situation_id, here=HERE)
    value = _page(shown, meeting_id).value
    filled = forms.AppointmentForm.filled(value.starts_at, value.ends_at, value.place)
    form = forms.AppointmentForm(posted(request), initial=filled)
    deed = Deed(
        title=_("Move the meeting"),
        button=_("Move it and tell everyone"),
        done=_("Moved. Everyone gets a mail, and their calendars follow."),
        back=_address_of(shown, meeting_id),
        back_title=BACK_TO_ONE,
    )

    def move() -> None:
        of_it = SituationId(situation_id), MeetingId(meeting_id)
        services.move_meeting(*of_it, form.appointment(), **doing_on(request))

    return carry_out(request, deed, move, form=form, frame=shown)


@never_cache
@show_and_take
def call_off_meeting(request: ActorRequest, situation_id: str, meeting_id: str) -> HttpResponse:
    """Call a meeting off."""
    shown = frame(request, situation_id, here=HERE)
    _page(shown, meeting_id)
    form = CardForm(posted(request))
    deed = Deed(
        title=_("Call the meeting off"),
        button=_("Call it off and tell everyone"),
        done=_("Called off. Everyone gets a mail, and it goes out of their calendars."),
        back=address(shown, HERE),
        back_title=BACK,
        lead=_("Everyone who takes part gets a mail."),
    )

    def call_off() -> None:
        of_it = SituationId(situation_id), MeetingId(meeting_id)
        services.call_off_meeting(*of_it, **doing_on(request))

    return carry_out(request, deed, call_off, form=form, frame=shown)


@never_cache
@show_and_take
def record_meeting(request: ActorRequest, situation_id: str, meeting_id: str) -> HttpResponse:
    """Write down who was there and what was decided."""
    shown = frame(request, situation_id, here=HERE)
    value = _page(shown, meeting_id).value
    partners = dict(selectors.partners_of(shown.seen))
    was_named = value.present_ids | value.apologies_ids
    names = {str(each): shown.seen.names.get(each, each) for each in was_named} | partners
    form = forms.MinutesForm(
        posted(request),
        names=names.items(),
        initial={"present": sorted(value.present_ids), "apologies": sorted(value.apologies_ids)},
        decisions=value.decisions,
    )
    deed = Deed(
        title=_("Write the minutes"),
        button=_("Save the minutes"),
        done=_("Saved. Everyone who takes part can read them."),
        back=_address_of(shown, meeting_id),
        back_title=BACK_TO_ONE,
        lead=_("Short is enough: who was there, and what you decided."),
    )

    def record() -> None:
        of_it = SituationId(situation_id), MeetingId(meeting_id)
        services.record_meeting(*of_it, form.minutes(), **doing_on(request))

    return carry_out(request, deed, record, form=form, frame=shown)


@never_cache
@require_safe
def minutes_pdf(request: ActorRequest, situation_id: str, meeting_id: str) -> HttpResponse:
    """Answer with the minutes as a PDF that everyone can read."""
    seen = selectors.look(SituationId(situation_id), actor=request.actor)
    page = selectors.read_meeting(seen, meeting_id, at=now())
    if page is None:
        raise services.PieceNotFound(piece_id=meeting_id)
    document = minutes.document_of(page, question=seen.value.question, language=request_language())
    answer = HttpResponse(
        pdf.write_pdf(document, typeface=settings.TYPEFACE_FOLDER), content_type="application/pdf"
    )
    name = f"scharnier-{page.value.starts_at:%Y-%m-%d}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@never_cache
@require_safe
def meeting_calendar(request: ActorRequest, situation_id: str, meeting_id: str) -> HttpResponse:
    """Answer with the invitation, for who has no mail of it."""
    seen = selectors.look(SituationId(situation_id), actor=request.actor)
    row = seen.row.meetings.filter(pk=meeting_id).first()
    if row is None:
        raise services.PieceNotFound(piece_id=meeting_id)
    written = meeting_mail.calendar_of(
        row,
        method=calendar_invitation.Method.REQUEST,
        attendee=request.user.email,  # type: ignore[union-attr]  # signed in
        at=now(),
        language=request_language(),
    )
    answer = HttpResponse(written, content_type=calendar_invitation.MEDIA_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="scharnier.ics"'
    return answer


def _page(shown: Frame, meeting_id: str) -> selectors.MeetingPage:
    page = selectors.read_meeting(shown.seen, meeting_id, at=now())
    if page is None:
        raise services.PieceNotFound(piece_id=meeting_id)
    return page


def _address_of(shown: Frame, meeting_id: str) -> str:
    return reverse("situations:meeting", args=[shown.id, meeting_id])


def _linked(points: tuple[selectors.Point, ...], shown: Frame) -> Iterator[PointLink]:
    goes_on = shown.seen.value.state not in ENDED
    ways = {
        Topical.INCOMPLETE_ACTION: "action",
        Topical.AGREEMENT: "agreement",
        Topical.INDICATOR: "indicator",
    }
    for point in points:
        way = ways.get(point.about)
        if not point.words:
            continue
        if way is None:
            yield PointLink(point=point, address=address(shown, "overview"))
        elif goes_on:
            yield PointLink(
                point=point, address=reverse(f"situations:{way}", args=[shown.id, point.subject_id])
            )
        else:
            yield PointLink(point=point, address="")

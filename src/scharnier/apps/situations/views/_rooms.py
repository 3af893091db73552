# SPDX-License-Identifier: EUPL-1.2
"""Private rooms, and how the reader's organization stands."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest, posted, show_and_take, status_of, today
from scharnier.apps.people.attempting import doing, doing_on
from scharnier.apps.situations import forms, labels, selectors, services, showing
from scharnier.apps.situations.views._acting import act_or_say
from scharnier.apps.situations.views._frame import frame
from scharnier.core import situations
from scharnier.core.kernel import OrganizationId, PartId, SituationId


@never_cache
@require_safe
def rooms(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Show the rooms that the reader may see."""
    shown = frame(request, situation_id, here="rooms")
    lines = [
        {"room": line, "audience": labels.AUDIENCES[line.audience]}
        for line in selectors.room_lines(shown.seen, on=today())
    ]
    context = {"frame": shown, "lines": lines, "may_open": _source(shown.seen) is not None}
    return render(request, "situations/rooms.html", context)


@never_cache
@show_and_take
def new_room(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Open a room."""
    shown = frame(request, situation_id, here="rooms")
    source_id = _check_source(shown.seen)
    form = forms.RoomForm(
        posted(request),
        partners=selectors.other_partners(shown.seen, source_id),
        initial={"opens_on": today(), "audience": situations.Audience.OWN.value},
    )

    def act() -> None:
        services.open_room(SituationId(situation_id), form.furnishing(), **doing(request))

    to = showing.page_of("rooms", situation_id)
    if answer := act_or_say(request, act, form=form, done=_("The room is open."), to=to):
        return answer
    context = {"frame": shown, "form": form, "title": _("Open a private room")}
    return render(request, "situations/room.html", context, status=status_of(form))


@never_cache
@show_and_take
def room(request: ActorRequest, situation_id: str, room_id: str) -> HttpResponse:
    """Change a room of one's own organization."""
    shown = frame(request, situation_id, here="rooms")
    row = selectors.own_room(shown.seen, PartId(room_id))
    if row is None:
        raise services.RoomNotFound(room_id=room_id)
    form = forms.RoomForm(
        posted(request),
        partners=selectors.other_partners(shown.seen, OrganizationId(row.source_text_id)),
        initial={
            "title": row.title,
            "text": row.text,
            "audience": row.audience,
            "named": row.named_ids,
            "opens_on": row.opens_on,
            "closes_on": row.closes_on,
        },
    )

    def act() -> None:
        of_it = SituationId(situation_id), PartId(room_id)
        services.change_room(*of_it, form.furnishing(), **doing(request))

    to = showing.page_of("rooms", situation_id)
    if answer := act_or_say(request, act, form=form, done=_("Saved."), to=to):
        return answer
    context = {"frame": shown, "form": form, "title": _("Change this room"), "room_id": room_id}
    return render(request, "situations/room.html", context, status=status_of(form))


@require_POST
def remove_room(request: ActorRequest, situation_id: str, room_id: str) -> HttpResponse:
    """Take a room away."""
    services.remove_room(SituationId(situation_id), PartId(room_id), **doing(request))
    messages.success(request, gettext("The room is gone, with what stood in it."))
    return redirect("situations:rooms", situation_id)


@never_cache
@show_and_take
def standing(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Say how the reader's organization stands."""
    shown = frame(request, situation_id, here="overview")
    source_id = _check_source(shown.seen)
    form = forms.StandingForm(
        posted(request),
        partners=selectors.other_partners(shown.seen, source_id),
        initial=_standing(shown.seen, source_id),
    )

    def act() -> None:
        services.tell_status(SituationId(situation_id), form.standing(), **doing_on(request))

    to = showing.page_of("overview", situation_id)
    if answer := act_or_say(request, act, form=form, done=_("Saved."), to=to):
        return answer
    context = {"frame": shown, "form": form, "title": _("How do you stand?")}
    return render(request, "situations/room.html", context, status=status_of(form))


def _source(seen: selectors.Seen) -> OrganizationId | None:
    """Return for which organization the reader brings something in, if for any."""
    goes_on = seen.value.state not in situations.ENDED
    return next((each for each in seen.own_ids if goes_on and each in seen.value.coalition), None)


def _check_source(seen: selectors.Seen) -> OrganizationId:
    source_id = _source(seen)
    if source_id is None:
        raise situations.NotInCoalition
    return source_id


def _standing(seen: selectors.Seen, source_id: OrganizationId) -> dict[str, object]:
    for status in seen.value.statuses:
        if status.readers.source_id == source_id:
            return {
                "state": status.state.value,
                "words": status.words,
                "audience": status.readers.audience.value,
                "named": sorted(status.readers.named_ids),
            }
    return {"audience": situations.Audience.COALITION.value}

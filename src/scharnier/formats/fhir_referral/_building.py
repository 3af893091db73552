# SPDX-License-Identifier: EUPL-1.2
"""Make a referral of a ServiceRequest and its Tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import TypeVar

from scharnier.core.kernel import (
    AreaId,
    NetworkId,
    ReferralId,
    ResidentGroupId,
    ScharnierError,
    ServiceId,
    TopicId,
    TurnId,
)
from scharnier.core.referral import (
    About,
    Feedback,
    Handling,
    Helped,
    Party,
    Reason,
    Referral,
    Teller,
    Turn,
)
from scharnier.formats.fhir_referral import _codes, _shapes
from scharnier.formats.fhir_referral._faults import BrokenResource, UnreadableResource, WrongElement
from scharnier.formats.fhir_referral._finding import Finder, check_words

_Placed = tuple[_shapes.Task, str]
_Code = TypeVar("_Code", bound=StrEnum)


def build_referral(
    request: _shapes.ServiceRequest,
    tasks: Sequence[_Placed],
    *,
    place: str,
    into: NetworkId,
    finder: Finder,
) -> Referral:
    """Return the referral that a ServiceRequest and its Tasks tell of.

    Raises
    ------
    ScharnierError
        One of the faults of this package, with its place, or a broken rule of the core.
    """
    if request.modifier_extension or request.do_not_perform:
        raise UnreadableResource(place=place, kind="modifierExtension")
    extensions = {extension.url: extension for extension in request.extension}
    about = _coded(request.category, About, "about", place=f"{place}.category") or About.PROBLEM
    return Referral(
        id=ReferralId(_own_or_first(request.identifier, "referral", place=place)),
        network_id=into,
        text=check_words(_need(request), place=f"{place}.note"),
        language=request.language.partition("-")[0] or "nl",
        sender=finder.party(request.requester, place=f"{place}.requester"),
        made_at=_moment(request.authored_on, place=f"{place}.authoredOn"),
        handlings=_handlings(tasks, since=request.authored_on, finder=finder),
        about=about,
        area_id=_area(request, place=place, finder=finder),
        topics=_topics(request.reason_code, place=place, finder=finder),
        resident_group_id=_resident_group(request, about, place=place, finder=finder),
        open_since=_extension(extensions, "open_since").value_positive_int or 1,
        outcome_told_at=_told_moment(extensions, "outcome_told_at", place=place),
        given_up_at=_told_moment(extensions, "given_up_at", place=place),
        cause=check_words(_extension(extensions, "cause").value_string, place=f"{place}.extension"),
        feedback=tuple(
            _feedback(extension, place=f"{place}.extension")
            for extension in request.extension
            if extension.url == _codes.extension("feedback")
        ),
    )


def _need(request: _shapes.ServiceRequest) -> str:
    """Return the notes as they are, else what other systems write as the reason."""
    if request.note:
        return "\n".join(note.text for note in request.note)
    return "\n".join(reason.text for reason in request.reason_code if reason.text)


def _resident_group(
    request: _shapes.ServiceRequest, about: About, *, place: str, finder: Finder
) -> ResidentGroupId | None:
    if about is About.GROUP:
        found = finder.one(request.subject, kind="resident_group", place=f"{place}.subject")
        return ResidentGroupId(found)
    if _codes.is_person(request.subject.type) or _codes.is_person(
        request.subject.reference.partition("/")[0]
    ):
        _ = finder.one(request.subject, kind="resident_group", place=f"{place}.subject")
    return None


def _area(request: _shapes.ServiceRequest, *, place: str, finder: Finder) -> AreaId | None:
    if not request.location_reference:
        return None
    where = f"{place}.locationReference[0]"
    return AreaId(finder.one(request.location_reference[0], kind="area", place=where))


def _topics(reasons: Iterable[_shapes.Concept], *, place: str, finder: Finder) -> frozenset[TopicId]:
    found = set()
    for number, reason in enumerate(reasons):
        for coding in reason.coding:
            if coding.system == _codes.system("topic"):
                identifier = _shapes.Identifier(system=coding.system, value=coding.code)
                pointed = _shapes.Reference(identifier=identifier, display=coding.display)
                where = f"{place}.reasonCode[{number}]"
                found.add(TopicId(finder.one(pointed, kind="topic", place=where)))
    return frozenset(found)


def _feedback(extension: _shapes.Extension, *, place: str) -> Feedback:
    parts = {part.url: part for part in extension.extension}
    if not {"by", "helped", "told-at"} <= set(parts):
        raise WrongElement(place=place)
    words = parts["words"].value_string if "words" in parts else ""
    return Feedback(
        by=_member(parts["by"].value_code, Teller, place=place),
        helped=_member(parts["helped"].value_code, Helped, place=place),
        words=check_words(words, place=place),
        told_at=_moment(parts["told-at"].value_date_time, place=place),
    )


def _handlings(tasks: Sequence[_Placed], *, since: str, finder: Finder) -> tuple[Handling, ...]:
    """Return the turns in order of their rounds, which are numbered as they first appear."""
    rounds: dict[str, int] = {}
    found = []
    for task, place in tasks:
        group = task.group_identifier.value if task.group_identifier else place
        number = rounds.setdefault(group, len(rounds) + 1)
        found.append(_handling(task, number=number, since=since, place=place, finder=finder))
    return tuple(sorted(found, key=lambda handling: handling.turn.round))


def _handling(task: _shapes.Task, *, number: int, since: str, place: str, finder: Finder) -> Handling:
    if task.modifier_extension:
        raise UnreadableResource(place=place, kind="modifierExtension")
    period = task.execution_period or _shapes.Period()
    requested = task.authored_on or (since if period.start else "")
    wanted = task.restriction.period if task.restriction else None
    until = wanted.start if wanted else ""
    reason = task.status_reason or _shapes.Concept()
    parts = _parts(task)
    try:
        return Handling(
            turn=_turn(task, number=number, place=place, finder=finder),
            service_id=_service(parts, place=place, finder=finder),
            requested_at=_moment_or_none(requested, place=f"{place}.authoredOn"),
            answered_at=_moment_or_none(period.start, place=f"{place}.executionPeriod"),
            ended_at=_moment_or_none(period.end, place=f"{place}.executionPeriod"),
            reason=_coded((reason,), Reason, "decline_reason", place=f"{place}.statusReason"),
            words=check_words(reason.text, place=f"{place}.statusReason"),
            rather=_rather(parts, place=place, finder=finder),
            until=_moment(until, place=f"{place}.restriction").date() if until else None,
            result=check_words(_part(parts, "result").value_string, place=f"{place}.output"),
            hours=_hours(_part(parts, "hours").value_quantity, place=f"{place}.output"),
        )
    except ScharnierError as error:
        if "place" in error.facts:
            raise
        raise BrokenResource(place=place, rule=error) from error


def _turn(task: _shapes.Task, *, number: int, place: str, finder: Finder) -> Turn:
    codings = task.business_status.coding if task.business_status else ()
    is_silent = any(coding.system == _codes.system("silence") for coding in codings)
    state = _codes.state_of(task.status, is_silent=is_silent)
    if state is None:
        raise WrongElement(place=f"{place}.status")
    turn_id = _own_or_first(task.identifier, "turn", place=place)
    candidate = finder.party(task.owner, place=f"{place}.owner")
    return Turn(id=TurnId(turn_id), candidate=candidate, round=number, state=state)


def _parts(task: _shapes.Task) -> dict[str, _shapes.Parameter]:
    return {
        coding.code: parameter
        for parameter in (*task.input, *task.output)
        for coding in parameter.type.coding
        if coding.system == _codes.system("part")
    }


def _part(parts: dict[str, _shapes.Parameter], name: str) -> _shapes.Parameter:
    return parts.get(name, _shapes.Parameter(type=_shapes.Concept()))


def _service(parts: dict[str, _shapes.Parameter], *, place: str, finder: Finder) -> ServiceId | None:
    if "service" not in parts:
        return None
    where = f"{place}.input"
    return ServiceId(finder.one(parts["service"].value_reference, kind="service", place=where))


def _rather(parts: dict[str, _shapes.Parameter], *, place: str, finder: Finder) -> Party | None:
    if "rather" not in parts:
        return None
    return finder.party(parts["rather"].value_reference, place=f"{place}.output")


def _hours(took: _shapes.Quantity | None, *, place: str) -> float | None:
    if took is None:
        return None
    if took.code != _codes.HOUR or took.value is None:
        raise WrongElement(place=place)
    return took.value


def _own_or_first(identifiers: Sequence[_shapes.Identifier], kind: str, *, place: str) -> str:
    own = [one.value for one in identifiers if one.system == _codes.system(kind)]
    values = [value for value in (*own, *(one.value for one in identifiers)) if value]
    if not values:
        raise WrongElement(place=f"{place}.identifier")
    return values[0]


def _coded(
    concepts: Iterable[_shapes.Concept], kind: type[_Code], system: str, *, place: str
) -> _Code | None:
    for concept in concepts:
        for coding in concept.coding:
            if coding.system == _codes.system(system):
                return _member(coding.code, kind, place=place)
    return None


def _member(code: str, kind: type[_Code], *, place: str) -> _Code:
    try:
        return kind(code)
    except ValueError as error:
        raise WrongElement(place=place) from error


def _extension(extensions: dict[str, _shapes.Extension], name: str) -> _shapes.Extension:
    url = _codes.extension(name)
    return extensions.get(url, _shapes.Extension(url=url))


def _told_moment(extensions: dict[str, _shapes.Extension], name: str, *, place: str) -> datetime | None:
    return _moment_or_none(_extension(extensions, name).value_date_time, place=f"{place}.extension")


def _moment_or_none(text: str, *, place: str) -> datetime | None:
    return _moment(text, place=place) if text else None


def _moment(text: str, *, place: str) -> datetime:
    """Return a moment; a day without a time begins at midnight UTC, as FHIR has no zone for it."""
    try:
        if "T" not in text:
            return datetime.combine(date.fromisoformat(text), time(tzinfo=UTC))
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongElement(place=place) from error
    if moment.tzinfo is None:
        raise WrongElement(place=place)
    return moment

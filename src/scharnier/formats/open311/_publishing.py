# SPDX-License-Identifier: EUPL-1.2
"""Our topics as services of GeoReport v2, and a referral about public space as a request."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources

from scharnier.core import network, referral
from scharnier.core.kernel import AreaId, TopicId
from scharnier.core.referral import Awaited, Referral, State
from scharnier.formats.open311._asking import LONGEST_DESCRIPTION
from scharnier.formats.open311._values import Point, Service, ServiceRequest, Status
from scharnier.formats.wording import Language

_HAS_IT = (State.COMPLETED, State.IN_PROGRESS, State.ACCEPTED, State.ON_HOLD)  # in this order
_AFTER = {Awaited.NEXT_PARTY: 0, Awaited.SENDING: 1, Awaited.ANSWER: 2, Awaited.RESUMING: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a request is, as far as it may be told."""

    area_name: str = ""
    address: str = ""
    point: Point | None = None


_NOWHERE = Place()


def topics_of_public_space(topics: Iterable[network.Topic]) -> tuple[network.Topic, ...]:
    """Return the topics that can be reported, in the order given: those of the field of public space."""
    return tuple(topic for topic in topics if network.Field.PUBLIC_SPACE in topic.fields)


def service_of_topic(
    topic: network.Topic, *, language: Language, among: Mapping[TopicId, network.Topic]
) -> Service:
    """Return a topic as something to report; its identifier is the code, its broader topic the group.

    Examples
    --------
    >>> litter = network.Topic(
    ...     id=TopicId("litter"), labels=(network.Label(text="zwerfafval", language="nl"),))
    >>> service_of_topic(litter, language="nl", among={}).name
    'zwerfafval'
    """
    name = topic.name(language)
    above = [among[broader].name(language) for broader in sorted(topic.broader_ids) if broader in among]
    said = [label.text for label in topic.labels if label.language == language and not label.is_hidden]
    return Service(
        code=topic.id,
        name=name,
        description=topic.definition,
        group=above[0] if above else "",
        keywords=tuple(dict.fromkeys(word.replace(",", " ") for word in said if word != name)),
    )


def request_of_referral(
    value: Referral,
    *,
    service: Service,
    organizations: Mapping[str, str],
    place: Place = _NOWHERE,
    language: Language,
    is_public: bool = False,
) -> ServiceRequest:
    """Return a referral as anybody may see it.

    Parameters
    ----------
    value
        About a problem in public space.
    service
        What it is reported as.
    organizations
        Names by identifier; a person who has it stays out of sight.
    place
        Where it is.
    language
        Of the note on where it stands.
    is_public
        Whether who sent it agreed that the text is for everybody.

    Notes
    -----
    It is closed exactly when the referral waits for nobody: *unanswered* and declined are open, as somebody
    still has to be found.
    """
    is_over = referral.is_over(value.chain)
    return ServiceRequest(
        id=value.id,
        service_code=service.code,
        service_name=service.name,
        status=Status.CLOSED if is_over else Status.OPEN,
        status_notes=say_note(_note(value, is_over=is_over), language=language),
        description=value.text[:LONGEST_DESCRIPTION] if is_public else "",
        agency=_agency(value, organizations=organizations),
        requested_at=value.made_at,
        updated_at=_last_moment(value),
        address=place.address or place.area_name,
        point=place.point,
    )


def area_around(point: Point, areas: Iterable[network.Area]) -> AreaId | None:
    """Return the smallest area with an outline around a point; of equals the first by identifier."""
    return network.area_around(point.longitude, point.latitude, areas)


def say_note(note: str, *, language: Language) -> str:
    """Return what is said of where a request stands.

    Examples
    --------
    >>> say_note("sending", language="en")
    'Reported. Nobody has been asked yet.'
    """
    return _notes()[note][language]


def _note(value: Referral, *, is_over: bool) -> str:
    if not is_over:
        awaited = [wait.awaited for wait in referral.waits(value.chain)]
        return max(awaited, key=lambda one: _AFTER.get(one, len(_AFTER))).value
    if value.outcome_told_at is not None:
        return "done"
    return "called_off" if value.given_up_at is None else "given_up"


def _agency(value: Referral, *, organizations: Mapping[str, str]) -> str:
    for state in _HAS_IT:
        for turn in reversed(value.chain.turns):
            if turn.state is state and turn.candidate.organization_id is not None:
                return organizations.get(turn.candidate.organization_id, "")
    return ""


def _last_moment(value: Referral) -> datetime:
    moments = [value.made_at, value.outcome_told_at, value.given_up_at]
    for handling in value.handlings:
        moments += [handling.requested_at, handling.answered_at, handling.ended_at]
    return max(at for at in moments if at is not None)


@cache
def _notes() -> Mapping[str, Mapping[str, str]]:
    file = resources.files("scharnier.formats").joinpath("data", "open311.toml")
    notes: Mapping[str, Mapping[str, str]] = tomllib.loads(file.read_text(encoding="utf-8"))["notes"]
    return notes

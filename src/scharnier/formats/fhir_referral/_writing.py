# SPDX-License-Identifier: EUPL-1.2
"""Write referrals as a FHIR R4 Bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, uuid5

import msgspec

from scharnier.core import network, referral
from scharnier.core.referral import About, Feedback, Handling, Referral, State
from scharnier.formats import declines
from scharnier.formats.fhir_referral import _codes, _shapes
from scharnier.formats.fhir_referral._faults import AboutResident
from scharnier.formats.fhir_referral._naming import Names, names_in
from scharnier.formats.wording import Language


def write_referrals(
    referrals: Iterable[Referral], *, within: network.Network, language: Language, with_text: bool = False
) -> bytes:
    """Return a Bundle with a ServiceRequest for each referral and a Task for each of its turns, as JSON.

    Parameters
    ----------
    referrals
        In the order in which they are written.
    within
        The network they are of; says what organizations, services, places, groups and topics are called.
    language
        Of what is shown beside codes.
    with_text
        Whether free words go too: the need, the cause, what was done, what was said. They hold no data about
        third parties, by rule; whoever sends them has to know who reads them.

    Raises
    ------
    AboutResident
        For a referral about a resident: that leaves no network in a file.

    Notes
    -----
    A person who acts for an organization or community is written as that; a person alone is “a person of
    the network”, without identifier. How a party came to be asked is not written.

    References
    ----------
    .. [1] HL7 (2019), FHIR R4, ServiceRequest, Task and Bundle, https://hl7.org/fhir/R4/task.html

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId
    >>> kruisveld = network.Network(id=NetworkId("kruisveld"), name="Kruisveld")
    >>> write_referrals([], within=kruisveld, language="en")
    b'{"resourceType":"Bundle","type":"collection"}'
    """
    names = names_in(within, language=language)
    entries = [entry for value in referrals for entry in _entries(value, names=names, with_text=with_text)]
    return msgspec.json.encode(
        _shapes.Bundle(resource_type="Bundle", type="collection", entry=tuple(entries))
    )


def _entries(value: Referral, *, names: Names, with_text: bool) -> Iterator[_shapes.Entry]:
    if value.about is About.RESIDENT:
        raise AboutResident(referral_id=value.id)
    yield _entry(_url("referral", value.id, of=value), _request(value, names=names, with_text=with_text))
    for handling in value.handlings:
        task = _task(handling, of=value, names=names, with_text=with_text)
        yield _entry(_url("turn", handling.turn.id, of=value), task)


def _entry(url: str, resource: _shapes.ServiceRequest | _shapes.Task) -> _shapes.Entry:
    return _shapes.Entry(full_url=url, resource=msgspec.Raw(msgspec.json.encode(resource)))


def _url(kind: str, identifier: str, *, of: Referral) -> str:
    name = "/".join((_codes.system(kind), of.network_id, of.id, identifier))
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"


def _request(value: Referral, *, names: Names, with_text: bool) -> _shapes.ServiceRequest:
    is_told = with_text and bool(value.text)
    area = () if value.area_id is None else (names.reference("area", value.area_id),)
    return _shapes.ServiceRequest(
        language=value.language,
        extension=tuple(_extensions(value, with_text=with_text)),
        identifier=(_own_identifier(value),),
        status=_request_status(value.chain),
        intent="order",
        category=(names.code("about", value.about.value),),
        subject=_subject(value, names=names),
        authored_on=_moment(value.made_at),
        requester=names.party(value.sender),
        location_reference=area,
        reason_code=tuple(
            names.code("topic", topic_id, display=names.of.get(("topic", topic_id), ""))
            for topic_id in sorted(value.topics)
        ),
        note=(_shapes.Annotation(text=value.text),) if is_told else (),
    )


def _own_identifier(value: Referral) -> _shapes.Identifier:
    network_id = _shapes.Identifier(system=_codes.system("network"), value=value.network_id)
    return _shapes.Identifier(
        system=_codes.system("referral"),
        value=value.id,
        assigner=_shapes.Reference(type="Organization", identifier=network_id),
    )


def _subject(value: Referral, *, names: Names) -> _shapes.Reference:
    if value.resident_group_id is not None:
        return names.reference("resident_group", value.resident_group_id)
    return names.reference("network", value.network_id)


def _request_status(chain: referral.Chain) -> str:
    states = {turn.state for turn in chain.turns}
    if states == {State.ENTERED_IN_ERROR}:
        return "entered-in-error"
    if states <= {State.ENTERED_IN_ERROR, State.DRAFT}:
        return "draft"
    if not referral.is_over(chain):
        return "active"
    return "completed" if chain.is_outcome_told else "revoked"


def _extensions(value: Referral, *, with_text: bool) -> Iterator[_shapes.Extension]:
    if value.open_since > 1:
        yield _shapes.Extension(url=_codes.extension("open_since"), value_positive_int=value.open_since)
    for name, at in (("outcome_told_at", value.outcome_told_at), ("given_up_at", value.given_up_at)):
        if at is not None:
            yield _shapes.Extension(url=_codes.extension(name), value_date_time=_moment(at))
    if with_text and value.cause:
        yield _shapes.Extension(url=_codes.extension("cause"), value_string=value.cause)
    for told in value.feedback:
        yield _shapes.Extension(
            url=_codes.extension("feedback"), extension=tuple(_told(told, with_text=with_text))
        )


def _told(told: Feedback, *, with_text: bool) -> Iterator[_shapes.Extension]:
    yield _shapes.Extension(url="by", value_code=told.by.value)
    yield _shapes.Extension(url="helped", value_code=told.helped.value)
    yield _shapes.Extension(url="told-at", value_date_time=_moment(told.told_at))
    if with_text and told.words:
        yield _shapes.Extension(url="words", value_string=told.words)


def _task(handling: Handling, *, of: Referral, names: Names, with_text: bool) -> _shapes.Task:
    turn = handling.turn
    request = _shapes.Reference(reference=_url("referral", of.id, of=of))
    moments = [handling.requested_at, handling.answered_at, handling.ended_at]
    return _shapes.Task(
        identifier=(_shapes.Identifier(system=_codes.system("turn"), value=turn.id),),
        based_on=(request,),
        group_identifier=_shapes.Identifier(system=_codes.system("round"), value=f"{of.id}/{turn.round}"),
        status=_codes.status_of(turn.state),
        status_reason=_status_reason(handling, names=names, with_text=with_text),
        business_status=_business_status(turn.state, names=names),
        intent="order",
        code=names.code("task_code", "fulfill"),
        focus=request,
        execution_period=_period(*moments[1:]),
        authored_on=_moment(moments[0]),
        last_modified=_moment(max((at for at in moments if at), default=None)),
        requester=names.party(of.sender),
        owner=names.party(turn.candidate),
        restriction=_restriction(handling.until),
        input=tuple(_inputs(handling, names=names)),
        output=tuple(_outputs(handling, names=names, with_text=with_text)),
    )


def _period(start: datetime | None, end: datetime | None) -> _shapes.Period | None:
    """Return when a first and a final action was taken, which is what Task means by it."""
    if start is None and end is None:
        return None
    return _shapes.Period(start=_moment(start), end=_moment(end))


def _restriction(until: date | None) -> _shapes.Restriction | None:
    """Return from what day it is wanted again."""
    return _shapes.Restriction(period=_shapes.Period(start=until.isoformat())) if until else None


def _status_reason(handling: Handling, *, names: Names, with_text: bool) -> _shapes.Concept | None:
    words = handling.words if with_text else ""
    if handling.reason is None:
        return _shapes.Concept(text=words) if words else None
    display = declines.say_reason(handling.reason, language=names.language)
    coded = names.code("decline_reason", handling.reason.value, display=display)
    return _shapes.Concept(coding=coded.coding, text=words)


def _business_status(state: State, *, names: Names) -> _shapes.Concept | None:
    if state is not State.UNANSWERED:
        return None
    return names.code("silence", state.value, display=_codes.display("unanswered", language=names.language))


def _inputs(handling: Handling, *, names: Names) -> Iterator[_shapes.Parameter]:
    if handling.service_id is not None:
        pointed = names.reference("service", handling.service_id)
        yield _shapes.Parameter(type=names.code("part", "service"), value_reference=pointed)


def _outputs(handling: Handling, *, names: Names, with_text: bool) -> Iterator[_shapes.Parameter]:
    if handling.rather is not None:
        pointed = names.party(handling.rather)
        yield _shapes.Parameter(type=names.code("part", "rather"), value_reference=pointed)
    if handling.hours is not None:
        took = _shapes.Quantity(
            value=handling.hours, unit=_codes.HOUR, system=_codes.system("units"), code=_codes.HOUR
        )
        yield _shapes.Parameter(type=names.code("part", "hours"), value_quantity=took)
    if with_text and handling.result:
        yield _shapes.Parameter(type=names.code("part", "result"), value_string=handling.result)


def _moment(at: datetime | None) -> str:
    return "" if at is None else at.astimezone(UTC).isoformat()

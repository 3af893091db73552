# SPDX-License-Identifier: EUPL-1.2
"""What partners do together, as the page shows it: what is overdue first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from scharnier.apps.people import access as people
from scharnier.apps.situations import doers, templates_of
from scharnier.apps.situations.selectors._seen import Seen
from scharnier.core import situations
from scharnier.core.situations import Action, ActionState, Agreement, AgreementState
from scharnier.formats import wording

NOBODY_YET = ""
_Line = TypeVar("_Line")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action with names."""

    value: Action
    who: str  # empty: nobody, or nobody the reader may know of
    organization: str
    is_late: bool
    has_doer: bool  # somebody who has a role there now


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementLine:
    """An agreement with names."""

    value: Agreement
    parties: tuple[str, ...]
    is_due: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Everything that partners do, oldest promise first in each."""

    late: tuple[ActionLine, ...]  # over their day, or nobody does them
    due: tuple[AgreementLine, ...]  # to look back on
    actions: tuple[ActionLine, ...]  # the others that are open
    agreements: tuple[AgreementLine, ...]
    ended: tuple[ActionLine, ...]  # latest first
    judged: tuple[AgreementLine, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was agreed on or promised yet."""
        every = (self.late, self.due, self.actions, self.agreements, self.ended, self.judged)
        return not any(every)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Doing:
    """Who does something."""

    names: Mapping[str, str]
    with_a_role: frozenset[tuple[str, str]]  # organization and person


def read_work(seen: Seen, *, on: date) -> Work:
    """Return what partners of a situation do."""
    names = _people(seen, on=on)
    actions = [_action(each, seen.names, names, on=on) for each in seen.value.actions]
    agreements = [_agreement(each, seen.names, on=on) for each in seen.value.agreements]
    still, ended = _split(actions, lambda line: line.value.state is ActionState.OPEN)
    pressing, calm = _split(still, lambda line: line.is_late or not line.has_doer)
    running, judged = _split(agreements, lambda line: line.value.state is AgreementState.OPEN)
    due, later = _split(running, lambda line: line.is_due)
    return Work(
        late=tuple(sorted(pressing, key=lambda line: (not line.is_late, line.value.due, line.value.id))),
        due=tuple(sorted(due, key=_by_review)),
        actions=tuple(calm),
        agreements=tuple(sorted(later, key=_by_review)),
        ended=tuple(sorted(ended, key=lambda line: (line.value.ended_on or on, line.value.id), reverse=True)),
        judged=tuple(judged),
    )


def read_action(seen: Seen, action_id: str, *, on: date) -> ActionLine | None:
    """Return one action of a situation."""
    names = _people(seen, on=on)
    found = (each for each in seen.value.actions if each.id == action_id)
    return next((_action(each, seen.names, names, on=on) for each in found), None)


def read_agreement(seen: Seen, agreement_id: str, *, on: date) -> AgreementLine | None:
    """Return one agreement of a situation."""
    found = (each for each in seen.value.agreements if each.id == agreement_id)
    return next((_agreement(each, seen.names, on=on) for each in found), None)


def partners_of(seen: Seen) -> tuple[tuple[str, str], ...]:
    """Return who takes part, each with its name."""
    return tuple((each, seen.names.get(each, each)) for each in sorted(seen.value.coalition))


def doers_of(seen: Seen, *, on: date, someone: str) -> tuple[tuple[str, str], ...]:
    """Return who can do something, as `organization/person` with words; last those still to be named.

    `someone` is what we call a person whom the organization still names.
    """
    found = doers.roles_in(seen.value.coalition, actor=seen.actor, on=on)
    pairs = found.values_list("organization__text_id", "person__text_id", "person__name").distinct()
    named = {
        f"{organization}/{person}": f"{name} ({seen.names.get(organization, organization)})"
        for organization, person, name in pairs
    }
    unnamed = {f"{each}/": f"{name}: {someone}" for each, name in partners_of(seen)}
    return tuple(sorted(named.items(), key=_by_name)) + tuple(sorted(unnamed.items(), key=_by_name))


def people_of(seen: Seen, organization_id: str, *, on: date) -> tuple[tuple[str, str], ...]:
    """Return who has a role in an organization now, by name."""
    found = doers.roles_in([organization_id], actor=seen.actor, on=on)
    pairs = dict(found.values_list("person__text_id", "person__name"))
    return tuple(sorted(pairs.items(), key=_by_name))


def template_of(seen: Seen, *, language: wording.Language) -> situations.Template | None:
    """Return the template that the plan began from, if any."""
    if not seen.row.template_id:
        return None
    try:
        network_id = seen.value.network_id
        return templates_of.template_of(network_id, seen.row.template_id, language=language).template
    except templates_of.TemplateNotFound:  # taken away meanwhile
        return None


def _split(lines: Iterable[_Line], is_first: Callable[[_Line], bool]) -> tuple[list[_Line], list[_Line]]:
    """Return the lines of which something holds, and the others."""
    kept = list(lines)
    return [each for each in kept if is_first(each)], [each for each in kept if not is_first(each)]


def _people(seen: Seen, *, on: date) -> _Doing:
    """Return who does something: by name as far as the reader may know of them, and who still has a role."""
    ids = {each.person_id for each in seen.value.actions if each.person_id}
    if not ids:
        return _Doing(names={}, with_a_role=frozenset())
    found = people.persons(seen.actor, on=on).filter(text_id__in=sorted(ids))
    organizations = {each.organization_id for each in seen.value.actions}
    return _Doing(
        names=dict(found.values_list("text_id", "name")),
        with_a_role=doers.with_a_role(organizations, network_id=seen.value.network_id, on=on),
    )


def _action(value: Action, names: Mapping[str, str], doing: _Doing, *, on: date) -> ActionLine:
    person_id = value.person_id
    return ActionLine(
        value=value,
        who=doing.names.get(person_id, NOBODY_YET) if person_id else NOBODY_YET,
        has_doer=(value.organization_id, person_id) in doing.with_a_role,
        organization=names.get(value.organization_id, value.organization_id),
        is_late=value.state is ActionState.OPEN and value.due < on,
    )


def _agreement(value: Agreement, names: Mapping[str, str], *, on: date) -> AgreementLine:
    return AgreementLine(
        value=value,
        parties=tuple(sorted(names.get(each, each) for each in value.party_ids)),
        is_due=value.state is AgreementState.OPEN and value.review_on <= on,
    )


def _by_review(line: AgreementLine) -> tuple[date, str]:
    return (line.value.review_on, line.value.id)


def _by_name(pair: tuple[str, str]) -> tuple[str, str]:
    return (pair[1].casefold(), pair[0])


def unused(texts: Iterable[str], taken: Iterable[str]) -> tuple[str, ...]:
    """Return the suggestions that were not taken up yet."""
    used = {each.casefold() for each in taken}
    return tuple(each for each in texts if each.casefold() not in used)

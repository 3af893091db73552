# SPDX-License-Identifier: EUPL-1.2
"""What who holds a link sees: what is asked, by whom, and what can be done with this link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scharnier.apps import wall
from scharnier.apps.people.models import Organization
from scharnier.apps.referral import links, models
from scharnier.core.referral import LinkPurpose, Part, Standing, State, Step, steps_of_link


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine:
    """What was asked or said beside the steps."""

    is_own: bool  # by who is asked
    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """A link with what it is about; what does not work any more tells nothing."""

    purpose: LinkPurpose
    standing: Standing
    asker: str = ""  # empty: somebody who has gone
    organization: str = ""  # on whose behalf they ask
    party: str = ""
    text: str = ""
    area: str = ""
    for_what: str = ""  # what a resident is referred for
    state: str = ""
    steps: tuple[Step, ...] = ()
    remarks: tuple[RemarkLine, ...] = ()
    rather: tuple[tuple[str, str], ...] = ()  # organizations to name instead

    @property
    def is_open(self) -> bool:
        """Tell whether the link still works."""
        return self.standing is Standing.OPEN


def read_link(token: str, *, at: datetime, is_opened: bool = False) -> LinkPage:
    """Return what who holds a link sees; when they open it for the first time, that goes on record.

    Raises
    ------
    LinkUnknown
    """
    with wall.in_network(links.network_of(token)):
        opened = links.find_link(token, at=at)
        if is_opened:
            links.note_opened(opened, at=at)
        if opened.standing is not Standing.OPEN:
            return LinkPage(purpose=opened.purpose, standing=opened.standing)
        return _page(opened)


def _page(opened: links.Opened) -> LinkPage:
    row, turn = opened.row.referral, opened.row.turn
    asker = row.sender_person.name if row.sender_person else ""
    if turn is None:
        return LinkPage(purpose=opened.purpose, standing=opened.standing, asker=asker)
    if opened.purpose is LinkPurpose.INTRODUCE:
        return _page_to_introduce(opened, turn, asker=asker)
    named = (turn.person, turn.organization)
    steps = steps_of_link(opened.purpose)
    return LinkPage(
        purpose=opened.purpose,
        standing=opened.standing,
        asker=asker,
        organization=row.sender_organization.name if row.sender_organization else "",
        party=", ".join(each.name for each in named if each),
        text=row.text,
        area=row.area.name if row.area else "",
        for_what=row.purpose,
        state=turn.state,
        steps=tuple(step for step in steps if not (step is Step.PAUSE and turn.state == State.ON_HOLD)),
        remarks=tuple(map(_remark, turn.remarks.order_by("at", "pk"))),
        rather=_others(turn),
    )


def _page_to_introduce(opened: links.Opened, turn: models.Turn, *, asker: str) -> LinkPage:
    """Return who would like to meet whom and why: of the need its words, and nothing of what was said."""
    party = turn.person.name if turn.person else ""
    text = opened.row.referral.text
    return LinkPage(purpose=opened.purpose, standing=opened.standing, asker=asker, party=party, text=text)


def _remark(row: models.Remark) -> RemarkLine:
    return RemarkLine(is_own=row.part == Part.CANDIDATE, at=row.at, words=row.words)


def _others(turn: models.Turn) -> tuple[tuple[str, str], ...]:
    found = Organization.objects.filter(network_id=turn.network_id)
    if turn.organization is not None:
        found = found.exclude(pk=turn.organization.pk)
    return tuple(found.order_by("name", "pk").values_list("text_id", "name"))

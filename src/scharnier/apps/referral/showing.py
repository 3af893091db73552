# SPDX-License-Identifier: EUPL-1.2
"""A referral and a work list in words, as one reader sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from django.utils import timezone
from django.utils.translation import gettext

from scharnier.apps.people.selectors import Link
from scharnier.apps.referral import labels, selectors
from scharnier.core.kernel import Actor, ReferralId, TurnId
from scharnier.core.referral import Adequacy, Awaited, Deed, Part, Progress, State, Step, Teller
from scharnier.formats import wording

_Key = TypeVar("_Key", bound=str)
FIRST = {Step.ACCEPT, Step.START, Step.RESUME, Step.COMPLETE}  # the way on
QUIET = {Step.VOID, Step.CANCEL, Step.FAIL}
AT_ONCE = {Step.ACCEPT, Step.START, Step.RESUME}  # nothing has to be said
SHORT = 90  # characters of a need on a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A step that the reader can take."""

    step: str
    said: str
    look: str  # primary, secondary or subtle
    is_at_once: bool  # else it leads to a form


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One party asked, in words."""

    id: TurnId
    who: tuple[Link, ...]  # a person, then the organization; empty: somebody who has gone
    service: str
    state: str
    tone: str
    day: datetime | None  # when it was asked
    until: date | None
    reason: str
    words: str
    result: str
    rather: tuple[Link, ...]
    buttons: tuple[Button, ...]
    quiet: tuple[Button, ...]  # folded away
    may_remark: bool
    may_revoke: bool  # the link in a mail, for who has no account
    remarks: tuple[Remark, ...]
    introductions: tuple[tuple[tuple[Link, ...], str], ...]  # who introduces, and how that goes


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What was asked or said beside the steps."""

    who: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that was done, in words."""

    at: datetime
    who: str  # empty: nobody did it
    did: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A referral as its page says it."""

    page: selectors.ReferralPage
    about: str
    topics: tuple[str, ...]
    sender: tuple[Link, ...]
    needed: tuple[str, ...]  # sentences; empty: it is over
    ended: str  # how it ended; empty: it is not over
    turns: tuple[Turn, ...]
    story: tuple[Moment, ...]
    has_draft: bool
    is_being_introduced: bool  # a draft waits for somebody's yes
    may_ask_next: bool
    may_reopen: bool
    may_give_up: bool
    may_tell: bool
    may_hand_over: bool  # a link by which the one it was for says whether it helped
    told: tuple[tuple[str, str, str], ...]  # who said whether it helped, what, and in which words


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """One thing that waits, in words."""

    referral_id: ReferralId
    needed: str
    text: str  # the beginning of the need
    since: datetime
    ago: str
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdequacyLine:
    """How well some referrals went."""

    name: str
    n: int
    right_at_once: int  # of a hundred
    mean_asks: float
    days: float | None  # working days, median
    unanswered: int  # of a hundred
    helped: int | None  # of a hundred; None: too few told


def say_adequacies(
    found: Mapping[_Key, Adequacy], *, named: Iterable[tuple[str, str]]
) -> tuple[AdequacyLine, ...]:
    """Return how well referrals went for each thing that has a name, the most first."""
    by_id = {str(key): each for key, each in found.items()}
    lines = (say_adequacy(name, by_id[key]) for key, name in named if key in by_id)
    return tuple(sorted(lines, key=lambda line: (-line.n, line.name)))


def say_adequacy(name: str, found: Adequacy) -> AdequacyLine:
    """Return how well referrals went, in whole numbers."""
    return AdequacyLine(
        name=name,
        n=found.n_referrals,
        right_at_once=round(found.right_at_once_share * 100),
        mean_asks=round(found.mean_asks, 1),
        days=found.median_days_to_accept,
        unanswered=round(found.unanswered_share * 100),
        helped=round(found.helped_share * 100) if found.helped_share is not None else None,
    )


def show_work(
    lines: Iterable[selectors.WorkLine], *, actor: Actor, on: date, language: wording.Language
) -> tuple[WorkLine, ...]:
    """Return what waits, in words."""
    return tuple(
        WorkLine(
            referral_id=line.referral_id,
            needed=_needed(line.awaited, who=_waited_for(line), is_mine=_is_mine(_waited_for(line), actor)),
            text=_shorten(line.text),
            since=line.since,
            ago=wording.say_ago(timezone.localtime(line.since).date(), on=on, language=language),
            until=line.until,
        )
        for line in lines
    )


def show_referral(page: selectors.ReferralPage, *, actor: Actor, topics: tuple[str, ...]) -> Shown:
    """Return a referral in words; the topics by name."""
    turns = tuple(_turn(line) for line in page.turns)
    return Shown(
        page=page,
        about=str(labels.ABOUTS[page.about]),
        topics=topics,
        sender=links_of(page.sender),
        needed=tuple(_said(wait, page=page, actor=actor) for wait in page.waits),
        ended=_ended(page),
        turns=turns,
        story=tuple(_moment(line, page=page) for line in page.story),
        has_draft=any(Step.SEND in line.steps for line in page.turns),
        is_being_introduced=any(_introducing(wait, page=page) for wait in page.waits),
        may_ask_next=Deed.ASK_NEXT in page.deeds,
        may_reopen=Deed.REOPEN in page.deeds,
        may_give_up=Deed.GIVE_UP in page.deeds,
        may_tell=bool(page.tells_as),
        may_hand_over=_may_hand_over(page),
        told=tuple(
            (str(labels.TELLERS[said.by]), str(labels.HELPED[said.helped]), said.words)
            for said in page.feedback
        ),
    )


def say_introduction(asked: selectors.AskedToIntroduce) -> str:
    """Return who would like to meet whom."""
    names = {"asker": name_of(asked.asker), "party": name_of(asked.party)}
    return gettext("%(asker)s would like to meet %(party)s") % names


def links_of(named: selectors.Named | None) -> tuple[Link, ...]:
    """Return who somebody is: the person, then the organization; nothing for who has gone."""
    return tuple(_with_gone(link) for link in (named.person, named.organization) if link) if named else ()


def _with_gone(link: Link) -> Link:
    if link.kind != selectors.GONE:
        return link
    return replace(link, name=gettext("%(name)s (no longer in the network)") % {"name": link.name})


def name_of(named: selectors.Named) -> str:
    """Return what to call somebody."""
    return ", ".join(link.name for link in links_of(named)) or gettext("Somebody who has left")


def _is_mine(who: selectors.Named, actor: Actor) -> bool:
    if who.person is not None:
        return who.person.id == actor.person_id
    return who.organization is not None and who.organization.id in actor.acts_for


def _waited_for(line: selectors.WorkLine) -> selectors.Named:
    return line.party if line.party is not None and line.part is Part.CANDIDATE else line.sender


def _needed(awaited: Awaited, *, who: selectors.Named, is_mine: bool) -> str:
    if is_mine:
        return str(labels.MINE[awaited])
    return str(labels.OTHERS[awaited]) % {"who": name_of(who)}


def _said(wait: selectors.WaitLine, *, page: selectors.ReferralPage, actor: Actor) -> str:
    introducers = _introducing(wait, page=page)
    if introducers:
        said = gettext("%(who)s is asked to introduce you. After a yes this goes out by itself.")
        return said % {"who": introducers}
    return _needed(wait.awaited, who=wait.who, is_mine=_is_mine(wait.who, actor))


def _introducing(wait: selectors.WaitLine, *, page: selectors.ReferralPage) -> str:
    """Return who is asked to introduce the sender before a draft goes out, by name."""
    if wait.awaited is not Awaited.SENDING:
        return ""
    lines = (
        line for turn in page.turns if turn.handling.turn.id == wait.turn_id for line in turn.introductions
    )
    running = [line for line in lines if line.progress is Progress.WAITING]
    return gettext(" and ").join(name_of(who) for line in running for who in line.introducers)


def _ended(page: selectors.ReferralPage) -> str:
    if page.over_at is None:
        return ""
    if page.cause:
        return gettext("It was given up: %(cause)s") % {"cause": page.cause}
    states = {line.handling.turn.state for line in page.turns}
    return str(next(said for state, said in labels.ENDS.items() if state in states or state is None))


def _turn(line: selectors.TurnLine) -> Turn:
    handling = line.handling
    state = handling.turn.state
    steps = [step for step in line.steps if step in labels.BUTTONS]
    return Turn(
        id=handling.turn.id,
        who=links_of(line.party),
        service=line.service,
        state=str(labels.STATES[state]),
        tone=labels.TONES.get(state, ""),
        day=handling.requested_at,
        until=handling.until,
        reason=str(labels.REASONS[handling.reason]) if handling.reason else "",
        words=handling.words,
        result=handling.result,
        rather=links_of(line.rather),
        buttons=tuple(_button(step) for step in steps if step not in QUIET),
        quiet=tuple(_button(step) for step in steps if step in QUIET),
        may_remark=line.can_remark,
        may_revoke=(Step.CANCEL in line.steps or Step.SEND in line.steps) and line.has_link,
        remarks=tuple(Remark(who=name_of(said.who), at=said.at, words=said.words) for said in line.remarks),
        introductions=tuple(_introduction(each) for each in line.introductions),
    )


def _introduction(line: selectors.IntroductionLine) -> tuple[tuple[Link, ...], str]:
    who = tuple(link for named in line.introducers for link in links_of(named))
    return who, str(labels.PROGRESS[line.progress])


def _button(step: Step) -> Button:
    look = "primary" if step in FIRST else "subtle" if step in QUIET else "secondary"
    return Button(
        step=step.value,
        said=str(labels.BUTTONS[step]),
        look=f"{look}-action" if look != "subtle" else look,
        is_at_once=step in AT_ONCE,
    )


def _may_hand_over(page: selectors.ReferralPage) -> bool:
    said = {told.by for told in page.feedback}
    is_done = any(line.handling.turn.state is State.COMPLETED for line in page.turns)
    return Part.SENDER in page.parts and is_done and Teller.CONCERNED not in said


def _moment(line: selectors.StoryLine, *, page: selectors.ReferralPage) -> Moment:
    if line.part is Part.CLOCK:
        return Moment(at=line.at, who="", did=str(labels.BY_ITSELF[line.step]), words=line.words)
    who = line.who
    if line.part is Part.CANDIDATE and not links_of(who):  # answered by a link
        who = next((turn.party for turn in page.turns if turn.handling.turn.id == line.turn_id), who)
    return Moment(at=line.at, who=name_of(who), did=str(labels.DONE[line.step]), words=line.words)


def _shorten(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= SHORT else f"{said[:SHORT].rsplit(' ', 1)[0]} …"

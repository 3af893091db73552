# SPDX-License-Identifier: EUPL-1.2
"""What the parts, fields and codes of somebody's data are called, on the page and in the PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scharnier.apps.audit.labels import ACTS
from scharnier.apps.digest import labels as digest
from scharnier.apps.people.demonstration import ROLES
from scharnier.apps.sharing import labels as sharing
from scharnier.apps.signals import labels as signals
from scharnier.core.network import Accepting, Purpose, TieKind
from scharnier.core.policy import Visibility


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the copy: how it is called and which fields a reader sees, in order."""

    name: str  # in DataCopy
    title: Promise
    fields: tuple[tuple[str, Promise], ...]


USES: Mapping[str, Promise] = {
    Purpose.LISTING: _("You can be found"),
    Purpose.CONTACT: _("People see how to reach you"),
    Purpose.INTRODUCTION: _("You are named as somebody who can introduce people"),
    Purpose.RESEARCH: _("Researchers use your card without your name"),
}
ANSWERS: Mapping[bool, Promise] = {True: _("yes"), False: _("no")}
CODES: Mapping[str, Promise] = {
    **ACTS,
    **USES,
    **ROLES,
    **sharing.PURPOSES,
    **sharing.BASES,
    **{often.value: said for often, said in digest.OFTEN.items()},
    **{each.value: said for each, said in signals.SERIOUSNESS.items()},
    **{each.value: said for each, said in signals.STATES.items()},
    TieKind.KNOWS: _("knows"),
    TieKind.WORKS_WITH: _("works with"),
    TieKind.REFERS_TO: _("refers to"),
    TieKind.TRUSTS: _("trusts"),
    Accepting.YES: _("yes"),
    Accepting.LIMITED: _("a little"),
    Accepting.NO: _("no"),
    Accepting.UNKNOWN: _("not known"),
    Visibility.PUBLIC: _("everybody"),
    Visibility.NETWORK: _("everyone in the network"),
    Visibility.PRIVATE: _("only you"),
    "you": _("you"),
    "other": _("the other one"),
    "skills": _("what you can do"),
    "ways": _("how you are reached"),
    "room": _("whether you have room"),
    "done": _("shown"),
    "refused": _("refused"),
    "problem": _("a problem"),
    "situation": _("a situation that comes back"),
    "group": _("a group"),
    "copy": _("a copy"),
    "erasure": _("erasure"),
    "tie": _("a contact"),
    "membership": _("a role"),
    "queued": _("waits"),
    "sending": _("on its way"),
    "sent": _("sent"),
    "bounced": _("came back"),
    "accepted": _("you took it up"),
    "completed": _("done"),
    "declined": _("you declined"),
    "unanswered": _("no answer"),
    "named": _("somebody named you instead"),
    "sender": _("you asked"),
    "candidate": _("you were asked"),
    "introducer": _("you were asked to introduce somebody"),
    "lead": _("you lead it"),
    "action": _("something you do"),
    "action_open": _("still to do"),
    "action_done": _("done"),
    "action_not_possible": _("was not possible any more"),
    "action_not_done": _("was not done"),
    "step": _("brought it a step on"),
    "invited": _("invited an organization"),
    "answered": _("answered an invitation"),
    "left": _("left for an organization"),
    "agreed": _("wrote an agreement down"),
    "agreement_judged": _("said whether an agreement was kept"),
    "action_made": _("wrote an action down"),
    "action_ended": _("said what came of an action"),
    "met": _("wrote a meeting down"),
    "figure": _("filled in a figure"),
    "status": _("said how your organization stands"),
    "part_shared": _("opened a private room"),
    "evaluated": _("looked at what came of it"),
    "rechecked": _("looked again, months later"),
}
_NAME, _UNTIL, _SINCE, _WHEN, _ROLE = _("Name"), _("Until"), _("From"), _("When"), _("Role")
PARTS: Final = (
    Part(
        name="card",
        title=_("Your card"),
        fields=(
            ("id", _("Number")),
            ("name", _NAME),
            ("summary", _("What you do, in your words")),
            ("competences", _("What you can do")),
            ("topics", _("What you know about")),
            ("areas", _("Where you are active")),
            ("languages", _("Languages you speak")),
            ("email", _("E-mail")),
            ("phone", _("Phone")),
            ("reach", _("How and when you are best reached")),
            ("accepting", _("Takes requests")),
            ("accepting_until", _UNTIL),
            ("open_requests", _("Requests that run")),
            ("capacity", _("Most requests at a time")),
            ("last_active_date", _("Last active")),
            ("visibility", _("Who sees what")),
        ),
    ),
    Part(
        name="consents",
        title=_("What you agreed to"),
        fields=(("purpose", _("What for")), ("given_date", _SINCE), ("end_date", _UNTIL)),
    ),
    Part(
        name="roles",
        title=_("Where you belong"),
        fields=(
            ("where", _("Where")),
            ("role", _ROLE),
            ("start_date", _SINCE),
            ("end_date", _UNTIL),
            ("successor", _("Who follows you")),
        ),
    ),
    Part(
        name="ties",
        title=_("Your contacts"),
        fields=(
            ("other", _("Who")),
            ("kind", _("How")),
            ("said_by", _("Said by")),
            ("observed_date", _("Held on")),
        ),
    ),
    Part(
        name="checks",
        title=_("When your card was looked over"),
        fields=(("group", _("Part")), ("checked_on", _("Looked over on")), ("verify_by", _("Again before"))),
    ),
    Part(
        name="account",
        title=_("Your account"),
        fields=(
            ("username", _("User name")),
            ("email", _("E-mail")),
            ("full_name", _NAME),
            ("role", _ROLE),
            ("joined_at", _("Made on")),
            ("last_login_at", _("Last logged in")),
            ("second_steps", _("Second steps")),
        ),
    ),
    Part(
        name="sessions",
        title=_("Where you are logged in"),
        fields=(("device", _("Device")), ("address", _("Address")), ("since", _SINCE)),
    ),
    Part(
        name="failed_logins",
        title=_("Attempts to log in as you that failed"),
        fields=(("at", _WHEN), ("address", _("Address")), ("device", _("Device"))),
    ),
    Part(
        name="invitations",
        title=_("Invitations to you"),
        fields=(
            ("email", _("E-mail")),
            ("role", _ROLE),
            ("made_at", _("Sent on")),
            ("used_at", _("Used on")),
        ),
    ),
    Part(
        name="hand_overs",
        title=_("Hand-overs of roles"),
        fields=(("is_from_you", _("From you")), ("on_date", _("Last day")), ("undone_at", _("Undone on"))),
    ),
    Part(
        name="outcomes",
        title=_("How questions to you ended"),
        fields=(
            ("happened_date", _WHEN),
            ("response", _("How it ended")),
            ("rather", _("Whom you named instead")),
            ("topics", _("About")),
        ),
    ),
    Part(
        name="referrals",
        title=_("Referrals you have a part in"),
        fields=(
            ("made_at", _WHEN),
            ("your_part", _("Your part")),
            ("text", _("In words")),
            ("state", _("How it stands")),
            ("reason", _("Why you declined")),
        ),
    ),
    Part(
        name="referral_words",
        title=_("What you did and said in referrals"),
        fields=(("at", _WHEN), ("step", _("What")), ("words", _("In words"))),
    ),
    Part(
        name="mails",
        title=_("Mails to you"),
        fields=(("subject", _("Subject")), ("queued_at", _WHEN), ("state", _("State"))),
    ),
    Part(
        name="card_reads",
        title=_("Who looked at your card"),
        fields=(("at", _WHEN), ("who", _("Who")), ("purpose", _("What for")), ("outcome", _("Outcome"))),
    ),
    Part(
        name="acts",
        title=_("What you did"),
        fields=(("at", _WHEN), ("act", _("What")), ("object_id", _("Number"))),
    ),
    Part(
        name="objections",
        title=_("What you objected to"),
        fields=(("kind", _("What")), ("object_id", _("Number")), ("on", _WHEN)),
    ),
    Part(
        name="requests",
        title=_("Requests for you"),
        fields=(("what", _("What")), ("received_date", _("Came in on")), ("done_at", _("Done on"))),
    ),
    Part(
        name="sharings",
        title=_("What was shared of cards, by you or with you"),
        fields=(
            ("card", _("Whose card")),
            ("made_by", _("Shared by")),
            ("purpose", _("What for")),
            ("reason", _("In words")),
            ("basis", _("Why this is allowed")),
            ("starts_at", _SINCE),
            ("ends_at", _UNTIL),
        ),
    ),
    Part(
        name="notes",
        title=_("What you wrote down for yourself"),
        fields=(
            ("made_at", _WHEN),
            ("text", _("In words")),
            ("place", _("Where")),
            ("about", _("About")),
            ("candidate", _("Who could take it")),
            ("remind_date", _("Remind me on")),
            ("thrown_away_at", _("Thrown away on")),
            ("referral_id", _("Became a referral")),
        ),
    ),
    Part(
        name="mail_terms",
        title=_("When you get a mail of what waits"),
        fields=(
            ("often", _("How often")),
            ("weekday", _("Day of the week, from Monday")),
            ("hour", _("Hour")),
        ),
    ),
    Part(
        name="calendar_feeds",
        title=_("Your address for a calendar"),
        fields=(("made_at", _SINCE),),
    ),
    Part(
        name="mail_digests",
        title=_("When we looked what waited for you"),
        fields=(("day", _WHEN), ("n_things", _("How many things"))),
    ),
    Part(
        name="signals",
        title=_("Signals that you told"),
        fields=(
            ("told_at", _WHEN),
            ("on_behalf_of", _("For which organization")),
            ("text", _("In words")),
            ("place", _("Where")),
            ("happened_on", _("When it happened")),
            ("topics", _("Topics")),
            ("seriousness", _("How serious it is")),
            ("state", _("State")),
            ("kept_until", _("Kept until")),
        ),
    ),
    Part(
        name="situations",
        title=_("Shared situations you have a part in"),
        fields=(
            ("your_part", _("Your part")),
            ("text", _("In words")),
            ("due", _("By")),
            ("state", _("How it stands")),
            ("reason", _("Why it was not done")),
            ("id", _("Number")),
        ),
    ),
    Part(
        name="situation_acts",
        title=_("What you did in shared situations"),
        fields=(("at", _WHEN), ("event", _("What")), ("situation_id", _("Number"))),
    ),
)

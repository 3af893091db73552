# SPDX-License-Identifier: EUPL-1.2
"""What groups, fields, levels and purposes are called on screen and in a mail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.cards import Group, Level
from scharnier.core.network import Accepting, Purpose, ServiceStatus
from scharnier.core.policy import Visibility

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "_StrPromise"

FIELDS: Mapping[str, Text] = {
    "summary": _("What you do, in your words"),
    "competences": _("What you can do"),
    "topics": _("What you know about"),
    "area_ids": _("Where you are active"),
    "languages": _("Languages you speak"),
    "email": _("E-mail"),
    "phone": _("Phone"),
    "reach": _("How and when you are best reached"),
}
GROUPS: Mapping[Group, Text] = {
    Group.SKILLS: _("What I can do, and about what"),
    Group.WAYS: _("How you reach me"),
    Group.ROOM: _("Whether I have room"),
}
GROUPS_OF_ORGANIZATION: Mapping[Group, Text] = {
    Group.ABOUT: _("What you are and do"),
    Group.WAYS: _("How people reach you"),
    Group.SERVICES: _("What people can come for"),
}
LEVELS: Mapping[Level, Text] = {
    Level.HIDDEN: _("Nobody. I am not shown, and nobody is sent to me."),
    Level.INTERMEDIARY: _(
        "People can find me. They reach me through someone who knows me, or my organization."
    ),
    Level.CONTACT: _("People can find me and reach me directly."),
}
PURPOSES: Mapping[Purpose, Text] = {
    Purpose.INTRODUCTION: _("May we name you as someone who can introduce people to each other?"),
    Purpose.RESEARCH: _(
        "May researchers use your card, without your name, to learn how neighbourhood networks work?"
    ),
}
ACCEPTING: Mapping[Accepting, Text] = {
    Accepting.YES: _("Yes, come and ask"),
    Accepting.LIMITED: _("A little: ask, but it can take a while"),
    Accepting.NO: _("No, not now"),
}
VISIBILITY: Mapping[Visibility, Text] = {
    Visibility.NETWORK: _("Everyone in the network"),
    Visibility.PUBLIC: _("People outside the network too"),
    Visibility.PRIVATE: _("Only me"),
}
STATUS: Mapping[ServiceStatus, Text] = {
    ServiceStatus.ACTIVE: _("open"),
    ServiceStatus.TEMPORARILY_CLOSED: _("closed for a while"),
    ServiceStatus.INACTIVE: _("not open now"),
    ServiceStatus.DEFUNCT: _("stopped for good"),
}
PARTS: Mapping[str, Text] = {
    "areas": _("Areas"),
    "locations": _("Places"),
    "topics": _("Topics"),
    "organizations": _("Organizations"),
    "services": _("Services"),
    "communities": _("Communities"),
    "resident_groups": _("Resident groups"),
    "persons": _("People"),
    "memberships": _("Roles"),
    "ties": _("Contacts"),
}
_TOLD_TO_PERSON: Mapping[Group, Text] = {
    Group.SKILLS: _("what you can do, and about what"),
    Group.WAYS: _("how people reach you"),
    Group.ROOM: _("whether you have room"),
}
_TOLD_TO_ORGANIZATION: Mapping[Group, Text] = {
    Group.ABOUT: _("what your organization is and does"),
    Group.WAYS: _("how people reach your organization"),
    Group.SERVICES: _("what people can come to your organization for"),
}


def told_to_owner(group: Group, *, is_person: bool) -> str:
    """Return what a group is about, as we say it to whose card it is."""
    return str((_TOLD_TO_PERSON if is_person else _TOLD_TO_ORGANIZATION)[group])

# SPDX-License-Identifier: EUPL-1.2
"""What one person is to another, in plain words; each sentence has the name at its end or its start."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scharnier.core.network import TieKind
from scharnier.core.picture import Age, Grade

BETWEEN: Mapping[str, Promise] = {  # of two others
    TieKind.KNOWS: _("knows"),
    TieKind.WORKS_WITH: _("works with"),
    TieKind.REFERS_TO: _("refers people to"),
    TieKind.TRUSTS: _("trusts"),
}
MINE: Mapping[str, Promise] = {  # before a name
    TieKind.KNOWS: _("You know"),
    TieKind.WORKS_WITH: _("You work with"),
    TieKind.REFERS_TO: _("You refer people to"),
    TieKind.TRUSTS: _("You trust"),
}
OF_ME: Mapping[str, Promise] = {  # after a name
    TieKind.KNOWS: _("knows you"),
    TieKind.WORKS_WITH: _("works with you"),
    TieKind.REFERS_TO: _("refers people to you"),
    TieKind.TRUSTS: _("trusts you"),
}
TO_CHOOSE: Mapping[str, Promise] = {
    TieKind.KNOWS: _("I know this person"),
    TieKind.WORKS_WITH: _("I work with this person"),
    TieKind.REFERS_TO: _("I refer people to this person"),
    TieKind.TRUSTS: _("I trust this person"),
}
GRADES: Mapping[str, Promise] = {
    Grade.STRONG: _("strong"),
    Grade.NORMAL: _("normal"),
    Grade.WEAK: _("weak"),
}
AGES: Mapping[str, Promise] = {
    Age.ALL: _("However long ago"),
    Age.YEAR: _("The last year"),
    Age.HALF_YEAR: _("The last six months"),
}

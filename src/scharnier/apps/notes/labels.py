# SPDX-License-Identifier: EUPL-1.2
"""What a note can be about, as it is called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scharnier.core.referral import About

ABOUT: Final[Mapping[str, Promise]] = {
    "": _("I do not know yet"),
    About.PROBLEM.value: _("A problem"),
    About.SITUATION.value: _("A situation that comes back"),
    About.GROUP.value: _("A group"),
    About.RESIDENT.value: _("A resident"),
}

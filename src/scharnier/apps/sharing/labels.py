# SPDX-License-Identifier: EUPL-1.2
"""What purposes and legal bases of a sharing are called on screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from scharnier.core.sharing import LegalBasis, Purpose

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "_StrPromise"

CHOSEN: Mapping[Purpose, Text] = {  # as whose card it is chooses
    Purpose.HELP: _("To get help with something"),
    Purpose.TOGETHER: _("To do something together"),
    Purpose.COVER: _("So that somebody can stand in for me"),
}
PURPOSES: Mapping[str, Text] = {  # as part of a sentence: shared …
    Purpose.HELP: _("to get help with something"),
    Purpose.TOGETHER: _("to do something together"),
    Purpose.COVER: _("so that somebody can stand in"),
    Purpose.EMERGENCY: _("because of an emergency"),
}
BASES: Mapping[str, Text] = {
    LegalBasis.CONSENT: _("consent"),
    LegalBasis.CONTRACT: _("contract"),
    LegalBasis.LEGAL_OBLIGATION: _("legal obligation"),
    LegalBasis.VITAL_INTERESTS: _("vital interests"),
    LegalBasis.PUBLIC_TASK: _("public task"),
    LegalBasis.LEGITIMATE_INTERESTS: _("legitimate interests"),
}

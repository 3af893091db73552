# SPDX-License-Identifier: EUPL-1.2
"""Names of the languages people speak, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

# Django names the languages it is translated into; these are spoken in our neighbourhoods as well.
ALSO_SPOKEN: Mapping[str, Promise] = {
    "ber": _("Berber"),
    "dse": _("Dutch Sign Language"),
    "ku": _("Kurdish"),
    "pap": _("Papiamento"),
    "prs": _("Dari"),
    "ps": _("Pashto"),
    "rif": _("Riffian"),
    "so": _("Somali"),
    "srn": _("Sranan"),
    "ti": _("Tigrinya"),
    "zgh": _("Berber"),
}


def name_languages(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the names of BCP 47 tags in alphabetical order; a tag nobody named stays as it is."""
    return tuple(sorted(map(_name_language, tags), key=str.casefold))


def _name_language(tag: str) -> str:
    if tag in ALSO_SPOKEN:
        return str(ALSO_SPOKEN[tag])
    try:
        return gettext(get_language_info(tag)["name"])
    except KeyError:
        return tag

# SPDX-License-Identifier: EUPL-1.2
"""Codes of languages for their names, since HSDS 2 has names and the network has codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_THREE_TO_TWO = {
    "eng": "en",
    "nld": "nl",
    "dut": "nl",
    "fra": "fr",
    "deu": "de",
    "spa": "es",
    "tur": "tr",
    "ara": "ar",
}

# languages heard in Dutch neighbourhoods and in the public directories, by their English and Dutch names
NAMES: Mapping[str, str] = MappingProxyType(
    {
        "albanian": "sq", "albanees": "sq", "amharic": "am", "amhaars": "am", "arabic": "ar",
        "arabisch": "ar",
        "armenian": "hy", "armeens": "hy", "berber": "ber", "bulgarian": "bg", "bulgaars": "bg",
        "chinese": "zh", "chinees": "zh", "croatian": "hr", "kroatisch": "hr", "czech": "cs",
        "tsjechisch": "cs",
        "dari": "prs", "dutch": "nl", "nederlands": "nl", "english": "en", "engels": "en", "farsi": "fa",
        "persian": "fa", "perzisch": "fa", "french": "fr", "frans": "fr", "frisian": "fy", "fries": "fy",
        "german": "de", "duits": "de", "greek": "el", "grieks": "el", "hebrew": "he", "hebreeuws": "he",
        "hindi": "hi", "hungarian": "hu", "hongaars": "hu", "indonesian": "id", "indonesisch": "id",
        "italian": "it", "italiaans": "it", "japanese": "ja", "japans": "ja", "korean": "ko",
        "koreaans": "ko",
        "kurdish": "ku", "koerdisch": "ku", "mandarin": "cmn", "mandarijn": "cmn", "papiamento": "pap",
        "papiaments": "pap", "pashto": "ps", "pasjtoe": "ps", "polish": "pl", "pools": "pl",
        "portuguese": "pt", "portugees": "pt", "romanian": "ro", "roemeens": "ro", "russian": "ru",
        "russisch": "ru", "serbian": "sr", "servisch": "sr", "slovak": "sk", "slowaaks": "sk", "somali": "so",
        "somalisch": "so", "spanish": "es", "spaans": "es", "sranan": "srn", "tamazight": "zgh",
        "tamil": "ta", "tigrinya": "ti", "tigrinja": "ti", "turkish": "tr", "turks": "tr", "ukrainian": "uk",
        "oekraïens": "uk", "urdu": "ur", "vietnamese": "vi", "vietnamees": "vi",
    }
)  # fmt: skip


def language_tag(text: str) -> str | None:
    """Return the BCP 47 tag for a code or a name in English or Dutch; None for any other word.

    Examples
    --------
    >>> language_tag("ur"), language_tag("Spanish"), language_tag("eng"), language_tag("whistling")
    ('ur', 'es', 'en', None)
    """
    word = text.strip()
    if word.casefold() in NAMES:
        return NAMES[word.casefold()]
    return _THREE_TO_TWO.get(word, word) if _TAG.fullmatch(word) else None


def language_name(tag: str) -> str:
    """Return the English name of a language, or its tag when we have no name for it.

    Examples
    --------
    >>> language_name("ur"), language_name("xx")
    ('Urdu', 'xx')
    """
    return next((name.capitalize() for name, code in NAMES.items() if code == tag), tag)

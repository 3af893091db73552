# SPDX-License-Identifier: EUPL-1.2
"""Text: Dutch and English words as people write them, and what of it must be refused."""

from scharnier.core.text._analysis import Analyzer, Word
from scharnier.core.text._input import (
    LONGEST_WORDS,
    EmptyText,
    PersonalDataFound,
    TextTooLong,
    check_input,
)
from scharnier.core.text._languages import UnknownLanguage, detect_language
from scharnier.core.text._lexicon import Language, Lexicon, WordFamily
from scharnier.core.text._personal_data import PersonalData, PersonalDataKind, find_personal_data

__all__ = [
    "LONGEST_WORDS",
    "Analyzer",
    "EmptyText",
    "Language",
    "Lexicon",
    "PersonalData",
    "PersonalDataFound",
    "PersonalDataKind",
    "TextTooLong",
    "UnknownLanguage",
    "Word",
    "WordFamily",
    "check_input",
    "detect_language",
    "find_personal_data",
]

# SPDX-License-Identifier: EUPL-1.2
"""Text: Dutch and English words as people write them."""

from scharnier.core.text._analysis import Analyzer, Word
from scharnier.core.text._char_grams import char_grams
from scharnier.core.text._lexicon import Language, Lexicon, StrongVerb

__all__ = ["Analyzer", "Language", "Lexicon", "StrongVerb", "Word", "char_grams"]

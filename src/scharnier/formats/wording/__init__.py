# SPDX-License-Identifier: EUPL-1.2
"""Wording: facts and failures as sentences, in Dutch and English."""

from scharnier.formats.wording._days import say_ago, say_day, say_time
from scharnier.formats.wording._errors import error_sentences, say_error, say_note
from scharnier.formats.wording._language import Language

__all__ = ["Language", "error_sentences", "say_ago", "say_day", "say_error", "say_note", "say_time"]

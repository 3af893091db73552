# SPDX-License-Identifier: EUPL-1.2
"""Text of a website export as plain text, and back."""

from __future__ import annotations

import html
import re

_TAG = re.compile(r"<(?:!--.*?--|/?[a-zA-Z][^<>]*)>", re.DOTALL)
_BREAK = re.compile(r"</?(?:br|p|div|li|ul|ol|h[1-6]|tr)\b[^<>]*>", re.IGNORECASE)
_ENDS = re.compile(r"\A[ \t\r\n]+|(?:\\[nrt]|[ \t\r\n])+\Z")  # some exports write a line end out as \n


def plain_text(text: str) -> str:
    r"""Return text without tags, entities and outer space.

    Examples
    --------
    >>> plain_text(" caf&eacute; <b>open</b><br>tomorrow \\n\t ")
    'café open\ntomorrow'
    """
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _ENDS.sub("", text)
    return html.unescape(text) if "&" in text else text


def marked_text(text: str) -> str:
    """Return text that `plain_text` gives back: escaped only where it would be read as something else.

    Examples
    --------
    >>> marked_text("R&D"), marked_text("write <b> for bold"), marked_text(" indented")
    ('R&D', 'write &lt;b&gt; for bold', '&#32;indented')
    """
    if plain_text(text) == text:
        return text
    return _ENDS.sub(_as_entities, html.escape(text, quote=False))


def _as_entities(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in found.group())

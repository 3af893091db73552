# SPDX-License-Identifier: EUPL-1.2
"""Keep the Dutch of the screens complete and compiled, without gettext's own programs.

`python scripts/messages.py` lists what has no Dutch yet and compiles locale/nl/LC_MESSAGES/django.po to the
.mo beside it; both are committed, so that the package needs no compiling.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parents[1] / "src" / "scharnier"
CATALOGUE = SOURCE / "site" / "locale" / "nl" / "LC_MESSAGES" / "django.po"

MARKERS = frozenset({"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop"})
# templatize() writes a template's messages as calls with literal strings, in one of four quotations.
QUOTED = r"'''.*?'''|\"\"\".*?\"\"\"|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\""
IN_TEMPLATE = re.compile(rf"\b(?:n?gettext|_)\(u?({QUOTED})", re.DOTALL)
KEYWORD = re.compile(r"^(msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*(\".*\")$")
MAGIC = 0x950412DE
CONTEXT_SEPARATOR = "\0"


def read_catalogue(text: str) -> dict[str, str]:
    """Return the messages of a .po file: source to translation; plural forms joined by a zero character."""
    messages = {}
    for block in re.split(r"\n\s*\n", text):
        parts = _parts(block)
        if "msgid" in parts:
            source = CONTEXT_SEPARATOR.join(parts[key] for key in ("msgid", "msgid_plural") if key in parts)
            messages[source] = CONTEXT_SEPARATOR.join(parts[key] for key in sorted(parts) if "str" in key)
    return messages


def _parts(block: str) -> dict[str, str]:
    """Return the keywords of one entry with their joined strings."""
    parts: dict[str, str] = {}
    current = ""
    for match in filter(None, map(KEYWORD.match, block.splitlines())):
        current = match[1] or current
        parts[current] = parts.get(current, "") + str(ast.literal_eval(match[2]))
    return parts


def compile_catalogue(messages: dict[str, str]) -> bytes:
    """Return the messages as a GNU .mo file: sorted, without a hash table."""
    pairs = sorted((source.encode(), target.encode()) for source, target in messages.items() if target)
    sources, targets = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    tables_at, texts_at = 28, 28 + 16 * len(pairs)
    table, texts = b"", b""
    for text in (*sources, *targets):
        table += struct.pack("<II", len(text), texts_at + len(texts))
        texts += text + b"\0"
    header = struct.pack("<7I", MAGIC, 0, len(pairs), tables_at, tables_at + 8 * len(pairs), 0, texts_at)
    return header + table + texts


def used_messages() -> frozenset[str]:
    """Return every message that the package's code and templates ask for."""
    found: set[str] = set()
    for path in sorted(SOURCE.rglob("*.py")):
        found.update(_messages_in_code(path.read_text(encoding="utf-8")))
    for path in sorted(SOURCE.glob("**/templates/**/*.html")):
        found.update(_messages_in_template(path.read_text(encoding="utf-8")))
    return frozenset(found)


def _messages_in_code(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and node.args and _called(node) in MARKERS:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def _called(node: ast.Call) -> str:
    """Return the bare name of what a call calls."""
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def _messages_in_template(text: str) -> Iterator[str]:
    for literal in IN_TEMPLATE.findall(templatize(text)):
        yield str(ast.literal_eval(literal))


def missing(messages: dict[str, str], used: Iterable[str]) -> tuple[str, ...]:
    """Return, in order, what is used and has no translation."""
    translated = {source.split(CONTEXT_SEPARATOR)[0] for source, target in messages.items() if target}
    return tuple(sorted(set(used) - translated))


def unused(messages: dict[str, str], used: Iterable[str]) -> tuple[str, ...]:
    """Return, in order, what is translated and used nowhere."""
    sources = {source.split(CONTEXT_SEPARATOR)[0] for source in messages if source}
    return tuple(sorted(sources - set(used)))


def main() -> None:
    """Compile, and say what is missing or left over."""
    messages, used = read_catalogue(CATALOGUE.read_text(encoding="utf-8")), used_messages()
    CATALOGUE.with_suffix(".mo").write_bytes(compile_catalogue(messages))
    lines = [f"no Dutch for: {text!r}" for text in missing(messages, used)]
    lines += [f"used nowhere: {text!r}" for text in unused(messages, used)]
    sys.exit("\n".join(lines) or None)


if __name__ == "__main__":
    main()

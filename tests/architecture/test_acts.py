# SPDX-License-Identifier: EUPL-1.2
"""Acts on record have words: every act that the source puts on record, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation

import scharnier
from scharnier.apps.audit.labels import ACTS
from scharnier.apps.people.services import _loading

SOURCE = Path(scharnier.__file__).parent
RECORDERS = {"record", "_record", "finish_act", "_finish"}
ACT = re.compile(r"[a-z_]+\.[a-z_]+")


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def recording_functions() -> Iterator[ast.FunctionDef]:
    """Yield each function of the source that puts something on record."""
    for file in sorted(SOURCE.rglob("*.py")):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
            if isinstance(function, ast.FunctionDef) and any(called(call) in RECORDERS for call in calls):
                yield function


def recorded_acts() -> set[str]:
    """Return the acts named where something is put on record; loading names its own in a constant."""
    words = (
        node.value
        for function in recording_functions()
        for node in ast.walk(function)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {word for word in words if ACT.fullmatch(word)} | {_loading.LOADED}


class TestActs:
    def test_are_found_in_the_source(self):
        assert {"card.read", "tie.declared", "audit.exported", "join_request.declined"} <= recorded_acts()

    def test_are_each_called_something_and_nothing_else_is(self):
        assert set(ACTS) == recorded_acts()

    def test_are_called_something_of_their_own_in_both_languages(self):
        said = {}
        for language in ("nl", "en"):
            with translation.override(language):
                said[language] = [str(words) for words in ACTS.values()]

        assert len(set(said["nl"])) == len(set(said["en"])) == len(ACTS)
        assert not set(said["nl"]) & set(said["en"])

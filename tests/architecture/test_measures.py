# SPDX-License-Identifier: EUPL-1.2
"""The measures themselves, on functions whose sizes are plain to see."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from tests.architecture import source


def _function(text: str) -> source.Function:
    (node,) = ast.parse(dedent(text)).body
    assert isinstance(node, source.Function)
    return node


class TestNLines:
    def test_leaves_out_the_docstring(self):
        function = _function('''
            def rank(need):
                """Return the best.

                At length.
                """
                return need
            ''')

        assert source.n_lines(function) == 1

    def test_counts_the_signature_of_a_function_without_docstring(self):
        assert source.n_lines(_function("def rank(\n    need\n):\n    return need")) == 4


class TestComplexity:
    @pytest.mark.parametrize(
        ("body", "ways"),
        [
            ("return 1", 1),
            ("if a:\n        return 1\n    elif b:\n        return 2\n    return 3", 3),
            ("for x in a:\n        if x:\n            return 1", 3),
            ("return [x for x in a]", 1),
            ("return [x for x in a if x if b]", 3),
            ("match a:\n        case 1:\n            return b\n        case _:\n            return a", 3),
            ("def inner():\n        if a:\n            return 1\n    return inner", 1),
        ],
    )
    def test_counts_the_ways_through(self, body, ways):
        assert source.complexity(_function(f"def f(a, b):\n    {body}")) == ways


class TestIsAnnotated:
    @pytest.mark.parametrize(
        ("signature", "annotated"),
        [
            ("def f(self, a: int) -> None: ...", True),
            ("def f(self, a) -> None: ...", False),
            ("def f(a: int): ...", False),
            ("def f(*words) -> None: ...", False),
            ("def f(*, a: int, **rest: int) -> None: ...", True),
        ],
    )
    def test_wants_every_argument_and_the_result(self, signature, annotated):
        assert source.is_annotated(_function(signature)) is annotated


class TestExplained:
    @pytest.mark.parametrize(
        ("comment", "explained"),
        [
            ("# type: ignore[arg-type]  # the stubs lag behind", True),
            ("# noqa: S603  # fixed words", True),
            ("# noqa: N815  named so by a standard", True),
            ("# noqa: S603  #", False),
            ("# type: ignore[arg-type]", False),
            ("# type: ignore  # because", False),
            ("# noqa", False),
            ("# pragma: no cover", False),
        ],
    )
    def test_wants_a_rule_and_a_reason(self, comment, explained):
        assert bool(source.EXPLAINED.match(comment)) is explained

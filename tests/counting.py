# SPDX-License-Identifier: EUPL-1.2
"""A plugin that counts which lines and branches of ours the tests reach: `pytest -p tests.counting`.

Code is given marks as it is imported, and loses each that was passed; so counting costs next to nothing where
the same is done over and over. It counts in the process of the tests only, not in those that it starts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import numba
import pytest
import slipcover

SOURCE = Path(__file__).parents[1] / "src" / "scharnier"
OMITTED = ["*/migrations/*"]
DOCUMENTATION = r'^"""\w'  # what a module says of itself
NEVER_REACHED = ["if TYPE_CHECKING:", "@overload", r"^ +\.\.\.$", DOCUMENTATION]

counter = slipcover.Slipcover(branch=True, source=[str(SOURCE)], omit=OMITTED, exclude_also=NEVER_REACHED)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--counted", type=Path, default=Path(".counted.json"), help="where to write what was reached"
    )


def pytest_unconfigure(config: pytest.Config) -> None:
    config.getoption("counted").write_text(json.dumps(counter.get_coverage()), encoding="utf-8")


def _plain(marked: FunctionType) -> FunctionType:
    """Return a function as it is written, without marks."""
    file = Path(marked.__code__.co_filename)
    whole = compile(file.read_bytes(), file, "exec")
    code = next(code for code in _codes(whole) if code.co_qualname == marked.__qualname__)
    plain = FunctionType(code, marked.__globals__, marked.__name__)
    plain.__module__, plain.__qualname__ = marked.__module__, marked.__qualname__
    return plain


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _codes(inner)


def _compile_without_marks(njit: Callable[..., Any]) -> Callable[..., Any]:
    """Return numba's njit, which knows no marks, for marked functions; they stay so for Python itself."""

    def _njit(*functions: Callable[..., object], **options: object) -> Any:
        if functions:
            return njit(*functions, **options)

        def _compiled(function: FunctionType) -> Any:
            if not matcher.matches(function.__code__.co_filename):
                return njit(**options)(function)
            dispatcher = njit(**options)(_plain(function))
            dispatcher.py_func = function
            return dispatcher

        return _compiled

    return _njit


matcher = slipcover.FileMatcher(sources=[SOURCE], omit=OMITTED)
slipcover.ImportManager(counter, matcher).__enter__()
numba.njit = _compile_without_marks(numba.njit)

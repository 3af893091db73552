# SPDX-License-Identifier: EUPL-1.2
"""Every public name, error, setting and command is explained somewhere."""

from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from dataclasses import is_dataclass
from importlib import import_module
from pkgutil import iter_modules
from string import Formatter
from types import FunctionType, ModuleType

import click
import pytest

import scharnier.core
from scharnier.cli.__main__ import app
from tests.architecture import source

DOCS = source.ROOT / "docs"
LANGUAGES = {"nl", "en"}
PARAMETERS = "Parameters\n----------\n"
NOT_TERMS = {
    "NetworkIndex",
    "Problem",
    "Projection",
}  # how a value is held or checked, nothing people speak of
SETTING = re.compile(r"(?<=variables, \")[A-Z_]+(?=\")")


def _facades() -> Iterator[ModuleType]:
    for found in iter_modules(scharnier.core.__path__, prefix="scharnier.core."):
        module = import_module(found.name)
        if hasattr(module, "__all__"):
            yield module


def _exported() -> dict[str, object]:
    return {
        f"{facade.__name__.removeprefix('scharnier.')}.{name}": getattr(facade, name)
        for facade in _facades()
        for name in facade.__all__
    }


def _functions() -> dict[str, FunctionType]:
    return {name: thing for name, thing in _exported().items() if isinstance(thing, FunctionType)}


def _undescribed(function: FunctionType) -> list[str]:
    _, _, rest = (inspect.getdoc(function) or "").partition(PARAMETERS)
    described = re.split(r"\n\n[A-Z]\w+\n--", rest)[0]
    heads = {name.strip() for line in described.splitlines() if line[:1].strip() for name in line.split(",")}
    return sorted(set(inspect.signature(function).parameters) - heads) if rest else []


def _codes() -> dict[str, str]:
    """Return the name of each error class with the code it gives itself, read from the source."""
    return {
        node.name: statement.value.value
        for module in source.modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and [ast.unparse(target) for target in statement.targets] == ["code"]
        and isinstance(statement.value, ast.Constant)
        and "." in str(statement.value.value)
    }


def _with_facts_of_their_own() -> set[str]:
    """Return the classes that make their facts in a constructor; its callers name other things."""
    return {
        node.name
        for module in source.modules()
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
        and any(isinstance(inner, source.Function) and inner.name == "__init__" for inner in node.body)
    }


def _raised() -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield where an error is made, its code and the facts it is given, where they are named there."""
    codes = {name: code for name, code in _codes().items() if name not in _with_facts_of_their_own()}
    for module in source.modules():
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and (code := codes.get(ast.unparse(node.func).split(".")[-1])):
                facts = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                if len(facts) == len(node.keywords):
                    yield f"{module.place}:{node.lineno}", code, facts


def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads((source.PACKAGE / "formats/wording/errors.toml").read_text(encoding="utf-8"))


def _facts_in(sentence: str) -> frozenset[str]:
    return frozenset(re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(sentence) if name)


def _commands(command: click.Command, words: str) -> Iterator[str]:
    yield words
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from _commands(inner, f"{words} {name}")


class TestPublicNames:
    @pytest.mark.parametrize(
        ("layer", "share"),
        [("core", 1.0), ("formats", 0.9), ("example", 0.9), ("cli", 0.9), ("apps", 0.9), ("site", 0.9)],
    )
    def test_are_documented(self, layer, share):
        bare, total = source.undocumented(layer)

        assert len(bare) <= (1 - share) * total, bare


class TestCoreFunctions:
    def test_show_an_example_that_runs(self):
        bare = [name for name, function in _functions().items() if ">>> " not in (function.__doc__ or "")]

        assert bare == []

    def test_describe_every_argument_when_they_describe_one(self):
        undescribed = {name: _undescribed(function) for name, function in _functions().items()}

        assert {name: missing for name, missing in undescribed.items() if missing} == {}


class TestErrors:
    def test_have_a_code_of_their_own(self):
        codes = list(_codes().values())

        assert sorted({code for code in codes if codes.count(code) > 1}) == []

    def test_have_a_sentence_in_both_languages(self):
        sentences = _sentences()

        assert [code for code in _codes().values() if not set(sentences.get(code, ())) >= LANGUAGES] == []

    def test_are_made_with_the_facts_that_the_sentences_name(self):
        named = {
            code: frozenset().union(*map(_facts_in, by_language.values()))
            for code, by_language in _sentences().items()
        }

        lacking = {place: named[code] - facts for place, code, facts in _raised() if code in named}

        assert {place: missing for place, missing in lacking.items() if missing} == {}


class TestCommands:
    def test_are_in_the_reference(self):
        described = (DOCS / "reference/cli.md").read_text(encoding="utf-8")

        assert [words for words in _commands(app, "scharnier") if f"`{words}" not in described] == []


class TestSettings:
    def test_are_in_the_reference(self):
        names = SETTING.findall((source.PACKAGE / "site/environment.py").read_text(encoding="utf-8"))
        described = (DOCS / "reference/settings.md").read_text(encoding="utf-8")

        assert [name for name in names if f"`SCHARNIER_{name}`" not in described] == []


class TestGlossary:
    def test_has_every_kind_of_value_of_the_network_and_the_functions(self):
        values = {
            thing.__name__
            for name, thing in _exported().items()
            if isinstance(thing, type)
            and is_dataclass(thing)
            and not name.startswith(("core.kernel.", "core.text."))
        }
        terms = {re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).lower() for name in values - NOT_TERMS}
        described = (DOCS / "glossary.md").read_text(encoding="utf-8").lower()

        assert sorted(term for term in terms if f"**{term}**" not in described) == []

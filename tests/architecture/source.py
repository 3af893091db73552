# SPDX-License-Identifier: EUPL-1.2
"""Measure the source: `python -m tests.architecture.source` prints every figure of STYLE.md's budgets."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import TypeGuard

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "scharnier"
Function = ast.FunctionDef | ast.AsyncFunctionDef
BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
SUPPRESSION = re.compile(r"# (type: ignore|noqa|pragma: no (cover|branch))")
EXPLAINED = re.compile(r"# (type: ignore\[[\w-]+(, [\w-]+)*\]  # |noqa: [A-Z]+\d+(, [A-Z]+\d+)*  (# )?)\w.*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One file of the package, read once."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def n_lines(self) -> int:
        return len(self.text.splitlines())

    def functions(self) -> Iterator[Function]:
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def modules() -> tuple[Module, ...]:
    return tuple(_read(path) for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts)


@cache
def project_files() -> tuple[Path, ...]:
    """Return every file that is, or may come to be, in the repository; all that is there without git."""
    git = shutil.which("git")
    words = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if git and (ROOT / ".git").exists():
        listed = subprocess.run([git, *words], cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603  # fixed words
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        hidden = {".venv", "var", "dist", "node_modules", "__pycache__"}
        paths = [path for path in ROOT.rglob("*") if not hidden & set(path.relative_to(ROOT).parts)]
    return tuple(sorted({path for path in paths if path.is_file()}))


def per_function(measure: Callable[[Function], int]) -> dict[str, int]:
    return {
        f"{module.place}:{function.lineno} {function.name}": measure(function)
        for module in modules()
        for function in module.functions()
    }


def n_lines(function: Function) -> int:
    """Count from the signature to the end; a docstring and the lines before it do not count."""
    assert function.end_lineno is not None
    documented = ast.get_docstring(function) is not None
    first = function.body[0].end_lineno if documented else function.lineno - 1
    assert first is not None
    return function.end_lineno - first


def complexity(function: Function) -> int:
    """Count the ways through (McCabe); an inner function counts for itself."""
    return 1 + sum(
        len(node.ifs) if isinstance(node, ast.comprehension) else isinstance(node, BRANCHES)
        for node in _own_nodes(function)
    )


def is_annotated(function: Function) -> bool:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    if named and named[0].arg in {"self", "cls", "_cls"}:
        named = named[1:]
    every = [*named, *filter(None, (arguments.vararg, arguments.kwarg))]
    return function.returns is not None and all(argument.annotation for argument in every)


def suppressions() -> Iterator[tuple[str, str]]:
    for module in modules():
        for number, line in enumerate(module.text.splitlines(), start=1):
            if found := SUPPRESSION.search(line):
                yield f"{module.place}:{number}", line[found.start() :]


def public_definitions(module: Module) -> Iterator[Function | ast.ClassDef]:
    """Yield the module's own functions and classes, and the methods of those classes."""
    for node in module.tree.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from filter(_is_public_method, node.body)


def undocumented(layer: str) -> tuple[list[str], int]:
    """Return the public names of a layer that have no docstring, and how many public names it has."""
    named = [
        (f"{module.place}:{node.lineno} {node.name}", ast.get_docstring(node))
        for module in modules()
        if module.path.is_relative_to(PACKAGE / layer)
        for node in public_definitions(module)
    ]
    return [name for name, text in named if not text], len(named)


def n_test_lines() -> int:
    return sum(_n_filled(path) for path in (ROOT / "tests").rglob("*.py"))


def n_code_lines() -> int:
    return sum(_n_filled(module.path) for module in modules())


def percentile_95(values: list[int]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def _is_public_method(node: ast.stmt) -> TypeGuard[Function]:
    return isinstance(node, Function) and not node.name.startswith("_")


def _read(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path=path, text=text, tree=ast.parse(text))


def _own_nodes(function: Function) -> Iterator[ast.AST]:
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, Function | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))


def _n_filled(path: Path) -> int:
    return sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())


def main() -> None:
    """Print the figures, and what is largest."""
    lengths, branches = per_function(n_lines), per_function(complexity)
    files = {module.place: module.n_lines for module in modules()}
    for title, sizes in {"function lines": lengths, "branches": branches, "file lines": files}.items():
        counts = list(sizes.values())
        print(f"{title}: median {median(counts):g}, p95 {percentile_95(counts):g}, max {max(counts)}")  # noqa: T201
        for place, size in sorted(sizes.items(), key=lambda pair: -pair[1])[:5]:
            print(f"  {size:4d}  {place}")  # noqa: T201
    found, total = len(list(suppressions())), sum(files.values())
    print(f"suppressions: {found} in {total} lines ({1000 * found / total:.2f} per 1000)")  # noqa: T201
    print(f"test lines per line of code: {n_test_lines() / n_code_lines():.2f}")  # noqa: T201


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: EUPL-1.2
"""`./run` on a machine that has a Python and a registry: here a small project, and a folder of packages."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOBODY = 65534
TOOLS = ("sh", "cat", "cmp", "dirname", "mkdir", "rm", "cp", "env")
NO_REGISTRY = "The packages do not come in: is there a connection to the package registry (PyPI)? See {log}"
PROGRAM = """
import sys
import hinge
print(hinge.SAYS, *sys.argv[1:])
"""
BACKEND = """
import zipfile, pathlib
def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "scharnier-1-py3-none-any.whl"
    about = "Metadata-Version: 2.1\\nName: scharnier\\nVersion: 1\\n"
    kind = "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
    with zipfile.ZipFile(pathlib.Path(wheel_directory, name), "w") as wheel:
        wheel.writestr("scharnier.pth", str(pathlib.Path("src").resolve()))
        wheel.writestr("scharnier-1.dist-info/METADATA", about)
        wheel.writestr("scharnier-1.dist-info/WHEEL", kind)
        wheel.writestr("scharnier-1.dist-info/RECORD", "")
    return name
"""
PROJECT = """
[project]
name = "scharnier"
version = "1"
[build-system]
requires = ["hinge"]
build-backend = "backend"
backend-path = ["."]
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A folder with `run` and little else, and the packages it may fetch."""

    folder: Path
    packages: Path
    variables: Mapping[str, str]

    @property
    def command(self) -> str:
        return str(self.folder / "run")

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  # our own program
            [self.command, *words],
            env={**self.variables, **variables},
            cwd=self.folder.parent,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )


def _write_package(folder: Path, says: str) -> str:
    """Write a wheel of the package hinge and return the line of a lock that pins it."""
    version = f"{len(list(folder.iterdir())) + 1}.0"
    path = folder / f"hinge-{version}-py3-none-any.whl"
    about = f"hinge-{version}.dist-info"
    contents = {
        "hinge.py": f"SAYS = {says!r}\n",
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: hinge\nVersion: {version}\n",
        f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in contents.items():
            wheel.writestr(name, text)
        wheel.writestr(f"{about}/RECORD", "".join(_record(name, text) for name, text in contents.items()))
    return f"hinge=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def _record(name: str, text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(text)}\n"


def _tools(folder: Path, *, python: bool) -> str:
    folder.mkdir()
    for tool in TOOLS:
        (folder / tool).symlink_to(str(shutil.which(tool)))
    if python:
        (folder / "python3").symlink_to(getattr(sys, "_base_executable", sys.executable))
    return str(folder)


def _make_project(folder: Path) -> Project:
    packages = folder / "packages"
    packages.mkdir()
    project = folder / "a project"  # with a space: a path may hold one
    (project / "src/scharnier/cli").mkdir(parents=True)
    shutil.copy(ROOT / "run", project / "run")
    (project / "src/scharnier/cli/__main__.py").write_text(PROGRAM)
    (project / "backend.py").write_text(BACKEND)
    (project / "pyproject.toml").write_text(PROJECT)
    (project / "requirements.lock").write_text(_write_package(packages, "two leaves on a pin"))
    variables = {
        "PATH": _tools(folder / "bin", python=True),
        "HOME": str(folder),
        "LANG": "en_GB.UTF-8",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(packages),
    }
    return Project(folder=project, packages=packages, variables=variables)


def _interrupt_while_fetching(project: Project) -> tuple[int, str]:
    """Press Ctrl-C while the registry keeps us waiting; return the exit code and what was said."""
    with socket.create_server(("127.0.0.1", 0)) as registry:
        registry.settimeout(60)
        address = f"http://127.0.0.1:{registry.getsockname()[1]}/"
        process = subprocess.Popen(  # noqa: S603  # our own program
            [project.command, "ask"],
            env={**project.variables, "PIP_FIND_LINKS": address},
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        connection, _ = registry.accept()
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
        connection.close()
    return process.returncode, said


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRuns:
    """What happened on a new machine: interrupted, then well."""

    project: Project
    interrupted: tuple[int, str]
    well: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> FirstRuns:
    project = _make_project(tmp_path_factory.mktemp("run"))
    return FirstRuns(
        project=project,
        interrupted=_interrupt_while_fetching(project),
        well=project.run("ask", "my rent is too high", "--limit", "3"),
    )


@pytest.fixture
def untouched(tmp_path: Path) -> Project:
    return _make_project(tmp_path)


class TestFirstRun:
    def test_stops_in_one_sentence_when_interrupted(self, first):
        code, said = first.interrupted

        assert (code, said.splitlines()[1:]) == (130, ["Stopped; the next run starts here again."])

    def test_heals_and_hands_the_words_to_the_program(self, first):
        assert first.well.stdout == "two leaves on a pin ask my rent is too high --limit 3\n"

    def test_says_what_takes_so_long_apart_from_the_answer(self, first):
        assert first.well.stderr == "Fetching and placing the packages: once, about a minute ...\n"


class TestNextRun:
    def test_needs_no_registry_and_says_nothing(self, first):
        again = first.project.run("ask", PIP_FIND_LINKS="")

        assert (again.returncode, again.stderr) == (0, "")
        assert again.stdout.endswith(" ask\n")

    def test_follows_a_changed_lock(self, first):
        lock = first.project.folder / "requirements.lock"
        lock.write_text(_write_package(first.project.packages, "a new pin"))

        assert first.project.run("ask").stdout == "a new pin ask\n"

    def test_says_in_one_sentence_that_the_registry_is_missing(self, first, untouched):
        venv = shutil.copytree(first.project.folder / ".venv", untouched.folder / ".venv", symlinks=True)
        (untouched.folder / "requirements.lock").write_text(f"hinge==9.0 --hash=sha256:{'0' * 64}\n")

        done = untouched.run("ask", PIP_FIND_LINKS="")

        assert (done.returncode, done.stderr.splitlines()[1:]) == (
            1,
            [NO_REGISTRY.format(log=venv / "install.log")],
        )

    def test_hands_on_the_exit_code(self, first):
        program = first.project.folder / "src/scharnier/cli/__main__.py"
        program.write_text("raise SystemExit(2)")

        code = first.project.run("nonsense").returncode

        program.write_text(PROGRAM)
        assert code == 2


class TestHelp:
    @pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
    def test_names_the_words_and_makes_nothing(self, untouched, words):
        done = untouched.run(*words)

        assert all(f"./run {word}" in done.stdout for word in ("demo", "test", "check", "ask"))
        assert not (untouched.folder / ".venv").exists()

    @pytest.mark.parametrize("variable", ["LANG", "LC_ALL", "LC_MESSAGES"])
    def test_speaks_dutch_where_the_machine_does(self, untouched, variable):
        assert "voorbeeldbuurt" in untouched.run(**{variable: "nl_NL.UTF-8"}).stdout


class TestWithoutPython:
    def test_says_in_one_sentence_what_is_needed(self, untouched, tmp_path):
        done = untouched.run("ask", PATH=_tools(tmp_path / "bare", python=False))

        assert (done.returncode, done.stderr) == (
            1,
            "Scharnier needs Python 3.11 or newer, and this machine has none.\n",
        )

    def test_does_not_take_an_old_one(self, untouched, tmp_path):
        tools = _tools(tmp_path / "old", python=False)
        old = Path(tools, "python3")
        old.write_text("#!/bin/sh\nexit 1\n")
        old.chmod(0o755)

        assert untouched.run("ask", PATH=tools).returncode == 1


@pytest.fixture
def read_only() -> Iterator[Path]:
    """A folder of the project in which nobody, or we when we are not root, can write."""
    folder = Path(tempfile.mkdtemp())
    shutil.copy(ROOT / "run", folder / "run")
    for name in ("requirements.lock", "pyproject.toml"):
        (folder / name).touch()
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


class TestReadOnlyFolder:
    def test_says_in_one_sentence_that_it_cannot_write(self, read_only):
        other = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run(  # noqa: S603  # our own program
            [read_only / "run", "demo"],
            env={"PATH": os.environ["PATH"], "LANG": "en"},
            cwd=read_only,
            capture_output=True,
            text=True,
            check=False,
            **other,
        )

        assert (done.returncode, done.stderr) == (
            1,
            f"I cannot write in {read_only}; copy the folder to a place where I can.\n",
        )

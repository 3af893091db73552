# SPDX-License-Identifier: EUPL-1.2
# The recipes of the project; `./run check` makes the environment first, then does `just check`.

set shell := ["bash", "-euo", "pipefail", "-c"]

bin := justfile_directory() / ".venv/bin"
export PATH := bin + ":" + env("PATH")

# List the recipes
default:
    @just --list --unsorted

# Everything a change has to pass that is not a test; the tests are `just test`
check: lint types imports lock vendored budgets

# Names, order, formatting, complexity
lint:
    ruff check
    ruff format --check

# Every function typed
types:
    mypy src

# Who may import whom
imports:
    lint-imports

# The lock pins everything by hash, names no host, and fits pyproject.toml
lock:
    python scripts/lock.py --check

# The vendored front-end files are what their manifest says
vendored:
    cd src/scharnier/site/static/vendor && sha256sum --check --quiet SHA256SUMS

# Shape, wording, documentation and its examples
budgets:
    python -m pytest -q src tests/architecture tests/docs

# All tests, with a process for each core; arguments go to pytest instead
test *arguments:
    {{ if arguments == "" { "PYTHONHASHSEED=0" } else { "" } }} python -m pytest {{ if arguments == "" { "-n auto --dist loadfile" } else { arguments } }}

# Run the tests and tell what they reach
coverage: && coverage-report
    rm -f .counted*.json
    python -m pytest -q -p tests.counting

# Lines and branches that the last run reached: 100 % of core, 90 % of the rest
coverage-report:
    python scripts/reached.py .counted*.json

# Mend what a machine can mend
fix:
    ruff check --fix
    ruff format

# Read the documentation's examples and links again
docs:
    python -m pytest -q tests/docs

# Measure what the documentation claims, beside the stored run; `--store` keeps the figures
bench *arguments:
    python scripts/bench.py {{ arguments }}

# Resolve the dependencies again; `just lock-again --upgrade` takes newer versions
lock-again *arguments:
    python scripts/lock.py {{ arguments }}

# Date the changelog, bump the version, commit and tag: `just release 0.2.0`
release version:
    python scripts/release.py {{ version }}

# SPDX-License-Identifier: EUPL-1.2
"""Run the measurements in bench/ and lay them beside the stored run; `--store` keeps the new figures.

Each script there measures one claim and prints JSON lines. Names choose some: `just bench load_network`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT / "bench"
RESULTS = BENCH / "results"

Figures = Mapping[str, object]


def measure(script: Path) -> list[Figures]:
    """Run one script and return what it printed."""
    done = subprocess.run([sys.executable, script], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603  # ours
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def compare(new: list[Figures], stored: list[Figures]) -> Iterator[str]:
    """Yield a line for each figure: the new one, the stored one, and their ratio where both are numbers."""
    for position, figures in enumerate(new):
        before = stored[position] if position < len(stored) else {}
        for name, value in figures.items():
            yield f"  {name}: {value}{_beside(value, before.get(name))}"


def _beside(value: object, before: object) -> str:
    if before is None or before == value:
        return ""
    if isinstance(value, int | float) and isinstance(before, int | float) and before:
        return f"  (stored {before}, x {value / before:.2f})"
    return f"  (stored {before})"


def main() -> None:
    """Measure what the words name, or all."""
    names = [word for word in sys.argv[1:] if not word.startswith("-")]
    scripts = [BENCH / f"{name}.py" for name in names] or sorted(BENCH.glob("[a-z]*.py"))
    for script in scripts:
        print(script.stem)  # noqa: T201  # the result of this program
        file = RESULTS / f"{script.stem}.json"
        stored = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
        new = measure(script)
        print("\n".join(compare(new, stored)))  # noqa: T201  # the result of this program
        if "--store" in sys.argv[1:]:
            RESULTS.mkdir(exist_ok=True)
            file.write_text(json.dumps(new, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

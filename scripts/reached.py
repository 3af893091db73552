# SPDX-License-Identifier: EUPL-1.2
"""Tell what no test reaches, of what runs of pytest with `-p tests.counting` counted together.

`python scripts/reached.py .counted.*.json` asks for 100 % of core and 90 % of the rest, lines and branches.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from slipcover import merge_coverage

CORE = "src/scharnier/core/"
LEAST_OF_CORE, LEAST_OF_THE_REST = 100.0, 90.0
Counted = Mapping[str, Mapping[str, Any]]  # by file


def reached(files: Counted) -> float:
    """Return how many in a hundred lines and branches of some files were reached."""
    hits = sum(len(file["executed_lines"]) + len(file["executed_branches"]) for file in files.values())
    gaps = sum(len(file["missing_lines"]) + len(file["missing_branches"]) for file in files.values())
    return 100 * hits / (hits + gaps) if hits + gaps else 0.0


def gaps(files: Counted) -> Iterator[str]:
    """Yield what was not reached, a file a line."""
    for name, file in sorted(files.items()):
        branches = [f"{start}->{end or 'exit'}" for start, end in file["missing_branches"]]
        if missing := [*map(str, file["missing_lines"]), *branches]:
            yield f"{name}: {', '.join(missing)}"


def main() -> None:
    """Do what the words ask."""
    counted, *others = [json.loads(Path(word).read_text(encoding="utf-8")) for word in sys.argv[1:]]
    for other in others:
        merge_coverage(counted, other)
    files: Counted = counted["files"]
    core = {name: file for name, file in files.items() if name.startswith(CORE)}
    rest = {name: file for name, file in files.items() if name not in core}
    failed = False
    for title, part, least in (("Core", core, LEAST_OF_CORE), ("The rest", rest, LEAST_OF_THE_REST)):
        share = reached(part)
        failed = failed or share < least
        print(*gaps(part), f"{title}: {share:.1f} % reached; {least:.0f} % is asked.", sep="\n")  # noqa: T201  # the result of this program
    sys.exit(failed)


if __name__ == "__main__":
    main()

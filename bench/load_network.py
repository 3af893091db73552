# SPDX-License-Identifier: EUPL-1.2
"""Claim: a network of 100,000 persons and 1,000,000 ties loads in under 20 s and 2 GB."""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import time
from datetime import date, timedelta

from scharnier.core import network
from scharnier.core.kernel import NetworkId, PersonId
from scharnier.formats import network_json

N_PERSONS, N_TIES, SEED = 100_000, 1_000_000, 1
FIRST_DAY, N_DAYS = date(2023, 1, 1), 1_000
KILOBYTES_PER_GIGABYTE = 1_000_000


def make_file() -> bytes:
    """Return the file; made in a process of its own, so that its memory does not count."""
    dice = random.Random(SEED)  # noqa: S311  # figures, not secrets
    persons = tuple(
        network.Person(id=PersonId(f"person-{number}"), name=f"Person {number}")
        for number in range(N_PERSONS)
    )
    ties = tuple(_a_tie(dice) for _ in range(N_TIES))
    whole = network.Network(id=NetworkId("large"), name="Large", persons=persons, ties=ties)
    return network_json.write_network(whole)


def _a_tie(dice: random.Random) -> network.Tie:
    source, target = dice.sample(range(N_PERSONS), k=2)
    return network.Tie(
        source_id=PersonId(f"person-{source}"),
        target_id=PersonId(f"person-{target}"),
        observed_date=FIRST_DAY + timedelta(days=dice.randrange(N_DAYS)),
    )


def measure(data: bytes) -> dict[str, float]:
    """Return seconds of CPU and wall time to read and to index, and the peak memory of this process."""
    started, started_cpu = time.perf_counter(), time.process_time()
    whole = network_json.read_network(data)
    read = time.perf_counter() - started
    network.index_network(whole)
    return {
        "persons": len(whole.persons),
        "ties": len(whole.ties),
        "megabytes": round(len(data) / 1e6, 1),
        "read_seconds": round(read, 2),
        "read_and_index_seconds": round(time.perf_counter() - started, 2),
        "cpu_seconds": round(time.process_time() - started_cpu, 2),
        "peak_gigabytes": round(
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_PER_GIGABYTE, 3
        ),
    }


if __name__ == "__main__":
    if sys.argv[1:] == ["--make"]:
        sys.stdout.buffer.write(make_file())
    else:
        command = [sys.executable, __file__, "--make"]
        made = subprocess.run(command, check=True, capture_output=True)  # noqa: S603  # this very script
        sys.stdout.write(json.dumps(measure(made.stdout)) + "\n")

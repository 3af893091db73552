# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from scharnier import example
from scharnier.core import network


@pytest.fixture(scope="session")
def kruisveld():
    return example.load_kruisveld()


@pytest.fixture(scope="session")
def elsewhen():
    """Kruisveld from another seed."""
    return example.load_kruisveld(seed=2)


@pytest.fixture(scope="session")
def index(kruisveld):
    return network.index_network(kruisveld.network)

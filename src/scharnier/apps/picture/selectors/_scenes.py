# SPDX-License-Identifier: EUPL-1.2
"""The scenes of this process, one per network, set again when the network or the day changed."""

from __future__ import annotations

from datetime import date
from threading import Lock

from scharnier.apps.people import selectors as people
from scharnier.core import picture
from scharnier.core.kernel import NetworkId

MOST_SCENES = 8  # networks whose scene stays in memory, in one process


class SceneStore:
    """Keeps the scenes, each with the layout that was computed for it."""

    def __init__(self, *, most: int = MOST_SCENES) -> None:
        self._most = most
        self._kept: dict[NetworkId, tuple[str, picture.Scene]] = {}
        self._lock = Lock()

    def scene(self, network_id: NetworkId, *, on: date) -> picture.Scene:
        """Return the scene of a network as it stands now; one query when nothing changed.

        Raises
        ------
        NetworkNotFound
        """
        revision = people.revision(network_id)
        with self._lock:
            found = self._kept.pop(network_id, None)
            if found is None or (found[0], found[1].on) != (revision, on):
                snapshot = people.read_snapshot(network_id)
                found = snapshot.revision, picture.set_scene(snapshot.network, on=on)
            while len(self._kept) >= self._most:
                self._kept.pop(next(iter(self._kept)))  # the one not asked for longest
            self._kept[network_id] = found
        return found[1]


STORE = SceneStore()

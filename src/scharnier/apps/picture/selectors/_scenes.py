# SPDX-License-Identifier: EUPL-1.2
"""The scenes of this process, one per network, set again when the network or the day changed."""

from __future__ import annotations

from datetime import date

from scharnier.apps.people import selectors as people
from scharnier.core import picture
from scharnier.core.kernel import NetworkId


def set_scene(snapshot: people.Snapshot, on: date) -> picture.Scene:
    """Return a network made ready to draw; a large one, made aside, with everybody in place."""
    scene = picture.set_scene(snapshot.network, on=on)
    if len(snapshot.network.persons) > people.MOST_AT_ONCE:
        scene.find_places()
    return scene


class SceneStore:
    """Keeps the scenes, each with the layout that was computed for it."""

    def __init__(self, keeper: people.Keeper[picture.Scene]) -> None:
        self._keeper = keeper
        self._renewed: dict[NetworkId, tuple[str, picture.Scene]] = {}  # at the revision of who was looked up

    def scene(self, network_id: NetworkId, *, on: date) -> picture.Scene:
        """Return the scene of a network, with who may be seen as it stands now.

        Raises
        ------
        NetworkNotFound
        """
        kept = self._keeper.read(network_id, on=on)
        if kept.newer is None:
            self._renewed.pop(network_id, None)
            return kept.made
        revision, renewed = self._renewed.get(network_id, ("", kept.made))
        if (revision, renewed.on) != (kept.newer, on):
            sight = people.read_sight(network_id, on=on)
            renewed = picture.renew_scene(kept.made, listed=sight.listed, ties=sight.ties, on=on)
            self._renewed[network_id] = kept.newer, renewed
        return renewed


STORE = SceneStore(people.Keeper(set_scene))

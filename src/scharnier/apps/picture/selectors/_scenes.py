# SPDX-License-Identifier: EUPL-1.2
"""The scenes of this process, one per network, set again when the network or the day changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from scharnier.apps.people import selectors as people
from scharnier.apps.picture.selectors._drawings import Drawing
from scharnier.core import picture
from scharnier.core.kernel import Actor, NetworkId

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
MOST_DRAWINGS = 12  # of a scene
MOST_STAGES = 8  # networks, in one process


def set_scene(snapshot: people.Snapshot, on: date) -> picture.Scene:
    """Return a network made ready to draw; a large one, made aside, with everybody in place."""
    scene = picture.set_scene(snapshot.network, on=on)
    if len(snapshot.network.persons) > people.MOST_AT_ONCE:
        scene.find_places()
    return scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A scene with what was drawn of it lately, which holds as long as the scene does."""

    scene: picture.Scene
    drawings: dict[tuple[picture.Selection, picture.Viewpoint], Drawing] = field(default_factory=dict)

    def draw(self, selection: picture.Selection, *, actor: Actor) -> Drawing:
        """Return what an actor sees; what was drawn at the same viewpoint serves all who stand there."""
        key = selection, picture.find_viewpoint(self.scene, actor=actor)
        drawing = self.drawings.get(key)
        if drawing is None:
            seen = picture.see_picture(self.scene, selection, actor=actor)
            drawing = Drawing(scene=self.scene, seen=seen)
        _put_last(self.drawings, key, drawing, most=MOST_DRAWINGS)
        return drawing


def _put_last(kept: dict[_Key, _Value], key: _Key, value: _Value, *, most: int) -> None:
    """Keep something as the latest, and let go of what was not asked for longest."""
    kept.pop(key, None)
    for oldest in list(kept)[: max(0, len(kept) + 1 - most)]:
        kept.pop(oldest, None)  # another thread may have done so
    kept[key] = value


class SceneStore:
    """Keeps the scenes, each with the layout that was computed for it."""

    def __init__(self, keeper: people.Keeper[picture.Scene]) -> None:
        self._keeper = keeper
        self._renewed: dict[NetworkId, tuple[str, picture.Scene]] = {}  # at the revision of who was looked up
        self._stages: dict[NetworkId, Stage] = {}

    def stage(self, network_id: NetworkId, *, on: date) -> Stage:
        """Return the scene of a network, with what was drawn of it since who may be seen last changed.

        Raises
        ------
        NetworkNotFound
        """
        scene = self.scene(network_id, on=on)
        stage = self._stages.get(network_id)
        if stage is None or stage.scene is not scene:
            stage = Stage(scene=scene)
        _put_last(self._stages, network_id, stage, most=MOST_STAGES)
        return stage

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

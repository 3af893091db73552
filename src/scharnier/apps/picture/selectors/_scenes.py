# SPDX-License-Identifier: EUPL-1.2
"""The scenes of this process, one per network, set again when the network or the day changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from scharnier.apps.people import selectors as people
from scharnier.apps.picture import aside
from scharnier.apps.picture.selectors._drawings import Drawing
from scharnier.core import picture
from scharnier.core.kernel import Actor, NetworkId

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")
MOST_DRAWINGS = 12  # of a scene
MOST_STAGES = 8  # networks, in one process


def set_scene(snapshot: people.Snapshot, on: date) -> picture.Scene:
    """Return a network made ready to draw; a large one, made aside, with everybody in place."""
    if len(snapshot.network.persons) <= people.MOST_AT_ONCE:
        return picture.set_scene(snapshot.network, on=on)
    scene = picture.set_scene(snapshot.network, on=on, laid_out_by=aside.lay_out)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """A scene that was made before, with who and which ties are in sight at a later revision."""

    revision: str  # of who is in sight
    sight: people.Sight
    scene: picture.Scene

    def is_of(self, made: picture.Scene, *, revision: str, on: date) -> bool:
        """Tell whether nothing that matters here changed since."""
        return self.scene.as_read is made and (self.revision, self.scene.on) == (revision, on)

    def holds(self, made: picture.Scene, *, sight: people.Sight, on: date) -> bool:
        """Tell whether this is what would be made now."""
        return self.scene.as_read is made and (self.scene.on, self.sight) == (on, sight)


class SceneStore:
    """Keeps the scenes, each with the layout that was computed for it."""

    def __init__(self, keeper: people.Keeper[picture.Scene]) -> None:
        self._keeper = keeper
        self._renewed: dict[NetworkId, Renewed] = {}
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
        renewed, revision = self._renewed.get(network_id), people.sight_revision(network_id)
        if renewed is None or not renewed.is_of(kept.made, revision=revision, on=on):
            renewed = self._renew(kept.made, renewed, revision=revision, on=on)
            self._renewed[network_id] = renewed
        return renewed.scene

    def _renew(self, made: picture.Scene, before: Renewed | None, *, revision: str, on: date) -> Renewed:
        """Return a scene with who is in sight now; the one before, when nothing in sight changed."""
        sight = people.read_sight(made.index.network.id, on=on)
        if before is not None and before.holds(made, sight=sight, on=on):
            return replace(before, revision=revision)
        scene = picture.renew_scene(made, listed=sight.listed, ties=sight.ties, on=on)
        return Renewed(revision=revision, sight=sight, scene=scene)


STORE = SceneStore(people.Keeper(set_scene))

# SPDX-License-Identifier: EUPL-1.2
"""Picture: a network as points and lines, for those who may see them."""

from scharnier.core.picture._choosing import find_viewpoint, see_picture
from scharnier.core.picture._grades import Grade, grade_strength
from scharnier.core.picture._layout import LayOut, Point, lay_out
from scharnier.core.picture._model import Age, Line, Node, NodeKind, Picture, Selection, Viewpoint
from scharnier.core.picture._scene import Scene, place_nodes, renew_scene, set_scene

__all__ = [
    "Age",
    "Grade",
    "LayOut",
    "Line",
    "Node",
    "NodeKind",
    "Picture",
    "Point",
    "Scene",
    "Selection",
    "Viewpoint",
    "find_viewpoint",
    "grade_strength",
    "lay_out",
    "place_nodes",
    "renew_scene",
    "see_picture",
    "set_scene",
]

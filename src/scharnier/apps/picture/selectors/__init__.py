# SPDX-License-Identifier: EUPL-1.2
"""Reads of the picture: what somebody sees of a network, and their own contacts."""

from scharnier.apps.picture.selectors._contacts import (
    ContactLine,
    ContactsPage,
    Found,
    contacts_page,
    find_persons,
    name_of_other,
)
from scharnier.apps.picture.selectors._picture import (
    Choices,
    PicturePage,
    Row,
    choices,
    picture_data,
    picture_page,
)
from scharnier.apps.picture.selectors._scenes import SceneStore

__all__ = [
    "Choices",
    "ContactLine",
    "ContactsPage",
    "Found",
    "PicturePage",
    "Row",
    "SceneStore",
    "choices",
    "contacts_page",
    "find_persons",
    "name_of_other",
    "picture_data",
    "picture_page",
]

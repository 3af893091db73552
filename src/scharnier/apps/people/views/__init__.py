# SPDX-License-Identifier: EUPL-1.2
"""Pages of people: parse, one call, render."""

from scharnier.apps.people.views._areas import check_areas, drop_areas, import_areas
from scharnier.apps.people.views._cards import organization, person
from scharnier.apps.people.views._confirming import confirm
from scharnier.apps.people.views._moving import (
    check_import,
    drop_import,
    export_network,
    import_network,
    import_template,
)
from scharnier.apps.people.views._organizations import (
    add_community,
    add_organization,
    add_person,
    add_service,
    check_organization,
    edit_about,
    edit_organization,
    edit_organization_ways,
    edit_service,
)
from scharnier.apps.people.views._own import (
    check_group,
    own_card,
    preview,
    room,
    skills,
    stop_listing,
    undo_stop_listing,
    visibility,
    ways,
    who,
)
from scharnier.apps.people.views._roles import answer_claim, end_role, start_role
from scharnier.apps.people.views._sharing import share, sharing, stop_sharing

__all__ = [
    "add_community",
    "add_organization",
    "add_person",
    "add_service",
    "answer_claim",
    "check_areas",
    "check_group",
    "check_import",
    "check_organization",
    "confirm",
    "drop_areas",
    "drop_import",
    "edit_about",
    "edit_organization",
    "edit_organization_ways",
    "edit_service",
    "end_role",
    "export_network",
    "import_areas",
    "import_network",
    "import_template",
    "organization",
    "own_card",
    "person",
    "preview",
    "room",
    "share",
    "sharing",
    "skills",
    "start_role",
    "stop_listing",
    "stop_sharing",
    "undo_stop_listing",
    "visibility",
    "ways",
    "who",
]

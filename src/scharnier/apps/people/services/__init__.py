# SPDX-License-Identifier: EUPL-1.2
"""Acts on people and networks: one transaction each, and a new revision of the network."""

from scharnier.apps.people.services._areas import import_areas, keep_areas
from scharnier.apps.people.services._cards import (
    Reach,
    Skills,
    UnknownPart,
    change_room,
    change_skills,
    change_visibility,
    change_ways,
    confirm_group,
)
from scharnier.apps.people.services._checks import ask_to_confirm, confirm_by_link
from scharnier.apps.people.services._consents import (
    choose_consents,
    leave_sight,
    return_to_sight,
    withdraw_consent,
)
from scharnier.apps.people.services._importing import (
    DraftReplaced,
    FileTooLarge,
    NothingInFile,
    UnstorableFile,
    drop_draft,
    forget_drafts,
    import_draft,
    keep_draft,
)
from scharnier.apps.people.services._loading import Login, load_logins, load_network
from scharnier.apps.people.services._organizations import (
    NameTaken,
    add_community,
    add_organization,
    add_person,
    change_organization,
    confirm_organization,
    new_id,
    new_person_id,
    save_service,
)
from scharnier.apps.people.services._revisions import bump_revision, finish_act
from scharnier.apps.people.services._roles import (
    RoleEnded,
    UnknownParty,
    answer_claim,
    end_role,
    start_role,
)
from scharnier.apps.people.services._sharing import SharingWish, UnknownAudience, share_card
from scharnier.apps.people.services._topics import UnknownArea, UnknownTopic, adopt_topics, check_areas

__all__ = [
    "DraftReplaced",
    "FileTooLarge",
    "Login",
    "NameTaken",
    "NothingInFile",
    "Reach",
    "RoleEnded",
    "SharingWish",
    "Skills",
    "UnknownArea",
    "UnknownAudience",
    "UnknownPart",
    "UnknownParty",
    "UnknownTopic",
    "UnstorableFile",
    "add_community",
    "add_organization",
    "add_person",
    "adopt_topics",
    "answer_claim",
    "ask_to_confirm",
    "bump_revision",
    "change_organization",
    "change_room",
    "change_skills",
    "change_visibility",
    "change_ways",
    "check_areas",
    "choose_consents",
    "confirm_by_link",
    "confirm_group",
    "confirm_organization",
    "drop_draft",
    "end_role",
    "finish_act",
    "forget_drafts",
    "import_areas",
    "import_draft",
    "keep_areas",
    "keep_draft",
    "leave_sight",
    "load_logins",
    "load_network",
    "new_id",
    "new_person_id",
    "return_to_sight",
    "save_service",
    "share_card",
    "start_role",
    "withdraw_consent",
]

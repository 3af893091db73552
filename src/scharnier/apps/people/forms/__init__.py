# SPDX-License-Identifier: EUPL-1.2
"""Forms of cards: short, one for each group of fields, and plain without JavaScript."""

from scharnier.apps.people.forms._areas import AreasForm, MapForm
from scharnier.apps.people.forms._fields import OF_WORDS, CardForm, Said, day, line, many, offer, one, words
from scharnier.apps.people.forms._looking import NamesForm
from scharnier.apps.people.forms._moving import ConfirmForm, ExportForm, UploadForm, usual_wish
from scharnier.apps.people.forms._organizations import (
    AboutForm,
    CommunityForm,
    OrganizationWaysForm,
    PersonForm,
)
from scharnier.apps.people.forms._own import RoomForm, SkillsForm, VisibilityForm, WaysForm, WhoForm
from scharnier.apps.people.forms._roles import EndRoleForm, StartRoleForm
from scharnier.apps.people.forms._services import ServiceForm, schedule_forms, schedules_of
from scharnier.apps.people.forms._sharing import ShareForm
from scharnier.apps.people.forms._topics import TopicsForm

__all__ = [
    "OF_WORDS",
    "AboutForm",
    "AreasForm",
    "CardForm",
    "CommunityForm",
    "ConfirmForm",
    "EndRoleForm",
    "ExportForm",
    "MapForm",
    "NamesForm",
    "OrganizationWaysForm",
    "PersonForm",
    "RoomForm",
    "Said",
    "ServiceForm",
    "ShareForm",
    "SkillsForm",
    "StartRoleForm",
    "TopicsForm",
    "UploadForm",
    "VisibilityForm",
    "WaysForm",
    "WhoForm",
    "day",
    "line",
    "many",
    "offer",
    "one",
    "schedule_forms",
    "schedules_of",
    "usual_wish",
    "words",
]

# SPDX-License-Identifier: EUPL-1.2
"""What each act on record is called where people read it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTS: Final[Mapping[str, Promise]] = MappingProxyType(
    {
        "account.ended": _("ended an account"),
        "account.role_changed": _("gave somebody another role"),
        "ask.answered": _("asked the network something"),
        "audit.exported": _("took a copy of the log"),
        "card.changed": _("changed a card"),
        "card.checked": _("said that a card is still right"),
        "card.hidden": _("took their card out of sight"),
        "card.read": _("opened a card"),
        "card.shown": _("put their card back in sight"),
        "card.shown_to": _("chose who sees which part of their card"),
        "community.added": _("added a community"),
        "consent.chosen": _("chose what their card may be used for"),
        "consent.withdrawn": _("stopped a use of their card"),
        "data.copied": _("made a copy of what is kept about somebody"),
        "data_request.noted": _("noted a request about data"),
        "emergency.judged": _("judged an emergency"),
        "emergency.tried": _("tried to open a card in an emergency"),
        "invitation.accepted": _("took up an invitation"),
        "invitation.sent": _("invited somebody"),
        "invitation.sent_again": _("sent an invitation again"),
        "invitation.withdrawn": _("withdrew an invitation"),
        "join_request.accepted": _("let somebody join who had asked"),
        "join_request.declined": _("declined a request to join"),
        "join_request.made": _("asked to join"),
        "membership.confirmed": _("said that somebody belongs to the organization"),
        "membership.ended": _("ended a role"),
        "membership.refused": _("said that somebody does not belong to the organization"),
        "membership.started": _("added a role"),
        "network.exported": _("took a copy of the network"),
        "network.imported": _("brought in a list"),
        "network.loaded": _("filled the network from a file"),
        "network.requests_closed": _("closed the page where anyone may ask to join"),
        "network.requests_opened": _("opened the page where anyone may ask to join"),
        "network.started": _("started a network"),
        "objection.made": _("objected to something that others said"),
        "objection.withdrawn": _("took an objection back"),
        "organization.added": _("added an organization"),
        "organization.changed": _("changed the card of an organization"),
        "organization.checked": _("said that the card of an organization is still right"),
        "person.added": _("made a card ready for somebody"),
        "person.erased": _("had somebody erased"),
        "retention.carried_out": _("cleared up what was kept for long enough"),
        "roles.hand_over_undone": _("undid a hand-over"),
        "roles.handed_over": _("handed roles over"),
        "service.added": _("added something people can come for"),
        "service.changed": _("changed something people can come for"),
        "sharing.begun": _("shared a card, or opened one in an emergency"),
        "sharing.stopped": _("stopped sharing a card"),
        "tie.changed": _("changed a contact"),
        "tie.confirmed": _("said that a contact still holds"),
        "tie.declared": _("named a contact"),
        "tie.removed": _("took a contact away"),
        "tie.restored": _("put a contact back"),
    }
)

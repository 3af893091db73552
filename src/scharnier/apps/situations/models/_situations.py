# SPDX-License-Identifier: EUPL-1.2
"""Rows of a situation and of its coalition.

Of an organization that leaves the network the identifier and the name stay; of a person who is erased the
identifier. No signal's words stand here.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scharnier.apps.people.models import Network, Organization, Person
from scharnier.apps.people.models._network import one_of
from scharnier.core.situations import ENDED, InvitationState, Origin, State

WITHOUT_OWNER = [state.value for state in (State.SIGNAL_BUNDLE, State.PROPOSED, State.DISMISSED)]
WITHOUT_OWNER.append(State.HANDED_OVER.value)
ENDED_STATES = sorted(state.value for state in ENDED)


class Situation(models.Model):
    """A problem that several partners share, with its plan."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    question = models.TextField()
    made_on = models.DateField()
    origin = models.TextField()
    template_id = models.TextField(blank=True, default="")
    state = models.TextField(default=State.SIGNAL_BUNDLE.value)
    since = models.DateField(null=True)  # when it came to its state
    owner = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, related_name="+")
    owner_text_id = models.TextField(blank=True, default="")
    owner_name = models.TextField(blank=True, default="")
    lead = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    lead_text_id = models.TextField(blank=True, default="")
    topic_ids = models.JSONField(default=list)
    area_ids = models.JSONField(default=list)
    resident_group_ids = models.JSONField(default=list)
    find = models.JSONField(null=True)  # what the scan found, in metres and days; no signal
    goal = models.TextField(blank=True, default="")
    baseline = models.TextField(blank=True, default="")
    deadline = models.DateField(null=True)
    reason = models.TextField(blank=True, default="")  # said with the last step
    handed_to = models.TextField(blank=True, default="")
    ended_on = models.DateField(null=True)  # since when it waits for nobody but a recheck

    class Meta:
        constraints = [
            one_of("situations_situation_state_known", field="state", kind=State),
            one_of("situations_situation_origin_known", field="origin", kind=Origin),
            models.CheckConstraint(name="situations_situation_asks", condition=~Q(question="")),
            models.CheckConstraint(
                name="situations_situation_has_owner",
                condition=Q(state__in=WITHOUT_OWNER) | ~Q(owner_text_id=""),
            ),
            models.CheckConstraint(
                name="situations_situation_ended_or_not",
                condition=Q(state__in=ENDED_STATES, ended_on__isnull=False)
                | (~Q(state__in=ENDED_STATES) & Q(ended_on__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["network", "state"], name="situations_situation_state"),
            models.Index(fields=["network", "ended_on"], name="situations_situation_ended"),
        ]

    def __str__(self) -> str:
        return f"situation {self.id}"


class BundlePartner(models.Model):
    """An organization whose signals are in the bundle; who it is, only the coalition comes to know."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="bundle")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    share = models.FloatField(default=0.0)  # of what was found, 0..1; told in a word only

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="situations_bundlepartner_once", fields=["situation", "organization"]
            ),
            models.CheckConstraint(name="situations_bundlepartner_share", condition=Q(share__range=(0, 1))),
        ]

    def __str__(self) -> str:
        return f"bundle {self.pk}"


class Invitation(models.Model):
    """One organization asked to take part."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="invitations")
    organization = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, related_name="+")
    organization_text_id = models.TextField()
    organization_name = models.TextField(blank=True, default="")
    invited_on = models.DateField()
    state = models.TextField(default=InvitationState.INVITED.value)
    words = models.TextField(blank=True, default="")  # what it is told before it answers
    reason = models.TextField(blank=True, default="")  # why it declined or left
    changed_on = models.DateField(null=True)
    place = models.PositiveIntegerField()  # oldest first

    class Meta:
        constraints = [
            one_of("situations_invitation_state_known", field="state", kind=InvitationState),
            models.UniqueConstraint(name="situations_invitation_placed", fields=["situation", "place"]),
        ]
        indexes = [
            models.Index(fields=["network", "organization", "state"], name="situations_invitation_of_org"),
            models.Index(fields=["network", "state", "invited_on"], name="situations_invitation_open"),
        ]

    def __str__(self) -> str:
        return f"invitation {self.id}"

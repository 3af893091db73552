# SPDX-License-Identifier: EUPL-1.2
"""Rows of referrals and their turns.

Where a person is erased, the identifier stays beside the empty reference, as in the log; of an organization
that leaves the network the name stays, too. Words are kept in rows of who said them, and go with them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scharnier.apps.people.models import (
    Area,
    Community,
    Network,
    Organization,
    Outcome,
    Person,
    ResidentGroup,
    Service,
)
from scharnier.apps.people.models._network import one_of
from scharnier.core.referral import About, Awaited, ProposedBy, Reason, State

AWAITED = (Awaited.NEXT_PARTY.value, Awaited.OUTCOME.value)  # of a whole referral
ANSWERS = [reason.value for reason in Reason]


def _about_holds() -> Q:
    is_group = Q(about=About.GROUP.value, purpose="", consented_on__isnull=True)
    is_resident = Q(about=About.RESIDENT.value, consented_on__isnull=False, resident_group=None)
    others = [About.PROBLEM.value, About.SITUATION.value]
    is_other = Q(about__in=others, purpose="", consented_on__isnull=True, resident_group=None)
    return is_group | is_resident | is_other


class Referral(models.Model):
    """A need that is brought to one party after another, until it is done, given up or called off."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="referrals")
    text = models.TextField(blank=True)  # empty: the sender was erased, and it is over
    language = models.TextField()
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, null=True, related_name="+")
    topic_ids = models.JSONField(default=list)
    about = models.TextField()
    resident_group = models.ForeignKey(ResidentGroup, on_delete=models.SET_NULL, null=True, related_name="+")
    purpose = models.TextField(blank=True, default="")  # what a resident is referred for
    consented_on = models.DateField(null=True)  # since when that resident agrees
    sender_person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="referrals")
    sender_text_id = models.TextField()  # stays when the person is gone
    sender_organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    source_digest = models.TextField(blank=True, default="")  # of its identifier in the file it came from
    made_at = models.DateTimeField()
    open_since = models.PositiveIntegerField(default=1)  # round
    awaited = models.TextField(
        blank=True, default=""
    )  # of the whole; empty: its turns say what, or it is over
    moved_at = models.DateTimeField()  # the last time that something was done to the whole
    outcome_told_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)  # since when it waits for nobody

    class Meta:
        constraints = [
            one_of("referral_about_known", field="about", kind=About),
            models.CheckConstraint(name="referral_about_holds", condition=_about_holds()),
            models.CheckConstraint(name="referral_awaited_known", condition=Q(awaited__in=["", *AWAITED])),
            models.CheckConstraint(name="referral_language_known", condition=Q(language__in=["nl", "en"])),
            models.CheckConstraint(name="referral_of_a_sender", condition=~Q(sender_text_id="")),
            models.CheckConstraint(name="referral_open_since_a_round", condition=Q(open_since__gte=1)),
            models.CheckConstraint(
                name="referral_over_waits_for_nobody", condition=Q(over_at__isnull=True) | Q(awaited="")
            ),
            models.UniqueConstraint(
                name="referral_of_a_source_once",
                fields=["network", "sender_text_id", "source_digest"],
                condition=~Q(source_digest=""),
            ),
            models.CheckConstraint(
                name="referral_words_while_it_runs", condition=Q(over_at__isnull=False) | ~Q(text="")
            ),
        ]
        indexes = [
            models.Index(fields=["network", "over_at"], name="referral_over"),
            models.Index(fields=["network", "sender_text_id"], name="referral_of_sender"),
            models.Index(
                fields=["network", "moved_at"], condition=Q(over_at__isnull=True), name="referral_running"
            ),
        ]

    def __str__(self) -> str:
        return f"referral {self.id}"


def _of_a_party() -> Q:
    return ~Q(person_text_id="") | ~Q(organization_text_id="")


def _answered_as_it_stands() -> Q:
    """Return the condition that a reason stands with a decline, and with nothing else but what followed."""
    declined = Q(state=State.REJECTED.value, reason__in=ANSWERS)
    void = Q(state=State.ENTERED_IN_ERROR.value)
    return declined | void | (~Q(state=State.REJECTED.value) & Q(reason=""))


class Turn(models.Model):
    """One party asked in one round."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="turns")
    round = models.PositiveIntegerField()
    place_in_round = models.PositiveIntegerField()  # from 1
    state = models.TextField(default=State.DRAFT.value)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="turns")
    person_text_id = models.TextField(blank=True, default="")  # stays when the person is gone
    organization = models.ForeignKey(Organization, on_delete=models.SET_NULL, null=True, related_name="+")
    organization_text_id = models.TextField(blank=True, default="")  # these two stay when it is gone
    organization_name = models.TextField(blank=True, default="")
    community = models.ForeignKey(Community, on_delete=models.SET_NULL, null=True, related_name="+")
    service = models.ForeignKey(Service, on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_by = models.TextField(default=ProposedBy.HAND.value)
    place = models.PositiveIntegerField(null=True)  # among the suggestions
    propensity = models.FloatField(null=True)
    moved_at = models.DateTimeField()  # the last time that something was done to it
    requested_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True, default="")
    rather_person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    rather_organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    until = models.DateField(null=True)
    hours = models.FloatField(null=True)
    elsewhere_at = models.DateTimeField(null=True)  # when another system last said that it works on it
    climbed = models.JSONField(default=list)  # rungs of the ladder
    is_with_coordinator = models.BooleanField(default=False)  # who heard of the silence
    learned = models.ForeignKey(Outcome, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("referral_turn_state_known", field="state", kind=State),
            one_of("referral_turn_proposed_by_known", field="proposed_by", kind=ProposedBy),
            models.CheckConstraint(name="referral_turn_reason_known", condition=Q(reason__in=["", *ANSWERS])),
            models.CheckConstraint(
                name="referral_turn_reason_of_decline", condition=_answered_as_it_stands()
            ),
            models.CheckConstraint(name="referral_turn_of_a_party", condition=_of_a_party()),
            models.CheckConstraint(
                name="referral_turn_numbered", condition=Q(round__gte=1, place_in_round__gte=1)
            ),
            models.CheckConstraint(
                name="referral_turn_hours_not_below", condition=Q(hours__isnull=True) | Q(hours__gte=0)
            ),
            models.CheckConstraint(
                name="referral_turn_asked_unless_draft",
                condition=Q(requested_at__isnull=False)
                | Q(state__in=[State.DRAFT.value, State.ENTERED_IN_ERROR.value]),
            ),
            models.CheckConstraint(
                name="referral_turn_waits_for_a_day",
                condition=~Q(state=State.ON_HOLD.value) | Q(until__isnull=False),
            ),
            models.UniqueConstraint(
                name="referral_turn_once", fields=["referral", "round", "place_in_round"]
            ),
        ]
        indexes = [
            models.Index(fields=["network", "person_text_id", "state"], name="referral_turn_of_person"),
            models.Index(fields=["network", "organization", "state"], name="referral_turn_of_org"),
            models.Index(fields=["network", "state", "requested_at"], name="referral_turn_asked"),
        ]

    def __str__(self) -> str:
        return f"turn {self.id}"

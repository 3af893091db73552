# SPDX-License-Identifier: EUPL-1.2
"""States of what partners do, in words and with the colour beside them."""

from __future__ import annotations

from django import template

from scharnier.apps.situations import labels
from scharnier.apps.situations.selectors import Promise
from scharnier.core.situations import ActionState, AgreementState, Lasting, Progress, Topical

register = template.Library()


@register.filter
def action_state(state: ActionState) -> labels.Said:
    """Return how an action stands, in words."""
    return labels.ACTION_STATES[state]


@register.filter
def action_tone(state: ActionState) -> str:
    """Return the colour beside the words."""
    return labels.ACTION_TONES.get(state, "")


@register.filter
def unmet_state(unmet: Promise) -> str:
    """Return how something stands that did not go as was promised, in words."""
    return labels.say_outcome(unmet)


@register.filter
def agreement_state(state: AgreementState) -> labels.Said:
    """Return what became of an agreement, in words."""
    return labels.AGREEMENT_STATES[state]


@register.filter
def agreement_tone(state: AgreementState) -> str:
    """Return the colour beside the words."""
    return labels.AGREEMENT_TONES.get(state, "")


@register.filter
def topical(about: Topical) -> labels.Said:
    """Return what a point of the agenda is about, in words."""
    return labels.TOPICAL[about]


@register.filter
def progress(how: Progress) -> labels.Said:
    """Return how a figure stands, in words."""
    return labels.PROGRESS[how]


@register.filter
def progress_tone(how: Progress) -> str:
    """Return the colour beside the words."""
    return labels.PROGRESS_TONES.get(how, "")


@register.filter
def lasting(found: Lasting) -> labels.Said:
    """Return whether it held, in words."""
    return labels.LASTING[found]

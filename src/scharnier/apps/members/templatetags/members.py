# SPDX-License-Identifier: EUPL-1.2
"""What templates ask about members."""

from __future__ import annotations

from django import template

from scharnier.apps.members import second_factor, selectors
from scharnier.apps.people.demonstration import ROLES
from scharnier.core.kernel import Actor

register = template.Library()


@register.filter
def keeps_members(actor: Actor | None) -> bool:
    """Tell whether somebody keeps the accounts of the network."""
    return actor is not None and selectors.may_keep_members(actor)


@register.filter
def would_need_second_step(actor: Actor | None) -> bool:
    """Tell whether only this being a demonstration lets somebody in without a second step."""
    return actor is not None and second_factor.would_be_needed(actor)


@register.filter
def role_name(role: str) -> str:
    """Return the word for a role."""
    return str(ROLES[role])

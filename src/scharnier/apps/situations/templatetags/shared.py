# SPDX-License-Identifier: EUPL-1.2
"""What waits in shared situations, on the page of all that waits."""

from __future__ import annotations

from django import template

from scharnier.apps.http import today
from scharnier.apps.situations import selectors, showing
from scharnier.core.kernel import Actor

register = template.Library()


@register.simple_tag
def shared_waiting(actor: Actor) -> tuple[showing.Waiting, ...]:
    """Return what waits for the reader in shared situations, oldest promise first."""
    return showing.show_waiting(selectors.waiting_lines(actor, on=today()), on=today())

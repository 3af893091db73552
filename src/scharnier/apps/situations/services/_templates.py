# SPDX-License-Identifier: EUPL-1.2
"""Acts on the templates of a network, by its coordinators."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.situations import models, templates_of
from scharnier.core import policy, situations
from scharnier.core.kernel import Actor, NotAllowed


class MayNotShape(NotAllowed):
    """Only coordinators change what a network begins from."""

    code = "situations.may_not_shape"


def may_shape(actor: Actor, *, on: date) -> bool:
    """Tell whether somebody may change the templates of their network."""
    thing = policy.Thing(kind=policy.Kind.SITUATION, network_id=actor.network_id)
    return policy.allow(actor, policy.Act.MEND, thing, at=on)


def check_may_shape(actor: Actor, *, on: date) -> None:
    """Let those pass who may change the templates of their network.

    Raises
    ------
    MayNotShape
    """
    if not may_shape(actor, on=on):
        raise MayNotShape(role=actor.role.value)


@transaction.atomic
def save_template(
    template: situations.Template, *, is_offered: bool, actor: Actor, on: date, at: datetime
) -> None:
    """Keep the network's own copy of a template, or a template of its own.

    Raises
    ------
    MayNotShape
    """
    check_may_shape(actor, on=on)
    models.Template.objects.update_or_create(
        network_id=actor.network_id,
        text_id=template.id,
        defaults={"content": templates_of.stored(template), "is_offered": is_offered},
    )
    log.record(actor=actor, act="template.saved", kind="template", object_id=template.id, at=at)


@transaction.atomic
def drop_template(template_id: str, *, actor: Actor, on: date, at: datetime) -> None:
    """Go back to the template of the product, or take away one of the network's own.

    Raises
    ------
    MayNotShape, TemplateNotFound
    """
    check_may_shape(actor, on=on)
    n_gone, _ = models.Template.objects.filter(network_id=actor.network_id, text_id=template_id).delete()
    if not n_gone:
        raise templates_of.TemplateNotFound(template_id=template_id)
    log.record(actor=actor, act="template.dropped", kind="template", object_id=template_id, at=at)

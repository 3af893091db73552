# SPDX-License-Identifier: EUPL-1.2
"""A find that may be told becomes a situation: a bundle of signals of which each partner is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import translation

from scharnier.apps.people.models import Network, Organization
from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import find_mail, find_words, models, rows, scan_rows
from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _working as working
from scharnier.core import audit, situations
from scharnier.core.kernel import AreaId, NetworkId, OrganizationId, SituationId, TopicId
from scharnier.core.situations import Event, Find, Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """What may be told of a find."""

    answer: models.ScanAnswer
    find: Find  # in fixed circles, weeks and steps

    @property
    def topics(self) -> tuple[TopicId, ...]:
        """What it is about, as it was told first."""
        return tuple(map(TopicId, self.answer.topic_ids))


def begin_of_find(bundle: Bundle, *, network_id: NetworkId, on: date, at: datetime) -> SituationId | None:
    """Begin a situation from what was released, and tell partners and coordinators that there is something.

    None: of the partners in it none is an organization that is still here.
    """
    partners = _partners(bundle.answer, network_id=network_id)
    if not partners:
        return None
    value = _situation(bundle, partners, network_id=network_id, on=on)
    row = models.Situation.objects.create(
        id=value.id,
        network_id=network_id,
        question=value.question,
        made_on=on,
        since=on,
        origin=value.origin.value,
        state=value.state.value,
        topic_ids=list(bundle.topics),
        area_ids=sorted(value.area_ids),
        find=rows.find_stored(value.find),
    )
    models.Found.objects.create(network_id=network_id, situation=row, answer=bundle.answer)
    shares = situations.share_bands(scan_rows.release_value(bundle.answer).partners)
    for partner in partners.values():
        share = shares[signals.stream_of(OrganizationId(partner.text_id))]
        models.BundlePartner.objects.create(
            network_id=network_id, situation=row, organization=partner, share=share
        )
    find_mail.tell(network_id, partners, on=on)
    clock = acting.Acted(
        row=row,
        value=value,
        by=audit.System(network_id=network_id),
        capacities=frozenset({situations.Capacity.CLOCK}),
    )
    acting.tell(clock, Event.STEP, at=at, what=acting.BEGUN)
    acting.record("situation.begun", clock, at=at, facts={"origin": Origin.SCAN.value})
    return value.id


def _partners(answer: models.ScanAnswer, *, network_id: NetworkId) -> Mapping[OrganizationId, Organization]:
    wanted = [partner for stream in answer.partners if (partner := signals.partner_of(stream)) is not None]
    found = Organization.objects.filter(network_id=network_id, text_id__in=wanted).order_by("text_id")
    return {OrganizationId(row.text_id): row for row in found}


def _situation(
    bundle: Bundle, partners: Mapping[OrganizationId, Organization], *, network_id: NetworkId, on: date
) -> situations.Situation:
    answer = bundle.answer
    find = replace(
        bundle.find,
        first_day=answer.first_day,
        last_day=answer.last_day,
        partner_ids=frozenset(partners),
    )
    return situations.Situation(
        id=SituationId(working.new_id()),
        network_id=network_id,
        question=_question(bundle, network_id=network_id),
        made_on=on,
        since=on,
        origin=Origin.SCAN,
        topics=frozenset(bundle.topics),
        area_ids=frozenset({AreaId(answer.area_text_id)} if answer.area_text_id else ()),
        signal_partner_ids=frozenset(partners),
        find=find,
    )


def _question(bundle: Bundle, *, network_id: NetworkId) -> str:
    """Return what is going on in the language of the network; each reads it in their own."""
    language = Network.objects.values_list("language", flat=True).get(pk=network_id)
    with translation.override(language):
        made = {"": (bundle.answer.name, bundle.answer.topic_ids)}
        return find_words.word_finds(made, network_id=network_id)[""]

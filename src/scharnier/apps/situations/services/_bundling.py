# SPDX-License-Identifier: EUPL-1.2
"""A find that may be told becomes a situation: a bundle of signals of which each partner is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext

from scharnier.apps.people import rows as people_rows
from scharnier.apps.people.models import Network, Organization, Topic
from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import find_mail, models, rows, scan_rows
from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _working as working
from scharnier.core import audit, situations
from scharnier.core.kernel import AreaId, NetworkId, OrganizationId, SituationId, TopicId
from scharnier.core.situations import Event, Find, Origin
from scharnier.formats import skos


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
    """Return what is going on in plain words of our own; none of anybody's signal is among them."""
    language = Network.objects.values_list("language", flat=True).get(pk=network_id)
    with translation.override(language):
        said = {"area": bundle.answer.name, "topics": ""}
        names = list(_names(bundle.topics, network_id=network_id, language=language))
        if not names:
            return gettext("Several partners notice more than usual around %(area)s") % said
        last = names.pop()
        said["topics"] = gettext("%(some)s and %(last)s") % {"some": ", ".join(names), "last": last}
        said["topics"] = said["topics"] if names else last
        return gettext("Several partners report %(topics)s around %(area)s") % said


def _names(topics: tuple[TopicId, ...], *, network_id: NetworkId, language: str) -> Iterator[str]:
    known = {topic.id: topic for topic in skos.load_thesaurus() if topic.id in topics}
    own = Topic.objects.filter(network_id=network_id, text_id__in=topics)
    known |= {TopicId(row.text_id): people_rows.topic_value(row) for row in own}
    return (known[topic].name(language) for topic in topics if topic in known)

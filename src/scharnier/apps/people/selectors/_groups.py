# SPDX-License-Identifier: EUPL-1.2
"""The groups of fields of a card in words: what its owner has filled in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scharnier.apps.people import cards, competences, labels, languages, models, rows
from scharnier.core.network import Accepting

Lines = tuple[tuple[str, str], ...]  # label and value, those that are filled in


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of the topics and areas of a network, by identifier."""

    topics: dict[str, str]
    areas: dict[str, str]


def names_of(network: models.Network, *, language: str) -> Names:
    """Return the names of all topics and areas of a network."""
    return Names(
        topics={row.text_id: rows.topic_value(row).name(language) for row in network.topics.all()},
        areas=dict(network.areas.values_list("text_id", "name")),
    )


def group_lines(
    card: models.Person | models.Organization, group: cards.Group, *, names: Names, language: str
) -> Lines:
    """Return a group of a card in words."""
    if isinstance(card, models.Organization):
        lines = _of_organization(card, group, names)
    else:
        lines = _of_person(card, group, names, language)
    return tuple((str(label), value) for label, value in lines if value)


def _of_person(
    row: models.Person, group: cards.Group, names: Names, language: str
) -> Iterable[tuple[object, str]]:
    if group is cards.Group.WAYS:
        return [(labels.FIELDS[field], getattr(row, field)) for field in ("reach", "phone", "email")]
    if group is cards.Group.ROOM:
        return _room(row)
    return [
        (labels.FIELDS["summary"], row.summary),
        (
            labels.FIELDS["competences"],
            ", ".join(competences.name_competences(row.competences, language=language)),
        ),
        (labels.FIELDS["topics"], _named(row.topic_ids, names.topics)),
        (labels.FIELDS["area_ids"], _named(row.area_ids, names.areas)),
        (labels.FIELDS["languages"], ", ".join(languages.name_languages(row.languages))),
    ]


def _room(row: models.Person) -> Iterable[tuple[object, str]]:
    accepting = Accepting(row.accepting)
    said = "" if accepting is Accepting.UNKNOWN else str(labels.ACCEPTING[accepting])
    until = date_format(row.accepting_until, "j F Y") if said and row.accepting_until else ""
    most = row.capacity
    requests = "" if most is None else _("%(n)s of at most %(most)s") % {"n": row.open_requests, "most": most}
    return [
        (_("Can people ask you?"), said),
        (_("Until"), until),
        (_("Open requests"), requests),
    ]


def _of_organization(
    row: models.Organization, group: cards.Group, names: Names
) -> Iterable[tuple[object, str]]:
    if group is cards.Group.WAYS:
        return [(_("Phone"), row.phone), (_("E-mail"), row.email), (_("Website"), row.website)]
    if group is cards.Group.SERVICES:
        services = row.services.order_by("name", "pk")
        return [(service.name, service.description or _("no words yet")) for service in services]
    return [
        (_("Name"), row.name),
        (_("In one or two sentences"), row.description),
        (_("What it may and must do"), row.remit),
        (_("Matters"), _named(row.topic_ids, names.topics)),
        (_("Works in"), _named(row.area_ids, names.areas)),
    ]


def _named(ids: Iterable[str], names: dict[str, str]) -> str:
    return ", ".join(sorted(names[each] for each in ids if each in names))

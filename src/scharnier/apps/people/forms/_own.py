# SPDX-License-Identifier: EUPL-1.2
"""Forms of somebody's own card, one for each group of fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.http import request_language
from scharnier.apps.people import cards, labels, selectors, services
from scharnier.apps.people.forms._fields import (
    CardForm,
    count,
    day,
    email_address,
    iso,
    many,
    offer,
    one,
    phone_number,
    words,
)
from scharnier.apps.people.forms._topics import TopicsForm
from scharnier.core import network, policy
from scharnier.core.kernel import Actor, AreaId
from scharnier.core.network import Accepting, Purpose
from scharnier.core.policy import Visibility
from scharnier.formats import wording

YES_OR_NO = (("no", _("No")), ("yes", _("Yes")))
SAYS = (Accepting.YES, Accepting.LIMITED, Accepting.NO)


class SkillsForm(TopicsForm):
    """What somebody can do, and about what."""

    summary = words(
        _("What do you do, in your own words?"),
        hint=_(
            "A sentence or two, such as: I read letters with people, every Tuesday in the community centre."
        ),
    )
    competences = many(_("What can you do?"), hint=_("Tick what people may ask you for."))
    languages = many(_("Which languages do you speak?"))
    field_order = ("summary", "competences", "topics", "search", "area_ids", "languages")

    def __init__(
        self, data: QueryDict | None = None, *, person: network.Person, actor: Actor, language: str
    ) -> None:
        initial: dict[str, object] = {
            "summary": person.summary,
            "competences": list(person.competences),
            "topics": sorted(person.topics),
            "area_ids": sorted(person.area_ids),
            "languages": sorted(person.languages),
        }
        super().__init__(data, actor=actor, language=language, chosen=person.topics, initial=initial)
        self.fields["topics"].label = labels.FIELDS["topics"]
        self.fields["area_ids"].label = _("Where are you active?")
        offer(self, "competences", selectors.competence_choices(person.competences, language=language))
        offer(self, "languages", selectors.language_choices(person.languages))

    def value(self) -> services.Skills:
        """Return what was filled in."""
        said = self.cleaned_data
        return services.Skills(
            summary=said["summary"],
            competences=tuple(said["competences"]),
            topics=self.topic_ids(),
            area_ids=frozenset(map(AreaId, said["area_ids"])),
            languages=frozenset(said["languages"]),
        )


class WaysForm(CardForm):
    """How somebody is reached."""

    email = email_address(_("E-mail"), autocomplete="email")
    phone = phone_number(_("Phone"), autocomplete="tel")
    reach = words(
        _("How and when are you best reached?"),
        hint=_("Days and hours too, such as: call on working days after nine. Best not on Wednesday."),
    )

    def __init__(self, data: QueryDict | None = None, *, person: network.Person) -> None:
        super().__init__(data, initial={"email": person.email, "phone": person.phone, "reach": person.reach})

    def value(self) -> services.Reach:
        """Return what was filled in."""
        return services.Reach(**self.cleaned_data)


class RoomForm(CardForm):
    """Whether somebody takes requests."""

    field_of_error = {"people.invalid_end": "until"}

    accepting = one(
        _("Can people ask you now?"),
        ((accepting.value, labels.ACCEPTING[accepting]) for accepting in SAYS),
        required=_("Say whether people can ask you now."),
    )
    until = day(
        _("Until when does that hold?"),
        hint=_("After this day we say: not known. At most a year from now."),
        required=_("Choose a day until which this holds."),
    )
    open_requests = count(_("How many requests do you have open now?"), hint=_("You may leave this empty."))
    capacity = count(
        _("How many can you have at the same time?"),
        hint=_("When you have as many as that, nobody new is sent to you. You may leave this empty."),
    )

    def __init__(self, data: QueryDict | None = None, *, person: network.Person, on: date) -> None:
        said = person.availability
        holds = said.accepting_on(on) is not Accepting.UNKNOWN
        initial = {
            "accepting": said.accepting_on(on).value if holds else "",
            "until": iso(said.until if holds and said.until else on + cards.ROOM_LASTS),
            "open_requests": str(said.open_requests),
            "capacity": "" if said.capacity is None else str(said.capacity),
        }
        super().__init__(data, initial=initial)

    def value(self) -> network.Availability:
        """Return what was filled in."""
        said = self.cleaned_data
        return network.Availability(
            accepting=Accepting(said["accepting"]),
            until=said["until"],
            open_requests=said["open_requests"] or 0,
            capacity=said["capacity"],
        )


def _until(label: Any) -> Any:
    return day(label, hint=_("At most two years from now. After that it no longer holds."))


class WhoForm(CardForm):
    """Who can find and reach somebody, and what else they agree to; each until a day."""

    level = one(
        _("Who can find you?"),
        ((level.value, labels.LEVELS[level]) for level in cards.Level),
        required=_("Choose who can find you."),
    )
    level_until = _until(_("Until when can people find you?"))
    introduction = one(labels.PURPOSES[Purpose.INTRODUCTION], YES_OR_NO, required=_("Choose yes or no."))
    introduction_until = _until(_("Until when may we name you?"))
    research = one(labels.PURPOSES[Purpose.RESEARCH], YES_OR_NO, required=_("Choose yes or no."))
    research_until = _until(_("Until when may researchers use it?"))

    def __init__(self, data: QueryDict | None = None, *, person: network.Person, on: date) -> None:
        self._on = on
        held = selectors.running(person, on=on)
        super().__init__(data, initial=self._initial(held))

    def _initial(self, held: Mapping[Purpose, network.Consent]) -> dict[str, object]:
        initial: dict[str, object] = {
            "level": cards.level_of(frozenset(held)).value,
            "level_until": self._end(held.get(Purpose.LISTING)),
        }
        for purpose in (Purpose.INTRODUCTION, Purpose.RESEARCH):
            initial[purpose.value] = "yes" if purpose in held else "no"
            initial[f"{purpose.value}_until"] = self._end(held.get(purpose))
        return initial

    def _end(self, consent: network.Consent | None) -> str:
        usual = self._on + cards.CONSENT_LASTS
        return iso(consent.end_date if consent and consent.end_date else usual)

    def clean(self) -> dict[str, Any]:
        """Say of each end that is missing or cannot be, what to do, where there is something to end."""
        said = self.cleaned_data
        needs = {
            "level": said.get("level", cards.Level.HIDDEN) != cards.Level.HIDDEN,
            **{purpose: said.get(purpose) == "yes" for purpose in ("introduction", "research")},
        }
        last = self._on + cards.CONSENT_LASTS_AT_MOST
        for name, needed in needs.items():
            field = f"{name}_until"
            if needed and field not in self.errors and not self._can_be(said.get(field), last):
                refusal = cards.InvalidEnd(first=self._on, last=last)
                self.add_error(field, wording.say_error(refusal, language=request_language()))
            elif not needed and field in self.errors:
                del self.errors[field]  # nothing ends then
        return said

    def _can_be(self, end: date | None, last: date) -> bool:
        return end is not None and self._on <= end <= last

    def wishes(self) -> tuple[cards.Wish, ...]:
        """Return what was said to each purpose."""
        said = self.cleaned_data
        agreed = dict.fromkeys(cards.PURPOSES[cards.Level(said["level"])], said.get("level_until"))
        for purpose in (Purpose.INTRODUCTION, Purpose.RESEARCH):
            if said[purpose.value] == "yes":
                agreed[purpose] = said[f"{purpose.value}_until"]
        return tuple(cards.Wish(purpose=purpose, until=agreed.get(purpose)) for purpose in Purpose)


class VisibilityForm(CardForm):
    """To whom each field of a card is shown."""

    def __init__(self, data: QueryDict | None = None, *, visibility: Mapping[str, str]) -> None:
        super().__init__(data, initial={field: visibility.get(field, "network") for field in cards.FIELDS})
        levels = [(each.value, labels.VISIBILITY[each]) for each in labels.VISIBILITY]
        for field in cards.FIELDS:
            self.fields[field] = one(labels.FIELDS[field], levels, required=_("Choose one."), in_a_list=True)

    def wishes(self) -> dict[str, policy.Visibility]:
        """Return what was chosen for each field."""
        return {field: Visibility(self.cleaned_data[field]) for field in cards.FIELDS}

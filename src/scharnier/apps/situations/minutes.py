# SPDX-License-Identifier: EUPL-1.2
"""The minutes of a meeting as a document: what was on the agenda, who was there, what was decided."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from scharnier.apps.situations import labels, selectors
from scharnier.formats import pdf, wording


def document_of(page: selectors.MeetingPage, *, question: str, language: wording.Language) -> pdf.Document:
    """Return the minutes of a meeting, in organizations and without a name of a person."""
    with translation.override(language):
        value = page.value
        day = wording.say_day(value.starts_at.date(), language=language)
        when = _("%(day)s, from %(starts)s to %(ends)s") % {
            "day": day,
            "starts": f"{value.starts_at:%H:%M}",
            "ends": f"{value.ends_at:%H:%M}",
        }
        nobody, nothing = _("nobody was noted"), _("No decision was noted.")
        return pdf.Document(
            title=_("Minutes of %(day)s") % {"day": day},
            running=question,
            language=language,
            lead=(question,),
            sections=(
                pdf.Section(
                    title=_("Who met, when and where"),
                    facts=(
                        (_("When"), when),
                        (_("Where"), value.place or _("not noted")),
                        (_("Present"), ", ".join(page.present) or nobody),
                        (_("Apologies"), ", ".join(page.apologies) or nobody),
                    ),
                ),
                _decided(value.decisions, nothing=nothing),
                _agenda(page.points),
            ),
        )


def _decided(decisions: tuple[str, ...], *, nothing: str) -> pdf.Section:
    if not decisions:
        return pdf.Section(title=_("Decisions"), text=nothing)
    facts = tuple((str(number), said) for number, said in enumerate(decisions, start=1))
    return pdf.Section(title=_("Decisions"), facts=facts)


def _agenda(points: tuple[selectors.Point, ...]) -> pdf.Section:
    rows = tuple((str(labels.TOPICAL[point.about]), _which(point)) for point in points if point.words)
    if not rows:
        return pdf.Section(title=_("Agenda"), text=_("Nothing was due."))
    return pdf.Section(title=_("Agenda"), columns=(_("About"), _("Which")), rows=rows)


def _which(point: selectors.Point) -> str:
    """Return what a point is about, and of what was not done or not kept also why."""
    if point.unmet is None:
        return point.words
    state = labels.say_outcome(point.unmet)
    return f"{point.words}\n{state[:1].upper()}{state[1:]}: “{point.unmet.reason}”"

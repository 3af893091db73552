# SPDX-License-Identifier: EUPL-1.2
"""The form that narrows the list of one's own signals; what makes no sense narrows nothing."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import offer, one
from scharnier.apps.signals import labels
from scharnier.apps.signals.selectors import Asked
from scharnier.core.kernel import TopicId
from scharnier.core.signals import SignalState

ANY = ("", _("All"))


class SelectionForm(forms.Form):
    """Which of one's own signals to see."""

    state = one(
        _("How it stands"),
        (ANY, *((each.value, labels.STATES[each]) for each in SignalState)),
        in_a_list=True,
    )
    topic = one(_("What is it about?"), in_a_list=True)

    def __init__(self, data: QueryDict, *, topics: tuple[tuple[str, str], ...]) -> None:
        super().__init__(data)
        offer(self, "topic", (ANY, *topics))

    @property
    def asked(self) -> Asked:
        """Return what to see."""
        self.is_valid()
        state, topic = (self.cleaned_data.get(name) for name in ("state", "topic"))
        return Asked(state=SignalState(state) if state else None, topic_id=TopicId(topic) if topic else None)

    @property
    def is_narrowed(self) -> bool:
        """Tell whether less is seen than there is."""
        return self.asked != Asked()

# SPDX-License-Identifier: EUPL-1.2
"""Forms of signals: what somebody meets, and which of one's own to see."""

from scharnier.apps.signals.forms._choosing import SelectionForm
from scharnier.apps.signals.forms._receiving import OpenForm, ReceptionForm
from scharnier.apps.signals.forms._telling import Offer, SignalForm, said_before

__all__ = ["Offer", "OpenForm", "ReceptionForm", "SelectionForm", "SignalForm", "said_before"]

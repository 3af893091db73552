# SPDX-License-Identifier: EUPL-1.2
"""Forms of shared situations: short, one for each act, and plain without JavaScript."""

from scharnier.apps.situations.forms._closing import MEASURED, EvaluationForm, LastingForm, ScoreForm
from scharnier.apps.situations.forms._figures import FigureForm, IndicatorForm
from scharnier.apps.situations.forms._meetings import AppointmentForm, MinutesForm
from scharnier.apps.situations.forms._plan import BeginForm, PlanForm, TemplateForm
from scharnier.apps.situations.forms._work import (
    LATER,
    ActionForm,
    AgreementForm,
    EndForm,
    GiveForm,
    JudgeForm,
)

__all__ = [
    "LATER",
    "MEASURED",
    "ActionForm",
    "AgreementForm",
    "AppointmentForm",
    "BeginForm",
    "EndForm",
    "EvaluationForm",
    "FigureForm",
    "GiveForm",
    "IndicatorForm",
    "JudgeForm",
    "LastingForm",
    "MinutesForm",
    "PlanForm",
    "ScoreForm",
    "TemplateForm",
]
